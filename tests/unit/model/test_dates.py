"""Days and moments as people write and say them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model import dates
from outreach_app.model.errors import BadInput

TODAY = date(2026, 11, 21)  # a Saturday
DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(date.isoformat)
LANGUAGE = st.sampled_from(["en", "es"])


@st.composite
def moments(draw: st.DrawFn) -> str:
    """A moment to the second, with any offset."""
    when = draw(st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31))).replace(microsecond=0)
    offset = timedelta(minutes=draw(st.one_of(st.sampled_from([0, -300, -240]), st.integers(-12 * 60, 14 * 60))))
    return when.replace(tzinfo=timezone(offset)).isoformat()


@given(DAYS, st.sampled_from([4, 7, 10]), LANGUAGE)
def test_a_day_shown_in_full_reads_back(day: str, length: int, language: str) -> None:
    assert dates.parse_day(dates.full(day[:length], language), language) == day[:length]


@given(moments(), LANGUAGE)
def test_a_moment_shown_in_full_reads_back(moment: str, language: str) -> None:
    assert dates.parse_moment(dates.full_moment(moment, language), language) == moment


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026-3-7", "2026-03-07"),
        ("2026-11-21 00:00:00", "2026-11-21"),
        ("2026-11", "2026-11"),
        ("2026", "2026"),
        ("11/2026", "2026-11"),
        ("11/21/2026", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("3/7/2026", "2026-03-07"),
        ("Nov 21, 2026", "2026-11-21"),
        ("21st of November 2026", "2026-11-21"),
        ("NOVEMBER 2026", "2026-11"),
        ("1 de mayo de 2026", "2026-05-01"),
        ("3 oct 2026", "2026-10-03"),
        ("Sept. 3, 2026", "2026-09-03"),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: str) -> None:
    assert dates.parse_day(typed, "en") == day


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "2026-02-30", "2026-13", "1066", "30 February 2026", "21 Nov", "November", "5 6 May 2026", "0/0/2026"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        dates.parse_day(typed, "en")


def test_a_day_that_could_be_two_is_asked_about_where_the_day_may_come_first() -> None:
    with pytest.raises(BadInput, match="3 July 2026 or 7 March 2026"):
        dates.parse_day("3/7/2026", "es")
    assert dates.parse_day("21/11/2026", "es") == "2026-11-21"
    assert dates.parse_day("5/5/2026", "es") == "2026-05-05"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-21 10:00", "2026-11-21T10:00:00-05:00"),  # the tests' computer stands in New York
        ("2026-07-21 10:00", "2026-07-21T10:00:00-04:00"),
        ("11/21/2026 6pm", "2026-11-21T18:00:00-05:00"),
        ("21 November 2026, 6 p.m.", "2026-11-21T18:00:00-05:00"),
        ("3 a mayo 2026 10:00", "2026-05-03T10:00:00-04:00"),
        ("2026-11-21T10:42:07-06:00", "2026-11-21T10:42:07-06:00"),
        ("2026-11-21T10:42:07Z", "2026-11-21T10:42:07+00:00"),
        ("11/21/2026 7:30 pm", "2026-11-21T19:30:00-05:00"),
        ("Nov 21, 2026 at 12:15 a.m.", "2026-11-21T00:15:00-05:00"),
        ("21 de noviembre de 2026 a las 18:00", "2026-11-21T18:00:00-05:00"),
    ],
)
def test_moments_are_read_as_people_write_them(typed: str, moment: str) -> None:
    assert dates.parse_moment(typed, "en") == moment


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-21",
        "10:00",
        "2026-11 10:00",
        "2026-11-21 25:00",
        "2026-11-21 13:00 pm",
        "2026-11-21 10:75",
        "1950-01-01 10:00",
        "2026-11-21 10:00 +99:00",
    ],
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        dates.parse_moment(typed, "en")


def test_the_offset_is_shown_only_where_this_computer_would_give_another() -> None:
    assert dates.full_moment("2026-11-21T10:00:00-05:00", "en") == "21 November 2026, 10:00"
    assert dates.full_moment("2026-11-21T10:00:07-08:00", "es") == "21 de noviembre de 2026, 10:00:07 -08:00"
    assert dates.full_moment("2026-11-01T01:30:00-05:00", "en") == "1 November 2026, 01:30 -05:00"  # its second 01:30


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        ("2026-11-19", "2 days late", "2 días de retraso"),
        ("2026-11-20", "1 day late", "1 día de retraso"),
        ("2026-11-21", "today", "hoy"),
        ("2026-11-22", "tomorrow", "mañana"),
        ("2026-11-24", "Tue", "mar"),
        ("2026-11-27", "Fri", "vie"),
        ("2026-11-28", "28 Nov", "28 nov"),
        ("2027-01-03", "3 Jan 2027", "3 ene 2027"),
        ("2026-12", "December 2026", "diciembre de 2026"),
    ],
)
def test_when_something_is_due(day: str, english: str, spanish: str) -> None:
    assert dates.due(day, TODAY, "en") == english
    assert dates.due(day, TODAY, "es") == spanish


def test_days_as_one_says_them() -> None:
    assert dates.short("2026-10-03", TODAY, "en") == "3 Oct"
    assert dates.short("2025-10-03", TODAY, "en") == "3 Oct 2025"
    assert dates.short("2026-11-20", TODAY, "en") == "yesterday"
    assert dates.short("2025", TODAY, "en") == "2025"
    assert dates.heading(TODAY, "en") == "Saturday 21 November"
    assert dates.heading(TODAY, "es") == "Sábado 21 de noviembre"
    assert dates.short_moment("2026-11-21T10:42:07-05:00", TODAY, "en") == "10:42"
    assert dates.short_moment("2026-10-03T14:02:00-04:00", TODAY, "en") == "3 Oct 14:02"


def test_a_clock_is_read_in_local_time() -> None:
    assert dates.moment_of(0) == "1969-12-31T19:00:00-05:00"
    assert dates.moment_of(1_795_273_327_999_999) == "2026-11-21T10:02:07-05:00"


def test_what_is_no_day_is_shown_as_it_is() -> None:
    for text in ("soon", "2026-13", "", "2026-11-21T10"):
        assert dates.full(text, "en") == text
    assert dates.full_moment("soon", "en") == "soon"


def test_a_time_alone_is_asked_for_its_day() -> None:
    with pytest.raises(BadInput, match="“8:30 pm” has no day"):
        dates.parse_moment("8:30 pm", "en")
