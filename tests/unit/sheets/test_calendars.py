"""Events in a calendar file."""

from datetime import date

import pytest
from icalendar import Calendar

from outreach_app.sheets.calendars import calendar


@pytest.mark.parametrize("starts", ["2026-11-21T00:00:00-05:00", "2026-11-21T00:00:00+00:00", "2026-11-21"])
def test_an_event_of_which_only_the_day_is_known_takes_the_day(starts: str) -> None:
    raw, written, left = calendar([("1", {"name": "Fair", "starts": starts})], "Hill County", 0)
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert (event.decoded("dtstart"), written, left) == (date(2026, 11, 21), 1, 0)
    assert b"DTSTART;VALUE=DATE:20261121" in raw


def test_one_that_ends_on_the_clock_begins_on_it() -> None:
    values = {"name": "Vigil", "starts": "2026-11-21T00:00:00-05:00", "ends": "2026-11-21T03:00:00-05:00"}
    raw, _written, _left = calendar([("1", values)], "Hill County", 0)
    assert b"DTSTART:20261121T050000Z" in raw
