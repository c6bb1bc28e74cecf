"""Undo: one more change, which puts back what an earlier change replaced."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from outreach_app.journal.changes import Change, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write
from outreach_app.journal.standing import frozen
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

    ``stands`` are the ids that stand in the records it touched, ``replaced`` the writes that the change replaced, as
    far as they are known, and ``rule`` a field's rule. A write that replaced several which differed puts them all back,
    to be decided again. Salts, and so ids, are derived from the undone write's and from those whose value is put back:
    two laptops undoing the same thing undo it once, and where one of them knew less of what was replaced, both values
    stand. Ids begin with the undone write's place, so that texts written in an order come back in it; of several that
    differed each has the next, so that the one that was shown is shown again.
    """
    writes: list[Write] = []
    left_alone: list[Slot] = []
    for place, undone in enumerate(change.writes):
        if undone.id not in stands:
            left_alone.append(undone.slot)
            continue
        asked = rule(undone.slot.kind, undone.slot.field)
        for rank, (value, sources) in enumerate(_before(undone, replaced, asked)):
            salt = _salt(undone.id, sources, undone.salt)
            after = 0 if asked is Rule.TALLY else rank  # one press is one write, whatever else a laptop knows of
            writes.append(derived_write(undone.slot, value, [undone.id], salt, place + after))
    return Undoing(tuple(writes), tuple(left_alone))


def as_it_stands(
    change: Change, stand: Collection[Write], held: Mapping[WriteId, Stamped], rule: Callable[[str, str], Rule]
) -> Change:
    """``change`` with what stands for its writes where those are gone: what an undo of something later put back.

    ``stand`` are the writes that stand in the records it touched, ``held`` all that are held of them. So undoing one
    change after another goes all the way back; what somebody wrote since, even the same again, stands for nothing.
    """
    ids = {each.id for each in stand}
    gone = {write.slot for write in change.writes if write.id not in ids}
    heirs = [(each, stands_for(each.id, held, rule)) for each in stand if each.slot in gone]
    writes: list[Write] = []
    for write in change.writes:
        own = [replace(write, id=heir.id, salt=heir.salt) for heir, line in heirs if write.id in line]
        writes += own if write.id not in ids and own else [write]
    return replace(change, writes=tuple(writes))


def stands_for(
    heir: WriteId,
    held: Mapping[WriteId, Stamped],
    rule: Callable[[str, str], Rule],
    known: dict[WriteId, set[WriteId]] | None = None,
) -> AbstractSet[WriteId]:
    """The writes for which one stands: itself, and those whose value one undo after another put back by it.

    ``known``: what was found for others of these writes, so that of many in a chain each is looked into once.
    """
    if heir.number:  # numbered in its run, so no undo made it
        return {heir}
    found = {} if known is None else known
    todo = [heir]
    while todo:  # what a write replaces is looked into before the write itself
        here = todo[-1]
        earlier = [each for each in held[here].write.replaces if each in held]
        if here not in found:
            found[here] = {here}
            todo += [each for each in earlier if each not in found]
            continue
        todo.pop()
        for undone, origin in [(each, origin) for each in earlier for origin in found[each]]:
            write = held[origin].write
            for _value, sources in _before(write, held, rule(write.slot.kind, write.slot.field)):
                if held[here].write.salt == _salt(undone, sources, held[undone].write.salt):
                    found[here].update(*(found.get(each, {each}) for each in sources))
    return found[heir]


def _salt(undone: WriteId, sources: tuple[WriteId, ...], salt: bytes) -> bytes:
    """The salt of a write that undoes another, by which it is known: of that one's salt, and of what it puts back."""
    return derived_salt("undo", undone, sources, salt)


def _before(undone: Write, replaced: Mapping[WriteId, Stamped], rule: Rule) -> list[tuple[Value, tuple[WriteId, ...]]]:
    """The values that stood before a write, each with the writes that gave it; several where they differed."""
    named = (replaced[each] for each in undone.replaces if each in replaced)
    known = [each for each in named if each.write.slot == undone.slot]  # whoever names a number may mean any record's
    known.sort(key=lambda each: (each.clock, each.write.id))
    if rule is Rule.TALLY:  # where nothing was replaced the same as of any rule, for programs that know it as no tally
        return [(each.write.value, (each.write.id,)) for each in known] or [(None, ())]
    values: dict[object, Value] = {}
    sources: dict[object, list[WriteId]] = {}
    for each in known:
        values.setdefault(frozen(each.write.value), each.write.value)
        sources.setdefault(frozen(each.write.value), []).append(each.write.id)
    return [(value, tuple(sorted(sources[key]))) for key, value in values.items()] or [(None, ())]
