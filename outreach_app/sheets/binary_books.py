"""What the binary workbooks, xls and xlsb, hold beside the contents of their cells: errors, merged cells, comments.

An xls is a chain of records in a file within a file: Microsoft's [MS-XLS] and [MS-CFB]. An xlsb is a zip of chains of
records: [MS-XLSB]. Whatever does not fit is passed over: the reader of cells says whether a file is whole.
"""

import struct
from collections.abc import Iterator, Mapping

from outreach_app.sheets.beside_cells import Beside, part

_FREE = 0xFFFFFFFA  # numbers of sectors from here on are no sectors
_SHEET, _BOUND, _BEGINS, _ENDS, _LOCKED = 0, 0x85, 0x809, 0x0A, 0x2F
_BOOL_ERROR, _FORMULA, _MERGED, _NOTE, _OBJECT, _WORDS, _GOES_ON = 0x205, 0x06, 0xE5, 0x1C, 0x5D, 0x1B6, 0x3C
_B_ROW, _B_ERROR, _B_FORMULA_ERROR, _B_MERGED, _B_SHEET = 0, 3, 11, 176, 156
_ENTRY = 128  # bytes of an entry of the directory


def beside_xls(content: bytes) -> Mapping[str, Beside]:
    """What the sheets of an xls hold beside their cells, by title."""
    try:
        stream = _stream(content, ("Workbook", "Book"))
        titles = dict(_bound_sheets(stream))
        return {title: _beside(stream, begins) for begins, title in titles.items()}
    except (struct.error, IndexError, ValueError):
        return {}


def is_locked(content: bytes) -> bool:
    """Whether an xls has a password, which its reader takes for no xls at all."""
    try:
        stream = _stream(content, ("Workbook", "Book"))
        return next((kind for kind, _data in _records(stream, 0) if kind in (_LOCKED, _BOUND)), 0) == _LOCKED
    except (struct.error, IndexError, ValueError):
        return False


def _stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """A stream of a compound file, by its name. Short ones lie in the stream of the directory's first entry, which has
    smaller sectors and a table of its own."""
    size, small = (1 << power for power in struct.unpack_from("<HH", content, 30))
    (first, _signature, shortest, small_table) = struct.unpack_from("<4I", content, 48)
    table, body = _table(content, size), memoryview(content)[size:]
    directory = _chain(body, size, table, first)
    for at in range(0, len(directory), _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        if directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace") in names:
            begins, whole = struct.unpack_from("<II", directory, at + 116)
            if whole < shortest:
                within = memoryview(_chain(body, size, table, struct.unpack_from("<I", directory, 116)[0]))
                numbers = _chain(body, size, table, small_table)
                following = [number for (number,) in struct.iter_unpack("<I", numbers)]
                return _chain(within, small, following, begins)[:whole]
            return _chain(body, size, table, begins)[:whole]
    return b""


def _table(content: bytes, size: int) -> list[int]:
    """Which sector of a compound file follows which."""
    (count,) = struct.unpack_from("<I", content, 44)
    (more,) = struct.unpack_from("<I", content, 68)
    sectors = list(struct.unpack_from("<109I", content, 76))
    each = size // 4
    while more < _FREE and len(sectors) < count + each:
        *listed, more = struct.unpack_from(f"<{each}I", content, (more + 1) * size)
        sectors += listed
    table: list[int] = []
    for sector in sectors[:count]:
        if sector < _FREE:
            table += struct.unpack_from(f"<{each}I", content, (sector + 1) * size)
    return table


def _chain(body: memoryview, size: int, table: list[int], sector: int) -> bytes:
    """The sectors from one on; ``table`` says which follows which."""
    found: list[memoryview] = []
    while sector < _FREE and len(found) <= len(table):
        found.append(body[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(found)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _bound_sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """(where it begins, title) of each sheet."""
    for kind, data in _records(stream, 0):
        if kind == _BOUND and data[5] == _SHEET:
            length, wide = data[6], data[7] & 1
            yield struct.unpack_from("<I", data)[0], _text(data[8:], length, wide)
        if kind == _ENDS:
            return


def _text(data: bytes, length: int, wide: int) -> str:
    return data[: 2 * length].decode("utf-16-le", "replace") if wide else data[:length].decode("latin-1")


def _beside(stream: bytes, begins: int) -> Beside:
    """Of the sheet that begins there."""
    failed, merged = set(), []
    words: dict[int, str] = {}
    notes: dict[tuple[int, int], int] = {}
    depth, about, long = 0, 0, 0
    for kind, data in _records(stream, begins):
        depth += (kind == _BEGINS) - (kind == _ENDS)
        if depth <= 0:
            break
        if (kind == _BOOL_ERROR and data[7]) or (kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff"):
            failed.add(_cell(data))
        elif kind == _MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", data[2 : 2 + 8 * (len(data) // 8)]):
                merged.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _OBJECT:
            about = struct.unpack_from("<H", data, 6)[0]
        elif kind == _WORDS:
            long = struct.unpack_from("<H", data, 10)[0]
        elif kind == _GOES_ON and long:
            words[about], long = _text(data[1:], long, data[0] & 1), 0
        elif kind == _NOTE:
            notes[_cell(data)] = struct.unpack_from("<H", data, 6)[0]
    comments = {place: words[about].strip() for place, about in notes.items() if words.get(about, "").strip()}
    return Beside(merged, comments, failed)


def _cell(data: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", data)
    return row + 1, column + 1


def beside_xlsb(content: bytes) -> Mapping[str, Beside]:
    """What the sheets of an xlsb hold beside their cells, by title; of comments nothing is known."""
    try:
        targets = _targets(part(content, "xl/_rels/workbook.bin.rels"))
        sheets = [data for kind, data in _long_records(part(content, "xl/workbook.bin")) if kind == _B_SHEET]
        named = [_two_texts(data[8:]) for data in sheets]
        return {title: _beside_long(part(content, f"xl/{targets.get(about, '')}")) for about, title in named}
    except (struct.error, IndexError, ValueError):
        return {}


def _targets(relations: bytes) -> dict[str, str]:
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(relations)
    except ElementTree.ParseError:
        return {}
    return {str(each.get("Id")): str(each.get("Target")) for each in root}


def _two_texts(data: bytes) -> tuple[str, str]:
    (length,) = struct.unpack_from("<I", data)
    first = data[4 : 4 + 2 * length].decode("utf-16-le", "replace")
    rest = data[4 + 2 * length :]
    (length,) = struct.unpack_from("<I", rest)
    return first, rest[4 : 4 + 2 * length].decode("utf-16-le", "replace")


def _beside_long(stream: bytes) -> Beside:
    found, row = Beside(failed=set()), 0
    failed: set[tuple[int, int]] = set()
    for kind, data in _long_records(stream):
        if kind == _B_ROW:
            row = struct.unpack_from("<I", data)[0] + 1
        elif kind in (_B_ERROR, _B_FORMULA_ERROR):
            failed.add((row, struct.unpack_from("<I", data)[0] + 1))
        elif kind == _B_MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            found.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    found.failed = failed
    return found


def _long_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an xlsb, whose kinds and lengths are written seven bits a byte."""
    at = 0
    while at < len(stream):
        kind, at = _seven_bits(stream, at, 2)
        length, at = _seven_bits(stream, at, 4)
        yield kind, stream[at : at + length]
        at += length


def _seven_bits(stream: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for shift in range(most):
        byte = stream[at]
        at += 1
        number |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            break
    return number, at
