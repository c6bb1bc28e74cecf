"""The laptop's own clock, made to run forward within a run. It orders what is shown, and decides nothing."""

import time
from collections.abc import Callable
from datetime import datetime

MICROSECONDS = 1_000_000


class Clock:
    """Microseconds since 1970 UTC that never stand still or go back. What is received never moves it."""

    def __init__(self, now: Callable[[], int] = lambda: time.time_ns() // 1000) -> None:
        self._now = now
        self._last = 0

    def tick(self) -> int:
        """The time of the next change."""
        self._last = max(self._now(), self._last + 1)
        return self._last


def clock_of(moment: str) -> int:
    """The clock at a moment with its offset ("2026-11-21T10:42:07-05:00"); ValueError where it is none."""
    when = datetime.fromisoformat(moment)
    if when.tzinfo is None:
        raise ValueError(moment)
    return int(when.timestamp() * MICROSECONDS)


def moment_of(clock: int) -> str:
    """The local moment, with its offset, of a clock."""
    return datetime.fromtimestamp(clock / MICROSECONDS).astimezone().isoformat(timespec="seconds")
