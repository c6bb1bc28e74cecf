"""Finding: full text over every kind's searched fields, by the beginnings of words, accents and case ignored."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from outreach_app.store.statements import Statements
from outreach_app.store.words import sort_key

_FEW_KINDS = 10
_WORD = re.compile(r"\w+", re.UNICODE)
_BEGINNING = 'words : "{word}" *'
_WITH_COUNTRY = 11  # digits of a US number with its country's 1 before it
_LOOKED_AT = 400
"""How many matches are looked at before the best are chosen: ranking all would cost what matches, not what shows."""


class Found(NamedTuple):
    """One thing found."""

    kind: str
    id: str
    code: str
    title: str


def find(connection: Connection, text: str, kinds: Sequence[str], limit: int) -> list[Found]:
    """What begins with the words of ``text``: titles that begin with it first, then those that hold all its words, then
    what holds them elsewhere; each by kind and title."""
    asked = sort_key(text).strip()
    found: dict[tuple[str, str], Found] = {}
    for kind in kinds if asked else ():
        found.update(((kind, each.id), each) for each in _titled(connection, kind, asked, limit - len(found)))
        if len(found) >= limit:
            return list(found.values())
    others: dict[tuple[str, str], Found] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, record in matching(connection, text, kinds):
        by_kind.setdefault(kind, []).append(record)
    for kind, records in by_kind.items():
        heads = (((kind, each.id), each) for each in _heads(connection, kind, records))
        others.update((at, each) for at, each in heads if at not in found)
    order = {kind: place for place, kind in enumerate(kinds)}

    def rank(each: Found) -> tuple[bool, int, str, str]:
        title = sort_key(each.title)
        elsewhere = not all(f" {word}" in f" {title}" for word in asked.split())
        return elsewhere, order[each.kind], title, each.id

    ranked = sorted(others.values(), key=rank)
    return [*found.values(), *ranked][:limit]


def _titled(connection: Connection, kind: str, start: str, limit: int) -> list[Found]:
    """Records of a kind whose title begins so, by title."""
    rows = Statements(connection)(
        f'SELECT id, code, title FROM "{kind}" WHERE sort_key >= ? AND sort_key < ?'  # noqa: S608 (a declared kind)
        " AND shown AND stands_under IS NULL ORDER BY sort_key, id LIMIT ?",
        (start, start + "\U0010ffff", limit),
    )
    return [Found(kind, *row) for row in rows]


def _heads(connection: Connection, kind: str, records: Sequence[str]) -> list[Found]:
    """The records, and in place of joined ones what they stand under."""
    marks = ",".join("?" * len(records))
    rows = Statements(connection)(
        f'SELECT h.id, h.code, h.title FROM "{kind}" k JOIN "{kind}" h ON h.id = coalesce(k.stands_under, k.id)'  # noqa: S608 (a declared kind)
        f" WHERE k.id IN ({marks})",
        tuple(records),
    )
    return [Found(kind, *row) for row in rows]


def asked_of(words: Iterable[str]) -> str:
    """What the index is asked for words: each begins some word of a record. Digits in pieces, as phone numbers are
    typed, may also stand there as one number, with or without the 1 before it; "" for no words."""
    parts: list[str] = []
    for digits, run in groupby(words, str.isdigit):
        pieces = list(run)
        every = " AND ".join(_BEGINNING.format(word=word) for word in pieces)
        whole = "".join(pieces)
        if digits and (len(pieces) > 1 or len(whole) >= _WITH_COUNTRY):
            spelled = dict.fromkeys((whole, whole.removeprefix("1")))
            every = " OR ".join([f"({every})", *(_BEGINNING.format(word=each) for each in spelled if each)])
            every = f"({every})"
        parts.append(every)
    return " AND ".join(parts)


def matching(
    connection: Connection, text: str, kinds: Collection[str], limit: int = _LOOKED_AT
) -> list[tuple[str, str]]:
    """(kind, record id) of what has, for each word of ``text``, a word that begins with it.

    What was saved since the index was last brought up to date (``Store.catch_up``) is not in it.
    """
    asked = asked_of(_WORD.findall(text))
    if not asked or not kinds:
        return []
    if len(kinds) < _FEW_KINDS:
        either = " OR ".join(f'kind : "{kind}"' for kind in sorted(kinds))
        asked = f"({either}) AND {asked}"
    rows = Statements(connection)(
        "SELECT s.kind, s.record FROM search f JOIN search_rows s ON s.row = f.rowid WHERE search MATCH ? LIMIT ?",
        (asked, limit),
    )
    return [(kind, record) for kind, record in rows if kind in kinds]
