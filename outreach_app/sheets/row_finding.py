"""Finds out which record a row is, by any of the places that say so."""

from dataclasses import dataclass

from outreach_app.model.codes import read_code
from outreach_app.sheets.columns import RECORD, ROW, VERSION
from outreach_app.sheets.left_books import LeftBook
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.marks import mark_of, read_version
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.texts import _

_ENOUGH = 0.5
"""Of a row's filled cells must still say what they said, for it to be known without its code."""


@dataclass(frozen=True)
class Unknown:
    """A row that left some workbook, of which the page does not tell. ``code`` is "" for a partner's row mark."""

    code: str


@dataclass(frozen=True)
class Aside:
    """A row that cannot be taken, and why."""

    reason: str


@dataclass(frozen=True)
class New:
    """A row that was made in the workbook."""


@dataclass(frozen=True)
class Finding:
    """Finds the rows of one kind. ``book``: the workbook as it left, None where that is not known."""

    rows: SheetRows
    book: LeftBook | None
    export: bytes

    def find(self, index: int) -> LeftRow | Unknown | New | Aside | None:
        """Which row this is; None for an empty line."""
        typed, version = self.rows.identity(index, RECORD), self.rows.identity(index, VERSION)
        if self.rows.is_blank(index):
            return Aside(_("everything in this row was emptied")) if typed or version else None
        code = read_code(typed) if typed else None
        if typed and code is None:
            return Aside(_("the code in the column Record is not right"))
        if code is not None:
            known = self.book.by_code.get(self._kind, {}).get(code) if self.book else None
            return known or Unknown(code)
        if RECORD in self.rows.covered(index) and not version:
            return Aside(_("its code was merged with that of another row"))
        return self._without_code(index, version)

    @property
    def _kind(self) -> str:
        return self.rows.mapped.kind.name

    def _without_code(self, index: int, version: str) -> LeftRow | Unknown | New | Aside:
        left_in = read_version(version)
        if self.book and left_in and left_in.export == mark_of(self.export):
            found = self.book.by_version(self._kind, left_in.row)
            return found or Aside(_("which row this was cannot be told; please put its code back"))
        if left_in or self.rows.identity(index, ROW):
            return Unknown("")
        if self.book and not self.rows.has(RECORD) and not self.rows.has(VERSION):
            return self._by_content(index)
        return New()

    def _by_content(self, index: int) -> LeftRow | New | Aside:
        """A row whose identity is gone: by what it still says, where that is enough, and of one record alone."""
        lefts = self.book.rows.get(self._kind, ()) if self.book else ()
        scored = sorted(((self.rows.likeness(left, index), left) for left in lefts), key=lambda pair: -pair[0])
        if not scored or scored[0][0] < _ENOUGH * self.rows.filled(index):
            return New()
        if len(scored) > 1 and scored[1][0] == scored[0][0]:
            return Aside(_("which row this was cannot be told; please put its code back"))
        return scored[0][1]
