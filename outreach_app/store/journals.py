"""The journal in the database: taking changes in, and reading back what was written of a record or a change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import change_digest
from outreach_app.journal.standing import ShownCell, standing
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.packing import (
    packed_cells,
    packed_horizon,
    packed_ids,
    packed_value,
    unpacked_cells,
    unpacked_horizon,
    unpacked_ids,
    unpacked_value,
)

_TOGETHER = 400
"""Records asked for in one query: SQLite allows far more places, but a longer list plans no better."""

_SELECT = (
    "SELECT w.record, w.run, w.number, w.kind, w.field, w.element, w.value, w.salt, w.value_hash, w.replaces,"
    " c.clock, c.author, c.device, c.source, c.run, c.number, r.run"
    " FROM writes w JOIN changes c ON c.place = w.change"
    " LEFT JOIN replaced r ON r.run = w.run AND r.number = w.number"
)


@dataclass(slots=True)
class RecordJournal:
    """All that the journal holds of one record."""

    kind: str
    writes: list[Stamped] = field(default_factory=list)
    replaced: set[WriteId] = field(default_factory=set)
    cells: dict[str, list[ShownCell]] = field(default_factory=dict)

    def standing(self) -> list[Stamped]:
        """The writes that stand, in the order of slots."""
        return standing(self.writes, self.replaced, self.cells)

    def in_slot(self, slot: Slot) -> list[Stamped]:
        """The writes that stand in one slot."""
        return [each for each in self.standing() if each.write.slot == slot]


def chunks(items: Iterable[Any], size: int = _TOGETHER) -> Iterator[list[Any]]:
    """``items`` in lists of at most ``size``."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class Journal:
    """The journal's tables on one connection. Nothing here decides anything; the rules are in outreach_app.journal."""

    def __init__(self, connection: Connection) -> None:
        self._do = connection.exec_driver_sql

    def known(self) -> dict[bytes, int]:
        """How far each run is held without a gap."""
        return {row.run: row.reached for row in self._do("SELECT run, reached FROM runs")}

    def reached(self, run: bytes) -> int:
        """How far one run is held."""
        return int(self._do("SELECT reached FROM runs WHERE run = ?", (run,)).scalar() or 0)

    # taking in

    def add(self, taken: Sequence[Change]) -> set[bytes]:
        """Take in changes, each of which follows what is held of its run; the records they touch."""
        place = int(self._do("SELECT coalesce(max(place), 0) FROM changes").scalar_one())
        change_rows: list[Any] = []
        write_rows: list[Any] = []
        carried: list[Any] = []
        gone: list[WriteId] = []
        touched: set[bytes] = set()
        reached: dict[bytes, Any] = {}
        for change in taken:
            place += 1
            change_rows.append(_change_row(place, change))
            reached[change.id.run] = (change.id.run, change.device, change.audience, change.last)
            for position, write in enumerate(change.writes):
                write_rows.append(_write_row(write, place))
                gone.extend(write.replaces)
                touched.add(write_rows[-1][3])
                if not write.id.number:
                    carried.append((place, position, write.id.run))
            for position, reading in enumerate(change.readings):
                place, records = self._add_reading(place, change_rows[-1][0], position, reading)
                touched |= records
        self._many("INSERT INTO changes VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", change_rows)
        self._many(_PUT_WRITE, write_rows)
        self._many("INSERT INTO carried VALUES (?,?,?)", carried)
        self._many("INSERT OR IGNORE INTO replaced VALUES (?,?)", gone)
        self._many(
            "INSERT INTO runs VALUES (?,?,?,?) ON CONFLICT (run) DO UPDATE SET reached = max(reached, excluded.reached)",
            list(reached.values()),
        )
        for change in taken:
            if change.undoes or change.readings:
                touched |= self._retire(change.undoes or change.id)
        return touched

    def _many(self, statement: str, rows: Sequence[Any]) -> None:
        if rows:
            self._do(statement, list(rows))

    def _add_reading(self, place: int, change: int, position: int, reading: Reading) -> tuple[int, set[bytes]]:
        """Write down one reading; the last place used for stamps, and the records it shows or teaches."""
        number = self._do(
            "INSERT INTO readings (change, position, book, horizon, retired) VALUES (?,?,?,?,0) RETURNING reading",
            (change, position, reading.book, packed_horizon(reading.horizon)),
        ).scalar_one()
        cells: dict[str, dict[str, frozenset[WriteId]]] = defaultdict(dict)
        for (record, name), ids in reading.cells.items():
            cells[record][name] = ids
        taught: dict[str, list[WriteId]] = defaultdict(list)
        stamps: dict[tuple[Any, ...], int] = {}
        rows: list[Any] = []
        gone: list[WriteId] = []
        for each in reading.taught:
            stamp = (each.author, each.device, each.clock, each.source)
            if stamp not in stamps:
                place += 1
                stamps[stamp] = place
            rows.append(_write_row(each.write, stamps[stamp]))
            gone.extend(each.write.replaces)
            taught[each.write.slot.record].append(each.write.id)
        self._many(
            "INSERT INTO changes (place, author, device, clock, source, audience, verb, least, digest)"
            " VALUES (?,?,?,?,?,'','',1,x'')",
            [(at, *stamp) for stamp, at in stamps.items()],
        )
        self._many("INSERT OR IGNORE INTO writes VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
        self._many("INSERT OR IGNORE INTO replaced VALUES (?,?)", gone)
        records = {record: id_bytes(record) for record in cells.keys() | taught.keys()}
        self._many(
            "INSERT INTO reading_rows VALUES (?,?,?,?)",
            [
                (raw, number, packed_cells(cells.get(record, {})), packed_ids(taught.get(record, ())) or b"")
                for record, raw in records.items()
            ],
        )
        return place, set(records.values())

    def _retire(self, change: WriteId) -> set[bytes]:
        """Set whether a change's readings are retired (undone, and the undo not undone); the records they show."""
        retired = self._undone(change)
        rows = self._do(
            "UPDATE readings SET retired = ? WHERE retired <> ? AND change ="
            " (SELECT place FROM changes WHERE run = ? AND number = ?) RETURNING reading",
            (retired, retired, *change),
        ).all()
        touched: set[bytes] = set()
        for (reading,) in rows:
            touched |= set(self._do("SELECT record FROM reading_rows WHERE reading = ?", (reading,)).scalars())
        return touched

    def _undone(self, change: WriteId) -> bool:
        by = self._do("SELECT run, number FROM changes WHERE undoes_run = ? AND undoes_number = ?", tuple(change)).all()
        return any(not self._undone(WriteId(*each)) for each in by)

    # reading back

    def load(self, records: Iterable[bytes]) -> dict[bytes, RecordJournal]:
        """What is held of each of the records; those of which nothing is held are left out."""
        found: dict[bytes, RecordJournal] = {}
        texts: dict[bytes, str] = {}
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            for row in self._do(f"{_SELECT} WHERE w.record IN ({places})", tuple(chunk)):
                journal = found.get(row[0])
                if journal is None:
                    journal = found[row[0]] = RecordJournal(row[3])
                    texts[row[0]] = id_text(row[0])
                journal.writes.append(_stamped(row, texts[row[0]]))
                if row[16] is not None:
                    journal.replaced.add(journal.writes[-1].write.id)
            self._load_cells(chunk, places, found)
        return found

    def _load_cells(self, chunk: list[bytes], places: str, found: dict[bytes, RecordJournal]) -> None:
        rows = self._do(
            "SELECT x.record, x.cells, b.horizon FROM reading_rows x JOIN readings b ON b.reading = x.reading"
            f" WHERE NOT b.retired AND x.record IN ({places})",
            tuple(chunk),
        )
        horizons: dict[bytes, Any] = {}
        for record, cells, raw in rows:
            if record not in found:
                continue
            if raw not in horizons:
                horizons[raw] = unpacked_horizon(raw)
            horizon = horizons[raw]
            for name, ids in unpacked_cells(cells).items():
                found[record].cells.setdefault(name, []).append(ShownCell(horizon, ids))

    def writes(self, ids: Iterable[WriteId]) -> dict[WriteId, Stamped]:
        """Those of the writes that are held."""
        found: dict[WriteId, Stamped] = {}
        for each in ids:
            row = self._do(f"{_SELECT} WHERE w.run = ? AND w.number = ?", tuple(each)).first()
            if row is not None:
                found[each] = _stamped(row, id_text(row[0]))
        return found

    def holds(self, records: Sequence[bytes]) -> set[bytes]:
        """Those of the records of which something was written."""
        places = ",".join("?" * len(records))
        statement = f"SELECT DISTINCT record FROM writes WHERE record IN ({places})"  # noqa: S608 (only question marks)
        return set(self._do(statement, tuple(records)).scalars())

    def broken(self) -> int:
        """How many changes do not have the digest they were saved with."""
        count = 0
        for run, reached in self.known().items():
            number = 0
            while number < reached:
                found = self.after(run, number, _TOGETHER)
                count += sum(change_digest(change) != change.digest for change in found)
                number = found[-1].last if found else reached
        return count

    def clashes(self, change: Change) -> bool:
        """Whether another change is held under this one's number."""
        held = self._do("SELECT digest FROM changes WHERE run = ? AND number = ?", tuple(change.id)).scalar()
        return held != change.digest

    def change(self, change: WriteId) -> Change | None:
        """A change by its id, whole."""
        row = self._do("SELECT * FROM changes WHERE run = ? AND number = ?", tuple(change)).first()
        return None if row is None else self._whole(row)

    def after(self, run: bytes, number: int, limit: int) -> list[Change]:
        """The changes held of one run that follow ``number``, in order."""
        rows = self._do(
            "SELECT * FROM changes WHERE run = ? AND number > ? ORDER BY number LIMIT ?", (run, number, limit)
        )
        return [self._whole(row) for row in rows.all()]

    def _whole(self, row: Any) -> Change:
        numbered = self._do(
            f"{_SELECT} WHERE w.run = ? AND w.number > ? AND w.number <= ? ORDER BY w.number",
            (row.run, row.number, row.last),
        ).all()
        at = {each[2] - row.number - 1: _stamped(each, id_text(each[0])).write for each in numbered}
        derived = self._do("SELECT position, run FROM carried WHERE change = ?", (row.place,)).all()
        found = self.writes(WriteId(each.run, 0) for each in derived)
        at.update({each.position: found[WriteId(each.run, 0)].write for each in derived})
        undoes = WriteId(row.undoes_run, row.undoes_number) if row.undoes_run is not None else None
        return Change(
            WriteId(row.run, row.number), row.audience, row.author, row.device, row.clock, row.source, row.verb,
            tuple(at[position] for position in sorted(at)), self._readings(row.place), undoes, row.least, row.digest,
        )  # fmt: skip

    def _readings(self, place: int) -> tuple[Reading, ...]:
        made = []
        for row in self._do(
            "SELECT reading, book, horizon FROM readings WHERE change = ? ORDER BY position", (place,)
        ).all():
            cells: dict[tuple[str, str], frozenset[WriteId]] = {}
            taught: list[WriteId] = []
            for shown in self._do("SELECT record, cells, taught FROM reading_rows WHERE reading = ?", (row.reading,)):
                record = id_text(shown.record)
                cells.update({(record, name): ids for name, ids in unpacked_cells(shown.cells).items()})
                taught.extend(unpacked_ids(shown.taught or None))
            known = self.writes(taught)
            made.append(
                Reading(row.book, unpacked_horizon(row.horizon), cells, tuple(known[each] for each in sorted(taught)))
            )
        return tuple(made)


_PUT_WRITE = (
    "INSERT INTO writes VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (run, number) DO UPDATE SET"
    " kind = excluded.kind, record = excluded.record, field = excluded.field, element = excluded.element,"
    " value = excluded.value, salt = excluded.salt, value_hash = excluded.value_hash, replaces = excluded.replaces,"
    " change = excluded.change"
    # a segment is right where a workbook taught something else; among equals the first stays
    " WHERE (SELECT run FROM changes WHERE place = writes.change) IS NULL"
)


def digested(change: Change) -> Change:
    """The change with its digest."""
    return replace(change, digest=change_digest(change))


def _change_row(place: int, change: Change) -> tuple[Any, ...]:
    undoes = change.undoes or (None, None)
    return (
        place, *change.id, change.last, change.audience, change.author, change.device, change.clock, change.source,
        change.verb, *undoes, change.least, change.digest,
    )  # fmt: skip


def _write_row(write: Write, place: int) -> tuple[Any, ...]:
    slot = write.slot
    value = None if write.value_hash else packed_value(write.value)
    return (
        *write.id, slot.kind, id_bytes(slot.record), slot.field, slot.element, value, write.salt or None,
        write.value_hash or None, packed_ids(write.replaces), place,
    )  # fmt: skip


def _stamped(row: Any, record: str) -> Stamped:
    """A row of ``_SELECT`` as the write it is."""
    (
        _,
        run,
        number,
        kind,
        name,
        element,
        value,
        salt,
        struck,
        replaces,
        clock,
        author,
        device,
        source,
        *change,
        _gone,
    ) = row
    write = Write(
        WriteId(run, number), Slot(kind, record, name, element), unpacked_value(value), unpacked_ids(replaces),
        salt or b"", struck or b"",
    )  # fmt: skip
    return Stamped(write, clock, author, device, source, WriteId(*change) if change[0] is not None else None)
