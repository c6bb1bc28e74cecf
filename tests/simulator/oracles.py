"""What must stand, worked out anew: from all that was written, and from who had truly seen what. It knows no horizon.

A write is gone only where a write by somebody who was shown it took its place, or where a workbook whose maker held it
shows its cell without it. Whoever made a workbook, the world wrote down what was on that laptop then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from outreach_app.journal.changes import Change, Slot, WriteId
from outreach_app.store.stores import Store

Knew = Mapping[bytes, Collection[WriteId]]
"""By workbook: every write that was on its maker's laptop."""


class Divergence(AssertionError):
    """Two laptops that hold the same show something else, or something that must hold does not."""


class Loss(Divergence):
    """Something that was saved is gone."""


def compare(name: str, store: Store, changes: Collection[Change], knew: Knew) -> None:
    """Compare what stands in a store with what must, by the changes it holds. Raises Divergence, or Loss."""
    must, does = must_stand(changes, knew), does_stand(store)
    if gone := must - does:
        raise Loss(f"{len(gone)} writes do not stand at {name}, though nobody who saw them wrote otherwise")
    if does - must:
        raise Divergence(f"{len(does - must)} writes stand at {name} that somebody who saw them replaced")


def must_stand(changes: Collection[Change], knew: Knew) -> set[WriteId]:
    """The writes that stand where all these changes are."""
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
        replaced.update(gone for write in change.writes for gone in write.replaces)
    in_cell: dict[tuple[str, str], set[WriteId]] = defaultdict(set)
    for each, slot in slots.items():
        in_cell[slot.record, slot.field].add(each)
    left = set(slots) - replaced
    for reading in (each for change in changes if change.id not in undone for each in change.readings):
        for cell, shown in reading.cells.items():
            left -= {each for each in in_cell[cell] if each in knew[reading.book] and each not in shown}
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
