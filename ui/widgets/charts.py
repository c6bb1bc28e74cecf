"""Bars, with their names and figures beside them. Nothing to look up in a legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.look.looks import look
from ui.widgets.layouts import Settling, emptied, tab_on
from ui.widgets.painting import box, draw_focus, painter_for
from ui.widgets.rows import moves_among

_GAP = 10  # pixels between a bar and its figure


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and what it counts."""

    name: str
    figure: int
    waits: bool = False  # amber


def _high() -> int:
    return max(26, look().metrics("small").height() + 6)


def _draw(painter: QPainter, line: QRect, bar: Bar, bars: Sequence[Bar]) -> None:
    """One bar of several, which all share the room for names and figures."""
    worn = look()
    metrics = worn.metrics("small")
    names = min(max(metrics.horizontalAdvance(each.name) for each in bars) + 16, line.width() // 2)
    names = max(names, min(160, line.width() // 3))
    figures = max(metrics.horizontalAdvance(f"{each.figure:,}") for each in bars) + _GAP
    most, thick = max(1, *(each.figure for each in bars)), worn.icon("bar")
    painter.setFont(worn.font("small"))
    painter.setPen(worn.colour("ink"))
    said = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 8)
    painter.drawText(QRect(line.left(), line.top(), names, line.height()), Qt.AlignmentFlag.AlignVCenter, said)
    long = max(3, round((line.width() - names - figures) * bar.figure / most))
    rect = QRect(line.left() + names, line.top() + (line.height() - thick) // 2, long, thick)
    box(painter, rect, worn.colour("waits" if bar.waits else "accent"), None, 3)
    painter.setPen(worn.colour("muted"))
    after = QRect(rect.right() + 1 + _GAP, line.top(), figures, line.height())
    painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, f"{bar.figure:,}")


class BarChart(QWidget):
    """Bars one below the other, longest full width. ``BarChart().show_bars([Bar(_("Transportation"), 131)])``"""

    def __init__(self, bars: Sequence[Bar] = (), *, name: str = "") -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(bars)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        self._bars = tuple(bars)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.figure:,}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: a line a bar."""
        return QSize(300, _high() * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Qt's: never lower."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw the bars."""
        painter = painter_for(self)
        for at, bar in enumerate(self._bars):
            _draw(painter, QRect(0, at * _high(), self.width(), _high()), bar, self._bars)
        painter.end()


class _BarButton(QAbstractButton):
    """One bar that can be opened."""

    def __init__(self, bar: Bar, bars: Sequence[Bar]) -> None:
        super().__init__()
        self.bar, self._bars = bar, bars
        self.setAccessibleName(f"{bar.name}, {bar.figure:,}")
        self.setToolTip(bar.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's: one line."""
        return QSize(300, _high() + 4)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never lower."""
        return QSize(160, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter = look(), painter_for(self)
        if self.underMouse():
            box(painter, self.rect(), worn.colour("soft"), None, worn.radius("cap"))
        _draw(painter, self.rect().adjusted(6, 2, -6, -2), self.bar, self._bars)
        if self.hasFocus():
            draw_focus(painter, self.rect(), "accent", worn.radius("cap"))
        painter.end()


class BarList(Settling):
    """Bars that lead to what they count: ``opened`` tells the name of the one clicked or entered. Up and down move.

    bars = BarList(name=_("Who came, by event"));  bars.show_bars([Bar("Fire hall · 2026-11-21", 31)])
    """

    opened = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._lines: list[_BarButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Those shown."""
        return tuple(line.bar for line in self._lines)

    def line(self, name: str) -> QAbstractButton:
        """The bar of that name."""
        return next(line for line in self._lines if line.bar.name == name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these; the focus stays in its place."""
        if tuple(bars) == self.bars:
            return
        at = next((place for place, line in enumerate(self._lines) if line.hasFocus()), None)
        emptied(self._column)
        self._lines = [_BarButton(bar, bars) for bar in bars]
        before: QWidget = self
        for line in self._lines:
            line.clicked.connect(lambda _on=False, name=line.bar.name: self.opened.emit(name))
            line.installEventFilter(self)
            self._column.addWidget(line)
            tab_on(before, line)
            before = line
        if at is not None and self._lines:
            self._lines[min(at, len(self._lines) - 1)].setFocus()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only bars are watched
        """Qt's: up, down and Enter on a bar."""
        return moves_among(self._lines, watched, event) or super().eventFilter(watched, event)
