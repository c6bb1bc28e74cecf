"""Reading a workbook back: merging with a laptop that was offline, plus what was typed over (4-sync.md, Workbooks)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach_app.apart import Pause
from outreach_app.journal.changes import Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import ShownCell, frozen, standing
from outreach_app.journal.statements import device_of
from outreach_app.journal.typing_over import typed_over
from outreach_app.model.errors import BadInput, WrongSpace
from outreach_app.model.fields import Privacy, Rule
from outreach_app.model.identifiers import derived_id, id_text
from outreach_app.operations.releases import without_releases
from outreach_app.operations.returned import check_returned, hear_who_belongs, take_returned
from outreach_app.operations.sealing import is_sensitive
from outreach_app.operations.told_readings import enclosed_readings, heard_readings, joined_rows
from outreach_app.operations.typing_in import referred
from outreach_app.sheets.accounts import CHANGED, NEW, SAME, FileAccount, Left
from outreach_app.sheets.books import PARTNER, PUBLIC, SENSITIVE
from outreach_app.sheets.hidden_pages import RETURNED
from outreach_app.sheets.reading import Reader, nobody_known, paced
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.readings import Basis, ReadBook, ReadRow, Typed
from outreach_app.sheets.vouching import Vouched
from outreach_app.store.drafts import Draft
from outreach_app.store.identities import COORDINATORS, EVERYONE
from outreach_app.store.record_journals import RecordJournal, ShownRows
from outreach_app.store.stores import Store
from outreach_app.sync.invitations import read_certificate
from outreach_app.texts import _

OnRead = Callable[[ReadBook], None]
_EXPORT_ID = 16  # bytes


def reader_for(store: Store, choices: Choices = AS_IT_IS, learns: bool = False) -> Reader:
    """What reads workbooks for a store: one for all the files of a go, as it learns every heading once. ``learns``: of
    return files also who belongs to the space."""
    resolve, knows = (lambda kind, text: referred(store, kind, text)), _knows(store, learns)
    return Reader(store.registry, resolve=resolve, knows=knows, doubt=_doubt(store), choices=choices)


def _doubt(store: Store) -> Callable[[Mapping[str, Any]], str]:
    """Says why a page is not believed that nobody of the space signed."""
    lost = {device for device, member in store.membership().members.items() if member.lost}

    def doubt(header: Mapping[str, Any]) -> str:
        if device_of(bytes(header["key"])) not in lost:
            return nobody_known(header)
        return _(
            "This workbook was made on a laptop that was given up as lost. Its rows were read without its own notes: "
            "look at what it brought, and undo the merge where you do not know who wrote it."
        )

    return doubt


def _knows(store: Store, learns: bool) -> Callable[[Mapping[str, Any]], bool]:
    """Tells whether a page was signed by a laptop of the space: one that was let in and not given up, or one that was
    invited, as it shows itself, and that nobody has met yet. A store that belongs to no space knows everybody."""
    if not store.space.root:
        return lambda _header: True
    known = store.membership()

    def knows(header: Mapping[str, Any]) -> bool:
        nonlocal known
        if header.get("space") != store.space.space:
            return True  # it is no stranger's: it says whose it is, and is refused as another department's
        key = bytes(header["key"])
        device = device_of(key)
        if learns and device not in known.members and RETURNED in header:
            known = hear_who_belongs(store, header[RETURNED])
        if device in known.members:
            return not known.members[device].lost
        asked = read_certificate(bytes(header.get("certificate", b"")), store.space.space)
        invited = asked is not None and asked.key == key and asked.joining in known.invited
        return device == store.device or (invited and asked is not None and asked.joining not in known.used)

    return knows


@dataclass
class RowPlan:
    """What one row would do: the writes it types, what it teaches and shows, and what became of it."""

    row: ReadRow
    writes: list[Write] = field(default_factory=list)
    taught: list[Stamped] = field(default_factory=list)
    tells: bool = False  # its cells say something that is not known here
    outcome: str = SAME


class WorkbookReading:
    """One workbook being taken in, whole or not at all."""

    def __init__(
        self,
        store: Store,
        path: Path,
        reader: Reader,
        kind: str = "",
        any_space: bool = False,
        pause: Pause = lambda: None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._path = path
        self._kind = kind
        self._any_space = any_space
        self._pause = pause
        self._known = store.known()
        self._held: dict[str, RecordJournal] = {}
        self._joined: Mapping[str, Sequence[ReadRow]] = {}
        self._secret = b""
        self._enclosed: list[Reading] = []
        self._vouched: Vouched | None = None
        self._audience = EVERYONE

    def read(self) -> ReadBook:
        """Open and read the file. Raises what :meth:`Reader.read` raises, and WrongSpace for another department's."""
        book = self._reader.read(self._path, self._pause)
        if book.profile in (PARTNER, PUBLIC):
            raise BadInput(
                _("This workbook was made to leave the department, so it cannot be merged back. Use the internal one.")
            )
        if self._is_sensitive(book):
            if not self._store.space.root or not self._store.space.reads(COORDINATORS):
                raise BadInput(
                    _(
                        "This workbook holds sensitive feedback, which only a coordinator's laptop takes in. Nothing "
                        "of it was taken: give it back to the coordinator, and keep no copy."
                    )
                )
            self._audience = COORDINATORS
        if book.space and book.space != self._store.space.space and not self._any_space:
            raise WrongSpace(
                _("This workbook is from another department ({name}). Nothing of it was taken.", name=book.department)
            )
        if book.returned is not None and not self._any_space:
            check_returned(self._store, book)
        return book

    def _is_sensitive(self, book: ReadBook) -> bool:
        """Whether a workbook is for coordinators alone: it says so, or the log does, where its own page is gone."""
        logged = self._store.get("exports", id_text(book.export)) if len(book.export) == _EXPORT_ID else None
        return SENSITIVE in (book.profile, logged.values.get("profile") if logged else "")

    def take_in(self, account: FileAccount, dry_run: bool = False, on_read: OnRead | None = None) -> None:
        """Read the file and merge it, noting every row in ``account``; with ``dry_run`` only note."""
        book = self.read()
        if on_read is not None:
            on_read(book)
        if book.signer is not None and book.vouched is None and book.returned is None:
            account.left = Left(book.export, device_of(book.signer), book.made_by, book.made_at, book.counts)
        rows = [row for row in (*book.rows, *book.unseen) if not self._kind or row.kind == self._kind]
        self._held = self._store.journals({row.record for row in rows if row.record})
        self._joined, self._vouched = joined_rows(book), book.vouched
        self._secret = next((row.left.sheet.salt for row in book.rows if row.left), b"")
        told = (*enclosed_readings(book, self._reader.knows), *heard_readings(book, rows))
        self._enclosed = [each for each in told if not self._covers(each.horizon)]
        covered = book.vouched is None and self._covers(book.horizon)  # else more was typed than any horizon tells
        taken = [row for row in rows if self._taken(row, account)]
        account.remarks += without_releases(taken)
        if self._audience is COORDINATORS:
            for row in book.rows:
                self._keep_sealed(row)
        plans = [self._planned(row, book.horizon, covered) for row in paced(taken, self._pause)]
        counted = {id(row) for row in book.rows}
        for plan in plans:
            if id(plan.row) in counted:
                account.note(plan.row.kind, plan.outcome)
        account.remarks += book.remarks
        if any(row.basis is Basis.NEW for row in book.rows) and not any(row.code for row in book.rows):
            account.remarks.append(_("No row of this file has a code of Outreach, so all were taken as new."))
        if not dry_run and any(plan.outcome is not SAME for plan in plans):
            with self._store.writing("merge_workbook", "import", self._audience) as draft:
                self._write(draft, book, plans)
            account.change = draft.changes.change
        if book.returned is not None and not self._any_space:
            take_returned(self._store, book, account, dry_run)

    def _believes(self, taught: Stamped) -> bool:
        return self._vouched is None or self._vouched.believes(taught)

    def _covers(self, horizon: Horizon) -> bool:
        """Whether all that a workbook's maker knew is known here."""
        return all(self._known.get(run, 0) >= reached for run, reached in horizon.runs.items())

    def _taken(self, row: ReadRow, account: FileAccount) -> bool:
        reason = row.set_aside
        if reason is None and row.record is None:
            reason = _("Its code says nothing here, so nobody can tell whose row it is.")
        if reason is None and self._audience is EVERYONE and self._says_it_is_sensitive(row):
            reason = _("It says that it is sensitive. Write that down in Outreach, which seals it as it is saved.")
        if reason is not None:
            account.put_aside(row.kind, row.sheet, row.number, reason)
        return reason is None

    def _keep_sealed(self, row: ReadRow) -> None:
        """Have a row of a workbook of sensitive feedback say so where its column is gone, or was left empty in a new
        row: it would be everybody's otherwise."""
        for about in self._store.registry[row.kind].fields:
            if about.privacy is Privacy.SENSITIVE and not row.set_aside:
                held = self._held.get(row.record or "")
                told = (
                    {each.write.slot.field for each in held.standing() if each.write.value is True} if held else set()
                )
                left = about.name in row.present and row.basis is Basis.LEFT
                if not left and about.name not in {*told, *(typed.field for typed in row.typed)}:
                    row.typed = (*row.typed, Typed(about.name, "", True))

    def _says_it_is_sensitive(self, row: ReadRow) -> bool:
        return is_sensitive(self._store.registry[row.kind], {typed.field: typed.value for typed in row.typed})

    def _planned(self, row: ReadRow, horizon: Horizon, covered: bool) -> RowPlan:
        """What a row does. ``covered``: all that its maker knew is known here, so only what was typed matters."""
        plan, held = RowPlan(row), self._held.get(row.record or "")
        if held is None and row.untouched and row.record not in self._joined and self._vouched is None:
            plan.tells, plan.taught = True, [*row.taught()]
            plan.outcome = NEW if plan.taught else SAME
            return plan
        one = [row.record or "", *(each.record or "" for each in self._joined.get(row.record or "", ()))]
        known = {each.write.id for record in one if record in self._held for each in self._held[record].writes}
        plan.writes = self._unknown(self._typed(row, held), row, known)
        plan.tells = held is None or not (covered or self._was_read(row, horizon, held))
        if plan.tells:
            plan.taught = [each for each in row.taught() if each.write.id not in known and self._believes(each)]
        if held is None:
            plan.outcome = NEW if plan.writes or plan.taught else SAME
        elif plan.writes or plan.tells:
            plan.outcome = SAME if self._stands_so(held, plan, horizon) else CHANGED
        return plan

    def _stands_so(self, held: RecordJournal, plan: RowPlan, horizon: Horizon) -> bool:
        """Whether of a record the same stands once a row is merged."""
        stand = held.standing()
        if not (plan.writes or plan.taught or self._enclosed):  # then all that it can do is to let go of what it hides
            shown = plan.row.cells
            if all(each.write.id in shown.get(each.write.slot.field, (each.write.id,)) for each in stand):
                return True
        return frozenset(each.write.id for each in stand) == self._stands_after(held, plan, horizon)

    def _unknown(self, writes: Iterable[Write], row: ReadRow, known: Collection[WriteId]) -> list[Write]:
        """Those of a row's writes that are not held; of a record beside its own that is asked for, too."""
        left = [write for write in writes if write.id not in known]
        beside = {write.slot.record for write in left} - {row.record}
        held = self._store.journals(beside - self._held.keys()) if beside else {}
        more = {each.write.id for journal in held.values() for each in journal.writes}
        return [write for write in left if write.id not in more]

    def _was_read(self, row: ReadRow, horizon: Horizon, held: RecordJournal) -> bool:
        """Whether this very row of this workbook was read before."""
        return all(ShownCell(horizon, ids) in held.cells.get(name, ()) for name, ids in row.cells.items())

    def _stands_after(self, held: RecordJournal, plan: RowPlan, horizon: Horizon) -> frozenset[WriteId]:
        """The writes of a record that stand once a row is merged."""
        typed = [Stamped(write, 0, "", b"", "", None) for write in plan.writes]
        cells = {name: list(shown) for name, shown in held.cells.items()}
        for name, ids in plan.row.cells.items() if plan.tells else ():
            cells.setdefault(name, []).append(ShownCell(horizon, ids))
        for enclosed in self._enclosed:
            for name in self._store.registry[plan.row.kind].by_name:
                shown = enclosed.cells.get((plan.row.record or "", name))
                if shown is not None:
                    cells.setdefault(name, []).append(ShownCell(enclosed.horizon, shown))
        left = standing([*held.writes, *plan.taught, *typed], cells)
        return frozenset(each.write.id for each in left)

    def _typed(self, row: ReadRow, held: RecordJournal | None) -> Iterable[Write]:
        if row.typed and row.basis is not Basis.NEW and self._store.registry[row.kind].about.append_only:
            yield from self._as_another(row, held)
            return
        if row.basis is Basis.UNKNOWN:
            yield from self._beside(row, held)
            return
        for typed in row.typed:
            yield typed_over(self._slot(row, typed), typed.shown, typed.value, typed.displayed, self._secret)
            for member in self._joined.get(row.record or "", ()):
                slot = self._slot(member, typed)
                stood = frozenset(each.write.id for each in member.taught() if each.write.slot == slot)
                once = self._store.registry.rule(row.kind, typed.field) is Rule.ONCE
                yield typed_over(slot, stood, typed.value, frozenset() if once else stood, self._secret)

    def _beside(self, row: ReadRow, held: RecordJournal | None) -> Iterable[Write]:
        """Of a row whose basis is unknown: what is empty here is filled, what differs stands beside, to be decided."""
        stand = held.standing() if held else []
        for typed in row.typed:
            slot = self._slot(row, typed)
            rule = self._store.registry.rule(row.kind, typed.field)
            said = {frozen(each.write.value) for each in stand if each.write.slot.field == typed.field}
            if typed.value is None or frozen(typed.value) in said or (rule is Rule.TALLY and said):
                continue
            yield typed_over(slot, frozenset(), typed.value, frozenset(), self._secret)

    def _as_another(self, row: ReadRow, held: RecordJournal | None) -> Iterable[Write]:
        """A record that is never altered, with other words typed over it: another one, which stands beside the first
        and takes the place of nothing. Its id follows from what was typed, alike for everybody who reads the file. A
        cell that was emptied says nothing: an answer is not taken back by leaving it out."""
        fields = self._store.registry[row.kind].by_name
        told = [*(held.standing() if held else ()), *row.taught()]
        values = {
            each.write.slot.field: each.write.value
            for each in told
            if each.write.slot.field in fields and fields[each.write.slot.field].rule is not Rule.LIST
        }
        typed = {
            each.field: each.value
            for each in row.typed
            if each.value is not None and fields[each.field].rule is not Rule.LIST
        }
        if all(frozen(values.get(name)) == frozen(value) for name, value in typed.items()):
            return
        values.update(typed)
        said = sorted((name, repr(frozen(value))) for name, value in typed.items())
        record = derived_id("another", row.record or "", *(part for pair in said for part in pair))
        for name, value in values.items():
            if value is not None:
                slot = Slot(row.kind, record, name)
                yield typed_over(slot, frozenset(), value, frozenset(), self._secret)

    def _slot(self, row: ReadRow, typed: Typed) -> Slot:
        return Slot(row.kind, row.record or "", typed.field, typed.element)

    def _write(self, draft: Draft, book: ReadBook, plans: Collection[RowPlan]) -> None:
        """Put the typed writes in the draft, and the reading of the rows that tell something."""
        seen: set[WriteId] = set()
        for plan in paced(plans, self._pause):
            for write in plan.writes:
                if write.id not in seen:
                    seen.add(write.id)
                    draft.put(write)
        if not self._enclosed:
            moved = {plan.row.record for plan in plans if plan.outcome is not SAME or plan.taught}
            moved |= {write.slot.record for plan in plans for write in plan.writes}
            draft.unmoved = {plan.row.record for plan in plans if plan.row.record and plan.row.record not in moved}
        cells: dict[str, dict[str, frozenset[WriteId]]] = {}
        taught: list[Stamped] = []
        for plan in plans:
            taught += plan.taught
            if plan.tells and (shown := plan.row.cells):
                cells.setdefault(plan.row.record or "", {}).update(shown)
        if cells or taught:
            draft.readings.append(Reading(book.export, book.horizon, ShownRows(cells), tuple(taught)))
            draft.readings += self._enclosed
