"""What a cell says stays the same through what other programs do to it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.sheets.cells import (
    LONGEST,
    canonical,
    canonical_row,
    cell_digest,
    row_digest,
    row_texts,
    writable,
)

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.dates(),
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from([" a ", "\xa0b\xa0", "é", "e\u0301", "“q”", "a\r\nb", "_x005F_x0041_", "\x1f", ""]),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (3, 3.0),
        (3, "3"),
        ("02139", " 02139 "),
        (date(2026, 11, 21), datetime(2026, 11, 21)),
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 10, 42, 7), datetime(2026, 11, 21, 10, 42, 6, 999_700)),
        ("José", "Jose\u0301"),
        ("don't", "don’t"),
        ("a b", "a\xa0b"),
        ("one\ntwo", "one\r\ntwo"),
        ("_x0041_", "_x005F_x0041_"),
        (None, ""),
        (None, "  "),
        (True, 1.0),
    ],
)
def test_the_same_cell_after_other_programs(one: object, other: object) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3", "03"),
        (3, 3.5),
        ("a b", "ab"),
        ("José", "Jose"),
        ("Ada", "ada"),
        ("", "0"),
        (date(2026, 11, 2), date(2026, 2, 11)),
    ],
)
def test_cells_that_differ(one: object, other: object) -> None:
    assert canonical(one) != canonical(other)


def test_times_and_spans_have_a_text() -> None:
    assert canonical(time(10, 5)) == "10:05:00"
    assert canonical(timedelta(minutes=90)) == "1:30:00"


@given(st.lists(CELLS, min_size=1, max_size=8))
def test_a_row_is_its_cells(cells: list[object]) -> None:
    texts = [canonical(cell) for cell in cells]
    assert row_texts(canonical_row(cells)) == texts


@given(CELLS)
def test_canonical_is_settled(cell: object) -> None:
    text = canonical(cell)
    assert canonical(text) == text


def test_a_row_of_another_record_has_another_digest() -> None:
    assert row_digest("Ada", b"1" * 16) != row_digest("Ada", b"2" * 16)
    assert len(row_digest("Ada", b"1" * 16)) == 8


def test_neighbouring_changes_always_show() -> None:
    assert cell_digest("828 555 0112") != cell_digest("828 555 0113")
    assert cell_digest("") == 0


def test_what_a_cell_cannot_hold_is_shown_otherwise() -> None:
    assert writable("a\x00b\x1bc") == "a␀b␛c"
    assert writable("a\r\nb\tc") == "a\nb\tc"
    assert len(writable("x" * 40_000)) == LONGEST
    assert writable("x" * 40_000).endswith("…")
    assert writable("plain") == "plain"
    assert writable("a\ufffeb") == "a\ufffdb"
