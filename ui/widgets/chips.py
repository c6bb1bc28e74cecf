"""Chips: short answers to tap. One of several, many of several, things that can be taken away, and a number to step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from outreach_app.texts import _
from ui.actions import keys_said
from ui.look.looks import look
from ui.widgets.layouts import FlowLayout, emptied
from ui.widgets.painting import box, cap_size, draw_cap, draw_focus, draw_icon, painter_for


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a chip shows. ``shortcut`` works while the chip can be seen."""

    key: str
    text: str
    icon: str = ""
    shortcut: str = ""
    excludes: bool = False  # in a many-choice: chosen, it clears the others ("No")


class Chip(QPushButton):
    """One chip. ``checkable`` ones show whether they are on; with ``removable`` there is a cross to take it away."""

    def __init__(
        self, text: str, *, icon: str = "", shortcut: str = "", checkable: bool = True, removable: bool = False
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._shown, self._icon, self._removable = text, icon, removable
        self._keys = keys_said(shortcut)
        if shortcut:  # not the button's own: that one waits a tenth of a second, and Enter may come sooner
            QShortcut(QKeySequence(shortcut), self).activated.connect(self.click)
        self.setAccessibleName(text)
        self.setAccessibleDescription(_("Press Delete to take it away") if removable else self._keys)
        self.setCheckable(checkable or removable)
        self.setChecked(removable)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's: room for words, icon, key and cross; the words as wide as they are when chosen, so nothing jumps."""
        width = look().metrics("small", bold=True).horizontalAdvance(self._shown) + 2 * self._pad
        width += self._side + 8 if self._icon else 0
        width += self._side + 8 if self._removable else 0
        width += cap_size(self._keys).width() + 8 if self._keys else 0
        return QSize(max(width, look().size("target"), self._pill + 8), max(self._pill, look().size("target")))

    def minimumSizeHint(self) -> QSize:
        """Qt's: never less."""
        return self.sizeHint()

    def say(self, text: str) -> None:
        """Change its words."""
        self._shown = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def _pad(self) -> int:
        return 14

    @property
    def _pill(self) -> int:
        """How high what is drawn is: less than what a finger may hit."""
        return look().height("chip", "small")

    @property
    def _side(self) -> int:
        return look().icon("icon_small")

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter, on = look(), painter_for(self), self.isChecked()
        inset = max(0, (self.height() - self._pill) // 2)
        rect = self.rect().adjusted(0, inset, 0, -inset)
        radius = rect.height() / 2
        near = self.underMouse() and self.isEnabled()
        ink = "accent" if on else "ink" if self.isEnabled() else "muted"
        ground = worn.colour("soft" if on or near else "panel")
        box(painter, rect, ground, worn.colour("accent" if on else "line"), radius)
        if self.hasFocus():
            draw_focus(painter, rect, "accent", radius)
        middle, x = rect.center().y() + 1, self._pad
        if self._icon:
            x = draw_icon(painter, x, middle, self._icon, ink, self._side) + 8
        metrics = worn.metrics("small", bold=True)
        width = metrics.horizontalAdvance(self._shown)
        painter.setFont(worn.font("small", bold=on))
        painter.setPen(worn.colour(ink))
        alignment = Qt.AlignmentFlag.AlignVCenter
        alignment |= Qt.AlignmentFlag.AlignLeft if self._icon or self._keys else Qt.AlignmentFlag.AlignHCenter
        if self._removable or self._icon or self._keys:
            words = QRect(x, rect.top(), width + 2, rect.height())
        else:
            words = QRect(0, rect.top(), rect.width(), rect.height())
        painter.drawText(words, alignment, self._shown)
        x += width + 8
        if self._keys:
            x = draw_cap(painter, x, middle, self._keys) + 8
        if self._removable:
            draw_icon(painter, x, middle, "x", ink, self._side - 2)
        painter.end()


class ChipRow(QWidget):
    """Chips side by side. Choose one (tap again to take it back) or, with ``many``, any.

    kinds = ChipRow(choices, name=_("What kind"))
    kinds.chosen  -> ("experience",);  kinds.choose(["experience"]);  kinds.changed (what is now chosen)
    """

    changed = Signal(object)  # tuple[str, ...]

    def __init__(
        self, choices: Sequence[Choice] = (), *, name: str = "", many: bool = False, required: bool = False
    ) -> None:
        super().__init__()
        self._many, self._required = many, required
        self._chips: dict[str, Chip] = {}
        self._excluding: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, down=0)  # a chip has room above and below for a finger
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these choices in place of the ones before; nothing is chosen."""
        emptied(self._flow)
        self._chips = {}
        self._excluding = frozenset(choice.key for choice in choices if choice.excludes)
        for choice in choices:
            chip = Chip(choice.text, icon=choice.icon, shortcut=choice.shortcut)
            chip.clicked.connect(lambda on, key=choice.key: self._on_clicked(key, on))
            self._chips[choice.key] = chip
            self._flow.addWidget(chip)
        self.updateGeometry()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen, in the order shown."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    @property
    def one(self) -> str | None:
        """What is chosen where one can be, else None."""
        return self.chosen[0] if self.chosen else None

    def choose(self, keys: Iterable[str]) -> None:
        """Choose exactly these, without telling anybody."""
        wanted = frozenset(keys)
        for key, chip in self._chips.items():
            chip.setChecked(key in wanted)

    def chip(self, key: str) -> Chip:
        """One of its chips."""
        return self._chips[key]

    def _on_clicked(self, key: str, on: bool) -> None:
        alone = not self._many or key in self._excluding
        if on:
            clear = [other for other in self._chips if other != key and (alone or other in self._excluding)]
            for other in clear:
                self._chips[other].setChecked(False)
        elif self._required and not self.chosen:
            self._chips[key].setChecked(True)
        self.changed.emit(self.chosen)


class TakenChips(QWidget):
    """What was picked so far, each with a cross to take it away; place the field to add more beside or below it.

    themes = TakenChips(name=_("Themes"));  themes.add(Choice("food", _("Food")));  themes.keys
    """

    changed = Signal(object)  # tuple[str, ...]

    def __init__(self, *, name: str = "", trailing: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self, down=0)  # a chip has room above and below for a finger
        self._trailing = trailing
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if trailing is not None:
            self._flow.addWidget(trailing)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is picked, in the order picked."""
        return tuple(self._chips)

    def add(self, choice: Choice) -> None:
        """Pick one more; picked already, nothing happens."""
        if choice.key in self._chips:
            return
        chip = Chip(choice.text, icon=choice.icon, removable=True)
        chip.clicked.connect(lambda _on, key=choice.key: self.take_away(key))
        chip.installEventFilter(self)
        chip.setObjectName(choice.key)
        self._chips[choice.key] = chip
        if self._trailing is not None:
            self._flow.removeWidget(self._trailing)
        self._flow.addWidget(chip)
        if self._trailing is not None:
            self._flow.addWidget(self._trailing)
        chip.show()
        self.updateGeometry()
        self.changed.emit(self.keys)

    def take_away(self, key: str) -> None:
        """Take one away."""
        chip = self._chips.pop(key)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()
        self.changed.emit(self.keys)

    def clear(self) -> None:
        """Take all away."""
        for key in self.keys:
            self.take_away(key)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only chips are watched
        """Qt's: Delete or Backspace on a chip takes it away."""
        taking = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TAKING
        if taking and watched.objectName() in self._chips:
            self.take_away(watched.objectName())
            return True
        return super().eventFilter(watched, event)


_TAKING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Stepper(QWidget):
    """A small number with minus and plus: how many others agreed."""

    changed = Signal(int)

    def __init__(self, *, name: str, least: int = 0) -> None:
        super().__init__()
        self._least, self._value = least, least
        self.setAccessibleName(name)
        self.fewer = Chip("−", checkable=False)
        self.more = Chip("+", checkable=False)
        self.shown = Chip(str(least))
        self.shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.fewer.setAccessibleName(_("{name}: one fewer", name=name))
        self.more.setAccessibleName(_("{name}: one more", name=name))
        self.fewer.clicked.connect(lambda _on=False: self._step(-1))
        self.more.clicked.connect(lambda _on=False: self._step(1))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        chips: tuple[QAbstractButton, ...] = (self.fewer, self.shown, self.more)
        for chip in chips:
            line.addWidget(chip)
        line.addStretch(1)

    @property
    def value(self) -> int:
        """The number."""
        return self._value

    def set(self, value: int) -> None:
        """Show a number, without telling anybody."""
        self._value = max(self._least, value)
        self.shown.say(str(self._value))
        self.shown.setChecked(self._value > self._least)

    def _step(self, by: int) -> None:
        before = self._value
        self.set(self._value + by)
        if self._value != before:
            self.changed.emit(self._value)
