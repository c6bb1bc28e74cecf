"""A choice from a list that opens: for vocabularies too long for chips."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ui.look.looks import look
from ui.widgets.chips import Choice
from ui.widgets.painting import draw_icon, painter_for


class ChoiceBox(QComboBox):
    """One of several, shown as a pill with an arrow. ``chosen`` is a key, "" for the empty first line.

    It is as wide as its widest line; one that ``shrinks`` is narrower where there is less room.

    came_as = ChoiceBox(choices, name=_("Came as"))
    came_as.changed.connect(...)      # key
    """

    changed = Signal(str)

    def __init__(
        self, choices: Sequence[Choice] = (), *, name: str = "", empty: str | None = None, shrinks: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        across = QSizePolicy.Policy.Maximum if shrinks else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices, empty)
        self.activated.connect(lambda _index: self.changed.emit(self.chosen))

    def offer(self, choices: Sequence[Choice], empty: str | None = None) -> None:
        """Show these choices in place of the ones before; with ``empty``, a first line of that text for none."""
        self.clear()
        if empty is not None:
            self.addItem(empty, "")
        for choice in choices:
            self.addItem(choice.text, choice.key)

    @property
    def chosen(self) -> str:
        """The key chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose a key, without telling anybody; one that is not offered changes nothing."""
        index = self.findData(key)
        if index >= 0:
            self.setCurrentIndex(index)

    def event(self, event: QEvent) -> bool:
        """Qt's: letters choose here, and are no keys of the page's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if not held and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: the wheel scrolls the page; it must not change an answer by accident."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """Qt's: its widest line, and the arrow."""
        metrics = look().metrics("small")
        widest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        return QSize(widest + 14 * 2 + 8 + look().icon("icon_small") + 8, look().height("target", "small"))

    def minimumSizeHint(self) -> QSize:
        """Qt's: it may be cut where there is no room."""
        return QSize(min(self.sizeHint().width(), 120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the style's box, and our arrow on it."""
        super().paintEvent(event)
        painter = painter_for(self)
        side = look().icon("icon_small")
        draw_icon(painter, self.width() - side - 12, self.height() // 2 + 1, "chevron-down", "ink", side)
        painter.end()
