"""Lists of a few lines in a card: what is due, where the work is, what just happened, what is to be decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.labels import heading, muted
from ui.widgets.layouts import Settling, column, emptied, row, tab_on
from ui.widgets.painting import draw_focus, draw_icon, painter_for

_FRAME = 6  # pixels
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. ``detail`` stands muted below the text, ``trailing`` at the right edge."""

    key: str
    text: str
    icon: str = ""
    detail: str = ""
    trailing: str = ""
    waits: bool = False  # its trailing words are amber: late, or only here
    strong: bool = False  # its trailing words are bold body text: a figure
    hover: str = ""  # the full date, for instance


class RowButton(QAbstractButton):
    """One line as something that can be opened. Lines that open nothing take no focus."""

    def __init__(self, line: Row, *, opens: bool, chosen: bool = False) -> None:
        super().__init__()
        self.row = line
        self.link: LinkButton | None = None
        self.setText(line.text)
        self.setAccessibleName(" ".join(part for part in (line.text, line.detail, line.trailing) if part))
        self.setToolTip(line.hover)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def link_to(self, text: str, does: Callable[[], object]) -> None:
        """Put a link after the trailing words: Undo."""
        self.link = LinkButton(text, does, step="tiny")
        self.link.setParent(self)
        tab_on(self, self.link)
        self.link.setAccessibleName(f"{text}: {self.row.text}")
        self.link.show()

    def _trailing(self) -> tuple[QFontMetrics, int]:
        metrics = look().metrics("body" if self.row.strong else "tiny", bold=self.row.strong and self.row.waits)
        wide = metrics.horizontalAdvance(self.row.trailing)
        return metrics, wide + (self._link_width + 4 if self.link else self._inset if wide else 0)

    @property
    def _top(self) -> int:
        """Room above the words; a link beside them is to be hit by a finger."""
        return 12 if self.link else 10

    @property
    def _link_width(self) -> int:
        return max(self.link.sizeHint().width(), look().size("target")) if self.link else 0

    def _left(self) -> int:
        return self._inset + (look().icon("icon_small") + 10 if self.row.icon else 0)

    @property
    def _inset(self) -> int:
        """Room for the frame of the focus beside the icon."""
        return _FRAME if self.focusPolicy() is not Qt.FocusPolicy.NoFocus else 0

    def _heights(self, width: int) -> tuple[int, int]:
        after = self._trailing()[1]
        room = max(40, width - self._left() - (after + 16 if after else 0))
        worn = look()
        tall = QRect(0, 0, room, 10_000)
        text = worn.metrics("body", bold=self.isChecked()).boundingRect(tall, _WRAP, self.row.text).height()
        detail = worn.metrics("small").boundingRect(tall, _WRAP, self.row.detail).height() if self.row.detail else 0
        return text, detail

    def hasHeightForWidth(self) -> bool:
        """Qt's: long words go on in a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: the height its words take at a width."""
        least = look().size("target" if self.link else "row")
        return max(least, sum(self._heights(width)) + 2 * self._top + 2)

    def sizeHint(self) -> QSize:
        """Qt's: one line. More is told by width: told here, it would be wrong at the next width."""
        return QSize(200, self.heightForWidth(10_000))

    def minimumSizeHint(self) -> QSize:
        """Qt's: its words wrap."""
        return QSize(120, look().size("target" if self.link else "row"))

    def resizeEvent(self, _event: QEvent) -> None:
        """Qt's: keep the link at the right edge."""
        self._place_link()

    def _place_link(self) -> None:
        if self.link is not None:
            high = 2 * self._top + look().metrics("body").height()  # about the middle of the first line
            wide, high = self._link_width, max(self.link.sizeHint().height(), look().size("target"), high)
            self.link.setGeometry(self.width() - wide, 0, wide, high)

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter, rect = look(), painter_for(self), self.rect()
        if self._inset and self.underMouse():
            painter.fillRect(rect.adjusted(0, 0, 0, -1), worn.colour("soft"))
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), worn.colour("line"))
        ink = "accent" if self.isChecked() else "ink"
        first = worn.metrics("body").height()
        draw_icon(painter, self._inset, self._top + first // 2, self.row.icon, ink, worn.icon("icon_small"))
        self._draw_trailing(painter, first)
        left, (high, low) = self._left(), self._heights(rect.width())
        after = self._trailing()[1]
        room = max(40, rect.width() - left - (after + 16 if after else 0))
        painter.setFont(worn.font("body", bold=self.isChecked()))
        painter.setPen(worn.colour(ink))
        painter.drawText(QRect(left, self._top, room, high), _WRAP, self.row.text)
        if low:
            painter.setFont(worn.font("small"))
            painter.setPen(worn.colour("muted"))
            painter.drawText(QRect(left, self._top + 1 + high, room, low), _WRAP, self.row.detail)
        if self.hasFocus():
            draw_focus(painter, rect.adjusted(0, 2, 0, -3), "accent", worn.radius("cap"))
        painter.end()

    def _draw_trailing(self, painter: QPainter, first: int) -> None:
        worn, line = look(), self.row
        link = self._link_width
        painter.setFont(worn.font("body" if line.strong else "tiny", bold=line.strong and line.waits))
        painter.setPen(worn.colour("waits" if line.waits else "ink" if line.strong else "muted"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRect(0, self._top, self.width() - link - (4 if link else self._inset), first), flags, line.trailing
        )


def moves_among(lines: Sequence[QAbstractButton], watched: QWidget, event: QEvent) -> bool:
    """Whether an event of one of several lines was up or down, which move between them, or Enter, which opens it."""
    if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched not in lines:
        return False
    at = next(place for place, line in enumerate(lines) if line is watched)
    step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
    if step:
        lines[max(0, min(len(lines) - 1, at + step))].setFocus()
    elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        lines[at].click()
    else:
        return False
    return True


class RowList(Settling):
    """Lines one below the other; ``opened`` tells which was clicked or entered. Up and down move between them.

        due = RowList(name=_("Due"), opens=True)
        due.show_rows([Row("id", _("Call back"), trailing=_("2 days late"), waits=True)])
        due.opened.connect(lambda key: ...)
    With ``choosing``, the one opened last stays marked (a list beside its details).
    """

    opened = Signal(str)

    def __init__(self, *, name: str, opens: bool = False, choosing: bool = False) -> None:
        super().__init__()
        self._opens, self._choosing = opens or choosing, choosing
        self._lines: dict[str, RowButton] = {}
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines shown."""
        return tuple(line.row for line in self._lines.values())

    def show_rows(self, rows: Sequence[Row], chosen: str = "") -> None:
        """Show these lines; the one whose key is ``chosen`` marked. Focus and scroll bar stay in their place: Qt
        would pass the focus down from line to line as they go, and scroll along."""
        at = next((place for place, line in enumerate(self._lines.values()) if line.hasFocus()), None)
        if at is not None and rows:
            list(self._lines.values())[at].clearFocus()
        emptied(self._column)
        self._lines = {}
        before: QWidget = self
        for line in rows:
            made = RowButton(line, opens=self._opens, chosen=self._choosing and line.key == chosen)
            made.clicked.connect(lambda _on=False, key=line.key: self._on_clicked(key))
            made.installEventFilter(self)
            self._lines[line.key] = made
            self._column.addWidget(made)
            tab_on(before, made)
            before = made
        if at is not None and rows and self._opens:
            lines = self._lines.values()
            (self._lines.get(chosen) or list(lines)[min(at, len(lines) - 1)]).setFocus()

    def line(self, key: str) -> RowButton:
        """One of its lines."""
        return self._lines[key]

    def choose(self, key: str) -> None:
        """Mark one, without telling anybody."""
        for name, line in self._lines.items():
            line.setChecked(self._choosing and name == key)
            line.updateGeometry()

    def _on_clicked(self, key: str) -> None:
        self.choose(key)
        if self._opens:
            self.opened.emit(key)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only lines are watched
        """Qt's: up, down and Enter on a line."""
        return moves_among(list(self._lines.values()), watched, event) or super().eventFilter(watched, event)


class JustNow(Settling):
    """What just happened at this event, newest first, the newest with Undo; Hide covers it from the queue's eyes.

    now = JustNow();  now.show_rows(rows);  now.undo_asked.connect(...)     # the key of the row
    """

    undo_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hidden = False
        self.list = RowList(name=_("Just now"))
        self.button = Button(_("Hide"), icon="eye-off", size=ButtonSize.LARGE, does=self.turn)
        self.nothing = muted(_("What you save is listed here, the newest with Undo."))
        head = row(heading(_("Just now")), 1, self.button)
        self.setLayout(column(head, self.nothing, self.list, space="none"))

    def show_rows(self, rows: Sequence[Row], undoable: Sequence[str] | None = None) -> None:
        """Show these; Undo stands at the ones named, else at the first."""
        self.list.show_rows(rows)
        self.nothing.setVisible(not rows)
        for key in undoable if undoable is not None else [line.key for line in rows[:1]]:
            self.list.line(key).link_to(_("Undo"), partial(self.undo_asked.emit, key))

    def turn(self) -> None:
        """Hide, or show again."""
        self._hidden = not self._hidden
        self.list.setVisible(not self._hidden)
        self.button.say(_("Show") if self._hidden else _("Hide"))
        self.button.show_icon("eye" if self._hidden else "eye-off")
