"""Which letters of a name are marked as those that were typed; and what a contact is taken to be."""

import pytest

from ui.pages.event_finders import begun
from ui.pages.event_forms import contact, contact_fault


@pytest.mark.parametrize(
    ("typed", "name", "marked"),
    [
        ("maria elena f", "Mª Elena Fuentes Ruiz", "Mª Elena F"),
        ("Thad", "Thaddeus Oxendine", "Thad"),
        ("thaddeus oxendine", "Thaddeus Oxendine", "Thaddeus Oxendine"),
        ("oxendine", "Thaddeus Oxendine", ""),
        ("Fuentes Maria", "María Fuentes", ""),
        ("Thad Ox", "Thaddeus", ""),
        ("Thadx", "Thaddeus Oxendine", ""),
        ("", "Thaddeus Oxendine", ""),
        ("828 555", "Rosa Bell", ""),
    ],
)
def test_the_letters_typed_are_marked_where_the_name_begins_with_them(typed: str, name: str, marked: str) -> None:
    assert name[: begun(typed, name)] == marked


def test_phones_and_addresses_are_told_apart() -> None:
    told = contact("828 555 0144; rosa@example.org, ,(828) 555-0145")
    assert [phone["number"] for phone in told["phones"]] == ["828 555 0144", "(828) 555-0145"]
    assert told["emails"] == ("rosa@example.org",)
    assert contact("  ") == {"phones": (), "emails": ()}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("828 555 0144, rosa@example.org", ""),
        ("555 0144", ""),
        ("", ""),
        ("828 555 014", "This has 9 digits; US numbers have ten."),
        ("8", "This has one digit; US numbers have ten."),
        ("rosa@example.org, 82855501444", "This has 11 digits; US numbers have ten."),
    ],
)
def test_a_number_that_cannot_be_right_is_remarked_on(written: str, fault: str) -> None:
    assert contact_fault(written) == fault
