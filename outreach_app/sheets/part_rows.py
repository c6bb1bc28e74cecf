"""Rows as the XML of a sheet: streamed into the part that openpyxl framed, for building each cell as an object takes
ten times as long and keeps them all in memory.

Every text is written as typed text (an inline string), so none of it is ever a formula. One that looks like a formula
also gets a style that keeps it text when somebody edits the cell.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO
from xml.sax.saxutils import escape

from outreach_app.sheets.cells import Cell

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\n")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a workbook's XML would take for another sign
_TOGETHER = 400  # rows
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400

Styles = Sequence[tuple[int, int]]
"""For each column its style, and the one for text that looks like a formula."""


class RowWriter:
    """Writes the rows of one sheet, from row ``number`` on."""

    def __init__(self, part: IO[bytes], styles: Styles, number: int) -> None:
        self._part = part
        self._columns = [(letters(place), *style) for place, style in enumerate(styles, start=1)]
        self.number = number
        self._waiting: list[str] = []

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row."""
        number = self.number
        made = [f'<row r="{number}">']
        for (letter, plain, quoted), cell in zip(self._columns, cells, strict=False):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                style = quoted if cell.startswith(_FORMULA_LIKE) else plain
                text = escape(_ESCAPED.sub("_x005F_", cell) if "_x" in cell else cell)
                kind, content = ' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>'
            else:
                style, kind, content = plain, "", f"<v>{_number(cell)}</v>"
            made.append(f'<c r="{letter}{number}" s="{style}"{kind}>{content}</c>')
        made.append("</row>")
        self._waiting.append("".join(made))
        self.number += 1
        if len(self._waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write out what waits."""
        self._part.write("".join(self._waiting).encode())
        self._waiting.clear()


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
