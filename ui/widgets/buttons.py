"""Buttons: primary (one a screen), plain, small and link-like; each may carry an icon and its key."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.actions import keys_of, spec_of
from ui.look.looks import look
from ui.widgets.painting import box, cap_size, draw_cap, draw_focus, draw_icon, painter_for

_HELD = ~Qt.KeyboardModifier.KeypadModifier


class ButtonSize(StrEnum):
    """How high a button is: 34 px, 44 px (headers, event mode, the main thing to do), or as high as text."""

    SMALL = "control"
    LARGE = "target"


class _Pressed(QPushButton):
    """Pressed by Enter as by the space bar. Qt does so in dialogs alone, and there from anywhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter; one that is held down was meant for what had the focus before."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _HELD:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class Button(_Pressed):
    """A button with an icon, words and its key.

    Button(_("New event"), icon="plus", size=ButtonSize.LARGE, does=self.new_event)
    Button.of(self.can["sign_in"], primary=True)      # words, icon, key and work from the action
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        primary: bool = False,
        size: ButtonSize | None = None,
        keys: str = "",
        trailing: str = "",
        does: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keys, self._trailing, self._primary = icon, keys, trailing, primary
        self._size = size or (ButtonSize.LARGE if primary else ButtonSize.SMALL)
        self._shown = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAccessibleDescription(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if does is not None:
            self.clicked.connect(lambda _checked=False: does())

    @classmethod
    def of(
        cls,
        action: QAction,
        *,
        primary: bool = False,
        size: ButtonSize | None = None,
        text: str | None = None,
        icon: str | None = None,
        trailing: str = "",
    ) -> "Button":
        """A button of an action: clicking it triggers the action, and it is enabled when the action is."""
        spec = spec_of(action)
        made = cls(
            action.text() if text is None else text,
            icon=spec.icon if icon is None else icon,
            primary=primary,
            size=size,
            keys=keys_of(action),
            trailing=trailing,
            does=action.trigger,
        )
        made.setToolTip(action.toolTip())
        made.setEnabled(action.isEnabled())
        action.enabledChanged.connect(made.setEnabled)
        return made

    def say(self, text: str) -> None:
        """Change its words."""
        self._shown = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_icon(self, name: str) -> None:
        """Change its icon."""
        self._icon = name
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: room for all it carries."""
        height = look().height(self._size.value, self._step)
        return QSize(max(self._inner_width() + 2 * self._pad, height), height)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never less."""
        return self.sizeHint()

    @property
    def _step(self) -> str:
        return "body" if self._size is ButtonSize.LARGE else "small"

    @property
    def _pad(self) -> int:
        if not self._shown:
            return 10
        return 16 if self._size is ButtonSize.LARGE else 12

    @property
    def _side(self) -> int:
        return look().icon("icon" if self._size is ButtonSize.LARGE else "icon_small")

    def _inner_width(self) -> int:
        parts = [self._side] if self._icon else []
        if self._shown:
            parts.append(look().metrics(self._step, bold=True).horizontalAdvance(self._shown))
        if self._keys:
            parts.append(cap_size(self._keys).width())
        if self._trailing:
            parts.append(self._side)
        return sum(parts) + look().space("small") * max(0, len(parts) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter, rect = look(), painter_for(self), self.rect()
        near = self.isEnabled() and (self.underMouse() or self.isDown())
        ink = self._draw_ground(painter, rect, near)
        if self.hasFocus():
            if self._primary:
                draw_focus(painter, rect.adjusted(3, 3, -3, -3), ink, worn.radius("control") - 3)
            else:
                draw_focus(painter, rect, "accent", worn.radius("control"))
        middle, x, gap = rect.center().y() + 1, (rect.width() - self._inner_width()) // 2, worn.space("small")
        if self._icon:
            x = draw_icon(painter, x, middle, self._icon, ink, self._side) + gap
        if self._shown:
            metrics = worn.metrics(self._step, bold=True)
            width = metrics.horizontalAdvance(self._shown)
            painter.setFont(worn.font(self._step, bold=True))
            painter.setPen(worn.colour(ink))
            painter.drawText(QRect(x, 0, width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, self._shown)
            x += width + gap
        if self._keys:
            filled = not self._primary
            x = draw_cap(painter, x, middle, self._keys, "muted" if filled else ink, filled) + gap
        if self._trailing:
            draw_icon(painter, x, middle, self._trailing, ink, self._side)
        painter.end()

    def _draw_ground(self, painter: QPainter, rect: QRect, near: bool) -> str:
        """The button's body; the token of what is drawn on it."""
        worn, radius = look(), look().radius("control")
        if not self.isEnabled():
            box(painter, rect, worn.colour("background"), worn.colour("line"), radius)
            return "muted"
        if self._primary:
            box(painter, rect, worn.colour("accent_deep" if near else "accent"), None, radius)
            return "on_accent"
        box(painter, rect, worn.colour("soft" if near else "panel"), worn.colour("line"), radius)
        return "ink"


class LinkButton(_Pressed):
    """Words that do something, underlined like a link: Undo, Lock, Show the folder."""

    def __init__(self, text: str, does: Callable[[], object] | None = None, *, step: str = "small") -> None:
        super().__init__(text.replace("&", "&&"))
        self._shown, self._step = text, step
        self.setAccessibleName(text)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if does is not None:
            self.clicked.connect(lambda _checked=False: does())

    def say(self, text: str) -> None:
        """Change its words."""
        self._shown = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: its words, with room for a finger above and below."""
        metrics = look().metrics(self._step)
        return QSize(metrics.horizontalAdvance(self._shown) + 4, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never less."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Qt's: drawn anew when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        worn, painter = look(), painter_for(self)
        font = worn.font(self._step)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(worn.colour("accent" if self.underMouse() or self.hasFocus() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown)
        if self.hasFocus():
            draw_focus(painter, self.rect(), "accent", worn.radius("cap"))
        painter.end()
