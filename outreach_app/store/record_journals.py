"""What the journal holds of one record: its writes, how it began, and what of it was replaced."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from outreach_app.journal.changes import Change, Slot, Stamped
from outreach_app.journal.standing import ShownCell, standing
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.packing import unpacked_ids


class Made(NamedTuple):
    """How a record began: the first of its writes by clock, then id, whether or not it stands."""

    clock: int
    run: bytes
    number: int
    author: str
    device: bytes
    source: str


@dataclass(slots=True)
class RecordJournal:
    """All that the journal holds of one record.

    It is of the kind it began as. What was written under its id of another kind is kept and passed on, and counts not.
    """

    kind: str
    writes: list[Stamped] = field(default_factory=list)
    cells: dict[str, list[ShownCell]] = field(default_factory=dict)
    made: Made | None = None
    changed_at: int = 0  # the latest clock of its writes, likewise

    mixed: bool = False  # something of another kind was written under its id

    def note(self, kind: str, stamp: tuple[int, bytes, int, str, bytes, str]) -> None:
        """Count a write in for how the record began and when it last changed."""
        if kind != self.kind:
            self.mixed = True
        if self.made is None or stamp < self.made:
            self.kind, self.made = kind, Made._make(stamp)
        if stamp[0] > self.changed_at:
            self.changed_at = stamp[0]

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
            journal = found.setdefault(id_bytes(slot.record), RecordJournal(slot.kind))
            journal.writes.append(each)
            journal.note(slot.kind, (each.clock, *each.write.id, each.author, each.device, each.source))
    return found


Slotted = tuple[bytes, str, str, str, bytes, int]
"""A write as rows know it: record, kind, field, element, run, number."""


def replaced_in(writes: Iterable[Slotted], rows: Iterable[Sequence[Any]], says: int) -> frozenset[Slotted]:
    """Of the writes of these rows, which say at ``says`` what they replace, those that are replaced, as
    :func:`~outreach_app.journal.standing.standing` has it."""
    held = list(writes)
    said = ((at[:4], unpacked_ids(row[says])) for at, row in zip(held, rows, strict=True) if row[says])
    gone = {(*slot, *each) for slot, ids in said for each in ids}
    if not gone:
        return frozenset()
    ringed = {each[:4] for each in gone}.difference(each[:4] for each in held if each not in gone)
    return frozenset(each for each in gone if each[:4] not in ringed) if ringed else frozenset(gone)
