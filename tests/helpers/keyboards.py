"""A keyboard at the program's real window, in any process: no pytest is needed.

Keys go where the focus is and are counted, and the window's loop runs between them as it does for a person: while it
waits, other threads have the processor.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import Frame, application
from ui.main_window import MainWindow
from ui.pages.base import Page
from ui.pages.places import places

Kind = TypeVar("Kind", bound=Page)
PLAIN, ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DAY = date(2026, 10, 3)
PATIENCE = 120.0  # seconds
_WAKE_MS = 500  # so that waiting can be given up


class _Painted(QObject):
    """Notes when a widget was painted with something so for the first time."""

    def __init__(self, widget: QWidget, so: Callable[[], bool], at: list[float]) -> None:
        super().__init__(widget)
        self._so, self._at = so, at
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: it is about to be painted."""
        if event.type() is QEvent.Type.Paint and not self._at and self._so():
            QTimer.singleShot(0, self._note)
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        if not self._at:
            self._at.append(time.perf_counter())


class Keyboard:
    """Somebody at the window of a store's folder. ``keys`` counts what was pressed."""

    def __init__(self, folder: Path, today: date = DAY) -> None:
        self.keys = 0
        self.frame = Frame(folder, partial(places, lambda: today))
        self._wake = QTimer(self.frame)
        self._wake.start(_WAKE_MS)
        self.frame.show()
        self.frame.activateWindow()
        self.until(self.frame.isActiveWindow)

    @property
    def window(self) -> MainWindow:
        """The open window."""
        window = self.frame.open_window
        assert window is not None, "the door is shut"
        return window

    def page(self, kind: type[Kind]) -> Kind:
        """The page in view, which is of this kind."""
        page = self.window.page
        assert isinstance(page, kind), type(page).__name__
        return page

    @property
    def focus(self) -> QWidget:
        """What has the focus. Where a dialog went, no window manager gives it back by itself."""
        focused = QApplication.focusWidget()
        if focused is None:
            self.frame.activateWindow()
            self.until(QApplication.focusWidget)
            focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def type(self, text: str, *, settle: bool = True) -> None:
        """Type letters where the focus is."""
        for letter in text:
            self.keys += 1
            if letter.isascii():
                QTest.keyClicks(self.focus, letter)
            else:  # which QTest has no keys for
                QApplication.sendEvent(self.focus, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter))
        if settle:
            self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, *, settle: bool = True) -> None:
        """Press one key."""
        self.keys += 1
        QTest.keyClick(self.focus, key, held)
        if settle:
            self.settle()

    def enter(self, held: Qt.KeyboardModifier = PLAIN, *, settle: bool = True) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, held, settle=settle)

    def go(self, page: str, **arguments: object) -> None:
        """Go to a page by its name, as a link does."""
        self.window.desk.go(page, **arguments)
        self.settle()

    def settle(self) -> None:
        """Until all that was asked for has come and has been drawn."""
        self.until(lambda: not self.frame.jobs.busy)
        QApplication.processEvents()  # what came last is drawn by events that it posted
        let_go()
        if self.frame.jobs.busy:
            self.settle()

    def until(self, true: Callable[[], object]) -> None:
        """Until something is so; the loop sleeps while nothing happens. TimeoutError."""
        last = time.monotonic() + PATIENCE
        while not true():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > last:
                raise TimeoutError("the window is still at work")

    @contextmanager
    def painted(self, widget: QWidget, so: Callable[[], bool]) -> Iterator[list[float]]:
        """Has, after its block, the moment (``time.perf_counter``) at which a widget was painted with something so."""
        at: list[float] = []
        watch = _Painted(widget, so, at)
        yield at
        self.until(lambda: at)
        widget.removeEventFilter(watch)
        watch.deleteLater()

    def rest(self, seconds: float) -> None:
        """Let the hands rest, while the loop runs on."""
        last = time.monotonic() + seconds
        QTimer.singleShot(round(seconds * 1000), lambda: None)
        self.until(lambda: time.monotonic() >= last)

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase at the door, and Enter, until the first page is there. The watch for idle hands is taken
        off: it looks at the keys that a screen gives a window, and these are given to what has the focus."""
        self.type(passphrase)
        self.enter()
        self.until(lambda: self.frame.open_window is not None)
        self.settle()
        assert self.frame.idling is not None
        self.frame.idling.stop()

    def close(self) -> None:
        """Close the window."""
        self.frame.close()
        self.frame.deleteLater()
        let_go()
        QApplication.processEvents()


def let_go() -> None:
    """Carry out the deletions put off, which Qt itself does in the loop of a whole program alone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def keyboard(folder: Path, passphrase: str, today: date = DAY) -> Iterator[Keyboard]:
    """The program in English, its window open on a store, and closed at the end."""
    application("en")
    made = Keyboard(folder, today)
    try:
        made.unlock(passphrase)
        yield made
    finally:
        made.close()
