"""The index of words and lookup keys. Nobody who saves waits for it: what is new is indexed before anyone looks.

A walk-in's name is a dozen keys on as many pages of the database, each to be encrypted; saving them at once would
double what a save takes. Which records wait is kept in the same transaction as the records, so that none is forgotten.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from outreach_app.store.blueprints import Blueprints, Row
from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements

AT_ONCE = 40
"""From so many records on, a change is indexed with it: what comes in bulk is not waited for key by key."""


def postpone(connection: Connection, rows: Sequence[Row]) -> None:
    """Note rows to be indexed before anyone looks."""
    Statements(connection)("INSERT OR IGNORE INTO unindexed VALUES (?)", [(row.record,) for row in rows])


def waiting(connection: Connection) -> list[str]:
    """The records that wait to be indexed."""
    return Statements(connection)("SELECT record FROM unindexed").scalars()


def index(connection: Connection, blueprints: Blueprints, rows: Sequence[Row]) -> None:
    """Put rows' words and keys in the index, in place of what it holds of them."""
    do = Statements(connection)
    numbers = _numbers(connection, rows)
    old = [(number,) for number in numbers.values()]
    if old:
        do("DELETE FROM search WHERE rowid = ?", old)
        do("DELETE FROM lookups WHERE record = ?", [(record,) for record in numbers])
    new = [row.record for row in rows if row.record not in numbers]
    if new:
        first = int(do("SELECT coalesce(max(row), 0) FROM search_rows").scalar()) + 1
        kinds = {row.record: row.kind.name for row in rows}
        numbers.update((record, first + place) for place, record in enumerate(new))
        places = [(numbers[record], record, kinds[record]) for record in new]
        do("INSERT INTO search_rows (row, record, kind) VALUES (?,?,?)", places)
    words = [(numbers[row.record], *row.words_to_index) for row in rows if row.indexed]
    if words:
        do("INSERT INTO search (rowid, kind, words) VALUES (?,?,?)", words)
    keys = [key for row in rows for key in blueprints.keys(row)]
    if keys:
        do("INSERT OR IGNORE INTO lookups (key, record, kind) VALUES (?,?,?)", keys)
    if do("SELECT 1 FROM unindexed LIMIT 1").scalar():
        do("DELETE FROM unindexed WHERE record = ?", [(row.record,) for row in rows])


def _numbers(connection: Connection, rows: Sequence[Row]) -> dict[str, int]:
    """The numbers under which the index knows those of the records that it knows."""
    found: dict[str, int] = {}
    for chunk in chunks(row.record for row in rows):
        places = ",".join("?" * len(chunk))
        statement = f"SELECT record, row FROM search_rows WHERE record IN ({places})"  # noqa: S608 (only question marks)
        found.update(Statements(connection)(statement, tuple(chunk)).all())
    return found
