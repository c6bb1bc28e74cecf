"""Secrets as words."""

import pytest
from mnemonic import Mnemonic

from outreach_app.model.errors import BadInput
from outreach_app.store.spoken_words import spoken, word_list


def test_the_list_is_that_of_bip_39_and_four_letters_tell_its_words() -> None:
    assert word_list() == Mnemonic("english").wordlist
    assert len({word[:4] for word in word_list()}) == 2**11


def test_words_are_known_however_they_are_typed() -> None:
    assert spoken("1. ZOO\n2. act—aban, Act\tyear") == ["zoo", "act", "abandon", "act", "year"]
    assert spoken(" 12 ") == []


def test_what_is_no_word_is_named() -> None:
    with pytest.raises(BadInput, match="xylophone"):
        spoken("zoo xylophone act")
