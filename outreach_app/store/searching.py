"""Finding: full text over every kind's searched fields, by the beginnings of words, accents and case ignored; and for
whom little is found, by words spelled nearly so."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, groupby, islice, zip_longest
from typing import NamedTuple

from sqlalchemy import Connection

from outreach_app.store.near_words import near
from outreach_app.store.statements import Statements
from outreach_app.store.tables import ROWS, rows_of
from outreach_app.store.words import sort_key

_FEW = 3  # so few found may be a slip of the fingers
_WORD = re.compile(r"\w+", re.UNICODE)
_BEGINNING = '"{word}" *'
_WITH_COUNTRY = 11  # digits of a US number with its country's 1 before it
_LOOKED_AT = 400
"""How many matches are looked at before the best are chosen: ranking all would cost what matches, not what shows."""

_FEW_ENOUGH = 40  # likewise, of each of several kinds
_MATCHING = (
    "SELECT s.kind, s.record FROM search f JOIN search_rows s ON s.row = f.rowid"
    " WHERE search MATCH ? AND f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid LIMIT ?"
)


class Found(NamedTuple):
    """One thing found."""

    kind: str
    id: str
    code: str
    title: str
    near: bool = False  # nothing is spelled as was asked, but this nearly so


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
    for kind, records in matching(connection, text, kinds, max(_FEW_ENOUGH, _LOOKED_AT // len(kinds))).items():
        heads = (((kind, each.id), each) for each in _heads(connection, kind, records))
        others.update((at, each) for at, each in heads if at not in found)
    order = {kind: place for place, kind in enumerate(kinds)}
    ranked = sorted(others.values(), key=lambda one: (_elsewhere(one, asked), order[one.kind], *_by_title(one)))
    return [*found.values(), *ranked][:limit]


def find_each(
    connection: Connection, text: str, kinds: Sequence[str], behind: Collection[str], each: int, limit: int
) -> list[Found]:
    """Of every kind the best few, at most ``each`` of one and ``limit`` in all, kind by kind: first those of which a
    title begins so, then in the order of ``kinds``. No kind is crowded out by another, but what is ``behind``, which
    others stand for as well, by those that are not. Where little begins with the words of ``text``, what is spelled
    nearly so comes after it."""
    asked = sort_key(text).strip()
    if not asked:
        return []
    found = {kind: {one.id: one for one in _titled(connection, kind, asked, each)} for kind in kinds}
    rest = [kind for kind, own in found.items() if len(own) < each]
    by_kind = matching(connection, text, rest, _FEW_ENOUGH) if len(asked) > 1 else {}  # too much begins with one letter
    few = sum(map(len, (*found.values(), *by_kind.values()))) < _FEW
    nearly = _matched(connection, _nearly(connection, text), rest, _FEW_ENOUGH) if few else {}
    begin = {kind for kind, own in found.items() if own}
    for kind, own in found.items():
        for records, nearly_so in ((by_kind.get(kind, ()), False), (nearly.get(kind, ()), True)):
            heads = [one._replace(near=nearly_so) for one in _heads(connection, kind, records)] if records else []
            for one in sorted(heads, key=lambda one: (_elsewhere(one, asked), *_by_title(one))):
                if len(own) < each:
                    own.setdefault(one.id, one)
    ranked = sorted(kinds, key=lambda kind: (kind in behind, kind not in begin))
    first, later = ({kind: found[kind] for kind in ranked if (kind in behind) is last} for last in (False, True))
    shared = _shared_out(first, limit)
    return [*shared, *_shared_out(later, limit - len(shared))]


def _nearly(connection: Connection, text: str) -> str:
    """What the index is asked for words spelled nearly as those of ``text``; "" where none is."""
    parts: list[str] = []
    corrected = False
    for word in _WORD.findall(sort_key(text)):
        others = [other for other in near(connection, word) if not other.startswith(word)]
        corrected = corrected or bool(others)
        parts.append(f"({' OR '.join(_BEGINNING.format(word=each) for each in (word, *others))})")
    return " AND ".join(parts) if corrected else ""


def _shared_out(found: Mapping[str, Mapping[str, Found]], limit: int) -> list[Found]:
    """At most ``limit`` of all, kind by kind: every kind's first before anybody's second."""
    turns = chain.from_iterable(zip_longest(*([(kind, one) for one in own.values()] for kind, own in found.items())))
    shared: dict[str, list[Found]] = {kind: [] for kind in found}
    for kind, one in islice(filter(None, turns), limit):
        shared[kind].append(one)
    return [one for own in shared.values() for one in own]


def _elsewhere(one: Found, asked: str) -> bool:
    """Whether what was asked stands elsewhere than in a title."""
    title = sort_key(one.title)
    return not all(f" {word}" in f" {title}" for word in asked.split())


def _by_title(one: Found) -> tuple[str, str]:
    return sort_key(one.title), one.id


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
) -> dict[str, list[str]]:
    """By kind, the ids of records that have, for each word of ``text``, a word that begins with it; of each kind
    ``limit`` at most.

    What was saved since the index was last brought up to date (``Store.catch_up``) is not in it.
    """
    return _matched(connection, asked_of(_WORD.findall(text)), kinds, limit)


def _matched(connection: Connection, asked: str, kinds: Collection[str], limit: int) -> dict[str, list[str]]:
    """The index is read in the order of its rows, in which those of a kind lie together: where one kind has more than
    ``limit``, reading goes on behind it."""
    found: dict[str, list[str]] = {}
    waiting = sorted(kinds, key=rows_of) if asked else []
    while waiting:
        first, end = rows_of(waiting[0]), rows_of(waiting[-1]) + ROWS
        rows = Statements(connection)(_MATCHING, (asked, first, end, limit)).all()
        for kind, record in rows:
            found.setdefault(kind, []).append(record)
        if len(rows) < limit:
            break
        last = rows[-1][0]
        after = [kind for kind in waiting if rows_of(kind) > rows_of(last)]
        if last != waiting[0] and last in waiting:  # it was only begun
            del found[last]
            after.insert(0, last)
        waiting = after
    return {kind: found[kind] for kind in kinds if kind in found}
