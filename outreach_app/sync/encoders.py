"""A segment's body: changes as columns of CBOR, so that what repeats lies together and compresses to nearly nothing.

The layout is described in FORMAT.md. What repeats (kinds, fields, verbs, authors, records, runs) is said once, in a
table, and then named by its place there. Nothing of a change is left out but its digest, which follows from the rest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic, TypeVar

import cbor2

from outreach_app.journal.changes import Change, Reading, Stamped, Write, WriteId
from outreach_app.journal.digests import SALT_BYTES
from outreach_app.model.fields import Value
from outreach_app.model.identifiers import id_bytes, id_text

Item = TypeVar("Item", bound=Hashable)
UUID_CHARACTERS = 36
STEM_BYTES = 6


class Table(Generic[Item]):
    """What is said once: each item's place, in the order of first use."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._places = {item: place for place, item in enumerate(items)}

    def place(self, item: Item) -> int:
        """The item's place, at the end where it is new."""
        return self._places.setdefault(item, len(self._places))

    def items(self) -> list[Item]:
        """The items in their places."""
        return list(self._places)


class Sparse:
    """A column that few rows have: the gaps between those rows, and what they have."""

    def __init__(self) -> None:
        self._gaps: list[int] = []
        self._items: list[Any] = []
        self._next = 0

    def put(self, row: int, item: Any) -> None:
        """Give a row its item; rows come in rising order."""
        self._gaps.append(row - self._next)
        self._items.append(item)
        self._next = row + 1

    def column(self) -> list[list[Any]]:
        """As it is written."""
        return [self._gaps, self._items]


def encoded(changes: Sequence[Change]) -> bytes:
    """The body of a segment that holds these changes: of one run and one device, each following the one before."""
    return _Body(changes).encoded()


def element_number(element: str) -> int | None:
    """An element id of 16 small hexadecimal digits as the number it is; None for any other."""
    try:
        number = int(element, 16)
    except ValueError:
        return None
    return number if f"{number:016x}" == element else None


def element_base(clock: int) -> int:
    """What element ids are counted from: their first 48 bits are milliseconds, and most are as old as their change."""
    return clock // 1000 << 16


class _Body:
    """Gathers the columns, change by change."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._run = changes[0].id.run
        self._changes = changes
        self._texts: Table[str] = Table()
        self._runs: Table[bytes] = Table([self._run])
        self._records: Table[str] = Table()
        self._slots: Table[tuple[int, int]] = Table()
        self._of: list[int] = []  # each write's record: its place less that of the write before
        self._last = 0
        self._named: list[int] = []
        self._values: list[Any] = []
        self._salts: list[bytes] = []
        self._elements, self._replaces, self._ids, self._struck = Sparse(), Sparse(), Sparse(), Sparse()

    def encoded(self) -> bytes:
        undoes, leasts, readings, statements = Sparse(), Sparse(), Sparse(), Sparse()
        clocks: list[int] = []
        before = 0
        for row, change in enumerate(self._changes):
            clocks.append(change.clock - before)
            before = change.clock
            for position, write in enumerate(change.writes):
                self._write(write, WriteId(change.id.run, change.id.number + 1 + position), change.clock)
            if change.undoes is not None:
                undoes.put(row, self._reference(change.undoes))
            if change.least != 1:
                leasts.put(row, change.least)
            if change.readings:
                readings.put(row, [self._reading(reading, change.clock) for reading in change.readings])
            if change.statements:
                statements.put(row, [dict(statement) for statement in change.statements])
        body = {
            "verbs": [self._texts.place(change.verb) for change in self._changes],
            "authors": [self._texts.place(change.author) for change in self._changes],
            "sources": [self._texts.place(change.source) for change in self._changes],
            "sizes": [len(change.writes) for change in self._changes],
            "clocks": clocks,
            "undoes": undoes.column(),
            "leasts": leasts.column(),
            "readings": readings.column(),
            "statements": statements.column(),
            "named": self._named,
            "of": self._of,
            "values": self._values,
            "elements": self._elements.column(),
            "replaces": self._replaces.column(),
            "ids": self._ids.column(),
            "struck": self._struck.column(),
        }
        return cbor2.dumps(body | self._tables())

    def _tables(self) -> dict[str, Any]:
        stems, before, tails = [], self._changes[0].clock // 1000, []
        for record in map(id_bytes, self._records.items()):
            stem = int.from_bytes(record[:STEM_BYTES], "big")
            stems.append(stem - before)
            tails.append(record[STEM_BYTES:])
            before = stem
        return {
            "slots": [list(each) for each in self._slots.items()],
            "texts": self._texts.items(),
            "runs": b"".join(self._runs.items()[1:]),
            "stems": stems,
            "tails": b"".join(tails),
            "salts": b"".join(self._salts),
        }

    def _write(self, write: Write, expected: WriteId, clock: int) -> None:
        row = len(self._of)
        place = self._records.place(write.slot.record)
        self._of.append(place - self._last)
        self._last = place
        self._named.append(self._slot(write))
        self._values.append(self._value(write.value))
        if write.id != expected:
            self._ids.put(row, self._reference(write.id))
        if write.slot.element:
            self._elements.put(row, _element(write.slot.element, clock))
        if write.replaces:
            self._replaces.put(row, self._references(write.replaces))
        if write.salt:
            self._salts.append(_salt(write))
        else:
            self._struck.put(row, _kept_hash(write))

    def _slot(self, write: Write) -> int:
        return self._slots.place((self._texts.place(write.slot.kind), self._texts.place(write.slot.field)))

    def _value(self, value: Value) -> Any:
        """A value as it is; or, where it is the id of a record, that record's place in a list of one."""
        if isinstance(value, str) and len(value) == UUID_CHARACTERS and _is_record(value):
            return [self._records.place(value)]
        return dict(value) if isinstance(value, Mapping) else value

    def _reference(self, write: WriteId) -> Any:
        return write.number if write.run == self._run else [self._runs.place(write.run), write.number]

    def _references(self, ids: Iterable[WriteId]) -> list[Any]:
        return [self._reference(each) for each in ids]

    def _reading(self, reading: Reading, clock: int) -> list[Any]:
        horizon = reading.horizon
        shown: Mapping[tuple[str, str], AbstractSet[WriteId]] = reading.cells
        return [
            reading.book,
            [[self._runs.place(run), number] for run, number in sorted(horizon.runs.items())],
            self._references(sorted(horizon.beyond)),
            [
                [self._records.place(record), self._texts.place(field), self._references(sorted(ids))]
                for (record, field), ids in shown.items()
            ],
            [self._taught(taught, clock) for taught in reading.taught],
        ]

    def _taught(self, taught: Stamped, clock: int) -> list[Any]:
        write = taught.write
        return [
            self._reference(write.id),
            self._records.place(write.slot.record),
            self._slot(write),
            _element(write.slot.element, clock) if write.slot.element else None,
            self._value(write.value),
            self._references(write.replaces),
            _salt(write) if write.salt else None,
            None if write.salt else _kept_hash(write),
            clock - taught.clock,
            self._texts.place(taught.author),
            taught.device,
            self._texts.place(taught.source),
            None if taught.change is None else self._reference(taught.change),
        ]


def _is_record(text: str) -> bool:
    """Whether text of 36 characters is a record's id in the one form that reading it back gives."""
    try:
        return id_text(id_bytes(text)) == text
    except ValueError:
        return False


def _element(element: str, clock: int) -> int | str:
    number = element_number(element)
    return element if number is None else number - element_base(clock)


def _salt(write: Write) -> bytes:
    if len(write.salt) != SALT_BYTES:
        raise ValueError(f"a salt of {len(write.salt)} bytes")
    return write.salt


def _kept_hash(write: Write) -> bytes:
    if write.value is not None or not write.value_hash:
        raise ValueError("a value with no salt, or struck with no hash kept")
    return write.value_hash
