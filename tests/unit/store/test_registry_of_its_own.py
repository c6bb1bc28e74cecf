"""A field is declared once: declared here on a kind of a registry of this test's own, it is everywhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.journal.changes import Slot
from outreach_app.model.fields import Privacy, Shape, choice, many, once, reference, tally, text
from outreach_app.model.kinds import About, RecordColumns, Registry
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_workbook
from outreach_app.operations.readings import reader_for
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from outreach_app.store.views import Columns
from tests.conftest import PASSPHRASE
from tests.helpers.memories import all_changes


class Base(DeclarativeBase):
    """The kinds of this test alone."""


class Boat(RecordColumns, Base):
    """A kind no program ships."""

    __tablename__ = "boats"
    about = About("Boats", "Boat", title=("name", "harbor"), short_code=False)

    name: Mapped[str | None] = text("Name", searched=True, listed=True, required=True)
    harbor: Mapped[str | None] = reference("Harbor", "harbors", listed=True)
    sail_number: Mapped[str | None] = text(
        "Sail number", "As painted on the sail.", searched=True, listed=True, suggests=True, privacy=Privacy.PARTNER
    )
    seaworthy: Mapped[str | None] = choice("Seaworthy", "languages", listed=True)
    crew: Mapped[list[Any] | None] = many("Crew", Shape.TEXT, searched=True)
    trips: Mapped[int | None] = tally("Trips")
    log: Mapped[str | None] = once("Log", searched=True)


class Harbor(RecordColumns, Base):
    """What a boat points at."""

    __tablename__ = "harbors"
    about = About("Harbors", "Harbor", joinable=True)

    name: Mapped[str | None] = text("Name", searched=True, listed=True)
    under: Mapped[str | None] = reference("Under", "harbors", searched=True)


class Export(RecordColumns, Base):
    """The log of what left."""

    __tablename__ = "exports"
    about = About("Export log", "Exported file", title=("file_name",), in_forms=False)

    file_name: Mapped[str | None] = text("File")


REGISTRY = Registry(Base, ("boats", "harbors", "exports"))


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.in_memory(worker="Ada Crowe", department="Hill", registry=REGISTRY)
    yield opened
    opened.close()


@pytest.fixture
def boat(store: Store) -> str:
    with store.writing("make_boats") as draft:
        harbor = draft.new("harbors", {"name": "Almond"})
        values = {"name": "Heron", "harbor": harbor, "sail_number": "NC 4711", "crew": ["Ada", "Ben"], "trips": 2}
        return draft.new("boats", {**values, "log": "Fog all day."})


def test_it_is_a_column_of_the_table(store: Store, boat: str) -> None:
    assert "sail_number" in REGISTRY["boats"].table.c
    with store.reading() as connection:
        row = connection.exec_driver_sql("SELECT sail_number, trips FROM boats WHERE id = ?", (boat,)).one()
    assert tuple(row) == ("NC 4711", 2)


def test_it_is_saved_listed_sorted_and_counted(store: Store, boat: str) -> None:
    view = store.get("boats", boat)
    assert view is not None
    assert view.values["sail_number"] == "NC 4711"
    assert view.elements("crew") == ["Ada", "Ben"]
    assert [each.id for each in store.list("boats", {"sail_number": "NC 4711"}, order="-sail_number")] == [boat]
    assert store.count("boats", {"sail_number": "other"}) == 0
    assert "sail_number" in [field.name for field in REGISTRY["boats"].fields if field.listed]


def test_it_is_searched(store: Store, boat: str) -> None:
    for words in ("4711", "heron 47", "fog", "almond", "ben"):
        assert boat in [found.id for found in store.find(words)], words
    assert store.find("4712") == []


def test_its_values_are_in_the_journal_each_by_its_rule(store: Store, boat: str) -> None:
    written = {write.slot: write.value for change in all_changes(store) for write in change.writes}
    assert written[Slot("boats", boat, "sail_number")] == "NC 4711"
    assert written[Slot("boats", boat, "trips")] == 2
    assert sorted(str(value) for slot, value in written.items() if slot.field == "crew" and slot.element) == [
        "Ada",
        "Ben",
    ]


def test_it_has_a_line_in_the_history(store: Store, boat: str) -> None:
    with store.writing("edit_boats") as draft:
        draft.set("boats", boat, "sail_number", "NC 12")
        draft.press("boats", boat, "trips", 1)
    lines = {line.field: line for line in reversed(store.history("boats", boat))}
    assert (lines["sail_number"].before, lines["sail_number"].after) == (("NC 4711",), "NC 12")
    assert lines["sail_number"].author == "Ada Crowe"
    view = store.get("boats", boat)
    assert view is not None
    assert view.values["trips"] == 3


def test_it_is_a_column_of_the_workbook_both_ways_and_a_row_of_its_dictionary(
    store: Store, boat: str, tmp_path: Path
) -> None:
    file = tmp_path / "boats.xlsx"
    export_workbook(store, file)
    book = load_workbook(file)
    [cell] = [cell for row in book["Boats"].iter_rows() for cell in row if cell.value == "NC 4711"]
    headings = [row[cell.column - 1].value for row in book["Boats"].iter_rows(max_row=cell.row - 1)]
    assert headings[-1] == "Sail number"
    told = [[each.value for each in row] for row in book["Data dictionary"].iter_rows()]
    [line] = [row for row in told if "sail_number" in row]
    assert {"Boats", "Sail number", "As painted on the sail."} <= set(line)
    cell.value = "NC 12"
    book.save(file)
    account = import_workbook(store, file, reader_for(store))
    assert account.error is None
    view = store.get("boats", boat)
    assert view is not None
    assert (view.values["sail_number"], view.values["trips"]) == ("NC 12", 2)
    assert store.history("boats", boat)[0].before == ("NC 4711",)
    assert store.check().healthy


def test_a_title_travels_to_what_shows_it_and_through_its_own_kind(store: Store, boat: str) -> None:
    view = store.get("boats", boat)
    assert view is not None
    assert view.title == "Heron · Almond"
    with store.writing("make_harbors") as draft:
        upper = draft.new("harbors", {"name": "Fontana"})
        lower = draft.new("harbors", {"name": "Cable Cove", "under": upper})
    assert lower in [found.id for found in store.find("fontana")]
    with store.writing("edit_harbors") as draft:
        draft.set("harbors", str(view.values["harbor"]), "name", "Tsali")
        draft.set("harbors", upper, "name", "Nantahala")
    renamed = store.get("boats", boat)
    assert renamed is not None
    assert renamed.title == "Heron · Tsali"
    assert boat in [found.id for found in store.find("tsali")]
    assert {lower, upper} == {found.id for found in store.find("nantahala")}
    assert store.find("fontana") == store.find("almond") == []
    assert store.check().healthy


def test_it_stands_on_disk_too(tmp_path: Path) -> None:
    made = Store.create(tmp_path, PASSPHRASE, worker="A", department="D", registry=REGISTRY, cost=DEMO_COST)
    with made.writing("make_boats") as draft:
        record = draft.new("boats", {"name": "Heron", "sail_number": "7"})
    made.close()
    again = Store.open(tmp_path, PASSPHRASE, registry=REGISTRY)
    assert [view.id for view in again.list("boats", {"sail_number": "7"})] == [record]
    assert again.check().healthy
    assert again.decision_counts() == {"conflicts": 0, "duplicates": 0, "notices": 0}
    again.close()


def test_a_program_that_knows_fewer_fields_reads_none_for_another() -> None:
    kind = next(each for each in REGISTRY.values() if len(each.fields) > 1)
    older = replace(kind, fields=kind.fields[:-1])
    assert len(Columns.of(older).fields) == len(kind.fields) - 1
    assert len(Columns.of(kind).fields) == len(kind.fields)
