"""Finding: full text over every kind's searched fields, by the beginnings of words, accents and case ignored."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from outreach_app.store.journals import chunks

if TYPE_CHECKING:
    from outreach_app.store.projections import Row

_WORD = re.compile(r"\w+", re.UNICODE)
_LOOKED_AT = 400
"""How many matches are looked at before the best are chosen: ranking all would cost what matches, not what shows."""


class Found(NamedTuple):
    """One thing found."""

    kind: str
    id: str
    code: str
    title: str


def index_words(connection: Connection, rows: "Sequence[Row]") -> None:
    """Put rows' words in the index, and take out those of rows that are not shown."""
    do = connection.exec_driver_sql
    numbers: dict[str, int] = {}
    for chunk in chunks(row.record for row in rows):
        places = ",".join("?" * len(chunk))
        statement = f"SELECT record, row FROM search_rows WHERE record IN ({places})"  # noqa: S608 (only question marks)
        numbers.update((record, number) for record, number in do(statement, tuple(chunk)))
    old = [(numbers[row.record],) for row in rows if row.record in numbers]
    if old:
        do("DELETE FROM search WHERE rowid = ?", old)
    new = [row for row in rows if row.record not in numbers]
    if new:
        first = int(do("SELECT coalesce(max(row), 0) FROM search_rows").scalar_one()) + 1
        numbers.update((row.record, first + place) for place, row in enumerate(new))
        do(
            "INSERT INTO search_rows (row, record, kind) VALUES (?,?,?)",
            [(numbers[row.record], row.record, row.kind.name) for row in new],
        )
    words = [
        (numbers[row.record], row.kind.name, row.words) for row in rows if row.state.shown and row.kind.about.in_forms
    ]
    if words:
        do("INSERT INTO search (rowid, kind, words) VALUES (?,?,?)", words)


def matching(
    connection: Connection, text: str, kinds: Collection[str], limit: int = _LOOKED_AT
) -> list[tuple[str, str]]:
    """(kind, record id) of what has, for each word of ``text``, a word that begins with it."""
    words = _WORD.findall(text)
    if not words or not kinds:
        return []
    asked = " AND ".join(f'words : "{word}" *' for word in words)
    if len(kinds) < 10:
        asked = f"({' OR '.join(f'kind : {kind}' for kind in sorted(kinds))}) AND {asked}"
    rows = connection.exec_driver_sql(
        "SELECT s.kind, s.record FROM search f JOIN search_rows s ON s.row = f.rowid WHERE search MATCH ? LIMIT ?",
        (asked, limit),
    )
    return [(kind, record) for kind, record in rows if kind in kinds]
