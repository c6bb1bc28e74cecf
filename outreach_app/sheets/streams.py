"""Puts rows into the frame of a workbook while it is saved again, part by part."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from outreach_app.sheets.cells import Cell
from outreach_app.sheets.part_rows import RowWriter, Styles
from outreach_app.store.handouts import hand_out

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_START, _END = b"<sheetData>", b"</sheetData>"
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_TABLE = re.compile(rb'displayName="([^"]*)"')
_DATED = re.compile(rb"(<dcterms:created[^>]*>)([^<]*)(.*<dcterms:modified[^>]*>)[^<]*", re.DOTALL)
_LEVEL = 1  # of packing: the most takes three times as long to spare a quarter
_AHEAD = 8  # blocks of rows that may wait to be packed
_REF = re.compile(rb'ref="A1:([A-Z]+)2"')


class Part:
    """A file within the workbook, packed by a thread beside while further rows are made."""

    def __init__(self, file: IO[bytes], beside: "Executor") -> None:
        self._file, self._beside = file, beside
        self._waiting: deque[Future[int]] = deque()

    def write(self, raw: bytes) -> None:
        """Have it written after what was written before. Raises what went wrong with that."""
        self._waiting.append(self._beside.submit(self._file.write, raw))
        if len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def end(self) -> None:
        """Wait until all is written."""
        while self._waiting:
            self._waiting.popleft().result()


class Line(NamedTuple):
    """One row of a page of text. ``style``: which of the page's styles it takes."""

    cells: tuple[Cell, ...]
    style: int = 0


@dataclass(frozen=True)
class Stream:
    """A frame being saved with its rows. ``parts``: the file within the workbook of each sheet, by its title.
    ``beside``: does one thing after the other in a thread of its own."""

    source: ZipFile
    out: ZipFile
    parts: Mapping[str, str]
    beside: "Executor"

    def rows(self, title: str, write: Callable[[Part], None], below_frame: bool = True, dense: bool = False) -> None:
        """Write a sheet's rows by ``write``: below those of the frame, or in their place. ``dense``: they are packed
        already, and to pack them again would spare an eighth of the file."""
        before, after = _DIMENSION.sub(b"", self.source.read(self.parts[title])).split(_END)
        name = self.parts[title]
        with self.out.open(ZipInfo(name) if dense else name, "w") as file:
            part = Part(file, self.beside)
            part.write(before if below_frame else before[: before.index(_START) + len(_START)])
            write(part)
            part.write(_END + after)
            part.end()

    def text(self, title: str, lines: Iterable[Line], styles: list[Styles], first: int, dense: bool = False) -> None:
        """Write a page of text from row ``first`` on."""

        def write(file: Part) -> None:
            for number, line in enumerate(lines, start=first):
                writer = RowWriter(file, styles[line.style], number)
                writer.add(line.cells)
                writer.flush()

        self.rows(title, write, first > 1, dense)

    def rest(self, counts: Mapping[str, int], replaced: Mapping[bytes, bytes]) -> None:
        """Write the other parts: tables of as many rows as there are, by name, and ``replaced`` texts."""
        written = set(self.out.namelist())
        for name in self.source.namelist():
            if name in written:
                continue
            raw = self.source.read(name)
            if name.startswith("xl/tables/"):
                raw = _stretched(raw, counts)
            elif name.startswith("docProps/"):
                for old, new in replaced.items():
                    raw = raw.replace(old, new)
                raw = _DATED.sub(rb"\g<1>\g<2>\g<3>\g<2>", raw)  # openpyxl notes the moment of saving
            self.out.writestr(ZipInfo(name), raw, ZIP_DEFLATED)  # without one, as the sheets are


def stream(target: Path | BinaryIO, frame: bytes, parts: Mapping[str, str], fill: Callable[[Stream], None]) -> int:
    """Write a workbook whose frame is filled by ``fill`` as it comes, whole or not at all; its size in bytes.

    Raises NotWritable, BadInput.
    """
    from concurrent.futures import ThreadPoolExecutor  # here, for the window's start has no need of it

    sizes: list[int] = []

    def write(file: IO[bytes]) -> None:
        with (
            ZipFile(BytesIO(frame)) as source,
            ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as out,
            ThreadPoolExecutor(1, "packing") as beside,
        ):
            fill(Stream(source, out, parts, beside))
        sizes.append(file.tell())

    if isinstance(target, Path):
        hand_out(target, write)
    else:
        write(target)
    return sizes[0]


def _stretched(table: bytes, counts: Mapping[str, int]) -> bytes:
    """A table's XML, of as many rows as there are; an empty table has one."""
    found = _TABLE.search(table)
    rows = counts.get(found[1].decode(), 1) if found else 1
    return _REF.sub(rb'ref="A1:\g<1>%d"' % (max(rows, 1) + 1), table)
