"""From a value to what its cell shows, and back again where nobody touched the cell.

A list is one cell, its elements separated by ``; ``. What a cell cannot say (a time's offset from UTC, a county's
spelling, a quotation mark's shape) is found out by reading back: :meth:`Showing.recover` either gives the very value,
or the workbook keeps the value beside it (see :mod:`outreach_app.sheets.bases`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from outreach_app.model import counties
from outreach_app.model.fields import Field, Shape
from outreach_app.sheets.cells import Cell, canonical, writable
from outreach_app.sheets.words import NameOf, Words
from outreach_app.texts import say

SEPARATOR = "; "
_BREAKS = re.compile(r"\s*[;\n\r]+\s*")
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets believe that 1900 had a 29 February, and know no day before it
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LARGEST = 10**15 - 1  # spreadsheets keep fifteen digits of a number
_FIPS = re.compile(r"(?:^|\()(\d{5})\)?$")
_IN_BRACKETS = re.compile(r"^(.*\S)\s*\(([^()]*)\)$", re.DOTALL)
_STATE_ZIP = re.compile(r"(?P<state>[A-Z]{2})(?: (?P<zip>\d{5}(?:-\d{4})?))?|(?P<only_zip>\d{5}(?:-\d{4})?)")


def texts_ok(ok: bool, language: str) -> str:
    """What a cell says beside a phone number about texts."""
    return say("texts are fine", language) if ok else say("no texts", language)


def pieces_of(text: str) -> tuple[str, ...]:
    """The canonical texts of a list's elements, from that of its untouched cell."""
    return tuple(piece.strip() for piece in text.split(SEPARATOR.strip())) if text else ()


@dataclass(frozen=True)
class Showing:
    """How one workbook shows values: its language, its vocabularies, and what other records are called."""

    words: Words
    language: str
    name_of: NameOf = lambda _kind, _id: None
    _chosen: dict[str, dict[str, str | None]] = field(default_factory=dict, repr=False, compare=False)

    def cell(self, field: Field, value: Any) -> Cell:
        """What a field's cell holds for its value (a list field's value: the values of its elements)."""
        if value is None or value == []:
            return None
        if field.many:
            return writable(SEPARATOR.join(self.pieces(field, value)))
        if field.shape is Shape.NUMBER and isinstance(value, int) and abs(value) <= _LARGEST:
            return int(value)
        if field.shape is Shape.DATE:
            return _day(str(value)) or writable(str(value))
        if field.shape is Shape.MOMENT:
            return _moment(str(value)) or writable(str(value))
        return writable(self._said(field, value))

    def pieces(self, field: Field, values: Iterable[Any]) -> list[str]:
        """What each element of a list says; none of it can be taken for two."""
        return [_BREAKS.sub(", ", writable(self._said(field, value))).strip(" ,") or "?" for value in values]

    def _said(self, field: Field, value: Any) -> str:
        said = _SAID.get(field.shape)
        return said(self, field, value) if said else str(value)

    def _choice(self, field: Field, value: Any) -> str:
        return self.words.label(field.vocabulary, str(value), self.language)

    def _yes_no(self, _field: Field, value: Any) -> str:
        return say("Yes", self.language) if value else say("No", self.language)

    def _reference(self, field: Field, value: Any) -> str:
        named = self.name_of(field.refers_to, str(value))
        if named is None:
            return f"[{value}]"
        return f"{named.title} [{named.code}]" if named.code else named.title

    def _county(self, _field: Field, value: Any) -> str:
        return f"{counties.label(value, self.language)} ({value})" if counties.county(value) else str(value)

    def _phone(self, _field: Field, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(value)
        beside = [self.words.label("phone_kinds", value["kind"], self.language)] if value.get("kind") else []
        if isinstance(value.get("text_ok"), bool):
            beside.append(texts_ok(value["text_ok"], self.language))
        number = str(value.get("number") or "")
        return f"{number} ({', '.join(beside)})" if beside else number

    def _address(self, _field: Field, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(value)
        last = " ".join(str(value[part]) for part in ("state", "zip") if value.get(part))
        parts = [str(value[part]) for part in ("name", "street", "town") if value.get(part)] + [last] * bool(last)
        kind = self.words.label("address_kinds", value["kind"], self.language) if value.get("kind") else ""
        return ", ".join(parts) + (f" ({kind})" if kind else "")

    def recover(self, field: Field, text: str) -> Any:
        """The value that shows as the canonical ``text`` (of a cell, or of one element), as far as the text can say.

        The caller compares; so this may be wrong, and never raises.
        """
        if not text:
            return None
        recover = _RECOVERED.get(field.shape)
        return recover(self, field, text) if recover else text

    def _recover_number(self, _field: Field, text: str) -> Any:
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else None

    def _recover_yes_no(self, field: Field, text: str) -> Any:
        return {canonical(self._yes_no(field, True)): True, canonical(self._yes_no(field, False)): False}.get(text)

    def _recover_choice(self, about: Field, text: str) -> Any:
        known = self._chosen.get(about.vocabulary)
        if known is None:
            known = self._chosen[about.vocabulary] = {}
            for code, label in self.words.labels(about.vocabulary, self.language).items():
                known[canonical(label)] = code if canonical(label) not in known else None
        return known.get(text) or text

    def _recover_county(self, _field: Field, text: str) -> Any:
        found = _FIPS.search(text)
        return found[1] if found else text

    def _recover_phone(self, _field: Field, text: str) -> Any:
        parts = _IN_BRACKETS.match(text)
        kinds = {label: code for code, label in self.words.labels("phone_kinds", self.language).items()}
        texts = {texts_ok(ok, self.language): ok for ok in (True, False)}
        value: dict[str, Any] = {"number": text}
        if parts and all(word in kinds or word in texts for word in parts[2].split(", ")):
            value["number"] = parts[1]
            for word in parts[2].split(", "):
                value |= {"kind": kinds[word]} if word in kinds else {"text_ok": texts[word]}
        return value

    def _recover_address(self, _field: Field, text: str) -> Any:
        kinds = {label: code for code, label in self.words.labels("address_kinds", self.language).items()}
        parts = _IN_BRACKETS.match(text)
        kind = kinds.get(parts[2]) if parts else None
        return address_of(parts[1] if parts and kind else text, kind)


def address_of(text: str, kind: str | None) -> dict[str, str]:
    """An address from one line: [name,] street, town, state ZIP. What a line leaves open is guessed from its commas."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    address: dict[str, str] = {"kind": kind} if kind else {}
    last = _STATE_ZIP.fullmatch(parts[-1]) if parts else None
    named: dict[str, str] = {}
    if last:
        parts.pop()
        named = {"state": last["state"], "zip": last["zip"] or last["only_zip"]}
    if len(parts) > 1 or (last and parts):
        named["town"] = parts.pop()
    if parts:
        named["street"] = parts.pop()
    if parts:
        named["name"] = ", ".join(parts)
    return address | {part: named[part] for part in ("name", "street", "town", "state", "zip") if named.get(part)}


def _day(value: str) -> date | None:
    """A whole day that spreadsheets have; None for a month, a year, or a day before they begin."""
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None
    return day if day and day >= _FIRST_DAY else None


def _moment(value: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    return when if when.date() >= _FIRST_DAY and not when.microsecond else None


SHOWN_AS_THEY_ARE = frozenset({Shape.TEXT, Shape.LONG_TEXT, Shape.CODE, Shape.EMAIL, Shape.WEB})
"""What a cell says in the very words of the value."""

_SAID: Mapping[Shape, Callable[[Showing, Field, Any], str]] = {
    Shape.CHOICE: Showing._choice,
    Shape.YES_NO: Showing._yes_no,
    Shape.REFERENCE: Showing._reference,
    Shape.COUNTY: Showing._county,
    Shape.PHONE: Showing._phone,
    Shape.ADDRESS: Showing._address,
}

_RECOVERED: Mapping[Shape, Callable[[Showing, Field, str], Any]] = {
    Shape.NUMBER: Showing._recover_number,
    Shape.YES_NO: Showing._recover_yes_no,
    Shape.CHOICE: Showing._recover_choice,
    Shape.COUNTY: Showing._recover_county,
    Shape.PHONE: Showing._recover_phone,
    Shape.ADDRESS: Showing._recover_address,
}
