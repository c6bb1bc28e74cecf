"""What of a profile was chosen: lists, columns, a day since. Read back, what was not chosen was not said."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outreach_app.journal.standing import DELETED
from outreach_app.model.errors import BadInput
from outreach_app.operations.decisions import join
from outreach_app.operations.exporting_files import export
from outreach_app.operations.importing import import_path
from outreach_app.operations.leaving import Wanted, affiliations_for, asked_for, kinds_for
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.readings import reader_for
from outreach_app.operations.records import edit_record, make_record
from outreach_app.sheets.begun_rows import BegunRows
from outreach_app.store.stores import Store
from tests.helpers.address_books import address_book
from tests.helpers.memories import all_changes, all_shown

CHOSEN = Wanted(lists=("people", "affiliations"), columns=("people.name", "people.town"))
LONG_AGO = "2020-01-01"
TOMORROW = (datetime.now() + timedelta(days=1)).date().isoformat()
Shown = dict[str, list[list[Any]]]


def shown(path: Path) -> Shown:
    """The sheets that people see, with their rows."""
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets}


def front(path: Path) -> list[str]:
    """What *Read me* says beside its first column."""
    return [str(row[1]) for row in shown(path)["Read me"] if len(row) > 1 and row[1] is not None]


@pytest.fixture(params=["at once", "by the rules"])
def read_so(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways by which rows leave."""
    if request.param == "by the rules":
        monkeypatch.setattr(BegunRows, "row", lambda *_args: None)


@pytest.fixture
def person(laptop: Store) -> str:
    with laptop.writing("make") as draft:
        person = draft.new("people", {"name": "Ada Crowe", "town": "Alarka", "notes": "Call early.", "zip": "28713"})
        draft.new("events", {"name": "Fire hall"})
    return person


@pytest.mark.usefixtures("person", "read_so")
def test_only_what_was_chosen_leaves_and_read_me_says_so(laptop: Store, tmp_path: Path) -> None:
    account = export(laptop, tmp_path / "some.xlsx", CHOSEN)
    book = shown(tmp_path / "some.xlsx")
    assert set(book) == {"Read me", "People", "Affiliations", "Data dictionary"}
    assert book["People"][0] == ["Name", "Town", "Record", "Version"]
    assert book["People"][1][:2] == ["Ada Crowe", "Alarka"]
    assert dict(account.rows) == {"people": 1, "affiliations": 0}
    told = front(tmp_path / "some.xlsx")
    assert "Only these lists: People, Affiliations" in told
    assert "Of People only these columns: Name, Town" in told
    whole = (tmp_path / "some.xlsx").read_bytes()
    for row in (*reader_for(laptop).read(whole).rows, *reader_for(laptop).read(whole).unseen):
        assert {each.write.slot.field for each in row.taught()} <= {"name", "town"}
        assert set(row.cells) <= {"name", "town", DELETED}
    [left] = laptop.list("exports")
    assert (left.elements("lists"), left.elements("columns")) == (list(CHOSEN.lists), list(CHOSEN.columns))


@pytest.mark.usefixtures("read_so")
@pytest.mark.parametrize("knows", [True, False])
def test_what_was_not_chosen_was_not_said(laptops: list[Store], person: str, tmp_path: Path, knows: bool) -> None:
    ada, ben = laptops
    if knows:
        ben.apply(all_changes(ada))
        edit_record(ben, "people", person, {"notes": "Call late.", "zip": "28714"})
    before = {kind: ben.count(kind) for kind in ("people", "events")}
    export(ada, tmp_path / "some.xlsx", CHOSEN)
    book = openpyxl.load_workbook(tmp_path / "some.xlsx")
    book["People"]["B2"].value = "Murphy"
    book.save(tmp_path / "some.xlsx")
    import_path(ben, tmp_path / "some.xlsx")
    [found] = ben.list("people")
    assert (found.id, found.values["name"], found.values["town"]) == (person, "Ada Crowe", "Murphy")
    kept = ("Call early.\nCall late.", "28714") if knows else (None, None)
    assert (found.values["notes"], found.values["zip"]) == kept
    assert ben.count("events") == before["events"]
    assert not ben.decisions()
    if not knows:
        ben.apply(all_changes(ada))
        [found] = ben.list("people")
        assert (found.values["town"], found.values["notes"]) == ("Murphy", "Call early.")
    assert ben.check().healthy


@pytest.mark.usefixtures("read_so")
def test_an_untouched_part_changes_nothing_at_home(laptop: Store, person: str, tmp_path: Path) -> None:
    export(laptop, tmp_path / "some.xlsx", CHOSEN)
    edit_record(laptop, "people", person, {"notes": "Later.", "town": "Murphy"})
    before = all_shown(laptop)
    account = import_path(laptop, tmp_path / "some.xlsx")
    assert account.total["people"].same == account.total["people"].read == 1
    assert all_shown(laptop) == before


def test_csv_has_the_lists_and_columns_that_were_chosen(laptop: Store, person: str, tmp_path: Path) -> None:
    wanted = Wanted(form="csv", lists=("people",), columns=("people.name", "people.town"))
    export(laptop, tmp_path / "people.csv", wanted)
    lines = (tmp_path / "people.csv").read_text("utf-8-sig").splitlines()
    assert lines == ["Name,Town,Record", f"Ada Crowe,Alarka,{laptop.get('people', person).code}"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(lists=("links",)), "no list “links”"),
        (Wanted(columns=("people.nose",)), "“nose” is no column of People"),
        (Wanted(columns=("feedback.sensitive",)), "no column of Feedback that may leave"),
        (Wanted(lists=("events",), columns=("people.name",)), "left out: People"),
        (Wanted(since="21/11/2026"), "is no day"),
        (Wanted("public", since=LONG_AGO), "published whole"),
        (Wanted("public", lists=("events",)), "published whole"),
        (Wanted(form="google", lists=("people",)), "has its own"),
    ],
)
@pytest.mark.usefixtures("person")
def test_what_cannot_be_chosen_is_said_in_a_sentence(laptop: Store, tmp_path: Path, wanted: Wanted, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        export(laptop, tmp_path / "none.xlsx", wanted)
    assert not list(tmp_path.iterdir())
    assert laptop.count("exports") == 0


def test_a_partner_chooses_within_what_it_may_have(laptop: Store, tmp_path: Path) -> None:
    code = laptop.get("organizations", address_book(laptop)["pantry"]).code  # type: ignore[union-attr]
    wanted = Wanted("partner", partner=code, lists=("people",), columns=("people.name",))
    export(laptop, tmp_path / "some.xlsx", wanted)
    assert [row[0] for row in shown(tmp_path / "some.xlsx")["People"]][1:] == ["María del Carmen García"]
    for refused in ({"columns": ("people.notes",)}, {"lists": ("consents",)}):
        with pytest.raises(BadInput):
            export(laptop, tmp_path / "none.xlsx", Wanted("partner", partner=code, **refused))


@pytest.mark.usefixtures("read_so")
def test_only_what_changed_since_leaves_and_what_it_points_at_is_named(
    laptop: Store, person: str, tmp_path: Path
) -> None:
    everything = export(laptop, tmp_path / "all.xlsx", Wanted(since=LONG_AGO))
    assert (everything.rows["people"], everything.rows["events"]) == (1, 1)
    nothing = export(laptop, tmp_path / "none.xlsx", Wanted(since=TOMORROW))
    assert sum(nothing.rows.values()) == 0
    assert f"Only what is new or changed since {TOMORROW}" in front(tmp_path / "none.xlsx")
    [log] = laptop.list("exports", order="-made_at", limit=1)
    with laptop.writing("make") as draft:
        draft.new("affiliations", {"person": person, "job_title": "Chief"})
    changed = laptop.changed(log.made_at)
    assert changed.keys() == {"exports", "affiliations"}
    with laptop.writing("edit") as draft:
        draft.set("people", person, "town", "Murphy")
        [place] = laptop.list("affiliations")
    laptop.undo(draft.changes.change)  # type: ignore[arg-type]  # it was saved
    assert person in laptop.changed(log.made_at)["people"], "what was undone was changed too"
    assert place.id in changed["affiliations"]


def test_a_joined_person_changes_whole(laptop: Store, person: str, tmp_path: Path) -> None:
    with laptop.writing("make") as draft:
        other = draft.new("people", {"name": "Ada Crow", "zip": "28713"})
    join(laptop, "people", person, other)
    at = laptop.clock.tick()
    edit_record(laptop, "people", other, {"town": "Murphy"})
    assert laptop.changed(at)["people"] >= {other}
    export(laptop, tmp_path / "some.xlsx", Wanted(since=LONG_AGO, lists=("people",)))
    read = reader_for(laptop).read((tmp_path / "some.xlsx").read_bytes())
    assert {row.record for row in read.rows} | {row.record for row in read.unseen if row.kind == "people"} == {
        person,
        other,
    }
    assert [row.kind for row in read.unseen if row.kind == "links"] == ["links"]
    with laptop.writing("make") as draft:
        draft.new("links", {"of_kind": "organizations", "one_record": "x", "other_record": "y", "says": "same"})
    export(laptop, tmp_path / "some.xlsx", Wanted(lists=("people",)))
    read = reader_for(laptop).read((tmp_path / "some.xlsx").read_bytes())
    assert [row.kind for row in read.unseen].count("links") == 1, "links of lists that stay are not told"


def test_who_is_left_out_is_named_all_the_same(laptop: Store, person: str, tmp_path: Path) -> None:
    with laptop.writing("make") as draft:
        draft.new("affiliations", {"person": person, "job_title": "Chief"})
    export(laptop, tmp_path / "some.xlsx", Wanted(lists=("affiliations",)))
    [row] = shown(tmp_path / "some.xlsx")["Affiliations"][1:]
    assert row[0] == f"Ada Crowe [{laptop.get('people', person).code}]"  # type: ignore[union-attr]


@pytest.mark.usefixtures("person")
def test_a_column_that_somebody_adds_to_a_part_is_named(laptop: Store, tmp_path: Path) -> None:
    export(laptop, tmp_path / "some.xlsx", CHOSEN)
    book = openpyxl.load_workbook(tmp_path / "some.xlsx")
    sheet = book["People"]
    sheet["E1"].value, sheet["F1"].value, sheet["E2"].value = "Notes", "ZIP", "Has a van."
    book.save(tmp_path / "some.xlsx")
    account = import_path(laptop, tmp_path / "some.xlsx")
    assert account.files[0].remarks == ["People: not taken, for this workbook left without it: Notes"]


def test_what_a_merge_brought_changed_on_the_day_of_the_merge(laptops: list[Store], tmp_path: Path) -> None:
    ada, ben = laptops
    with ben.writing("make") as draft:
        late = draft.new("people", {"name": "Written before"})
    export(ben, tmp_path / "bens.xlsx", Wanted())
    at = ada.clock.tick()
    assert late not in ada.changed(at).get("people", ())
    import_path(ada, tmp_path / "bens.xlsx")
    assert ada.changed(at)["people"] == {late}


def test_a_list_of_contacts_since_a_day_still_says_where_people_belong(laptop: Store) -> None:
    address_book(laptop)
    asked = asked_for(laptop, Wanted(since=LONG_AGO))
    [person] = [view for view in laptop.list("people") if view.title.startswith("María")]
    asked = replace(asked, changed={"people": {person.id}})
    assert [each.kind.name for each in kinds_for(laptop, asked, lambda *_told: None) if each.expected] == ["people"]
    assert affiliations_for(laptop, asked).expected


@pytest.mark.usefixtures("person", "read_so")
def test_merged_without_a_store_a_part_takes_nothing_from_the_whole(laptop: Store, tmp_path: Path) -> None:
    export(laptop, tmp_path / "all.xlsx", Wanted())
    export(laptop, tmp_path / "some.xlsx", CHOSEN)
    book = openpyxl.load_workbook(tmp_path / "some.xlsx")
    book["People"]["B2"].value = "Murphy"
    book.save(tmp_path / "some.xlsx")
    for order in (("all", "some"), ("some", "all")):
        merge_workbooks(tmp_path / "out.xlsx", [tmp_path / f"{name}.xlsx" for name in order])
        people = shown(tmp_path / "out.xlsx")["People"]
        told = dict(zip(people[0], people[1], strict=True))
        assert (told["Name"], told["Town"], told["ZIP"], told["Notes"]) == (
            "Ada Crowe",
            "Murphy",
            "28713",
            "Call early.",
        )
        assert len(shown(tmp_path / "out.xlsx")["Events"]) == 2


@pytest.mark.parametrize("came", [0, 1])
def test_of_an_event_whoever_came_leaves_with_all_they_agreed_to_whichever_of_their_records_did(
    laptop: Store, tmp_path: Path, came: int
) -> None:
    fair, _made = make_record(laptop, "events", {"name": "Fair"})
    ada = [make_record(laptop, "people", {"name": name})[0] for name in ("Ada Crowe", "Ada M. Crowe")]
    for person, state in zip(ada, ("withdrawn", "granted"), strict=True):
        make_record(laptop, "consents", {"person": person, "channel": "email", "state": state})
    pantries = [make_record(laptop, "organizations", {"name": name})[0] for name in ("Pantry", "Pine Pantry")]
    own = {"event": fair, "person": ada[came], "organization": pantries[came], "name_as_written": "Ada"}
    make_record(laptop, "sign_ins", own)
    join(laptop, "people", *ada)
    join(laptop, "organizations", *pantries)
    code = laptop.get("events", fair).code  # type: ignore[union-attr]
    rows = export(laptop, tmp_path / "fair.xlsx", Wanted(event=code)).rows
    assert (rows["people"], rows["organizations"], rows["consents"]) == (1, 1, 2)
