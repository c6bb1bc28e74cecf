"""What a return file says of a laptop's work, on both sides: which of its writes are held, and what that covers."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Horizon, WriteId
from outreach_app.journal.statements import tells
from outreach_app.model.identifiers import id_text
from outreach_app.store.journals import Journal
from outreach_app.store.packing import unpacked_statements
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.shipping import BY_ITSELF
from outreach_app.store.statements import Statements

_HALF = 8  # bytes that a run's id has of its device's
_OWN = (  # each write of a laptop's own changes: its change, its id, its record; without writes a change has one line.
    # What a change says beside its writes no workbook carries
    "SELECT c.run, c.number, c.last, w.run, w.number, w.record FROM changes c"  # noqa: S608 (ours)
    " LEFT JOIN writes w ON w.change = c.place WHERE c.device = ? AND c.run IS NOT NULL AND c.statements IS NULL"
    f" AND c.verb NOT IN {BY_ITSELF}"
    " UNION SELECT c.run, c.number, c.last, k.run, 0, w.record FROM carried k"
    " JOIN changes c ON c.place = k.change JOIN writes w ON w.run = k.run AND w.number = 0"
    " WHERE c.device = ? AND c.statements IS NULL ORDER BY 1, 2"
)
_READ = (  # which workbooks a laptop's own changes read; a change that undoes one says what no workbook carries
    "SELECT c.run, c.number, r.book FROM readings r JOIN changes c ON c.place = r.change WHERE c.device = ?"
    " UNION SELECT u.run, u.number, NULL FROM readings r JOIN changes c ON c.place = r.change"
    " JOIN changes u ON u.undoes_run = c.run AND u.undoes_number = c.number WHERE u.device = ?"
)

Stretches: TypeAlias = Mapping[bytes, Sequence[tuple[int, int]]]
"""By run, from which number to which, both among them."""


@dataclass(frozen=True)
class HeldWrites:
    """Which writes somebody holds: of a laptop's ``numbered`` by run, in order, and those whose ids are derived; of
    everybody's those that a ``horizon`` covers."""

    numbered: Stretches
    derived: frozenset[bytes]
    horizon: Horizon = field(default_factory=lambda: Horizon({}))

    def __contains__(self, write: WriteId) -> bool:
        if not write.number and write.run in self.derived:
            return True
        told = self.numbered.get(write.run, ())
        at = bisect_right(told, write.number, key=lambda stretch: stretch[0]) - 1
        return (at >= 0 and write.number <= told[at][1]) or self.horizon.covers(write)


@dataclass(frozen=True, slots=True)
class Taught:
    """A laptop of whose work workbooks told: when it wrote the latest of that, and who."""

    device: bytes
    name: str
    last: int  # microseconds since 1970 UTC


class Returns:
    """What return files are made from and what comes of them, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._do = Statements(connection)
        self._journal = Journal(connection)

    def taught_by(self) -> list[Taught]:
        """The laptops of whose work workbooks told, and no segment did yet."""
        rows = self._do("SELECT device, author, max(clock) FROM changes WHERE run IS NULL GROUP BY device")
        return [Taught(*row) for row in rows]

    def records_of(self, device: bytes) -> dict[str, set[str]]:
        """By kind, the records that a laptop wrote in."""
        found: dict[str, set[str]] = {}
        asked = "SELECT DISTINCT kind, record FROM writes WHERE run >= ? AND run < ? AND number > 0"
        for kind, record in self._do(asked, _runs_of(device)):
            found.setdefault(kind, set()).add(id_text(record))
        asked = "SELECT DISTINCT w.kind, w.record FROM writes w JOIN changes c ON c.place = w.change WHERE c.device = ?"
        for kind, record in self._do(asked, (device,)):
            found.setdefault(kind, set()).add(id_text(record))
        return found

    def held_of(self, device: bytes) -> HeldWrites:
        """The writes of a laptop that are held here, whichever way they came."""
        rows = self._do(
            "SELECT run, number FROM writes WHERE run >= ? AND run < ? AND number > 0 ORDER BY run, number",
            _runs_of(device),
        ).all()
        numbered = {
            run: stretches(number for _run, number in group) for run, group in groupby(rows, lambda row: row[0])
        }
        derived = self._do(
            "SELECT w.run FROM writes w WHERE w.number = 0 AND w.record IN (SELECT record FROM writes x"
            " JOIN changes c ON c.place = x.change WHERE c.device = ?)",
            (device,),
        ).scalars()
        return HeldWrites(numbered, frozenset(derived))

    def books(self, device: bytes) -> list[bytes]:
        """The exports whose workbooks were read back here, or made."""
        made = "SELECT w.record FROM writes w JOIN changes c ON c.place = w.change WHERE w.kind = 'exports'"
        asked = f"SELECT book FROM readings WHERE NOT retired AND book <> x'' UNION {made} AND c.device = ?"  # noqa: S608 (ours)
        return list(self._do(asked, (device,)).scalars())

    def who_belongs(self) -> list[bytes]:
        """The segments that say who belongs to the space, in the order of runs: for a laptop that never synced."""
        told = self._do("SELECT run, statement FROM told").all()
        runs = sorted({run for run, raw in told if tells(unpacked_statements(raw))})
        asked = "SELECT data FROM segments WHERE run = ? AND state = 'applied' ORDER BY first"
        return [data for run in runs for data in self._do(asked, (run,)).scalars()]

    def received(self, device: bytes, held: HeldWrites, books: Collection[bytes]) -> Stretches:
        """Which changes of this laptop's own others hold with that: all that stands of them, or what took its place.

        Of an export that was merged its entry in the log is known, too. A change that read workbooks is received where
        those were read there as well, and one that wrote nothing with those after it in its run.
        """
        unread = {(run, number) for run, number, book in self._do(_READ, (device, device)) if book not in books}
        rows = self._do(_OWN, (device, device)).all()
        open_ = {
            WriteId(run, number): record
            for *_change, run, number, record in rows
            if run is not None and record not in books and WriteId(run, number) not in held
        }
        lacking = self._lacking(open_, held)
        found: dict[bytes, list[tuple[int, int]]] = {}
        for run, of_run in groupby(rows, key=lambda row: row[0]):
            silent: list[tuple[int, int]] = []
            for number, of_change in groupby(of_run, key=lambda row: row[1]):
                lines = [*of_change]
                ids = [WriteId(*line[3:5]) for line in lines if line[3] is not None]
                own = number, lines[0][2]
                if (run, number) in unread:
                    continue
                if not ids:
                    silent.append(own)
                elif lacking.isdisjoint(ids):
                    found.setdefault(run, []).extend([*silent, own])
                    silent = []
        return {run: _together(each) for run, each in found.items()}

    def _lacking(self, open_: Mapping[WriteId, bytes], held: HeldWrites) -> set[WriteId]:
        """Those of writes nobody else is known to hold that stand, or whose place nothing took that is held."""
        lacking = set(open_)
        for journal in self._journal.load(set(open_.values())).values():
            lacking -= _given_way(journal, held).difference(each.write.id for each in journal.standing())
        return lacking

    def put(self, by: bytes, received: Stretches) -> None:
        """Write down that a coordinator's laptop holds these changes of this one."""
        rows = [(by, run, *each) for run, told in received.items() for each in told]
        if rows:
            self._do(
                "INSERT INTO receipts VALUES (?,?,?,?)"
                " ON CONFLICT (device, run, first) DO UPDATE SET reached = max(reached, excluded.reached)",
                rows,
            )


def _given_way(journal: RecordJournal, held: HeldWrites) -> set[WriteId]:
    """Of a record's writes those that are held, and those that, one after another, gave way to such."""
    replaces = {each.write.id: each.write.replaces for each in journal.writes}
    found: set[WriteId] = set()
    new = [each for each in replaces if each in held]
    while new:
        while new:
            write = new.pop()
            if write not in found:
                found.add(write)
                new += replaces.get(write, ())
        for each in journal.writes:  # a workbook that showed what is held may have let go of more
            write, cells = each.write.id, journal.cells.get(each.write.slot.field, ())
            if write not in found and any(
                cell.ids and cell.ids <= found and cell.horizon.covers(write) for cell in cells
            ):
                new.append(write)
    return found


def stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order, as stretches without a hole."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _together(changes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The numbers that changes take, in order, as stretches without a hole."""
    return stretches(number for first, last in changes for number in range(first, last + 1))


def _runs_of(device: bytes) -> tuple[bytes, bytes]:
    """Between which ids the runs of a device are."""
    return device[:_HALF] + bytes(_HALF), device[:_HALF] + b"\xff" * (_HALF + 1)
