"""Workbooks that are only looked at: tables of text and figures, without codes and without a hidden page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outreach_app.sheets.cells import Cell, writable
from outreach_app.sheets.columns import sheet_title
from outreach_app.sheets.part_rows import RowWriter
from outreach_app.sheets.streams import Line, Part, Stream, stream
from outreach_app.texts import say

_FRONT_WIDTHS = (34, 90)
_WRAPPED_FROM = 30  # a column this wide holds text that goes on below itself


@dataclass(frozen=True)
class Table:
    """One sheet. ``name``: of the table, in letters and ``_``; ``title``: of the sheet."""

    name: str
    title: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class PlainBook:
    """``front``: the lines of *Read me* below its title, of up to two cells."""

    title: str
    department: str
    made_at: int  # microseconds since 1970 UTC
    language: str
    front: Sequence[Sequence[Cell]]
    tables: Sequence[Table]


def write_plain(target: Path | BinaryIO, book: PlainBook) -> int:
    """Write it whole, or nothing; its size in bytes. Raises NotWritable."""
    from outreach_app.sheets import frames

    frame = frames.Frame()
    front = say("Read me", book.language)
    page = frames.titled_sheet(frame, front, book.title, _FRONT_WIDTHS, book.language, book.department)
    front_style = [frame.style(page, wraps=True)] * len(_FRONT_WIDTHS)
    titles = {table.name: sheet_title(table.title) for table in book.tables}
    styles = {}
    for table in book.tables:
        sheet = frames.table_sheet(
            frame, titles[table.name], table.name, table.headings, table.widths, book.language, book.department
        )
        styles[table.name] = [frame.style(sheet, wraps=width >= _WRAPPED_FROM) for width in table.widths]
    frames.describe_plainly(frame, book.department, book.made_at, book.language)

    def fill(out: Stream) -> None:
        out.text(front, [Line(tuple(cells)) for cells in book.front], [front_style], 2)
        for table in book.tables:

            def write(file: Part, table: Table = table) -> None:
                rows = RowWriter(file, styles[table.name], 2)
                for row in table.rows:
                    rows.add([writable(cell) if isinstance(cell, str) else cell for cell in row])
                rows.flush()

            out.rows(titles[table.name], write)
        out.rest({table.name: len(table.rows) for table in book.tables}, {})

    return stream(target, frame.saved(), frame.parts, fill)
