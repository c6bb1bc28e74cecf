"""Groups to join: who fits where, one step at a time, and wishes that nobody answered."""

from datetime import date, timedelta

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.groups import (
    STEPS,
    UNANSWERED,
    check_group,
    fitting_groups,
    follow_up_of,
    follow_up_unanswered,
    is_old,
    settle_wish,
    step_on,
    wishes,
)
from outreach_app.operations.records import edit_record, make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes

TODAY = date(2026, 11, 21)
SWAIN, MACON = "37173", "37113"


def a_group(store: Store, name: str, **values: object) -> str:
    return make_record(store, "groups", {"name": name, **values})[0]


def names(store: Store, *interests: str, county: str = "", text: str = "") -> list[str]:
    return [each.group.title for each in fitting_groups(store, interests, county, text)]


def a_wish(store: Store, days: int, **values: object) -> str:
    asked = {"asked_on": (TODAY - timedelta(days=days)).isoformat(), "state": "asked", **values}
    return make_record(store, "interests", asked)[0]


def test_what_fits_comes_by_interest_then_county_then_room(laptop: Store) -> None:
    a_group(laptop, "Aging council", interests=["aging"], counties=[SWAIN])
    a_group(laptop, "Both", interests=["aging", "food"])
    a_group(laptop, "Full", interests=["food"], counties=[SWAIN], openings=0)
    a_group(laptop, "Food council", interests=["food"], counties=[SWAIN], openings=2)
    a_group(laptop, "Statewide food", interests=["food"])
    a_group(laptop, "Macon food", interests=["food"], counties=[MACON])
    assert names(laptop, "food", "aging", county=SWAIN) == [
        "Both", "Aging council", "Food council", "Full", "Statewide food"
    ]  # fmt: skip
    assert names(laptop, county=MACON) == ["Macon food", "Both", "Statewide food"]
    assert names(laptop, "youth") == []
    assert len(names(laptop)) == 6


@pytest.mark.parametrize("typed", ["condicion cron", "swain coun", "first tues", "chronic"])
def test_letters_find_a_group_by_what_is_said_of_it(laptop: Store, typed: str) -> None:
    a_group(laptop, "Mesa de condición crónica", interests=["chronic_disease"], counties=[SWAIN], meets="First Tuesday")
    a_group(laptop, "Another")
    assert names(laptop, text=typed) == ["Mesa de condición crónica"]


def test_what_nobody_made_sure_of_lately_is_old(laptop: Store) -> None:
    made = [a_group(laptop, str(day), verified_on=day) for day in (None, "2026-05-01", "2026", "2026-11-01", "2025-12")]
    old = [is_old(view, TODAY) for view in laptop.many("groups", made)]
    assert old == [True, True, False, False, True]
    check_group(laptop, made[0], TODAY.isoformat())
    checked = laptop.get("groups", made[0])
    assert checked is not None
    assert not is_old(checked, TODAY)


def test_a_wish_goes_one_step_at_a_time_and_then_no_further(laptop: Store) -> None:
    wish = a_wish(laptop, 1, state=None)
    seen = []
    for _step in STEPS[1:]:
        step_on(laptop, wish)
        view = laptop.get("interests", wish)
        assert view is not None
        seen.append(view.values["state"])
    assert seen == list(STEPS[1:])
    with pytest.raises(BadInput):
        step_on(laptop, wish)


def test_wishes_that_wait_come_first_the_longest_first(laptop: Store) -> None:
    group, person = a_group(laptop, "Council"), make_record(laptop, "people", {"name": "Ada Crowe"})[0]
    joined = a_wish(laptop, 90, state="joined")
    short, long = a_wish(laptop, 3, unit="data"), a_wish(laptop, 30, group=group, person=person)
    found = wishes(laptop, TODAY)
    assert [each.interest.id for each in found] == [long, short, joined]
    assert [(each.who, each.what) for each in found[:2]] == [("Ada Crowe", "Council"), ("", "Data and assessment")]
    assert [each.interest.id for each in wishes(laptop, TODAY, {"group": group})] == [long]


def test_only_what_waited_too_long_becomes_a_follow_up_and_once(laptop: Store) -> None:
    group = a_group(laptop, "Council")
    late, _soon, _done = a_wish(laptop, 15, group=group), a_wish(laptop, 14), a_wish(laptop, 99, state="declined")
    follow_up_unanswered(laptop, TODAY)
    assert follow_up_unanswered(laptop, TODAY).change is None
    (made,) = laptop.list("follow_ups")
    assert (made.id, made.title) == (follow_up_of(late), UNANSWERED)
    assert (made.values["state"], made.values["due"], made.values["notes"]) == ("open", "2026-11-20", "Council")
    assert made.values["who_does_it"] == laptop.worker


def test_whichever_laptops_ask_there_is_one_follow_up_and_nothing_to_decide(laptops: list[Store]) -> None:
    one, other = laptops
    wish = a_wish(one, 30, group=a_group(one, "Council"))
    other.apply(all_changes(one))
    for laptop in laptops:
        follow_up_unanswered(laptop, TODAY)
    step_on(one, wish)
    settle_wish(one, wish, "introduced")
    other.apply(all_changes(one))
    one.apply(all_changes(other))
    for laptop in laptops:
        (made,) = laptop.list("follow_ups")
        assert (made.values["state"], made.to_decide) == ("done", 0), (
            "done where somebody answered, though both made it"
        )
        assert laptop.decisions() == []


def test_a_follow_up_that_was_done_or_dropped_is_not_made_again(laptop: Store) -> None:
    wish = a_wish(laptop, 30)
    follow_up_unanswered(laptop, TODAY)
    edit_record(laptop, "follow_ups", follow_up_of(wish), {"state": "dropped"})
    follow_up_unanswered(laptop, TODAY + timedelta(days=30))
    (made,) = laptop.list("follow_ups")
    assert made.values["state"] == "dropped"
