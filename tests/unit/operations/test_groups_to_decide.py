"""Those that may be one are one thing to decide: told at once, joined whole, undone whole, remembered everywhere."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.operations.consents import allowed_channels, answer
from outreach_app.operations.deciding import ask_again, deciding
from outreach_app.operations.decisions import hand_over, join_all, later, not_the_same, take_up
from outreach_app.operations.duplicates import how_many_wait, look_for_duplicates, waiting
from outreach_app.operations.records import undo_last
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory

PHONE = [{"number": "828 555 0144", "kind": "mobile"}]
LULAS = ("Lula Mae Brank", "Lula Brank", "Lula Mae Brank")


@pytest.fixture
def lulas(laptop: Store) -> list[str]:
    """Three who may be one, and nobody else beside them."""
    with laptop.writing("make_people") as draft:
        made = [draft.new("people", {"name": name, "phones": PHONE}) for name in LULAS]
        draft.new("people", {"name": "Otis Kirkland"})
    look_for_duplicates(laptop)
    return made


def only(store: Store) -> Decision:
    [decision] = waiting(store)
    return decision


def test_three_who_may_be_one_are_one_thing_with_why_beside_the_first(laptop: Store, lulas: list[str]) -> None:
    group = only(laptop)
    assert (list(group.records), len(group.each), how_many_wait(laptop)) == (lulas, 3, 1)
    assert group.score == max(pair.score for pair in group.each)
    seen = deciding(laptop, group)
    assert seen is not None
    assert [side.view.id for side in seen.sides] == lulas
    first, *others = seen.sides
    assert (first.alike, first.unlike) == ((), ())
    assert [("Same phone" in side.alike, side.beside) for side in others] == [(True, ""), (True, "")]


def test_who_was_set_beside_another_than_the_first_says_so(laptop: Store, lulas: list[str]) -> None:
    group = only(laptop)
    pairs = tuple(pair for pair in group.each if pair.records != (lulas[0], lulas[1]))
    seen = deciding(laptop, Decision(group.what, "people", lulas[0], "", other=lulas[2], pairs=pairs))
    assert seen is not None
    assert [side.beside for side in seen.sides] == ["", LULAS[2], ""]


def test_a_group_is_joined_whole_and_undone_whole(laptop: Store, lulas: list[str], event: str) -> None:
    first, _second, third = lulas
    with laptop.writing("make_all") as draft:
        pantry, clinic = (draft.new("organizations", {"name": name}) for name in ("Pantry", "Clinic"))
        for person, place in ((first, pantry), (third, clinic)):
            draft.new("affiliations", {"person": person, "organization": place})
        for person in lulas[1:]:
            draft.new("sign_ins", {"event": event, "person": person, "status": "attended"})
    answer(laptop, first, "phone", "granted", "spoken", "2026-10-03")
    answer(laptop, third, "phone", "refused", "spoken", "2026-10-01")
    before = [hangs_on(laptop, each) for each in lulas]
    asked = only(laptop)

    join_all(laptop, "people", lulas, {"name": "Lula Mae Brank"})
    assert (laptop.count("people"), waiting(laptop)) == (2, [])
    places, signed, leave = hangs_on(laptop, first)
    assert (places, signed) == ({pantry, clinic}, 2)
    assert leave == {"phone": "refused"}, "the most restrictive answer of any of them holds"

    undo_last(laptop)
    assert [hangs_on(laptop, each) for each in lulas] == before
    ask_again(laptop, [asked])
    assert only(laptop).records == asked.records


def hangs_on(store: Store, person: str) -> tuple[set[Any], int, dict[str, str]]:
    """Where somebody works, how often they signed in, and what they allow."""
    places = {view.values["organization"] for view in store.list("affiliations", {"person": person})}
    return places, store.count("sign_ins", {"person": person}), allowed_channels(store, person)


def test_one_taken_out_is_none_of_the_others_on_every_laptop(laptops: Sequence[Store], lulas: list[str]) -> None:
    one, other = laptops
    join_all(one, "people", lulas[:2], apart=lulas[2:])
    other.apply(all_changes(one))
    for store in laptops:
        look_for_duplicates(store)
        assert (store.count("people"), waiting(store)) == (3, [])
    undo_last(one)
    assert one.count("people") == 4
    look_for_duplicates(one)
    assert list(only(one).records) == lulas


def test_that_none_are_the_same_is_remembered_and_travels(laptops: Sequence[Store], lulas: list[str]) -> None:
    one, other = laptops
    changes = not_the_same(one, "people", *lulas)
    assert len(changes.records["links"]) == 3
    other.apply(all_changes(one))
    for store in laptops:
        look_for_duplicates(store)
        assert (store.count("people"), waiting(store), how_many_wait(store)) == (4, [], 0)
    undo_last(one)
    look_for_duplicates(one)
    assert list(only(one).records) == lulas


def test_two_who_are_not_the_same_are_in_no_group_together(laptop: Store, lulas: list[str]) -> None:
    not_the_same(laptop, "people", lulas[0], lulas[2])
    left = waiting(laptop)
    assert len(left) == how_many_wait(laptop) == 2
    assert all({lulas[0], lulas[2]} - {*each.records} for each in left)


def test_a_group_is_put_off_and_handed_over_whole(laptop: Store, lulas: list[str]) -> None:
    later(laptop, only(laptop))
    assert (waiting(laptop), how_many_wait(laptop)) == ([], 0)
    [off] = waiting(laptop, also_put_off=True)
    assert (off.put_off, list(off.records)) == (True, lulas)
    take_up(laptop, off)
    hand_over(laptop, only(laptop), "Ben Squirrel")
    assert {pair.handed_to for pair in only(laptop).each} == {"Ben Squirrel"}


pairs = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 30)).filter(lambda each: each[0] != each[1]),
    min_size=1, max_size=16,
)  # fmt: skip


@settings(max_examples=30)
@given(pairs, st.sets(st.integers(0, 15)))
def test_every_pair_is_in_one_thing_and_what_waits_is_counted_as_it_is_listed(
    found: list[tuple[int, int, int]], denied: set[int]
) -> None:
    store = memory("Ada Crowe")
    try:
        with store.writing("make_people") as draft:
            made = [draft.new("people", {"name": f"Person {number}"}) for number in range(8)]
        by_pair = {tuple(sorted((made[one], made[other]))): 1000 * score for one, other, score in found}
        with store.comparing() as kept:
            kept.found("people", [(*pair, score, ()) for pair, score in by_pair.items()])  # type: ignore[misc]
        for number, pair in enumerate(sorted(by_pair)):
            if number in denied:
                not_the_same(store, "people", *pair)
        things = waiting(store)
        told = [pair.records for thing in things for pair in thing.each]
        apart = {pair for number, pair in enumerate(sorted(by_pair)) if number in denied}
        assert sorted(told) == sorted(set(by_pair) - apart)
        assert how_many_wait(store) == len(things)
        assert all(not apart.intersection(combinations(thing.records, 2)) for thing in things)
        assert [thing.score for thing in things] == sorted((thing.score for thing in things), reverse=True)
    finally:
        store.close()
