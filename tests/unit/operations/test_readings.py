"""Workbooks read back into stores: joined records, other roads than sync, late and twice."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from outreach_app.operations.decisions import join
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.spaces import keys_of
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, all_shown, memory

PHONE = {"number": "828 555 0112", "kind": "mobile"}
Typing = Callable[[Store, str, str, str], Path]


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    with ExitStack() as held:
        yield [held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Squirrel", "Cora Toineeta")]


@pytest.fixture
def typed(tmp_path: Path) -> Typing:
    """``typed(store, name, column, text)``: the store's workbook with something typed into one person's row."""
    places = count()

    def make(store: Store, name: str, column: str, text: str) -> Path:
        path = tmp_path / f"book-{next(places)}.xlsx"
        export_workbook(store, path)
        book = openpyxl.load_workbook(path)
        rows = list(book["People"].iter_rows())
        head = next(row for row in rows if "Name" in [cell.value for cell in row])
        place = [cell.value for cell in head].index(column)
        next(row for row in rows if name in [cell.value for cell in row])[place].value = text
        book.save(path)
        return path

    return make


def rows(store: Store, path: Path) -> tuple[int, int, int]:
    """How many people of a workbook were new, changed and the same."""
    said = import_path(store, path).to_json()["total"]["people"]
    return said["new"], said["changed"], said["same"]


def person(store: Store, **values: object) -> str:
    with store.writing("make_people") as draft:
        return draft.new("people", values)


@pytest.mark.parametrize(("column", "text"), [("Town", "Murphy"), ("Phones", "828 555 0113"), ("Notes", "Has a van.")])
def test_what_is_typed_into_a_joined_persons_row_is_every_members(
    laptops: list[Store], typed: Typing, column: str, text: str
) -> None:
    ada, ben, cora = laptops
    one = person(ada, name="Ada Crowe", town="Alarka", phones=[PHONE])
    other = person(ada, name="Ada Crow", town="Cherokee")
    join(ada, "people", one, other)
    book = typed(ada, "Ada Crowe", column, text)
    assert rows(ada, book) == (0, 1, 0)
    assert rows(ada, book) == (0, 0, 1)
    assert rows(ben, book) == (1, 0, 0)
    assert rows(ben, book) == (0, 0, 1)
    for store in (ada, ben):
        assert [each.what for each in store.decisions() if each.what == "conflict"] == []
        head, member = (store.get("people", each) for each in (one, other))
        assert head is not None
        assert member is not None
        name = column.lower()
        assert head.values[name] == member.values[name]
    for giver in (ada, ben):
        for taker in laptops:
            taker.apply(all_changes(giver))
    for store in laptops:
        shown = all_shown(store)
        assert shown | {"decisions": []} == all_shown(cora) | {"decisions": []}
        assert store.check().healthy


def test_a_workbook_read_before_the_segments_gives_what_sync_alone_gives(laptops: list[Store], typed: Typing) -> None:
    worker, office, desk = laptops
    one = person(worker, name="Ada Crowe", town="Alarka", phones=[PHONE], notes="Call early.")
    gone = person(worker, name="Gone")
    with worker.writing("edit") as draft:
        draft.set("people", one, "town", "Cherokee")
        draft.append("people", one, "notes", "Has a van.")
        draft.delete("people", gone)
    assert rows(office, typed(worker, "Ada Crowe", "Name", "Ada Crowe")) == (1, 0, 0)
    for store in (office, desk):
        store.apply(all_changes(worker))
    assert all_shown(office) | {"decisions": []} == all_shown(desk) | {"decisions": []}
    assert office.check().healthy


def test_what_workbooks_alone_say_stands_as_a_rebuild_has_it(laptops: list[Store], tmp_path: Path) -> None:
    """Of a record that one workbook brings, the row is made of what was just read; of all others of what is held."""
    worker, other, office = laptops
    one = person(worker, name="Ada Crowe", phones=[{"text_ok": True, "number": "828 555 0112", "kind": "mobile"}])
    gone = person(worker, name="Gone", town="Alarka")
    with worker.writing("make_events") as draft:
        event = draft.new("events", {"name": "Fire hall, Alarka", "themes": []})
    with worker.writing("sign_in") as draft:
        draft.new("sign_ins", {"event": event, "person": one})
        draft.set("people", one, "town", "Murphy")
        draft.delete("people", gone)
    export_workbook(worker, tmp_path / "first.xlsx")
    other.apply(all_changes(worker))
    with other.writing("edit") as draft:
        draft.set("people", one, "name", "Ada Crow")
        draft.set("people", one, "phones", [])
        draft.new("affiliations", {"person": one})
    export_workbook(other, tmp_path / "second.xlsx")
    for name in ("second", "first", "second"):
        import_path(office, tmp_path / f"{name}.xlsx")
        assert office.check().healthy
        shown = all_shown(office)
        office.rebuild()
        assert all_shown(office) == shown


def test_a_store_of_which_only_what_stands_is_asked_shows_what_any_other_does(
    laptops: list[Store], tmp_path: Path
) -> None:
    worker, office, _desk = laptops
    one = person(worker, name="Ada Crowe", town="Alarka", phones=[PHONE])
    with worker.writing("edit") as draft:
        draft.set("people", one, "town", "Cherokee")
    export_workbook(worker, tmp_path / "week.xlsx")
    with closing(Store.in_memory(worker="Ada Crowe", department="", keys_of=keys_of, passing=True)) as passing:
        passing.enter_space(office.space)
        for store in (passing, office):
            assert rows(store, tmp_path / "week.xlsx") == (1, 0, 0)
            assert rows(store, tmp_path / "week.xlsx") == (0, 0, 1)
        found = [store.get("people", one) for store in (passing, office)]
        assert found[0] == found[1]
