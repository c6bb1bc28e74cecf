"""The six spoken words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from outreach_app.model.errors import BadInput
from outreach_app.sync.words import draw_code, normal_code

LIST = Mnemonic("english").wordlist
codes = st.lists(st.sampled_from(LIST), min_size=6, max_size=6)


def test_six_words_are_sixty_six_bits() -> None:
    assert len(set(LIST)) == 2**11
    assert len({word[:4] for word in LIST}) == 2**11


def test_codes_are_six_words_of_the_list_and_not_twice_the_same() -> None:
    drawn = [draw_code() for _ in range(50)]
    assert len(set(drawn)) == 50
    assert all(len(code.split()) == 6 and set(code.split()) <= set(LIST) for code in drawn)


@given(codes, st.sampled_from([" ", "-", "  ", ", ", "\n", " – "]), st.booleans(), st.booleans())
def test_a_code_is_known_however_it_is_typed(words: list[str], between: str, loud: bool, short: bool) -> None:
    typed = between.join(word[:4] if short else word for word in words)
    assert normal_code(f" {typed.upper() if loud else typed}\n") == " ".join(words)


def test_numbers_before_the_words_do_no_harm() -> None:
    assert normal_code("1. zoo 2. act 3. able 4. zone 5. actor 6. year") == "zoo act able zone actor year"


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(BadInput, match="xylophone"):
        normal_code("zoo act able zone actor xylophone")
    with pytest.raises(BadInput, match="5"):
        normal_code("zoo act able zone actor")
    with pytest.raises(BadInput, match="0"):
        normal_code("")
