"""Undo: one more change, which puts back what an earlier change replaced."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from outreach_app.journal.changes import Change, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write_id
from outreach_app.model.fields import Rule, Value


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo writes, and the slots it leaves alone because others have written there since."""

    writes: tuple[Write, ...]
    left_alone: tuple[Slot, ...]


def undoing(
    change: Change,
    stands: AbstractSet[WriteId],
    replaced: Mapping[WriteId, Stamped],
    rule: Callable[[str, str], Rule],
) -> Undoing:
    """The writes that undo ``change``.

    ``stands`` are the ids that stand in the records it touched, ``replaced`` the writes that the change replaced, as far as they are
    known, and ``rule`` a field's rule. Ids are derived from the undone writes', so that two laptops undoing the same
    thing undo it once. A write that replaced several which differed puts them all back, to be decided again.
    """
    writes: list[Write] = []
    left_alone: list[Slot] = []
    for undone in change.writes:
        if undone.id not in stands:
            left_alone.append(undone.slot)
            continue
        before = _before(undone, replaced, rule(undone.slot.kind, undone.slot.field))
        for place, value in enumerate(before):
            salt = derived_salt("undo", undone.id, place, undone.salt)
            writes.append(Write(derived_write_id("undo", undone.id, place), undone.slot, value, (undone.id,), salt))
    return Undoing(tuple(writes), tuple(left_alone))


def _before(undone: Write, replaced: Mapping[WriteId, Stamped], rule: Rule) -> list[Value]:
    """The values that stood before a write: one, several that differed, or nothing."""
    if rule is Rule.TALLY:
        return [replaced[each].write.value for each in undone.replaces if each in replaced] or [0]
    known = sorted(
        (replaced[each] for each in undone.replaces if each in replaced), key=lambda s: (s.clock, s.write.id)
    )
    values: list[Value] = []
    for each in known:
        if each.write.value not in values:
            values.append(each.write.value)
    return values or [None]
