"""Rows as the XML of a sheet: streamed into the part that openpyxl framed, for building each cell as an object takes
ten times as long and keeps them all in memory.

Every text is written as typed text (an inline string), so none of it is ever a formula. One that looks like a formula
also gets a style that keeps it text when somebody edits the cell.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from xml.sax.saxutils import escape

from outreach_app.sheets.cells import Cell

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\n")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a workbook's XML would take for another sign
_TIGHT = re.compile(r"\S(?:[^\n\r\t]*\S)?")  # text of which XML loses nothing
_TOGETHER = 400  # rows
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400

PLAIN = re.compile(r"(?![=+\-@ ])(?:[ !-%'-;=?-^`-~]++|_(?!x))++(?<! )")
"""Text that stands in a sheet's XML, and in the canonical text of its cell, as it is."""

Styles = Sequence[tuple[int, int]]
"""For each column its style, and the one for text that looks like a formula."""

ROW_HERE = "\0"
"""Stands in a prepared cell where the number of its row goes; no cell holds such a sign."""


class Writable(Protocol):
    """What bytes are written to."""

    def write(self, raw: bytes, /) -> object:
        """Write some more."""


class RowWriter:
    """Writes the rows of one sheet, from row ``number`` on."""

    def __init__(self, part: Writable, styles: Styles, number: int) -> None:
        self._part = part
        self._columns = [(letters(place), style) for place, style in enumerate(styles, start=1)]
        self.number = number
        self._waiting: list[bytes] = []

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row."""
        number = self.number
        filled = zip(self._columns, cells, strict=False)
        self.add_made("".join([cell_xml(f"{letter}{number}", style, cell) for (letter, style), cell in filled]))

    def add_made(self, cells: str) -> None:
        """The next row, of prepared cells."""
        number = str(self.number)
        row = f'<row r="{number}">{cells.replace(ROW_HERE, number)}</row>'
        self._waiting.append(row.encode())  # row by row: those without an accent take a tenth of the time
        self.number += 1
        if len(self._waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write out what waits."""
        self._part.write(b"".join(self._waiting))
        self._waiting.clear()


def cell_xml(place: str, style: tuple[int, int], cell: Cell) -> str:
    """One cell; "" for an empty one."""
    if cell is None or cell == "":
        return ""
    if not isinstance(cell, str):
        return f'<c r="{place}" s="{style[0]}"><v>{_number(cell)}</v></c>'
    text = escape(_ESCAPED.sub("_x005F_", cell) if "_x" in cell else cell)
    kept = "" if _TIGHT.fullmatch(cell) else ' xml:space="preserve"'
    number = style[1] if cell.startswith(_FORMULA_LIKE) else style[0]
    return f'<c r="{place}" s="{number}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def plain_cell(place: str, style: tuple[int, int]) -> tuple[str, str]:
    """What stands before and after a text that :data:`PLAIN` matches."""
    before, after = cell_xml(place, style, "~").split("~")
    return before, after


def letters(place: int) -> str:
    """A column's letters by its place from 1: A, Z, AA."""
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _number(cell: Cell) -> str:
    """A number, day or moment as a sheet counts it: days since the last of 1899."""
    if isinstance(cell, datetime):
        seconds = (cell.hour * 60 + cell.minute) * 60 + cell.second
        return repr(cell.toordinal() - _DAY_ZERO + seconds / _DAY_SECONDS)
    if isinstance(cell, date):
        return str(cell.toordinal() - _DAY_ZERO)
    return str(int(cell) if isinstance(cell, bool) else cell)
