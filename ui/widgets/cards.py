"""Cards: white panels on the paper ground, and what is shown in one that has nothing to show."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.look.looks import look
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import Words, heading
from ui.widgets.layouts import Piece, Settling, fill, height_at, row
from ui.widgets.painting import draw_icon, painter_for

_PAD = 18


class Card(Settling):
    """A panel with a heading (if any) and pieces one below the other.

    Card(_("Due"), self.due_list, 1)
    Card(words, marked=True)     # a bar of the accent at its left: the thing to do next
    """

    def __init__(self, title: str = "", *pieces: Piece, marked: bool = False, space: str = "medium") -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("marked", marked)
        self.body = QVBoxLayout(self)
        self.heading = heading(title) if title else None
        fill(self.body, (self.heading, *pieces), space, (_PAD, _PAD - 4, _PAD, _PAD - 2))

    def choose(self, chosen: bool) -> None:
        """Show it as the chosen one of several."""
        if bool(self.property("chosen")) is not chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)


class Line(QFrame):
    """A line of one pixel between things."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "line")
        self.setFixedHeight(1)


class Scroll(QScrollArea):
    """Something that may be higher than the room for it: it scrolls, takes no focus, and is as wide as there is room
    unless it may also go ``sideways``."""

    def __init__(self, inside: QWidget, *, sideways: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside.setProperty("ground", "none")
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)


class Sideways(Scroll):
    """Something that may be wider than the room for it, and is as high as it is."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside, sideways=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: more or fewer columns, and lines of another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: what is inside has become higher or lower."""
        if watched is self.widget() and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget()
        if inside is not None and (layout := inside.layout()) is not None:
            bar = self.horizontalScrollBar()
            width = max(self.viewport().width(), inside.minimumWidth())
            over = bar.sizeHint().height() if width > self.viewport().width() else 0
            self.setFixedHeight(height_at(layout, width) + over)


class Icon(QWidget):
    """One icon in a colour of the tokens."""

    def __init__(self, name: str, colour: str = "ink", size: str = "icon") -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's: the icon's side."""
        side = look().icon(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        painter = painter_for(self)
        draw_icon(painter, 0, self.height() // 2, self._name, self._colour, look().icon(self._size))
        painter.end()


class EmptyState(Settling):
    """What a list with nothing in it says: what would be here, and what to do to have it.

    EmptyState("users", _("Nobody yet"), _("People you sign in are listed here."), _("New person"), self.new)
    """

    def __init__(
        self,
        icon: str,
        title: str,
        words: str = "",
        button: str = "",
        does: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._says = says = Words(words, "muted", wrap=True)
        says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        says.setMaximumWidth(460)
        self.button = Button(button, size=ButtonSize.LARGE, does=does) if button else None
        made = QVBoxLayout(self)
        pieces: tuple[Piece, ...] = (
            1,
            row(1, Icon(icon, "muted", "icon_large"), 1),
            row(1, heading(title), 1),
            row(1, (says, 8), 1) if words else None,
            row(1, self.button, 1) if self.button else None,
            2,
        )
        fill(made, pieces, "medium", (24, 24, 24, 24))

    def say(self, words: str) -> None:
        """Say something else of what to do, where it said something."""
        self._says.setText(words)
