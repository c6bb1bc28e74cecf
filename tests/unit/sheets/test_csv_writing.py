"""No cell of a CSV file begins a formula, and what was meant comes back whole."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach_app.sheets.csv_files import table_of
from outreach_app.sheets.csv_writing import csv_bytes, dialled, prefixed, unprefixed


@given(st.text())
@example("'=1+1")
@example("''@x")
@example("'")
def test_a_prefix_comes_off_again(text: str) -> None:
    assert unprefixed(prefixed(text)) == text
    assert prefixed(text)[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize(
    ("number", "cell"), [("+1 828 555 0184", "+1 828 555 0184"), ("+1-828", "'+1-828"), ("=1", "'=1")]
)
def test_a_number_that_a_program_calls_stays_one(number: str, cell: str) -> None:
    assert dialled(number) == cell
    assert unprefixed(cell) == number


def test_a_file_has_its_mark_and_reads_back() -> None:
    raw = csv_bytes(["Name", "Town"], [["José, “Pepe”", "two\nlines"], ['say "hi"', 3]])
    assert raw.startswith(b"\xef\xbb\xbf")
    table = table_of(raw, "people.csv")
    assert table.headings == ("Name", "Town")
    assert table.rows == (("José, “Pepe”", "two\nlines"), ('say "hi"', "3"))
