"""What the journal holds of one record: its writes, how it began, and what of it was replaced."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from outreach_app.journal.changes import Change, Horizon, Slot, Stamped, WriteId
from outreach_app.journal.standing import ShownCells, replaced, standing
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.packing import as_kept, unpacked_ids


class Made(NamedTuple):
    """How a record began: the first of its writes by clock, then id, whether or not it stands."""

    clock: int
    run: bytes
    number: int
    author: str
    device: bytes
    source: str


@dataclass(slots=True)
class Span:
    """How a record began, and the latest clock of its writes, whether or not they stand."""

    made: Made
    changed_at: int


class ShownRows(Mapping[tuple[str, str], frozenset[WriteId]]):
    """What a workbook showed, by (record, field), as a reading has it: held by record, as it is read and kept."""

    __slots__ = ("records",)

    def __init__(self, records: Mapping[str, Mapping[str, frozenset[WriteId]]]) -> None:
        self.records = records

    @classmethod
    def of(cls, cells: Mapping[tuple[str, str], frozenset[WriteId]]) -> "ShownRows":
        """The same as these cells."""
        if isinstance(cells, ShownRows):
            return cells
        records: dict[str, dict[str, frozenset[WriteId]]] = {}
        for (record, name), ids in cells.items():
            records.setdefault(record, {})[name] = ids
        return cls(records)

    def __getitem__(self, cell: tuple[str, str]) -> frozenset[WriteId]:
        record, name = cell
        return self.records[record][name]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((record, name) for record, shown in self.records.items() for name in shown)

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


@dataclass(slots=True)
class RecordJournal:
    """All that the journal holds under one id. A record is a kind and an id: nobody makes one another's by writing
    something of another kind under its id."""

    writes: list[Stamped] = field(default_factory=list)
    cells: ShownCells = field(default_factory=ShownCells)
    kinds: dict[str, Span] = field(default_factory=dict)  # one, of all that honest programs write

    def note(self, kind: str, stamp: tuple[int, bytes, int, str, bytes, str]) -> None:
        """Count a write in for how its record began and when it last changed."""
        span = self.kinds.get(kind)
        if span is None:
            self.kinds[kind] = Span(Made._make(stamp), stamp[0])
            return
        if stamp < span.made:
            span.made = Made._make(stamp)
        if stamp[0] > span.changed_at:
            span.changed_at = stamp[0]

    def of(self, kind: str) -> "RecordJournal":
        """What it holds of the record of a kind."""
        if self.kinds.keys() == {kind}:
            return self
        writes = [each for each in self.writes if each.write.slot.kind == kind]
        return RecordJournal(writes, self.cells, {kind: self.kinds[kind]} if kind in self.kinds else {})

    def standing(self) -> list[Stamped]:
        """The writes that stand, in the order of slots."""
        return standing(self.writes, self.cells)

    def in_slot(self, slot: Slot) -> list[Stamped]:
        """The writes that stand in one slot."""
        return [each for each in self.standing() if each.write.slot == slot]


def beginnings(change: Change, records: Collection[str]) -> dict[bytes, RecordJournal]:
    """The journals of records that began with a change, which says all that there is of them."""
    found: dict[bytes, RecordJournal] = {}
    for each in change.stamped():
        slot = each.write.slot
        if slot.record in records:
            journal = found.setdefault(id_bytes(slot.record), RecordJournal())
            journal.writes.append(each)
            journal.note(slot.kind, (each.clock, *each.write.id, each.author, each.device, each.source))
    return found


def taught_journal(
    taught: Iterable[Stamped], horizon: Horizon, shown: Mapping[str, frozenset[WriteId]]
) -> RecordJournal:
    """The journal of a record of which one workbook says all that is held: what it teaches and ``shown`` in it, by
    whoever had read as far as a horizon."""
    journal, hidden = RecordJournal(), False
    for each in taught:
        write = each.write
        hidden = hidden or write.id not in shown.get(write.slot.field, (write.id,))
        if write.value_hash or isinstance(write.value, Mapping):
            each = replace(each, write=replace(write, value=None if write.value_hash else as_kept(write.value)))
        journal.writes.append(each)
        journal.note(write.slot.kind, (each.clock, *write.id, each.author, each.device, each.source))
    if hidden:  # else the workbook shows all that it teaches, and lets go of nothing
        journal.cells.show(horizon, shown)
    return journal


Slotted = tuple[tuple[bytes, str, str, str], WriteId]
"""A write as rows know it: its slot (record, kind, field, element), and its id."""


def replaced_in(rows: Iterable[Sequence[Any]], slot: Callable[[Any], Any], at: slice, says: int) -> set[Slotted]:
    """Of the writes of these rows, which have their ids ``at`` and say at ``says`` what they replace, those that are
    replaced."""
    return replaced((slot(row), WriteId(*row[at]), unpacked_ids(row[says])) for row in rows if row[says])
