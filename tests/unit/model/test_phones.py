"""Phone numbers in one form, for the screen and for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.phones import phone_digits, shown_phone


@pytest.mark.parametrize("typed", ["8285550184", "828 555 0184", "(828) 555-0184", "+1 828.555.0184", "1-828-555-0184"])
def test_one_number_is_one_number_however_it_is_typed(typed: str) -> None:
    assert phone_digits(typed) == "8285550184"
    assert shown_phone(typed) == "(828) 555-0184"


def test_an_extension_is_shown_and_not_compared() -> None:
    assert phone_digits("828 555 0184 x12") == "8285550184"
    assert shown_phone("828 555 0184 x12") == "(828) 555-0184 ext. 12"


def test_a_number_of_another_country_keeps_its_country() -> None:
    assert phone_digits("+52 55 1234 5678") == "525512345678"
    assert shown_phone("+525512345678").startswith("+52 ")


@pytest.mark.parametrize("typed", ["555 0184", "ask at the desk", "", "12"])
def test_what_is_no_whole_number_is_shown_as_typed(typed: str) -> None:
    assert shown_phone(typed) == typed
    assert phone_digits(typed) == "".join(filter(str.isdigit, typed))


@given(st.text())
def test_nothing_typed_breaks_it(text: str) -> None:
    assert phone_digits(text).isdigit() or not phone_digits(text)
    assert isinstance(shown_phone(text), str)
