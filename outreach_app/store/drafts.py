"""A draft: the writes of one change while a verb is at work, before they are saved together."""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from outreach_app.journal.changes import Changes, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import DELETED, deletion, frozen
from outreach_app.journal.statements import Statement
from outreach_app.model.codes import draw_short_code
from outreach_app.model.fields import Rule, Shape, Value
from outreach_app.model.identifiers import id_bytes, is_id, new_element, new_id
from outreach_app.model.kinds import Registry
from outreach_app.store.clusters import members
from outreach_app.store.journals import Journal
from outreach_app.store.packing import as_kept
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.statements import Statements

_UNPLACED = WriteId(b"", -1)
_PICKED = (Shape.CHOICE, Shape.REFERENCE)
SALT_BYTES = 16


class Draft:
    """Collects writes. Each replaces what stands in its slot now, which is what its author was shown."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry
        self._journal = Journal(connection)
        self._loaded: dict[str, RecordJournal] = {}
        self._new: set[str] = set()
        self.drawn: set[str] = set()
        """The ids drawn for new records: nothing can point at them but what this draft writes."""
        self.unmoved: set[str] = set()
        """Of the records that a reading shows, those of which all stands as before."""
        self._writes: dict[tuple[Slot, int], Write] = {}
        self._of_field: defaultdict[tuple[str, str], dict[tuple[Slot, int], Write]] = defaultdict(dict)
        self._places: Counter[Slot] = Counter()
        self.readings: list[Reading] = []
        self.statements: list[Statement] = []
        self.changes = Changes("", None)

    # what a verb writes

    def new(self, kind: str, values: Mapping[str, Any], record: str = "") -> str:
        """A new record with these values (a list field's as a plain list); its id.

        With ``record``, an id that every laptop derives alike, it may be there already; the values replace its own.
        """
        if not record:
            record = new_id()
            self.drawn.add(record)
            self._loaded[record] = RecordJournal()
        if not self._load(record).writes:
            self._new.add(record)
        if self._registry[kind].about.short_code and not values.get("short_code"):
            values = {**values, "short_code": self._free_code(kind)}
        for name, value in values.items():
            if value is not None and value != []:
                self.set(kind, record, name, value)
        return record

    def set(self, kind: str, record: str, name: str, value: Any) -> None:
        """Give a field its value: a list field all its elements, a tally its sum, a *once* field one more text."""
        rule = self._registry.rule(kind, name)
        if rule is Rule.LIST:
            self._set_list(kind, record, name, value or [])
        elif rule is Rule.TALLY:
            self.press(kind, record, name, (value or 0) - self._sum(kind, record, name))
        elif rule is Rule.ONCE:
            self.append(kind, record, name, self._added(kind, record, name, value))
        else:
            self._give(kind, record, name, "", value)

    def append(self, kind: str, record: str, name: str, value: Value) -> None:
        """Write a text beside what stands in a *once* field, of every member that does not say it yet."""
        for member in self._members(kind, record) if value is not None else ():
            slot = Slot(kind, member, name)
            if value not in self._said(slot):
                self._put(Write(_UNPLACED, slot, value), again=True)

    def add(self, kind: str, record: str, name: str, value: Value, element: str = "") -> str:
        """One more element of a list field; its id."""
        element = element or new_element()
        self._give(kind, record, name, element, value)
        return element

    def change(self, kind: str, record: str, name: str, element: str, value: Value) -> None:
        """Give one element of a list field another value; None removes it. Twins of it, which are not shown, go."""
        held = self._elements(record, name)
        twins = [each for each, said in held.items() if each != element and frozen(said) == frozen(held.get(element))]
        for twin in twins:
            self._give(kind, record, name, twin, None)
        self._give(kind, record, name, element, value)

    def press(self, kind: str, record: str, name: str, by: int) -> None:
        """Press a tally ``by`` so many."""
        if by:
            self._put(Write(_UNPLACED, Slot(kind, record, name), by), again=True)

    def delete(self, kind: str, record: str) -> None:
        """Delete a record: what of it stands now."""
        for member in self._members(kind, record):
            slot = Slot(kind, member, DELETED)
            seen = self._load(member).of(kind).standing()
            self._put(Write(_UNPLACED, slot, deletion(seen), self._ids(slot)))

    def bring_back(self, kind: str, record: str) -> None:
        """Undo a deletion, whoever made it."""
        for member in self._members(kind, record):
            slot = Slot(kind, member, DELETED)
            self._put(Write(_UNPLACED, slot, None, self._ids(slot)))

    def put(self, write: Write) -> None:
        """A write whose id is derived: an undo's, or a cell typed over."""
        self._put(write, again=True)

    def settle(self, slot: Slot, value: Value) -> None:
        """Write a value that replaces all that stands in a slot, whether or not it is the one already shown."""
        for member in self._members(slot.kind, slot.record):
            own = slot._replace(record=member)
            self._put(Write(_UNPLACED, own, value, self._ids(own)))

    def standing(self, slot: Slot) -> list[Stamped]:
        """What stood in a slot before this draft."""
        return self._standing(slot)

    def elements(self, record: str, name: str) -> list[Value]:
        """The values of a list field, with what this draft has written of it so far."""
        return [value for value in self._elements(record, name).values() if value is not None]

    def short_code(self, record: str) -> str:
        """The short code of a record that this draft made."""
        return str([*self._written(record, "short_code").values()][-1].value)

    # what the store takes

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self._writes and not self.readings and not self.statements

    def concerned(self) -> frozenset[bytes]:
        """The records written to or pointed at, those drawn for this draft apart."""
        found = {write.slot.record for write in self._writes.values()}
        for write in self._writes.values():
            kind = self._registry.get(write.slot.kind)
            declared = kind.field(write.slot.field) if kind else None
            if declared is not None and declared.refers_to and isinstance(write.value, str):
                found.add(write.value)
        for reading in self.readings:
            found.update(record for record, _field in reading.cells)
        return frozenset(id_bytes(each) for each in found - self.drawn if is_id(each))

    def numbered(self, change: WriteId) -> tuple[Write, ...]:
        """The writes with their ids, as the change of that id carries them."""
        salts = os.urandom(SALT_BYTES * len(self._writes))
        made = []
        for place, write in enumerate(self._writes.values()):
            if write.id is _UNPLACED:
                salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
                own = WriteId(change.run, change.number + 1 + place)
                write = Write(own, write.slot, as_kept(write.value), write.replaces, salt)
            made.append(write)
        return tuple(made)

    # the small steps

    def _set_list(self, kind: str, record: str, name: str, wanted: Sequence[Any]) -> None:
        """Make a list field hold these values: those missing are changed to those that are new, as far as both go."""
        wanted = list({frozen(value): value for value in wanted}.values())  # a value said twice is shown once
        left = [frozen(value) for value in wanted]
        gone: list[str] = []
        for element, value in self._elements(record, name).items():
            if value is None:
                continue
            if frozen(value) in left:
                left.remove(frozen(value))
            else:
                gone.append(element)
        declared = self._registry[kind].field(name)
        if declared is not None and declared.shape in _PICKED:  # another choice is not the first one changed
            changed: list[str] = []
        else:
            changed = gone
        for value in wanted:
            if frozen(value) in left:
                left.remove(frozen(value))
                if changed:
                    self.change(kind, record, name, changed.pop(0), value)
                else:
                    self.add(kind, record, name, value)
        for element in gone:
            self.change(kind, record, name, element, None)

    def _elements(self, record: str, name: str) -> dict[str, Value]:
        """The values of a list field by element, with what this draft has written of it so far."""
        standing = [each.write for each in self._load(record).standing()]
        held = [write for write in standing if write.slot[1:3] == (record, name)]
        return {write.slot.element: write.value for write in (*held, *self._written(record, name).values())}

    def _written(self, record: str, name: str) -> Mapping[tuple[Slot, int], Write]:
        """What this draft has written of a field, by slot and place there."""
        return self._of_field.get((record, name), {})

    def _said(self, slot: Slot) -> list[Value]:
        """What was written in a *once* field, by others and by this draft."""
        own = (write.value for (at, _), write in self._written(slot.record, slot.field).items() if at == slot)
        return [*(each.write.value for each in self._standing(slot)), *own]

    def _added(self, kind: str, record: str, name: str, value: Value) -> Value:
        """What is new in the text of a *once* field that was shown and written on; None where nothing is."""
        shown = "\n".join(str(said) for said in dict.fromkeys(self._said(Slot(kind, record, name))) if said is not None)
        if shown and isinstance(value, str) and value.startswith(shown):
            return value.removeprefix(shown).strip() or None
        return value

    def _give(self, kind: str, record: str, name: str, element: str, value: Value) -> None:
        for member in self._members(kind, record):
            slot = Slot(kind, member, name, element)
            standing = self._standing(slot)
            said = {frozen(each.write.value) for each in standing}
            unchanged = said == {frozen(value)} or (not said and value is None)
            if unchanged and (slot, 0) not in self._writes:
                continue
            self._put(Write(_UNPLACED, slot, value, tuple(sorted(each.write.id for each in standing))))

    def _put(self, write: Write, again: bool = False) -> None:
        """Keep a write; a second one to the same slot takes the place of the first, unless both are to stand."""
        place = self._places[write.slot] if again else 0
        self._places[write.slot] = place + 1
        self._writes[write.slot, place] = self._of_field[write.slot[1:3]][write.slot, place] = write

    def _members(self, kind: str, record: str) -> Iterable[str]:
        if record in self._new or not self._registry[kind].about.joinable:
            return (record,)
        return members(self._connection, kind, record)

    def _load(self, record: str) -> RecordJournal:
        if record not in self._loaded:
            raw = id_bytes(record)
            self._loaded[record] = self._journal.load([raw]).get(raw) or RecordJournal()
        return self._loaded[record]

    def _standing(self, slot: Slot) -> list[Stamped]:
        return self._load(slot.record).in_slot(slot)

    def _ids(self, slot: Slot) -> tuple[WriteId, ...]:
        return tuple(sorted(each.write.id for each in self._standing(slot)))

    def _sum(self, kind: str, record: str, name: str) -> int:
        slot = Slot(kind, record, name)
        presses = [each.write.value for each in self._standing(slot)]
        presses += [write.value for (at, _), write in self._written(record, name).items() if at == slot]
        return sum(press for press in presses if isinstance(press, int))

    def _free_code(self, kind: str) -> str:
        source = random.SystemRandom()
        while True:
            code = draw_short_code(source)
            taken = Statements(self._connection)(f'SELECT 1 FROM "{kind}" WHERE code = ?', (code,))  # noqa: S608 (a declared kind)
            if taken.first() is None:
                return code
