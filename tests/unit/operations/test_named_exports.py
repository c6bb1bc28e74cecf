"""What is exported again under a name: kept like any record, made by one word, logged by its name."""

from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.errors import BadInput, NotFound, OutreachError
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.named_exports import (
    export_called,
    export_named,
    named_exports,
    remove_export,
    rename_export,
    save_export,
    wanted_by,
)
from outreach_app.operations.records import edit_record
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes

WEEKLY = Wanted(language="es", to_whom="Vital Records", lists=("people", "events"), columns=("people.name",))


def person(store: Store, name: str) -> str:
    with store.writing("make") as draft:
        return draft.new("people", {"name": name})


def people(path: Path) -> list[str]:
    """Who is in a workbook."""
    sheet = openpyxl.load_workbook(path)["Personas"]
    return sorted(str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[0])


def test_what_was_chosen_is_kept_and_travels(laptops: list[Store], event: str) -> None:
    ada, ben = laptops
    code = ada.get("events", event).code  # type: ignore[union-attr]
    wanted = Wanted(event=code, since="2026-01-01", columns=("people.name", "people.zip"))
    kept, _changes = save_export(ada, "One event", wanted)
    ben.apply(all_changes(ada))
    assert wanted_by(ben, kept) == (wanted, None)
    assert export_called(ben, "ONE event") == kept


def test_it_is_made_again_by_its_name_and_the_log_says_which(laptop: Store, tmp_path: Path) -> None:
    person(laptop, "Ada Crowe")
    kept, _changes = save_export(laptop, "Weekly", WEEKLY)
    export_named(laptop, tmp_path / "week.xlsx", kept)
    assert people(tmp_path / "week.xlsx") == ["Ada Crowe"]
    [left] = laptop.list("exports")
    assert (left.values["named"], left.titles[kept], left.values["to_whom"]) == (kept, "Weekly", "Vital Records")
    assert left.values["rows"] == 1
    [listed] = named_exports(laptop)
    assert (listed.name, listed.last) == ("Weekly", left.made_at)


def test_since_the_last_time_is_what_was_written_or_came_here_since(laptops: list[Store], tmp_path: Path) -> None:
    ada, ben = laptops
    late = person(ben, "Written before, came after")
    one, _other = person(ada, "One"), person(ada, "Other")
    kept, _changes = save_export(ada, "Weekly", WEEKLY, since_last=True)
    export_named(ada, tmp_path / "first.xlsx", kept)
    assert people(tmp_path / "first.xlsx") == ["One", "Other"]
    export_named(ada, tmp_path / "second.xlsx", kept)
    assert people(tmp_path / "second.xlsx") == []
    edit_record(ada, "people", one, {"town": "Murphy"})
    ada.apply(all_changes(ben))
    export_named(ada, tmp_path / "third.xlsx", kept)
    assert people(tmp_path / "third.xlsx") == ["One", "Written before, came after"]
    ben.apply(all_changes(ada))
    export_named(ben, tmp_path / "bens.xlsx", kept)
    assert people(tmp_path / "bens.xlsx") == ["One", "Other", "Written before, came after"], "it never made one itself"
    assert late in {view.id for view in ben.list("people")}
    assert next(view.values["since"] for view in ada.list("exports", order="made_at")) is None


def test_it_is_renamed_removed_and_brought_back(laptop: Store) -> None:
    weekly, _changes = save_export(laptop, "Weekly", WEEKLY)
    daily, _changes = save_export(laptop, "Daily", Wanted())
    rename_export(laptop, weekly, "Each week")
    assert [each.name for each in named_exports(laptop)] == ["Daily", "Each week"]
    for name, own in (("each WEEK", daily), ("  ", daily)):
        with pytest.raises(BadInput):
            rename_export(laptop, own, name)
    rename_export(laptop, daily, "daily")
    removed = remove_export(laptop, weekly)
    assert [each.name for each in named_exports(laptop)] == ["daily"]
    with pytest.raises(NotFound, match="daily"):
        export_called(laptop, "Each week")
    laptop.undo(removed.change)  # type: ignore[arg-type]  # it was removed
    assert export_called(laptop, "Each week") == weekly


def test_what_may_not_leave_is_not_kept(laptop: Store) -> None:
    for wanted in (Wanted("partner"), Wanted(columns=("people.nose", "people.name")), Wanted("public", form="csv")):
        with pytest.raises(BadInput):
            save_export(laptop, "Wrong", wanted)
    for wanted, since_last in (
        (Wanted("public"), True),
        (Wanted(form="hsds"), True),
        (Wanted(form="google", lists=("people",)), False),
        (Wanted(form="fax"), False),
    ):
        with pytest.raises(BadInput):
            save_export(laptop, "The first time alone, or never", wanted, since_last)
    save_export(laptop, "Weekly", WEEKLY)
    with pytest.raises(BadInput, match="already"):
        save_export(laptop, "weekly", Wanted())
    assert len(named_exports(laptop)) == 1


def test_what_a_newer_or_hostile_program_kept_ends_in_a_sentence(laptop: Store, tmp_path: Path) -> None:
    odd = (
        {"form": "fax"},
        {"profile": "everyone"},
        {"since": "2026-13"},
        {"lists": ["nobodies"]},
        {"form": "template", "lists": ["people"], "template": "no base64!", "template_columns": ["Name\tname"]},
        {"form": "template", "lists": ["people"], "template": "UEsDBA==", "template_columns": ["Name\tname"]},
        {"form": "template", "lists": ["people"], "template": "", "template_columns": ["Name", "\tname"]},
        {"form": "template", "lists": []},
        {"form": "template", "lists": ["people", "events"], "template_columns": ["Name\tname"]},
    )
    for number, values in enumerate(odd):
        with laptop.writing("make") as draft:
            plain = {"name": f"Odd {number}", "profile": "internal", "form": "xlsx"}
            kept = draft.new("named_exports", {**plain, **values})
        with pytest.raises(OutreachError):
            export_named(laptop, tmp_path / "odd.xlsx", kept)
    assert len(named_exports(laptop)) == len(odd)
    assert not list(tmp_path.iterdir())
    assert laptop.count("exports") == 0
