"""What must stand, worked out anew: from all that was written, and from who had truly seen what. It knows no horizon.

A write is gone only where a write by somebody who was shown it took its place, or where a workbook whose maker held it
shows its cell without it. Whoever made a workbook, the world wrote down what was on that laptop then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, WriteId
from outreach_app.store.stores import Store
from tests.simulator.holdings import Content, held_changes, held_writes


class Divergence(AssertionError):
    """Two laptops that hold the same show something else, or something that must hold does not."""


class Loss(Divergence):
    """Something that was saved is gone."""


@dataclass
class Seen:
    """Who had seen what: what the world wrote down of it, as it happened."""

    by_book: dict[bytes, frozenset[Content]] = field(default_factory=dict)
    """Every write that was on the laptop of a workbook's maker."""
    horizons: dict[bytes, Horizon] = field(default_factory=dict)
    """How far each workbook that was read says that its maker had read."""
    replaced: dict[tuple[bytes, WriteId], Content] = field(default_factory=dict)
    """By a change's digest and the write that something in it took the place of: what its author saw there."""

    def read(self, change: Change) -> None:
        """A workbook was read back in a change: the first of its readings is its own, the others it had heard of."""
        for reading in change.readings[:1]:
            self.horizons[reading.book] = reading.horizon

    def knew(self, reading: Reading) -> frozenset[Content]:
        """What its maker had on the laptop: of a workbook, or of one that it had heard of."""
        if self.horizons[reading.book] == reading.horizon:
            return self.by_book[reading.book]
        return next(self.by_book[book] for book, horizon in self.horizons.items() if horizon == reading.horizon)


def compare(name: str, store: Store, seen: Seen, clashing: Collection[bytes] = ()) -> None:
    """Compare what stands in a store with what must, by the changes it holds. Raises Divergence, or Loss."""
    must, does = must_stand(store, seen, clashing), does_stand(store)
    if gone := must - does:
        raise Loss(f"{len(gone)} writes do not stand at {name}, though nobody who saw them wrote otherwise")
    if does - must:
        raise Divergence(f"{len(does - must)} writes stand at {name} that somebody who saw them replaced")


def must_stand(store: Store, seen: Seen, clashing: Collection[bytes]) -> set[WriteId]:
    """The writes that stand where all that a store holds is.

    In the ``clashing`` runs two contents came under one number. A store that knows but one of them takes who saw the
    other to have seen this one; once all have met, neither counts.
    """
    changes = held_changes(store)
    says = {WriteId(each.run, each.number): each for each in held_writes(store)}
    slots: dict[WriteId, Slot] = {}
    replaced: set[WriteId] = set()
    undone = _undone(changes)
    for change in changes:
        for reading in change.readings:
            for taught in reading.taught:
                slots.setdefault(taught.write.id, taught.write.slot)
                replaced.update(taught.write.replaces)
    for change in changes:
        slots.update({write.id: write.slot for write in change.writes})
        for gone in {gone for write in change.writes for gone in write.replaces} & says.keys():
            if gone.run in clashing or seen.replaced.get((change.digest, gone), says[gone]) == says[gone]:
                replaced.add(gone)
    in_cell: dict[tuple[str, str], set[WriteId]] = defaultdict(set)
    for each, slot in slots.items():
        in_cell[slot.record, slot.field].add(each)
    left = set(slots) - replaced
    for reading in (each for change in changes if change.id not in undone for each in change.readings):
        knew = seen.knew(reading)
        by_id = {WriteId(each.run, each.number) for each in knew if each.run in clashing}
        for cell, shown in reading.cells.items():
            left -= {each for each in in_cell[cell] if each not in shown and (says[each] in knew or each in by_id)}
    return left


def _undone(changes: Iterable[Change]) -> set[WriteId]:
    """The changes that are undone by one that is not itself undone."""
    by: dict[WriteId, list[WriteId]] = defaultdict(list)
    for change in changes:
        if change.undoes is not None:
            by[change.undoes].append(change.id)

    def gone(change: WriteId) -> bool:
        return any(not gone(each) for each in by.get(change, ()))

    return {each for each in by if gone(each)}


def does_stand(store: Store) -> set[WriteId]:
    """The writes that stand as a store shows it."""
    with store.reading() as connection:
        records = [row[0] for row in connection.exec_driver_sql("SELECT DISTINCT record FROM writes")]
    journals = store.journals(raw.hex() for raw in records)
    return {each.write.id for journal in journals.values() for each in journal.standing()}
