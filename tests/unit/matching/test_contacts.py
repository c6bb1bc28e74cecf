"""Phones, e-mails, websites and streets come to one form however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.contacts import domain_of, email_key, keys_of, last_ten_digits, street_key


@pytest.mark.parametrize(
    "typed",
    [
        "828 555 0112",
        "(828) 555-0112",
        "828.555.0112",
        "+1 828 555 0112",
        "1-828-555-0112",
        "828 555 0112 x12",
        "828 555 0112 ext. 4385",
        "828 555 0112 Ext 4385",
        "828-555-0112x7",
        "828 555 0112, 12",
        "(828) 555-0112 (ext 5)",
        "828 555 0112 #4",
    ],
)
def test_a_phone_is_its_last_ten_digits_without_extension(typed: str) -> None:
    assert last_ten_digits(typed) == "8285550112"


@pytest.mark.parametrize("typed", ["", "555 0112", "none", "000-000-0000", "123-456-7890", "999 999 9999", "x12"])
def test_what_is_no_phone_of_anybody_gives_nothing(typed: str) -> None:
    assert last_ten_digits(typed) == ""


@given(st.from_regex(r"[2-9]\d{9}", fullmatch=True), st.lists(st.sampled_from(" -.()"), min_size=4, max_size=4))
def test_marks_between_digits_make_no_difference(digits: str, marks: list[str]) -> None:
    a, b, c, d = marks
    assert last_ten_digits(f"{a}{digits[:3]}{b}{digits[3:6]}{c}{digits[6:]}{d}") == last_ten_digits(digits)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ada.Crowe@Example.ORG ", "ada.crowe@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("<ada@example.org>", "ada@example.org"),
        ("Ada.Crowe+fair@gmail.com", "adacrowe@gmail.com"),
        ("adacrowe@googlemail.com", "adacrowe@gmail.com"),
        ("none@example.org", ""),
        ("no e-mail", ""),
        ("ada@", ""),
        ("ada@local", ""),
    ],
)
def test_emails(typed: str, key: str) -> None:
    assert email_key(typed) == key


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("http://www.samaritanhouse.example/about?x=1", "samaritanhouse.example"),
        ("samaritanhouse.example", "samaritanhouse.example"),
        ("info@samaritanhouse.example", "samaritanhouse.example"),
        ("https://www.facebook.com/ourchurch", ""),
        ("somebody@gmail.com", ""),
        ("not yet", ""),
        ("", ""),
    ],
)
def test_only_a_domain_of_their_own_counts(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2600 Middlefield Road", "2600 middlefield rd."),
        ("24 Second Avenue", "24 2nd Ave"),
        ("1044 Middlefield Road, Suite 4", "1044 Middlefield Rd"),
        ("P.O. Box 1147", "PO Box 1147"),
    ],
)
def test_streets_written_two_ways_are_one(one: str, other: str) -> None:
    assert street_key(one) == street_key(other) != ""


def test_a_street_without_a_number_says_nothing() -> None:
    assert street_key("Main Street") == ""


def test_keys_of_many() -> None:
    assert keys_of(["828 555 0112", "n/a"]) == {"8285550112"}
    assert keys_of(["A@B.org", "?"], email=True) == {"a@b.org"}
