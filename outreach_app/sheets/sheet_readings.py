"""Reads the rows of one sheet: which is the original of several copies, what was typed, what cannot be taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Rule
from outreach_app.model.identifiers import derived_id, id_bytes
from outreach_app.sheets.cells import Cell, canonical, canonical_row
from outreach_app.sheets.columns import RECORD, ROW, VERSION
from outreach_app.sheets.comparing import Comparing
from outreach_app.sheets.day_orders import DayOrders
from outreach_app.sheets.left_books import LeftBook
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.margin_notes import MarginNotes
from outreach_app.sheets.marks import mark_of, read_version
from outreach_app.sheets.parsing import Parsing
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.readings import Basis, ReadRow
from outreach_app.sheets.row_checks import doubtful_contacts, set_aside_what_disagrees
from outreach_app.sheets.row_finding import Aside, Finding, New, Unknown
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.texts import _


@dataclass
class SheetReading:
    """One sheet in the reading. ``book``: the workbook as it left, None where that is not known."""

    rows: SheetRows
    book: LeftBook | None
    parsing: Parsing
    export: bytes
    choices: Choices = AS_IT_IS
    read: list[ReadRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _alike: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kind = self.rows.mapped.kind
        self.margin = MarginNotes(self.rows, self.choices.keep)
        self.orders = DayOrders(self.rows, self.book, self.choices.days)
        self.comparing = Comparing(self.parsing, self.orders.found)

    def read_all(self) -> list[ReadRow]:
        """All rows: those untouched at once, the others with care."""
        finding = Finding(self.rows, self.book, self.export)
        claims: dict[str, list[int]] = {}
        taken: set[str] = set()
        known = self.book.by_code.get(self.kind.name, {}) if self.book and self.rows.has(RECORD) else {}
        place = self.rows.mapped.places.get(RECORD, 0)
        for index in self.rows.indices:
            code = self.rows.grid.rows[index][place]
            left = known.get(code) if isinstance(code, str) else None
            if left is not None and code not in taken:
                said = self.rows.as_left(left, index)
                if said is not None:
                    taken.add(left.code)
                    self.read.append(self._untouched(left, index, said))
                    continue
            found = finding.find(index)
            if isinstance(found, LeftRow):
                claims.setdefault(found.code, []).append(index)
            elif found is not None:
                self.read.append(self._other(found, index))
        for code, indices in claims.items():
            self._claimed(known.get(code) or self._by_code(code), indices, code in taken)
        lefts = self.book.rows.get(self.kind.name, ()) if self.book else ()
        if set_aside_what_disagrees(self.kind, self.rows, self.read, lefts):
            title = self.rows.grid.title
            self.remarks.append(_("On the sheet {sheet} rows seem to have been mixed up.", sheet=title))
        self.read.sort(key=lambda each: each.number)
        self.remarks += [*self.orders.questions(), *self.margin.add_to(self.read)]
        self.remarks += doubtful_contacts(self.rows, self.read)
        if self.rows.grid.covered:
            self.remarks.append(_merged(self.rows.grid.title))
        return self.read

    def _by_code(self, code: str) -> LeftRow:
        assert self.book is not None, "a row that left was found in no book"
        return self.book.by_code[self.kind.name][code]

    def _row(self, index: int, record: str | None, basis: Basis, left: LeftRow | None = None) -> ReadRow:
        rows = self.rows
        return ReadRow(
            self.kind.name,
            rows.grid.title,
            rows.number(index),
            record,
            basis,
            left.code if left else rows.identity(index, RECORD),
            rows.identity(index, VERSION) or rows.identity(index, ROW),
            left=left,
            present=rows.present_in(index),
        )

    def _untouched(self, left: LeftRow, index: int, said: str) -> ReadRow:
        made = self._row(index, left.id, Basis.LEFT, left)
        made.texts = partial(self.rows.texts, said)  # what held all that was read would be let go of late
        return made

    def _aside(self, index: int, reason: str, record: str | None = None) -> ReadRow:
        made = self._row(index, record, Basis.UNKNOWN)
        made.set_aside = reason
        return made

    def _other(self, found: Unknown | New | Aside, index: int) -> ReadRow:
        if isinstance(found, Aside):
            return self._aside(index, found.reason)
        return self._new(index, "") if isinstance(found, New) else self._unknown(index, found.code)

    def _claimed(self, left: LeftRow, indices: Sequence[int], taken: bool) -> None:
        """The rows that say they are one record, which another row may be already (``taken``)."""
        original = None if taken else self._original(left, indices)
        for index in indices:
            if index == original:
                self.read.append(self._compared(left, index))
            elif self.rows.as_left(left, index) is not None:
                made = self._row(index, left.id, Basis.LEFT, left)
                made.remarks = (_("the same row is in the file twice"),)
                made.texts = dict
                self.read.append(made)
            elif taken or original is not None:
                self.read.append(self._new(index, left.id))
            else:
                self.read.append(self._aside(index, _("several rows have this code, and none is as it left"), left.id))

    def _original(self, left: LeftRow, indices: Sequence[int]) -> int | None:
        """Of several rows with one code, the one that says most of what left; None where two say as much."""
        scored = sorted((-self.rows.likeness(left, index), index) for index in indices)
        return None if len(scored) > 1 and scored[0][0] == scored[1][0] else scored[0][1]

    def _compared(self, left: LeftRow, index: int) -> ReadRow:
        cells = self.rows.cells(index)
        try:
            compared = self.comparing.row(left, cells)
        except BadInput as fault:
            return self._aside(index, str(fault), left.id)
        names = {each.field for each in compared.typed}
        if compared.remarks:  # a text that is never altered looks emptied
            names |= {each.name for each in self.rows.fields if each.rule is Rule.ONCE}
        reason = self._spoilt(index, names, cells)
        if reason:
            return self._aside(index, reason, left.id)
        made = self._row(index, left.id, Basis.LEFT, left)
        made.typed, made.remarks = tuple(compared.typed), tuple(compared.remarks)
        made.texts = lambda: compared.texts
        return made

    def _spoilt(self, index: int, names: Collection[str], cells: Mapping[str, Cell]) -> str | None:
        """Why a row is not taken of whose cells one looks empty, though nobody emptied it."""
        for name in (each for each in cells if each.partition("=")[0] in names):
            if not canonical(cells[name]) and self.rows.failed(index, name):
                column = self.rows.heading(name)
                return _("{column}: its cell holds an error or a formula without its result", column=column)
        return None

    def _new(self, index: int, copied: str) -> ReadRow:
        """A row made in the workbook. Its id follows from the export and the row, so that it is made once."""
        cells = self.rows.cells(index)
        text = canonical_row([cells[name] for name in sorted(cells)])
        self._alike[text] = self._alike.get(text, 0) + 1
        record = derived_id("row", self.export, self.kind.name, text, str(self._alike[text]))
        made = self._row(index, record, Basis.NEW)
        made.copy_of, made.code = copied, ""
        self._fill(made, index, record)
        return made

    def _unknown(self, index: int, code: str) -> ReadRow:
        """A row of which nobody here knows what it showed, unless its own digest still fits it."""
        record = self.parsing.resolve(self.kind.name, code) if code else None
        made = self._row(index, record, Basis.UNKNOWN)
        version = read_version(made.version)
        if record and version and version.row == mark_of(self.rows.digest(id_bytes(record), index) or bytes(7)):
            return made
        self._fill(made, index, record or code)
        if record is None:
            made.set_aside = None  # nobody can tell whose it is, whatever it says
        return made

    def _fill(self, made: ReadRow, index: int, record: str) -> None:
        cells = self.rows.cells(index)
        try:
            compared = self.comparing.new_row(record, self.rows.fields, cells)
        except BadInput as fault:
            made.set_aside = str(fault)
            return
        made.set_aside = self._spoilt(index, {name.partition("=")[0] for name in cells}, cells)
        made.typed = () if made.set_aside else tuple(compared.typed)


def _merged(title: str) -> str:
    return _(
        "{sheet}: cells were merged; what the first of them holds was read, and the others say nothing. Have them "
        "filled down where each row is to say it.",
        sheet=title,
    )
