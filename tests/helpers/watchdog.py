"""Watches the window's thread: when it did not come back to its loop in time, and where it stood meanwhile.

Another thread rings every few milliseconds; the window's loop answers. Where no answer comes, the stack of the window's
thread is looked at again and again until it does. What the machine took for others (the time in which threads of this
program were ready to run and had no processor, as Linux counts it) is not held against it.
"""

import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, Signal

from tests.helpers.leaks import ROOT

LONGEST = 0.05  # seconds
_NAME = "watchdog"
_BETWEEN = 0.005  # seconds between two rings, and between two looks


@dataclass(frozen=True, slots=True)
class Stall:
    """The window's thread was away for so many seconds. ``where`` is where it stood most of the time, innermost first;
    ``beside`` where the others then stood, which may have held the interpreter."""

    seconds: float
    where: str
    beside: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms at {self.where}" + (f" | beside: {self.beside}" if self.beside else "")


class _Bell(QObject):
    """Rung in one thread, answered in the loop of the one that made it."""

    rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.rung.connect(self._on_rung)

    def _on_rung(self) -> None:
        self.answered.set()


class Watchdog:
    """Within its block the thread that entered it is watched; ``stalls`` then tells, in the order they came.

    with Watchdog() as dog:
        ...
    assert not dog.stalls
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self.stalls: list[Stall] = []
        self.most = 0.0
        """The longest it was ever away, in seconds."""
        self._bell = _Bell()
        self._answered, self._over = self._bell.answered, threading.Event()
        self._watched = threading.get_ident()
        self._thread = threading.Thread(target=self._watch, name=_NAME)

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._bell.deleteLater()

    def _watch(self) -> None:
        while not self._over.wait(_BETWEEN):
            self._answered.clear()
            rung, waited = time.perf_counter(), kept_waiting()
            self._bell.rung.emit()
            seen: Counter[tuple[str, str]] = Counter()
            if not self._answered.wait(self.longest):
                seen[self._look()] += 1
            while not self._answered.wait(_BETWEEN) and not self._over.is_set():
                seen[self._look()] += 1
            away = time.perf_counter() - rung - sum(waits_since(waited))
            if self._over.is_set() and not self._answered.is_set():
                return  # who ends the watch is no longer in the loop
            if away > self.longest and not seen:
                continue  # it was this thread that the machine kept
            self.most = max(self.most, away)
            if away > self.longest:
                self.stalls.append(Stall(away, *seen.most_common(1)[0][0]))

    def _look(self) -> tuple[str, str]:
        """Where the window's thread stands, and where the other threads of the project do."""
        here = threading.get_ident()
        frames = {thread: _lines(frame) for thread, frame in sys._current_frames().items() if thread != here}
        others = " | ".join(lines.split(" < ")[0] for thread, lines in frames.items() if thread != self._watched)
        return frames.get(self._watched, ""), others


def _lines(innermost: FrameType) -> str:
    """The frames of a stack that are the project's, and the innermost whatever it is; innermost first."""
    found, frame = [], innermost
    while True:
        code = frame.f_code
        own = code.co_filename.startswith(ROOT) and "/.venv/" not in code.co_filename
        if own or frame is innermost:
            name = code.co_filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
            found.append(f"{name}:{frame.f_lineno} {code.co_name}")
        if frame.f_back is None:
            return " < ".join(found[:9])
        frame = frame.f_back


def kept_waiting() -> dict[str, float]:
    """How long each thread of this process, but a watchdog, was ready to run and not let, in seconds since it began.
    Where the system does not tell: nothing."""
    waited = {}
    dogs = {str(each.native_id) for each in threading.enumerate() if each.name == _NAME}
    for task in Path("/proc/self/task").glob("*/schedstat"):
        with suppress(OSError, IndexError):  # it has ended since
            if task.parent.name not in dogs:
                waited[task.parent.name] = int(task.read_text(encoding="ascii").split()[1]) / 1e9
    return waited


def waits_since(before: dict[str, float]) -> list[float]:
    """How long each thread was kept waiting since then. Those that wait for each other wait one after the other, others
    side by side: what was lost by it lies between the longest and the sum."""
    return [waited - before.get(thread, 0.0) for thread, waited in kept_waiting().items()] or [0.0]
