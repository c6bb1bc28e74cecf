"""From what somebody typed into a cell to a value. What cannot be read is said; lost digits are never invented.

Raises BadInput with a sentence that does not repeat what was typed, for it goes into accounts.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from outreach_app.model import counties, dates
from outreach_app.model.codes import read_code
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.cells import Cell, canonical, moment_text
from outreach_app.sheets.showing import address_of, texts_ok
from outreach_app.sheets.words import Resolve, Words
from outreach_app.texts import LANGUAGES, _, say

DAY_ZERO = datetime(1899, 12, 30)
MAC_DAY_ZERO = datetime(1904, 1, 1)
SERIALS = range(20_000, 80_000)
"""Days since 1899 that are taken for a date: 1954 to 2119."""
YEARS = range(1900, 2100)
"""Numbers that are taken for a year. In a cell made for dates a spreadsheet shows a typed year as a day of 1905."""
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d\d)(?:[ T,]+(.*))?")
_LOST_DIGITS = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_IN_SQUARE = re.compile(r"\[([^\[\]]+)\]\s*$")
_IN_ROUND = re.compile(r"^(.*\S)\s*\(([^()]*)\)$", re.DOTALL)
_TRAILING_FIPS = re.compile(r"\((\d{5})\)$")
_SPLIT = re.compile(r"\s*[;\n\r]+\s*")
_EXACT_DIGITS = 15


class Order(StrEnum):
    """How a column writes days with slashes, found from all its cells."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    UNKNOWN = "unknown"


def order_of(cells: Iterable[Cell]) -> Order:
    """How a column writes days with slashes, by all its cells."""
    found = [match for text in cells if isinstance(text, str) and (match := SLASHED.fullmatch(text.strip()))]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first == month_first:
        return Order.UNKNOWN
    return Order.DAY_FIRST if day_first else Order.MONTH_FIRST


@dataclass(frozen=True)
class Parsing:
    """How one workbook's cells are read: in ``language`` first. ``resolve`` finds the records that cells name."""

    words: Words
    language: str
    resolve: Resolve

    def value(self, about: Field, cell: Cell, order: Order = Order.UNKNOWN, offset: str = "") -> Any:
        """The value of a field's own cell (no list). ``offset``: from UTC, of the moment that stood there."""
        if canonical(cell) == "":
            return None
        if about.shape is Shape.NUMBER:
            return _number(cell)
        if about.shape is Shape.DATE:
            return self._day(cell, order)
        if about.shape is Shape.MOMENT:
            return self._moment(cell, order, offset)
        return self.piece(about, _as_text(cell, about))

    def pieces(self, about: Field, cell: Cell) -> list[str]:
        """The texts of a list's elements."""
        text = _as_text(cell, about) if canonical(cell) else ""
        return [piece for piece in _SPLIT.split(text) if canonical(piece)]

    def piece(self, about: Field, text: str) -> Any:
        """The value of one element, or of a cell that holds text."""
        parse = _PARSED.get(about.shape)
        written = text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\xa0")
        return parse(self, about, written) if parse else written

    def _yes_no(self, _about: Field, text: str) -> bool:
        wanted = folded(text)
        for answer, said in ((True, "Yes"), (False, "No")):
            known = {folded(say(said, language)) for language in LANGUAGES}
            if wanted in known | ({"1", "x", "true", "y"} if answer else {"0", "false", "n"}):
                return answer
        raise BadInput(_("it says neither yes nor no"))

    def _choice(self, about: Field, text: str) -> str:
        code = self.words.code(about.vocabulary, text, self.language)
        if code is None:
            raise BadInput(_("what it says is not one of the choices"))
        return code

    def _reference(self, about: Field, text: str) -> str:
        bracketed = _IN_SQUARE.search(text)
        code = read_code(bracketed[1] if bracketed else text)
        if bracketed and code is None:
            raise BadInput(_("the code in brackets is not right"))
        found = self.resolve(about.refers_to, code) if code else None
        found = found or (None if bracketed else self.resolve(about.refers_to, text))
        if found is None:
            raise BadInput(_("what it names is not known, or there is more than one; please add its code in brackets"))
        return found

    def _county(self, _about: Field, text: str) -> str:
        ending = _TRAILING_FIPS.search(text)
        try:
            return counties.named(ending[1] if ending else text.zfill(5) if text.isdecimal() else text)
        except BadInput as fault:
            raise BadInput(_("what it says is no county; please write its name and state")) from fault

    def _phone(self, _about: Field, text: str) -> dict[str, Any]:
        _whole_digits(text)
        parts = _IN_ROUND.match(text)
        texts = {folded(texts_ok(ok, language)): ok for ok in (True, False) for language in LANGUAGES}
        found: dict[str, Any] = {}
        for word in parts[2].split(",") if parts else ():
            kind = self.words.code("phone_kinds", word, self.language)
            if kind is None and folded(word) not in texts:
                return {"number": text}
            found |= {"kind": kind} if kind else {"text_ok": texts[folded(word)]}
        return {"number": parts[1] if parts else text, **found}

    def _address(self, _about: Field, text: str) -> dict[str, str]:
        parts = _IN_ROUND.match(text)
        kind = self.words.code("address_kinds", parts[2], self.language) if parts else None
        return address_of(parts[1] if parts and kind else text, kind)

    def _day(self, cell: Cell, order: Order) -> str:
        if isinstance(cell, datetime | date):
            serial = cell.toordinal() - DAY_ZERO.toordinal()
            return str(serial) if serial in YEARS else cell.isoformat()[:10]
        if isinstance(cell, float | int):
            return _day_of_number(cell)
        text = canonical(cell)
        slashed = SLASHED.fullmatch(text)
        if slashed:
            return day_of_slashes(slashed, order)
        try:
            return dates.parse_day(text, self.language)
        except BadInput as fault:
            raise BadInput(_("what it says is no day that can be read; please write it like 2026-11-21")) from fault

    def _moment(self, cell: Cell, order: Order, offset: str) -> str:
        when = cell
        if isinstance(cell, float | int) and math.isfinite(cell) and int(cell) in SERIALS:
            when = DAY_ZERO + timedelta(days=cell)
        elif isinstance(cell, date) and not isinstance(cell, datetime):
            when = datetime.combine(cell, time())
        if not isinstance(when, datetime):
            return self._moment_of_text(canonical(cell), order, offset)
        written = datetime.fromisoformat(moment_text(when))
        return written.isoformat() + offset if offset else dates.with_local_offset(written).isoformat()

    def _moment_of_text(self, text: str, order: Order, offset: str) -> str:
        slashed = SLASHED.fullmatch(text)
        if slashed:
            text = f"{day_of_slashes(slashed, order)} {slashed[4] or '00:00'}"
        try:
            moment = dates.parse_moment(text, self.language)
        except BadInput as fault:
            raise BadInput(_("what it says is no day and time; please write it like 2026-11-21 10:30")) from fault
        return moment[:19] + offset if offset and not text.endswith(moment[19:]) else moment


def is_zip(about: Field) -> bool:
    """Whether a field of text holds a ZIP code."""
    return about.shape is Shape.TEXT and (about.name == "zip" or about.name.endswith("_zip"))


def day_of_slashes(slashed: re.Match[str], order: Order) -> str:
    """A day written with two numbers and a year; BadInput where its column does not tell which is the month."""
    first, second = int(slashed[1]), int(slashed[2])
    year = int(slashed[3]) + (2000 if len(slashed[3]) == 2 else 0)
    if first != second and order is Order.UNKNOWN and first <= 12 and second <= 12:
        raise BadInput(_("month and day cannot be told apart; please write it like 2026-11-21"))
    day_first = first > 12 or (second <= 12 and order is Order.DAY_FIRST)
    try:
        return date(year, second if day_first else first, first if day_first else second).isoformat()
    except ValueError as fault:
        raise BadInput(_("the calendar has no such day")) from fault


def _day_of_number(cell: float) -> str:
    whole = int(cell) if math.isfinite(cell) else 0
    if whole in YEARS and whole == cell:
        return str(whole)
    if whole in SERIALS:
        return (DAY_ZERO + timedelta(days=whole)).date().isoformat()
    raise BadInput(_("what it says is no day that can be read; please write it like 2026-11-21"))


def _number(cell: Cell) -> int:
    text = canonical(cell).replace(",", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,18}(\.0+)?", text):
        return int(text.split(".")[0])
    raise BadInput(_("what it says is no whole number"))


def _as_text(cell: Cell, about: Field) -> str:
    """A cell as the text that was meant: a ZIP that became a number gets its noughts back."""
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, float | int) or isinstance(cell, bool):
        return canonical(cell)
    if abs(cell) >= 10**_EXACT_DIGITS:
        raise BadInput(_("some of its digits are gone"))
    text = canonical(cell)
    if is_zip(about) and text.isdecimal():
        nine = len(text) > 5
        text = text.zfill(9 if nine else 5)
        return f"{text[:5]}-{text[5:]}" if nine else text
    return text


def _whole_digits(text: str) -> None:
    if _LOST_DIGITS.fullmatch(text):
        raise BadInput(_("some of its digits are gone"))


def _code(_self: Parsing, _about: Field, text: str) -> str:
    _whole_digits(text)
    return text.upper() if read_code(text) else text


_PARSED: Mapping[Shape, Callable[[Parsing, Field, str], Any]] = {
    Shape.YES_NO: Parsing._yes_no,
    Shape.CHOICE: Parsing._choice,
    Shape.REFERENCE: Parsing._reference,
    Shape.COUNTY: Parsing._county,
    Shape.PHONE: Parsing._phone,
    Shape.ADDRESS: Parsing._address,
    Shape.CODE: _code,
}
