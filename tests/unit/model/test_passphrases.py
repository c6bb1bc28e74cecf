"""Passphrases: the trivially short are refused, the short are advised against, the good are left alone."""

import pytest

from outreach_app.model.passphrases import advice, refusal


@pytest.mark.parametrize("passphrase", ["", "     ", "a", "demo", "12345", "  abc   "])
def test_the_trivially_short_are_refused(passphrase: str) -> None:
    assert refusal(passphrase).startswith("Please choose a passphrase of 6 letters or more.")


@pytest.mark.parametrize("passphrase", ["sylva1", "mountain", "aaaaaaaaaaaaaaaa", "one one one one", "a b c d e"])
def test_the_short_may_be_chosen_and_are_advised_against(passphrase: str) -> None:
    assert refusal(passphrase) == ""
    assert "12 letters or more, or four words" in advice(passphrase)


@pytest.mark.parametrize("passphrase", ["kettle moss trio barn", "ox no we by", "Tr0ubador&301", "a town by the sea"])
def test_the_good_are_left_alone(passphrase: str) -> None:
    assert (refusal(passphrase), advice(passphrase)) == ("", "")
