"""CSV files as every spreadsheet program opens them: UTF-8 with its mark, commas, and no cell that begins a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from outreach_app.sheets.cells import Cell, canonical

_BEGINS_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_CALLED = re.compile(r"\+\d[\d ]*")
MARK = "'"
"""What stands before a text that a spreadsheet would otherwise work out. Where a text begins so itself, it gets one
more, so that taking one away always gives back what was meant."""


def prefixed(text: str) -> str:
    """A text as a CSV cell holds it, so that no spreadsheet takes it for a formula."""
    return MARK + text if _BEGINS_A_FORMULA.match(text) else text


def unprefixed(text: str) -> str:
    """The text that was meant, from what a CSV cell holds."""
    return text[1:] if text.startswith(MARK) and _BEGINS_A_FORMULA.match(text[1:]) else text


def meant(cell: Cell) -> Cell:
    """The same for any cell of a workbook that may have been a CSV file."""
    return unprefixed(cell) if isinstance(cell, str) else cell


def dialled(text: str) -> str:
    """A phone number for a program that calls it: digits after a plus stay as they are, all else is prefixed."""
    return text if _CALLED.fullmatch(text) else prefixed(text)


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as the bytes of a CSV file. Texts stay as they are: prefixing is for whoever knows what they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell if isinstance(cell, str) else canonical(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")
