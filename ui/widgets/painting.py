"""What several painted widgets share: boxes with round corners, key caps, icons, text in runs of different kinds."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.look.icons import pixmap
from ui.look.looks import look

_CAP_PAD_X, _CAP_PAD_Y = 5, 2


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line of text: its words, step of the type scale, colour's token, and whether it is bold."""

    text: str
    step: str = "body"
    colour: str = "ink"
    bold: bool = False

    @property
    def font(self) -> QFont:
        """Its font in the look worn now."""
        return look().font(self.step, bold=self.bold)

    @property
    def width(self) -> int:
        """How wide it draws, in pixels."""
        return QFontMetrics(self.font).horizontalAdvance(self.text)


def painter_for(widget: QWidget) -> QPainter:
    """A painter with smooth edges. End it (or let it go) before the paint event returns."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    rect: QRect,
    fill: QColor | None,
    line: QColor | None = None,
    radius: float = 8,
    width: float = 1,
) -> None:
    """A filled box with round corners and a line wholly inside ``rect``."""
    half = width / 2 if line is not None else 0
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    corner = max(0.0, min(radius - half, inner.height() / 2, inner.width() / 2))
    painter.drawRoundedRect(inner, corner, corner)


def cap_size(keys: str) -> QSize:
    """How large the key cap of ``keys`` is; empty where there is no key."""
    if not keys:
        return QSize(0, 0)
    metrics = look().metrics("cap", mono=True)
    return QSize(metrics.horizontalAdvance(keys) + 2 * _CAP_PAD_X + 2, metrics.height() + 2 * _CAP_PAD_Y)


def draw_cap(painter: QPainter, left: int, middle: int, keys: str, colour: str = "muted", filled: bool = True) -> int:
    """A key cap at ``left``, centred on the line ``middle``; the x just right of it."""
    if not keys:
        return left
    worn, size = look(), cap_size(keys)
    rect = QRect(left, middle - size.height() // 2, size.width(), size.height())
    line = worn.colour("line" if filled else colour)
    box(painter, rect, worn.colour("background") if filled else None, line, worn.radius("cap"))
    painter.setFont(worn.font("cap", mono=True))
    painter.setPen(worn.colour(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    return rect.right() + 1


def draw_icon(painter: QPainter, left: int, middle: int, name: str, colour: str = "ink", side: int = 0) -> int:
    """An icon at ``left``, centred on the line ``middle``; the x just right of it."""
    if not name:
        return left
    side = side or look().icon()
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(left, middle - side / 2), pixmap(name, look().colour(colour), side, ratio))
    return left + side


def draw_runs(painter: QPainter, rect: QRect, runs: tuple[Run, ...] | list[Run], gap: int = 0) -> int:
    """Runs of text on one line, centred in the height of ``rect``, cut with an ellipsis at its right; the x after."""
    left = rect.left()
    tallest = max((QFontMetrics(run.font) for run in runs), key=lambda metrics: metrics.ascent(), default=None)
    if tallest is None:
        return left
    base = rect.top() + (rect.height() - tallest.height()) // 2 + tallest.ascent()
    for run in runs:
        room = rect.right() - left + 1
        if room <= 0:
            break
        metrics = QFontMetrics(run.font)
        said = metrics.elidedText(run.text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(run.font)
        painter.setPen(look().colour(run.colour))
        painter.drawText(left, base, said)
        left += metrics.horizontalAdvance(said) + gap
    return left


def draw_focus(painter: QPainter, rect: QRect, colour: str = "accent", radius: float = 8) -> None:
    """The mark of where the keyboard is: two pixels, inside ``rect``."""
    box(painter, rect, None, look().colour(colour), radius, 2)
