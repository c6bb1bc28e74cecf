"""The doctor finds every tampering, by rebuilding what is shown from what was written."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from outreach_app.operations.decisions import join
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from tests.helpers.doings import read_back, workbook


@dataclass
class Tampering:
    """One statement run by hand, and what of the checkup tells it."""

    statement: str
    told: Callable[..., object]


@pytest.fixture
def ada(laptop: Store) -> str:
    """A store with something in every table; the id of a person who was joined."""
    with laptop.writing("make_events") as draft:
        event = draft.new("events", {"name": "Fire hall"})
    made = [
        sign_in(laptop, NewSignIn(event, name, emails=(f"{name}@example.org",), organization_name="Alpha House")).person
        for name in ("Ada", "Adah", "Ben")
    ]
    with laptop.writing("edit_people") as draft:
        draft.set("people", made[2], "town", "Alarka")
    with laptop.writing("edit_people") as draft:
        draft.set("people", made[2], "town", "Cherokee")
    join(laptop, "people", made[0], made[1])
    read_back(laptop, workbook(laptop, random.Random(1)))
    assert laptop.check().healthy
    return min(made[:2])


def tamper(store: Store, *statements: str) -> None:
    with store._database.changing() as connection:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount != 0, "nothing was tampered with"


def test_a_healthy_store_tells_what_was_looked_at(laptop: Store, ada: str) -> None:
    found = laptop.check()
    shown = sum(len(laptop.everything(kind)) for kind in laptop.registry)
    assert found.records == shown
    assert found.pointing_nowhere == {}
    assert ada


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people SET town = 'Murphy' WHERE name = 'Ben'",
        "UPDATE people SET title = 'Someone' WHERE name = 'Ben'",
        "UPDATE sign_ins SET title = 'Someone' WHERE id = (SELECT min(id) FROM sign_ins)",
        "UPDATE people SET sort_key = 'zz' WHERE name = 'Ben'",
        "UPDATE people SET shown = 0 WHERE name = 'Ben'",
        "UPDATE people SET to_decide = 3 WHERE name = 'Ben'",
        "UPDATE people SET made_at = made_at - 1 WHERE name = 'Ben'",
        "UPDATE people SET extra = '{}' WHERE name = 'Ben'",
        "UPDATE people SET stands_under = NULL WHERE stands_under IS NOT NULL",
        "UPDATE people SET stands_under = (SELECT min(id) FROM people) WHERE name = 'Ben'",
        "UPDATE links SET says = 'not_same'",
        "INSERT INTO undecided SELECT id, 'name', '', 'people' FROM people WHERE name = 'Ben'",
        "DELETE FROM lookups WHERE key LIKE 'e:ben%'",
        "INSERT INTO lookups SELECT 'e:x', id, 'people' FROM people WHERE name = 'Ben'",
        "DELETE FROM search WHERE rowid IN (SELECT s.row FROM search_rows s JOIN people p ON p.id = s.record)",
        "INSERT INTO search (rowid, words) VALUES (987654, 'stranger')",
    ],
)  # fmt: skip
def test_what_is_shown_differs_from_what_was_written(laptop: Store, ada: str, statement: str) -> None:
    tamper(laptop, statement)
    found = laptop.check()
    assert found.differing
    assert not found.healthy
    assert ada


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE writes SET value = X'63426F62' WHERE field = 'name' AND kind = 'people'",
        "UPDATE writes SET field = 'town' WHERE field = 'came_as'",
        "UPDATE writes SET replaces = NULL WHERE replaces IS NOT NULL",
        "DELETE FROM writes WHERE field = 'came_as'",
        "UPDATE changes SET author = 'Nobody' WHERE verb = 'sign_in'",
        "UPDATE changes SET clock = clock + 1 WHERE verb = 'sign_in'",
        "UPDATE changes SET digest = X'00' WHERE verb = 'join'",
        "DELETE FROM changes WHERE verb = 'make_events'",
        "DELETE FROM changes WHERE place = (SELECT max(place) FROM changes WHERE run IS NOT NULL)",
        "UPDATE readings SET horizon = (SELECT X'82A080')",
        "UPDATE reading_rows SET cells = X'A0'",
        "UPDATE reading_rows SET taught = X'80'",
    ],
)  # fmt: skip
def test_what_was_written_is_not_what_was_saved(laptop: Store, ada: str, statement: str) -> None:
    tamper(laptop, statement)
    found = laptop.check()
    assert found.broken_changes
    assert not found.healthy
    assert ada


def test_a_row_without_a_journal_and_a_journal_without_a_row(laptop: Store, ada: str) -> None:
    stray = "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb"
    tamper(laptop, "UPDATE people SET id = '01a200d0-8bea-77c6-b31b-f44dd6ccbdeb' WHERE name = 'Ben'")
    found = laptop.check()
    assert found.unfounded == [stray]
    assert len(found.missing) == 1
    assert not found.healthy
    assert ada


def test_what_points_nowhere_is_told_and_is_no_illness(laptop: Store) -> None:
    with laptop.writing("make_sign_ins") as draft:
        draft.new("sign_ins", {"name_as_written": "Ada", "event": "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb"})
    found = laptop.check()
    assert found.pointing_nowhere == {"sign_ins.event": 1}
    assert found.healthy


def test_a_damaged_page_is_found(store: Store) -> None:
    with store.writing("make_people") as draft:
        for number in range(200):
            draft.new("people", {"name": f"Person {number}"})
    with store._database._engine.connect() as connection:
        connection.rollback()
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.folder is not None
    with (store.folder / "outreach.db").open("r+b") as file:
        file.seek(-3000, 2)
        there = file.read(1)
        file.seek(-3000, 2)
        file.write(bytes([there[0] ^ 255]))
    found = store.check()
    assert found.damaged_pages
    assert not found.healthy


def test_looking_changes_nothing(laptop: Store, ada: str) -> None:
    names = "SELECT name FROM sqlite_master UNION ALL SELECT name FROM sqlite_temp_master"
    with laptop.reading() as connection:
        before = sorted(connection.exec_driver_sql(names).scalars())
    for _ in range(2):
        assert laptop.check() == laptop.check()
    with laptop.reading() as connection:
        assert sorted(connection.exec_driver_sql(names).scalars()) == before
    assert ada
