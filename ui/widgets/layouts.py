"""Layouts: columns and rows with the tokens' spaces, and one that flows its widgets over as many lines as they need."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from ui.look.looks import look

Piece = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | None
"""What :func:`column` and :func:`row` take: a widget, a layout, one of them with its share of the room left over, empty
room (int: its share), or None for nothing."""


def column(*pieces: Piece, space: str = "medium", margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Pieces one below the other. ``column(name, (words, 1), buttons, space="small")``."""
    made = QVBoxLayout()
    fill(made, pieces, space, margins)
    return made


def row(*pieces: Piece, space: str = "small", margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Pieces one beside the other."""
    made = QHBoxLayout()
    fill(made, pieces, space, margins)
    return made


def fill(made: QBoxLayout, pieces: tuple[Piece, ...], space: str, margins: tuple[int, int, int, int]) -> None:
    """Put pieces into a layout that is a widget's already. ``space`` is a token's name, or "none"."""
    made.setContentsMargins(*margins)
    made.setSpacing(look().space(space) if space != "none" else 0)
    for given in pieces:
        piece, share = given if isinstance(given, tuple) else (given, 0)
        if isinstance(piece, QWidget):
            made.addWidget(piece, share)
        elif isinstance(piece, QLayout):
            made.addLayout(piece, share)
        elif piece is not None:
            made.addStretch(piece)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def height_at(layout: QLayout, width: int) -> int:
    """How high what is laid out is at a width."""
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def tab_on(before: QWidget, after: QWidget) -> None:
    """Have Tab come to ``after`` next. What is made after its page would be last of all in the window; and Qt puts
    nothing before or after what takes no focus, as a list itself."""
    policies = [(each, each.focusPolicy()) for each in (before, after)]
    for each, _policy in policies:
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QWidget.setTabOrder(before, after)
    for each, policy in policies:
        each.setFocusPolicy(policy)


_BROAD = 10_000


class Settling(QWidget):
    """A widget whose least height is what its contents need at their best width.

    Qt asks for the height at the *least* width, where every text is at its longest, and would make a page scroll that
    fits. The base of all that holds texts that wrap.
    """

    def sizeHint(self) -> QSize:
        """Qt's: as high as needed at a good width."""
        return self._settled(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """Qt's: the same, at its least width."""
        return self._settled(super().minimumSizeHint())

    def _settled(self, said: QSize) -> QSize:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return said
        return QSize(said.width(), layout.totalHeightForWidth(_BROAD))


class Pane(Settling):
    """A plain piece of a page, with its layout: ``Pane(column(...))``. Use it where a bare ``QWidget`` would do."""

    def __init__(self, layout: QLayout | None = None) -> None:
        super().__init__()
        if layout is not None:
            self.setLayout(layout)


class Columns(Settling):
    """Pieces side by side, each with its share of the width; one below the other where the width is too small for the
    text size. ``Columns((left, 2), (right, 1))``"""

    def __init__(self, *pieces: tuple[QWidget | QLayout, int], least: int = 700) -> None:
        super().__init__()
        self._least, self._shares = least, [share for _piece, share in pieces]
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        fill(self._box, pieces, "large", (0, 0, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: side by side, or not."""
        super().resizeEvent(event)
        narrow = self.width() < self._least * look().text
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
            for at, share in enumerate(self._shares):
                self._box.setStretch(at, 0 if narrow else share)


class FlowLayout(QLayout):
    """Widgets side by side, going on in a new line where the width ends."""

    def __init__(self, parent: QWidget | None = None, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's: take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's: how many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt's: an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt's: take an item out, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt's: it asks for no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt's: narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: the height its lines take at a width."""
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Qt's: place the items."""
        super().setGeometry(rect)
        self._placed(rect, move=True)

    def sizeHint(self) -> QSize:
        """Qt's: all on one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._across * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """Qt's: as wide as its widest."""
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return least

    def _placed(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 16777215)).expandedTo(item.minimumSize())
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._down, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._across
            line = max(line, size.height())
        return y + line - rect.y()


def flow(*widgets: QWidget, across: int = 8, down: int = 8) -> FlowLayout:
    """Widgets side by side over as many lines as they need."""
    made = FlowLayout(None, across, down)
    for widget in widgets:
        made.addWidget(widget)
    return made
