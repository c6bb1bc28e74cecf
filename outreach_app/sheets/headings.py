"""Finds a sheet's heading row and which column is which, wherever people moved or renamed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.columns import RECORD, ROW, VERSION, known_headings
from outreach_app.sheets.openings import Grid
from outreach_app.sheets.words import Words
from outreach_app.texts import say

_SEARCHED = 15  # rows in which headings are looked for
_LEAST = 2  # columns that must be known by their heading
_IDENTITIES = frozenset({RECORD, VERSION, ROW})


@dataclass(frozen=True)
class Mapped:
    """A sheet whose columns are known. ``places``: by column name, its place in a row; ``unknown``: headings of ours
    or others' that mean nothing to us, by place."""

    kind: Kind
    heading_row: int  # index into the grid's rows
    places: Mapping[str, int]
    unknown: Mapping[int, str]


class Headings:
    """The headings the program knows, of every kind."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._registry = registry
        self._known = {name: known_headings(kind, words) for name, kind in registry.items()}
        self._titles: dict[str, str] = {}
        for name, kind in registry.items():
            for language in words.languages:
                self._titles.setdefault(folded(say(kind.about.label, language)[:31]), name)
            self._titles.setdefault(folded(name), name)

    def mapped(self, grid: Grid, told: Mapping[str, Mapping[str, str]]) -> Mapped | None:
        """The kind and columns of a sheet; None where it is none of ours.

        ``told``: by kind, the headings that the workbook itself says it left with. The sheet's title counts only among
        kinds whose headings fit about as well, for sheets are renamed.
        """
        best: tuple[float, Mapped] | None = None
        for name, kind in self._registry.items():
            found = self._best_row(grid, kind, {**self._known[name], **told.get(name, {})})
            if found is None:
                continue
            score = len(found.places) + len(_IDENTITIES & found.places.keys())
            if self._titles.get(folded(grid.title)) == name:
                score *= 2
            if best is None or score > best[0]:
                best = score, found
        return best[1] if best else None

    def _best_row(self, grid: Grid, kind: Kind, known: Mapping[str, str]) -> Mapped | None:
        best: Mapped | None = None
        for index, row in enumerate(grid.rows[:_SEARCHED]):
            found = _mapped_row(kind, index, row, known)
            enough = len(found.places) >= _LEAST and len(found.places) >= 0.4 * (len(found.places) + len(found.unknown))
            if enough and (best is None or len(found.places) > len(best.places)):
                best = found
        return best


def _mapped_row(kind: Kind, index: int, row: Sequence[Cell], known: Mapping[str, str]) -> Mapped:
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for place, cell in enumerate(row):
        text = canonical(cell)
        name = known.get(folded(text)) if isinstance(cell, str) else None
        if name is not None and name not in places:
            places[name] = place
        elif text:
            unknown[place] = text
    return Mapped(kind, index, places, unknown)
