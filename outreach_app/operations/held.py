"""What is held for a person: written by a laptop after it was given up as lost, or a second content of one number.

Accepting it writes it anew, as this laptop's own change with ids that every laptop derives alike: what it says stands
beside what others say, is accepted once whoever accepts it, and is undone like anything else. What it said of who
belongs to the space is not taken over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach_app.journal.changes import Change, Changes, Slot, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write
from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Registry
from outreach_app.operations.decisions import check_decides, take_note
from outreach_app.store.decisions import Decision
from outreach_app.store.handovers import NOTES, noted_at
from outreach_app.store.identities import EVERYONE
from outreach_app.store.journals import Journal
from outreach_app.store.notices import Noticed
from outreach_app.store.shipping import State
from outreach_app.store.stores import Store
from outreach_app.sync.segments import open_segment
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class Held:
    """One change that is held: when, by whom, and the words and names in it."""

    at: int  # microseconds since 1970 UTC
    author: str
    says: tuple[str, ...]
    audience: str


def held(store: Store, decision: Decision) -> Sequence[Held]:
    """What is held of one laptop, as far as this one can read it, oldest first."""
    found = [change for _line, changes in _changes(store, decision) for change in changes]
    return [
        Held(change.clock, change.author, _words(store.registry, change.writes), change.audience)
        for change in sorted(found, key=lambda each: (each.clock, each.id))
    ]


def accept(store: Store, decision: Decision) -> Changes:
    """Accept what is held of one laptop: of two audiences what is for everyone, and the rest when it is asked again.

    Raises BadInput where somebody else is to decide, or this laptop cannot read any of it.
    """
    check_decides(store, decision)
    found = [(line, changes) for line, changes in _changes(store, decision) if changes]
    if not found:
        raise BadInput(_("This laptop cannot read what is held. A coordinator's laptop can."))
    audience = first_audience(changes[0].audience for _line, changes in found)
    taken = [(line, changes) for line, changes in found if changes[0].audience == audience]
    with store.writing("accept", audience=audience) as draft:
        take_note(draft, decision, [line for line, _changes in taken])
        for write in written_anew([changes for _line, changes in taken], _all_held(store, decision)):
            draft.put(write)
        draft.readings += [reading for _line, changes in taken for change in changes for reading in change.readings]
    return draft.changes


def look_again(store: Store, device: bytes) -> Changes:
    """Have what was left out of a laptop wait again; what was accepted stays so. Raises BadInput as accepting does."""
    lines = tuple(line for place, line in store.looked_at() if place == device.hex())
    decision = Decision("held", "", device.hex(), "", lines=lines)
    check_decides(store, decision)
    found, known = _changes(store, decision), _all_held(store, decision)
    accepted = {line for line, changes in found if _stands(store, written_anew([changes], known))}
    with store.writing("look_again") as draft:
        for line in lines:
            if line not in accepted:
                draft.set(NOTES, noted_at(decision, line), "noted", [])
    return draft.changes


def _stands(store: Store, writes: Sequence[Write]) -> bool:
    """Whether all of these were written here: as they are, or within what else was written in their place."""
    with store.reading() as connection:
        held = Journal(connection).load({id_bytes(write.slot.record) for write in writes})
    writes_held = [each.write for journal in held.values() for each in journal.writes]
    known = {each.id for each in writes_held}.union(*(each.replaces for each in writes_held))
    return all(write.id in known for write in writes)


def first_audience(audiences: Iterable[str]) -> str:
    """Which of these is accepted first: what is for everyone."""
    return max(audiences, key=lambda each: (each == EVERYONE, each))


def written_anew(taken: Iterable[Sequence[Change]], known: Iterable[Change]) -> list[Write]:
    """The writes of held changes, those of each segment together, under ids derived from what they say.

    Each takes the place of the one it was, should that come to count after all, or be taught by a workbook. ``known``
    are all changes held of the laptop: what they replace of each other is found under its new id. Two contents of one
    number stand beside each other.
    """
    new: dict[tuple[Slot, WriteId], set[WriteId]] = defaultdict(set)
    for write in (each for change in known for each in change.writes):
        new[write.slot, write.id].add(anew(write).id)
    made: dict[WriteId, Write] = {}
    for changes in taken:
        writes = [each for change in changes for each in change.writes]
        here = {(write.slot, write.id): {anew(write).id} for write in writes}
        for write in writes:
            replaces = set[WriteId]()
            for each in write.replaces:
                told = here.get((write.slot, each)) or new.get((write.slot, each)) or {each}
                replaces |= told if len(told) == 1 else set()
            if write.id.number:
                replaces.add(write.id)
            new_one = anew(write)
            made[new_one.id] = replace(new_one, replaces=tuple(replaces))
    return _last_words(made)


def anew(write: Write) -> Write:
    """A held write under an id of its own; a derived one keeps the one it has."""
    if not write.id.number:
        return write
    salt = derived_salt("accepted", write.id, write.salt) if write.salt else b""
    return derived_write(write.slot, write.value, (), salt, write.id.number, write.value_hash)


def _last_words(made: Mapping[WriteId, Write]) -> list[Write]:
    """Of writes that replace each other the last, which replace what the others did: so they are undone as one."""
    gone = {each for write in made.values() for each in write.replaces}
    left = []
    for write in made.values():
        if write.id not in gone:
            replaces, todo = set[WriteId](), list(write.replaces)
            while todo:
                each = todo.pop()
                if each not in replaces:
                    replaces.add(each)
                    todo += made[each].replaces if each in made else ()
            left.append(replace(write, replaces=tuple(sorted(replaces - made.keys()))))
    return left


def _changes(store: Store, decision: Decision) -> list[tuple[Noticed, list[Change]]]:
    """The changes of each held segment that the decision is about and that stand nowhere here."""
    found = []
    for line in decision.lines:
        with store.shipping() as shipping:
            kept = shipping.segment(line.name)
        try:
            changes = open_segment(kept.data, store.space).changes
        except OutreachError:  # for others
            continue
        found.append((line, _left(store, changes)))
    return found


def _all_held(store: Store, decision: Decision) -> list[Change]:
    """All changes held of the decision's laptop, looked at already or not."""
    with store.shipping() as shipping:
        left = shipping.left([State.HELD, State.FORKED])
    lines = [Noticed(each.name, each.state, 0) for each in left if each.device.hex() == decision.record]
    return [change for _line, changes in _changes(store, replace(decision, lines=tuple(lines))) for change in changes]


def _left(store: Store, changes: Iterable[Change]) -> list[Change]:
    with store.reading() as connection:
        journal = Journal(connection)
        return [change for change in changes if journal.clashes(change)]


def _words(registry: Registry, writes: Iterable[Write]) -> tuple[str, ...]:
    """What people would know it by: names and what was said, no codes and no ids."""
    found: list[str] = []
    for write in writes:
        kind = registry.get(write.slot.kind)
        field = kind.field(write.slot.field) if kind else None
        if field is not None and not field.refers_to and not field.vocabulary and isinstance(write.value, str):
            found.append(write.value)
    return tuple(dict.fromkeys(found))
