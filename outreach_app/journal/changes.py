"""The three sets that only grow: what was written, what was replaced, which workbooks were read (4-sync.md).

A *run* begins each time a store is unlocked, with a random id; all its changes are for one audience. Its changes and
writes are numbered together without holes: a change takes a number and its writes the ones after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from outreach_app.model.fields import Value

NOBODY = bytes(16)
"""In the place of a device: none. The program itself wrote what it ships, and nobody's laptop invited."""


class WriteId(NamedTuple):
    """(run, number). A derived write (an undo, a cell typed over) has its digest as run and the number 0."""

    run: bytes  # 16 bytes
    number: int


class Slot(NamedTuple):
    """What one write gives a value: one field of one record, and for a list one element of it."""

    kind: str
    record: str
    field: str
    element: str = ""  # "" unless the field is a list; else 16 hex digits


@dataclass(frozen=True, slots=True)
class Write:
    """One value given to one slot. Value and salt may be struck out later; ``value_hash`` then keeps their place."""

    id: WriteId
    slot: Slot
    value: Value
    replaces: tuple[WriteId, ...] = ()
    salt: bytes = b""  # 16 random bytes (derived writes: bytes every laptop derives alike)
    value_hash: bytes = b""  # only where value and salt were struck


@dataclass(frozen=True, slots=True)
class Stamped:
    """A write with who made it and when: what rules and screens need of its change."""

    write: Write
    clock: int  # microseconds since 1970 UTC
    author: str
    device: bytes
    source: str
    change: WriteId | None  # None: known only from a workbook


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a workbook's maker had read each run, and the writes it knew beyond that."""

    runs: Mapping[bytes, int]
    beyond: frozenset[WriteId] = frozenset()

    def covers(self, write: WriteId) -> bool:
        """Whether the maker knew this write."""
        return write in self.beyond or (write.number > 0 and write.number <= self.runs.get(write.run, 0))

    def within(self, other: "Horizon") -> bool:
        """Whether whoever has that other horizon knows all that is known with this one."""
        reached = all(number <= other.runs.get(run, 0) for run, number in self.runs.items())
        return reached and all(other.covers(each) for each in self.beyond)


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook read back: which writes each cell showed, how far its maker had read, and the writes it teaches."""

    book: bytes  # 16 bytes: the export's id
    horizon: Horizon
    cells: Mapping[tuple[str, str], frozenset[WriteId]]  # (record, field) -> all writes standing there when exported
    taught: tuple[Stamped, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a person did, whole: one transaction, one author, one audience."""

    id: WriteId  # its own number in its run; its writes have the numbers after it
    audience: str  # "everyone" or "coordinators"
    author: str
    device: bytes  # 16 bytes
    clock: int
    source: str  # a code of vocabulary "source"
    verb: str  # the operation: "sign_in"
    writes: tuple[Write, ...]
    readings: tuple[Reading, ...] = ()
    undoes: WriteId | None = None  # the change it undoes, whose readings it retires
    least: int = 1  # the least program format that can read it
    digest: bytes = b""  # over the salted hashes, never the values
    statements: tuple[Mapping[str, Any], ...] = ()  # who belongs to the space, what was received (memberships.py)

    @property
    def last(self) -> int:
        """The last number it takes in its run."""
        return self.id.number + len(self.writes)

    def stamped(self) -> Iterator[Stamped]:
        """Its writes, each with who and when."""
        return map(self.stamp, self.writes)

    def stamp(self, write: Write) -> Stamped:
        """A write with who made this change, and when."""
        return Stamped(write, self.clock, self.author, self.device, self.source, self.id)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a verb did, for the screens: the change it made and the records it touched, by kind."""

    verb: str
    change: WriteId | None
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    left_alone: tuple[Slot, ...] = ()  # an undo: slots others have written since

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds touched."""
        return frozenset(self.records)
