"""What return files are made from: which writes are held, and which changes that covers."""

import itertools
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import WriteId
from outreach_app.store.returns import HeldWrites, Returns, Stretches, stretches
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@given(st.sets(st.integers(1, 60)))
def test_stretches_hold_the_numbers_they_were_made_of_and_no_others(numbers: set[int]) -> None:
    made = stretches(sorted(numbers))
    assert {number for first, last in made for number in range(first, last + 1)} == numbers
    assert all(before[1] + 1 < after[0] for before, after in itertools.pairwise(made))


@pytest.fixture
def laptop() -> Iterator[Store]:
    with closing(memory("Ben")) as store:
        yield store


def written(store: Store, record: str, town: str) -> WriteId:
    """The write that gives a person a town."""
    with store.writing("edit_people") as draft:
        draft.set("people", record, "town", town)
    return store.recent(1)[0].writes[-1].id


def covered(store: Store, *held: WriteId) -> int:
    """How many of the laptop's own changes are received where these writes are held."""
    numbered: dict[bytes, list[tuple[int, int]]] = {}
    for each in held:
        numbered.setdefault(each.run, []).append((each.number, each.number))
    derived = frozenset(each.run for each in held if not each.number)
    with store.reading() as connection:
        received: Stretches = Returns(connection).received(store.device, HeldWrites(numbered, derived), ())
    changes = {change.id.number: change for change in store.recent(100)}
    return sum(
        any(first <= number and change.last <= last for told in received.values() for first, last in told)
        for number, change in changes.items()
    )


def test_what_took_its_place_covers_a_write_and_only_that(laptop: Store) -> None:
    with laptop.writing("make_people") as draft:
        mae = draft.new("people", {"name": "Mae"})
    [name] = [each.id for each in laptop.recent(1)[0].writes if each.slot.field == "name"]
    first, second, third = (written(laptop, mae, town) for town in ("Alarka", "Whittier", "Cherokee"))
    begun = [each.id for each in laptop.recent(10)[-1].writes]
    assert covered(laptop) == 0
    assert covered(laptop, *begun) == 1
    assert covered(laptop, *begun, third) == 4  # the two before gave way to it
    assert covered(laptop, *begun, second) == 3  # what took its place is on this laptop alone
    assert covered(laptop, *begun, first) == 2
    assert covered(laptop, name) == (1 if begun == [name] else 0)


def test_an_undo_is_held_by_the_ids_that_it_derives(laptop: Store) -> None:
    with laptop.writing("make_people") as draft:
        mae = draft.new("people", {"name": "Mae", "town": "Alarka"})
    begun = [each.id for each in laptop.recent(1)[0].writes]
    edit = written(laptop, mae, "Whittier")
    changes = laptop.undo(laptop.recent(1)[0].id)
    assert changes.change is not None
    undone = [each.id for each in laptop.recent(1)[0].writes]
    assert {each.number for each in undone} == {0}
    assert covered(laptop, *begun, edit) == 2
    assert covered(laptop, *begun, *undone) == 3


def test_an_export_that_was_merged_covers_its_line_in_the_log(laptop: Store) -> None:
    with laptop.writing("export") as draft:
        log = draft.new("exports", {"file_name": "week.xlsx"})
    with laptop.reading() as connection:
        nothing = HeldWrites({}, frozenset())
        returns = Returns(connection)
        assert returns.received(laptop.device, nothing, ()) == {}
        assert returns.received(laptop.device, nothing, {bytes.fromhex(log.replace("-", ""))}) != {}
