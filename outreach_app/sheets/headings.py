"""Finds a sheet's heading row and which column is which, wherever people moved or renamed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach_app.model.errors import BadInput
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.columns import RECORD, ROW, VERSION, known_headings, sheet_title
from outreach_app.sheets.openings import Grid
from outreach_app.sheets.words import Words
from outreach_app.texts import _, say

IDENTITIES = frozenset({RECORD, VERSION, ROW})
_SEARCHED = 15  # rows in which headings are looked for
_LEAST = 2  # columns that must be known by their heading
_LEAST_SHARE, _SURE_SHARE = 0.4, 0.8  # of a row's filled cells


@dataclass(frozen=True)
class Mapped:
    """A sheet whose columns are known. ``places``: by column name, its place in a row; ``unknown``: what heads the
    other columns, by place."""

    kind: Kind
    heading_row: int  # index into the grid's rows
    places: Mapping[str, int]
    unknown: Mapping[int, str]

    @property
    def share(self) -> float:
        """Of the row's filled cells, those that are known headings."""
        return len(self.places) / max(1, len(self.places) + len(self.unknown))


class Headings:
    """The headings the program knows, of every kind."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._registry = registry
        self._known = {name: known_headings(kind, words) for name, kind in registry.items()}
        self._titles: dict[str, str] = {}
        for name, kind in registry.items():
            for language in words.languages:
                self._titles.setdefault(folded(sheet_title(say(kind.about.label, language))), name)
            self._titles.setdefault(folded(name), name)

    def mapped(
        self, grid: Grid, told: Mapping[str, Mapping[str, str]], by_hand: Mapping[str, str] | None = None
    ) -> Mapped | None:
        """The kind and columns of a sheet; None where it is none of ours.

        ``told``: by kind, the headings that the workbook itself says it left with. The sheet's title counts double, and
        decides alone where the first row leaves no doubt; for sheets are renamed, and rows put in above.
        ``by_hand``: by folded heading, the column that a person says it is, "" for none: that goes before all else.
        """
        found = self._mapped(grid, told)
        return found if found is None or not by_hand else self._by_hand(found, grid.rows[found.heading_row], by_hand)

    def _by_hand(self, found: Mapped, row: Sequence[Cell], by_hand: Mapping[str, str]) -> Mapped:
        said = {place: by_hand[heard] for place, _text, heard in _texts(row) if heard in by_hand}
        taken = set(said.values())
        places = {name: place for name, place in found.places.items() if place not in said and name not in taken}
        places |= {name: place for place, name in said.items() if name}
        left = {
            place: text for place, text, _heard in _texts(row) if place not in said and place not in places.values()
        }
        return Mapped(found.kind, found.heading_row, places, left)

    def _mapped(self, grid: Grid, told: Mapping[str, Mapping[str, str]]) -> Mapped | None:
        titled = self._titles.get(folded(grid.title))
        rows = [_texts(row) for row in grid.rows[:1]]
        if titled and rows:
            found = self._row(titled, 0, rows[0], told)
            if found.share >= _SURE_SHARE and len(found.places) >= _LEAST:
                return found
        rows += [_texts(row) for row in grid.rows[1:_SEARCHED]]
        best: tuple[int, Mapped] | None = None
        for name in self._registry:
            for index, texts in enumerate(rows):
                found = self._row(name, index, texts, told)
                score = (len(found.places) + len(IDENTITIES & found.places.keys())) * (2 if name == titled else 1)
                enough = len(found.places) >= _LEAST and found.share >= _LEAST_SHARE
                if enough and (best is None or score > best[0]):
                    best = score, found
        return best[1] if best else None

    def _row(
        self, name: str, index: int, texts: Sequence[tuple[int, str, str]], told: Mapping[str, Mapping[str, str]]
    ) -> Mapped:
        known, own = self._known[name], told.get(name, {})
        places: dict[str, int] = {}
        unknown: dict[int, str] = {}
        for place, text, heard in texts:
            column = own.get(text) or known.get(heard)
            if column is not None and column not in places:
                places[column] = place
            else:
                unknown[place] = text
        return Mapped(self._registry[name], index, places, unknown)


def checked_by_hand(told: Mapping[str, str], sheets: Sequence[tuple[Grid, Mapped]]) -> list[str]:
    """Look over what a person says that columns are; of headings that no sheet has, which may be another file's, that
    they are not there. Raises BadInput where a heading of a sheet cannot hold what is said."""
    missing = []
    for heading, name in told.items():
        heard = folded(heading)
        kinds = [
            mapped.kind
            for grid, mapped in sheets
            if any(text == heard for _place, _text, text in _texts(grid.rows[mapped.heading_row]))
        ]
        if not kinds:
            missing.append(_("The file has no heading “{heading}”.", heading=heading))
        known = list(dict.fromkeys(each.name for kind in kinds for each in kind.fields))
        if kinds and name and name.partition("=")[0] not in known:
            raise BadInput(
                _(
                    "“{heading}” cannot hold {field}. It can be one of: {known}",
                    heading=heading,
                    field=name,
                    known=", ".join(known),
                )
            )
    return missing


def _texts(row: Sequence[Cell]) -> list[tuple[int, str, str]]:
    """(place, text, the text as headings are compared) of a row's filled cells."""
    texts = [(place, canonical(cell)) for place, cell in enumerate(row)]
    return [(place, text, folded(text)) for place, text in texts if text]
