"""Compares a row with what it held when it left: which cells are untouched, and what was typed over the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.standing import frozen
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.sheets.bases import MOMENT_LENGTH
from outreach_app.sheets.cells import Cell, canonical, cell_digest
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.list_cells import ListCell, added, ticks
from outreach_app.sheets.parsing import Order, Parsing
from outreach_app.sheets.readings import Texts, Typed
from outreach_app.sheets.restoring import restored
from outreach_app.texts import _

_IN_OTHER_WORDS = (Shape.CHOICE, Shape.YES_NO, Shape.COUNTY, Shape.DATE, Shape.MOMENT, Shape.NUMBER)


@dataclass
class Compared:
    """What a row says beside what it said: ``texts`` of its untouched cells, and what was typed."""

    texts: Texts = field(default_factory=dict)
    typed: list[Typed] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Comparing:
    """Compares the rows of one sheet. ``orders``: how each column writes days with slashes, by field."""

    parsing: Parsing
    orders: Mapping[str, Order] = field(default_factory=dict)

    def row(self, left: LeftRow, cells: Mapping[str, Cell]) -> Compared:
        """A row that left; ``cells`` by column name. Raises BadInput with the column and the reason."""
        compared = Compared()
        for about, digest in zip(left.sheet.fields, left.digests, strict=True):
            marks = _marks(about, cells)
            there = about.name in cells
            try:
                if about.rule is Rule.LIST and (there or marks):
                    cell = ListCell(self.parsing, left, about, digest, cells.get(about.name), there, marks)
                    compared.texts[about.name], typed = cell.compared()
                    compared.typed += typed
                elif there:
                    self._one(left, about, digest, cells[about.name], compared)
            except BadInput as fault:
                raise _in_column(_label(left, about), fault) from fault
        return compared

    def _one(self, left: LeftRow, about: Field, digest: int, cell: Cell, compared: Compared) -> None:
        """A field that is no list."""
        order = self.orders.get(about.name, Order.UNKNOWN)
        for text in restored(about, cell, order):
            if cell_digest(text) == digest:
                compared.texts[about.name] = text
                return
        if about.rule is Rule.ONCE:
            self._once(left, about, digest, cell, compared)
            return
        value = self.parsing.value(about, cell, order, _offset(left, about))
        if about.rule is Rule.TALLY:
            _tally(left, about, value or 0, compared)
        elif not self._said_otherwise(left, about, digest, value, compared):
            codes = left.codes(about.name)
            before = tuple(kept for kept in (left.kept(about.name, code) for code in codes) if kept is not None)
            shown = left.ids(about.name)
            compared.typed.append(Typed(about.name, "", value, shown, left.displayed(about.name) or shown, before))

    def _said_otherwise(self, left: LeftRow, about: Field, digest: int, value: Any, compared: Compared) -> bool:
        """Whether a cell means what it meant, in other words: a choice in another language, a day written out, a record
        by its new title."""
        if value is None:
            return False
        if about.shape in _IN_OTHER_WORDS:
            text = canonical(left.sheet.showing.cell(about, value))
            if cell_digest(text) == digest:
                compared.texts[about.name] = text
                return True
        return any(frozen(kept) == frozen(value) for kept in left.kept_displayed(about.name))

    def _once(self, left: LeftRow, about: Field, digest: int, cell: Cell, compared: Compared) -> None:
        """A text that is never altered: what was added to it, or what was typed instead, stands beside it."""
        text = canonical(cell)
        if not text:
            column = _label(left, about)
            compared.remarks.append(_("{column}: what was said stays, though its cell was emptied", column=column))
            return
        length = int((left.entry(about.name) or [0])[0])
        if length and cell_digest(text[:length].strip()) == digest:
            text = text[length:].strip()
        compared.typed.append(Typed(about.name, "", text, left.ids(about.name)))

    def new_row(self, record: str, fields: Sequence[Field], cells: Mapping[str, Cell]) -> Compared:
        """A row of which it is not known what it showed: all it holds was typed. Raises BadInput likewise."""
        compared = Compared()
        for about in fields:
            try:
                compared.typed += self._typed_anew(record, about, cells.get(about.name), _marks(about, cells))
            except BadInput as fault:
                raise _in_column(_(about.label), fault) from fault
        return compared

    def _typed_anew(self, record: str, about: Field, cell: Cell, marks: Mapping[str, Cell]) -> list[Typed]:
        if about.rule is Rule.LIST:
            values = [self.parsing.piece(about, piece) for piece in self.parsing.pieces(about, cell)]
            values += [code for code, mark in marks.items() if code not in values and ticks(self.parsing, mark)]
            return list(added(record, about, values))
        value = self.parsing.value(about, cell, self.orders.get(about.name, Order.UNKNOWN))
        nothing = value is None or (about.rule is Rule.TALLY and value == 0)
        return [] if nothing else [Typed(about.name, "", value)]


def _tally(left: LeftRow, about: Field, value: int, compared: Compared) -> None:
    """A tally typed over is a press of the difference; it replaces none."""
    total = int((left.entry(about.name) or [0])[0])
    if value != total:
        shown = left.ids(about.name)
        compared.typed.append(Typed(about.name, "", value - total, shown, frozenset(), (total,)))


def _marks(about: Field, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a field's 0/1 columns, by code."""
    if not (about.many and about.shape is Shape.CHOICE):
        return {}
    start = f"{about.name}="
    return {name[len(start) :]: cell for name, cell in cells.items() if name.startswith(start)}


def _label(left: LeftRow, about: Field) -> str:
    return next((heading for heading, name in left.sheet.headings.items() if name == about.name), about.name)


def _in_column(column: str, fault: BadInput) -> BadInput:
    return BadInput(_("{column}: {reason}", column=column, reason=str(fault)))


def _offset(left: LeftRow, about: Field) -> str:
    """The offset from UTC of the moment that stood in a cell."""
    if about.shape is Shape.MOMENT:
        for code in left.codes(about.name):
            if not isinstance(code, int) and len(code) > 3 and isinstance(code[3], str):
                return code[3] if len(code[3]) < MOMENT_LENGTH else code[3][MOMENT_LENGTH:]
    return ""
