"""What a damaged database still tells: read page by page, from copies, and only what proves itself is taken.

A page of SQLCipher's is either as it was written or cannot be read at all, and one that cannot breaks off whatever was
asked. So everything is asked in parts, and a part that fails is asked in halves.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import cbor2
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from outreach_app.journal.changes import Change, Stamped, WriteId
from outreach_app.journal.digests import change_digest
from outreach_app.model.errors import OutreachError
from outreach_app.store.damages import LOG, log_damaged, mended_log
from outreach_app.store.engines import open_engine, prepare
from outreach_app.store.folders import DATABASE
from outreach_app.store.grafts import graft
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.packing import unpacked_statements

Item = TypeVar("Item")
Found = TypeVar("Found")

_AT_ONCE = 128
_MOST_FAULTS = 4_000
"""Failures of one reading after which it is given up: every one costs a new connection."""

_CHANGE = (
    "SELECT last, undoes_run, undoes_number, statements,"
    " audience, author, device, clock, source, verb, least, digest FROM changes"
)

_SETTINGS = "SELECT name, value FROM settings ORDER BY name"

_UNREAD = (dbapi2.Error, OutreachError)


class Part(NamedTuple):
    """A change with the writes that still read. Each page proves itself; only a ``whole`` change does."""

    change: Change

    @property
    def whole(self) -> bool:
        """Whether it has the digest it was saved with."""
        return change_digest(self.change) == self.change.digest


class Wreck:
    """A damaged store's database as it lies in ``folder``, unlocked by ``key``; the copies of it go below ``place``.

    One more copy has pages of a ``backup`` where it is damaged.
    """

    def __init__(self, folder: Path, key: bytes, place: Path, backup: Path | None = None) -> None:
        copies = _copies(folder, place)
        self._log_whole = not log_damaged(folder / LOG)
        self._true = [_Reading(copy, key) for copy in copies]
        self._readings = [*self._true, *(_Reading(copy, key) for copy in _grafted(copies, key, backup, place))]
        self.complete = False
        """Whether the list of changes, as it stood last, could be read to its end; of a damaged log nobody knows it."""
        self.parts: Sequence[Part] = ()
        """What was left of changes that could not be read whole."""

    def settings(self) -> dict[str, Any]:
        """What the store kept beside the journal, as far as it can be read."""
        found: dict[str, Any] = {}
        for name, value in chain.from_iterable(each.ends(_SETTINGS) for each in self._true):
            found.setdefault(name, value)
        return {name: cbor2.loads(value) for name, value in found.items() if value is not None}

    def settings_now(self) -> dict[str, Any]:
        """The same as it stood last, or nothing: what is not in it the store had let go of."""
        rows = self._true[0].ask(_SETTINGS) if self._true and self._log_whole else None
        return {name: cbor2.loads(value) for name, value in rows or () if value is not None}

    def places(self) -> list[Path]:
        """The folders it exchanged with."""
        rows = chain.from_iterable(each.ends("SELECT place FROM carriers ORDER BY at") for each in self._readings)
        return [Path(place) for place in dict.fromkeys(row[0] for row in rows)]

    def segments(self) -> Iterator[bytes]:
        """The segments it kept, as they travel, in the order in which they came; each proves itself when opened."""
        told: set[int] = set()
        for each in self._readings:
            numbers = [row[0] for row in each.ends("SELECT place FROM segments ORDER BY place")]
            for number in range(1, max(numbers, default=0) + 1):
                rows = each.ask("SELECT data FROM segments WHERE place = ?", number) if number not in told else None
                if rows:
                    told.add(number)
                    yield bytes(rows[0][0])

    def changes(self) -> set[WriteId]:
        """The ids of all changes it tells of."""
        found: set[WriteId] = set()
        for each in self._readings:
            ids, complete = each.changes()
            found |= ids
            self.complete |= complete and self._log_whole and each is self._true[0]
        return found

    def read(self, wanted: Iterable[WriteId]) -> Iterator[Change]:
        """Those of the changes that can be read whole, and have the digest they were saved with."""
        left = sorted(wanted)
        for each in self._readings:
            read: set[WriteId] = set()
            for change in each.whole(left):
                read.add(change.id)
                yield change
            left = [each for each in left if each not in read]
        yield from self._pieced(left)

    def _pieced(self, wanted: Sequence[WriteId]) -> Iterator[Change]:
        """Changes put together write by write, where an index that leads to all of them is damaged; ``parts`` is what
        is then left of others."""
        found: dict[WriteId, Part] = {}
        for part in chain.from_iterable(each.parts(wanted) for each in self._true):
            held = found.get(part.change.id)
            if held is None or len(part.change.writes) > len(held.change.writes):
                found[part.change.id] = part
        self.parts = [part for part in found.values() if not part.whole]
        yield from (part.change for part in found.values() if part.whole)


class _Reading:
    """One copy of the database, and a connection to it that is made anew after each fault."""

    def __init__(self, copy: Path, key: bytes) -> None:
        self._copy, self._key, self._faults = copy, key, 0

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]] | None:
        """All that a statement gives; None where it cannot be read."""
        rows: list[tuple[Any, ...]] = []
        return rows if self._stream(rows, statement, values) else None

    def ends(self, statement: str) -> list[tuple[Any, ...]]:
        """What an ordered statement gives before it breaks off, and what it gives from its other end."""
        rows: list[tuple[Any, ...]] = []
        if not self._stream(rows, statement):
            back: list[tuple[Any, ...]] = []
            self._stream(back, f"{statement} DESC")
            rows += reversed(back)
        return rows

    def _stream(self, rows: list[tuple[Any, ...]], statement: str, values: Sequence[Any] = ()) -> bool:
        """Add what a statement gives to ``rows``, as far as it goes; whether it came to its end."""
        connection = dbapi2.connect(str(self._copy), isolation_level=None)
        try:
            prepare(connection, self._key)
            rows.extend(connection.execute(statement, values))  # what came before a fault stays
        except dbapi2.Error:
            return False
        else:
            return True
        finally:
            connection.close()

    def changes(self) -> tuple[set[WriteId], bool]:
        """The ids of its changes, by the table and by its index; and whether one of the two was read to its end."""
        rows: list[tuple[Any, ...]] = []
        by_index = self._stream(rows, "SELECT run, number FROM changes WHERE run IS NOT NULL ORDER BY run, number")
        if by_index:
            return {WriteId(*row) for row in rows}, True
        rows += self.ends("SELECT run, number FROM changes WHERE run IS NOT NULL ORDER BY run DESC, number")
        for (run,) in self.ends("SELECT run FROM runs ORDER BY run"):
            rows += self.ends(f"SELECT run, number FROM changes WHERE run = x'{run.hex()}' ORDER BY number")  # noqa: S608
        places: list[tuple[Any, ...]] = []
        by_table = self._stream(places, "SELECT place, run, number FROM changes NOT INDEXED ORDER BY place")
        if not by_table:
            places += self.ends("SELECT place, run, number FROM changes NOT INDEXED ORDER BY place")
            places += self._between(max((row[0] for row in places), default=0))
        rows += [row[1:] for row in places if row[1] is not None]
        return {WriteId(*row) for row in rows}, by_table

    def _between(self, last: int) -> Iterator[tuple[Any, ...]]:
        """The places between two faults: what neither end of the table leads to."""
        statement = "SELECT place, run, number FROM changes NOT INDEXED WHERE place BETWEEN ? AND ?"
        for chunk in chunks(range(1, last + 1), _AT_ONCE):
            for rows in self._halved(chunk, lambda part: self.ask(statement, part[0], part[-1])):
                yield from rows

    def whole(self, wanted: Sequence[WriteId]) -> Iterator[Change]:
        """Those of the changes that can be read, and prove themselves."""
        with self._journal() as read:
            for chunk in chunks(wanted, _AT_ONCE):
                for changes in self._halved(chunk, lambda part: read(lambda journal: journal.changes(part))):
                    yield from (each for each in changes if change_digest(each) == each.digest)

    def parts(self, wanted: Sequence[WriteId]) -> Iterator[Part]:
        """What can be read of changes that are not whole any more."""
        with self._journal() as read:
            for change in wanted:
                told = self.ask(f"{_CHANGE} WHERE run = ? AND number = ?", *change)
                if not told:
                    continue
                last, undoes_run, undoes_number, statements, *row = told[0]
                ids = [WriteId(change.run, number) for number in range(change.number + 1, last + 1)]
                found: dict[WriteId, Stamped] = {}
                for chunk in chunks(ids, _AT_ONCE):
                    for some in self._halved(chunk, lambda part: read(lambda journal: journal.writes(part))):
                        found.update(some)
                undoes = WriteId(undoes_run, undoes_number) if undoes_run is not None else None
                audience, author, device, clock, source, verb, least, digest = row
                writes = tuple(found[each].write for each in ids if each in found)
                said = unpacked_statements(statements)
                yield Part(
                    Change(
                        change, audience, author, device, clock, source, verb, writes, (), undoes, least, digest, said
                    )
                )

    @contextmanager
    def _journal(self) -> Iterator[Callable[[Callable[[Journal], Found]], Found | None]]:
        """A way to ask the journal; it gives None where what was asked for cannot be read."""
        self._faults = 0
        engine: Engine | None = None

        def read(asked: Callable[[Journal], Found]) -> Found | None:
            nonlocal engine
            try:
                engine = engine or open_engine(self._copy, self._key)
                with engine.connect() as connection:
                    return asked(Journal(connection))
            except (*_UNREAD, DBAPIError, LookupError, ValueError):
                if engine is not None:
                    with suppress(*_UNREAD, DBAPIError):
                        engine.dispose()
                    engine = None
                return None

        try:
            yield read
        finally:
            if engine is not None:
                engine.dispose()

    def _halved(self, part: Sequence[Item], read: Callable[[Sequence[Item]], Found | None]) -> Iterator[Found]:
        """What ``read`` gives of a part; of its halves where it gives nothing."""
        if self._faults > _MOST_FAULTS:
            return
        found = read(part)
        if found is not None:
            yield found
            return
        self._faults += 1
        if len(part) > 1:
            middle = len(part) // 2
            yield from self._halved(part[:middle], read)
            yield from self._halved(part[middle:], read)


def _copies(folder: Path, place: Path) -> list[Path]:
    """Copies to read: with all that its log says, then as it is without: each may have what the other lost."""
    database, log = folder / DATABASE, folder / LOG
    if not database.exists():
        return []
    made: list[Path] = []
    mended = mended_log(log.read_bytes()) if log.exists() else b""
    for name, frames in (("with", mended), ("without", b"")):
        if made and not mended:
            break
        within = place / name
        within.mkdir(parents=True)
        shutil.copyfile(database, within / DATABASE)
        if frames:
            (within / LOG).write_bytes(frames)
        made.append(within / DATABASE)
    return made


def _grafted(copies: Sequence[Path], key: bytes, backup: Path | None, place: Path) -> list[Path]:
    """Of the first copy one more, with pages of a backup where it is damaged; none where nothing can be done so."""
    if not copies or backup is None:
        return []
    within = shutil.copytree(copies[0].parent, place / "grafted")
    try:
        return [within / DATABASE] if graft(within / DATABASE, key, backup, place / "graft") else []
    except (*_UNREAD, OSError):
        return []
