"""A department's own workbook, taken apart so that its table can be filled and nothing else of it is touched.

It may be hostile, so this is done in a process of its own (:mod:`outreach_app.apart`). What comes of it are
bytes between which rows are put: the title rows above, the pictures, charts, other sheets and print set-up are never
read as anything but bytes, and so none of them is lost, as a spreadsheet library would lose what it does not know.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.beside_cells import sheet_part
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.openings import Grid, read_here
from outreach_app.sheets.part_rows import letters
from outreach_app.sheets.template_parts import Row, SheetScan, Styles, carried_on, unusual
from outreach_app.texts import _

LARGEST = 1_000_000  # bytes of a template, for it goes to every laptop
_UNPACKED = 64_000_000
_SEARCHED = 15  # rows in which headings are looked for
_WORKBOOK, _STYLES, _SHEETS = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet"
_MACROS = ("xl/vbaProject.bin", "xl/macrosheets/")
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')
_ROW = re.compile(r"\d+")
_TABLE = re.compile(rb'Target="([^"]*tables/[^"]*)"')
_TOTALS = re.compile(rb'totalsRowCount="[1-9]')
_CALCULATED = re.compile(rb"<calcPr\b")
_BEFORE_CALCULATED = re.compile(rb"</definedNames>|</externalReferences>|</functionGroups>|</sheets>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is filled in: counted from 1, and its styles: for text that looks like a formula, for anything
    else, for a day, and for a moment."""

    column: int
    quoted: int
    plain: int
    day: int
    moment: int


@dataclass(frozen=True)
class Template:
    """A template taken apart.

    ``first``: the number of the first row to be filled; ``places``: by heading, as it was asked for; ``rows``: those
    there are below the headings, ``pattern`` the first, whose styles and formulas are carried on; ``before`` and
    ``after`` its rows in ``part``, the sheet's XML; ``changed``: other parts that are written otherwise than they came;
    ``tables`` those of the sheet that begin at the headings."""

    part: str
    before: bytes
    after: bytes
    first: int
    places: Mapping[str, Place]
    pattern: Row
    rows: Mapping[int, Row]
    changed: Mapping[str, bytes]
    tables: Sequence[str]


_RESULT = re.compile(rb"(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*<v>[^<]*</v>")


def without_results(sheet: bytes) -> bytes:
    """A sheet's XML without what its formulas came to, for that was of other rows; who opens it works them out."""
    return _RESULT.sub(rb"\1", sheet)


def take_apart(content: bytes, headings: Sequence[str]) -> Template:
    """The template of these bytes, whose table has these headings. Raises BadInput with what stands in the way."""
    _check(content)
    grids = read_here(content)[0]
    title, number, columns = _found(grids, headings)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            part = sheet_part(content, [*grids], title)
            raw, workbook, styles = (archive.read(name) for name in (part, _WORKBOOK, _STYLES))
            tables = _tables(archive, part, number)
            others = {
                name: archive.read(name) for name in archive.namelist() if name.startswith(_SHEETS) and name != part
            }
        scan, known = SheetScan(raw, number), Styles(styles)
        _check_below(scan, number, columns.values())
        pattern = scan.rows.get(number + 1, Row(number + 1, b"", {}, {}))
        places = {heading: _place(scan, known, pattern, column) for heading, column in columns.items()}
    except (KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as fault:
        raise unusual() from fault
    changed = {name: without_results(other) for name, other in others.items()}
    changed |= {_WORKBOOK: _worked_out(workbook), _STYLES: known.raw()}
    before, after = raw[: scan.begins], raw[scan.ends :]
    return Template(part, before, after, number + 1, places, pattern, scan.rows, changed, tables)


def _check(content: bytes) -> None:
    if len(content) > LARGEST:
        raise BadInput(
            _("A template goes to every laptop, so it may have 1 MB at most. Make its pictures smaller, and try again.")
        )
    if not content.startswith(b"PK"):
        raise BadInput(_("A template is a workbook (xlsx). Save it as one, and try again."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise _damaged() from fault
    if any(each.filename.startswith(_MACROS) for each in parts):
        raise BadInput(_("This workbook holds macros. Save it as a workbook without them (xlsx), and try again."))
    if sum(each.file_size for each in parts) > _UNPACKED:
        raise BadInput(_("This workbook unpacks to far more than a workbook holds; it was not read."))
    _check_whole(content)


def _check_whole(content: bytes) -> None:
    """Refuse a workbook of which a part cannot be read, for all of them are written anew each time it is filled."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            broken = archive.testzip()
    except (zlib.error, EOFError, OSError, RuntimeError, ValueError) as fault:
        raise _damaged() from fault
    if broken is not None:
        raise _damaged()


def _damaged() -> BadInput:
    return BadInput(_("This workbook is damaged or cut short. Please ask for it again."))


def _found(grids: Mapping[str, Grid], headings: Sequence[str]) -> tuple[str, int, dict[str, int]]:
    """The sheet, row and columns of the headings."""
    wanted = {folded(heading): heading for heading in headings}
    for title, grid in grids.items():
        for at, row in enumerate(grid.rows[:_SEARCHED]):
            texts = [folded(canonical(cell)) for cell in row]
            if wanted and wanted.keys() <= set(texts):
                columns = {heading: grid.first_column + texts.index(text) for text, heading in wanted.items()}
                return title, grid.first_row + at, columns
    raise BadInput(
        _("The template has no row with all of these headings: {headings}", headings=", ".join(headings) or "-")
    )


def _check_below(scan: SheetScan, number: int, filled: Collection[int]) -> None:
    """Refuse what filling would write over or part from what it belongs to. Below the headings there may be one row of
    examples, and formulas beside the filled columns, in each row from the first on."""
    for ref in _MERGED.findall(scan.raw[scan.ends :]):
        if max(int(row) for row in _ROW.findall(ref.decode())) > number:
            raise BadInput(_in_the_way(ref.decode()))
    for row in scan.rows.values():
        for column, cell in row.cells.items():
            first = row.number == number + 1
            above = scan.rows.get(row.number - 1)
            follows = first or (above is not None and column in above.cells and bool(above.cells[column].formula))
            formula_fits = column not in filled and follows
            place = f"{letters(column)}{row.number}"
            if (cell.formula and not formula_fits) or (cell.filled and not cell.formula and not first):
                raise BadInput(_in_the_way(place))
            if first and cell.formula.strip():
                carried_on(cell.formula, place, place)


def _in_the_way(place: str) -> str:
    return _(
        "Cell {place} of the template would be written over. Below the headings leave one row of examples at most, and "
        "formulas in columns that are not filled; move all else above the headings, or to another sheet.",
        place=place,
    )


def _place(scan: SheetScan, styles: Styles, pattern: Row, column: int) -> Place:
    cell = pattern.cells.get(column)
    style = cell.style if cell else scan.style_of(pattern, column)
    day, moment = styles.dated(style, with_time=False), styles.dated(style, with_time=True)
    return Place(column, styles.quoted(style), style, day, moment)


def _tables(archive: zipfile.ZipFile, part: str, number: int) -> list[str]:
    """The parts of the tables that begin at the headings."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return []
    found = []
    for target in _TABLE.findall(archive.read(relations)):
        path = target.decode()
        path = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        raw = archive.read(path) if path in archive.namelist() else b""
        if re.search(rb'ref="[A-Z]+%d:' % number, raw):
            if _TOTALS.search(raw):
                raise BadInput(_("The template's table has a row of totals. Put totals above it, and try again."))
            found.append(path)
    return found


def _worked_out(workbook: bytes) -> bytes:
    """The workbook's XML, saying that formulas are to be worked out anew when it is opened."""
    told = b' fullCalcOnLoad="1"'
    if b"fullCalcOnLoad" in workbook:
        return workbook
    if _CALCULATED.search(workbook):
        return _CALCULATED.sub(b"<calcPr" + told, workbook, count=1)
    last = [*_BEFORE_CALCULATED.finditer(workbook)]
    if not last:
        raise unusual()
    at = max(each.end() for each in last)
    return workbook[:at] + b"<calcPr" + told + b"/>" + workbook[at:]
