"""What files of others say of records here: writes that every laptop makes alike from the same file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write
from outreach_app.journal.standing import frozen
from outreach_app.model.fields import Rule, Value
from outreach_app.model.identifiers import derived_element
from outreach_app.model.values import alike
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.stores import Store


def saying(slot: Slot, stands: frozenset[WriteId], value: Value) -> Write:
    """The write that a file's entry is. Its id follows from what it replaces too: on a laptop where something else
    stood it is another write, which agrees with this one."""
    parts = (slot.record, slot.field, slot.element, stands, value)
    return derived_write(slot, value, stands, derived_salt("directory", *parts))


def is_saying(each: Stamped) -> bool:
    """Whether a write is what a file said."""
    write = each.write
    return write.id == saying(write.slot, frozenset(write.replaces), write.value).id


def last_said(written: Iterable[Stamped]) -> Any:
    """What a file last said in a slot, of all that was written there; None where none ever did."""
    said = [each for each in written if is_saying(each)]
    return frozen(max(said, key=lambda each: (each.clock, each.write.id)).write.value) if said else None


def said_beside(
    store: Store, kind: str, record: str, key: str, values: Mapping[str, Any], held: RecordJournal | None
) -> Iterator[Write]:
    """What a file says of a record that people may have written to. What is empty is filled, what a file said before is
    replaced; what a person wrote otherwise stands, and beside it what the file says, to be decided. What was said once
    and is gone is not said again."""
    stand = held.standing() if held else []
    for name, value in values.items():
        rule = store.registry.rule(kind, name)
        here = [each for each in stand if each.write.slot.field == name]
        written = [each for each in held.writes if each.write.slot.field == name] if held else []
        if rule is Rule.LIST:
            known = {alike(each.write.value) for each in (*here, *filter(is_saying, written))}
            for each in value:
                if alike(each) not in known:
                    slot = Slot(kind, record, name, derived_element(key, name, repr(frozen(each))))
                    yield saying(slot, frozenset(), each)
            continue
        known_values = {frozen(each.write.value) for each in (*here, *filter(is_saying, written))}
        if value in (None, "") or frozen(value) in known_values or (rule is Rule.TALLY and here):
            continue
        theirs = rule is Rule.VALUE and all(is_saying(each) for each in here)
        replaced = frozenset(each.write.id for each in here) if theirs else frozenset()
        yield saying(Slot(kind, record, name), replaced, value)
