"""Compares a list's cell, and its columns of 0 and 1, with the elements it had when it left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.journal.digests import canonical as canonical_value
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.identifiers import derived_element
from outreach_app.sheets.cells import Cell, canonical, cell_digest
from outreach_app.sheets.left_rows import LeftElement, LeftRow
from outreach_app.sheets.parsing import Parsing
from outreach_app.sheets.readings import Typed
from outreach_app.sheets.restoring import restored
from outreach_app.sheets.showing import pieces_of
from outreach_app.texts import _

TICK = Field("", Shape.YES_NO)
"""What a 0/1 cell is read as."""

Pieces = tuple[str | None, ...]
"""The canonical texts of the elements that were shown; None for each that was typed over."""


@dataclass(frozen=True)
class ListCell:
    """One list field of one row. ``marks``: its 0/1 cells by code; ``there``: whether its own column is in the file."""

    parsing: Parsing
    left: LeftRow
    about: Field
    digest: int
    cell: Cell
    there: bool
    marks: Mapping[str, Cell]

    def compared(self) -> tuple[Pieces, list[Typed]]:
        """The untouched elements, and what was typed. Raises BadInput."""
        elements = [each for each in self.left.elements(self.about.name) if each.digest is not None]
        ticked = list(self._ticked(elements))
        whole = canonical(self.cell)
        if self.there and cell_digest(whole) != self.digest:
            pieces, typed = self._pieces(elements)
            if ticked and typed and _asked(typed) != _asked(ticked):
                raise BadInput(_("the list and its columns of 0 and 1 do not say the same"))
            return pieces, typed or ticked
        if not self.there:
            return tuple(self._label_of(each) for each in elements), ticked
        return pieces_of(whole), ticked

    def _pieces(self, elements: Sequence[LeftElement]) -> tuple[Pieces, list[Typed]]:
        free = list(range(len(elements)))
        texts: list[str | None] = [None] * len(elements)
        new: list[Any] = []
        for piece in self.parsing.pieces(self.about, self.cell):
            at, text = self._same(piece, elements, free)
            if at is None:
                value = self.parsing.piece(self.about, piece)
                at, text = self._meant(value, elements, free)
            if at is None:
                new.append(value)
            else:
                free.remove(at)
                texts[at] = text
        return tuple(texts), list(self._typed(elements, free, new))

    def _same(self, piece: str, elements: Sequence[LeftElement], free: Sequence[int]) -> tuple[int | None, str | None]:
        """The element that a piece still shows."""
        for text in restored(self.about, piece):
            digest = cell_digest(text)
            for at in free:
                if elements[at].digest == digest:
                    return at, text
        return None, None

    def _meant(self, value: Any, elements: Sequence[LeftElement], free: Sequence[int]) -> tuple[int | None, str | None]:
        """The element that a piece means, said otherwise: a choice in another language, a record under a new title."""
        if self.about.shape is Shape.CHOICE:
            label = canonical(self._labels.get(str(value), str(value)))
            return next(((at, label) for at in free if elements[at].digest == cell_digest(label)), (None, None))
        for at in free:
            if any(frozen(kept) == frozen(value) for kept in self._kept(elements[at])):
                return at, None
        return None, None

    def _typed(self, elements: Sequence[LeftElement], free: list[int], new: list[Any]) -> Iterator[Typed]:
        """The elements typed over in their order, then those removed, then those added."""
        if self.about.shape not in (Shape.CHOICE, Shape.REFERENCE):
            while free and new:
                yield self._changed(elements[free.pop(0)], new.pop(0))
        for at in free:
            yield self._changed(elements[at], None)
        yield from added(self.left.id, self.about, new, self.left.elements(self.about.name))

    def _ticked(self, elements: Sequence[LeftElement]) -> Iterator[Typed]:
        """What the columns of 0 and 1 say that the row did not say when it left."""
        by_digest = {each.digest: each for each in elements}
        for code, cell in self.marks.items():
            label = self._labels.get(code, code)
            element = by_digest.get(cell_digest(canonical(label)))
            if ticks(self.parsing, cell) == bool(element):
                continue
            if element:
                yield self._changed(element, None)
            else:
                yield from added(self.left.id, self.about, [code], self.left.elements(self.about.name))

    @property
    def _labels(self) -> Mapping[str, str]:
        showing = self.left.sheet.showing
        return showing.words.labels(self.about.vocabulary, showing.language)

    def _label_of(self, element: LeftElement) -> str:
        """The text that showed a chosen element, found by its digest: its own cell is gone."""
        return next((text for text in map(canonical, self._labels.values()) if cell_digest(text) == element.digest), "")

    def _kept(self, element: LeftElement) -> list[Any]:
        kept = (self.left.kept(self.about.name, code) for code in element.codes)
        return [value for value in kept if value is not None]

    def _changed(self, element: LeftElement, value: Any) -> Typed:
        displayed = element.displayed or element.shown
        return Typed(self.about.name, element.id, value, element.shown, displayed, tuple(self._kept(element)))


def ticks(parsing: Parsing, cell: Cell) -> bool:
    """Whether a 0/1 cell says that something was chosen. Raises BadInput."""
    return bool(parsing.value(TICK, cell))


def added(record: str, about: Field, values: Sequence[Any], known: Sequence[LeftElement] = ()) -> Iterator[Typed]:
    """Elements that were added. Their ids follow from what they say, so that a file read twice adds them once."""
    by_id = {each.id: each for each in known}
    seen: dict[bytes, int] = {}
    for value in values:
        said = canonical_value(value)
        seen[said] = seen.get(said, 0) + 1
        if about.shape is Shape.CHOICE and seen[said] > 1:
            continue
        element = derived_element("typed", record, about.name, said, str(seen[said]))
        # one taken out before the workbook was made is put in again: that write is to be replaced
        earlier = by_id[element].shown if element in by_id else frozenset()
        yield Typed(about.name, element, value, earlier, earlier)


def _asked(typed: Sequence[Typed]) -> set[tuple[str, bytes]]:
    return {(each.element, canonical_value(each.value)) for each in typed}
