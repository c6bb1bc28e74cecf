"""Doing to a real workbook what people are planned to do to theirs, by another program's hands (openpyxl's)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from outreach_app.demo.workbook_edits import (
    ChangeCell,
    MoveColumn,
    NewRow,
    NumbersForText,
    RenameHeading,
    SortRows,
    WorkbookEdit,
    WorkbookStep,
)
from outreach_app.model.records import REGISTRY
from outreach_app.sheets.columns import layout
from outreach_app.sheets.words import Words
from outreach_app.store.durable_files import write_durably

FIRST = 2
"""The first row below the headings."""


def edit_workbook(source: Path, target: Path, edit: WorkbookEdit) -> None:
    """Save ``source``, a workbook in English, under another name with somebody's edits. Raises NotWritable."""
    book = load_workbook(source)
    pages: dict[str, _Page] = {}
    for step in edit.steps:
        if step.kind not in pages:
            pages[step.kind] = _page(book, step.kind)
        pages[step.kind].do(step)
    made = BytesIO()
    book.save(made)
    write_durably(target, made.getvalue())


def _page(book: Workbook, kind: str) -> "_Page":
    drawn = layout(REGISTRY[kind], Words(), "en")
    sheet = book[drawn.title]
    assert isinstance(sheet, Worksheet)
    return _Page(sheet, {column.name: column.heading for column in drawn.columns})


@dataclass
class _Page:
    """One sheet under somebody's hands. ``headings``: what stands over each field's column now."""

    sheet: Worksheet
    headings: dict[str, str]
    _steps: dict[type[WorkbookStep], Callable[..., None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._steps = {
            MoveColumn: self._move,
            NumbersForText: self._numbers,
            RenameHeading: self._rename,
            ChangeCell: self._change,
            NewRow: self._add,
            SortRows: self._sort,
        }

    def do(self, step: WorkbookStep) -> None:
        """Do one step."""
        self._steps[type(step)](step)

    def _move(self, step: MoveColumn) -> None:
        """Drag a column to another place; those between move up."""
        order = list(range(1, self.sheet.max_column + 1))
        order.insert(step.to, order.pop(self._place(step.field) - 1))
        for row in range(1, self.sheet.max_row + 1):
            self._rewrite(row, [self._held(row, place) for place in order])
        places = {old: new for new, old in enumerate(order, start=1)}
        self._move_lists(places)
        widths = [self.sheet.column_dimensions[get_column_letter(place)].width for place in order]
        for place, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(place)].width = width
        self._name_table()

    def _move_lists(self, places: dict[int, int]) -> None:
        """The notes and lists of choices go with their columns."""
        for each in self.sheet.data_validations.dataValidation:
            left, top, _right, bottom = range_boundaries(str(each.sqref).split()[0])
            assert left is not None
            letter = get_column_letter(places[left])
            each.sqref = type(each.sqref)(f"{letter}{top}:{letter}{bottom}")

    def _numbers(self, step: NumbersForText) -> None:
        """Text of digits becomes numbers, and noughts before them go."""
        place = self._place(step.field)
        for row in range(FIRST, self.sheet.max_row + 1):
            cell = self._cell(row, place)
            if isinstance(cell.value, str) and cell.value.isdigit():
                cell.value, cell.number_format = int(cell.value), "General"

    def _rename(self, step: RenameHeading) -> None:
        self._cell(1, self._place(step.field)).value = step.heading
        self.headings[step.field] = step.heading
        self._name_table()

    def _change(self, step: ChangeCell) -> None:
        """Type over a part of one cell."""
        find, place = self._place(step.find_field), self._place(step.field)
        row = next(each for each in range(FIRST, self.sheet.max_row + 1) if self._cell(each, find).value == step.find)
        cell = self._cell(row, place)
        assert isinstance(cell.value, str)
        assert step.was in cell.value
        cell.value = cell.value.replace(step.was, step.becomes)

    def _add(self, step: NewRow) -> None:
        """Type a row below the last, which the table then takes in."""
        row = self.sheet.max_row + 1
        for name, text in step.cells.items():
            self._cell(row, self._place(name)).value = text
        for table in self.sheet.tables.values():
            table.ref = f"A1:{get_column_letter(self.sheet.max_column)}{row}"
            if table.autoFilter:
                table.autoFilter.ref = table.ref

    def _sort(self, step: SortRows) -> None:
        place, places = self._place(step.field), range(1, self.sheet.max_column + 1)
        rows = [[self._held(row, each) for each in places] for row in range(FIRST, self.sheet.max_row + 1)]
        rows.sort(key=lambda cells: (cells[place - 1][0] is None, str(cells[place - 1][0])))
        for row, cells in enumerate(rows, start=FIRST):
            self._rewrite(row, cells)

    def _place(self, name: str) -> int:
        heading = self.headings[name]
        return next(cell.column for cell in self.sheet[1] if cell.value == heading)

    def _cell(self, row: int, place: int) -> Cell:
        cell = self.sheet.cell(row, place)
        assert not isinstance(cell, MergedCell)
        return cell

    def _held(self, row: int, place: int) -> tuple[object, str]:
        cell = self._cell(row, place)
        return cell.value, cell.number_format

    def _rewrite(self, row: int, cells: Sequence[tuple[object, str]]) -> None:
        """Give a row other content; text that looks like a formula stays text."""
        for place, (value, number_format) in enumerate(cells, start=1):
            cell = self._cell(row, place)
            cell.value, cell.number_format = value, number_format  # type: ignore[assignment]  # a value of another cell
            if isinstance(value, str):
                cell.data_type = "s"

    def _name_table(self) -> None:
        """A table's own names of its columns are what stands over them, or Excel mends the file."""
        for table in self.sheet.tables.values():
            for column, cell in zip(table.tableColumns, self.sheet[1], strict=True):
                column.name = str(cell.value)
