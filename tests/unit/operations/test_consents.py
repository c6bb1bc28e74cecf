"""What people allow: every answer is kept, a yes after a no is asked about, paper dated before a no never counts."""

import pytest

from outreach_app.operations.consents import allowed_channels, answer, entries
from outreach_app.operations.decisions import join
from outreach_app.operations.records import undo_last
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes


@pytest.fixture
def ada(laptop: Store) -> str:
    with laptop.writing("make_people") as draft:
        return draft.new("people", {"name": "Ada"})


def holds(store: Store, person: str) -> str:
    return allowed_channels(store, person)["phone"]


def say(store: Store, person: str, state: str, day: str = "2026-10-03", sure: bool = False) -> str:
    answer(store, person, "phone", state, "spoken", day, sure)
    return holds(store, person)


def test_nobody_asked_allows_nothing(laptop: Store, ada: str) -> None:
    assert allowed_channels(laptop, ada) == {}
    assert say(laptop, ada, "not_asked") == "not_asked"


def test_a_later_answer_takes_the_place_of_an_earlier_one(laptop: Store, ada: str) -> None:
    assert say(laptop, ada, "granted") == "granted"
    assert say(laptop, ada, "withdrawn") == "withdrawn"
    assert [entry.state for entry in entries(laptop, ada, "phone")] == ["granted", "withdrawn"]


def test_a_yes_after_a_no_counts_only_once_somebody_is_sure(laptop: Store, ada: str) -> None:
    say(laptop, ada, "refused", "2026-10-01")
    assert say(laptop, ada, "granted", "2026-10-03") == "refused"
    assert say(laptop, ada, "granted", "2026-10-03", sure=True) == "granted"
    undo_last(laptop)
    assert holds(laptop, ada) == "refused"


def test_paper_filled_in_before_a_no_never_takes_its_place(laptop: Store, ada: str) -> None:
    say(laptop, ada, "withdrawn", "2026-10-03")
    assert say(laptop, ada, "granted", "2026-09-30", sure=True) == "withdrawn"


def test_a_blank_takes_the_place_of_nothing(laptop: Store, ada: str) -> None:
    say(laptop, ada, "granted")
    assert say(laptop, ada, "not_asked", sure=True) == "not_asked"
    assert [entry.supersedes for entry in entries(laptop, ada, "phone")][-1] == frozenset()


def test_ways_are_apart_and_the_notice_and_day_are_kept(laptop: Store, ada: str) -> None:
    say(laptop, ada, "granted")
    answer(laptop, ada, "email", "refused", "paper_mark", "2026-10")
    assert allowed_channels(laptop, ada) == {"phone": "granted", "email": "refused"}
    [kept] = [view.values for view in laptop.list("consents", {"channel": "email"})]
    assert (kept["how"], kept["given_on"], kept["notice_version"]) == ("paper_mark", "2026-10", "1")


def test_after_a_join_the_most_restrictive_of_all_holds(laptops: list[Store], ada: str) -> None:
    laptop, other = laptops
    with laptop.writing("make_people") as draft:
        twin = draft.new("people", {"name": "Ada C."})
    say(laptop, ada, "granted")
    say(laptop, twin, "refused")
    join(laptop, "people", ada, twin)
    assert holds(laptop, ada) == holds(laptop, twin) == "refused"
    other.apply(all_changes(laptop))
    assert holds(other, ada) == "refused"
    undo_last(laptop)
    assert (holds(laptop, ada), holds(laptop, twin)) == ("granted", "refused")


def test_two_laptops_that_both_wrote_an_answer_hold_the_stricter(laptops: list[Store], ada: str) -> None:
    one, other = laptops
    say(one, ada, "granted", "2026-10-01")
    other.apply(all_changes(one))
    say(one, ada, "granted", "2026-10-05")
    say(other, ada, "withdrawn", "2026-10-04")
    one.apply(all_changes(other))
    other.apply(all_changes(one))
    assert holds(one, ada) == holds(other, ada) == "withdrawn"
