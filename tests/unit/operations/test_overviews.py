"""What Today shows: in order, of this season, and at the same price however much a store holds."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event as sql_events

from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.overviews import SEASON, circle, due_now, heard_by_theme, overview
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store

TODAY = date(2026, 10, 3)


def follow_ups(store: Store, *given: tuple[str, str | None, str]) -> None:
    with store.writing("plan") as draft:
        for what, due, state in given:
            draft.new("follow_ups", {"what": what, "due": due, "state": state})


def test_a_day_shows_what_comes_who_came_and_what_is_due(laptop: Store) -> None:
    with laptop.writing("plan") as draft:
        later, today, past, undated, cancelled = (
            draft.new("events", {"name": name, "starts": starts, "status": status})
            for name, starts, status in (
                ("Later", "2026-10-09T18:00:00-04:00", None),
                ("Today", "2026-10-03T23:30:00-04:00", "planned"),
                ("Past", "2026-10-02T18:00:00-04:00", None),
                ("Some day", None, None),
                ("Not at all", "2026-10-03T23:30:00-04:00", "cancelled"),
            )
        )
    for status in ("", "attended", "expected", "no_show", "cancelled"):
        sign_in(laptop, NewSignIn(past, "Ada", status=status))
    shown = overview(laptop, TODAY)
    assert [each.id for each in shown.coming] == [today, later, undated]
    assert [each.id for each in shown.past] == [past]
    assert shown.signed == {past: 2}
    assert cancelled not in [each.id for each in (*shown.coming, *shown.past)]


def test_what_is_due_comes_in_order_and_only_whole_late_days_count(laptop: Store) -> None:
    follow_ups(laptop, ("b", "2026-10-09", "open"), ("c", None, "open"), ("a", "2026-10", "waiting"),
               ("d", "2026", "done"), ("e", "2026-10-02", "open"), ("f", "2026-09", "open"))  # fmt: skip
    due = due_now(laptop, TODAY, 4)
    assert [each.title for each in due.first] == ["f", "a", "e", "b"]
    assert (due.count, due.late) == (5, 2)


def test_what_was_heard_is_this_season_s(laptop: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    themes = laptop.list("themes")
    today = datetime.now().date()
    for days in (0, 200):
        then = int((datetime.now() - timedelta(days=days)).timestamp() * 1_000_000)
        monkeypatch.setattr(laptop.clock, "tick", lambda then=then: then)
        made, _changes = record_feedback(laptop, NewFeedback(f"{days} ago", themes=(themes[0].id,)))
        respond(laptop, made, state="done")
    assert (circle(laptop)["answered"], heard_by_theme(laptop)[0][2]) == (2, 2)
    shown = overview(laptop, today)
    assert (shown.circle["heard"], shown.circle["answered"], shown.themes[0][2]) == (1, 1, 1)
    assert [view.title for view in shown.lately] == ["0 ago", "200 ago"]
    assert overview(laptop, today + SEASON + timedelta(days=2)).themes == ()


def test_what_is_sensitive_is_not_among_what_was_heard_lately(laptop: Store) -> None:
    record_feedback(laptop, NewFeedback("The road floods."))
    record_feedback(laptop, NewFeedback("A neighbour is ill.", sensitive=True))
    assert [view.title for view in overview(laptop, TODAY).lately] == ["The road floods."]


def test_a_day_asks_no_more_often_however_much_there_is(laptop: Store) -> None:
    def asked() -> list[str]:
        said: list[str] = []
        engine = laptop._database._engine
        hear = lambda _c, _cursor, statement, *_rest: said.append(statement)  # noqa: E731
        sql_events.listen(engine, "before_cursor_execute", hear)
        overview(laptop, TODAY)
        sql_events.remove(engine, "before_cursor_execute", hear)
        return said

    follow_ups(laptop, *((str(at), "2026-10-05", "open") for at in range(4)))
    few = asked()
    follow_ups(laptop, *((str(at), "2026-10-05", "open") for at in range(60)))
    for at in range(30):
        record_feedback(laptop, NewFeedback(f"{at}"))
    many = asked()
    assert len(many) <= len(few) + 2, "the questions do not grow with the answers"
