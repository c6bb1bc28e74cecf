"""What a sheet holds beside the contents of its cells: errors, merged cells, comments. Their reader tells none of it.

Where calamine meets an error, it gives an empty cell; taken for an emptied one, it would be an edit that nobody made.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import TypeAlias
from xml.etree import ElementTree

from outreach_app.sheets.part_rows import letters

Place: TypeAlias = tuple[int, int]
"""(row, column), both from 1."""
Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1: cells that were merged into the first of them."""

_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?:[^>]*\st="e"[^>]*>|[^>]*>\s*' + _FORMULA + rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>)"
)
_PLACED = re.compile(rb'<c\s[^>]*?r="([A-Z]+)(\d+)"')
_ROOM = 50_000_000  # cells
_SHEET = re.compile(rb"<sheet\s[^>]*>")
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_COMMENT = re.compile(rb'<comment\s[^<>]*?ref="([A-Z]+)(\d+)"[^<>]*>((?:(?!<comment\s).)*?)</comment>', re.DOTALL)
_RUN = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</t>")
_THREAD = re.compile(r"^\[.+?\]\n.*?\n\w+:\s*", re.DOTALL)
"""What Excel says above the words of a conversation, for programs that know only comments."""
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE = (_ODS % name for name in ("table", "text", "office"))
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_TELLING = (b"covered-table-cell", b"office:annotation", b'calcext:value-type="error"')
_WIDEST = 16_384


@dataclass(slots=True)
class Beside:
    """Of one sheet. ``failed``: the cells that hold an error; None where that was not looked for."""

    merged: list[Area] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    failed: set[Place] | None = None


def part(content: bytes, name: str) -> bytes:
    """A file within a workbook; empty where there is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.read(name)
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b""


def parts(content: bytes) -> Sequence[str]:
    """The names of the files within a workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ()


def failed_cells(content: bytes, titles: Sequence[str], title: str) -> frozenset[Place]:
    """Of a sheet of an xlsx, the cells that hold an error, or a formula never worked out. They look empty."""
    raw = part(content, sheet_part(content, titles, title))
    return frozenset((int(row), _column(column)) for column, row in _NO_VALUE.findall(raw))


def far_cell(content: bytes) -> tuple[str, str] | None:
    """The sheet of an xlsx, and the cell of it, up to which no reader has room for all cells; None where none is."""
    from python_calamine import CalamineWorkbook

    titles = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names if content.startswith(b"PK") else []
    for title in titles:
        wide, far = 0, (0, "")
        for column, row in _PLACED.findall(part(content, sheet_part(content, titles, title))):
            wide = max(wide, _column(column))
            far = max(far, (int(row), f"{column.decode()}{int(row)}"))
        if wide * far[0] > _ROOM:
            return title, far[1]
    return None


def far_cell_ods(content: bytes) -> tuple[str, str] | None:
    """The same of an ods."""
    wide, sheet = 0, ""
    with suppress(ElementTree.ParseError, ValueError):  # what is damaged, the reader of cells refuses
        for title, row, cells in _ods_rows(part(content, "content.xml")):
            filled = [column for column, cell in cells if len(cell)]
            wide, sheet = max([wide if title == sheet else 0, *filled]), title
            if filled and wide * row > _ROOM:
                return title, f"{letters(filled[-1])}{row}"
    return None


def beside_xlsx(content: bytes, titles: Sequence[str]) -> Mapping[str, Beside]:
    """The comments of an xlsx, by the titles of the sheets that have any."""
    found: dict[str, Beside] = {}
    if not any("comment" in name for name in parts(content)):
        return found  # as in nearly all: the others are spared the search
    for title in titles:
        name = sheet_part(content, titles, title)
        folder, file = posixpath.split(name)
        for kind, target in _relations(content, f"{folder}/_rels/{file}.rels").values():
            if kind.endswith("/comments"):
                comments = part(content, _within(folder, target))
                said = {(int(row), _column(column)): _said(text) for column, row, text in _COMMENT.findall(comments)}
                found[title] = Beside(comments={place: words for place, words in said.items() if words})
    return found


def _said(comment: bytes) -> str:
    text = unescape(b"".join(_RUN.findall(comment)).decode("utf-8", "replace"))
    return _THREAD.sub("", text).strip() if text.startswith("[") else text.strip()


def sheet_part(content: bytes, titles: Sequence[str], title: str) -> str:
    """The file within an xlsx that holds a sheet."""
    targets = _relations(content, "xl/_rels/workbook.xml.rels")
    tags = _SHEET.findall(part(content, "xl/workbook.xml"))
    if len(tags) != len(titles) or title not in titles:
        return ""
    named = dict(_ATTRIBUTE.findall(tags[titles.index(title)]))
    _kind, target = targets.get(named.get(b"r:id", b"").decode("utf-8", "replace"), ("", ""))
    return _within("xl", target)


def _relations(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """By id, the kind and target of what a part of an xlsx points at."""
    found = {}
    for tag in _RELATION.findall(part(content, name)):
        named = {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}
        found[named.get("Id", "")] = named.get("Type", ""), named.get("Target", "")
    return found


def _within(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def beside_ods(content: bytes) -> Mapping[str, Beside]:
    """What the sheets of an ods hold beside their cells, by title; nothing where the file holds none of it."""
    raw = part(content, "content.xml")
    if not any(sign in raw for sign in _TELLING):
        return {}
    found: dict[str, Beside] = {}
    with suppress(ElementTree.ParseError, ValueError):  # whether it is whole, the reader of cells says, which read it
        for title, row, cells in _ods_rows(raw):
            beside = found.setdefault(title, Beside(failed=set()))
            for column, cell in cells:
                _note(beside, (row, column), cell)
    return found


def _ods_rows(raw: bytes) -> Iterator[tuple[str, int, list[tuple[int, ElementTree.Element]]]]:
    """(title, row, its cells with their columns) of each row that is there once."""
    title, row = "", 1
    for event, element in ElementTree.iterparse(BytesIO(raw), events=("start", "end")):
        if event == "start":
            if element.tag == f"{_TABLE}table":
                title, row = str(element.get(f"{_TABLE}name")), 1
        elif element.tag == f"{_TABLE}table-row":
            yield title, row, list(_ods_cells(element))
            row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
            element.clear()


def _ods_cells(row: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    column = 1
    for cell in row:
        yield column, cell
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))


def _note(beside: Beside, place: Place, cell: ElementTree.Element) -> None:
    row, column = place
    if cell.get(_VALUE_TYPE) == "error" and beside.failed is not None:
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), _WIDEST)
        beside.failed.update((row, column + at) for at in range(times))
    down, across = (int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("rows", "columns"))
    if down > 1 or across > 1:
        beside.merged.append((row, column, row + down - 1, column + across - 1))
    comment = cell.find(f"{_OFFICE}annotation")
    if comment is not None:
        words = "\n".join("".join(each.itertext()) for each in comment.iter(f"{_TEXT}p")).strip()
        if words:
            beside.comments[place] = words


def _column(named: bytes) -> int:
    place = 0
    for letter in named:
        place = place * 26 + letter - 64
    return place
