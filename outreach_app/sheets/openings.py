"""Opens a workbook of any program for reading, or says in a sentence why it cannot be read."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.sheets.apart import MEGABYTES, SECONDS, Pause, apart, begin_apart
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.marks import EXPORT_PROPERTY
from outreach_app.texts import _

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 1_500_000_000  # bytes a workbook may unpack to
_LOOKED_AT = 1_000  # bytes that tell text from anything else
_PROPERTIES = ("docProps/custom.xml", "meta.xml")
_EXPORT = re.compile(re.escape(EXPORT_PROPERTY).encode() + rb'"[^>]*>(?:\s*<vt:lpwstr>)?([0-9a-f]{32})<')
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?:[^>]*\st="e"[^>]*>|[^>]*>\s*' + _FORMULA + rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>)"
)
_SHEET = re.compile(rb"<sheet\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


@dataclass(frozen=True)
class Grid:
    """A sheet's cells. ``first_row``: the number, as people count, of ``rows[0]``; ``first_column`` likewise from 1."""

    title: str
    first_row: int
    first_column: int
    rows: Sequence[Sequence[Cell]]


@dataclass
class Opened:
    """A workbook as it was read: the cells of its sheets, and what else of it is asked for."""

    content: bytes = field(repr=False)
    grids: Mapping[str, Grid] = field(repr=False)
    export: bytes  # the export's id, from the workbook's properties; empty where they do not say
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

        To a reader they look empty. Known of xlsx alone; asked only where something seems to have been emptied.
        """
        if title not in self._failed:
            self._failed[title] = apart(_failed_cells, pause, SECONDS, MEGABYTES, self.content, self.titles, title)
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
    grids, export = apart(read_here, pause, SECONDS, MEGABYTES, content)
    return Opened(content, grids, export)


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
        return {title: _grid(workbook, title) for title in workbook.sheet_names}, _export_of(content)
    except PasswordError as fault:
        raise _locked() from fault
    except (CalamineError, ValueError, OSError) as fault:
        raise _damaged() from fault


def _grid(workbook: CalamineWorkbook, title: str) -> Grid:
    sheet: CalamineSheet = workbook.get_sheet_by_name(title)
    start = sheet.start or (0, 0)
    return Grid(title, start[0] + 1, start[1] + 1, sheet.to_python(skip_empty_area=True))


def _export_of(content: bytes) -> bytes:
    for name in _PROPERTIES:
        found = _EXPORT.search(_part(content, name))
        if found:
            return bytes.fromhex(found[1].decode())
    return b""


def _failed_cells(content: bytes, titles: Sequence[str], title: str) -> frozenset[tuple[int, int]]:
    raw = _part(content, sheet_part(content, titles, title))
    return frozenset((int(row), _column(letters)) for letters, row in _NO_VALUE.findall(raw))


def sheet_part(content: bytes, titles: Sequence[str], title: str) -> str:
    """The file within an xlsx that holds a sheet."""
    targets = {}
    for tag in re.findall(rb"<Relationship\s[^>]*>", _part(content, "xl/_rels/workbook.xml.rels")):
        named = dict(_ATTRIBUTE.findall(tag))
        targets[named.get(b"Id", b"")] = named.get(b"Target", b"").decode()
    tags = _SHEET.findall(_part(content, "xl/workbook.xml"))
    if len(tags) != len(titles) or title not in titles:
        return ""
    target = targets.get(dict(_ATTRIBUTE.findall(tags[titles.index(title)])).get(b"r:id", b""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _part(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.read(name)
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b""


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise _damaged() from fault
    if not any(part.filename.startswith("xl/") or part.filename == "content.xml" for part in parts):
        raise _something_else(content)
    if sum(part.file_size for part in parts) > _LARGEST:
        raise BadInput(_("This workbook unpacks to far more than a workbook holds; it was not read."))


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


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place
