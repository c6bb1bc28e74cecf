"""Printing: every page, whole, on its paper; the pages and copies that were asked for, in that order."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from outreach_app.model.errors import NotWritable
from outreach_app.paper.sheets import SheetRequest, render_sheet
from ui.jobs import Cancelled
from ui.printing.previews import LoadedPdf
from ui.printing.printers import _layout, print_pdf

LETTER = QSize(792, 612)
SMALL = QSize(528, 408)
COARSE = 100  # dots an inch: enough to tell pages apart
PLAINLY = 128


def quiet(done: int, of: int, doing: str = "") -> None:
    """Nobody to tell."""


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A sheet of four pages, lying Letter."""
    request = SheetRequest("Listening session", {"en": "Today"}, "Almond", "", "Hill County Health", "K7Q4M2X")
    made = render_sheet(request)
    assert made.pages == 3
    return made.pdf


@pytest.fixture
def printer(qapp: object, sheet: bytes, tmp_path: Path) -> QPrinter:  # noqa: ARG001 - fonts need the application
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.setFullPage(True)
    made.setPageLayout(_layout(LoadedPdf(sheet).pagePointSize(0)))
    made.setResolution(COARSE)
    return made


def grey(document: LoadedPdf, page: int, size: QSize = SMALL) -> bytes:
    """A page as rows of shades, 0 black to 255 white."""
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    shades = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    bits, across = bytes(shades.constBits()), shades.bytesPerLine()
    return b"".join(bits[at : at + size.width()] for at in range(0, len(bits), across))


def apart(one: bytes, other: bytes) -> int:
    """How many dots of two pictures of one size are plainly different."""
    return sum(abs(a - b) > PLAINLY for a, b in zip(one, other, strict=True))


def test_what_comes_out_is_the_sheet_dot_by_dot(printer: QPrinter, sheet: bytes, tmp_path: Path) -> None:
    printer.setResolution(300)
    heard: list[tuple[int, int]] = []
    assert print_pdf(sheet, printer, lambda done, of, _doing="": heard.append((done, of))) == 3
    assert heard == [(0, 3), (1, 3), (2, 3)]
    made, original = LoadedPdf((tmp_path / "printed.pdf").read_bytes()), LoadedPdf(sheet)
    assert made.pagePointSize(0).toSize() == LETTER
    wanted = [grey(original, page, LETTER) for page in range(3)]
    for page in range(3):
        found = grey(made, page, LETTER)
        assert apart(found, wanted[page]) < 100 < apart(found, wanted[page - 1])


def test_only_the_pages_asked_for_in_the_order_asked_for(printer: QPrinter, sheet: bytes, tmp_path: Path) -> None:
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    printer.setPageRanges(ranges)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pdf(sheet, printer, quiet) == 2
    made, original = LoadedPdf((tmp_path / "printed.pdf").read_bytes()), LoadedPdf(sheet)
    assert made.pageCount() == 2
    assert apart(grey(made, 0), grey(original, 2)) < apart(grey(made, 0), grey(original, 1))


@pytest.mark.parametrize(("collated", "order"), [(True, [0, 1, 0, 1]), (False, [0, 0, 1, 1])])
def test_copies_a_printer_does_not_make_itself_are_drawn(
    printer: QPrinter, sheet: bytes, tmp_path: Path, collated: bool, order: list[int]
) -> None:
    first_two = PdfWriter()
    for page in PdfReader(BytesIO(sheet)).pages[:2]:
        first_two.add_page(page)
    held = BytesIO()
    first_two.write(held)
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(2)
    printer.setCollateCopies(collated)
    assert print_pdf(held.getvalue(), printer, quiet) == 4
    made, original = LoadedPdf((tmp_path / "printed.pdf").read_bytes()), LoadedPdf(sheet)
    shades = [grey(original, 0), grey(original, 1)]
    found = [int(apart(grey(made, at), shades[1]) < apart(grey(made, at), shades[0])) for at in range(4)]
    assert found == order


def test_on_smaller_paper_the_whole_page_is_there(printer: QPrinter, sheet: bytes, tmp_path: Path) -> None:
    a5 = QPageLayout(QPageSize(QPageSize.PageSizeId.A5), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    printer.setPageLayout(a5)
    print_pdf(sheet, printer, quiet)
    made = LoadedPdf((tmp_path / "printed.pdf").read_bytes())
    size = made.pagePointSize(0).toSize()
    assert size.height() > size.width()
    dots, wide = grey(made, 0, size), size.width()
    lines = [dots[at : at + wide] for at in range(0, len(dots), wide)]
    dark = [min(line) < 100 for line in lines]
    assert not any(dark[:18])
    corners = [line for line in lines if min(line[18:36]) < 60 and min(line[-36:-18]) < 60]
    assert len(corners) > 4, "the corner marks of both sides"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told(printer: QPrinter, sheet: bytes, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    with pytest.raises(NotWritable, match="The printer does not answer"):
        print_pdf(sheet, printer, quiet)


def test_stopped_between_two_pages_it_stops(printer: QPrinter, sheet: bytes) -> None:
    def stop(done: int, of: int, doing: str = "") -> None:  # noqa: ARG001 - the names are the protocol's
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pdf(sheet, printer, stop)
    assert printer.printerState() is not QPrinter.PrinterState.Active


def test_a_thing_that_is_no_pdf_is_a_bug_and_says_so(qapp: object) -> None:
    del qapp
    with pytest.raises(ValueError, match="cannot be shown"):
        LoadedPdf(b"not a pdf")
