"""The frame of a workbook, made by openpyxl: sheets, headings, tables, lists of choices, print set-up, properties.

The rows are not in it: :mod:`outreach_app.sheets.workbooks` streams them in when the frame is saved. Where the frame
must say how many there are, it says two rows, and is corrected then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from outreach_app.model.fields import Shape
from outreach_app.sheets.books import Book
from outreach_app.sheets.columns import Column, Layout
from outreach_app.sheets.dictionaries import Dictionary
from outreach_app.sheets.part_rows import Styles
from outreach_app.texts import say

RECEIPT_PLACE = "the-receipt-goes-here"
EXPORT_PROPERTY, MAKER_PROPERTY, RECEIPT_PROPERTY = "Outreach export", "Outreach made by", "Outreach receipt"
_ACCENT, _SOFT, _LINE = "FF0B5D5A", "FFE4EFED", "FFDDDAD3"
_LETTER_PAPER = 1
_LAST_ROW = 1_048_576
_FEW_CHOICES = 8
_HEADING = "Outreach heading"


@dataclass
class Frame:
    """A workbook without its rows. ``parts``: the file within the workbook of each sheet, by the sheet's title."""

    book: Workbook = field(default_factory=Workbook)
    parts: dict[str, str] = field(default_factory=dict)

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
        cell = SheetCell(sheet)
        if heading:
            cell.style = _HEADING
        cell.number_format = number_format
        cell.alignment = Alignment(vertical="top", wrap_text=wraps or heading)
        plain = cell.style_id
        cell.quotePrefix = True
        return plain, cell.style_id

    def saved(self) -> bytes:
        """The workbook's bytes."""
        made = BytesIO()
        self.book.save(made)
        return made.getvalue()


def head(sheet: Worksheet, title: str, book: Book) -> None:
    """What every printed page says above and below."""
    sheet.oddHeader.left.text = title.replace("&", "&&")
    sheet.oddHeader.right.text = book.department.replace("&", "&&")
    sheet.oddFooter.right.text = say("Page {page} of {pages}", book.language, page="&P", pages="&N")


def kind_sheet(frame: Frame, each: Layout, dictionary: Dictionary, book: Book) -> Styles:
    """The sheet of a kind: headings, table, lists of choices; the styles of its columns."""
    sheet = frame.sheet(each.title, [column.width for column in each.columns])
    head(sheet, each.title, book)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    for place, column in enumerate(each.columns, start=1):
        cell = sheet.cell(1, place, column.heading)
        cell.data_type = "s"
        cell.style = _HEADING
        _fold_away(sheet, each, place, column)
        _offer(sheet, place, column, dictionary, book.language)
    table = Table(displayName=each.kind.name, ref=f"A1:{get_column_letter(len(each.columns))}2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight15", showRowStripes=True)
    sheet.add_table(table)
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
        choices = DataValidation(
            type="list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="warning"
        )
        choices.errorTitle = say("Not on the list", language)
        choices.error = say("This is not one of the choices. Keep it all the same?", language)
        choices.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(choices)


def titled_sheet(frame: Frame, title: str, line: str, widths: Sequence[float], book: Book) -> Worksheet:
    """A sheet of text below a large first line."""
    sheet = frame.sheet(title, widths)
    head(sheet, title, book)
    cell = sheet.cell(1, 1, line)
    cell.data_type = "s"
    cell.font = Font(bold=True, size=16, color=_ACCENT)
    return sheet


def hidden_sheet(frame: Frame, title: str) -> None:
    """The sheet that people do not see."""
    sheet = frame.sheet(title, [24])
    sheet.sheet_state = "hidden"
    sheet.cell(1, 1, "-")


def describe(frame: Frame, book: Book, with_export: bool) -> None:
    """The workbook's properties."""
    made = datetime.fromtimestamp(book.made_at // 1_000_000, UTC).replace(tzinfo=None)
    properties = frame.book.properties
    properties.title, properties.creator = f"Outreach · {book.department}", book.department
    properties.created = properties.modified = made
    properties.language = book.language
    if with_export:
        for name, value in (
            (EXPORT_PROPERTY, book.export.hex()),
            (MAKER_PROPERTY, book.made_by),
            (RECEIPT_PROPERTY, RECEIPT_PLACE),
        ):
            frame.book.custom_doc_props.append(StringProperty(name=name, value=value))
