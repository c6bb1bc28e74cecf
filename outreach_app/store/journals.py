"""The journal in the database, read back: what was written of a record, and changes whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import change_digest
from outreach_app.journal.members import Said
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.packing import (
    packed_value,
    unpacked_cells,
    unpacked_horizon,
    unpacked_ids,
    unpacked_statements,
    unpacked_taught,
    unpacked_value,
)
from outreach_app.store.record_journals import RecordJournal, Slotted, replaced_in
from outreach_app.store.statements import Statements

_TOGETHER = 400
"""Records asked for in one query: SQLite allows far more places, but a longer list plans no better."""

_LOOKED_BACK = 5_000

_COLUMNS = (
    "w.record, w.kind, c.clock, w.run, w.number, c.author, c.device, c.source, c.run, c.number,"
    " w.field, w.element, w.value, w.salt, w.value_hash, w.replaces"
)
_STAMP = slice(2, 8)  # those columns that make a Made
_ID, _REPLACES = slice(3, 5), 15
_slot = itemgetter(0, 1, 10, 11)  # record, kind, field, element
_WRITES = "FROM writes w JOIN changes c ON c.place = w.change"
_SELECT = f"SELECT {_COLUMNS}, w.change {_WRITES}"


class _ChangeRow(NamedTuple):
    """A row of the table of changes."""

    place: int
    run: bytes
    number: int
    last: int
    audience: str
    author: str
    device: bytes
    clock: int
    source: str
    verb: str
    undoes_run: bytes | None
    undoes_number: int
    least: int
    digest: bytes
    statements: bytes | None


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
        self._do = Statements(connection)

    def known(self) -> dict[bytes, int]:
        """How far each run is held without a gap; of what was sealed as it was saved, nothing is."""
        return dict(self._do("SELECT run, reached FROM runs WHERE EXISTS (SELECT 1 FROM changes WHERE run = runs.run)"))

    def reached(self, run: bytes) -> int:
        """How far one run is held."""
        return int(self._do("SELECT reached FROM runs WHERE run = ?", (run,)).scalar() or 0)

    def reach(self, run: bytes, device: bytes, audience: str, number: int) -> None:
        """Note that a run was written this far, of which nothing is held: it was sealed to others as it was saved."""
        self._do(
            "INSERT INTO runs VALUES (?,?,?,?) ON CONFLICT (run) DO UPDATE SET reached = excluded.reached",
            (run, device, audience, number),
        )

    def said(self) -> list[Said]:
        """What was said of who belongs, each statement with the device that made it, and where."""
        rows = self._do("SELECT device, run, number, statement FROM told")
        return [Said(device, each, *at) for device, *at, raw in rows for each in unpacked_statements(raw)]

    def said_count(self) -> int:
        """How much was said of who belongs; nothing of it is ever unsaid."""
        return int(self._do("SELECT count(*) FROM told").scalar())

    def for_coordinators(self, records: Callable[[], Collection[bytes]]) -> bool:
        """Whether something was written of one of these records that is for coordinators alone."""
        if not self._do("SELECT 1 FROM runs WHERE audience = 'coordinators' LIMIT 1").scalar():
            return False
        for chunk in chunks(records()):
            places = ",".join("?" * len(chunk))
            found = self._do(
                "SELECT 1 FROM writes w JOIN changes c ON c.place = w.change"  # noqa: S608 (only question marks)
                f" WHERE w.record IN ({places}) AND c.audience = 'coordinators' LIMIT 1",
                tuple(chunk),
            )
            if found.scalar():
                return True
        return False

    def latest(self, device: bytes, about: str, verbs: Collection[str], limit: int) -> list[WriteId]:
        """A device's latest changes by some verbs that wrote of a record, or named it, and that nobody undid; newest
        first. Looked for among its last few thousand."""
        marks = ",".join("?" * len(verbs))
        rows = self._do(
            "SELECT c.run, c.number FROM (SELECT * FROM changes WHERE device = ? AND run IS NOT NULL"  # noqa: S608
            f" ORDER BY place DESC LIMIT {_LOOKED_BACK}) c WHERE c.verb IN ({marks}) AND NOT EXISTS"
            " (SELECT 1 FROM changes u WHERE u.undoes_run = c.run AND u.undoes_number = c.number)"
            " AND EXISTS (SELECT 1 FROM writes w WHERE w.change = c.place AND (w.record = ? OR w.value = ?))"
            " ORDER BY c.place DESC LIMIT ?",
            (device, *verbs, id_bytes(about), packed_value(about), limit),
        )
        return [WriteId(*row) for row in rows]

    def load(self, records: Iterable[bytes], replaced: bool = True) -> dict[bytes, RecordJournal]:
        """What is held of each of the records; those of which nothing is held are left out.

        Without the ``replaced`` writes where only what stands is asked for: most of a long history never does.
        """
        found: dict[bytes, RecordJournal] = {}
        texts: dict[bytes, str] = {}
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            rows = self._do(f"{_SELECT} WHERE w.record IN ({places})", tuple(chunk)).all()
            gone = set[Slotted]() if replaced else replaced_in(rows, _slot, _ID, _REPLACES)
            for row in rows:
                journal = found.get(row[0])
                if journal is None:
                    journal = found[row[0]] = RecordJournal()
                    texts[row[0]] = id_text(row[0])
                journal.note(row[1], row[_STAMP])
                if not gone or (_slot(row), row[_ID]) not in gone:
                    journal.writes.append(_stamped(row, texts[row[0]]))
            self._load_cells(chunk, places, found)
        return found

    def _load_cells(self, chunk: list[bytes], places: str, found: dict[bytes, RecordJournal]) -> None:
        shown = "SELECT x.record, x.cells, b.horizon FROM reading_rows x JOIN readings b ON b.reading = x.reading"
        rows = self._do(f"{shown} WHERE NOT b.retired AND x.record IN ({places})", tuple(chunk))
        horizons: dict[bytes, Any] = {}
        known: dict[bytes, Any] = {}  # many workbooks show the same of a record: a theme, an event
        for record, cells, raw in rows:
            if record not in found:
                continue
            if raw not in horizons:
                horizons[raw] = unpacked_horizon(raw)
            if cells not in known:
                known[cells] = unpacked_cells(cells)
            found[record].cells.show(horizons[raw], known[cells])

    def met(self, records: Iterable[bytes]) -> set[bytes]:
        """Those of the records of which something was written, or which a workbook showed."""
        found: set[bytes] = set()
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            for table in ("writes", "reading_rows"):
                statement = f"SELECT DISTINCT record FROM {table} WHERE record IN ({places})"  # noqa: S608 (our own names)
                found.update(self._do(statement, tuple(chunk)).scalars())
        return found

    def writes(self, ids: Iterable[WriteId]) -> dict[WriteId, Stamped]:
        """Those of the writes that are held."""
        return {write: stamped for write, (stamped, _place) in self.placed(ids).items()}

    def placed(self, ids: Iterable[WriteId]) -> dict[WriteId, tuple[Stamped, int]]:
        """Those of the writes that are held, each with the place of its change, or of its stamp."""
        found: dict[WriteId, tuple[Stamped, int]] = {}
        for chunk in chunks(ids):
            asked = f"{_SELECT} WHERE (w.run, w.number) IN (VALUES {_pairs(chunk)})"
            for row in self._do(asked, tuple(part for each in chunk for part in each)):
                found[WriteId(*row[_ID])] = _stamped(row, id_text(row[0])), row[-1]
        return found

    def holds(self, kind: str, records: Sequence[bytes]) -> set[bytes]:
        """Those of the records of a kind of which something was written."""
        places = ",".join("?" * len(records))
        statement = f"SELECT DISTINCT record FROM writes WHERE kind = ? AND record IN ({places})"  # noqa: S608 (only question marks)
        return set(self._do(statement, (kind, *records)).scalars())

    def broken(self) -> int:
        """How many changes do not have the digest they were saved with, or are gone from the midst of their run."""
        count = 0
        for run, reached in self.known().items():
            number = 0
            while number < reached:
                found = self.after(run, number, _TOGETHER)
                for change in found:
                    count += change_digest(change) != change.digest or change.id.number != number + 1
                    number = change.last
                if not found:
                    count, number = count + 1, reached
        return count

    def clashes(self, change: Change) -> bool:
        """Whether another change is held under this one's number."""
        held = self._do("SELECT digest FROM changes WHERE run = ? AND number = ?", tuple(change.id)).scalar()
        return bool(held != change.digest)

    def taken(self, change: Change) -> bool:
        """Whether any of a change's numbers is held, by it or by another."""
        told = "SELECT 1 FROM changes WHERE run = ? AND number <= ? AND last >= ? LIMIT 1"
        return self._do(told, (change.id.run, change.last, change.id.number)).scalar() is not None

    def change(self, change: WriteId) -> Change | None:
        """A change by its id, whole."""
        found = self.changes([change])
        return found[0] if found else None

    def after(self, run: bytes, number: int, limit: int) -> list[Change]:
        """The changes held of one run that follow ``number``, in order."""
        rows = self._do(
            "SELECT * FROM changes WHERE run = ? AND number > ? ORDER BY number LIMIT ?", (run, number, limit)
        )
        return self._whole([_ChangeRow._make(row) for row in rows])

    def changes(self, which: Sequence[WriteId]) -> list[Change]:
        """Those of the changes that are held, whole, in the order asked for."""
        found: dict[WriteId, Change] = {}
        for chunk in chunks(which):
            statement = f"SELECT * FROM changes WHERE (run, number) IN (VALUES {_pairs(chunk)})"  # noqa: S608 (only question marks)
            rows = self._do(statement, tuple(part for each in chunk for part in each))
            found.update((change.id, change) for change in self._whole([*map(_ChangeRow._make, rows)]))
        return [found[each] for each in which if each in found]

    def _whole(self, rows: Sequence["_ChangeRow"]) -> list[Change]:
        """The changes of these rows, in their order."""
        made = []
        for chunk in chunks(rows):
            writes, readings = self._writes_of(chunk), self._readings_of([row.place for row in chunk])
            made += [
                Change(
                    WriteId(row.run, row.number), row.audience, row.author, row.device, row.clock, row.source, row.verb,
                    tuple(writes[row.place][position] for position in sorted(writes[row.place])),
                    tuple(readings.get(row.place, ())),
                    WriteId(row.undoes_run, row.undoes_number) if row.undoes_run is not None else None,
                    row.least, row.digest, unpacked_statements(row.statements),
                )
                for row in chunk
            ]  # fmt: skip
        return made

    def _writes_of(self, rows: Sequence["_ChangeRow"]) -> dict[int, dict[int, Write]]:
        """Each change's writes by their position in it, by its place."""
        at: dict[int, dict[int, Write]] = {row.place: {} for row in rows}
        first = {row.place: row.number + 1 for row in rows}
        marks = ",".join("?" * len(rows))
        derived: dict[WriteId, Write] = {}
        for row in self._do(f"{_SELECT} WHERE w.change IN ({marks})", tuple(at)):
            write, place = _stamped(row, id_text(row[0])).write, row[-1]
            if write.id.number:
                at[place][write.id.number - first[place]] = write
            else:
                derived[write.id] = write
        statement = f"SELECT change, position, run, replaces FROM carried WHERE change IN ({marks})"  # noqa: S608 (only question marks)
        carried = [(*at, WriteId(run, 0), said) for *at, run, said in self._do(statement, tuple(at))]
        elsewhere = self.writes(each for _place, _position, each, _said in carried if each not in derived)
        derived.update((each, stamped.write) for each, stamped in elsewhere.items())
        for place, position, each, said in carried:
            if each in derived:
                at[place][position] = replace(derived[each], replaces=unpacked_ids(said))
        return at

    def _readings_of(self, places: Sequence[int]) -> dict[int, list[Reading]]:
        """The readings of the changes at these places, in their order, by place."""
        made: dict[int, list[Reading]] = {}
        marks = ",".join("?" * len(places))
        columns = "SELECT change, reading, book, horizon FROM readings"
        rows = self._do(f"{columns} WHERE change IN ({marks}) ORDER BY change, position", tuple(places)).all()
        for change, number, book, horizon in rows:
            cells: dict[tuple[str, str], frozenset[WriteId]] = {}
            taught: list[Stamped] = []
            for raw, shown, known in self._do(
                "SELECT record, cells, taught FROM reading_rows WHERE reading = ? ORDER BY record", (number,)
            ):
                record = id_text(raw)
                cells.update({(record, name): ids for name, ids in unpacked_cells(shown).items()})
                taught.extend(unpacked_taught(known, record))
            made.setdefault(change, []).append(Reading(book, unpacked_horizon(horizon), cells, tuple(taught)))
        return made


def digested(change: Change) -> Change:
    """The change with its digest."""
    return replace(change, digest=change_digest(change))


def _pairs(ids: Sequence[WriteId]) -> str:
    """Places for so many ids in a statement."""
    return ",".join(["(?,?)"] * len(ids))


def _stamped(row: Sequence[Any], record: str) -> Stamped:
    """A row of ``_COLUMNS`` and one more as the write it is, of the record whose id it has."""
    (
        _, kind, clock, run, number, author, device, source, change_run, change_number, name, element, value, salt,
        struck, replaces, _,
    ) = row  # fmt: skip
    slot = Slot(kind, record, name, element)
    write = Write(WriteId(run, number), slot, unpacked_value(value), unpacked_ids(replaces), salt or b"", struck or b"")
    change = WriteId(change_run, change_number) if change_run is not None else None
    return Stamped(write, clock, author, device, source, change)
