"""The XML of a template's sheet and styles, told apart by where things stand in its bytes. All else stays as it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from outreach_app.model.errors import BadInput
from outreach_app.texts import _

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OWN = ("r", "spans")  # of a row's attributes those that are another in each row
_FIRST_OWN_FORMAT = 164
_DAYS = frozenset({*range(14, 18), *range(27, 32), 34, 35, 36, *range(50, 59)})
_MOMENTS = frozenset({22})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_TAG = re.compile(rb"<xf\b([^>]*?)(/?)>", re.DOTALL)
_DAY_FORMAT, _MOMENT_FORMAT = 14, 22


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it came. ``formula``: its text, "" for none; ``filled``: it holds something."""

    raw: bytes
    style: int
    formula: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings as it came. ``attributes``: but for its own place; ``cells`` by column, from 1."""

    number: int
    raw: bytes
    attributes: Mapping[str, str]
    cells: Mapping[int, Cell]

    @property
    def told(self) -> str:
        """Its attributes, as they are written."""
        return "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())


def unusual() -> BadInput:
    """What is said of a workbook that no spreadsheet program writes."""
    return BadInput(
        _("This workbook is written in an unusual way. Save it as xlsx in a spreadsheet program, and try again.")
    )


def carried_on(formula: str, origin: str, place: str) -> str:
    """The formula of a cell as it is in another. Raises BadInput for what no spreadsheet program writes."""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator

    try:
        return str(Translator(f"={formula}", origin).translate_formula(place))[1:]
    except (TokenizerError, IndexError, ValueError) as fault:
        raise unusual() from fault


def _parser() -> Any:
    parser = expat.ParserCreate()

    def refuse(*_told: Any) -> None:
        raise unusual()

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parsed(parser: Any, raw: bytes) -> None:
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as fault:
        raise unusual() from fault


def _element(raw: bytes, start: int, end: int) -> bytes:
    """The element that starts at one place, and whose closing tag, if it has one, at the other."""
    opened = raw.index(b">", start)
    return raw[start : (opened if raw[opened - 1 : opened] == b"/" else raw.index(b">", end)) + 1]


class SheetScan:
    """The rows of a sheet below row ``number``, and where in its bytes they begin and end."""

    def __init__(self, raw: bytes, number: int) -> None:
        self.raw, self._number = raw, number
        self.rows: dict[int, Row] = {}
        self.begins, self.ends = -1, -1
        self._columns: list[tuple[int, int, int]] = []
        self._path: list[str] = []
        self._row: tuple[int, dict[str, str]] = (0, {})
        self._cells: dict[int, Cell] = {}
        self._cell: dict[str, str] = {}
        self._starts = {"row": 0, "c": 0}
        self._formula, self._filled, self._text = "", False, ""
        self._parser = _parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._on_start, self._on_end
        self._parser.CharacterDataHandler = self._on_text
        self._parser.buffer_text = True
        _parsed(self._parser, raw)
        if self.ends < 0:
            raise unusual()
        self.begins = self.ends if self.begins < 0 else self.begins

    def style_of(self, row: Row, column: int) -> int:
        """The style of a cell that is not there."""
        if row.attributes.get("customFormat") == "1":
            return int(row.attributes.get("s", 0))
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    @property
    def _here(self) -> int:
        return int(self._parser.CurrentByteIndex)

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "worksheet":
            raise unusual()  # its elements are called otherwise
        self._path.append(name)
        if name == "col":
            first, last, style = (int(attributes.get(each, 0)) for each in ("min", "max", "style"))
            self._columns.append((first, last, style))
        elif name == "row" and self._path[-2] == "sheetData":
            if not attributes.get("r", "").isdecimal():
                raise unusual()
            self._row, self._cells, self._starts["row"] = (int(attributes["r"]), attributes), {}, self._here
        elif name == "c" and self._path[-2] == "row":
            self._cell, self._starts["c"] = attributes, self._here
            self._formula, self._filled = "", False
        elif name in ("v", "f", "is") and self._path[-2] == "c":
            self._filled, self._text = True, ""
            if name == "f" and attributes.get("t") in ("array", "dataTable"):
                self._formula = " "  # it is one, and not carried on

    def _on_text(self, text: str) -> None:
        self._text += text

    def _on_end(self, name: str) -> None:
        self._path.pop()
        if name == "sheetData":
            self.ends = self._here
        elif name == "f" and self._path[-1] == "c":
            self._formula = self._formula or self._text or " "
        elif self._row[0] > self._number and name == "c" and self._path[-1] == "row":
            place = _PLACE.fullmatch(self._cell.get("r", ""))
            if place is None:
                raise unusual()
            raw = self._since("c")
            self._cells[_counted(place[1])] = Cell(raw, int(self._cell.get("s", 0)), self._formula, self._filled)
        elif self._row[0] > self._number and name == "row":
            number, attributes = self._row
            kept = {name: value for name, value in attributes.items() if name not in _OWN}
            self.rows[number] = Row(number, self._since("row"), kept, self._cells)
            if self.begins < 0:
                self.begins = self._starts["row"]

    def _since(self, name: str) -> bytes:
        """The element that ends here, from where it started."""
        return _element(self.raw, self._starts[name], self._here)


def _counted(column: str) -> int:
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - 64
    return place


@dataclass
class Styles:
    """The styles of a workbook, to which more are added at the end."""

    source: bytes
    _formats: dict[int, str] = field(default_factory=dict)
    _added: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known: list[bytes] = []
        self._numbers: list[int] = []
        self._ends, self._start, self._inside = -1, 0, False
        parser = self._parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._on_start, self._on_end
        _parsed(parser, self.source)
        if self._ends < 0:
            raise unusual()

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._formats[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._start = self._parser.CurrentByteIndex
            self._numbers.append(int(attributes.get("numFmtId", 0)))

    def _on_end(self, name: str) -> None:
        here = self._parser.CurrentByteIndex
        if name == "xf" and self._inside:
            self._known.append(_element(self.source, self._start, here))
        elif name == "cellXfs":
            self._inside, self._ends = False, here

    def _is_dated(self, style: int, with_time: bool) -> bool:
        number = self._numbers[style] if style < len(self._numbers) else 0
        if number < _FIRST_OWN_FORMAT:
            return number in (_MOMENTS if with_time else _DAYS | _MOMENTS)
        code = _QUOTED.sub("", self._formats.get(number, "")).lower()
        return "d" in code and "y" in code and (not with_time or "h" in code)

    def dated(self, style: int, with_time: bool) -> int:
        """The style, or one like it that shows a day, or a day with its time."""
        if self._is_dated(style, with_time):
            return style
        number = _MOMENT_FORMAT if with_time else _DAY_FORMAT
        return self._like(style, {b"numFmtId": b"%d" % number, b"applyNumberFormat": b"1"})

    def quoted(self, style: int) -> int:
        """One like it that keeps what looks like a formula as text, whoever edits it."""
        return self._like(style, {b"quotePrefix": b"1"})

    def _like(self, style: int, changes: Mapping[bytes, bytes]) -> int:
        if style >= len(self._known):
            raise unusual()
        raw = self._known[style]

        def changed(tag: re.Match[bytes]) -> bytes:
            attributes = tag[1]
            for name, value in changes.items():
                attributes = re.sub(rb'\s%s="[^"]*"' % name, b"", attributes) + b' %s="%s"' % (name, value)
            return b"<xf%s%s>" % (attributes, tag[2])

        made = _TAG.sub(changed, raw, count=1)
        return self._added.setdefault(made, len(self._known) + len(self._added))

    def raw(self) -> bytes:
        """The styles with those that were added."""
        more = b"".join(self._added)
        made = self.source[: self._ends] + more + self.source[self._ends :]
        total = b'<cellXfs count="%d"' % (len(self._known) + len(self._added))
        return re.sub(rb'<cellXfs\s+count="\d+"', total, made, count=1)
