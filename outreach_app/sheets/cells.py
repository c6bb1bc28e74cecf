"""What a cell holds, in a form that survives being opened and saved again, and digests over it.

A date may come back as a moment at midnight, a whole number as 3.0 or as text, an accent in two pieces, a space as a
no-break space, a straight quotation mark as a curly one. The canonical text of a cell is the same for all of them, so a
cell that nobody touched is known again. It is for comparing: what was written is stored as it was written.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TypeAlias
from zlib import crc32

Cell: TypeAlias = bool | int | float | str | date | datetime | time | timedelta | None
"""What a reader or writer of workbooks calls the content of one cell."""

LONGEST = 32_767
"""Characters in one cell: what every spreadsheet program keeps."""

BETWEEN = "\x1f"
"""Between the canonical texts of a row's cells."""

_FOLDS = {
    "\xa0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ",
    "\u200b": None, "\ufeff": None, "\u2060": None,
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201f": '"',
    "\u2010": "-", "\u2011": "-", "\r": "\n",
}  # fmt: skip
_TABLE = str.maketrans({sign: to for sign, to in _FOLDS.items() if sign != "\r"})
_ENDS = " \t\n"
_ROUGH = re.compile(r"[ \t\n]\x1f|\x1f[ \t\n]")
_AROUND = re.compile(r"[ \t\n]*\x1f[ \t\n]*")
_SIGNS = str.maketrans(
    {number: 0x2400 + number for number in range(32) if number not in (9, 10)} | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
)
_NUMBERS = {0.0: "0", 1.0: "1"}
_EXACT = 1e15


def writable(text: str) -> str:
    """``text`` as a cell can hold it: control characters as their pictures, line ends as one, and not too long.

    What this loses is kept where the workbook keeps what its cells cannot say.
    """
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)
        text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def canonical(cell: Cell) -> str:
    """The canonical text of one cell; "" for an empty one."""
    text = cell if isinstance(cell, str) else _text(cell)
    if BETWEEN in text:
        text = text.replace(BETWEEN, "")
    return _folded(text).strip(_ENDS)


def canonical_row(cells: Sequence[Cell]) -> str:
    """The canonical texts of a row's cells, joined: one pass over them all, for most rows are read untouched."""
    text = BETWEEN.join([cell if type(cell) is str else _text(cell) for cell in cells])
    if text.count(BETWEEN) != len(cells) - 1:
        return BETWEEN.join([canonical(cell) for cell in cells])
    text = _folded(text)
    if _ROUGH.search(text):
        text = _AROUND.sub(BETWEEN, text)
    return text.strip(_ENDS)


def row_texts(row: str) -> list[str]:
    """The canonical text of each cell, from that of the row."""
    return row.split(BETWEEN)


def cell_digest(text: str) -> int:
    """32 bits over a canonical text. Any change within four neighbouring bytes is certain to show."""
    return crc32(text.encode("utf-8", "replace"))


def row_digest(row: str, record: bytes) -> bytes:
    """8 bytes over a row's canonical text and the record it shows, so that a row copied to another is noticed."""
    return blake2b(row.encode("utf-8", "replace"), digest_size=8, key=record).digest()


def _folded(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x00" in text:  # how a workbook's XML writes signs that XML has no place for; some programs keep it as text
        text = text.replace("_x000D_", "").replace("_x005F_", "_")
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_TABLE))


def _text(cell: Cell) -> str:
    """A cell that is no text, as text. Moments are rounded to the second: a serial number holds little more."""
    if cell is None:
        return ""
    if isinstance(cell, float | int):
        known = _NUMBERS.get(cell)
        if known is not None:
            return known
        return str(int(cell)) if abs(cell) < _EXACT and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return moment_text(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def moment_text(when: datetime) -> str:
    """A local moment to the second; a day alone where it is midnight, for spreadsheets do not tell those apart."""
    if when.microsecond:
        when = (when + timedelta(milliseconds=500)).replace(microsecond=0)
    return when.isoformat() if when.time() != time() else when.date().isoformat()
