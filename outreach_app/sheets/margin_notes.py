"""What stands beside a row's own cells, as notes on its record: comments, and on request columns that are not ours."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from outreach_app.model.fields import Rule
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.readings import ReadRow, Typed
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.texts import count

NOTES = "notes"
"""The field that takes them, of the kinds that have it."""


class MarginNotes:
    """Of one sheet. ``keep``: columns that are not ours are taken too."""

    def __init__(self, rows: SheetRows, keep: bool) -> None:
        self._rows, self._grid, self._keep = rows, rows.grid, keep

    @cached_property
    def _comments(self) -> Mapping[int, Sequence[str]]:
        """The comments on each row, from left to right, by the row's number."""
        found, below = self._grid.commented, self._rows.indices
        return {row: words for row, words in found.items() if row - self._grid.first_row in below}

    def add_to(self, read: Sequence[ReadRow]) -> list[str]:
        """Type them into the rows they stand beside; what is to be said of it."""
        if not self._comments and not (self._keep and self._rows.mapped.unknown):
            return []
        if not self._takes_notes:
            left = count(
                "{sheet}: {n} comment was left out, for these rows have no notes",
                "{sheet}: {n} comments were left out, for these rows have no notes",
                sum(map(len, self._comments.values())),
                sheet=self._grid.title,
            )
            return [left] if self._comments else []
        taken = 0
        for each in read:
            said = [*self._comments.get(each.number, ()), *(self._beside(each) if self._keep else ())]
            if said and each.set_aside is None:
                taken += len(self._comments.get(each.number, ()))
                shown = each.left.ids(NOTES) if each.left else frozenset()
                each.typed += tuple(Typed(NOTES, "", text, shown) for text in dict.fromkeys(said))
        if not taken:
            return []
        kept = count(
            "{sheet}: {n} comment was kept as a note",
            "{sheet}: {n} comments were kept as notes",
            taken,
            sheet=self._grid.title,
        )
        return [kept]

    @property
    def keeps_columns(self) -> bool:
        """Whether columns that are not ours become notes."""
        return self._keep and self._takes_notes

    @property
    def _takes_notes(self) -> bool:
        own = {each.name: each.rule for each in self._rows.fields}
        return own.get(NOTES) is Rule.ONCE and not self._rows.mapped.kind.about.append_only

    def _beside(self, each: ReadRow) -> list[str]:
        row = self._grid.rows[each.number - self._grid.first_row]
        unknown = self._rows.mapped.unknown.items()
        return [f"{heading}: {text}" for at, heading in unknown if (text := canonical(row[at]))]
