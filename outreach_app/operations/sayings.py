"""What files of others say of records here: writes that every laptop makes alike from the same file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write
from outreach_app.journal.standing import frozen
from outreach_app.model.fields import Field, Rule, Shape, Value
from outreach_app.model.identifiers import derived_element
from outreach_app.model.values import alike
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.stores import Store

_LINE = ("name", "street", "town", "state", "zip")
_LOCAL = len("2026-11-21T10:00:00")


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


def tells(held: Any, said: Any) -> bool:
    """Whether an element of a list tells what a file says: the same number, the same letters; an address with all that
    is said of it, or with the same line, for a line does not tell where its street begins."""
    if not isinstance(held, Mapping) or not isinstance(said, Mapping) or "number" in held:
        return alike(held) == alike(said)
    return held.items() >= said.items() or _line(held) == _line(said)


def _line(address: Mapping[str, Any]) -> str:
    return ", ".join(str(address[part]) for part in (*_LINE, "kind") if address.get(part)).casefold()


def _same_told(about: Field, value: Any, here: Iterable[Stamped]) -> Iterator[bool]:
    """Whether a file tells what stands as a file can: a moment without its offset, a text and what was added to it as
    one."""
    told = [str(each.write.value) for each in sorted(here, key=lambda each: (each.clock, each.write.id))]
    if about.shape is Shape.MOMENT:
        yield any(str(value)[:_LOCAL] == each[:_LOCAL] for each in told)
    if about.rule is Rule.ONCE:
        yield {line.strip() for line in str(value).splitlines()} <= {
            line.strip() for each in told for line in each.splitlines()
        }


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
            known = [each.write.value for each in (*here, *filter(is_saying, written))]
            for each in value:
                if not any(tells(other, each) for other in known):
                    slot = Slot(kind, record, name, derived_element(key, name, repr(frozen(each))))
                    yield saying(slot, frozenset(), each)
            continue
        known_values = {frozen(each.write.value) for each in (*here, *filter(is_saying, written))}
        if value in (None, "") or frozen(value) in known_values or (rule is Rule.TALLY and here):
            continue
        if any(_same_told(store.registry[kind].by_name[name], value, here)):
            continue
        theirs = rule is Rule.VALUE and all(is_saying(each) for each in here)
        replaced = frozenset(each.write.id for each in here) if theirs else frozenset()
        yield saying(Slot(kind, record, name), replaced, value)
