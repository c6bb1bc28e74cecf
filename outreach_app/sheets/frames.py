"""The frame of a workbook, made by openpyxl: sheets, headings, tables, lists of choices, print set-up, properties.

Imported where a workbook is written, for openpyxl takes long to load.

The rows are not in it: :mod:`outreach_app.sheets.workbooks` streams them in when the frame is saved. Where the frame
must say how many there are, it says two rows, and is corrected then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, Reference
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from outreach_app.model.fields import Shape
from outreach_app.sheets.books import Book, Counted
from outreach_app.sheets.columns import Column, Layout
from outreach_app.sheets.dictionaries import Dictionary
from outreach_app.sheets.marks import EXPORT_PROPERTY, RECEIPT_PLACE
from outreach_app.sheets.part_rows import Styles
from outreach_app.texts import say

MAKER_PROPERTY, RECEIPT_PROPERTY = "Outreach made by", "Outreach receipt"
_ACCENT, _SOFT, _LINE = "FF0B5D5A", "FFE4EFED", "FFDDDAD3"
_LETTER_PAPER = 1
_PRINTED_WIDTH = 150.0  # characters side by side that can still be read on one page
_LAST_ROW = 1_048_576
_FEW_CHOICES = 8
_HEADING = "Outreach heading"
_MOST_BARS, _PICTURE_ROWS = 20, 34


@dataclass
class Frame:
    """A workbook without its rows. ``parts``: the file within the workbook of each sheet, by the sheet's title."""

    book: Workbook = field(default_factory=Workbook)
    parts: dict[str, str] = field(default_factory=dict)
    _styles: dict[tuple[str, bool, bool], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book.remove(self.book.worksheets[0])
        bold = Font(bold=True, color=_ACCENT)
        style = NamedStyle(_HEADING, font=bold, fill=PatternFill("solid", fgColor=_SOFT))
        style.border = Border(bottom=Side("thin", color=_LINE))
        style.alignment = Alignment(vertical="center", wrap_text=True)
        self.book.add_named_style(style)

    def sheet(self, title: str, widths: Sequence[float] = ()) -> Worksheet:
        """A new sheet, after those there are, that prints well."""
        sheet: Worksheet = self.book.create_sheet(title)
        self.parts[title] = f"xl/worksheets/sheet{len(self.book.worksheets)}.xml"
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _LETTER_PAPER
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        return sheet

    def style(
        self, sheet: Worksheet, number_format: str = "General", wraps: bool = False, heading: bool = False
    ) -> tuple[int, int]:
        """The numbers of two styles: one for cells, and one for text that looks like a formula."""
        known = self._styles.get((number_format, wraps, heading))
        if known is not None:
            return known
        plain, quoted = SheetCell(sheet, 1, 1), SheetCell(sheet, 1, 1)
        for cell in (plain, quoted):
            if heading:
                cell.style = _HEADING
            cell.number_format = number_format
            cell.alignment = Alignment(vertical="top", wrap_text=wraps or heading)
        quoted.quotePrefix = True
        self._styles[number_format, wraps, heading] = plain.style_id, quoted.style_id
        return plain.style_id, quoted.style_id

    def saved(self) -> bytes:
        """The workbook's bytes."""
        made = BytesIO()
        self.book.save(made)
        return made.getvalue()


def head(sheet: Worksheet, title: str, language: str, department: str) -> None:
    """What every printed page says above and below."""
    above: Any = sheet.oddHeader  # the stubs believe that its parts may be missing
    below: Any = sheet.oddFooter
    above.left.text, above.right.text = title.replace("&", "&&"), department.replace("&", "&&")
    below.right.text = say("Page {page} of {pages}", language, page="&P", pages="&N")


def table_sheet(
    frame: Frame,
    title: str,
    name: str,
    headings: Sequence[str],
    widths: Sequence[float],
    language: str,
    department: str,
) -> Worksheet:
    """A sheet that is one table under its headings. ``name``: the table's, by which it is counted."""
    sheet = frame.sheet(title, widths)
    head(sheet, title, language, department)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    if sum(widths) > _PRINTED_WIDTH:  # several pages side by side can be read, one alone cannot
        sheet.print_title_cols = "A:A"
        sheet.page_setup.fitToWidth = ceil((sum(widths) - widths[0]) / (_PRINTED_WIDTH - widths[0]))
    for place, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, place, heading)
        cell.data_type = "s"
        cell.style = _HEADING
    table = Table(displayName=name, ref=f"A1:{get_column_letter(len(headings))}2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight15", showRowStripes=True)
    sheet.add_table(table)
    return sheet


def summary_sheet(frame: Frame, title: str, tables: Sequence[Counted], language: str, department: str) -> None:
    """Counts one below the other, the largest first, each with its picture beside it. openpyxl writes it whole."""
    sheet = frame.sheet(title, (44, 12))
    head(sheet, title, language, department)
    row = 1
    for each in tables:
        first = row
        for text, style in ((each.title, _HEADING), (say("How many", language), _HEADING)):
            cell = sheet.cell(row, 1 if text == each.title else 2, text)
            cell.data_type, cell.style = "s", style
        for group, number in _largest(each, language):
            row += 1
            said = sheet.cell(row, 1, group)
            said.data_type, said.quotePrefix = "s", True  # whatever it begins with, it is text
            sheet.cell(row, 2, number)
        if row > first:
            _picture(sheet, each.title, first, row)
        row = max(row, first + _PICTURE_ROWS) + 2


def _largest(table: Counted, language: str) -> list[tuple[str, int]]:
    """The largest groups, and the others together."""
    groups = sorted(table.groups.items(), key=lambda group: (-group[1], group[0]))
    others = sum(number for _group, number in groups[_MOST_BARS:])
    return groups[:_MOST_BARS] + ([(say("All others", language), others)] if others else [])


def _picture(sheet: Worksheet, title: str, first: int, last: int) -> None:
    """Bars, the largest on top, for the rows below ``first``."""
    chart = BarChart()
    chart.type, chart.style, chart.title, chart.legend = "bar", 10, title, None
    chart.add_data(Reference(sheet, min_col=2, min_row=first + 1, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    chart.y_axis.majorGridlines, chart.x_axis.delete, chart.y_axis.delete = None, False, False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.numFmt = chart.y_axis.number_format = "0"
    chart.series[0].graphicalProperties.solidFill = _ACCENT[2:]
    chart.gapWidth, chart.width, chart.height = 40, 22, min(4 + 0.6 * (last - first), _PICTURE_ROWS / 2)
    sheet.add_chart(chart, f"D{first}")


def kind_sheet(frame: Frame, each: Layout, dictionary: Dictionary, language: str, department: str) -> Styles:
    """The sheet of a kind: headings, table, lists of choices; the styles of its columns."""
    headings = [column.heading for column in each.columns]
    widths = [column.width for column in each.columns]
    sheet = table_sheet(frame, each.title, each.kind.name, headings, widths, language, department)
    for place, column in enumerate(each.columns, start=1):
        _fold_away(sheet, each, place, column)
        _offer(sheet, place, column, dictionary, language)
    return [frame.style(sheet, column.format, column.wraps) for column in each.columns]


def _fold_away(sheet: Worksheet, each: Layout, place: int, column: Column) -> None:
    """Put the 0/1 columns of a long vocabulary into a fold that one click opens."""
    if column.choice and sum(1 for other in each.columns if other.field is column.field) > _FEW_CHOICES:
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.outlineLevel, dimension.hidden = 1, True


def _offer(sheet: Worksheet, place: int, column: Column, dictionary: Dictionary, language: str) -> None:
    """The note on a heading, and the list of choices below it. What is not on the list may be typed all the same."""
    letter = get_column_letter(place)
    about = column.field
    if about is None:
        return
    if column.is_value:
        note = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=column.heading[:32])
        note.prompt = f"{say(about.help, language)[:180]}\n[{column.name}]".strip()
        note.add(f"{letter}1")
        sheet.add_data_validation(note)
    source = ""
    if column.choice:
        source = '"1,0"'
    elif about.shape is Shape.YES_NO:
        source = f'"{say("Yes", language)},{say("No", language)}"'
    elif about.shape is Shape.CHOICE and not about.many and about.vocabulary in dictionary.ranges:
        source = dictionary.source(about.vocabulary)
    if source:
        _choose(sheet, letter, source, language)


def offer_lists(sheet: Worksheet, lists: Mapping[int, Sequence[str]], language: str) -> None:
    """In these columns, from 1, lists of a few choices."""
    for place, choices in lists.items():
        _choose(sheet, get_column_letter(place), f'"{",".join(choices)}"', language)


def _choose(sheet: Worksheet, letter: str, source: str, language: str) -> None:
    choices = DataValidation(
        type="list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="warning"
    )
    choices.errorTitle = say("Not on the list", language)
    choices.error = say("This is not one of the choices. Keep it all the same?", language)
    choices.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(choices)


def titled_sheet(
    frame: Frame, title: str, line: str, widths: Sequence[float], language: str, department: str
) -> Worksheet:
    """A sheet of text below a large first line."""
    sheet = frame.sheet(title, widths)
    head(sheet, title, language, department)
    cell = sheet.cell(1, 1, line)
    cell.data_type = "s"
    cell.font = Font(bold=True, size=16, color=_ACCENT)
    return sheet


def hidden_sheet(frame: Frame, title: str) -> None:
    """The sheet that people do not see."""
    sheet = frame.sheet(title, [24])
    sheet.sheet_state = "hidden"
    sheet.cell(1, 1, "-")


def describe_plainly(frame: Frame, department: str, made_at: int, language: str) -> None:
    """The properties of any workbook. ``made_at``: microseconds since 1970 UTC."""
    properties = frame.book.properties
    properties.title, properties.creator = f"Outreach · {department}", department
    properties.created = properties.modified = datetime.fromtimestamp(made_at // 1_000_000, UTC).replace(tzinfo=None)
    properties.language = language


def describe(frame: Frame, book: Book) -> None:
    """The properties of a workbook that is read back."""
    describe_plainly(frame, book.department, book.made_at, book.language)
    workbook: Any = frame.book  # the stubs lack its custom properties
    for name, value in (
        (EXPORT_PROPERTY, book.export.hex()),
        (MAKER_PROPERTY, book.made_by),
        (RECEIPT_PROPERTY, RECEIPT_PLACE),
    ):
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))
