"""Tables out of CSV files, whatever program wrote them: its encoding and separator are found out, and told.

Cells stay as they are written. A row's number is the one people see in a spreadsheet: the headings are row 1.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from outreach_app.model.errors import BadInput, Damaged, NotFound, NotWritable
from outreach_app.texts import _

_SHOWN = {"\t": "⇥"}
SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_END = "\x1f"  # no file holds it: see _decoded
_LOOKED_AT = 60  # rows from which the separator is judged


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file read. Every row is as long as ``headings``; ``numbers`` are the rows' numbers as people see them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str
    separator: str

    @property
    def found(self) -> str:
        """Its encoding, and what parts its cells; "" where both are as usual."""
        usual = self.encoding.startswith("utf-8") and self.separator == ","
        return "" if usual else f"{self.encoding}, {_SHOWN.get(self.separator, self.separator)}"


def read_csv(path: Path) -> Table:
    """The table of a CSV file, blank rows left out.

    NotFound where there is no such file, BadInput where it is empty or no CSV, Damaged where it breaks off.
    """
    return table_of(_bytes_of(path), path.name)


def table_of(raw: bytes, name: str) -> Table:
    """The table of a CSV file's bytes. ``name``: what the file is called."""
    text, encoding = _decoded(raw, name)
    separator, text = _separator(text)
    records = _records(text, separator, name)
    filled = [(number, cells) for number, cells in enumerate(records, start=1) if any(cell.strip() for cell in cells)]
    if not filled:
        raise BadInput(_("“{file}” is empty.", file=name))
    (_first, headings), *rows = filled
    width = max(len(cells) for _number, cells in filled)
    whole = [(number, (*cells, *[""] * (width - len(cells)))) for number, cells in rows]
    return Table(
        tuple(heading.strip() for heading in (*headings, *[""] * (width - len(headings)))),
        tuple(cells for _number, cells in whole),
        tuple(number for number, _cells in whole),
        encoding,
        separator,
    )


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput(_("“{file}” is a folder; choose a CSV file.", file=path.name))
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(_("There is no file “{file}”. Check the name and try again.", file=path.name)) from None
    except OSError:
        raise NotWritable(
            _("“{file}” cannot be read. Close it in other programs and try again.", file=path.name)
        ) from None


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text and the encoding it was in. cp1252 is what Excel on Windows writes when it says only "CSV"."""
    if not raw.strip():
        raise BadInput(_("“{file}” is empty.", file=file))
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    if not marked and (b"\x00" in raw or raw.startswith(_WORKBOOKS)):
        raise _no_csv(file)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(character < " " and character not in "\t\r\n\f\v" for character in text):
            raise _no_csv(file)
        return text, encoding
    raise _no_csv(file)


def _no_csv(file: str) -> BadInput:
    return BadInput(_("“{file}” is no CSV file. If it is a workbook, save it as CSV and try again.", file=file))


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line by which Excel may name it."""
    first, _end, rest = text.partition("\n")
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == 5:
        return first.strip()[4], "\n" + rest  # the line keeps its number
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator)), text


def _agreement(text: str, separator: str) -> tuple[float, bool, int]:
    """How well a separator fits: the share of rows as wide as the headings (0 if those stay whole); then whether it
    alone stands behind closing quotes, as it does in no cell that merely holds it; then that width."""
    widths = _widths(text, separator, strict=False)
    if not widths or widths[0] < 2:
        return 0.0, False, 0
    return Counter(widths)[widths[0]] / len(widths), bool(_widths(text, separator, strict=True)), widths[0]


def _widths(text: str, separator: str, strict: bool) -> list[int]:
    """How many cells the first rows have; none where they cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    widths: list[int] = []
    try:
        for cells in reader:
            if cells:
                widths.append(len(cells))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        return []
    return widths


def _records(text: str, separator: str, file: str) -> list[list[str]]:
    """Every record, blank lines among them. A quote in mid-cell is let pass; one that never closes is not."""
    strict = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(strict)
    except csv.Error:
        pass
    lenient = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=separator)
    try:
        *records, last = lenient
    except csv.Error:
        raise Damaged(
            _(
                "“{file}” cannot be read at line {line}. Open it, look there, and save it again.",
                file=file,
                line=lenient.line_num,
            )
        ) from None
    if last != [_END]:
        raise Damaged(_("“{file}” breaks off inside a quoted cell. Get the whole file and try again.", file=file))
    return records
