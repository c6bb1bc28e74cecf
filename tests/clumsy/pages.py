"""A sheet in the hands of the colleague: each cell with what it shows and what is meant by it."""

from dataclasses import dataclass, field
from typing import Any

from outreach_app.sheets.cells import canonical


@dataclass(frozen=True)
class Mark:
    """A cell. ``of``: the (code, column) whose content it still is, however it is written; None where somebody typed
    over it. ``means``: the values that typing it may come to; none where it was emptied, or says nothing readable."""

    shows: Any
    of: tuple[str, str] | None = None
    means: tuple[Any, ...] = ()
    error: bool = False
    unreadable: bool = False

    @property
    def filled(self) -> bool:
        return self.error or canonical(self.shows) != ""


NOTHING = Mark(None)


@dataclass
class Page:
    """``columns``: what each column is, by the field's name ("" for one that is not ours); ``heads``: what stands above
    them; ``known``: whether a reader can tell from that alone."""

    title: str
    kind: str
    columns: list[str]
    heads: list[Any]
    rows: list[list[Mark]]
    above: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first and last row, by their places
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    apart: bool = False  # something was sorted or filled so that rows are mixed up

    def at(self, column: str) -> int | None:
        """The place of a column; None where it was deleted."""
        return self.columns.index(column) if column in self.columns else None

    def code(self, row: list[Mark]) -> str:
        """What the row's *Record* cell says."""
        place = self.at("_record")
        return "" if place is None else canonical(row[place].shows).upper().replace(" ", "").replace("-", "")

    def own(self, row: list[Mark]) -> list[tuple[str, Mark]]:
        """The row's cells of our fields, with their columns."""
        return [(name, mark) for name, mark in zip(self.columns, row, strict=True) if name and not name.startswith("_")]

    def blank(self, row: list[Mark]) -> bool:
        """Whether a reader sees nothing in it."""
        return not any(mark.filled and not mark.error for _name, mark in self.own(row))

    def untouched(self, row: list[Mark]) -> bool:
        """Whether all that is left of it is what left with its code."""
        code = self.code(row)
        return bool(code) and all(mark.of == (code, name) for name, mark in self.own(row))
