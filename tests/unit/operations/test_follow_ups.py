"""Follow-ups: in which part of the list each stands, done and handed over."""

from datetime import date

import pytest

from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.follow_ups import finish, hand_over, to_do
from outreach_app.operations.groups import UNANSWERED, called
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store

TODAY = date(2026, 11, 21)


def one(store: Store, what: str, **values: object) -> str:
    return make_record(store, "follow_ups", {"what": what, "state": "open", **values})[0]


def parts(store: Store, **asked: object) -> dict[str, list[str]]:
    found = to_do(store, TODAY, **asked)  # type: ignore[arg-type]
    return {when: [view.title for view in views] for when, views in found.parts.items()}


def test_each_stands_where_it_is_due(laptop: Store) -> None:
    for due in ("2026-11-20", "2026-10", "2026-11-21", "2026-11-22", "2026-11-27", "2026-11-28", "2026-11", "2026"):
        one(laptop, due, due=due)
    one(laptop, "no day")
    one(laptop, "done", due="2026-11-01", state="done")
    assert parts(laptop) == {
        "late": ["2026-10", "2026-11-20"],
        "today": ["2026-11-21"],
        "week": ["2026-11-22", "2026-11-27"],
        "later": ["2026", "2026-11", "2026-11-28"],
        "some_day": ["no day"],
    }
    assert to_do(laptop, TODAY).count == 9


def test_of_one_record_or_one_person_alone(laptop: Store) -> None:
    person = make_record(laptop, "people", {"name": "Ada"})[0]
    one(laptop, "hers", for_person=person, state="done")
    one(laptop, "mine", who_does_it="Ben")
    assert parts(laptop, where={"for_person": person}) == {"done": ["hers"]}
    assert parts(laptop, who="Ben") == {"some_day": ["mine"]}
    assert to_do(laptop, TODAY).people == sorted(["Ben", laptop.worker])


def test_done_and_handed_over(laptop: Store) -> None:
    made = one(laptop, "call")
    hand_over(laptop, made, " Ben  Squirrel ")
    assert parts(laptop, who="Ben Squirrel") == {"some_day": ["call"]}
    finish(laptop, made)
    assert parts(laptop) == {}
    with pytest.raises(BadInput):
        hand_over(laptop, made, " ")
    with pytest.raises(NotFound):
        finish(laptop, "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb")


def test_what_the_program_made_speaks_the_language_spoken(laptop: Store) -> None:
    made = laptop.get("follow_ups", one(laptop, UNANSWERED))
    assert made is not None
    assert called(made, "en") == UNANSWERED
    assert called(made, "es") != UNANSWERED
