"""Tables out of any file; one that would end its reader ends only the process that reads it."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.sheets.tables import read_tables, tables_of


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B3"], sheet["C3"], sheet["B5"] = "Name", "Town", "Ada"
    book.save(path)
    return path


def with_a_far_cell(path: Path) -> Path:
    """A workbook of two cells, the second in the last place a sheet has."""
    plain = workbook(path.with_name("plain.xlsx"))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
                raw = raw.replace(b"</sheetData>", far)
            target.writestr(name, raw)
    return path


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    (table,) = tables_of(workbook(tmp_path / "book.xlsx"))
    assert list(table.numbers) == [3, 5]
    assert [list(row)[-2:] for row in table.rows] == [["Name", "Town"], ["Ada", ""]]


def test_a_prefix_comes_off_what_a_csv_cell_holds(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Note\n'=Ada,'tis\n", "utf-8")
    (table,) = read_tables(path)
    assert list(table.rows[1]) == ["=Ada", "'tis"]


def test_a_cell_far_out_ends_nothing_here(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="cannot be read"):
        tables_of(with_a_far_cell(tmp_path / "far.xlsx"))


def test_what_is_no_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04torn")
    (tmp_path / "empty.csv").write_bytes(b"")
    for name, fault in (("gone.csv", NotFound), ("torn.xlsx", Damaged), ("empty.csv", BadInput)):
        with pytest.raises(fault):
            tables_of(tmp_path / name)
