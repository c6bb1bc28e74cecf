"""Setting back: changes that were taken in and count no longer leave the journal; their segments stay, and wait.

What others wrote stands, and so does what a workbook taught or another change carries too, as those say it.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Stamped, WriteId
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.intakes import UNUSED, Intake
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.packing import unpacked_statements, unpacked_taught
from outreach_app.store.statements import Statements

Unsaid: TypeAlias = set[tuple[str, bytes]]
"""Records, each with its kind, of which something that was said counts no longer."""


def set_back(connection: Connection, limits: Mapping[bytes, int], state: str) -> tuple[set[bytes], Unsaid]:
    """Take out of the journal what each run says beyond its limit; the records whose rows are to be made anew, and
    those of which nothing may be left.

    The segments that carried it are in ``state`` from then on.
    """
    do = Statements(connection)
    places: list[int] = []
    for run, limit in limits.items():
        places += do("SELECT place FROM changes WHERE run = ? AND last > ?", (run, limit)).scalars()
        do(
            "UPDATE runs SET reached = coalesce((SELECT max(last) FROM changes WHERE run = ? AND last <= ?), 0)"
            " WHERE run = ?",
            (run, limit, run),
        )
        do("DELETE FROM runs WHERE run = ? AND reached = 0", (run,))
        told = "UPDATE segments SET state = ? WHERE run = ? AND last > ? AND state IN ('applied', 'forked')"
        do(told, (state, run, limit))
    gone = _Leaving(connection).let_go(places) if places else (set[bytes](), Unsaid())
    for run in limits:  # the first odd one is gone
        do(
            "DELETE FROM odd_clocks WHERE run = ? AND clock NOT IN (SELECT clock FROM changes WHERE run = ?)",
            (run, run),
        )
    return gone


class _Leaving:
    """What leaves the journal, and what follows from that."""

    def __init__(self, connection: Connection) -> None:
        self._do, self._journal, self._intake = Statements(connection), Journal(connection), Intake(connection)
        self._records: set[bytes] = set()  # what workbooks showed or teach of these is another now
        self._gone: Unsaid = set()
        self._derived: set[WriteId] = set()  # writes that other changes may carry too
        self._unsaid: set[WriteId] = set()  # all that is written there or taught: workbooks may teach it too
        self._undone: set[WriteId] = set()
        self._devices: set[bytes] = set()  # whose words of what they received may be among it

    def let_go(self, places: Collection[int]) -> tuple[set[bytes], Unsaid]:
        """Let go of the changes at these places; the records touched (:func:`set_back`)."""
        batches = [(tuple(chunk), ",".join("?" * len(chunk))) for chunk in chunks(places)]
        for at, marks in batches:
            self._look_at(at, marks)
        carried = self._carried_besides({*places}) if self._derived else []
        for at, marks in batches:
            self._let_go(at, marks)
        self._forget(self._derived)
        self._intake.settle(carried)
        self._teach_again()
        self._receive_again()
        return self._records | self._intake.retire([*self._undone]), self._gone

    def _look_at(self, at: tuple[int, ...], marks: str) -> None:
        told = f"SELECT device, undoes_run, undoes_number, statements IS NULL FROM changes WHERE place IN ({marks})"  # noqa: S608 (only question marks, as below)
        for device, *undoes, silent in self._do(told, at):
            if undoes[0] is not None:
                self._undone.add(WriteId(*undoes))
            if not silent:
                self._devices.add(device)
        derived = self._do(f"SELECT DISTINCT run FROM carried WHERE change IN ({marks})", at).scalars()  # noqa: S608
        self._derived.update(WriteId(run, 0) for run in derived)

    def _carried_besides(self, places: Collection[int]) -> list[tuple[Stamped, int]]:
        """The derived writes as changes at other places carry them, each with its place."""
        runs = {each.run for each in self._derived}
        others: set[int] = set()
        for chunk in chunks(runs):
            marks = ",".join("?" * len(chunk))
            carriers = self._do(f"SELECT DISTINCT change FROM carried WHERE run IN ({marks})", tuple(chunk))  # noqa: S608 (only question marks)
            others.update(carriers.scalars())
        found: list[tuple[Stamped, int]] = []
        for chunk in chunks(sorted(others.difference(places))):
            marks = ",".join("?" * len(chunk))
            named = self._do(f"SELECT place, run, number FROM changes WHERE place IN ({marks})", tuple(chunk))  # noqa: S608 (only question marks)
            at = {WriteId(*change): place for place, *change in named}
            for change in self._journal.changes([*at]):
                said = (each for each in change.stamped() if each.write.id in self._derived)
                found.extend((each, at[change.id]) for each in said)
        return found

    def _let_go(self, at: tuple[int, ...], marks: str) -> None:
        do = self._do
        do(f"DELETE FROM carried WHERE change IN ({marks})", at)  # noqa: S608 (only question marks, as below)
        do(f"DELETE FROM changes WHERE place IN ({marks})", at)  # noqa: S608
        gone = do(f"DELETE FROM writes WHERE change IN ({marks}) RETURNING kind, record, run, number", at)  # noqa: S608
        for kind, record, *write in gone:
            self._gone.add((kind, record))
            self._unsaid.add(WriteId(*write))
        read = f"SELECT reading FROM readings WHERE change IN ({marks})"  # noqa: S608
        for record, taught in do(f"DELETE FROM reading_rows WHERE reading IN ({read}) RETURNING record, taught", at):  # noqa: S608
            self._records.add(record)
            self._unsaid.update(each.write.id for each in unpacked_taught(taught, id_text(record)))
        do(f"DELETE FROM readings WHERE change IN ({marks})", at)  # noqa: S608

    def _forget(self, writes: Collection[WriteId], which: str = "") -> None:
        """Let go of what is held of these writes."""
        gone = f"DELETE FROM writes WHERE run = ? AND number = ? {which} RETURNING kind, record"  # noqa: S608 (ours)
        for write in writes:
            self._gone.update((kind, record) for kind, record in self._do(gone, tuple(write)).all())

    def _teach_again(self) -> None:
        """Write down anew what workbooks teach of these writes, and let go of what only those taught that are read no
        longer."""
        self._unsaid |= self._derived
        self._forget(self._unsaid, "AND EXISTS (SELECT 1 FROM changes c WHERE c.place = change AND c.run IS NULL)")
        self._do(f"DELETE FROM changes WHERE run IS NULL AND {UNUSED}")  # noqa: S608 (ours)
        said: list[Stamped] = []
        for record, taught in self._do("SELECT record, taught FROM reading_rows").all() if self._unsaid else ():
            said += [each for each in unpacked_taught(taught, id_text(record)) if each.write.id in self._unsaid]
        self._intake.teach(int(self._do("SELECT coalesce(max(place), 0) FROM changes").scalar()), said)
        self._records.update(id_bytes(each.write.slot.record) for each in said)

    def _receive_again(self) -> None:
        """Count anew what devices say they received."""
        for device in self._devices:
            self._do("DELETE FROM receipts WHERE device = ?", (device,))
            said = self._do("SELECT statements FROM changes WHERE device = ? AND statements IS NOT NULL", (device,))
            self._intake.receipts((device, unpacked_statements(raw)) for raw in said.scalars())
