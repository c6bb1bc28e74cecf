"""Exporting everybody in a workbook with all that one has, against openpyxl writing the same cells."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, peak_mb, timed
from tests.benchmarks.people import PASSPHRASE, filled

FIGURES = (
    Figure("export", "everybody exported, all features", "s", 0.2, against="openpyxl write-only, the same cells"),
    Figure("export_memory", "the most memory exporting takes", "MB", 150),
)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
REFERENCE = "reference.xlsx"


def prepare(folder: Path, size: int) -> None:
    """Fill a store with people of whom everything is known, and export it once for the other side to copy."""
    filled(folder, size, whole=True)
    _export(folder, REFERENCE)


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """Export the store as a person does."""
    took = _export(folder, "ours.xlsx")
    rows = len(_largest_sheet(folder / "ours.xlsx")) if size <= SIZES[0] else size  # read back where that is quick
    if rows < size:
        raise ValueError(f"{size} people, but {rows} rows")
    return {"export": took, "export_memory": peak_mb()}


def _export(folder: Path, name: str) -> float:
    import outreach_app.sheets.frames  # noqa: F401  # the other side has loaded openpyxl by then, too
    from outreach_app.operations.exporting import export_workbook
    from outreach_app.operations.spaces import open_store

    store = open_store(folder / "store", PASSPHRASE)
    took: list[float] = []
    with timed(took):
        export_workbook(store, folder / name)
    store.close()
    return took[0]


def _largest_sheet(file: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(file))
    return max((book.get_sheet_by_name(name).to_python() for name in book.sheet_names), key=len)


def against(folder: Path, size: int) -> Mapping[str, float]:
    """Write the same cells with openpyxl: headings styled and frozen, a table with its filter, a list of choices."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn

    warnings.filterwarnings("ignore", "In write-only mode you must add table columns manually")  # they are, below
    headings, *rows = _largest_sheet(folder / REFERENCE)
    took: list[float] = []
    with timed(took):
        book = Workbook(write_only=True)
        sheet = book.create_sheet("People")
        sheet.freeze_panes = "A2"
        last = get_column_letter(len(headings))
        for number in range(1, len(headings) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 18
        named = [f"{heading} {number}" for number, heading in enumerate(headings)]  # a table's headings must differ
        styled = [WriteOnlyCell(sheet, value=name) for name in named]
        for cell in styled:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E4EFED")
        sheet.append(styled)
        for row in rows:
            sheet.append(row)
        choices = DataValidation(type="list", formula1='"en,es"', allow_blank=True)
        choices.add(f"D2:D{size + 1}")
        sheet.data_validations.append(choices)
        table = Table(displayName="People", ref=f"A1:{last}{len(rows) + 1}")
        table.autoFilter = AutoFilter(ref=table.ref)
        table.tableColumns = [TableColumn(id=place, name=name) for place, name in enumerate(named, 1)]
        sheet.add_table(table)
        book.save(folder / "against.xlsx")
    return {"export": took[0]}
