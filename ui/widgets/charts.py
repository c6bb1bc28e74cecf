"""Bars, with their names and figures beside them. Nothing to look up in a legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.looks import look
from ui.widgets.painting import box, painter_for


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and what it counts."""

    name: str
    figure: int
    waits: bool = False  # amber


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

    @property
    def _row(self) -> int:
        return max(26, look().metrics("small").height() + 6)

    def sizeHint(self) -> QSize:
        """Qt's: a line a bar."""
        return QSize(300, self._row * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Qt's: never lower."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw the bars."""
        if not self._bars:
            return
        worn, painter = look(), painter_for(self)
        metrics = worn.metrics("small")
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + 16, self.width() // 2)
        names = max(names, min(160, self.width() // 3))
        figures = max(metrics.horizontalAdvance(f"{bar.figure:,}") for bar in self._bars) + 10
        most, thick = max(1, *(bar.figure for bar in self._bars)), worn.icon("bar")
        room = self.width() - names - figures
        painter.setFont(worn.font("small"))
        for at, bar in enumerate(self._bars):
            top = at * self._row
            painter.setPen(worn.colour("ink"))
            said = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 8)
            painter.drawText(QRect(0, top, names, self._row), Qt.AlignmentFlag.AlignVCenter, said)
            long = max(3, round(room * bar.figure / most))
            rect = QRect(names, top + (self._row - thick) // 2, long, thick)
            box(painter, rect, worn.colour("waits" if bar.waits else "accent"), None, 3)
            painter.setPen(worn.colour("muted"))
            after = QRect(names + long + 10, top, figures, self._row)
            painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, f"{bar.figure:,}")
        painter.end()
