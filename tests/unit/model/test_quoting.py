"""Several texts in one, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.quoting import joined, parted

PART = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='";|\n'), min_size=1).map(str.strip)


@given(st.lists(PART.filter(bool)))
def test_what_was_joined_is_parted_alike(parts: list[str]) -> None:
    assert parted(joined(parts, ";"), ";\n") == parts
    assert parted(joined(parts, "|"), "|") == parts


@given(st.text())
def test_anything_can_be_parted(text: str) -> None:
    assert all(isinstance(part, str) for part in parted(text, ";\n"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("food; rides", ["food", "rides"]),
        ("food\nrides;", ["food", "rides"]),
        ('"rides; by appointment"; food', ["rides; by appointment", "food"]),
        ('the "blue" house; barn', ['the "blue" house', "barn"]),
        ('"never closed; barn', ['"never closed', "barn"]),
        ('"one" and two; three', ['"one" and two', "three"]),
        ('"a ""b"""', ['a "b"']),
        ("", []),
    ],
)
def test_people_part_texts_as_they_like(text: str, parts: list[str]) -> None:
    assert parted(text, ";\n") == parts
