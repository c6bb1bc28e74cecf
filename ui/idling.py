"""Whether anybody is at work: a window nobody has touched for a while is locked, so nobody reads a laptop left open.

It goes by the wall clock, which runs on while a laptop sleeps with its lid closed.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 15_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Tells ``idle``, once, when no window of the program was touched for the minutes it watches for.

    It looks at the events of whole windows, which are few, never at those of each widget.
    """

    idle = Signal()

    def __init__(self, parent: QObject, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now, self._seconds, self._touched = now, 0.0, 0.0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_focus)

    def watch(self, minutes: int) -> None:
        """Watch from now on."""
        self._seconds, self._touched = minutes * 60.0, self._now()
        self._on_focus(QGuiApplication.focusWindow())
        self._timer.start()

    def look_again(self) -> None:
        """Tell it once more at the next look, if nobody comes: it could not be locked just now."""
        self._timer.start()

    @property
    def watching(self) -> bool:
        """Whether it watches now."""
        return self._timer.isActive()

    @property
    def minutes(self) -> int:
        """How long nobody must touch the window."""
        return round(self._seconds / 60)

    def stop(self) -> None:
        """Watch no more: nobody can be idle at a locked door."""
        self._timer.stop()

    def look(self) -> bool:
        """Tell it, if it was too long, and whether it was. A clock that was put back begins the time anew."""
        away = self._now() - self._touched
        if away < 0:
            self._touched = self._now()
        if away < self._seconds or not self._timer.isActive():
            return False
        self.stop()
        self.idle.emit()
        return True

    def _on_focus(self, window: QWindow | None) -> None:
        """Watch the window that takes the keys now: a dialog is one of its own."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: somebody is there. Who comes after a night with the lid closed finds it locked, and does no more."""
        if event.type() in _TOUCHES:
            if self.look():
                return True
            self._touched = self._now()
        return super().eventFilter(watched, event)
