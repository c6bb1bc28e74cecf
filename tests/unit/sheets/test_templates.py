"""Templates taken apart and filled, as other programs write them: between their bytes, none of which is lost."""

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.sheets.template_filling import fill
from outreach_app.sheets.template_parts import Styles
from outreach_app.sheets.templates import take_apart
from tests.helpers.templates import added, own_template, parts_of

PART = "xl/worksheets/sheet1.xml"
EXCEL = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"
 xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><dimension ref="A1:C4"/>
<cols><col min="1" max="1" width="9" style="1" customWidth="1"/></cols>
<sheetData><row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>
<c r="B1" t="inlineStr"><is><t>Town</t></is></c><c r="C1" t="inlineStr"><is><t>Both</t></is></c></row>
<row r="2" spans="1:3" ht="21" customHeight="1" x14ac:dyDescent="0.25"><c r="B2" s="1"/>
<c r="C2"><f t="shared" ref="C2:C3" si="0">A2&amp;" &gt; "&amp;B2</f><v>old</v></c></row>
<row r="3" spans="1:3" x14ac:dyDescent="0.25"><c r="C3"><f t="shared" si="0"/><v>old</v></c></row>
<row r="5" spans="1:3" s="1" customFormat="1"/></sheetData>
<conditionalFormatting sqref="A2:A9"><cfRule type="expression" priority="1"><formula>A2&gt;1</formula></cfRule>
</conditionalFormatting><extLst><ext uri="{x}"><x14ac:kept/></ext></extLst></worksheet>"""


def book(sheet: str, folder: Path) -> bytes:
    """A template whose first sheet is written so."""
    made = openpyxl.Workbook()
    cell = made["Sheet"]["A1"]
    cell.number_format = "0.00"
    made.save(folder / "made.xlsx")
    added(folder / "made.xlsx", {PART: sheet.encode()})
    return (folder / "made.xlsx").read_bytes()


def part(raw: bytes, name: str = PART) -> str:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return archive.read(name).decode()


@pytest.mark.filterwarnings("ignore:Unknown extension is not supported and will be removed")  # by that library
@pytest.mark.parametrize("many", [0, 1, 2, 4])
def test_what_excel_writes_beside_stays(tmp_path: Path, many: int) -> None:
    content = book(EXCEL, tmp_path)
    rows = [[f"<{number}>", "=Alarka"] for number in range(many)]
    made, count = fill(content, take_apart(content, ["Name", "Town"]), rows)
    assert count == many
    xml = part(made)
    start = EXCEL.replace('<dimension ref="A1:C4"/>', "")
    assert xml.startswith(start[: start.index('<row r="2"')])
    assert xml.endswith(EXCEL[EXCEL.index("</sheetData>") :])
    sheet = openpyxl.load_workbook(BytesIO(made))["Sheet"]
    assert [sheet.cell(2 + at, 1).value for at in range(many)] == [row[0] for row in rows]
    assert all(sheet.cell(2 + at, 2).data_type == "s" for at in range(many))
    numbers = [int(number) for number in re.findall(r'<row r="(\d+)"', xml)]
    assert numbers == sorted(set(numbers))
    assert ("<v>old</v>" in xml, 'ref="C2:C3"' in xml) == (False, True)
    if many > 2:
        assert sheet["C4"].value == '=A4&" > "&B4'
    assert sheet.row_dimensions[2].height == 21
    assert 'x14ac:dyDescent="0.25"' in xml[xml.index('<row r="2"') :]


def test_a_cell_that_is_not_there_has_the_style_of_its_column_or_row(tmp_path: Path) -> None:
    content = book(EXCEL, tmp_path)
    places = take_apart(content, ["Name", "Town"]).places
    assert (places["Name"].plain, places["Town"].plain) == (1, 1)
    assert len({places["Name"].plain, places["Name"].quoted, places["Name"].day, places["Name"].moment}) == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<worksheet", "<x:worksheet"),
        ('<row r="2"', "<row"),
        ('<c r="B2"', "<c"),
        ('s="1"/>\n<c r="C2"', 's="many"/>\n<c r="C2"'),
        ('style="1"', 'style="9999"'),
        ("</sheetData>", "</sheetdata>"),
        ("A2&amp;", "A2)&amp;"),
        ("A2&amp;", "'A2&amp;"),
        ("A2&amp;", "[A2&amp;"),
    ],
)
def test_what_no_program_writes_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in EXCEL
    content = book(EXCEL.replace(old, new), tmp_path)
    with pytest.raises(OutreachError):
        take_apart(content, ["Name", "Town"])


@pytest.mark.parametrize("at", [0, 40])
def test_a_part_that_cannot_be_read_is_said_at_once_and_not_when_it_is_filled(tmp_path: Path, at: int) -> None:
    path = own_template(tmp_path / "own.xlsx")
    added(path, {"xl/media/logo.png": random.Random(1).randbytes(99) * 9})
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        begins = archive.getinfo("xl/media/logo.png").header_offset + len("xl/media/logo.png") + 30
    raw[begins + at] ^= 0xFF
    with pytest.raises(BadInput, match="damaged or cut short"):
        take_apart(bytes(raw), ["Agency"])


def test_headings_are_found_whatever_their_case_and_accents(tmp_path: Path) -> None:
    content = own_template(tmp_path / "own.xlsx").read_bytes()
    template = take_apart(content, ["AGENCY", "born  in"])
    assert (template.first, [place.column for place in template.places.values()]) == (5, [3, 5])
    with pytest.raises(BadInput, match="no row with all of these headings: Agency, Nose"):
        take_apart(content, ["Agency", "Nose"])


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_any_text_reads_back_as_it_is(rows: list[list[str]]) -> None:
    from tempfile import TemporaryDirectory

    from outreach_app.sheets.cells import canonical, writable

    with TemporaryDirectory() as folder:
        content = own_template(Path(folder) / "own.xlsx").read_bytes()
    cells = [[writable(text) for text in row] for row in rows]
    made, _count = fill(content, take_apart(content, ["First name", "Agency"]), cells)
    sheet = openpyxl.load_workbook(BytesIO(made)).worksheets[0]
    told = [[canonical(sheet.cell(5 + at, column).value) for column in (1, 3)] for at in range(len(rows))]
    assert told == [[canonical(text) for text in row] for row in cells]


def test_styles_are_added_at_the_end_and_each_once(tmp_path: Path) -> None:
    raw = parts_of(own_template(tmp_path / "own.xlsx"))["xl/styles.xml"]
    styles = Styles(raw)
    known = len(re.findall(rb"<xf\b", raw[raw.index(b"<cellXfs") : raw.index(b"</cellXfs>")]))
    assert [styles.quoted(0), styles.quoted(0), styles.dated(0, False), styles.dated(0, True)] == [
        known,
        known,
        known + 1,
        known + 2,
    ]
    told = styles.raw()
    assert b'<cellXfs count="%d"' % (known + 3) in told
    assert told.replace(told[told.index(b"<cellXfs") : told.index(b"</cellXfs>")], b"") == raw.replace(
        raw[raw.index(b"<cellXfs") : raw.index(b"</cellXfs>")], b""
    )
