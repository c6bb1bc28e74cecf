"""What a test left behind: threads, timers and windows still alive after it, each named with where it was made."""

import functools
import gc
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

ROOT = str(Path(__file__).resolve().parents[2])
OWN = (f"{ROOT}/ui/", f"{ROOT}/outreach_app/", f"{ROOT}/tests/")
GRACE = 2.0  # seconds a thread that was told to stop may take

_made: WeakKeyDictionary[object, str] = WeakKeyDictionary()
_running: WeakSet[Any] = WeakSet()  # timers and Qt threads that were started


def _here() -> str:
    """The innermost line of the project that is on the stack, this file apart."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name != __file__ and name.startswith(OWN):
            return f"{name.removeprefix(ROOT + '/')}:{frame.f_lineno}"
        frame = frame.f_back
    return "outside the project"


def _note(cls: type, method: str, *, started: bool = False) -> None:
    """Make ``method`` of ``cls`` note where it is called from."""
    original = getattr(cls, method)

    @functools.wraps(original)
    def noting(self: Any, *arguments: Any, **named: Any) -> Any:
        result = original(self, *arguments, **named)  # first: Qt's own part of it must stand before it can be a key
        _made.setdefault(self, _here())
        if started:
            _running.add(self)
        return result

    setattr(cls, method, noting)


def watch() -> None:
    """From now on, note where threads are started and timers and widgets made."""
    _note(threading.Thread, "start")
    try:
        from PySide6 import QtCore, QtWidgets
    except ImportError:
        return
    for cls in (QtCore.QTimer, QtCore.QThread):
        _note(cls, "start", started=True)
    for cls in [getattr(QtWidgets, name) for name in dir(QtWidgets)]:  # vars() holds only what was asked for before
        if isinstance(cls, type) and issubclass(cls, QtWidgets.QWidget) and "__init__" in vars(cls):
            _note(cls, "__init__")


def alive() -> set[Any]:
    """The threads, started timers and top-level widgets there are now."""
    return {*threading.enumerate(), *_timers_and_threads(), *_windows()}


def left_behind(before: set[Any]) -> list[str]:
    """What is alive now and was not ``before``, once what is on its way out had time to go, in words."""
    if not alive() - before:
        return []
    _let_go()
    until = time.monotonic() + GRACE
    while (still := alive() - before) and time.monotonic() < until and any(map(_ends_by_itself, still)):
        time.sleep(0.01)
    words = [f"{_what(one)}, made at {_made.get(one, 'a place unknown')}" for one in still]
    _end(still)
    return words


def _timers_and_threads() -> Iterator[Any]:
    if not _running:
        return
    from PySide6 import QtCore
    from shiboken6 import isValid

    for one in list(_running):
        if isValid(one) and (one.isActive() if isinstance(one, QtCore.QTimer) else one.isRunning()):
            yield one


def _windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return list(widgets.QApplication.topLevelWidgets())


def _let_go() -> None:
    """Carry out deletions that Qt put off, and collect what only cycles hold."""
    if (core := sys.modules.get("PySide6.QtCore")) and core.QCoreApplication.instance():
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    gc.collect()


def _ends_by_itself(one: Any) -> bool:
    return isinstance(one, threading.Thread)


def _what(one: Any) -> str:
    kind = f"{type(one).__module__}.{type(one).__qualname__}"
    return f"thread {one.name!r}" if isinstance(one, threading.Thread) else kind


def _end(still: set[Any]) -> None:
    """Make an end of what was left, so that only the test that left it fails."""
    for one in still:
        if hasattr(one, "deleteLater") and hasattr(one, "close"):
            one.deleteLater()
        elif hasattr(one, "quit"):
            one.quit()
        elif hasattr(one, "stop"):
            one.stop()
    _let_go()
