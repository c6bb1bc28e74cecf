"""CSV files of any common encoding and separator become the same table, and what is none says so."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.sheets.csv_files import SEPARATORS, read_csv

TEXT = "Name,Town\nJosé Peña,Bryson City\n"


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_every_common_encoding_gives_the_same_table(tmp_path: Path, encoding: str, told: str) -> None:
    table = read_csv(written(tmp_path, TEXT.encode(encoding)))
    assert (table.headings, table.rows) == (("Name", "Town"), (("José Peña", "Bryson City"),))
    assert table.encoding == told


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(tmp_path: Path, separator: str, end: str) -> None:
    text = TEXT.replace(",", separator).replace("\n", end)
    table = read_csv(written(tmp_path, text.encode()))
    assert (table.headings, table.rows) == (("Name", "Town"), (("José Peña", "Bryson City"),))
    assert table.separator == separator


def test_a_separator_inside_cells_is_not_taken_for_the_separator(tmp_path: Path) -> None:
    text = 'Name;Address;Notes\nAda;"4 Oak St, Sylva, NC";a, b, c\nTom;Boone;d, e\n'
    table = read_csv(written(tmp_path, text.encode()))
    assert table.separator == ";"
    assert table.rows[0] == ("Ada", "4 Oak St, Sylva, NC", "a, b, c")


def test_the_line_by_which_excel_names_the_separator(tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, b"sep=;\nName;Town\nAda;Sylva\n"))
    assert table.headings == ("Name", "Town")
    assert table.numbers == (3,)


def test_rows_keep_the_numbers_people_see_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, b'Name,Notes\n\nAda,"two\nlines"\n,\nTom,\n'))
    assert table.rows == (("Ada", "two\nlines"), ("Tom", ""))
    assert table.numbers == (3, 5)


def test_no_cell_is_dropped_from_a_row_that_is_too_long_and_short_ones_are_filled(tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, b"Name,Town\nAda,Sylva,NC\nTom\n"))
    assert table.headings == ("Name", "Town", "")
    assert table.rows == (("Ada", "Sylva", "NC"), ("Tom", "", ""))


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, b"Name\nAda\nTom\n"))
    assert (table.headings, table.rows) == (("Name",), (("Ada",), ("Tom",)))


def test_quotes_in_mid_cell_are_let_pass(tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, b'Name,Notes\nAda,5" pipe\nTom,"big" table\nLena,"a ""b"" c"\n'))
    assert table.rows[0] == ("Ada", '5" pipe')
    assert table.rows[1][0] == "Tom"
    assert table.rows[2] == ("Lena", 'a "b" c')


@pytest.mark.parametrize("raw", [b"", b"  \n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf,,\n,,\n"])
def test_an_empty_file_says_so(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BadInput, match=r"^“people\.csv” is empty\.$"):
        read_csv(written(tmp_path, raw))


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1", b"a,b\n\x00,c", b"%PDF-1.7\n\x01\x02", b"\xff\xfea\x00\x00"],
)
def test_what_is_no_csv_says_so(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BadInput, match="is no CSV file"):
        read_csv(written(tmp_path, raw))


@pytest.mark.parametrize("before", [b"", b'"a"b,c\n'])
def test_a_file_that_breaks_off_in_a_quoted_cell_is_damaged(tmp_path: Path, before: bytes) -> None:
    with pytest.raises(Damaged, match="breaks off"):
        read_csv(written(tmp_path, b"Name,Notes\n" + before + b'Ada,"and then\nTom,b\n'))


def test_a_cell_beyond_all_measure_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="line"):
        read_csv(written(tmp_path, b"Name,Notes\nAda," + b"x" * 200_000 + b"\n"))


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file “gone\.csv”"):
        read_csv(tmp_path / "gone.csv")
    with pytest.raises(BadInput, match="is a folder"):
        read_csv(tmp_path)


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8).filter(str.strip)


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example([[";", ";", ";"], [";", ";", ";"]], ",", "utf-8")  # taken for separators, they gave wider rows than the commas
@example([[";", ",", "a"], ["|", ";", "b"]], "\t", "utf-8")
def test_what_a_spreadsheet_wrote_reads_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_csv(written(tmp_path_factory.mktemp("csv"), out.getvalue().encode(encoding)))
    assert [list(row) for row in table.rows] == rows[1:]
    assert table.headings == tuple(cell.strip() for cell in rows[0])


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = written(tmp_path_factory.mktemp("csv"), raw)
    with suppress(BadInput, Damaged):
        table = read_csv(path)
        assert all(len(row) == len(table.headings) for row in table.rows)
        assert len(table.numbers) == len(table.rows)
