"""Opens a workbook of any program for reading, or says in a sentence why it cannot be read."""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from outreach_app.apart import MEGABYTES, SECONDS, Ended, Pause, apart, begin_apart
from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.sheets.beside_cells import (
    Area,
    Beside,
    Place,
    beside_ods,
    beside_xlsx,
    failed_cells,
    far_cell,
    far_cell_ods,
    part,
    parts,
)
from outreach_app.sheets.binary_books import beside_xls, beside_xlsb, is_locked
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.csv_files import read_csv
from outreach_app.sheets.marks import EXPORT_PROPERTY
from outreach_app.texts import _

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED, _MACROS = ("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT_CUR".encode("utf-16-le"))
_LARGEST = 1_500_000_000  # bytes a workbook may unpack to
_LOOKED_AT = 1_000  # bytes that tell text from anything else
_LOCKS_ODS = b"manifest:encryption-data"
_DEFINITIONS, _BEGINNING = b"<!DOCTYPE", 4096
_PROPERTIES = ("docProps/custom.xml", "meta.xml")
_EXPORT = re.compile(re.escape(EXPORT_PROPERTY).encode() + rb'"[^>]*>(?:\s*<vt:lpwstr>)?([0-9a-f]{32})<')


@dataclass(frozen=True)
class Grid:
    """A sheet's cells. ``first_row``: the number, as people count, of ``rows[0]``; ``first_column`` likewise from 1."""

    title: str
    first_row: int
    first_column: int
    rows: Sequence[Sequence[Cell]]
    covered: Mapping[Place, Cell] = field(default_factory=dict)  # by cells merged into another, what that one holds
    comments: Mapping[Place, str] = field(default_factory=dict)
    failed: frozenset[Place] | None = None  # cells that hold an error, None where that was not looked for

    @property
    def commented(self) -> Mapping[int, Sequence[str]]:
        """The comments on its rows, from left to right, by the row's number."""
        found: dict[int, list[str]] = defaultdict(list)
        for (row, _column), words in sorted(self.comments.items()):
            found[row].append(words)
        return found

    def filled_down(self) -> "Grid":
        """With the content of merged cells in each of the cells that were merged."""
        rows = [list(row) for row in self.rows]
        for (row, column), cell in self.covered.items():
            rows[row - self.first_row][column - self.first_column] = cell
        return replace(self, rows=rows, covered={})


@dataclass
class Opened:
    """A workbook as it was read: the cells of its sheets, and what else of it is asked for."""

    content: bytes = field(repr=False)
    grids: Mapping[str, Grid] = field(repr=False)
    export: bytes  # the export's id, from the workbook's properties; empty where they do not say
    found: str = ""  # of a CSV file: its encoding, and what parts its cells, where it is not as usual
    _failed: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict, repr=False)

    @property
    def titles(self) -> list[str]:
        """The titles of its sheets."""
        return list(self.grids)

    def grid(self, title: str) -> Grid:
        """One sheet's cells."""
        return self.grids[title]

    def failed(self, title: str, pause: Pause = lambda: None) -> frozenset[tuple[int, int]]:
        """(row, column), from 1, of the sheet's cells that hold an error, or a formula never worked out.

        To a reader they look empty. Asked only where something seems to have been emptied.
        """
        known = self.grids.get(title)
        if known is not None and known.failed is not None:
            return known.failed
        if title not in self._failed:
            self._failed[title] = apart(failed_cells, pause, SECONDS, MEGABYTES, self.content, self.titles, title)
        return self._failed[title]


def content_of(source: Path | BinaryIO | bytes) -> bytes:
    """A file's bytes. Raises NotFound."""
    if isinstance(source, bytes):
        return source
    if not isinstance(source, Path):
        return source.read()
    try:
        return source.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as fault:
        raise NotFound(_("There is no file {name}.", name=source.name)) from fault
    except OSError as fault:
        raise NotFound(_("{name} cannot be read; please check that you may open it.", name=source.name)) from fault


def open_workbook(content: bytes, pause: Pause = lambda: None) -> Opened:
    """The workbook of these bytes, read apart. Raises BadInput or Damaged, and what ``pause`` raises."""
    try:
        grids, export = apart(read_here, pause, SECONDS, MEGABYTES, content)
    except Ended as fault:
        far = apart(far_cell, pause, SECONDS, MEGABYTES, content)
        raise far_out(*far) if far else fault from fault
    return Opened(content, grids, export)


def open_csv(path: Path, pause: Pause = lambda: None) -> Opened:
    """A CSV file as if it were a workbook of one sheet, read apart. Raises NotFound, BadInput or Damaged."""
    grid, found = apart(csv_grid, pause, SECONDS, MEGABYTES, path.absolute())
    return Opened(b"", {path.name: grid}, b"", found)


def csv_grid(path: Path) -> tuple[Grid, str]:
    """The cells of a CSV file, its blank rows among them, and what it was found to be, read here."""
    table = read_csv(path)
    first = table.numbers[0] - 1 if table.numbers else 1
    rows = dict(zip((first, *table.numbers), (table.headings, *table.rows), strict=True))
    blank = ("",) * len(table.headings)
    every = [rows.get(number, blank) for number in range(first, max(rows) + 1)]
    return Grid(path.name, first, 1, every), table.found


def open_next(path: Path) -> None:
    """Have a workbook read that is going to be opened next, while this process goes on (:func:`begin_apart`). Whatever
    there is to say against it is said when it is opened."""
    with suppress(NotFound):
        begin_apart(read_here, content_of(path))


def read_here(content: bytes) -> tuple[dict[str, Grid], bytes]:
    """The sheets of the workbook of these bytes by their titles, and the id of the export it says to be. In a process
    of its own: a cell far out ends it. Raises BadInput or Damaged."""
    if not content:
        raise BadInput(_("The file is empty."))
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _locked()
    if content.startswith(_ZIP):
        _check_size(content)
    elif not content.startswith(_OLE):
        raise _something_else(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        beside = _beside(content, workbook.sheet_names)
        grids = {title: _grid(workbook, title, beside.get(title, Beside())) for title in workbook.sheet_names}
        return grids, _export_of(content)
    except PasswordError as fault:
        raise _locked() from fault
    except (CalamineError, ValueError, OSError) as fault:
        if is_locked(content) or _LOCKS_ODS in part(content, "META-INF/manifest.xml"):
            raise _locked() from fault
        far = far_cell_ods(content)
        raise far_out(*far) if far else _damaged() from fault


def _beside(content: bytes, titles: Sequence[str]) -> Mapping[str, Beside]:
    if content.startswith(_OLE):
        return beside_xls(content)
    names = parts(content)
    if "content.xml" in names:
        return beside_ods(content)
    return beside_xlsb(content) if "xl/workbook.bin" in names else beside_xlsx(content, titles)


def _grid(workbook: CalamineWorkbook, title: str, beside: Beside) -> Grid:
    sheet: CalamineSheet = workbook.get_sheet_by_name(title)
    first_row, first_column = (each + 1 for each in sheet.start or (0, 0))
    rows = sheet.to_python(skip_empty_area=True)
    areas = beside.merged or [
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    failed = None if beside.failed is None else frozenset(beside.failed)
    covered = _covered(rows, first_row, first_column, areas)
    return Grid(title, first_row, first_column, rows, covered, beside.comments, failed)


def _covered(
    rows: Sequence[Sequence[Cell]], first_row: int, first_column: int, areas: Sequence[Area]
) -> dict[Place, Cell]:
    """The cells that were merged into others, of those that the sheet has, each with what the first of them holds."""
    found: dict[Place, Cell] = {}
    last_row, last_column = first_row + len(rows), first_column + (len(rows[0]) if rows else 0)
    for top, left, bottom, right in areas:
        if not (first_row <= top < last_row and first_column <= left < last_column):
            continue
        cell = rows[top - first_row][left - first_column]
        for row in range(top, min(bottom + 1, last_row)):
            for column in range(left, min(right + 1, last_column)):
                if (row, column) != (top, left):
                    found[row, column] = cell
    return found


def _export_of(content: bytes) -> bytes:
    for name in _PROPERTIES:
        found = _EXPORT.search(part(content, name))
        if found:
            return bytes.fromhex(found[1].decode())
    return b""


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            swells = any(_DEFINITIONS in _begins(archive, each.filename) for each in members)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise _damaged() from fault
    if not any(each.filename.startswith("xl/") or each.filename == "content.xml" for each in members):
        raise _something_else(content)
    if sum(each.file_size for each in members) > _LARGEST:
        raise BadInput(_("This workbook unpacks to far more than a workbook holds; it was not read."))
    if swells:
        raise BadInput(_("This file is built to swell as it is read, which no workbook does; it was not read."))


def _begins(archive: zipfile.ZipFile, name: str) -> bytes:
    """How a part of a workbook begins: only there may it define what is to be put in the place of what."""
    try:
        with archive.open(name) as file:
            return file.read(_BEGINNING)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return b""  # it is damaged or locked, which its reader says


def holds_macros(content: bytes) -> bool:
    """Whether a workbook brings a program along. Nothing here ever runs one."""
    if content.startswith(_OLE):
        return _MACROS in content
    return any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in parts(content))


def far_out(sheet: str, cell: str) -> BadInput:
    """What is said of a cell for the sake of which no memory is enough."""
    return BadInput(
        _(
            "Cell {cell} of the sheet {sheet} holds something, far away from all else. Please empty it, or delete its "
            "row and column, and try again.",
            cell=cell,
            sheet=sheet,
        )
    )


def _something_else(content: bytes) -> BadInput:
    """Says what a file is that is no workbook, as far as its first bytes tell, and what to do."""
    if content.startswith(b"\x89OUT"):
        return BadInput(
            _("This is not a workbook. It is a file of Outreach for another purpose: an invitation, a backup, a sync.")
        )
    if content.startswith(_ZIP):
        return BadInput(
            _("This is not a workbook. It is a packed file or another program's document: unpack it, or save it anew.")
        )
    if content.startswith(b"%PDF"):
        return BadInput(_("This is not a workbook. It is a PDF: ask for the workbook that it was made from."))
    if content.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8")):
        return BadInput(_("This is not a workbook. It is a picture: what is on it has to be typed in."))
    if content.lstrip()[:1] == b"<":
        return BadInput(
            _("This is not a workbook. It is a web page: open it in a spreadsheet program and save it as a workbook.")
        )
    if b"\0" not in content[:_LOOKED_AT]:
        return BadInput(_("This is not a workbook. It is text: where it is a table, give it a name that ends in .csv."))
    return BadInput(_("This is not a workbook. Choose a file that a spreadsheet program or Outreach has saved."))


def _locked() -> BadInput:
    return BadInput(_("This workbook is locked with a password. Please save it without one and try again."))


def _damaged() -> Damaged:
    return Damaged(_("This workbook is damaged or cut short. Please ask for it again."))
