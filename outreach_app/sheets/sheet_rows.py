"""The rows of one sheet, by column name, whatever order the columns are in."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from outreach_app.model.fields import Field
from outreach_app.sheets.cells import Cell, canonical, canonical_row, cell_digest, row_digest, row_texts
from outreach_app.sheets.headings import IDENTITIES, Mapped
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.openings import Grid, Opened
from outreach_app.sheets.readings import Texts
from outreach_app.sheets.showing import pieces_of

Row = Sequence[Cell]


@dataclass(frozen=True)
class SheetRows:
    """A sheet's rows. ``content``: the columns as they left, in order; empty where that is not known."""

    opened: Opened
    grid: Grid
    mapped: Mapped
    fields: Sequence[Field]
    content: Sequence[str]

    @property
    def indices(self) -> range:
        """Of the rows below the headings."""
        return range(self.mapped.heading_row + 1, len(self.grid.rows))

    @cached_property
    def names(self) -> list[str]:
        """The content columns that are in the file."""
        return [name for name in self.mapped.places if name not in IDENTITIES]

    @cached_property
    def present(self) -> tuple[str, ...]:
        """The fields that the file says something of."""
        named = {name.partition("=")[0] for name in self.names}
        return tuple(each.name for each in self.fields if each.name in named)

    @property
    def added(self) -> list[str]:
        """The columns of ours that it left without, and that hold something."""
        left = {name.partition("=")[0] for name in self.content}
        more = [name for name in self.names if name.partition("=")[0] not in left]
        return [
            name for name in more if any(canonical(self.grid.rows[at][self.mapped.places[name]]) for at in self.indices)
        ]

    def present_in(self, index: int) -> Sequence[str]:
        """The fields that one row says something of."""
        covered = self.covered(index)
        return [name for name in self.present if name not in covered] if covered else self.present

    @cached_property
    def pick(self) -> Callable[[Row], Row] | None:
        """Picks a row's content as it left; None where a column is gone."""
        places = [self.mapped.places[name] for name in self.content if name in self.mapped.places]
        if not places or len(places) != len(self.content):
            return None
        return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)

    def has(self, name: str) -> bool:
        """Whether a column is in the file."""
        return name in self.mapped.places

    def number(self, index: int) -> int:
        """A row's number, as spreadsheets count."""
        return self.grid.first_row + index

    def cells(self, index: int) -> dict[str, Cell]:
        """A row's content by column name. A cell that was merged into another says nothing."""
        row, covered = self.grid.rows[index], self.covered(index)
        return {name: row[self.mapped.places[name]] for name in self.names if name not in covered}

    def covered(self, index: int) -> Collection[str]:
        """The columns of which a row's cell was merged into another."""
        if not self.grid.covered:
            return ()
        row, first = self.number(index), self.grid.first_column
        return {name for name, place in self.mapped.places.items() if (row, first + place) in self.grid.covered}

    def identity(self, index: int, name: str) -> str:
        """What a row's *Record*, *Version* or *Row* cell says; "" where there is none."""
        place = self.mapped.places.get(name)
        return "" if place is None else canonical(self.grid.rows[index][place])

    def heading(self, name: str) -> str:
        """What heads a column in the file."""
        return canonical(self.grid.rows[self.mapped.heading_row][self.mapped.places[name]])

    def is_blank(self, index: int) -> bool:
        """Whether a row has no content."""
        row = self.grid.rows[index]
        return not any(canonical(row[self.mapped.places[name]]) for name in self.names)

    def said(self, index: int) -> str | None:
        """What a row says, canonical and as its columns left; None where a column is gone."""
        return canonical_row(self.pick(self.grid.rows[index])) if self.pick else None

    def as_left(self, left: LeftRow, index: int) -> str | None:
        """What a row says (:meth:`said`) where that is, cell for cell, what it said when it left; else None."""
        said = self.said(index)
        return said if said is not None and row_digest(said, left.raw[0]) == left.raw[1] else None

    def texts(self, said: str) -> Texts:
        """By field, what the cells of a row that is as it left say; of a list its elements."""
        texts = row_texts(said)
        return {
            name: (pieces_of(texts[place]) if texts[place] else ()) if many else texts[place]
            for name, place, many in self._own
        }

    @cached_property
    def _own(self) -> list[tuple[str, int, bool]]:
        """The fields, each with the place of its own column among the content and whether it is a list."""
        places = {name: place for place, name in enumerate(self.content)}
        return [(each.name, places[each.name], each.many) for each in self.fields]

    def digest(self, record: bytes, index: int) -> bytes:
        """The digest of a row whose columns are all in the file, as the row of ``record``."""
        said = self.said(index)
        return b"" if said is None else row_digest(said, record)

    def likeness(self, left: LeftRow, index: int) -> int:
        """How many of a row's filled cells say what they said when ``left`` did."""
        row, places = self.grid.rows[index], self.mapped.places
        return sum(
            1
            for each, digest in zip(self.fields, left.digests, strict=False)
            if digest and each.name in places and cell_digest(canonical(row[places[each.name]])) == digest
        )

    def filled(self, index: int) -> int:
        """How many of a row's own cells hold something."""
        row, places = self.grid.rows[index], self.mapped.places
        return sum(1 for each in self.fields if each.name in places and canonical(row[places[each.name]]))

    def failed(self, index: int, name: str) -> bool:
        """Whether a cell that looks empty holds an error, or a formula that was never worked out."""
        if name not in self.mapped.places:
            return False
        place = (self.number(index), self.grid.first_column + self.mapped.places[name])
        return place in self.opened.failed(self.grid.title)
