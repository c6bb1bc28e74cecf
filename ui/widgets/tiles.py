"""Tiles: the four ways to capture, each with its key and its count; and plain figures side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.actions import keys_of, spec_of
from ui.look.looks import look
from ui.widgets.painting import box, cap_size, draw_cap, draw_focus, draw_icon, painter_for

_GAP = 6  # pixels between two figures
_TILE = 190  # pixels a tile wants at least, at the plain text size


class CounterTile(QPushButton):
    """One way to capture: icon, words, key, and at the right how many so far. Checked, it is the one in use.

    CounterTile(self.can["feedback"]).count(27)
    """

    def __init__(self, action: QAction) -> None:
        super().__init__(action.text().replace("&", "&&"))
        self._shown, self._icon, self._keys, self._figure = action.text(), spec_of(action).icon, keys_of(action), 0
        self.setToolTip(action.toolTip())
        self.setCheckable(action.isCheckable())
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if action.isCheckable():
            action.toggled.connect(self.setChecked)
            self.setChecked(action.isChecked())
        self.clicked.connect(lambda _on=False: action.trigger())
        self.count(0)

    def count(self, figure: int) -> None:
        """Show a count."""
        self._figure = figure
        self.setAccessibleName(f"{self._shown}, {figure:,}")
        self.setAccessibleDescription(self._keys)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: an equal share of the row; words may take two lines."""
        return QSize(200, look().height("tile", "body", lines=2))

    def minimumSizeHint(self) -> QSize:
        """Qt's: room for icon, key and figure."""
        return QSize(120, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter, rect, on = look(), painter_for(self), self.rect(), self.isChecked()
        radius, middle = worn.radius("tile"), rect.center().y() + 1
        ground = "soft" if on or self.underMouse() else "panel"
        box(painter, rect, worn.colour(ground), worn.colour("accent" if on else "line"), radius, 2 if on else 1)
        if self.hasFocus():
            inset = 4 if on else 0
            draw_focus(painter, rect.adjusted(inset, inset, -inset, -inset), "accent", radius - inset)
        x = draw_icon(painter, 16, middle, self._icon, "ink", worn.icon("icon_large")) + 12
        figure = f"{self._figure:,}"
        wide = worn.metrics("title", bold=True).horizontalAdvance(figure)
        painter.setPen(worn.colour("ink"))
        painter.setFont(worn.font("title", bold=True))
        place = QRect(rect.right() - 14 - wide, 0, wide + 2, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, figure)
        cap = cap_size(self._keys).width()
        room = rect.right() - 14 - wide - 12 - x - (cap + 12 if cap else 0)
        if cap and room < worn.metrics("body").averageCharWidth() * 8:
            cap, room = 0, room + cap + 12
        painter.setFont(worn.font("body"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(QRect(x, 4, max(room, 1), rect.height() - 8), flags, self._shown)
        painter.drawText(QRect(x, 4, max(room, 1), rect.height() - 8), flags, self._shown)
        if cap:
            draw_cap(painter, words.right() + 14, middle, self._keys)
        painter.end()


class TileRow(QWidget):
    """Tiles side by side, all of one width; in two lines where the text is too large for one."""

    def __init__(self, *tiles: QWidget) -> None:
        super().__init__()
        self._tiles, self._across = tiles, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._place(len(tiles))

    def _place(self, across: int) -> None:
        self._across = across
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // across, at % across)
        for at in range(len(self._tiles)):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: one line or two."""
        super().resizeEvent(event)
        number = len(self._tiles)
        across = number if self.width() >= number * _TILE * look().text else (number + 1) // 2
        if across != self._across:
            self._place(across)


class StatTiles(QWidget):
    """Figures side by side, each over the word that says what it counts: 931 heard, 874 sorted. They go on in a second
    line where a word would have to be cut.

    StatTiles().show_figures([(931, _("heard")), (874, _("sorted"))])
    """

    def __init__(self, figures: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__()
        self._figures: tuple[tuple[int, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_figures(figures)

    def show_figures(self, figures: Sequence[tuple[int, str]]) -> None:
        """Show these."""
        self._figures = tuple(figures)
        self.setAccessibleName(", ".join(f"{figure:,} {word}" for figure, word in figures))
        self.updateGeometry()
        self.update()

    @property
    def _high(self) -> int:
        worn = look()
        return worn.metrics("figure", bold=True).height() + worn.metrics("small").height() + 20

    def across(self, width: int) -> int:
        """How many stand side by side at a width: as many as have room for the longest word, and as even as can be."""
        number = max(1, len(self._figures))
        widest = max((look().metrics("small").horizontalAdvance(word) for _n, word in self._figures), default=0) + 12
        most = min(number, max(1, (width + _GAP) // (widest + _GAP)))
        lines = -(-number // most)
        return -(-number // lines)

    def hasHeightForWidth(self) -> bool:
        """Qt's: a second line is as high again."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: the same."""
        lines = -(-max(1, len(self._figures)) // self.across(width))
        return lines * self._high + (lines - 1) * _GAP

    def sizeHint(self) -> QSize:
        """Qt's: a figure and a word high."""
        return QSize(300, self._high)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never lower."""
        return QSize(100, self._high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw them."""
        worn, painter, across = look(), painter_for(self), self.across(self.width())
        wide = (self.width() - _GAP * (across - 1)) / across
        high, above = worn.metrics("figure", bold=True).height(), 9
        for at, (figure, word) in enumerate(self._figures):
            left, top = round(at % across * (wide + _GAP)), at // across * (self._high + _GAP)
            box(painter, QRect(left, top, round(wide), self._high), worn.colour("soft"), None, worn.radius("control"))
            painter.setPen(worn.colour("ink"))
            painter.setFont(worn.font("figure", bold=True))
            place = QRect(left, top + above, round(wide), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{figure:,}")
            painter.setPen(worn.colour("muted"))
            painter.setFont(worn.font("small"))
            below = QRect(left, top + above + high, round(wide), worn.metrics("small").height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()
