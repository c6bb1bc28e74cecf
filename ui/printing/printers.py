"""Out of the printer: the system's own dialog asks which one, which pages and how many; here the pages are drawn.

A page is drawn in bands at the printer's own resolution, so that a fine printer needs no more memory than a coarse one.
"""

from collections.abc import Iterator

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from outreach_app.model.errors import NotWritable
from outreach_app.texts import _
from ui.jobs import Tell
from ui.printing.previews import LoadedPdf

_POINTS = 72  # an inch
_FINEST = 600  # dots an inch: more is slow, and nobody sees it on a sheet of lines and letters
_BAND = 600  # dots high
_EDGE = 18.0  # points that printers leave white, where a page is fitted to another paper
_ALIKE = 3.0  # points that two sizes of one paper may differ


def asked_printer(pdf: bytes, parent: QWidget) -> QPrinter | None:
    """Ask with the system's dialog where and how to print; None where the person thought better of it.

    The dialog starts from the paper the PDF was made for.
    """
    document = LoadedPdf(pdf)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(document.pagePointSize(0)))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, document.pageCount() > 1)
    dialog.setMinMax(1, document.pageCount())
    taken = dialog.exec()
    dialog.deleteLater()
    document.deleteLater()
    return printer if taken else None


def print_pdf(pdf: bytes, printer: QPrinter, tell: Tell) -> int:
    """Draw a PDF's pages on a printer, as its dialog was answered; how many went out. Raises NotWritable.

    To be done off the window's thread. ``tell`` hears of each page, and may raise to stop before the next.
    """
    document, painter = LoadedPdf(pdf), QPainter()
    if printer.resolution() > _FINEST:
        printer.setResolution(_FINEST)
    pages = list(_asked_for(printer, document.pageCount()))
    if not painter.begin(printer):
        raise NotWritable(_("The printer does not answer. Check that it is on and has paper, then print again."))
    try:
        for at, page in enumerate(pages):
            tell(at, len(pages))
            if at:
                printer.newPage()
            _draw(painter, printer, document, page)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        document.close()
    return len(pages)


def _layout(size: QSizeF) -> QPageLayout:
    """The paper of a page so large, in points, without margins: the sheet brings its own."""
    lying = size.width() > size.height()
    paper = QPageSize(size.transposed() if lying else size, QPageSize.Unit.Point)
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, way, QMarginsF(0, 0, 0, 0))


def _asked_for(printer: QPrinter, count: int) -> Iterator[int]:
    """The pages to draw, counted from 0, in the order they should come out; as often as the printer itself will not."""
    pages = range(count)
    ranges = printer.pageRanges()
    chosen = [page for page in pages if ranges.isEmpty() or ranges.contains(page + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        for _copy in range(copies):
            yield from chosen
    else:
        for page in chosen:
            yield from [page] * copies


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """One page: in its own size where the paper is the one it was made for, else as large as the paper allows."""
    size, paper = document.pagePointSize(page), printer.paperRect(QPrinter.Unit.Point)
    fits = abs(size.width() - paper.width()) < _ALIKE and abs(size.height() - paper.height()) < _ALIKE
    dots = printer.resolution() / _POINTS
    edge = 0.0 if fits else _EDGE * dots
    room = printer.paperRect(QPrinter.Unit.DevicePixel).adjusted(edge, edge, -edge, -edge)
    scale = dots if fits else min(room.width() / size.width(), room.height() / size.height())
    whole = QSize(round(size.width() * scale), round(size.height() * scale))
    left, top = (0.0, 0.0) if fits else _middle(room, whole)
    for begin in range(0, whole.height(), _BAND):
        band = QRect(0, begin, whole.width(), min(_BAND, whole.height() - begin))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        # Qt takes the clip's right and bottom, which a QRect counts one short, for its width and height
        options.setScaledClipRect(band.adjusted(0, 0, 1, 1))
        image = document.render(page, band.size(), options)
        painter.drawImage(QRectF(left, top + begin, band.width(), band.height()), image)


def _middle(room: QRectF, whole: QSize) -> tuple[float, float]:
    """Where a page so large stands in the middle of the room for it."""
    return room.left() + (room.width() - whole.width()) / 2, room.top() + (room.height() - whole.height()) / 2
