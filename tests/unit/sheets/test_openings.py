"""What is no workbook is said in a sentence; nothing crashes."""

import random
import zipfile
from io import BytesIO
from pathlib import Path
from time import process_time

import openpyxl
import pytest
from openpyxl.comments import Comment

from outreach_app.model.errors import BadInput, Damaged, NotFound, OutreachError
from outreach_app.sheets.beside_cells import beside_xlsx
from outreach_app.sheets.marks import TITLE
from outreach_app.sheets.openings import open_workbook, read_here
from outreach_app.sheets.reading import read_workbook
from tests.helpers.templates import added, parts_of


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "fault", "says"),
    [
        (b"", BadInput, "empty"),
        (b"name,town\nMae,Alarka\n", BadInput, "not a workbook. It is text"),
        (b"%PDF-1.7", BadInput, "not a workbook. It is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0", BadInput, "not a workbook. It is a picture"),
        (b"<html><table>", BadInput, "not a workbook. It is a web page"),
        (b"\x89OUTINV\n\0", BadInput, "not a workbook. It is a file of Outreach"),
        (b"\0\1\2", BadInput, "not a workbook. Choose a file"),
        (zipped(word__document=b"<w/>"), BadInput, "not a workbook. It is a packed file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            BadInput,
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Damaged, "damaged"),
        (b"PK\x03\x04" + b"\0" * 40, Damaged, "damaged"),
        (zipped(xl__workbook=b"<"), Damaged, "damaged"),
    ],
)
def test_each_fault_has_its_sentence(maker, content, fault, says):
    with pytest.raises(fault, match=says):
        maker.read(content)


def test_a_workbook_cut_short_anywhere(maker):
    content = maker.written(maker.thing(name="Ada"))
    for cut in range(1, 20):
        with pytest.raises(OutreachError):
            maker.read(content[: len(content) * cut // 20])


def test_a_workbook_with_bytes_overwritten_never_crashes(maker):
    content = maker.written(*(maker.thing(name=f"Ada {number}") for number in range(20)))
    chance = random.Random(7)
    read = 0
    for _try in range(150):
        spoilt = bytearray(content)
        start = chance.randrange(len(spoilt))
        spoilt[start : start + 8] = chance.randbytes(min(8, len(spoilt) - start))
        try:
            maker.read(bytes(spoilt))
            read += 1
        except OutreachError:
            continue
    assert read < 150


def test_somebody_elses_workbook_is_said_to_be(maker):
    book = openpyxl.Workbook()
    book.active.append(["Budget", "Amount"])
    book.active.append(["Chairs", 12])
    made = BytesIO()
    book.save(made)
    with pytest.raises(BadInput, match="no sheet that Outreach can merge"):
        maker.read(made.getvalue())


def test_files_that_are_not_there(maker, tmp_path: Path):
    with pytest.raises(NotFound, match=r"There is no file gone\.xlsx"):
        read_workbook(tmp_path / "gone.xlsx", maker.registry)
    with pytest.raises(NotFound):
        read_workbook(tmp_path, maker.registry)
    (tmp_path / "there.xlsx").write_bytes(maker.written(maker.thing(name="Ada")))
    assert len(read_workbook(tmp_path / "there.xlsx", maker.registry).rows) == 1
    with (tmp_path / "there.xlsx").open("rb") as file:
        assert len(read_workbook(file, maker.registry).rows) == 1


def test_what_unpacks_to_far_too_much(maker, monkeypatch):
    monkeypatch.setattr("outreach_app.sheets.openings._LARGEST", 1_000)
    with pytest.raises(BadInput, match="unpacks to far more"):
        read_here(maker.written(maker.thing(name="Ada")))


@pytest.mark.parametrize("kind", ["marked", "not"])
def test_a_cell_far_out_ends_only_the_process_that_reads_it(maker, kind):
    """Calamine makes room for all the cells up to it, and aborts."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "here", "far"
    if kind == "marked":
        book.create_sheet(TITLE)
    made = BytesIO()
    book.save(made)
    with pytest.raises(BadInput, match="Cell XFD1048576 of the sheet Sheet holds something"):
        maker.read(made.getvalue())


def test_cells_with_errors_are_found():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "A & B"
    sheet["B2"].value, sheet["B2"].data_type = "#REF!", "e"
    sheet["C3"] = "=1/0"
    sheet["D4"] = "fine"
    made = BytesIO()
    book.save(made)
    opened = open_workbook(made.getvalue())
    assert opened.failed("A & B") == {(2, 2), (3, 3)}
    assert opened.failed("nowhere") == frozenset()
    assert opened.export == b""


@pytest.mark.parametrize("begun", [b'<comment ref="A1">', b"<comment ", b'<comment ref="A1">words'])
def test_comments_that_never_end_are_gone_through_once(tmp_path: Path, begun: bytes):
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"].comment = Comment("Call early", "Ada")
    book.save(tmp_path / "book.xlsx")
    [name] = [each for each in parts_of(tmp_path / "book.xlsx") if "comments/" in each]
    said = parts_of(tmp_path / "book.xlsx")[name]
    added(tmp_path / "book.xlsx", {name: said.replace(b"</commentList>", begun * 30_000 + b"</commentList>")})
    began = process_time()
    found = beside_xlsx((tmp_path / "book.xlsx").read_bytes(), ["Sheet"])
    assert found["Sheet"].comments == {(2, 2): "Call early"}
    assert process_time() - began < 2
