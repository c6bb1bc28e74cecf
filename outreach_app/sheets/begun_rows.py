"""The rows of records of which nothing was written since they were made, as nearly all are: said at once, with what the
hidden page keeps of them.

What a column's values come to is worked out once each and kept for the rows that follow. It is worked out as for any
other record (:mod:`outreach_app.sheets.showing`, :mod:`outreach_app.sheets.bases`), so a row comes out the same either
way; text that shows as it is, most of what people write, is spared that.
"""

import json
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

import cbor2

from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.sheets import packed_rows
from outreach_app.sheets.bases import Tables, kept_beside
from outreach_app.sheets.cells import BETWEEN, LONGEST, canonical, cell_digest
from outreach_app.sheets.columns import Layout
from outreach_app.sheets.part_rows import PLAIN, ROW_HERE, Styles, cell_xml, letters, plain_cell
from outreach_app.sheets.showing import SHOWN_AS_THEY_ARE, Showing, pieces_of
from outreach_app.store.exported import BegunRecord, Stamp, Taught

REMEMBERED = 300
"""Values of one column that are kept."""

_DIGITS = 16  # digits of an element's id
_SIMPLE = re.compile(r'"(?![=+\-@ ,])(?:[ !#-%\x27-:=?-\[\]^`-~]++|_(?!x))++(?<![ ,])"')
"""An element in JSON whose text :data:`PLAIN` matches, and that is parted from others by its ends alone."""

_VALUE = '", "value": '
_ONE_ID = slice(len('[{"id": "'), len('[{"id": "') + _DIGITS)
_ONE_BEGINS = _ONE_ID.stop + len(_VALUE)
_ELEMENTS = re.compile(r'\{"id": "([0-9a-f]{16})", "value": ')
_NUMBER = '"number": "'
_DIGITS_ALONE = re.compile(r"[0-9](?:[0-9 .-]*[0-9])?")


Said: TypeAlias = tuple[str, str, int, Any]
"""What one value comes to: the XML of its cell, the canonical text and the digest of that, and what is kept of the
value beside the cell, None for nothing."""

Piece: TypeAlias = tuple[str, str | None, int, Any]
"""What one element of a list comes to: its canonical text, the same as XML (None where it takes its whole cell to
tell), the digest, and what is kept of it."""


@dataclass
class FieldSaid:
    """One field of a sheet. ``place``: of its value in a record's; ``number``: its own among the fields that leave."""

    about: Field
    showing: Showing
    place: int
    number: int
    own: tuple[str, tuple[int, int]]  # where its cell stands, and its styles
    marks: Sequence[tuple[str, str, tuple[int, int]]]  # the choice, place and styles of each column of 0 and 1
    known: dict[Any, Any] = field(default_factory=dict)  # what values, or of a list its elements, came to

    def __post_init__(self) -> None:
        self.before, self.after = plain_cell(*self.own)
        self.as_it_is = self.about.shape in SHOWN_AS_THEY_ARE
        self.empty = BETWEEN * len(self.marks)
        codes = [json.dumps(code, ensure_ascii=False) for code, _place, _styles in self.marks]
        self.places = {code: place for place, code in enumerate(codes)}
        self.unticked = [cell_xml(place, styles, 0) for _code, place, styles in self.marks]
        self.ticked = [cell_xml(place, styles, 1) for _code, place, styles in self.marks]
        self.untold = ["0"] * len(self.marks)

    def of(self, value: Any) -> Said | None:
        """What a value, as the database has it, comes to; None where there is none."""
        if value is None:
            return None
        if self.as_it_is and PLAIN.fullmatch(value) and len(value) <= LONGEST:
            said = f"{self.before}{value}{self.after}", value, crc32(value.encode()), None
        else:
            said = self._worked_out(bool(value) if self.about.shape is Shape.YES_NO else value)
        if len(self.known) < REMEMBERED:
            self.known[value] = said
        return said

    def _worked_out(self, value: Any) -> Said:
        cell = self.showing.cell(self.about, value)
        text = canonical(cell)
        return cell_xml(*self.own, cell), text, cell_digest(text), kept_beside(self.showing, self.about, value, text)

    def of_list(self, elements: Sequence[str]) -> tuple[Said, Sequence[Piece]] | None:
        """What a list comes to, its elements' values in JSON, and each of them; None where it takes more to tell."""
        pieces = [self.known.get(each) or self.piece(each) for each in elements]
        text, xml, digest, _kept = pieces[0]
        if len(pieces) > 1:
            text = "; ".join([piece[0] for piece in pieces])
            parts = [piece[1] for piece in pieces if piece[1] is not None]
            xml = "; ".join(parts) if len(parts) == len(pieces) else None
            digest = cell_digest(text)
        if xml is None or len(text) > LONGEST:
            return None
        cell = f"{self.before}{xml}{self.after}"
        if self.marks:
            cells, told = self.unticked.copy(), self.untold.copy()
            for each in elements:
                place = self.places.get(each)
                if place is not None:
                    cells[place], told[place] = self.ticked[place], "1"
            cell, text = cell + "".join(cells), f"{text}{BETWEEN}{BETWEEN.join(told)}"
        return (cell, text, digest, None), pieces

    def piece(self, raw: str) -> Piece:
        """What one element comes to."""
        if self.as_it_is and _SIMPLE.fullmatch(raw):
            said = raw[1:-1]
            return said, said, crc32(said.encode()), None
        if self.about.shape is Shape.PHONE:
            before, named, rest = raw.partition(_NUMBER)
            number, _quote, after = rest.partition('"')
            if _DIGITS_ALONE.fullmatch(number) and (beside := self._beside(f'{before}{named}0"{after}')) is not None:
                text = number + beside[0]
                return text, number + beside[1], cell_digest(text), None
        return self._piece_worked_out(raw)

    def _beside(self, raw: str) -> tuple[str, str] | None:
        """What is said beside the number of a phone, as text and as XML, that of this one being 0; None where one cell
        does not say it all."""
        text, xml, _digest, kept = self.known.get(raw) or self._piece_worked_out(raw)
        return (text[1:], xml[1:]) if kept is None and xml and text[0] == xml[0] == "0" else None

    def _piece_worked_out(self, raw: str) -> Piece:
        value = json.loads(raw)
        said = self.showing.pieces(self.about, [value])[0]
        text = canonical(said)
        cell = cell_xml(*self.own, said)
        alone = cell.startswith(self.before) and cell.endswith(self.after) and text == said
        xml = cell[len(self.before) : len(cell) - len(self.after)] if alone and pieces_of(text) == (text,) else None
        piece = text, xml, cell_digest(text), kept_beside(self.showing, self.about, value, text)
        if len(self.known) < REMEMBERED:
            self.known[raw] = piece
        return piece


class _Part(NamedTuple):
    """What a record's beginning says of one field."""

    field: FieldSaid
    known: dict[Any, Any]  # the field's
    place: int  # the field's
    number: int  # the field's
    at: int  # of its first write, from the record's first


class _Elements(NamedTuple):
    """Which elements of a record's a list has."""

    writes: slice  # among those of the record
    digits: slice  # of their ids, among those of all


class _Plan(NamedTuple):
    """What the records say that begin alike."""

    parts: list[_Part]
    lists: list[tuple[_Part, _Elements]]
    once: list[int]  # the numbers of the fields of which more may be said later
    filled: int  # columns that hold something
    digits: int  # of the ids of all elements
    writes: int


class Row(NamedTuple):
    """A record's row. ``stamps``, ``digests`` and ``entries`` are as :mod:`outreach_app.sheets.bases` has them,
    packed."""

    xml: str
    text: str
    stamps: bytes
    digests: bytes
    entries: bytes
    heard: bytes

    def packed(self, record: bytes, digest: bytes, code: str) -> bytes:
        """What the hidden page keeps of it."""
        return packed_rows.row(record, digest, self.stamps, self.digests, self.entries, code, self.heard)


class BegunRows:
    """Makes the rows of one sheet."""

    def __init__(self, layout: Layout, styles: Styles, showing: Showing, tables: Tables) -> None:
        self._layout, self._tables = layout, tables
        self._fields = {each.about.name: each for each in _fields(layout, styles, showing)}
        self._empty = [each.empty for each in self._fields.values()]
        self._nothing = [packed_rows.NOTHING] * len(self._empty)
        self._digests = struct.Struct(f"<{len(self._fields)}I")
        self._length = cbor2.dumps(bytes(self._digests.size))[: -self._digests.size]
        self._plans: dict[str, _Plan | None] = {}
        self._stamps: dict[Any, bytes] = {}
        self._last: tuple[Any, bytes] = (None, b"")  # many records are of one change
        self._taught: dict[Taught, tuple[bytes, bytes]] = {}
        self._identities = [(f"{letters(len(styles) - 1 + at)}{ROW_HERE}", styles[at - 2]) for at in (0, 1)]
        self._around = [plain_cell(*each) for each in self._identities]

    def row(self, each: BegunRecord) -> Row | None:
        """A record's row; None where there is more to it than is said here."""
        _record, _code, columns, stamp, begun_at, names, elements, taught = each
        if names not in self._plans:
            self._plans[names] = self._planned(names.split(","))
        plan = self._plans[names]
        if plan is None or len(columns) - columns.count(None) != plan.filled or len(elements) != plan.digits:
            return None
        places = packed_rows.numbers(begun_at, plan.writes)
        run, heard = self._packed(taught)
        if run:
            places = packed_rows.in_run(run, places)
        writes = [*map(packed_rows.shown, places)] if run else places
        xml = [""] * len(self._empty)
        texts, entries = self._empty.copy(), self._nothing.copy()
        digests = [0] * len(xml)
        for said_of, known, place, number, at in plan.parts:
            value = columns[place]
            said = known.get(value) or said_of.of(value)
            if said is None:
                return None
            xml[number], texts[number], digests[number], kept = said
            entries[number] = writes[at] if kept is None else packed_rows.with_kept(places[at], kept)
        for number in plan.once:
            entries[number] = packed_rows.said_once(len(texts[number]), entries[number])
        for (said_of, known, place, number, _at), (its_writes, its_digits) in plan.lists:
            raw, ids, own = columns[place], elements[its_digits], writes[its_writes]
            if raw is None or raw.count(_VALUE) != len(own):
                return None
            if len(own) == 1 and not said_of.marks:  # as most have
                value = raw[_ONE_BEGINS:-2]
                texts[number], within, digests[number], kept = known.get(value) or said_of.piece(value)
                if within is None or raw[_ONE_ID] != ids:
                    return None
                xml[number] = f"{said_of.before}{within}{said_of.after}"
                entries[number] = packed_rows.elements(ids, places[its_writes], own, ((digests[number], kept),))
                continue
            values = _values(raw, ids)
            listed = said_of.of_list(values) if values is not None else None
            if listed is None:
                return None
            (xml[number], texts[number], digests[number], _kept), pieces = listed
            entries[number] = packed_rows.elements(ids, places[its_writes], own, [piece[2:] for piece in pieces])
        told = self._length + self._digests.pack(*digests)
        return Row("".join(xml), BETWEEN.join(texts), self._stamp(stamp), told, packed_rows.counted(entries), heard)

    def identity(self, code: str, version: str) -> str:
        """The cells that say which row it is."""
        (before, after), (before_version, after_version) = self._around
        own = f"{before}{code}{after}" if PLAIN.fullmatch(code) else cell_xml(*self._identities[0], code)
        return f"{own}{before_version}{version}{after_version}"

    def _planned(self, names: Sequence[str]) -> _Plan | None:
        """What is said by writes of these fields; None where it takes the rules to tell."""
        by_name = self._layout.kind.by_name
        plan = _Plan([], [], [], 0, 0, len(names))
        filled = elements = 0
        for name, group in groupby(enumerate(names), key=itemgetter(1)):
            about, places = by_name.get(name), [place for place, _name in group]
            if about is None or about.rule is Rule.TALLY or names.count(name) != (len(places) if about.many else 1):
                return None
            filled, first = filled + 1, elements
            elements += len(places) * about.many
            if name in self._fields:
                said_of = self._fields[name]
                part = _Part(said_of, said_of.known, said_of.place, said_of.number, places[0])
                if about.many:
                    digits = slice(first * _DIGITS, elements * _DIGITS)
                    plan.lists.append((part, _Elements(slice(places[0], places[-1] + 1), digits)))
                else:
                    plan.parts.append(part)
                    plan.once.extend([said_of.number] * (about.rule is Rule.ONCE))
        return plan._replace(filled=filled, digits=elements * _DIGITS) if plan.parts or plan.lists else None

    def _packed(self, taught: Taught | None) -> tuple[bytes, bytes]:
        """The place of the run of what was taught, and how far others had read; packed."""
        if taught is None:
            return b"", packed_rows.NOTHING
        known = self._taught.get(taught)
        if known is None:
            if len(self._taught) >= REMEMBERED:
                self._taught.clear()
            run, heard = self._tables.runs.of(taught.run), self._tables.heard(taught.heard)
            known = self._taught[taught] = cbor2.dumps(run), cbor2.dumps(heard)
        return known

    def _stamp(self, stamp: Stamp) -> bytes:
        if stamp is self._last[0]:
            return self._last[1]
        known = self._stamps.get(stamp)
        if known is None:
            if len(self._stamps) >= REMEMBERED:
                self._stamps.clear()
            known = self._stamps[stamp] = cbor2.dumps([self._tables.stamp(*stamp)])
        self._last = stamp, known
        return known


def _values(raw: str, elements: str) -> list[str] | None:
    """The values of a list, each in JSON; None where its elements are not these, in this order."""
    read = _ELEMENTS.split(raw)
    if "".join(read[1::2]) != elements:
        return None
    return [each[:-3] for each in read[2:-1:2]] + [read[-1][:-2]]


def _fields(layout: Layout, styles: Styles, showing: Showing) -> Iterator[FieldSaid]:
    """The fields of a sheet, with their cells."""
    places = {about.name: place for place, about in enumerate(layout.kind.fields)}
    cells = [
        (column, (f"{letters(place)}{ROW_HERE}", style))
        for place, (column, style) in enumerate(zip(layout.columns, styles, strict=True), start=1)
    ]
    for number, about in enumerate(layout.fields):
        own = next(cell for column, cell in cells if column.is_value and column.field is about)
        marks = [(column.choice, *cell) for column, cell in cells if column.choice and column.field is about]
        yield FieldSaid(about, showing, places[about.name], number, own, marks)
