"""How people are planned to edit the workbooks they send: as data, for whoever plays it on real files."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoveColumn:
    """Somebody dragged a column to another place; ``to`` counts columns from 0."""

    kind: str
    field: str
    to: int


@dataclass(frozen=True, slots=True)
class NumbersForText:
    """The spreadsheet program turned a text column of digits into numbers (and ate leading zeros)."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class RenameHeading:
    """Somebody wrote another heading over a column's."""

    kind: str
    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """Somebody typed over one cell, in the first row whose ``find_field`` shows ``find``."""

    kind: str
    find_field: str
    find: str
    field: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """Somebody typed a new row at the end: field name to what the cell shows."""

    kind: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SortRows:
    """Somebody sorted a sheet by one column."""

    kind: str
    field: str


WorkbookStep = MoveColumn | NumbersForText | RenameHeading | ChangeCell | NewRow | SortRows


@dataclass(frozen=True, slots=True)
class WorkbookEdit:
    """What somebody does to a worker's workbook before it is sent, in this order; and what they call the file."""

    worker: int
    file_name: str
    steps: tuple[WorkbookStep, ...]
