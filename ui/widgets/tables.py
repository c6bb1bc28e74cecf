"""The table that lists of records are shown in: calm lines, no grid, sorted by its headings, opened by Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.look.looks import look


class ListTable(QTableView):
    """A table of any model. ``shares``: how the width is shared out among the columns.

    ``ListTable(model, shares=model.shares, name=_("People"))``; ``opened`` tells the row double-clicked or entered.
    """

    opened = Signal(int)

    def __init__(self, model: QAbstractItemModel, *, shares: Sequence[int], name: str) -> None:
        super().__init__()
        self._shares = tuple(shares)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(look().size("row"), look().metrics("body").height() + 16))
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setFixedHeight(max(look().size("row"), look().metrics("small").height() + 16))
        heads.setStretchLastSection(True)
        self.setSortingEnabled(True)
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter opens the row, whatever the system's habit is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: share the width out by the columns' shares."""
        super().resizeEvent(event)
        total, room = sum(self._shares), self.viewport().width()
        for at, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(at, room * share // max(1, total))

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
