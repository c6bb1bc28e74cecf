"""A cell typed over is the same write on every laptop that reads the file."""

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Slot, WriteId
from outreach_app.journal.typing_over import typed_over

SLOT = Slot("people", "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb", "town")
IDS = st.frozensets(st.builds(WriteId, st.binary(min_size=16, max_size=16), st.integers(0, 99)), max_size=3)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-99, 99), st.text(max_size=5))


@given(IDS, VALUES)
def test_reading_it_again_gives_the_same_write(shown: frozenset[WriteId], value: object) -> None:
    first, again = (typed_over(SLOT, frozenset(sorted(shown)), value, shown) for _ in range(2))
    assert first == again
    assert first.id.number == 0
    assert set(first.replaces) == shown
    assert first.value == value
    assert len(first.salt) == 16


@given(
    st.lists(st.tuples(IDS, VALUES.map(repr), st.sampled_from(["", "e1", "e2"])), min_size=2, max_size=2, unique=True)
)
def test_other_words_in_another_place_are_another_write(cases: list[tuple[frozenset[WriteId], str, str]]) -> None:
    made = {typed_over(SLOT._replace(element=element), shown, value, shown).id for shown, value, element in cases}
    assert len(made) == 2


def test_true_and_one_are_different_writes() -> None:
    assert typed_over(SLOT, frozenset(), True, frozenset()).id != typed_over(SLOT, frozenset(), 1, frozenset()).id
