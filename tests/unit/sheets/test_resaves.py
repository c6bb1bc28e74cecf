"""LibreOffice opens what was written, repairs nothing, and what it saves again is known as untouched."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.helpers.office_programs import needs_office, saved_as

pytestmark = needs_office

PAYLOADS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://a.example")', "=cmd|' /C calc'!A0", "'=1", "\t=1"]
ODD = [
    " padded ",
    "a; b",
    "“curly”",
    "007",
    "02139",
    "9.19E+09",
    "2026-11-21",
    "TRUE",
    "e\u0301",
    "two\nlines",
    "a\r\nb",
    "1/2",
]
STRANGE = [
    "\x00\x1f",
    "_x0041_",
    "_x005F_x0041_",
    "[K7Q4M2X]",
    "#REF!",
    "#N/A",
    "é" * 300,
    "漢字 and ع",
    "🙂",
    "1,5",
    "3%",
    "$5",
]


def things(maker: Any) -> list[Any]:
    made = []
    for number, text in enumerate([*PAYLOADS, *ODD, *STRANGE]):
        made.append(
            maker.thing(
                name=text,
                story=text,
                said=text,
                day=["2026-11-21", "2026-11", "2026", "1899-12-31", "1900-03-01"][number % 5],
                starts=["2026-11-21T10:42:07-05:00", "2026-11-21T00:00:00-05:00", "2026-01-01T23:59:59+00:00"][
                    number % 3
                ],
                seats=[number, -number, 10**15 - 1, 10**17][number % 4],
                heads=number,
                open=bool(number % 2),
                sort="tabling",
                where="37173",
                zip=["02139", "28713-0001"][number % 2],
                tag=text,
                phones=[{"number": "828 555 0112", "kind": "mobile"}, {"number": text}],
                emails=[f"p{number}@a.example"],
                needs=["food", "asl"][: number % 3],
                words=[text, "plain"],
                addresses=[
                    {"kind": "physical", "street": "1 Main St", "town": "Bryson City", "state": "NC", "zip": "28713"}
                ],
            )
        )
    return made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def resaved(office: Path, content: bytes, kind: str) -> bytes:
    """What LibreOffice makes of a workbook."""
    source = office / "book.xlsx"
    source.write_bytes(content)
    return saved_as(source, kind, office / kind).read_bytes()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_resaved_workbook_is_untouched(maker, office, kind):
    records = things(maker)
    book = maker.read(resaved(office, maker.written(*records), kind))
    assert book.signer is not None
    assert book.remarks == ()
    touched = [(row.number, row.typed, row.set_aside) for row in book.rows if not row.untouched]
    assert touched == []
    for record, row in zip(records, book.rows, strict=True):
        said = {each.write.id: each.write.value for each in row.taught()}
        assert said == {each.write.id: each.write.value for writes in record.standing.values() for each in writes}
    if kind != "xls":
        assert book.export == b"e" * 16


def test_no_program_takes_a_text_for_a_formula(maker, office, tmp_path):
    content = resaved(office, maker.written(*things(maker)), "xlsx")
    (tmp_path / "book.xlsx").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    names = [row[0].value for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["Things"].iter_rows(min_row=2)]
    assert names[: len(PAYLOADS) - 1] == PAYLOADS[:-1]


def test_tables_and_lists_survive(maker, office, tmp_path):
    content = resaved(office, maker.written(*things(maker)), "xlsx")
    (tmp_path / "book.xlsx").write_bytes(content)
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["Things"]
    assert "things" in sheet.tables
    assert any(each.type == "list" for each in sheet.data_validations.dataValidation)
