"""The pages of a PDF as they will be on paper, shown from memory: nothing of them is written to disk."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QSizePolicy

from ui.look.looks import look

_LEAST = 260  # pixels high, so that a narrow window keeps something to look at


class PaperPreview(QPdfView):
    """``show_pdf(bytes)``; all pages one below the other, as wide as there is room. Page Up and Down turn them."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._document: LoadedPdf | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocumentMargins(QMargins(1, 1, 1, 1))
        self.setPageSpacing(look().space("medium"))
        self.setMinimumHeight(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount() if self._document is not None else 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages in place of the ones before, at the same height down the paper."""
        self._wear()
        at = self.verticalScrollBar().value()
        before, self._document = self._document, LoadedPdf(pdf)
        self.setDocument(self._document)
        self.verticalScrollBar().setValue(at)
        if before is not None:
            before.deleteLater()

    def _wear(self) -> None:
        """The ground round the paper, in the theme worn now."""
        worn = self.palette()
        worn.setColor(QPalette.ColorRole.Dark, look().colour("line"))
        self.setPalette(worn)


class LoadedPdf(QPdfDocument):
    """A PDF held in memory, open."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._bytes = QBuffer(self)
        self._bytes.setData(QByteArray(pdf))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._bytes)
        if self.status() is not QPdfDocument.Status.Ready:
            raise ValueError(f"a PDF that cannot be shown: {self.error().name}")
