"""The three sets held in memory: the rules of outreach_app.journal with no database, for property tests."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import (
    DELETED,
    RecordState,
    ShownCell,
    deletion,
    fold,
    heard,
    horizon_of,
    ready,
    standing,
)
from outreach_app.journal.typing_over import typed_over
from outreach_app.journal.undoing import as_it_stands, undoing
from outreach_app.model.fields import Rule
from outreach_app.model.identifiers import derived_id

RECORDS = tuple(derived_id("record", str(number)) for number in range(3))
FIELDS = ("name", "town")
CELLS = tuple(itertools.product(RECORDS, FIELDS))
RULES = {"phones": Rule.LIST, "here": Rule.TALLY, "notes": Rule.ONCE, "name": Rule.VALUE, "town": Rule.VALUE}


def rule(_kind: str, name: str) -> Rule:
    """The rule of a field; one that is not declared is a value."""
    return RULES.get(name, Rule.VALUE)


def _as_told(each: Stamped) -> Stamped:
    """A write as a workbook tells it: without what it replaced, which is what the horizon is for."""
    return replace(each, write=replace(each.write, replaces=()))


@dataclass(frozen=True)
class Book:
    """A workbook as its reader sees it: what each cell showed, with the writes' contents, and what was typed over."""

    id: bytes
    horizon: Horizon
    cells: dict[tuple[str, str], tuple[Stamped, ...]]
    typed: dict[tuple[str, str], object] = field(default_factory=dict)
    heard: tuple[Reading, ...] = ()  # how far others had read, over what this one shows


class Ledger:
    """One laptop: everything written, replaced and read that has reached it."""

    runs = itertools.count(1)

    def __init__(self) -> None:
        self.run = next(Ledger.runs).to_bytes(16, "big")
        self.writes: dict[WriteId, Stamped] = {}
        self.readings: dict[bytes, Reading] = {}
        self.known: dict[bytes, int] = {}
        self.changes: dict[WriteId, Change] = {}

    def standing(self, record: str, name: str) -> list[Stamped]:
        """What stands in one field."""
        written = [each for each in self.writes.values() if each.write.slot[1:3] == (record, name)]
        cells = [
            ShownCell(reading.horizon, reading.cells[record, name])
            for reading in self.readings.values()
            if (record, name) in reading.cells
        ]
        return standing(written, {name: cells})

    def stand(self, record: str) -> list[Stamped]:
        """All that stands of a record."""
        written = [each for each in self.writes.values() if each.write.slot.record == record]
        return standing(written, self.cells(record))

    def cells(self, record: str) -> dict[str, list[ShownCell]]:
        """What workbooks showed of a record, by field."""
        cells: dict[str, list[ShownCell]] = {}
        for reading in self.readings.values():
            for (of, name), ids in reading.cells.items():
                if of == record:
                    cells.setdefault(name, []).append(ShownCell(reading.horizon, ids))
        return cells

    def state(self, record: str) -> RecordState:
        """A record as it is shown."""
        return fold(RULES, self.stand(record))

    def give(self, record: str, name: str, value: object, element: str = "") -> Change:
        """Write one value in place of what stands there; a press of a tally, or one more text, beside it."""
        slot = Slot("people", record, name, element)
        beside = rule("people", name) in (Rule.TALLY, Rule.ONCE)
        saw = () if beside else tuple(each.write.id for each in self.stand(record) if each.write.slot == slot)
        return self.save([Write(WriteId(b"", 0), slot, value, saw)])  # type: ignore[arg-type]

    def delete(self, record: str) -> Change:
        """Delete a record: what of it stands here."""
        return self.give(record, DELETED, deletion(self.stand(record)))

    def undo(self, change: Change) -> Change:
        """Undo a change."""
        stand = {each.write.id: each.write for record in RECORDS for each in self.stand(record)}
        held = dict(self.writes)
        seen = as_it_stands(change, stand.values(), held, rule)
        return self.save(undoing(seen, stand.keys(), held, rule).writes)

    def save(self, writes: Iterable[Write], readings: Iterable[Reading] = ()) -> Change:
        """Make one change of writes whose ids are to be given (run b"") or derived."""
        number = self.known.get(self.run, 0) + 1
        made = []
        for place, write in enumerate(writes):
            own = write.id if write.id.run else WriteId(self.run, number + 1 + place)
            made.append(replace(write, id=own))
        change = Change(
            WriteId(self.run, number), "everyone", "A", bytes(16), number, "live", "edit", tuple(made), tuple(readings)
        )
        self.absorb(change)
        return change

    def absorb(self, change: Change) -> None:
        """Take in one change."""
        self.changes[change.id] = change
        self.known[change.id.run] = max(self.known.get(change.id.run, 0), change.last)
        for stamped in change.stamped():
            self.writes[stamped.write.id] = stamped
        for reading in change.readings:
            self.readings[reading.book] = reading
            for taught in reading.taught:
                self.writes.setdefault(taught.write.id, taught)

    def edit(self, record: str, name: str, value: object) -> Write:
        """Give a field a value, replacing what stands."""
        saw = tuple(sorted(each.write.id for each in self.standing(record, name)))
        return self.save([Write(WriteId(b"", 0), Slot("people", record, name), value, saw)]).writes[0]  # type: ignore[arg-type]

    def sync(self, other: "Ledger") -> None:
        """Exchange all changes, both ways, each run in its order."""
        for one, two in ((self, other), (other, self)):
            offered = {(c.id.run, c.id.number, c.last): c for c in two.changes.values() if c.id not in one.changes}
            for place in ready(one.known, offered):
                one.absorb(offered[place])

    def export(self) -> Book:
        """A workbook of all records and fields."""
        cells = {(record, name): tuple(map(_as_told, self.standing(record, name))) for record, name in CELLS}
        return Book(
            next(Ledger.runs).to_bytes(16, "big"), horizon_of(self.known, self.writes), cells, {}, self._heard(cells)
        )

    def _heard(self, cells: Mapping[tuple[str, str], Sequence[Stamped]]) -> tuple[Reading, ...]:
        told = []
        for record in RECORDS:
            written = [each for each in self.writes.values() if each.write.slot.record == record]
            for horizon, names in heard(self.cells(record), written, Horizon(self.known)):
                shown = {(record, name): frozenset(each.write.id for each in cells[record, name]) for name in names}
                told.append(Reading(next(Ledger.runs).to_bytes(16, "big"), horizon, shown))
        return tuple(told)

    def read(self, book: Book) -> None:
        """Read a workbook back, with what was typed over it."""
        shown = {cell: frozenset(each.write.id for each in writes) for cell, writes in book.cells.items()}
        taught = tuple(each for writes in book.cells.values() for each in writes)
        typed = [
            typed_over(Slot("people", *cell), shown[cell], value, shown[cell])  # type: ignore[arg-type]
            for cell, value in book.typed.items()
        ]
        self.save(typed, [Reading(book.id, book.horizon, shown, taught), *book.heard])
