"""A department's own workbook, as somebody there would have made it: title, table, formulas, a chart, another sheet."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

HEADINGS = ("First name", "Last name", "Agency", "Cell", "Born in", "Letters")
LOGO = b"\x89PNG of the department"


def own_template(path: Path, table: bool = False) -> Path:
    """Contacts below a title, the headings in row 4, one row of examples."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Contacts & more"
    sheet["A1"] = "Hill County Health"
    sheet["A1"].font = Font(bold=True, size=20)
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "Who we met"
    for place, heading in enumerate(HEADINGS, start=1):
        sheet.cell(4, place, heading).font = Font(bold=True)
    example = ("Jane", "Doe", "An agency", "555 0100", "Sylva", "=LEN(A5)+LEN(B5)")
    thin = Side("thin")
    for place, text in enumerate(example, start=1):
        cell = sheet.cell(5, place, text)
        cell.fill, cell.border = PatternFill("solid", fgColor="FFEEEEEE"), Border(bottom=thin)
    sheet.row_dimensions[5].height = 30
    sheet.freeze_panes, sheet.print_title_rows = "A5", "4:4"
    sheet.page_setup.orientation = "landscape"
    offered = DataValidation(type="list", formula1='"Sylva,Murphy"')
    offered.add("E5:E500")
    sheet.add_data_validation(offered)
    if table:
        sheet.add_table(Table(displayName="Contacts", ref="A4:F5"))
    else:
        sheet.auto_filter.ref = "A4:F5"
    other = book.create_sheet("Figures")
    other["A1"], other["B1"] = "Contacts", "=COUNTA('Contacts & more'!A5:A500)"
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=1))
    other.add_chart(chart, "D2")
    book.save(path)
    workbook = parts_of(path)["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    added(path, {"xl/media/logo.png": LOGO, "xl/workbook.xml": workbook})
    return path


def added(path: Path, parts: dict[str, bytes]) -> None:
    """Put parts into a workbook, in the place of those so called."""
    with zipfile.ZipFile(path) as source:
        held = {name: source.read(name) for name in source.namelist()}
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in (held | parts).items():
            out.writestr(name, raw)
    path.write_bytes(made.getvalue())


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist()}
