"""Taking changes into the journal's tables. Nothing here decides anything; the rules are in outreach_app.journal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import write_digest
from outreach_app.journal.statements import Received, statement_digest, understood
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.journals import Journal
from outreach_app.store.packing import (
    packed_cells,
    packed_horizon,
    packed_ids,
    packed_statements,
    packed_taught,
    packed_value,
)
from outreach_app.store.record_journals import RecordJournal, ShownRows, taught_journal
from outreach_app.store.statements import Statements

_PUT_WRITE = "INSERT INTO writes VALUES (?,?,?,?,?,?,?,?,?,?,?)"

UNUSED = "NOT EXISTS (SELECT 1 FROM writes WHERE change = changes.place)"
"""Of a stamp: no write is held by it."""

PUT_RECEIPT = (
    "INSERT INTO receipts VALUES (?,?,?,?)"
    " ON CONFLICT (device, run, first) DO UPDATE SET reached = max(reached, excluded.reached)"
)


class Touched(NamedTuple):
    """The kind of a record, and the clocks of the first and the last of the writes it was touched by."""

    kind: str
    first: int
    last: int


class Intake:
    """Writes changes into the journal, on one connection."""

    def __init__(self, connection: Connection, passing: bool = False) -> None:
        """``passing``: what each workbook teaches need not be kept as it says it, for no change is asked for whole."""
        self._passing = passing
        self._do = Statements(connection)
        self._journal = Journal(connection)
        self.unsaid: set[tuple[str, bytes]] = set()  # records that lost what a workbook had taught: it was another's
        self.begun: dict[bytes, RecordJournal] = {}
        """The journals of the records of which one workbook said all that is held: nobody need read them back."""

    def take(self, taken: Sequence[Change]) -> dict[bytes, Touched | None]:
        """Take in changes, each of which follows what is held of its run; the records they touch, each with what it is
        and when it was written to, or None where more than new writes may have touched it."""
        place = int(self._do("SELECT coalesce(max(place), 0) FROM changes").scalar())
        change_rows: list[Any] = []
        write_rows: list[Any] = []
        carried: list[Any] = []
        derived: list[tuple[Stamped, int]] = []
        touched: dict[bytes, Touched | None] = {}
        read: set[bytes] = set()
        reached: dict[bytes, Any] = {}
        for change in taken:
            place += 1
            change_rows.append(_change_row(place, change))
            reached[change.id.run] = (change.id.run, change.device, change.audience, change.last)
            for position, write in enumerate(change.writes):
                if write.id.number:
                    write_rows.append(_write_row(write, place))
                    record = write_rows[-1][0]
                    touched[record] = _spanning(touched, record, write.slot.kind, change.clock)
                else:
                    derived.append((change.stamp(write), place))
                    touched[id_bytes(write.slot.record)] = None
                    carried.append((place, position, write.id.run, packed_ids(write.replaces)))
            for position, reading in enumerate(change.readings):
                place, records = self._reading(place, change_rows[-1][0], position, reading)
                read |= records
        write_rows.sort(key=_place_of_write)  # many at once then go through each page of the table once
        self._unteach(write_rows)
        self._many("INSERT INTO changes VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", change_rows)
        self._many(_PUT_WRITE, write_rows)
        self._many("INSERT INTO carried VALUES (?,?,?,?)", carried)
        self.settle(derived)
        self._many(
            "INSERT INTO runs VALUES (?,?,?,?)"
            " ON CONFLICT (run) DO UPDATE SET reached = max(reached, excluded.reached)",
            list(reached.values()),
        )
        self.receipts((change.device, change.statements) for change in taken if change.statements)
        self.tell((change.device, change.id, change.statements) for change in taken if change.statements)
        retired = self.retire([change.id for change in taken if change.undoes or change.readings])
        for raw in (*touched, *retired, *(raw for _kind, raw in self.unsaid)):
            self.begun.pop(raw, None)
        return touched | dict.fromkeys(read) | dict.fromkeys(retired)

    def receipts(self, told: Iterable[tuple[bytes, Iterable[Mapping[str, Any]]]]) -> None:
        """What devices say they received; whether it counts depends on who is a coordinator, whenever asked."""
        said = [(device, understood(statement)) for device, statements in told for statement in statements]
        self._many(
            PUT_RECEIPT,
            [
                (device, run, 0, reached)
                for device, what in said
                if isinstance(what, Received)
                for run, reached in what.runs.items()
            ],
        )

    def tell(self, told: Iterable[tuple[bytes, WriteId, Iterable[Mapping[str, Any]]]]) -> None:
        """What devices say in changes of who belongs; what was received is written down beside (:meth:`receipts`)."""
        rows = [
            (device, *change, statement_digest(each), packed_statements([each]))
            for device, change, statements in told
            for each in statements
            if each.get("says") != "received"
        ]
        self._many("INSERT OR IGNORE INTO told VALUES (?,?,?,?,?)", rows)

    def _many(self, statement: str, rows: Sequence[Any]) -> None:
        if rows:
            self._do(statement, list(rows))

    def _reading(self, place: int, change: int, position: int, reading: Reading) -> tuple[int, set[bytes]]:
        """Write down one reading; the last place used for stamps, and the records it shows or teaches."""
        number = self._do(
            "INSERT INTO readings (change, position, book, horizon, retired) VALUES (?,?,?,?,0) RETURNING reading",
            (change, position, reading.book, packed_horizon(reading.horizon)),
        ).scalar()
        cells = ShownRows.of(reading.cells).records
        taught: dict[str, list[Any]] = defaultdict(list)
        for each in reading.taught:
            taught[each.write.slot.record].append(each)
        records = {record: id_bytes(record) for record in cells.keys() | taught.keys()}
        held = self._journal.met(records.values())
        for record, raw in records.items():
            if raw in held:
                self.begun.pop(raw, None)
            elif record in taught:
                self.begun[raw] = taught_journal(taught[record], reading.horizon, cells.get(record, {}))
        place = self.teach(place, reading.taught)
        self._many(
            "INSERT INTO reading_rows VALUES (?,?,?,?)",
            [
                (
                    raw,
                    number,
                    packed_cells(cells.get(record, {})),
                    b"" if self._passing else packed_taught(taught.get(record, ())),
                )
                for record, raw in records.items()
            ],
        )
        return place, set(records.values())

    def teach(self, place: int, taught: Sequence[Stamped]) -> int:
        """Write down what a workbook teaches, where no change says it; the last place used for stamps."""
        stamps: dict[tuple[Any, ...], int] = {}
        said: list[tuple[Stamped, int]] = []
        for each in taught:
            stamp = (each.author, each.device, each.clock, each.source)
            if stamp not in stamps:
                place += 1
                stamps[stamp] = place
            said.append((each, stamps[stamp]))
        self._many(
            "INSERT INTO changes (place, author, device, clock, source, audience, verb, least, digest)"
            " VALUES (?,?,?,?,?,'','',1,x'')",
            [(at, *stamp) for stamp, at in stamps.items()],
        )
        plain, others = self._parted(said)
        self._many(_PUT_WRITE, sorted((_write_row(each.write, at) for each, at in plain), key=_place_of_write))
        for each, _at in others:
            self.begun.pop(id_bytes(each.write.slot.record), None)
        gone = self.settle((replace(each, change=None), at) for each, at in others)
        if others:
            self._sweep({*stamps.values(), *gone})
        return place

    def _parted(self, said: Sequence[tuple[Stamped, int]]) -> tuple[Sequence[Any], Sequence[Any]]:
        """What is taught of writes of which nobody else can have said anything, as no write of their run is held; and
        all else."""
        runs = {each.write.id.run for each, _place in said if each.write.id.number}
        new = {run for run in runs if self._do("SELECT 1 FROM writes WHERE run = ? LIMIT 1", (run,)).first() is None}
        times = Counter(each.write.id for each, _place in said)
        plain: list[tuple[Stamped, int]] = []
        others: list[tuple[Stamped, int]] = []
        for each in said:
            write = each[0].write.id
            (plain if write.number and write.run in new and times[write] == 1 else others).append(each)
        return plain, others

    def _sweep(self, places: Iterable[int]) -> None:
        """Let go of those of the stamps by which no write is held."""
        self._many(f"DELETE FROM changes WHERE place = ? AND run IS NULL AND {UNUSED}", [(at,) for at in places])  # noqa: S608 (ours)

    def settle(self, said: Iterable[tuple[Stamped, int]]) -> set[int]:
        """Write down what may be said of one write by several: changes that carry the same derived one, workbooks; the
        places where what was held until now was said.

        So that every laptop holds the same, in whatever order they come, the first of them stands, and of a derived
        write is replaced all that any of them says. Each comes with the place of its change or stamp.
        """
        gathered: dict[WriteId, list[tuple[Stamped, int]]] = defaultdict(list)
        for each in said:
            gathered[each[0].write.id].append(each)
        held = self._journal.placed(gathered)
        now = {write: _told([held[write], *each] if write in held else each) for write, each in gathered.items()}
        new = {write: one for write, one in now.items() if held.get(write) != one}
        self._many("DELETE FROM writes WHERE run = ? AND number = ?", [tuple(write) for write in new if write in held])
        rows = [_write_row(each.write, place) for each, place in new.values()]
        self._many(_PUT_WRITE, sorted(rows, key=_place_of_write))
        gone = {write: held[write] for write in new if write in held}
        for write, (was, _place) in gone.items():
            self._moved(was.write, new[write][0].write.slot)
        return {place for _was, place in gone.values()}

    def _moved(self, held: Write, slot: Slot) -> None:
        """What was held under a number was said of another record than what is."""
        if (held.slot.kind, held.slot.record) != (slot.kind, slot.record):
            self.unsaid.add((held.slot.kind, id_bytes(held.slot.record)))

    def _unteach(self, rows: Sequence[Any]) -> None:
        """Let go of what workbooks taught of writes whose changes have come: those are right where workbooks say
        otherwise."""
        if self._do("SELECT 1 FROM changes WHERE run IS NULL LIMIT 1").scalar() is None:
            return
        held = self._journal.placed(WriteId(row[1], row[2]) for row in rows)
        taught = {each.write.id: (each.write, place) for each, place in held.values() if each.change is None}
        self._many("DELETE FROM writes WHERE run = ? AND number = ?", [tuple(write) for write in taught])
        self._sweep({place for _write, place in taught.values()})
        for record, run, number, kind, *_rest in rows if taught else ():
            if (known := taught.get(WriteId(run, number))) is not None:
                self._moved(known[0], Slot(kind, id_text(record), ""))

    def retire(self, changes: list[WriteId]) -> set[bytes]:
        """Set anew which readings are retired (undone, and the undo not undone), of these changes and of all that they
        undo; the records those show."""
        touched: set[bytes] = set()
        known = set(changes)
        undone: dict[WriteId, bool] = {}
        for change in changes:
            row = self._do(
                "SELECT place, undoes_run, undoes_number FROM changes WHERE run = ? AND number = ?", tuple(change)
            ).first()
            if row is None:
                continue
            place, *undoes = row
            if undoes[0] is not None and WriteId(*undoes) not in known:
                known.add(WriteId(*undoes))
                changes.append(WriteId(*undoes))
            held = self._do("SELECT 1 FROM readings WHERE change = ? LIMIT 1", (place,)).scalar()
            touched |= self._set_retired(place, self._undone(change, undone)) if held else set()
        return touched

    def _set_retired(self, place: int, retired: bool) -> set[bytes]:
        """Set whether the readings of the change at a place are retired; the records they show, where that is new."""
        rows = self._do(
            "UPDATE readings SET retired = ? WHERE retired <> ? AND change = ? RETURNING reading",
            (retired, retired, place),
        ).all()
        touched: set[bytes] = set()
        for (reading,) in rows:
            touched.update(self._do("SELECT record FROM reading_rows WHERE reading = ?", (reading,)).scalars())
        return touched

    def _undone(self, change: WriteId, known: dict[WriteId, bool]) -> bool:
        """Whether something undoes a change that is not itself undone; ``known``: of which that was found out."""
        order, by, ring = [change], dict[WriteId, list[WriteId]](), False
        for each in order:
            rows = self._do("SELECT run, number FROM changes WHERE undoes_run = ? AND undoes_number = ?", tuple(each))
            by[each] = [WriteId(*row) for row in rows]
            if change in by[each]:  # which no program makes
                by[each].remove(change)
                ring = True
            order.extend(found for found in by[each] if found not in known)
        undone = dict(known) if ring else known
        for each in reversed(order):
            undone[each] = not all(undone[found] for found in by[each])
        return undone[change]


_place_of_write = itemgetter(0, 1, 2)


def _told(said: Sequence[tuple[Stamped, int]]) -> tuple[Stamped, int]:
    """Which of those that say something of one write is told; of a derived one with all that its changes, or the
    workbooks while there are none, say is replaced."""
    first, place = min(said, key=lambda each: _precedence(each[0]))
    if not first.write.id.number and len(said) > 1:
        alike = [each for each, _place in said if (each.change is None) == (first.change is None)]
        first = _replacing(first, {gone for each in alike for gone in each.write.replaces})
    return first, place


def _precedence(said: Stamped) -> tuple[Any, ...]:
    """By which of those who say something of one write the first is told: changes come before workbooks, which salt
    what they teach themselves, so that nothing of it shows whether it is true."""
    if said.change is not None:
        return (0, said.clock, *said.change)
    content = write_digest(said.write if said.write.id.number else _replacing(said, ()).write)
    return (1, said.clock, said.author, said.device, said.source, content)


def _replacing(said: Stamped, gone: Iterable[WriteId]) -> Stamped:
    return replace(said, write=replace(said.write, replaces=tuple(sorted(gone))))


def _spanning(touched: Mapping[bytes, Touched | None], record: bytes, kind: str, clock: int) -> Touched | None:
    """What touched a record, with one more write."""
    if record not in touched:
        return Touched(kind, clock, clock)
    span = touched[record]
    if span is None or span.kind != kind:
        return None
    return Touched(kind, min(span.first, clock), max(span.last, clock))


def _change_row(place: int, change: Change) -> tuple[Any, ...]:
    undoes = change.undoes or (None, None)
    return (
        place, *change.id, change.last, change.audience, change.author, change.device, change.clock, change.source,
        change.verb, *undoes, change.least, change.digest, packed_statements(change.statements),
    )  # fmt: skip


def _write_row(write: Write, place: int) -> tuple[Any, ...]:
    slot = write.slot
    value = None if write.value_hash else packed_value(write.value)
    return (
        id_bytes(slot.record), *write.id, slot.kind, slot.field, slot.element, value, write.salt or None,
        write.value_hash or None, packed_ids(write.replaces) if write.replaces else None, place,
    )  # fmt: skip
