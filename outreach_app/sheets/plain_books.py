"""Workbooks that are only looked at: tables of text and figures, without codes and without a hidden page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from outreach_app.sheets.books import Table
from outreach_app.sheets.cells import Cell, writable
from outreach_app.sheets.columns import sheet_title
from outreach_app.sheets.part_rows import RowWriter
from outreach_app.sheets.streams import Line, Part, Stream, stream
from outreach_app.texts import say

if TYPE_CHECKING:
    from outreach_app.sheets.frames import Frame

_FRONT_WIDTHS = (34, 90)
_WRAPPED_FROM = 30  # a column this wide holds text that goes on below itself


@dataclass(frozen=True)
class PlainBook:
    """``front``: the lines of *Read me* below its title, of up to two cells."""

    title: str
    department: str
    made_at: int  # microseconds since 1970 UTC
    language: str
    front: Sequence[Sequence[Cell]]
    tables: Sequence[Table]
    hidden_title: str = ""
    hidden: Sequence[str] = ()  # the strings of a page that people do not see


class PlainSheet:
    """One table's sheet, in the frame of any workbook."""

    def __init__(self, frame: "Frame", table: Table, language: str, department: str) -> None:
        from outreach_app.sheets import frames

        self._table, self._title = table, sheet_title(table.title)
        sheet = frames.table_sheet(frame, self._title, table.name, table.headings, table.widths, language, department)
        frames.offer_lists(sheet, table.lists, language)
        self._styles = [frame.style(sheet, wraps=width >= _WRAPPED_FROM) for width in table.widths]

    def write(self, out: Stream) -> None:
        """Write its rows."""

        def rows_of(file: Part) -> None:
            rows = RowWriter(file, self._styles, 2)
            for row in self._table.rows:
                rows.add([writable(cell) if isinstance(cell, str) else cell for cell in row])
            rows.flush()

        out.rows(self._title, rows_of)


def write_plain(target: Path | BinaryIO, book: PlainBook) -> int:
    """Write it whole, or nothing; its size in bytes. Raises NotWritable."""
    from outreach_app.sheets import frames

    frame = frames.Frame()
    front = say("Read me", book.language)
    page = frames.titled_sheet(frame, front, book.title, _FRONT_WIDTHS, book.language, book.department)
    front_style = [frame.style(page, wraps=True)] * len(_FRONT_WIDTHS)
    sheets = [PlainSheet(frame, table, book.language, book.department) for table in book.tables]
    if book.hidden:
        frames.hidden_sheet(frame, book.hidden_title)
    frames.describe_plainly(frame, book.department, book.made_at, book.language)

    def fill(out: Stream) -> None:
        out.text(front, [Line(tuple(cells)) for cells in book.front], [front_style], 2)
        for sheet in sheets:
            sheet.write(out)
        if book.hidden:
            out.text(book.hidden_title, (Line((each,)) for each in book.hidden), [[(0, 0)]], 1, dense=True)
        out.rest({table.name: len(table.rows) for table in book.tables}, {})

    return stream(target, frame.saved(), frame.parts, fill)
