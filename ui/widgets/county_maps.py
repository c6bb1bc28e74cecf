"""A map of a state's counties, with a figure on each that has one. Nothing is told by colour alone."""

from collections.abc import Iterable, Mapping
from functools import cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from outreach_app.model import counties
from outreach_app.model.county_shapes import state_shapes
from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.painting import draw_focus, painter_for

_EDGE = 6  # pixels round the map
_ROUND = 0.4  # of what has figures, so much more is shown on each side
_SHADES = (0.22, 0.42, 0.65)  # of the accent, for few, more and many
_TALL = 0.62  # of the width, where a state is higher than that


@cache
def _paths(state: str) -> Mapping[str, QPainterPath]:
    """The outline of each county of a state, in the units of the shapes."""
    found = {}
    for fips, rings in state_shapes(state).items():
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in rings:
            path.moveTo(*ring[0])
            for point in ring[1:]:
                path.lineTo(*point)
        found[fips] = path
    return found


def _round(paths: Iterable[QPainterPath]) -> QRectF:
    bounds = QRectF()
    for path in paths:
        bounds = bounds.united(path.boundingRect())
    return bounds


class CountyMap(QWidget):
    """``show_figures("NC", {"37173": 31})``. Left and Right go from one county with a figure to the next, by name, and
    each is told as text; Enter or a click tells ``opened`` its code."""

    opened = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._name, self._state = name, ""
        self._figures: dict[str, int] = {}
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def chosen(self) -> str:
        """The code of the county the keys are at; "" for none."""
        return list(self._figures)[self._at] if 0 <= self._at < len(self._figures) else ""

    @property
    def told(self) -> str:
        """The county the keys are at with its figure, as text: "Swain County, NC: 31"."""
        return f"{counties.label(self.chosen)}: {self._figures[self.chosen]:,}" if self.chosen else ""

    def show_figures(self, state: str, figures: Mapping[str, int]) -> None:
        """Show a state, and the counties of it that have a figure."""
        listed = sorted((counties.label(fips), fips) for fips in figures if figures[fips] and fips in _paths(state))
        self._state, self._figures = state, {fips: figures[fips] for _label, fips in listed}
        self._at = -1
        self.setAccessibleDescription(", ".join(f"{label}: {figures[fips]:,}" for label, fips in listed))
        self.updateGeometry()
        self.update()

    def county_at(self, place: QPointF) -> str:
        """The code of the county at a place of the widget; "" beside the map."""
        scale, left, top = self._placed()
        there = QPointF((place.x() - left) / scale, (place.y() - top) / scale)
        return next((fips for fips, path in _paths(self._state).items() if path.contains(there)), "")

    def hasHeightForWidth(self) -> bool:
        """Qt's: as high as the state is at a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: the state's own shape, no higher than looks well."""
        bounds = self._bounds()
        return round(min(width * bounds.height() / max(bounds.width(), 1), width * _TALL)) + 2 * _EDGE

    def sizeHint(self) -> QSize:
        """Qt's: a good width."""
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        """Qt's: what can be read yet."""
        return QSize(240, self.heightForWidth(240))

    def _bounds(self) -> QRectF:
        """The part of the state with figures and what lies round it; the whole, where that is most of it."""
        paths = _paths(self._state)
        whole, part = _round(paths.values()), _round([paths[fips] for fips in self._figures])
        aside, up = part.width() * _ROUND, part.height() * _ROUND
        return part.adjusted(-aside, -up, aside, up).intersected(whole) if part.isValid() else whole

    def _placed(self) -> tuple[float, float, float]:
        """How much the shapes are enlarged, and where their nought comes to lie."""
        bounds = self._bounds()
        width, height = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        scale = max(1e-6, min(width / max(bounds.width(), 1), height / max(bounds.height(), 1)))
        left = (self.width() - bounds.width() * scale) / 2 - bounds.left() * scale
        return scale, left, (self.height() - bounds.height() * scale) / 2 - bounds.top() * scale

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw the counties, then the figures."""
        worn, painter = look(), painter_for(self)
        scale, left, top = self._placed()
        painter.save()
        painter.translate(left, top)
        painter.scale(scale, scale)
        for fips, path in _paths(self._state).items():
            painter.fillPath(path, worn.colour("panel"))
            if fips in self._figures:
                shade = worn.colour("accent")
                shade.setAlphaF(self._shade(fips))
                painter.fillPath(path, shade)
            painter.strokePath(path, QPen(worn.colour("field_line"), 0.8 / scale))
        if self.chosen:
            painter.strokePath(_paths(self._state)[self.chosen], QPen(worn.colour("ink"), 2.5 / scale))
        painter.restore()
        for fips in self._figures:
            self._draw_figure(painter, fips, scale, QPointF(left, top))
        if self.hasFocus():
            draw_focus(painter, self.rect(), "accent", worn.radius("cap"))
        painter.end()

    def _shade(self, fips: str) -> float:
        most = max(self._figures.values())
        return _SHADES[min(len(_SHADES) - 1, self._figures[fips] * len(_SHADES) // (most + 1))]

    def _draw_figure(self, painter: QPainter, fips: str, scale: float, origin: QPointF) -> None:
        """The figure in the middle of its county, on ground of its own so that it reads on any shade."""
        worn = look()
        metrics = worn.metrics("tiny", bold=True)
        words = f"{self._figures[fips]:,}"
        middle = _paths(self._state)[fips].boundingRect().center() * scale + origin
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 8, metrics.height())
        box.moveCenter(middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour("panel"))
        painter.drawRoundedRect(box, worn.radius("cap"), worn.radius("cap"))
        painter.setPen(worn.colour("ink"))
        painter.setFont(worn.font("tiny", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: from county to county, and Enter opens one."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key()), 0
        )
        if step and self._figures:
            self._go_to(max(0, min(len(self._figures) - 1, self._at + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.chosen:
            self.opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def _go_to(self, at: int) -> None:
        """Be at one county: a screen reader says it."""
        self._at = at
        self.setAccessibleName(f"{self._name}: {self.told}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        scale, left, top = self._placed()
        middle = _paths(self._state)[self.chosen].boundingRect().center() * scale + QPointF(left, top)
        QToolTip.showText(self.mapToGlobal(middle.toPoint()), self.told, self)
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Qt's: no county is chosen any more."""
        self._at = -1
        self.setAccessibleName(self._name)
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: what lies under the pointer is named."""
        fips = self.county_at(event.position())
        figure = f": {self._figures[fips]:,}" if fips in self._figures else f": {_('nobody yet')}"
        self.setToolTip(counties.label(fips) + figure if fips else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if fips in self._figures else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: a click opens what lies there."""
        fips = self.county_at(event.position())
        if fips in self._figures:
            self.opened.emit(fips)
