"""Writes an xlsb of one sheet, as far as a reader needs one: no program that runs here saves that form."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from outreach_app.sheets.cells import Cell, canonical

ERROR = "#REF!"
_ROW, _ERROR, _NUMBER, _TEXT, _MERGED = 0, 3, 5, 6, 176
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(data), b""
    while length >= 0x80:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: Cell) -> bytes:
    place = struct.pack("<II", column, 0)
    if value == ERROR:
        return _record(_ERROR, place + b"\x17")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _record(_NUMBER, place + struct.pack("<d", value))
    return _record(_TEXT, place + _text(canonical(value)))


def write_xlsb(path: Path, title: str, rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, ...]] = ()) -> Path:
    """Write it. ``merged``: first row, last row, first column, last column, all from 0."""
    sheet = [_record(129), _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)), _record(145)]
    for at, row in enumerate(rows):
        sheet.append(_record(_ROW, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0)))
        sheet += [_cell(column, value) for column, value in enumerate(row) if value is not None]
    sheet.append(_record(146))
    sheet += [_record(_MERGED, struct.pack("<4I", *area)) for area in merged]
    sheet.append(_record(130))
    bundle = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(title))
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.bin", b"".join([_record(131), _record(143), bundle, _record(144), _record(132)]))
        made.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
        made.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin"))
        made.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
    return path
