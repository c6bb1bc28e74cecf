"""Rows as XML say what openpyxl would have said."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from outreach_app.sheets.part_rows import RowWriter, letters


def test_letters_of_columns():
    places = [*range(1, 800), 16_384]
    assert [letters(place) for place in places] == [get_column_letter(place) for place in places]


@pytest.mark.parametrize(
    "cell",
    [
        "text",
        " padded ",
        "<&>\"'",
        "_x0041_",
        "two\nlines",
        3,
        -7,
        10**14,
        date(2026, 11, 21),
        datetime(2026, 11, 21, 10, 42, 7),
    ],
)
def test_a_cell_reads_as_openpyxl_would_have_written_it(cell):
    part = BytesIO()
    rows = RowWriter(part, [(0, 0)] * 2, 1)
    rows.add([None, cell])
    rows.flush()
    book = openpyxl.Workbook()
    book.active["B1"] = cell
    saved = BytesIO()
    book.save(saved)
    expected = openpyxl.load_workbook(saved).active["B1"]
    raw = part.getvalue().decode()
    assert raw.startswith('<row r="1"><c r="B1"')
    if isinstance(cell, str):
        assert "<f>" not in raw
    else:
        value = float(raw.split("<v>")[1].split("</v>")[0])
        number = expected.value if isinstance(cell, int) else openpyxl.utils.datetime.to_excel(expected.value)
        assert value == pytest.approx(number, abs=1e-9)
