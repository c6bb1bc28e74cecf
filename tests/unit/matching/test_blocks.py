"""Pairs to compare grow with the rows; rarity tells the rare from the common."""

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.blocks import BLOCK, ROW, Blocks, Rarity


def pairs_to_compare(rows: list[set[str]], block: int = BLOCK) -> list[tuple[int, int]]:
    blocks = Blocks()
    blocks.add(rows, block)
    return [*blocks.pairs()]


keys = st.lists(st.sets(st.sampled_from("abcdef"), max_size=3), max_size=12)


@given(keys)
def test_pairs_are_those_that_share_a_key_few_share(rows: list[set[str]]) -> None:
    limit = 4
    few = {key for key in "abcdef" if sum(key in own for own in rows) <= limit}
    expected = {(i, j) for j in range(len(rows)) for i in range(j) if rows[i] & rows[j] & few}
    found = pairs_to_compare(rows, limit)
    assert sorted(found) == sorted(expected)


@given(keys, keys)
def test_keys_of_two_sorts_each_have_their_own_limit(rows: list[set[str]], others: list[set[str]]) -> None:
    blocks = Blocks()
    blocks.add(rows, 4)
    blocks.add(others, 2)
    assert sorted(blocks.pairs()) == sorted({*pairs_to_compare(rows, 4), *pairs_to_compare(others, 2)})


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
