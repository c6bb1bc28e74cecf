"""Pairs to compare grow with the rows; rarity tells the rare from the common."""

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.blocks import ROW, Rarity, pairs_to_compare

keys = st.lists(st.sets(st.sampled_from("abcdef"), max_size=3), max_size=12)


@given(keys)
def test_pairs_are_those_that_share_a_key_few_share(rows: list[set[str]]) -> None:
    limit = 4
    few = {key for key in "abcdef" if sum(key in own for own in rows) <= limit}
    expected = {(i, j) for j in range(len(rows)) for i in range(j) if rows[i] & rows[j] & few}
    assert pairs_to_compare(rows, block=limit) == expected


def test_work_grows_with_the_rows_not_their_square() -> None:
    def compared(rows: int) -> int:
        return len(pairs_to_compare([{f"own{row}", f"block{row // 30}", "everybody"} for row in range(rows)]))

    assert compared(6_000) <= 2 * compared(3_000) + 1


def test_a_rare_word_says_more() -> None:
    rarity = Rarity({ROW: 100, "garcia": 90, "oxendine": 1})
    assert rarity.bits("oxendine") > rarity.bits("garcia") > 0
    assert rarity.bits("nobody") >= rarity.bits("oxendine")


def test_few_rows_prove_no_name_common() -> None:
    assert Rarity({ROW: 2, "crowe": 2}).bits("crowe") > 6
