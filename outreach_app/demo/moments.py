"""Local moments of the season's two states, with their offset from UTC, without asking any time zone database."""

from datetime import date, datetime, timedelta, timezone

STANDARD_TIME_FROM = date(2026, 11, 1)
"""The first Sunday of November 2026, when clocks go back at two in the morning. The season begins in daylight time."""

_STANDARD_HOURS = {"NC": -5, "OR": -8}


def moment(day: date, minutes: float, state: str) -> str:
    """The moment ``minutes`` after midnight of a day, in a state, to the second."""
    offset = _STANDARD_HOURS[state] + (day < STANDARD_TIME_FROM)
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=offset)))
    return (midnight + timedelta(seconds=round(minutes * 60))).isoformat()


def instant(at: str) -> datetime:
    """A moment as something to compare, wherever it was."""
    return datetime.fromisoformat(at)


def minutes_of(clock: str) -> int:
    """Minutes after midnight of "16:30"."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
