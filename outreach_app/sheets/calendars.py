"""Events as an iCalendar file. An event's UID is its record's id, so that one taken in again takes its own place."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

_STATUSES = {"planned": "CONFIRMED", "held": "CONFIRMED", "data_complete": "CONFIRMED", "cancelled": "CANCELLED"}


def calendar(events: Iterable[tuple[str, Mapping[str, Any]]], department: str, made_at: int) -> tuple[bytes, int, int]:
    """The file, how many events are in it, and how many have no time and so are not.

    ``events``: the id of each, with those of its values that may leave. ``made_at``: microseconds since 1970 UTC.
    """
    from icalendar import Calendar, Event

    made, left = Calendar(), 0
    made.add("prodid", "-//Outreach//Outreach//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", department)
    for record, values in events:
        starts = _moment(values.get("starts"))
        if starts is None:
            left += 1
            continue
        event = Event()
        event.add("uid", f"urn:uuid:{record}")
        event.add("dtstamp", datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at))
        event.add("summary", str(values.get("name") or ""))
        event.add("dtstart", _whole_day(values) or starts)
        ends = _moment(values.get("ends"))
        if ends is not None and ends >= starts:
            event.add("dtend", ends)
        town = " ".join(str(values[part]) for part in ("town", "zip") if values.get(part))
        where = [str(values[part]) for part in ("venue_name", "address") if values.get(part)]
        if where or town:
            event.add("location", ", ".join([*where, *([town] if town else [])]))
        event.add("status", _STATUSES.get(str(values.get("status")), "TENTATIVE"))
        made.add_component(event)
    return made.to_ical(), len(made.subcomponents), left


def _moment(value: Any) -> datetime | None:
    """A moment in UTC, which every calendar shows in its own time; None for none."""
    try:
        when = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)


def _whole_day(values: Mapping[str, Any]) -> date | None:
    """The day of an event of which only that is known: it begins with the day, and no end is told."""
    starts = str(values.get("starts") or "")
    day, _sign, time = starts.partition("T")
    if values.get("ends") or (time and not time.startswith("00:00:00")):
        return None
    return date.fromisoformat(day)
