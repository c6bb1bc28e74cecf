"""The table that lists of records are shown in: calm lines, no grid, sorted by its headings, opened by Enter."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.look.looks import look

_LOOKED = 60  # rows whose words say how wide a column should be
_PAD = 34  # pixels of a cell beside its words
_HEAD_PAD = 32  # pixels of a heading beside its words
_HEAD = 96  # pixels that a heading of one line may ask for, at the plain text size
_HEAD_LINES = 3  # a longer one goes over so many
_SLACK = 1.25  # of the width of words that wrap: lines are not full


def shared_out(room: int, wanted: Sequence[int], shares: Sequence[int]) -> list[int]:
    """The widths of columns: what each wants, and the rest in proportion; where that is too much, those that want more
    than their part of what is left are cut to it, by their shares."""
    if sum(wanted) <= room:
        return [width * room // max(1, sum(wanted)) for width in wanted]
    widths, open_ = list(wanted), set(range(len(wanted)))
    while open_:
        left = room - sum(widths[at] for at in range(len(widths)) if at not in open_)
        parts = {at: left * shares[at] // max(1, sum(shares[each] for each in open_)) for at in open_}
        content = {at for at in open_ if wanted[at] <= parts[at]}
        if not content:
            for at in open_:
                widths[at] = parts[at]
            break
        open_ -= content
    return widths


class ListTable(QTableView):
    """A table of any model. Columns are as wide as their words, where there is room; ``shares`` tells who gives way.

    ``ListTable(model, shares=model.shares, name=_("People"))``; ``opened`` tells the row double-clicked or entered.
    """

    opened = Signal(int)

    def __init__(self, model: QAbstractItemModel, *, shares: Sequence[int], name: str) -> None:
        super().__init__()
        self._shares = tuple(shares)
        self._wanted = [0] * len(self._shares)
        self.setModel(model)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(lambda first, _last: self._measure() if first.row() == 0 else None)
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
        heads.setStretchLastSection(True)
        self.setSortingEnabled(True)
        self.activated.connect(self._on_activated)

    def lay(self, shares: Sequence[int]) -> None:
        """The model has other columns."""
        self._shares = tuple(shares)
        self._wanted = [0] * len(self._shares)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter opens the row, whatever the system's habit is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: share the width out."""
        super().resizeEvent(event)
        self._share_out()

    def _measure(self) -> None:
        """What the columns want, by the first rows. They never want less than before: nothing jumps as one searches."""
        if self.model().columnCount() != len(self._shares):
            return  # other columns: lay() follows
        model, body, small = self.model(), look().metrics("body"), look().metrics("small", bold=True)
        for at, before in enumerate(self._wanted):
            head = small.horizontalAdvance(str(model.headerData(at, Qt.Orientation.Horizontal) or ""))
            cells = (str(model.index(row, at).data() or "") for row in range(min(_LOOKED, model.rowCount())))
            widest = max((body.horizontalAdvance(cell) for cell in cells), default=0)
            least = min(head, max(round(_HEAD * look().text), round(head * _SLACK / _HEAD_LINES)))
            self._wanted[at] = max(before, widest + _PAD, least + _PAD)
        self._share_out()

    def _share_out(self) -> None:
        shown = [at for at in range(len(self._shares)) if not self.isColumnHidden(at)]
        widths = shared_out(
            self.viewport().width(), [self._wanted[at] for at in shown], [self._shares[at] for at in shown]
        )
        for at, width in zip(shown[:-1], widths, strict=False):  # the last takes what is left
            self.setColumnWidth(at, width)
        self._set_head_height(dict(zip(shown, widths, strict=True)))

    def _set_head_height(self, widths: Mapping[int, int]) -> None:
        """As high as the headings need: Qt wraps them and does not ask for the height."""
        small, model, across = look().metrics("small", bold=True), self.model(), Qt.Orientation.Horizontal
        boxes = (
            small.boundingRect(
                QRect(0, 0, max(1, width - _HEAD_PAD), 1000),
                Qt.TextFlag.TextWordWrap,
                str(model.headerData(at, across) or ""),
            )
            for at, width in widths.items()
        )
        lines = max((box.height() for box in boxes), default=small.height())
        self.horizontalHeader().setFixedHeight(max(look().size("row"), lines + 16))

    def ranges(self) -> list[tuple[int, int]]:
        """The rows chosen, as (first, how many)."""
        chosen = self.selectionModel().selection()
        return sorted((chosen.at(at).top(), chosen.at(at).height()) for at in range(chosen.count()))

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
