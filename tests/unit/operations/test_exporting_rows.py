"""What an export says of a store's records: the same however a row is read, and what plain openpyxl would have said."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outreach_app.model.errors import NotWritable
from outreach_app.operations.decisions import join
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.readings import reader_for
from outreach_app.sheets.begun_rows import BegunRows
from outreach_app.sheets.columns import layout
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.words import Named, Words
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes

HIDDEN = "_outreach"
VERSION = "Version"


@pytest.fixture
def season(laptops: list[Store]) -> Store:
    """A laptop's store: what was made once, edited, added to, deleted, joined, heard of, pressed and said later."""
    ada, ben = laptops
    with ada.writing("make") as draft:
        event = draft.new("events", {"name": "=Fire hall; Alarka", "starts": "2026-10-03T18:00:00-04:00"})
        theme = draft.new("themes", {"name": "Rides & <roads>"})
        host = draft.new("organizations", {"name": "Snowbird Clinic", "counties": ["37173", "51770"]})
        people = [
            draft.new("people", {"name": name, "zip": "02139", "met_at": [event], **more})
            for name, more in (
                ("Ada Crowe", {"phones": [{"number": "828 555 0184", "kind": "mobile", "text_ok": True}]}),
                ("Éloïse  Ña", {"interests": ["transportation", "rural_health"], "county": "37173"}),
                ("+1 Toineeta", {"notes": "Two\nlines, “curly” ones.", "emails": ["a@example.org", "b;c@example.org"]}),
                ("Ben Poe", {}),
                ("Ben Po", {}),
                ("Gone", {}),
            )
        ]
        draft.new("feedback", {"event": event, "verbatim": "Rides.", "themes": [theme], "said_by": people[0]})
        draft.new("affiliations", {"person": people[0], "organization": host, "since": "2026-01"})
        draft.new("sign_ins", {"event": event, "person": people[1], "status": "attended"})
    with ben.writing("make") as draft:
        draft.new("people", {"name": "Cora", "town": "Murphy"})
    ada.apply(all_changes(ben))
    with ada.writing("edit") as draft:
        draft.set("people", people[0], "town", "Alarka")
        draft.set("people", people[2], "emails", ["d@example.org"])
        draft.set("events", event, "host", host)
        draft.delete("people", people[5])
    join(ada, "people", people[3], people[4])
    return ada


def told(store: Store, path: Path) -> dict[str, Any]:
    """What a workbook shows and gives back, but for what is another in each: its export's id and its salt."""
    export_workbook(store, path)
    book = openpyxl.load_workbook(path)
    shown = {}
    for sheet in book:
        if sheet.title not in ("Read me", HIDDEN):
            heads = [cell.value for cell in sheet[1]]
            own = heads.index(VERSION) if VERSION in heads else None
            shown[sheet.title] = [
                [
                    (str(cell.value).partition("-")[2] if place == own else cell.value, cell.number_format)
                    for place, cell in enumerate(row)
                ]
                for row in sheet.iter_rows(min_row=2)
            ]
    read = reader_for(store).read(path.read_bytes())
    rows = sorted((row.record, repr(sorted(row.cells.items(), key=str))) for row in (*read.rows, *read.unseen))
    return {"shown": shown, "rows": rows, "untouched": all(row.untouched for row in read.rows), "receipt": read.receipt}


def test_rows_are_the_same_however_they_are_read(
    season: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    row = BegunRows.row
    monkeypatch.setattr(BegunRows, "row", lambda *args: begun.append(row(*args)) or begun[-1])
    at_once = told(season, tmp_path / "at-once.xlsx")
    assert sum(each is not None for each in begun) > 5
    monkeypatch.setattr(BegunRows, "row", lambda *_args: None)
    worked_out = told(season, tmp_path / "worked-out.xlsx")
    assert at_once["untouched"]
    assert at_once == worked_out


def test_every_cell_is_as_plain_openpyxl_would_have_written_it(season: Store, tmp_path: Path) -> None:
    export_workbook(season, tmp_path / "ours.xlsx")
    ours = openpyxl.load_workbook(tmp_path / "ours.xlsx")
    words = Words()
    showing = Showing(words, "en", _named(season))
    for kind in season.registry.values():
        made = layout(kind, words, "en")
        if not kind.about.in_forms:
            continue
        book = openpyxl.Workbook()
        for view in (each for each in season.list(kind.name) if not each.values.get("sensitive")):
            book.active.append(_cells(showing, made.columns, view))
        saved = BytesIO()
        book.save(saved)
        plain = [*openpyxl.load_workbook(saved).active.iter_rows(values_only=True)]
        width = len(made.columns) - 2
        rows = [row[:width] for row in ours[made.title].iter_rows(min_row=2, values_only=True)]
        padded = [(*row, *[None] * (width - len(row))) for row in plain]
        assert sorted(rows, key=repr) == sorted(padded, key=repr), kind.name


def _named(store: Store) -> Callable[[str, str], Named | None]:
    names = {name: store.names(name) for name in store.registry}
    return lambda kind, record: Named(*names[kind][record]) if record in names[kind] else None


def _cells(showing: Showing, columns: Any, view: View) -> list[Any]:
    cells: list[Any] = []
    for column in columns:
        if column.field is None:
            break
        value = view.elements(column.field.name) if column.field.many else view.values.get(column.field.name)
        cell = (int(column.choice in value) if value else None) if column.choice else showing.cell(column.field, value)
        cells.append(cell)
    return cells


def test_what_is_missing_is_said_by_the_count_of_the_store(season: Store, tmp_path: Path) -> None:
    said = export_workbook(season, tmp_path / "all.xlsx")
    assert said.rows["people"] == season.count("people") == 5
    front = openpyxl.load_workbook(tmp_path / "all.xlsx")["Read me"]
    assert ["People", 5] in [[cell.value for cell in row] for row in front.iter_rows()]


def test_sensitive_feedback_and_what_points_at_it_stay(season: Store, tmp_path: Path) -> None:
    with season.writing("make") as draft:
        kept = [draft.new("feedback", {"verbatim": "the-secret", "sensitive": True}) for _once in range(2)]
        asked = draft.new("follow_ups", {"what": "ask again", "for_feedback": kept[0]})
    with season.writing("delete") as draft:
        draft.delete("feedback", kept[1])
    said = export_workbook(season, tmp_path / "all.xlsx")
    assert said.rows["feedback"] == season.count("feedback") - 1
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert not any("missing" in str(cell.value) for row in book["Read me"].iter_rows() for cell in row)
    read = reader_for(season).read((tmp_path / "all.xlsx").read_bytes())
    assert not {*kept, asked} & {row.record for row in (*read.rows, *read.unseen)}


def test_progress_is_told_in_rows(season: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    said = export_workbook(season, tmp_path / "all.xlsx", progress=lambda *at: told.append(at))
    rows = sum(said.rows.values())
    assert told[0] == (0, rows)
    assert told[-1] == (rows, rows)
    assert told == sorted(told)


def test_a_fault_on_the_way_leaves_nothing(season: Store, tmp_path: Path) -> None:
    with season.writing("make") as draft:
        for number in range(700):
            draft.new("people", {"name": f"Person {number}"})

    def fail(done: int, _of: int) -> None:
        if done >= 500:
            raise BrokenPipeError

    with pytest.raises(NotWritable):
        export_workbook(season, tmp_path / "all.xlsx", progress=fail)
    assert [*tmp_path.iterdir()] == []
    assert season.list("exports") == []
    with season.writing("make") as draft:  # nothing is left open
        draft.new("people", {"name": "One more"})
