"""Addresses as one line, and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.addresses import PARTS, parsed, shown
from outreach_app.model.errors import BadInput

PART = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters='";|,():'), min_size=1)
ADDRESS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["physical", "postal"])},
    optional={part: PART.map(str.strip).filter(bool) for part in PARTS},
).filter(lambda address: len(address) > 1)


@given(ADDRESS, st.sampled_from(["en", "es"]))
def test_what_is_shown_reads_back(address: dict[str, Any], language: str) -> None:
    assert parsed(shown(address, language)) == address


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (
            {"street": "12 Main St", "town": "Bryson City", "state": "NC", "zip": "28713"},
            "12 Main St, Bryson City, NC 28713",
        ),
        (
            {"name": "Mill House", "street": "8 Middle Ave, Room 2", "town": "Elm", "state": "CA", "zip": "94025-9881"},
            "Mill House: 8 Middle Ave, Room 2, Elm, CA 94025-9881",
        ),
        ({"town": "Bryson City"}, "Bryson City"),
        ({"town": "Bryson City", "state": "NC"}, "Bryson City, NC"),
        ({"street": "12 Main St"}, "12 Main St"),
        ({"zip": "28713"}, "28713"),
        ({"street": "Old mill"}, "| Old mill"),
        ({"name": "Fire hall"}, "Fire hall |"),
    ],
)
def test_it_is_written_the_way_people_do_where_that_reads_back(address: dict[str, str], line: str) -> None:
    assert shown({"kind": "physical", **address}) == line
    assert shown({"kind": "postal", **address}, "en") == f"{line} (Mailing address)"
    assert parsed(line) == {"kind": "physical", **address}


def test_an_address_without_anything_in_it_is_none() -> None:
    with pytest.raises(BadInput):
        parsed("| |")
    with pytest.raises(BadInput):
        parsed(", ,")
