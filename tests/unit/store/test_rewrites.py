"""A record that is written to again is made from what stands of it and from its row, as if from all of its journal."""

from collections.abc import Callable
from contextlib import closing

import pytest

from outreach_app.journal.clock import Clock
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.intakes import Touched
from outreach_app.store.rewrites import written_on
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory

EARLY, LATE = 1_790_000_000_000_000, 1_790_000_100_000_000


def at(store: Store, when: int) -> None:
    """Have a store write by another clock."""
    store.clock = Clock(lambda: when)


def edit(store: Store, person: str, name: str) -> None:
    with store.writing("edit") as draft:
        draft.set("people", person, "name", name)


def plainly(store: Store, person: str, first: int) -> bool:
    """Whether a write of that clock would leave the record's journal unread."""
    raw = id_bytes(person)
    with store.reading() as connection:
        return raw in written_on(connection, store.registry, {raw: Touched("people", first, first)})


@pytest.fixture
def person(laptop: Store) -> str:
    """Somebody on one laptop, written down early."""
    at(laptop, EARLY)
    with laptop.writing("make") as draft:
        return draft.new("people", {"name": "Ada Crowe", "emails": ["ada@example.org"]})


def test_what_its_row_tells_is_not_looked_up(laptop: Store, person: str) -> None:
    at(laptop, LATE)
    assert plainly(laptop, person, LATE)
    edit(laptop, person, "Adelaide Crowe")
    view = laptop.get("people", person)
    assert view is not None
    assert (view.title, view.made_at, view.made_by) == ("Adelaide Crowe", EARLY, "Ada Crowe")
    assert view.changed_at == LATE
    assert laptop.check().healthy


def older(_one: Store, other: Store, person: str) -> None:
    """Another laptop, whose clock is behind, writes before the record was made."""
    at(other, EARLY - 1_000)
    edit(other, person, "Ada Crow")


def beside(one: Store, other: Store, person: str) -> None:
    """Both give the name another value."""
    at(other, LATE)
    edit(other, person, "A. Crowe")
    edit(one, person, "Adelaide Crowe")


def undone_twice(one: Store, other: Store, person: str) -> None:
    """Both undo the same, one by a clock far ahead."""
    edit(one, person, "Adelaide Crowe")
    other.apply(all_changes(one))
    change = one.last_to_undo()
    assert change is not None
    for store, when in ((one, LATE + 5_000), (other, LATE)):
        at(store, when)
        store.undo(change)


@pytest.mark.parametrize("happens", [older, beside, undone_twice])
def test_what_its_row_does_not_tell_is_read(
    laptops: list[Store], person: str, happens: Callable[[Store, Store, str], None]
) -> None:
    one, other, _third = laptops
    other.apply(all_changes(one))
    happens(one, other, person)
    for store, source in ((one, other), (other, one)):
        store.apply(all_changes(source))
        assert store.check().healthy
    assert one.get("people", person) == other.get("people", person)


def test_two_writes_in_one_slot_are_read_whole(laptops: list[Store], person: str) -> None:
    one, other, _third = laptops
    other.apply(all_changes(one))
    assert plainly(other, person, LATE)
    beside(one, other, person)
    other.apply(all_changes(one))
    assert not plainly(other, person, LATE + 1)


def test_nothing_is_left_of_what_was_before_a_row(laptop: Store, person: str) -> None:
    with closing(memory()) as empty:
        assert not plainly(empty, person, LATE)
    assert not plainly(laptop, person, EARLY)
