"""As-you-type: a field with what is already known listed below it, in the page itself and not in a box over it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.fields import LineEdit
from ui.widgets.painting import Run, box, cap_size, draw_cap, draw_icon, draw_runs, painter_for

_PAD = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line offered. ``matched`` is how many letters of ``text``, from its first, to mark as what was typed."""

    key: str
    text: str
    detail: str = ""
    flag: str = ""  # amber: "already here 10:39"
    icon: str = "user"
    matched: int = 0
    group: str = ""  # said beside the first line of several that follow one another


NEW = ""
"""The key of the line that offers to write somebody new."""


class SuggestionList(QWidget):
    """The lines below a type-ahead field. One is always chosen; clicking takes it."""

    taken = Signal(object)  # Suggestion

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Suggestion, ...] = ()
        self._at = 0
        self._side = 0  # pixels at the left for the groups
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Suggestions"))
        self.hide()

    @property
    def lines(self) -> tuple[Suggestion, ...]:
        """What is offered."""
        return self._lines

    @property
    def chosen(self) -> Suggestion | None:
        """The line that Enter takes."""
        return self._lines[self._at] if self._lines else None

    def offer(self, lines: Sequence[Suggestion], at: int = 0) -> None:
        """Show these lines, the one ``at`` chosen."""
        height = len(self._lines)
        self._lines, self._at = tuple(lines), max(0, min(at, len(lines) - 1))
        groups = [Run(line.group, "small", "muted").width for line in lines if line.group]
        self._side = max(groups) + 2 * _PAD if groups else 0
        self.setVisible(bool(lines))
        self._say_chosen()
        if len(lines) != height:
            self.updateGeometry()
        self.update()

    def move_by(self, step: int) -> None:
        """Choose the line before or after."""
        if self._lines:
            self._at = (self._at + step) % len(self._lines)
            self._say_chosen()
            self.update()

    def _say_chosen(self) -> None:
        chosen = self.chosen
        said = (chosen.group, chosen.text, chosen.detail, chosen.flag) if chosen else ()
        self.setAccessibleDescription(" ".join(filter(None, said)))

    @property
    def _row(self) -> int:
        return look().height("target", "body")

    def sizeHint(self) -> QSize:
        """Qt's: its lines."""
        return QSize(200, self._row * len(self._lines) + 2)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never less high."""
        return QSize(100, self.sizeHint().height())

    def _line_at(self, point: QPoint) -> int | None:
        at = (point.y() - 1) // max(1, self._row)
        return at if 0 <= at < len(self._lines) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: the line under the pointer is chosen."""
        at = self._line_at(event.position().toPoint())
        if at is not None and at != self._at:
            self._at = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: take the line clicked."""
        at = self._line_at(event.position().toPoint())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._at = at
            self.taken.emit(self._lines[at])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw the lines."""
        worn, painter = look(), painter_for(self)
        radius = worn.radius("control")
        box(painter, self.rect(), worn.colour("panel"), worn.colour("line"), radius)
        for at, line in enumerate(self._lines):
            rect = QRect(1, 1 + at * self._row, self.width() - 2, self._row)
            if at == self._at:
                painter.setClipRect(rect)
                box(painter, self.rect().adjusted(1, 1, -1, -1), worn.colour("soft"), None, radius - 1)
                painter.setClipping(False)
            self._draw_group(painter, rect, at)
            self._draw(painter, rect.adjusted(self._side, 0, 0, 0), line, at == self._at)
        painter.end()

    def _draw_group(self, painter: QPainter, rect: QRect, at: int) -> None:
        group = self._lines[at].group
        if group and (at == 0 or self._lines[at - 1].group != group):
            if at:
                painter.fillRect(rect.left(), rect.top(), rect.width(), 1, look().colour("line"))
            draw_runs(painter, rect.adjusted(_PAD, 0, 0, 0), [Run(group, "small", "muted")])

    def _draw(self, painter: QPainter, rect: QRect, line: Suggestion, chosen: bool) -> None:
        side = look().icon("icon_small")
        left = draw_icon(painter, rect.left() + _PAD, rect.center().y() + 1, line.icon, "ink", side)
        right = rect.right() - _PAD
        if chosen:
            keys = _("Enter")
            right -= cap_size(keys).width()
            draw_cap(painter, right, rect.center().y() + 1, keys)
            right -= 8
        runs = [Run(line.text[: line.matched], "body", "accent", True), Run(line.text[line.matched :], "body")]
        text = QRect(left + 10, rect.top(), max(0, right - left - 10), rect.height())
        after = draw_runs(painter, text, [run for run in runs if run.text])
        more = [Run(line.detail, "small", "muted"), Run(line.flag, "small", "waits", True)]
        rest = QRect(after + 10, rect.top(), max(0, right - after - 10), rect.height())
        draw_runs(painter, rest, [run for run in more if run.text], gap=10)


class TypeAhead(QWidget):
    """A field and its suggestions. Up and down choose, Enter takes and then tells ``entered``, Escape closes them.

        name = TypeAhead(placeholder=_("Type to find or add"), new=_("New: {typed}"))
        name.typed.connect(self._look_for)           # text: answer with name.offer(typed, suggestions)
        name.taken.connect(self._on_taken)           # Suggestion; its key is NEW for the line that offers a new one
        name.entered.connect(self.sign_in)           # Enter, after what it took: the page's main action (or leave it)

    ``offer`` names the text it answers, so an answer that comes late, to letters typed before, is dropped. The line for
    a new one stands first unless ``best_first``; taking it, or anything, leaves its text in the field.
    """

    typed = Signal(str)
    taken = Signal(object)  # Suggestion
    entered = Signal()

    def __init__(
        self,
        *,
        placeholder: str = "",
        new: str = "",
        new_icon: str = "user-plus",
        best_first: bool = False,
        room_for: int = 0,
    ) -> None:
        super().__init__()
        self._new, self._new_icon, self._best_first = new, new_icon, best_first
        self._taken: Suggestion | None = None
        self.field = LineEdit(placeholder=placeholder)
        self.list = SuggestionList()
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._on_edited)
        self.list.taken.connect(self.take)
        self.setFocusProxy(self.field)
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(6)
        made.addWidget(self.field)
        made.addWidget(self.list)
        if room_for:
            made.addStretch(1)
            self.setMinimumHeight(self.field.sizeHint().height() + 6 + room_for * look().height("target", "body") + 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is written, without the spaces round it."""
        return self.field.text().strip()

    @property
    def choice(self) -> Suggestion | None:
        """What was taken, as long as it was not typed over; None where the text is only text."""
        return self._taken

    def write(self, text: str, choice: Suggestion | None = None) -> None:
        """Put text in the field (as ``choice``), without telling anybody."""
        self.field.setText(text)
        self._taken = choice
        self.list.offer(())

    def clear(self) -> None:
        """Empty it for the next one."""
        self.write("")

    def offer(self, typed: str, lines: Sequence[Suggestion], at: int | None = None) -> None:
        """Show what is known for ``typed``; dropped where the field says something else by now."""
        if typed != self.text or not typed or self._taken is not None:
            return
        new = [Suggestion(NEW, self._new.format(typed=typed), icon=self._new_icon)] if self._new else []
        offered = [*lines, *new] if self._best_first else [*new, *lines]
        self.list.offer(offered, at or 0)

    def take(self, line: Suggestion) -> None:
        """Take one: its text stands in the field, unless it is the line for a new one."""
        self._taken = line if line.key != NEW else None
        if line.key != NEW:
            self.field.setText(line.text)
        self.list.offer(())
        self.field.setFocus()
        self.taken.emit(line)

    def _on_edited(self, _text: str) -> None:
        self._taken = None
        if not self.text:
            self.list.offer(())
        self.typed.emit(self.text)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only the field is watched
        """Qt's: the keys that choose and take."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            does = self._does(event)
            if does is not None:
                does()
                return True
        return super().eventFilter(watched, event)

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        shown, chosen = self.list.isVisibleTo(self), self.list.chosen
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        match event.key():
            case Qt.Key.Key_Down if shown:
                return lambda: self.list.move_by(1)
            case Qt.Key.Key_Up if shown:
                return lambda: self.list.move_by(-1)
            case Qt.Key.Key_Escape if shown:
                return lambda: self.list.offer(())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return lambda: self._enter(chosen if shown else None)
        return None

    def _enter(self, chosen: Suggestion | None) -> None:
        if chosen is not None:
            self.take(chosen)
        self.entered.emit()
