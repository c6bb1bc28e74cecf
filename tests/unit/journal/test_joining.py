"""What stands as one follows from the set of links alone; a contradiction is found, and taken back without more."""

import random
from collections.abc import Collection, Iterable

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.joining import (
    Near,
    Pair,
    come_to_differ,
    connected,
    contradicted,
    pair_of,
    severed,
    standing_under,
    texts,
)
from outreach_app.model.fields import Rule

RECORDS = "abcdefg"
PAIRS = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1])
LINKS = st.lists(PAIRS, max_size=12)


def near(links: Iterable[Pair]) -> Near:
    kept = list(links)
    return lambda record: [each for pair in kept if record in pair for each in pair if each != record]


def heads(links: Collection[Pair], shown: Collection[str] = RECORDS) -> dict[str, str]:
    """What each record that is shown stands under, itself where that is nothing else."""
    found: dict[str, str] = {}
    for record in RECORDS:
        under = standing_under({each: each in shown for each in connected(record, near(links))})
        found[record] = under[record] or record
    return {record: head for record, head in found.items() if record in shown}


@given(LINKS, st.randoms(use_true_random=False))
def test_what_stands_as_one_follows_from_the_links_in_any_order_grouping_and_repetition(
    links: list[Pair], shuffle: random.Random
) -> None:
    mixed = [pair if shuffle.random() < 0.5 else pair[::-1] for pair in links * 2]
    shuffle.shuffle(mixed)
    assert heads(mixed) == heads(links)


@given(LINKS)
def test_all_that_is_connected_stands_under_its_oldest_and_nothing_else_does(links: list[Pair]) -> None:
    under = heads(links)
    for one, other in links:
        assert under[one] == under[other]
    for record, head in under.items():
        assert head <= record
        assert under[head] == head
        assert head in connected(record, near(links))


@given(LINKS, st.sets(st.sampled_from(RECORDS)))
def test_none_that_is_shown_vanishes_behind_one_that_is_not(links: list[Pair], shown: set[str]) -> None:
    assert set(heads(links, shown).values()) <= shown


def test_where_none_is_shown_or_here_the_oldest_still_leads() -> None:
    assert standing_under({"b": False, "a": False}) == {"a": None, "b": "a"}
    assert standing_under({}) == {}


def test_a_pair_is_named_alike_from_both_ends() -> None:
    assert pair_of("b", "a") == pair_of("a", "b") == ("a", "b")


@given(LINKS, st.lists(PAIRS, max_size=4))
def test_two_that_are_not_the_same_are_to_be_decided_where_others_join_them_and_nowhere_else(
    links: list[Pair], apart: list[Pair]
) -> None:
    found = contradicted(apart, heads(links))
    assert found == sorted({pair_of(*pair) for pair in apart if pair[1] in connected(pair[0], near(links))})
    assert contradicted([pair[::-1] for pair in apart], heads(links)) == found


def test_nothing_is_asked_of_one_that_is_not_here_nor_of_one_and_itself() -> None:
    assert contradicted([("a", "z"), ("b", "b")], {"a": "a", "b": "b"}) == []


@given(LINKS, PAIRS)
def test_taking_one_out_parts_the_two_and_keeps_with_it_what_else_is_joined_to_it(
    links: list[Pair], pair: Pair
) -> None:
    record, other = pair
    gone = severed(record, other, near(links))
    left = [link for link in links if pair_of(*link) not in gone]
    assert other not in connected(record, near(left))
    beside = connected(record, near(links)) - connected(other, near(links), without=record)
    assert connected(record, near(left)) == beside
    assert all(record in link for link in gone)
    assert bool(gone) == (other in connected(record, near(links)))


RULES = {"name": Rule.VALUE, "phones": Rule.LIST, "notes": Rule.ONCE, "here": Rule.TALLY}


class TestComeToDiffer:
    def differing(self, shown: dict[str, object], own: dict[str, object]) -> list[tuple[str, str]]:
        return list(come_to_differ(RULES, shown, own))

    def test_members_that_agree_have_nothing_to_decide(self) -> None:
        same = {"name": "Ada", "phones": [{"id": "1", "value": "9"}], "notes": "Van.", "here": 3}
        other = {**same, "phones": [{"id": "2", "value": "9"}]}  # the same phone under another element
        assert self.differing(same, other) == []
        assert self.differing({}, {}) == []

    def test_a_value_that_differs_and_one_that_only_one_says(self) -> None:
        assert self.differing({"name": "Ada"}, {"name": "Bo"}) == [("name", "")]
        assert self.differing({}, {"name": "Bo"}) == [("name", "")]
        assert self.differing({"name": "Ada"}, {}) == [("name", "")]
        assert self.differing({"here": 3}, {"here": 4}) == [("here", "")]

    def test_each_element_that_the_head_lacks(self) -> None:
        own = {"phones": [{"id": "1", "value": "7"}, {"id": "2", "value": "8"}, {"id": "3", "value": "9"}]}
        assert self.differing({"phones": [{"id": "x", "value": "8"}]}, own) == [("phones", "1"), ("phones", "3")]

    def test_a_text_that_the_head_does_not_show_is_not_hidden_behind_it(self) -> None:
        assert self.differing({"notes": "Van."}, {"notes": "Van.\nFerry."}) == [("notes", "")]
        assert self.differing({}, {"notes": "Ferry."}) == [("notes", "")]
        assert self.differing({"notes": "Ferry.\nVan."}, {"notes": "Van.\nFerry."}) == []
        assert self.differing({"notes": "Van.\nFerry."}, {"notes": "Van."}) == []

    def test_a_text_of_another_form_is_compared_whole(self) -> None:
        assert texts(None) == frozenset()
        assert texts({"a": 1}) == texts({"a": 1}) != texts({"a": True})
