"""What the hidden page keeps of each row: which writes its cells show, and the values that the cells cannot say.

Packed small, for most rows are one change of one person. A record is the CBOR list

    [id, row digest | null, stamps, cell digests, entries, other fields, dead writes, code, heard]

- a stamp is ``[run | null, change number, clock, author, device, source]``; runs, authors, devices and sources are
  places in the tables of the page's last part
- a write is a whole number n where it is stamp 0's n-th write and its value is what the cell says; else
  ``[stamp, at, flags, value?]``, ``at`` being the n-th of its change, ``[run, number]``, or a derived id's 16 bytes
- an entry follows its field's rule: value ``null | write | [write, ...]``; list ``[[element, digest | null,
  write | [write, ...]], ...]``, the elements in the order shown; tally ``[sum, [write, ...]]``; once ``[length of the
  text, [write, ...]]``
- other fields (those without a column, a deletion for one) keep their writes whole: ``{field: [[element, write with its
  value, replaces], ...]}``
- heard is ``null | [[place of a horizon in the page's table, [field, ...]], ...]``: how far the makers of workbooks had
  read that this one's maker took in
"""

import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import cbor2

from outreach_app.journal.changes import Stamped, WriteId
from outreach_app.journal.standing import Heard, frozen
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.sheets.books import Exported
from outreach_app.sheets.cells import canonical, cell_digest
from outreach_app.sheets.showing import Showing, pieces_of

DISPLAYED, KEPT = 1, 2
"""Flags of a write: its value is what the cell shows; its value stands beside it."""

MOMENT_LENGTH = 19


class Places(dict[Any, int]):
    """Things by their place in a table, in the order they first came."""

    def of(self, thing: Any) -> int:
        """The place of a thing, which it now has."""
        return self.setdefault(thing, len(self))


@dataclass
class Tables:
    """What many rows share."""

    runs: Places = field(default_factory=Places)
    authors: Places = field(default_factory=Places)
    devices: Places = field(default_factory=Places)
    sources: Places = field(default_factory=Places)
    horizons: Places = field(default_factory=Places)

    def write_id(self, write: WriteId) -> Any:
        """A write's id, packed: the bytes of a derived one, else [run, number]."""
        return write.run if write.number == 0 else [self.runs.of(write.run), write.number]

    def stamp(self, run: bytes | None, number: int, clock: int, author: str, device: bytes, source: str) -> list[Any]:
        """A stamp, packed."""
        place = None if run is None else self.runs.of(run)
        return [place, number, clock, self.authors.of(author), self.devices.of(device), self.sources.of(source)]

    def heard(self, heard: Sequence[Heard]) -> Any:
        """What was heard of one record, packed."""
        told = [
            [self.horizons.of((tuple(sorted(horizon.runs.items())), horizon.beyond)), list(fields)]
            for horizon, fields in heard
        ]
        return told or None

    def told_horizons(self) -> list[Any]:
        """The table of the horizons heard of."""
        return [
            [{self.runs.of(run): number for run, number in runs}, [self.write_id(each) for each in sorted(beyond)]]
            for runs, beyond in self.horizons
        ]


@dataclass
class RowPacker:
    """Packs one record."""

    tables: Tables
    showing: Showing
    stamps: Places = field(default_factory=Places)
    _last: tuple[WriteId | None, int] = (None, 0)  # most writes of a record are of one change

    def stamp(self, each: Stamped) -> int:
        """The place of a write's stamp in its record; that of the first write is 0."""
        if each.change is not None and each.change == self._last[0]:
            return self._last[1]
        self._last = each.change, self._stamp(each)
        return self._last[1]

    def _stamp(self, each: Stamped) -> int:
        run, number = each.change or (None, 0)
        return self.stamps.of(tuple(self.tables.stamp(run, number, each.clock, each.author, each.device, each.source)))

    def at(self, each: Stamped) -> Any:
        """Where a write stands: its place in its change, or its id."""
        write, change = each.write.id, each.change
        if change and write.run == change.run and write.number > change.number:
            return write.number - change.number
        return self.tables.write_id(write)

    def write(self, each: Stamped, displayed: bool, kept: Any = None, keeps: bool = False) -> Any:
        """A write, packed."""
        stamp, at = self.stamp(each), self.at(each)
        if stamp == 0 and displayed and not keeps and isinstance(at, int):
            return at
        flags = DISPLAYED * displayed | KEPT * keeps
        return [stamp, at, flags, kept] if keeps else [stamp, at, flags]

    def shown(self, about: Field, each: Stamped, text: str, value: Any) -> Any:
        """A write of a slot whose cell, or piece of a cell, says ``text`` for ``value``."""
        own = each.write.value
        displayed = _same(own, value)
        if own is None:
            return self.write(each, displayed and not text)
        if not displayed:
            return self.write(each, False, _kept(about, own, ""), True)
        kept = kept_beside(self.showing, about, own, text)
        return self.write(each, True, kept, kept is not None)

    def entry(self, about: Field, writes: Sequence[Stamped], text: str, value: Any) -> Any:
        """What is kept of one field whose cell says the canonical ``text``."""
        if not writes:
            return None
        if about.rule is Rule.LIST:
            return self.elements(about, writes, text, value or [])
        if about.rule is Rule.TALLY:
            return [value or 0, [self.write(each, False, each.write.value, True) for each in writes]]
        if about.rule is Rule.ONCE:
            return [len(text), [self.shown(about, each, text, value) for each in writes]]
        packed = [self.shown(about, each, text, value) for each in writes]
        return packed[0] if len(packed) == 1 and isinstance(packed[0], int) else packed

    def elements(self, about: Field, writes: Sequence[Stamped], text: str, shown: Sequence[Mapping[str, Any]]) -> Any:
        """What is kept of a list: its elements in the order shown, then those that show nothing."""
        by_element: dict[str, list[Stamped]] = {}
        for each in writes:
            by_element.setdefault(each.write.slot.element, []).append(each)
        pieces = [canonical(piece) for piece in self.showing.pieces(about, [each["value"] for each in shown])]
        whole = list(pieces_of(text)) == pieces
        packed = []
        for piece, one in zip(pieces, shown, strict=True):
            own = by_element.pop(one["id"], [])
            # a piece that cannot be found in its cell (which was too long) says nothing
            codes = [self.shown(about, each, piece if whole else "", one["value"]) for each in own]
            packed.append([_element(one["id"]), cell_digest(piece), _alone(codes)])
        for element, own in by_element.items():
            packed.append([_element(element), None, _alone([self.shown(about, each, "", None) for each in own])])
        return packed

    def others(self, writes: Mapping[str, Sequence[Stamped]]) -> dict[str, Any] | None:
        """The fields without a column, whole."""
        packed = {
            name: [
                [
                    _element(each.write.slot.element),
                    self.write(each, False, each.write.value, True),
                    [self.tables.write_id(gone) for gone in sorted(each.write.replaces)],
                ]
                for each in standing
            ]
            for name, standing in writes.items()
            if standing
        }
        return packed or None


def pack_row(
    exported: Exported,
    fields: Sequence[Field],
    texts: Sequence[str],
    digest: bytes | None,
    tables: Tables,
    showing: Showing,
    withheld: Collection[str] = (),
) -> bytes:
    """One record, packed.

    ``texts``: the canonical texts of the fields' own cells; a record without ``digest`` has no row, and none of them.
    ``withheld``: fields of which nothing leaves.
    """
    view, packer = exported.view, RowPacker(tables, showing)
    entries: list[Any] = []
    gone = {*withheld} if digest is None else {*withheld, *(about.name for about in fields)}
    others = {name: writes for name, writes in exported.standing.items() if name not in gone}
    if digest is not None:
        entries = [
            packer.entry(about, exported.standing.get(about.name, ()), text, view.values.get(about.name))
            for about, text in zip(fields, texts, strict=True)
        ]
    digests = struct.pack(f"<{len(texts)}I", *map(cell_digest, texts))
    packed_others = packer.others(others)
    dead = [tables.write_id(each) for each in sorted(exported.dead)]
    stamps = [list(stamp) for stamp in packer.stamps]
    return cbor2.dumps(
        [
            id_bytes(view.id),
            digest,
            stamps,
            digests,
            entries,
            packed_others,
            dead,
            view.code,
            tables.heard(exported.heard),
        ]
    )


def kept_beside(showing: Showing, about: Field, value: Any, text: str) -> Any:
    """What is kept of a value beside its cell, or piece of a cell, that says ``text``; None where that says it all."""
    return None if _same(showing.recover(about, text), value) else _kept(about, value, text)


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, telling True from 1."""
    return bool(one == other if type(one) is str else frozen(one) == frozen(other))


def _alone(codes: list[Any]) -> Any:
    return codes[0] if len(codes) == 1 and isinstance(codes[0], int) else codes


def _element(element: str) -> bytes | str:
    """An element's id as its bytes, where it is sixteen hexadecimal digits."""
    try:
        raw = bytes.fromhex(element)
    except ValueError:
        return element
    return raw if raw and raw.hex() == element else element


def _kept(about: Field, value: Any, text: str) -> Any:
    """A value as it is kept, without what the cell says of it."""
    if about.shape is Shape.REFERENCE and isinstance(value, str):
        return _id(value)
    if (
        about.shape is Shape.MOMENT
        and isinstance(value, str)
        and value[MOMENT_LENGTH:]
        and len(text) in (10, MOMENT_LENGTH)
    ):
        whole = text if len(text) == MOMENT_LENGTH else f"{text}T00:00:00"
        if value[:MOMENT_LENGTH] == whole and len(value) <= MOMENT_LENGTH + 6:
            return value[MOMENT_LENGTH:]
    return value


def _id(record: str) -> bytes | str:
    try:
        raw = id_bytes(record)
    except ValueError:
        return record
    return raw if id_text(raw) == record else record
