"""Who was not heard from lately, of a store made by hand."""

from datetime import date, datetime, timedelta

import pytest

from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.gaps import Gap, gaps
from outreach_app.store.stores import Store

TODAY = date(2026, 11, 21)
SWAIN, GRAHAM, MACON, CLAY = "37173", "37075", "37113", "37043"


def test_silent_counties_languages_and_populations_the_longest_first(
    laptop: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptop.writing("plan") as draft:
        for county, day, status, languages in (
            (SWAIN, "2026-11-20", None, ["en", "es"]),
            (GRAHAM, "2026-09-05", None, ["hmn"]),
            (GRAHAM, "2026-11-01", "cancelled", []),
            (MACON, "2026-08-01", None, []),
            (MACON, "2026-12-01", "planned", []),
        ):
            draft.new("events", {"name": "x", "county": county, "starts": f"{day}T10:00:00-05:00", "status": status,
                                 "languages": languages})  # fmt: skip
        draft.new("groups", {"name": "Council", "counties": [CLAY, SWAIN]})
    for days, language, population in (
        (400, "vi", "veterans"), (100, "es", "farmworkers"), (70, "ar", "everyone"), (1, "en", "youth"),
    ):  # fmt: skip
        then = int(datetime.combine(TODAY - timedelta(days=days), datetime.min.time()).timestamp() * 1_000_000)
        monkeypatch.setattr(laptop.clock, "tick", lambda then=then: then)
        record_feedback(laptop, NewFeedback("x", language=language, population=population))
    found = gaps(laptop, TODAY)
    day = TODAY - timedelta(days=100)
    assert found == [
        Gap("languages", "es", day),
        Gap("populations", "farmworkers", day),
        Gap("counties", GRAHAM, date(2026, 9, 5)),
        Gap("languages", "ar", TODAY - timedelta(days=70)),
        Gap("counties", CLAY, None),
        Gap("languages", "hmn", None),
    ]
    assert [each.weeks(TODAY) for each in found] == [14, 14, 11, 10, 0, 0]


def test_a_new_department_has_no_gaps(laptop: Store) -> None:
    assert gaps(laptop, TODAY) == []
