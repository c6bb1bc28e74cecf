"""Whatever was tampered with beside the journal is made from it again, just as it was."""

import random

import pytest

from outreach_app.operations.decisions import join
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings, read_back, send, workbook
from tests.helpers.memories import all_changes, all_shown

TAMPERINGS = (
    "DELETE FROM people",
    "UPDATE people SET title = 'Someone', town = 'Nowhere', stands_under = NULL",
    "UPDATE sign_ins SET shown = 0",
    "DELETE FROM links",
    "DELETE FROM lookups",
    "DELETE FROM undecided",
    "DELETE FROM search WHERE rowid % 2",
    "DELETE FROM search_rows WHERE row % 3 = 0",
)


@pytest.fixture
def full(laptops: list[Store]) -> Store:
    """A store with everything: joins, open questions, readings that count and one that was undone."""
    ada, ben, _ = laptops
    dice = random.Random(11)
    for store in (ada, ben):
        doings = Doings(store, dice)
        for _ in range(50):
            doings.something()
        with store.writing("make_people") as draft:
            one, other = (draft.new("people", {"name": name}) for name in ("Ada", "Adah"))
        join(store, "people", one, other)
    read_back(ada, workbook(ben, dice))
    undone = read_back(ada, workbook(ben, dice))
    assert undone is not None
    ada.undo(undone)
    send(ben, ada, dice)
    assert ada.decisions()
    return ada


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_what_was_tampered_with_is_made_again(full: Store, statement: str) -> None:
    before = all_shown(full)
    with full._database.changing() as connection:
        assert connection.exec_driver_sql(statement).rowcount
    assert not full.check().healthy
    assert full.rebuild() == len({write.slot.record for change in all_changes(full) for write in _written(change)})
    assert all_shown(full) == before
    assert full.check().healthy


def _written(change: object) -> list[object]:
    return [*change.writes, *(taught.write for reading in change.readings for taught in reading.taught)]


def test_what_is_well_stays_as_it_is(full: Store) -> None:
    before, changes = all_shown(full), all_changes(full)
    full.rebuild()
    assert all_shown(full) == before
    assert all_changes(full) == changes


def test_a_store_with_nothing_in_it(laptop: Store) -> None:
    before = all_shown(laptop)
    laptop.rebuild()
    assert all_shown(laptop) == before
