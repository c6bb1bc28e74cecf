"""The index of words and lookup keys. Nobody who saves waits for it: what is new is indexed before anyone looks.

A walk-in's name is a dozen keys on as many pages of the database, each to be encrypted; saving them at once would
double what a save takes. Which records wait is kept in the same transaction as the records, so that none is forgotten.
A record is indexed from its row, however often it changed since it was indexed last.
"""

from collections.abc import Iterable, Sequence
from itertools import count

from sqlalchemy import Connection

from outreach_app.store.blueprints import Blueprints, Entry, Row
from outreach_app.store.journals import chunks
from outreach_app.store.near_words import note
from outreach_app.store.statements import Statements
from outreach_app.store.tables import ROWS, rows_of
from outreach_app.store.views import Views

_TOGETHER = 2_000


def postpone(connection: Connection, rows: Iterable[Row]) -> None:
    """Note rows to be indexed before anyone looks."""
    noted = [(row.record, row.kind.name) for row in rows]
    Statements(connection)("INSERT OR IGNORE INTO unindexed VALUES (?,?)", noted)


def behind(connection: Connection) -> bool:
    """Whether anything waits to be indexed."""
    return Statements(connection)("SELECT 1 FROM unindexed LIMIT 1").first() is not None


def catch_up(connection: Connection, blueprints: Blueprints) -> None:
    """Index all that waits for it."""
    views = Views(connection, blueprints.registry)
    waiting: dict[str, list[str]] = {}
    for record, kind in Statements(connection)("SELECT record, kind FROM unindexed"):
        waiting.setdefault(kind, []).append(record)
    for kind, records in sorted(waiting.items(), key=lambda each: rows_of(each[0])):  # the index writes best in order
        for chunk in chunks(records, _TOGETHER):
            index(connection, [blueprints.entry(view) for view in views.many(kind, chunk)])
    Statements(connection)("INSERT OR IGNORE INTO uncompared SELECT record, kind FROM unindexed")
    Statements(connection)("DELETE FROM unindexed")


def index(connection: Connection, entries: Sequence[Entry]) -> None:
    """Put entries in the index, in place of what it holds of their records."""
    do = Statements(connection)
    numbers = numbered(connection, entries)
    old = [(number,) for number in numbers.values()]
    if old:
        do("DELETE FROM search WHERE rowid = ?", old)
        do("DELETE FROM lookups WHERE record = ? AND kind = ?", list(numbers))
    new = [(each.record, each.kind) for each in entries if (each.record, each.kind) not in numbers]
    if new:
        free = {kind: count(_free(connection, kind)) for kind in {kind for _record, kind in new}}
        numbers.update((each, next(free[each[1]])) for each in new)
        do("INSERT INTO search_rows (row, record, kind) VALUES (?,?,?)", [(numbers[each], *each) for each in new])
    words = [(numbers[each.record, each.kind], each.words) for each in entries if each.words]
    if words:
        do("INSERT INTO search (rowid, words) VALUES (?,?)", words)
        note(connection, (each for _number, each in words))
    keys = [(key, each.record, each.kind) for each in entries for key in each.keys]
    if keys:
        do("INSERT OR IGNORE INTO lookups (key, record, kind) VALUES (?,?,?)", keys)


def _free(connection: Connection, kind: str) -> int:
    """The first row of the search that no record of a kind has, nor any after it."""
    first = rows_of(kind)
    asked = "SELECT coalesce(max(row), ?) + 1 FROM search_rows WHERE row >= ? AND row < ?"
    return int(Statements(connection)(asked, (first - 1, first, first + ROWS)).scalar())


def numbered(connection: Connection, entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """The numbers under which the index knows those of the records, each with its kind, that it knows."""
    wanted = {(each.record, each.kind) for each in entries}
    found: dict[tuple[str, str], int] = {}
    for chunk in chunks({record for record, _kind in wanted}):
        places = ",".join("?" * len(chunk))
        statement = f"SELECT record, kind, row FROM search_rows WHERE record IN ({places})"  # noqa: S608 (only question marks)
        found.update(((record, kind), row) for record, kind, row in Statements(connection)(statement, tuple(chunk)))
    return {each: row for each, row in found.items() if each in wanted}
