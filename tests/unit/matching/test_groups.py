"""Groups of what is one: by how alike their members are on the whole, never by a chain."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.groups import groups

PAIRS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.floats(2, 30)).filter(lambda pair: pair[0] < pair[1]),
    max_size=30,
    unique_by=lambda pair: pair[:2],
)


def test_what_nobody_proposed_is_in_no_group() -> None:
    assert groups([]) == []
    assert groups([("a", "b", 9.0)]) == [["a", "b"]]
    assert groups([("a", "b", 9.0), ("c", "d", 3.0)]) == [["a", "b"], ["c", "d"]]


def test_a_chain_does_not_make_one_of_all() -> None:
    chain = [(at, at + 1, 8.0) for at in range(80)]
    assert max(map(len, groups(chain))) <= 3


def test_three_who_are_each_alike_are_one() -> None:
    assert groups([("a", "b", 9.0), ("b", "c", 9.0), ("a", "c", 2.5)]) == [["a", "b", "c"]]


def test_the_more_alike_come_together_first() -> None:
    assert groups([("b", "c", 4.0), ("a", "b", 10.0)]) == [["b", "a"]]


@pytest.mark.parametrize("least", [0.0, 5.0])
@given(PAIRS, st.randoms(use_true_random=False))
def test_each_is_in_one_group_and_in_the_same_whatever_comes_first(
    least: float, pairs: list[tuple[int, int, float]], dice: random.Random
) -> None:
    found = groups(pairs, least)
    members = [each for group in found for each in group]
    assert len(members) == len({*members})
    assert all(len(group) > 1 for group in found)
    named = {frozenset(pair[:2]): pair[2] for pair in pairs}
    for group in found:
        assert any(frozenset((one, other)) in named for one in group for other in group)
    turned = list(pairs)
    dice.shuffle(turned)
    if len({pair[2] for pair in pairs}) == len(pairs):  # of pairs that are alike to the bit either may come first
        again = groups(turned, least)
        assert len({frozenset(each) for each in again}) == len(again)


def test_two_that_are_not_one_are_in_no_group_whatever_stands_between_them() -> None:
    pairs = [("a", "b", 12.0), ("b", "c", 12.0), ("c", "a", -math.inf)]
    assert groups(pairs) == [["a", "b"]]
    between = [(each, far, 12.0) for each in ("b", "d", "e", "f") for far in ("a", "c")]
    for group in groups([*between, ("a", "c", -math.inf)]):
        assert not {"a", "c"} <= {*group}
