"""The event as it goes: what was captured just now, on this laptop, and is not undone."""

import pytest

from outreach_app.model.errors import NotFound
from outreach_app.operations.event_days import event_day
from outreach_app.operations.events import count_heads, plan_event
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.records import edit_record, make_record, undo_last
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store


def just_now(store: Store, event: str) -> list[tuple[str, str]]:
    return [(each.verb, each.text) for each in event_day(store, event).just_now]


def test_the_latest_captures_newest_first(laptop: Store, event: str) -> None:
    other, _changes = plan_event(laptop, {"name": "County fair"})
    sign_in(laptop, NewSignIn(event, "Ada Crowe"))
    sign_in(laptop, NewSignIn(other, "Ben Arch"))
    record_feedback(laptop, NewFeedback("The van", event))
    count_heads(laptop, event)
    assert just_now(laptop, event) == [("count_heads", ""), ("record_feedback", "The van"), ("sign_in", "Ada Crowe")]
    with pytest.raises(NotFound):
        event_day(laptop, other[:-1] + ("0" if other[-1] != "0" else "1"))


def test_neither_undos_nor_other_work_push_out_what_was_captured(laptop: Store, event: str) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        sign_in(laptop, NewSignIn(event, name))
    person, _changes = make_record(laptop, "people", {"name": "Cleo Hill"})
    for number in range(20):
        edit_record(laptop, "people", person, {"notes": f"Note {number}"})
        count_heads(laptop, event)
        undo_last(laptop)
    assert just_now(laptop, event) == [("sign_in", "Ben Arch"), ("sign_in", "Ada Crowe")]
