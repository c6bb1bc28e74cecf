"""What is kept for matching: what waits to be compared, what brings two records together, the pairs that were found.

A record is brought together with others by keys, and weighed by how many hold its words (matching/blocks.py). Both are
kept as 64 bits of a digest, so that comparing one more record reads those it may be the same as, and nobody else. Where
matching comes to make other keys, a migration has everything wait to be compared again.
"""

import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeAlias

from sqlalchemy import Connection

from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements

FoundPair: TypeAlias = tuple[str, str, int, tuple[str, ...]]
"""One record, the other, the score in thousandths, and why."""

Brought: TypeAlias = tuple[Collection[str], Collection[str]]
"""Keys and words of one record; a word may be there twice."""

_TOGETHER = 5_000
_OPEN = (
    "NOT EXISTS (SELECT 1 FROM links l WHERE l.of_kind = pairs.kind AND l.one_record = pairs.one"
    " AND l.other_record = pairs.other"
    " AND l.shown AND l.says <> 'undecided')"
)
"""Pairs that a link has decided stay, for matching no longer finds them: with the link undone they are open again."""


class Comparisons:
    """The tables of matching, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._do = Statements(connection)

    def waiting(self) -> dict[str, set[str]]:
        """The records written since the last look, by kind."""
        found: dict[str, set[str]] = {}
        for record, kind in self._do("SELECT record, kind FROM uncompared"):
            found.setdefault(kind, set()).add(record)
        return found

    def compared(self) -> None:
        """Nothing waits any more."""
        self._do("DELETE FROM uncompared")

    def put(self, kind: str, brought: Mapping[str, Brought | None]) -> None:
        """Keep what brings records together with others, in place of what was kept; None where nothing does now."""
        for chunk in chunks(sorted(brought.items()), _TOGETHER):
            self._put(kind, dict(chunk))

    def _put(self, kind: str, brought: Mapping[str, Brought | None]) -> None:
        before = self._kept(kind, brought)
        new = {
            record: (_digests(kind, told[0]), _digests(kind, told[1]))
            for record, told in brought.items()
            if told is not None
        }
        self._many(
            "INSERT INTO compared (record, kind, keys, words) VALUES (?,?,?,?)"
            " ON CONFLICT (record, kind) DO UPDATE SET keys = excluded.keys, words = excluded.words",
            [(record, kind, keys.tobytes(), words.tobytes()) for record, (keys, words) in new.items()],
        )
        gone = [(record, kind) for record in before.keys() - new.keys()]
        self._many("DELETE FROM compared WHERE record = ? AND kind = ?", gone)
        places = {record: place for record, (place, _keys, _words) in self._kept(kind, new).items()}
        was = {(key, place) for place, keys, _words in before.values() for key in keys}
        now = {(key, places[record]) for record, (keys, _words) in new.items() for key in keys}
        self._many("DELETE FROM blocks WHERE key = ? AND place = ?", sorted(was - now))
        self._many("INSERT INTO blocks VALUES (?,?)", sorted(now - was))
        held = Counter(word for _keys, words in new.values() for word in words)
        held.subtract(word for _place, _keys, words in before.values() for word in words)
        self._many(
            "INSERT INTO word_holders VALUES (?,?)"
            " ON CONFLICT (word) DO UPDATE SET holders = holders + excluded.holders",
            sorted((word, more) for word, more in held.items() if more),
        )
        self._many(
            "DELETE FROM word_holders WHERE word = ? AND holders = 0",
            [(word,) for word, more in held.items() if more < 0],
        )

    def beside(self, kind: str, records: Iterable[str], most: int | None = None) -> dict[str, set[str]]:
        """Those that share a kept key with each of the records of a kind, itself among them; keys that more than
        ``most`` have tell too little."""
        limit = -1 if most is None else most + 1
        found: dict[str, set[str]] = {}
        known: dict[int, set[str]] = {}
        for record, (_place, keys, _words) in self._kept(kind, records).items():
            for key in keys:
                if key not in known:
                    rows = self._do(
                        "SELECT c.record FROM (SELECT place FROM blocks WHERE key = ? LIMIT ?) few"
                        " CROSS JOIN compared c ON c.place = few.place",
                        (key, limit),
                    ).scalars()
                    known[key] = set(rows) if most is None or len(rows) <= most else set()
            found[record] = set().union(*(known[key] for key in keys))
        return found

    def held(self, kind: str, words: Iterable[str]) -> Counter[str]:
        """How many of a kind hold each of the words."""
        found: Counter[str] = Counter()
        for word in set(words):
            holders = self._do("SELECT holders FROM word_holders WHERE word = ?", (_digest(kind, word),)).scalar()
            found[word] = holders or 0
        return found

    def found(self, kind: str, pairs: Sequence[FoundPair]) -> None:
        """Put what matching found of one kind in place of what it found before."""
        self._do(f"DELETE FROM pairs WHERE kind = ? AND {_OPEN}", (kind,))  # noqa: S608 (ours)
        self._pairs(kind, pairs)

    def found_of(self, kind: str, records: Collection[str], pairs: Sequence[FoundPair]) -> None:
        """Put what matching found of some records of a kind in place of what it found of them before."""
        for end in ("one", "other"):
            gone = f"DELETE FROM pairs WHERE {end} = ? AND kind = ? AND {_OPEN}"  # noqa: S608 (ours)
            self._many(gone, [(record, kind) for record in records])
        self._pairs(kind, pairs)

    def _pairs(self, kind: str, pairs: Sequence[FoundPair]) -> None:
        self._many(
            "INSERT OR REPLACE INTO pairs (one, other, kind, score, why) VALUES (?,?,?,?,?)",
            [
                (min(one, other), max(one, other), kind, score, json.dumps(why, ensure_ascii=False))
                for one, other, score, why in pairs
            ],
        )

    def _kept(self, kind: str, records: Iterable[str]) -> dict[str, tuple[int, "array[int]", "array[int]"]]:
        """Of those of the records of a kind that have one: their place, keys and words."""
        found: dict[str, tuple[int, array[int], array[int]]] = {}
        for chunk in chunks(records):
            marks = ",".join("?" * len(chunk))
            statement = f"SELECT record, place, keys, words FROM compared WHERE kind = ? AND record IN ({marks})"  # noqa: S608 (only question marks)
            for record, place, keys, words in self._do(statement, (kind, *chunk)):
                found[record] = place, array("q", keys), array("q", words)
        return found

    def _many(self, statement: str, rows: Sequence[Any]) -> None:
        if rows:
            self._do(statement, list(rows))


def _digests(kind: str, texts: Iterable[str]) -> "array[int]":
    return array("q", [_digest(kind, text) for text in texts])


def _digest(kind: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{kind}\0{text}".encode(), digest_size=8).digest(), signed=True)
