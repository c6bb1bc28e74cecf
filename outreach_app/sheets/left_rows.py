"""What a row held when it left, unpacked from the hidden page (packed by :mod:`outreach_app.sheets.bases`)."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

import cbor2

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import DELETED
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.identifiers import id_text
from outreach_app.sheets.bases import DISPLAYED, KEPT, MOMENT_LENGTH
from outreach_app.sheets.showing import Showing


@dataclass(frozen=True)
class LeftSheet:
    """What all rows of one kind share: the columns they had, and the tables of the page."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    headings: Mapping[str, str]  # column names by heading, of all content columns in the order they left
    tables: Mapping[str, Sequence[Any]]
    showing: Showing  # with the words the workbook was made with
    salt: bytes

    @cached_property
    def place(self) -> Mapping[str, int]:
        """A field's place among the fields."""
        return {each.name: place for place, each in enumerate(self.fields)}

    def salt_of(self, write: WriteId) -> bytes:
        """The salt of a write known only from this workbook, which every reader derives alike."""
        return blake2b(write.run + write.number.to_bytes(8, "big"), key=self.salt, digest_size=16).digest()


_NOTHING: frozenset[WriteId] = frozenset()


class LeftElement(NamedTuple):
    """An element of a list as it left. ``digest``: of the piece that showed it; None where nothing did."""

    id: str
    digest: int | None
    shown: frozenset[WriteId]
    displayed: frozenset[WriteId]
    codes: Sequence[Any]


@dataclass
class LeftRow:
    """One record's row as it left."""

    sheet: LeftSheet
    raw: Sequence[Any]

    @cached_property
    def id(self) -> str:
        """The record's id."""
        return id_text(self.raw[0])

    @property
    def digest(self) -> bytes | None:
        """Over the row's content; None for a record that has no row."""
        return None if self.raw[1] is None else bytes(self.raw[1])

    @property
    def said(self) -> list[str]:
        """The fields it says something of; a record without a row says nothing of those with a column."""
        return [each.name for each, _entry in zip(self.sheet.fields, self.raw[4], strict=False)]

    @property
    def code(self) -> str:
        """What its *Record* cell said."""
        return str(self.raw[7])

    @cached_property
    def digests(self) -> tuple[int, ...]:
        """Over each field's own cell."""
        return struct.unpack(f"<{len(self.raw[3]) // 4}I", self.raw[3])

    @cached_property
    def stamps(self) -> list[tuple[WriteId | None, int, str, bytes, str]]:
        """(change, clock, author, device, source)."""
        tables = self.sheet.tables
        return [
            (
                None if run is None else WriteId(tables["runs"][run], number),
                int(clock),
                str(tables["authors"][author]),
                bytes(tables["devices"][device]),
                str(tables["sources"][source]),
            )
            for run, number, clock, author, device, source in self.raw[2]
        ]

    def dead(self) -> Iterator[WriteId]:
        """Writes of this record that its maker knew and that no longer stood."""
        return (self._id_of(each) for each in self.raw[6])

    @property
    def heard(self) -> Sequence[tuple[int, Sequence[str]]]:
        """How far others had read: the place of a horizon in the page's table, and the fields it speaks of."""
        return [(place, fields) for place, fields in self.raw[8] or ()]

    def cells(self, names: Sequence[str]) -> dict[str, frozenset[WriteId]]:
        """All writes that stood in each of these fields, and in the fields without a column, when the row left."""
        places, entries = self.sheet.place, self.raw[4]
        change = self.stamps[0][0] if self.stamps else None
        shown: dict[str, frozenset[WriteId]] = {}
        for name in names:
            entry = entries[places[name]]
            if entry is None:
                shown[name] = _NOTHING
            elif type(entry) is int and change is not None:
                shown[name] = frozenset((WriteId(change.run, change.number + entry),))
            else:
                shown[name] = self.ids(name)
        shown[DELETED] = _NOTHING
        for name, kept in (self.raw[5] or {}).items():
            shown[name] = frozenset(self._ids([code for _element, code, _replaces in kept]))
        return shown

    def filled(self, names: Iterable[str]) -> list[str]:
        """Those of these fields in which something stood."""
        places, entries = self.sheet.place, self.raw[4]
        return [name for name in names if entries[places[name]] is not None]

    def codes(self, name: str) -> Sequence[Any]:
        """The packed writes of one field."""
        entry = self.entry(name)
        if entry is None:
            return ()
        if isinstance(entry, int):
            return (entry,)
        rule = self.sheet.fields[self.sheet.place[name]].rule
        if rule is Rule.LIST:
            return [code for _element, _digest, codes in entry for code in _all(codes)]
        codes: Sequence[Any] = entry[1] if rule in (Rule.TALLY, Rule.ONCE) else entry
        return codes

    def ids(self, name: str) -> frozenset[WriteId]:
        """All writes that stood in one field."""
        return frozenset(self._ids(self.codes(name)))

    def kept_displayed(self, name: str) -> list[Any]:
        """The values kept beside a field's cell because the cell could not say them whole."""
        shown = [code for code in self.codes(name) if _flags(code) & DISPLAYED]
        return [kept for kept in (self.kept(name, code) for code in shown) if kept is not None]

    def entry(self, name: str) -> Any:
        """What was packed of one field; None where nothing stood."""
        return self.raw[4][self.sheet.place[name]]

    def elements(self, name: str) -> list[LeftElement]:
        """A list field's elements: those shown, in their order, then the others."""
        made = []
        for element, digest, codes in self.entry(name) or ():
            own = _all(codes)
            shown = frozenset(self._ids(own))
            displayed = frozenset(self._ids([code for code in own if _flags(code) & DISPLAYED]))
            text = element.hex() if isinstance(element, bytes) else str(element)
            made.append(LeftElement(text, digest, shown, displayed, own))
        return made

    def displayed(self, name: str) -> frozenset[WriteId]:
        """Of a value field, the writes whose value its cell showed."""
        return frozenset(self._ids([code for code in self.codes(name) if _flags(code) & DISPLAYED]))

    def stamped(self, name: str, codes: Sequence[Any], text: str, element: str = "") -> Iterator[Stamped]:
        """Packed writes of a slot whose cell, or piece, still says the canonical ``text``."""
        about = self.sheet.fields[self.sheet.place[name]]
        for code in codes:
            yield self._stamped(code, Slot(self.sheet.kind, self.id, name, element), self._value(about, code, text))

    def taught(self, name: str, text: str | tuple[str | None, ...] | None) -> Iterator[Stamped]:
        """The writes of a field that its cell still shows, and those whose values are kept beside it.

        ``text``: the cell's canonical text, None where it was typed over; of a list the texts of its shown elements,
        None for each that was typed over.
        """
        place = self.sheet.place[name]
        about, entry = self.sheet.fields[place], self.raw[4][place]
        if type(entry) is int:  # of nearly all fields one write stands, and the cell says its value
            if isinstance(text, str):
                slot = Slot(self.sheet.kind, self.id, name)
                yield self._stamped(entry, slot, self.sheet.showing.recover(about, text) if text else None)
            return
        if about.rule is not Rule.LIST:
            yield from self._known(name, self.codes(name), text if isinstance(text, str) else None, "")
            return
        pieces = iter(text if isinstance(text, tuple) else ())
        for each in self.elements(name):
            # a cell too long to hold its list says fewer pieces: then all values are kept beside it
            yield from self._known(name, each.codes, next(pieces, None) if each.digest is not None else "", each.id)

    def _known(self, name: str, codes: Sequence[Any], text: str | None, element: str) -> Iterator[Stamped]:
        if text is None:
            codes = [code for code in codes if self.kept(name, code) is not None]
        yield from self.stamped(name, codes, text or "", element)

    def others(self) -> Iterator[Stamped]:
        """The writes of the fields without a column."""
        for name, kept in (self.raw[5] or {}).items():
            for element, code, replaces in kept:
                text = element.hex() if isinstance(element, bytes) else str(element)
                slot = Slot(self.sheet.kind, self.id, str(name), text)
                yield self._stamped(code, slot, code[3], tuple(self._id_of(gone) for gone in replaces))

    def kept(self, name: str, code: Any) -> Any:
        """The value kept beside a packed write whose cell was typed over; None where none was kept whole."""
        about = self.sheet.fields[self.sheet.place[name]]
        if isinstance(code, int) or not code[2] & KEPT:
            return None
        value = self._value(about, code, "")
        return None if about.shape is Shape.MOMENT and len(str(value)) < MOMENT_LENGTH else value

    def _value(self, about: Field, code: Any, text: str) -> Any:
        if isinstance(code, int):
            return self.sheet.showing.recover(about, text) if text else None
        if not code[2] & KEPT:
            return self.sheet.showing.recover(about, text) if code[2] & DISPLAYED and text else None
        value = code[3]
        if about.shape is Shape.REFERENCE and isinstance(value, bytes):
            return id_text(value)
        if about.shape is Shape.MOMENT and isinstance(value, str) and len(value) < MOMENT_LENGTH and text:
            return (text if len(text) == MOMENT_LENGTH else f"{text}T00:00:00") + value
        return value

    def _stamped(self, code: Any, slot: Slot, value: Any, replaces: tuple[WriteId, ...] = ()) -> Stamped:
        write = self._write_id(code)
        change, clock, author, device, source = self.stamps[0 if isinstance(code, int) else code[0]]
        return Stamped(
            Write(write, slot, value, replaces, self.sheet.salt_of(write)), clock, author, device, source, change
        )

    def _ids(self, codes: Sequence[Any]) -> Iterator[WriteId]:
        return (self._write_id(code) for code in codes)

    def _write_id(self, code: Any) -> WriteId:
        stamp, at = (0, code) if isinstance(code, int) else (code[0], code[1])
        change = self.stamps[stamp][0]
        if isinstance(at, int) and change is not None:
            return WriteId(change.run, change.number + at)
        return self._id_of(at)

    def _id_of(self, packed: Any) -> WriteId:
        if isinstance(packed, bytes):
            return WriteId(packed, 0)
        run, number = packed
        return WriteId(self.sheet.tables["runs"][run], number)


def unpack_row(packed: bytes, sheet: LeftSheet) -> LeftRow:
    """One row as it left."""
    return LeftRow(sheet, cbor2.loads(packed))


def _all(codes: Any) -> Sequence[Any]:
    return (codes,) if isinstance(codes, int) else codes


def _flags(code: Any) -> int:
    return DISPLAYED if isinstance(code, int) else int(code[2])


def checked(left: LeftRow) -> LeftRow:
    """The row itself; ValueError where it is not built as rows are, for whoever signs a page may write anything."""
    raw, fields, tables = left.raw, left.sheet.fields, left.sheet.tables
    seen = raw[1] is not None
    shape_fits = len(raw) == 9 and len(raw[0]) == 16 and isinstance(raw[7], str) and (not seen or len(raw[1]) == 8)
    if not shape_fits or (seen and not len(fields) == len(raw[4]) == len(raw[3]) / 4):
        raise ValueError("not built as a row")
    stamps = len(left.stamps)
    for about, entry in zip(fields, raw[4], strict=False):
        if entry is not None and not (isinstance(entry, int) and about.rule in _PLAIN and stamps):
            _check_entry(about.rule, entry, stamps, tables)
    for kept in (raw[5] or {}).values():
        for element, code, replaces in kept:
            _check_codes([code], stamps, tables)
            _check_ids(replaces, tables)
            if not isinstance(element, bytes | str) or not code[2] & KEPT:
                raise ValueError("not built as a write")
    _check_ids(raw[6], tables)
    for place, names in left.heard:
        if not 0 <= place < len(tables["heard"]) or not all(isinstance(name, str) for name in names):
            raise ValueError("no such horizon")
    return left


_PLAIN = (Rule.VALUE,)


def _check_entry(rule: Rule, entry: Any, stamps: int, tables: Mapping[str, Sequence[Any]]) -> None:
    if rule is Rule.LIST:
        for element, digest, codes in entry:
            if not isinstance(element, bytes | str) or not isinstance(digest, int | None):
                raise ValueError("not built as an element")
            _check_codes(_all(codes), stamps, tables)
    elif rule in (Rule.TALLY, Rule.ONCE):
        number, codes = entry
        if not isinstance(number, int):
            raise ValueError("not built as a tally or text")
        _check_codes(codes, stamps, tables)
    else:
        _check_codes(entry, stamps, tables)


def _check_codes(codes: Any, stamps: int, tables: Mapping[str, Sequence[Any]]) -> None:
    for code in codes:
        stamp: Any = 0
        at: Any = code
        if not isinstance(code, int):
            stamp, at, flags = code[:3]
            if not isinstance(flags, int) or (flags & KEPT and len(code) < 4):
                raise ValueError("not built as a write")
        if not 0 <= stamp < stamps:
            raise ValueError("no such stamp")
        if not isinstance(at, int):
            _check_ids([at], tables)


def _check_ids(ids: Any, tables: Mapping[str, Sequence[Any]]) -> None:
    for each in ids:
        if isinstance(each, bytes):
            fits = len(each) == 16
        else:
            run, number = each
            fits = 0 <= run < len(tables["runs"]) and isinstance(number, int)
        if not fits:
            raise ValueError("not built as an id")
