"""Today: what is next has the focus, what is late is amber, and every figure is the store's."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations import keys
from outreach_app.operations.events import plan_event
from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.keys import prove_recovery
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.pages.today import TodayPage

TODAY = date(2026, 11, 21)


def planned(store: Store, name: str, day: str, **values: Any) -> str:
    starts, ends = (f"{day}T{hour}:00:00-05:00" for hour in (10, 13))
    return plan_event(store, {"name": name, "starts": starts, "ends": ends, **values})[0]


@pytest.fixture
def season(store: Store) -> dict[str, str]:
    """One event today, one this week, one cancelled, one far off, one a week ago."""
    return {
        "today": planned(
            store, "Listening session", "2026-11-21", county="37173", supports=["interpretation", "child_care"]
        ),
        "cancelled": planned(store, "Clinic day", "2026-11-21", status="cancelled"),
        "soon": planned(store, "Library table", "2026-11-27"),
        "far": planned(store, "Health fair", "2026-11-28"),
        "past": planned(store, "Town hall", "2026-11-14"),
    }


def opened(qtbot: QtBot, desk: Desk) -> OnPage[TodayPage]:
    return OnPage(qtbot, desk, TodayPage(desk, lambda: TODAY))


def test_with_nothing_yet_it_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    page = on.page
    assert page.header.title.text() == "Saturday 21 November"
    assert page.header.subtitle.text() == "No event today, none in the next seven days."
    assert page.next.name.text() == "No event is planned"
    assert page.next.button.text() == "New event"
    assert page.nothing_due.isVisible()
    assert page.no_themes.text() == "What people tell you is counted here by theme."
    assert not page.events_card.isVisible()
    page.next.button.click()
    assert on.went == [Destination("record", {"kind": "events", "record": None})]


@pytest.mark.usefixtures("season")
def test_the_next_event_is_today_s_and_enter_starts_it(qtbot: QtBot, desk: Desk, season: dict[str, str]) -> None:
    on = opened(qtbot, desk)
    page = on.page
    assert page.header.subtitle.text() == "One event today, one more in the next seven days."
    assert page.next.name.text() == "Listening session"
    assert page.next.details.text() == "Today 10:00–13:00 · Swain County, NC · interpretation, child care"
    assert page.next.button.text() == "Start"
    assert page.next.button.hasFocus()
    on.press(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    assert on.went == [Destination("event", {"event": season["today"]})]


def test_the_other_events_are_told_with_their_day_and_who_came(
    qtbot: QtBot, desk: Desk, store: Store, season: dict[str, str]
) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        sign_in(store, NewSignIn(season["past"], name))
    on = opened(qtbot, desk)
    rows = [(line.text, line.trailing) for line in on.page.events.rows]
    assert rows == [("Library table", "Fri"), ("Health fair", "28 Nov"), ("Town hall", "14 Nov · 2 signed in")]
    on.page.events.line(season["past"]).click()
    assert on.went == [Destination("event", {"event": season["past"]})]


def test_a_later_event_is_opened_and_not_started(qtbot: QtBot, desk: Desk, store: Store) -> None:
    planned(store, "Library table", "2026-11-24")
    planned(store, "A day to come", "2026-11-25")
    on = opened(qtbot, desk)
    assert on.page.header.subtitle.text() == "No event today, two in the next seven days."
    assert on.page.next.details.text() == "Tuesday 24 November 10:00–13:00"
    assert on.page.next.button.text() == "Open"


def test_the_sentence_is_spanish_in_spanish(qtbot: QtBot, desk: Desk, store: Store) -> None:
    for number in range(3):
        planned(store, f"Mesa {number}", "2026-11-21")
    planned(store, "Feria", "2026-11-22")
    speak("es")
    on = opened(qtbot, desk)
    assert on.page.header.title.text() == "Sábado 21 de noviembre"
    assert on.page.header.subtitle.text() == "Tres eventos hoy, otro en los próximos siete días."


def test_what_was_heard_and_what_became_of_it(qtbot: QtBot, desk: Desk, store: Store) -> None:
    themes = {view.values["theme_code"]: view.id for view in store.list("themes")}
    said = [
        record_feedback(store, NewFeedback(f"The van, {number}", themes=(themes["transportation"],)))[0]
        for number in range(3)
    ]
    record_feedback(store, NewFeedback("The wait", themes=(themes["wait_and_distance"],)))
    record_feedback(store, NewFeedback("Something else"))
    respond(store, said[0], state="told_back")
    respond(store, said[1], state="passed_on")
    on = opened(qtbot, desk)
    described = on.page.chart.accessibleDescription()
    assert described == "Transportation 3, Wait and distance 1"
    assert on.page.circle.accessibleName() == "5 heard, 4 sorted, 2 passed on, 1 answered, 1 told back"
    assert not on.page.no_themes.isVisible()


def test_what_is_due_comes_in_order_and_what_is_late_is_amber(qtbot: QtBot, desk: Desk, store: Store) -> None:
    made = {
        day: make_record(store, "follow_ups", {"what": f"Call {day}", "due": day, "state": state})[0]
        for day, state in (
            ("2026-11-24", "open"),
            ("2026-11-19", "waiting"),
            ("2026-11-21", "open"),
            ("2026-11-18", "done"),
            ("2026-11", "open"),
        )
    }
    on = opened(qtbot, desk)
    rows = [(line.text, line.trailing, line.waits) for line in on.page.due.rows]
    assert rows == [
        ("Call 2026-11", "November 2026", False),
        ("Call 2026-11-19", "2 days late", True),
        ("Call 2026-11-21", "today", False),
        ("Call 2026-11-24", "Tue", False),
    ]
    assert not on.page.more_due.isVisible()
    on.page.due.line(made["2026-11-19"]).click()
    assert on.went == [Destination("record", {"kind": "follow_ups", "record": made["2026-11-19"]})]
    desk.do(make_record, "follow_ups", {"what": "One more", "due": "2026-12-01", "state": "open"})
    on.settle()
    assert on.page.more_due.isVisible()
    assert on.page.more_due.text() == "All 5 follow-ups"


def test_where_the_work_is_follows_every_save(qtbot: QtBot, desk: Desk, store: Store) -> None:
    on = opened(qtbot, desk)
    before = store.whereabouts().only_here

    def only_here() -> str:
        return next(line.trailing for line in on.page.where.rows if line.key == "only_here")

    assert only_here() == f"{before:,}"
    desk.do(make_record, "people", {"name": "Ada Crowe"})
    on.settle()
    assert only_here() == f"{before + 1:,}"
    assert [line.key for line in on.page.where.rows] == ["only_here", "copied"], "nobody is there to confirm it"
    on.page.can["sync_now"].trigger()
    assert on.went == [Destination("sync", {"now": True})]


def test_the_recovery_sheet_is_brought_to_mind_until_it_is_proven(
    qtbot: QtBot, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(RecoveryKey(store.setting(SETTING)).words)
    on = opened(qtbot, desk)
    assert on.page.sheet.isVisible()
    assert on.page.sheet.text() == "The recovery sheet is not proven yet"
    on.page.sheet.click()
    assert on.went == [Destination("keys")]
    desk.do(prove_recovery, words)
    qtbot.waitUntil(lambda: not on.page.sheet.isVisible())
    monkeypatch.setattr(keys, "PROOF_HOLDS", 0)
    on.page.refresh()
    qtbot.waitUntil(on.page.sheet.isVisible)
    assert on.page.sheet.text() == "Is the recovery sheet still there?"


def test_who_was_silent_what_was_heard_and_what_waits_are_told(qtbot: QtBot, desk: Desk, store: Store) -> None:
    planned(store, "Town hall", "2026-09-05", county="37075")
    long = "The van comes at six and the clinic opens at nine, and my mother cannot sit that long in the cold."
    said = record_feedback(store, NewFeedback(long))[0]
    group = make_record(store, "groups", {"name": "Rural council"})[0]
    make_record(store, "interests", {"group": group, "asked_on": "2026-10-01", "state": "asked"})
    on = opened(qtbot, desk)
    assert on.page.silent.text() == "Graham County, NC (11 weeks)"
    assert on.page.quotes.rows[0].text.endswith("…")
    on.page.quotes.line(said).click()
    assert on.went == [Destination("record", {"kind": "feedback", "record": said})]
    assert [line.text for line in on.page.due.rows] == ["Ask what became of the wish to join: Rural council"]
    assert desk.last_change is None, "the program made it, so Ctrl+Z leaves it"
    on.page.shown()
    on.settle()
    assert store.count("follow_ups") == 1
    assert not on.page.decide.isVisible()
