"""What is kept of the database in memory, while much is taken in and afterwards."""

from pathlib import Path

import pytest

from outreach_app.operations.spaces import new_store
from outreach_app.store.engines import BULK_CACHE, CACHE, PASSING_CACHE
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store


def kept(store: Store) -> int:
    """Kibibytes of the database that may be kept in memory now."""
    with store.reading() as connection:
        return -int(connection.exec_driver_sql("PRAGMA cache_size").scalar() or 0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path / "store", "a passphrase for tests", "Ada Crowe", "Hill County Health", DEMO_COST)


def test_more_is_kept_in_memory_while_much_is_taken_in_and_no_longer(store: Store) -> None:
    with store.roomy():
        with store.roomy():
            assert kept(store) == BULK_CACHE
        assert kept(store) == BULK_CACHE
    assert kept(store) == CACHE
    with pytest.raises(RuntimeError, match="broken off"), store.roomy():
        raise RuntimeError("broken off")
    assert kept(store) == CACHE
    store.close()


def test_less_is_kept_while_much_is_read_once(store: Store) -> None:
    with store.sparing():
        assert kept(store) == PASSING_CACHE
    assert kept(store) == CACHE
    with store.roomy(), store.sparing():
        assert kept(store) == BULK_CACHE, "the outer one counts"
    store.close()


def test_asked_for_within_a_change_it_takes_nothing_of_the_change_away(store: Store) -> None:
    with store.writing("add_person") as draft:
        draft.new("people", {"name": "Ada Crowe"})
        with store.roomy():
            draft.new("people", {"name": "Ben Long"})
    assert store.count("people") == 2
    store.close()
