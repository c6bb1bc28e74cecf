"""Rows of a stranger's table, read into what they say of a person, an organization or an event.

A cell that cannot be read is left out and said so; the rest of its row is taken. Lost digits are never invented.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from outreach_app.model.codes import read_code
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind
from outreach_app.model.values import alike
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.column_guesses import Columns, StrangeTable
from outreach_app.sheets.day_orders import order_or
from outreach_app.sheets.layouts import BESIDE_PEOPLE, IDENTIFIER, RECORD_CODE, Holds, holds, phone_kind
from outreach_app.sheets.margin_notes import NOTES
from outreach_app.sheets.parsing import Order, Parsing
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.texts import _

_SEVERAL = re.compile(r"\s*:::\s*")  # how Google writes several values in one cell
_EMAIL = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?[\d\s().-]{10,20}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_TRUE = frozenset({"1", "x", "true", "yes", "si"})


def _digits(text: str) -> str:
    """The last ten digits of what is written like a phone; "" of anything else."""
    digits = "".join(filter(str.isdigit, text)) if _PHONE.fullmatch(text) else ""
    return digits[-10:] if len(digits) in (10, 11) else ""


@dataclass
class StrangeRow:
    """One row. ``values``: of the kind's fields, lists as plain elements; ``beside``: texts that are no field of it;
    ``remarks``: cells that could not be read, and why."""

    number: int
    cells: tuple[str, ...] = ()  # all its filled cells as texts, also those that are not taken
    values: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def set_aside(self) -> str:
        """Why nothing of it can be taken; "" where it can."""
        return "" if self.values.get("name") else _("It has no name.")

    def key(self) -> tuple[str, ...]:
        """What tells the record it speaks of from all others: its number elsewhere; else its name, with the code that a
        store of ours gave it (a copied row has another's); else its name, with an address or number of its own or the
        time it begins; else all that stands in it. An address or number counts in whatever column it stands, also one
        that is left out: so it is the same record when that column is told later."""
        if self.beside.get(IDENTIFIER):
            return (IDENTIFIER, self.beside[IDENTIFIER])
        name, code = folded(str(self.values.get("name"))), read_code(self.beside.get(RECORD_CODE, ""))
        if code:
            return (name, RECORD_CODE, code)
        for each, first in (
            ("emails", next(filter(_EMAIL.fullmatch, self._texts()), "").casefold()),
            ("phones", next(filter(None, map(_digits, self._texts())), "")),
            *((each, alike(self.values[each])) for each in ("starts", "website") if self.values.get(each)),
        ):
            if first:
                return (name, each, first)
        return (name, repr(sorted(self.cells)))

    def _texts(self) -> Iterator[str]:
        return (text.strip() for cell in self.cells for text in _SEVERAL.split(cell))


@dataclass
class StrangeRows:
    """The rows of one table."""

    table: StrangeTable
    columns: Columns
    kind: Kind
    parsing: Parsing
    choices: Choices = AS_IT_IS

    def __post_init__(self) -> None:
        self._told = [
            (place, heading, told)
            for place, heading in enumerate(self.table.headings)
            if (told := holds(self.columns.holds.get(heading, ""))) is not None
        ]
        self._orders = {
            place: order_or((row[place] for row in self.table.rows if place < len(row)), self.choices.days)
            for place, _heading, told in self._told
            if (about := self.kind.field(told.field)) and about.shape in (Shape.DATE, Shape.MOMENT)
        }

    @property
    def unused(self) -> list[str]:
        """The headings of columns that hold something and are not taken."""
        return [] if self.choices.keep else [self.table.headings[place] for place in self._unused]

    @cached_property
    def _unused(self) -> list[int]:
        used = {place for place, _heading, _told in self._told}
        return [
            place
            for place, heading in enumerate(self.table.headings)
            if heading
            and place not in used
            and heading not in self.columns.holds
            and any(canonical(row[place]) for row in self.table.rows if place < len(row))
        ]

    def read(self) -> Iterator[StrangeRow]:
        """All rows that hold something."""
        for number, row in zip(self.table.numbers, self.table.rows, strict=True):
            texts = tuple(text for text in map(canonical, row) if text)
            read = _Reading(self, StrangeRow(number, texts)).read(row)
            self._margin(read, row)
            yield read

    def _margin(self, read: StrangeRow, row: Sequence[Cell]) -> None:
        """Comments, and on request columns that are not taken, become notes."""
        said = list(self.table.raw.comments.get(read.number, ()))
        if self.choices.keep:
            told = ((self.table.headings[at], canonical(row[at])) for at in self._unused if at < len(row))
            said += [f"{heading}: {text}" for heading, text in told if text]
        if said and self.kind.field(NOTES) is not None:
            read.values[NOTES] = "\n".join([*filter(None, [read.values.get(NOTES)]), *said])

    def each(self, row: Sequence[Cell]) -> Iterator[tuple[str, Holds, Cell, Order]]:
        """The filled cells of a row that are taken."""
        for place, heading, told in self._told:
            if place < len(row) and canonical(row[place]):
                yield heading, told, row[place], self._orders.get(place, Order.UNKNOWN)


@dataclass
class _Reading:
    """One row in the reading."""

    rows: StrangeRows
    row: StrangeRow
    days: dict[str, dict[str, str]] = field(default_factory=dict)  # of a moment, its day and its time
    addresses: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    numbered: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    sorts: dict[tuple[str, int], str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)  # of a cell that was taken, what is odd about it

    def read(self, cells: Sequence[Cell]) -> StrangeRow:
        """The row."""
        for heading, told, cell, order in self.rows.each(cells):
            try:
                self._take(told, cell, order)
            except BadInput as fault:
                self.row.remarks.append(f"{heading}: {fault}")
            self.row.remarks += [f"{heading}: {doubt}" for doubt in self.doubts]
            self.doubts = []
        self._moments()
        for (name, place), values in sorted(self.numbered.items(), key=lambda item: item[0]):
            sort = self.sorts.get((name, place), "")
            for value in values:
                self._add(name, {**value, "kind": sort} if sort and isinstance(value, dict) else value)
        for (name, sort), parts in self.addresses.items():
            self._add(name, {"kind": sort or "physical", **_stated(parts)})
        self._name()
        return self.row

    def _take(self, told: Holds, cell: Cell, order: Order) -> None:
        about = self.rows.kind.field(told.field)
        if told.field in (RECORD_CODE, IDENTIFIER, *BESIDE_PEOPLE) and (
            about is None or self.rows.kind.name == "people"
        ):
            if not told.part:
                self.row.beside.setdefault(told.field, _written(cell))
        elif about is None:
            return
        elif told.part in ("day", "time"):
            self._part_of_moment(about, told.part, cell, order)
        elif about.shape is Shape.ADDRESS and told.part:
            self.addresses.setdefault((about.name, told.sort), {})[told.part] = self._plain(about, cell)
        elif told.part == "kind":
            self.sorts[about.name, told.number] = phone_kind(canonical(cell))
        elif about.shape is Shape.CHOICE and told.part:
            if folded(canonical(cell)) in _TRUE:
                self._add(about.name, told.part)
        elif about.many:
            self._list(about, told, cell)
        elif about.name not in self.row.values:
            self.row.values[about.name] = self.rows.parsing.value(about, cell, order)

    def _plain(self, about: Field, cell: Cell) -> str:
        """A part of an address, a ZIP that became a number as it was."""
        as_zip = replace(about, name="zip", shape=Shape.TEXT)
        return str(self.rows.parsing.value(as_zip, cell)) if isinstance(cell, int | float) else _written(cell)

    def _part_of_moment(self, about: Field, part: str, cell: Cell, order: Order) -> None:
        day = replace(about, shape=Shape.DATE)
        said = self.rows.parsing.value(day, cell, order) if part == "day" else canonical(cell)
        self.days.setdefault(about.name, {})[part] = said

    def _moments(self) -> None:
        for name, parts in self.days.items():
            about = self.rows.kind.by_name[name]
            if "day" not in parts or name in self.row.values:
                continue
            text = f"{parts['day']} {parts.get('time') or '00:00'}"
            try:
                self.row.values[name] = self.rows.parsing.value(about, text)
            except BadInput as fault:
                self.row.remarks.append(str(fault))

    def _list(self, about: Field, told: Holds, cell: Cell) -> None:
        parsing = self.rows.parsing
        pieces = [part for piece in parsing.pieces(about, cell) for part in _SEVERAL.split(piece) if part]
        for piece in pieces:
            value = parsing.piece(about, piece)
            if about.shape is Shape.EMAIL and not _EMAIL.fullmatch(value):
                if "@" not in value:
                    raise BadInput(_("it is no e-mail address"))
                self.doubts.append(_("it may be half an e-mail address; it was taken as it stands"))
            if about.shape is Shape.PHONE:
                if not any(sign.isdigit() for sign in str(value.get("number"))):
                    raise BadInput(_("it has no digits"))
                value = {**value, "kind": told.sort} if told.sort and "kind" not in value else value
            if told.number and not told.sort:
                self.numbered.setdefault((about.name, told.number), []).append(value)
            else:
                self._add(about.name, value)

    def _add(self, name: str, value: Any) -> None:
        """One more element, unless one says the same; of two phones alike, the one of which a sort is said."""
        held: list[Any] = self.row.values.setdefault(name, [])
        if all(alike(value) != alike(each) for each in held):
            held.append(value)

    def _name(self) -> None:
        """A name is as somebody gives it. It is told in parts only where both are said; one part alone is all of it."""
        values, middle = self.row.values, self.row.beside.pop("middle_name", "")
        if self.rows.kind.name != "people":
            return
        given, family = values.get("given_name"), values.get("family_name")
        if not values.get("name"):
            whole = " ".join(str(part) for part in (given, middle, family) if part)
            if whole:
                values["name"] = whole
        if not (given and family):
            for name in ("given_name", "family_name"):
                values.pop(name, None)


def _written(cell: Cell) -> str:
    """A cell as text: as it was written, without the blanks around it."""
    return cell.strip() if isinstance(cell, str) else canonical(cell)


def _stated(parts: Mapping[str, str]) -> dict[str, str]:
    """The parts of an address, its state by its code."""
    state = parts.get("state", "")
    return {**parts, "state": vocabulary("states").code_of(state) or state} if state else dict(parts)
