"""The laptop's own clock, made to run forward within a run. It orders what is shown, and decides nothing.

A clock that cannot be right is flagged for a person, and stops nobody.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from outreach_app.journal.changes import NOBODY, Change

MICROSECONDS = 1_000_000
DAY = int(timedelta(days=1).total_seconds()) * MICROSECONDS
_BEFORE_ALL = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()) * MICROSECONDS  # no laptop wrote for us before this


class Clock:
    """Microseconds since 1970 UTC that never stand still or go back. What is received never moves it."""

    def __init__(self, now: Callable[[], int] = lambda: time.time_ns() // 1000) -> None:
        self._now = now
        self._last = 0

    def now(self) -> int:
        """The time as the laptop tells it, for comparing; a change takes :meth:`tick`'s."""
        return self._now()

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


class Oddness(StrEnum):
    """Why a clock cannot be right."""

    AHEAD = "ahead"  # more than a day after the moment it was taken in
    LONG_AGO = "long_ago"  # before the year 2020
    BACKWARDS = "backwards"  # before an earlier change of the same run


def odd_clocks(changes: Iterable[Change], before: Mapping[bytes, int], now: int) -> Iterator[tuple[Change, Oddness]]:
    """Those of the changes whose clock cannot be right, each with why. ``before``: the clock of the last change held of
    each run that they continue. Changes of one run come in its order."""
    latest = dict(before)
    for change in changes:
        run = change.id.run
        if change.device == NOBODY:
            continue
        if change.clock > now + DAY:
            yield change, Oddness.AHEAD
        if change.clock < _BEFORE_ALL:
            yield change, Oddness.LONG_AGO
        if change.clock < latest.get(run, change.clock):
            yield change, Oddness.BACKWARDS
        latest[run] = change.clock
