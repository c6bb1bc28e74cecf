"""Fills a template that was taken apart: rows below its headings, in its own styles; every other byte stays."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from outreach_app.sheets.cells import Cell
from outreach_app.sheets.part_rows import cell_xml, letters
from outreach_app.sheets.template_parts import Cell as TemplateCell
from outreach_app.sheets.template_parts import Row, carried_on
from outreach_app.sheets.templates import Place, Template, without_results

_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_STARTS = rb'ref="([A-Z]+)%d:([A-Z]+)\d+"'
_FILTER = re.compile(rb"<autoFilter\b[^>]*>")


def fill(content: bytes, template: Template, rows: Iterable[Sequence[Cell]]) -> tuple[bytes, int]:
    """The workbook of these bytes with its rows, each a cell for each of the template's places; and how many."""
    filling = _Filling(template)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            if part.filename != template.part and part.filename not in template.tables:
                raw = template.changed.get(part.filename)
                made.writestr(part.filename, source.read(part) if raw is None else raw)
        with made.open(template.part, "w") as sheet:
            sheet.write(_DIMENSION.sub(b"", template.before))
            for row in filling.rows(rows):
                sheet.write(row)
            sheet.write(_FILTER.sub(lambda found: filling.stretched(found[0]), template.after))
        for name in template.tables:
            made.writestr(name, filling.stretched(source.read(name)))
    return out.getvalue(), filling.count


@dataclass
class _Filling:
    """One template being filled."""

    template: Template
    count: int = 0

    def __post_init__(self) -> None:
        filled = {place.column for place in self.template.places.values()}
        self._carried = {at: cell for at, cell in self.template.pattern.cells.items() if at not in filled}

    def rows(self, rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
        """Every row below the headings."""
        places, first = [*self.template.places.values()], self.template.first
        for number, cells in enumerate(rows, start=first):
            made = {at.column: _cell(at, number, cell) for at, cell in zip(places, cells, strict=True)}
            yield self._row(number, made)
            self.count += 1
        if not self.count:
            yield self._row(first, {place.column: _cell(place, first, None) for place in places})
        below, others = first + max(self.count, 1), sorted(self.template.rows.items())
        yield from (without_results(row.raw) for number, row in others if number >= below)

    def _row(self, number: int, made: dict[int, str]) -> bytes:
        own = self.template.rows.get(number)
        cells = {at: self._beside(at, cell, number) for at, cell in self._carried.items()}
        cells |= {at: _kept(at, cell, number) for at, cell in own.cells.items() if at not in made} if own else {}
        cells |= made
        row: Row = own or self.template.pattern
        text = "".join(cells[at] for at in sorted(cells))
        return f'<row r="{number}"{row.told}>{text}</row>'.encode()

    def _beside(self, column: int, cell: TemplateCell, number: int) -> str:
        """A cell beside the filled ones, carried on from the first row: its style, and its formula as it is here."""
        place = f"{letters(column)}{number}"
        if not cell.formula.strip():
            return f'<c r="{place}" s="{cell.style}"/>'
        formula = carried_on(cell.formula, f"{letters(column)}{self.template.first}", place)
        return f'<c r="{place}" s="{cell.style}"><f>{escape(formula)}</f></c>'

    def stretched(self, xml: bytes) -> bytes:
        """A table or filter that begins at the headings, down to the last row."""
        header = self.template.first - 1
        formulas = [row.number for row in self.template.rows.values() if any(c.formula for c in row.cells.values())]
        last = max(header + max(self.count, 1), *formulas, 0)
        return re.sub(_STARTS % header, rb'ref="\g<1>%d:\g<2>%d"' % (header, last), xml)


def _cell(place: Place, number: int, cell: Cell) -> str:
    style = place.moment if isinstance(cell, datetime) else place.day if isinstance(cell, date) else place.plain
    where = f"{letters(place.column)}{number}"
    return cell_xml(where, (style, place.quoted), cell) or f'<c r="{where}" s="{style}"/>'


def _kept(column: int, cell: TemplateCell, number: int) -> str:
    """A cell that was there: an example is taken away, a formula and a style stay."""
    if cell.filled and not cell.formula:
        return f'<c r="{letters(column)}{number}" s="{cell.style}"/>'
    return without_results(cell.raw).decode()
