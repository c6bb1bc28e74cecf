"""The review workbook lists all that a coordinator is to look at."""

from io import BytesIO

import openpyxl

from outreach_app.sheets.accounts import SAME, Account, FileAccount
from outreach_app.sheets.reviews import Alike, Conflict, Review, Version, write_review


def test_what_it_lists():
    file = FileAccount("one.xlsx")
    file.note("people", SAME)
    file.put_aside("people", "People", 7, "=1+1")
    file.remarks.append("left as it was")
    account = Account([file, FileAccount("two.xlsx", error="The file is empty.")])
    clock = 1_790_000_000_000_000
    versions = (Version("828 555 0112", "Ada", clock, True), Version("828 555 0113", "Ben", clock))
    review = Review(
        "Pine County Health",
        clock,
        account,
        [Conflict("People", "Ada Crowe", "0A1B2C3D4E5", "Phones", versions)],
        [Alike("People", "A", "1", "B", "2", 71, "name"), Alike("People", "C", "3", "D", "4", 93, "phone")],
        about=("Merged from 2 files",),
    )
    target = BytesIO()
    size = write_review(target, review)
    assert size == len(target.getvalue())
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Read me", "To decide", "Perhaps the same", "Set aside", "Left alone"]
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book}
    assert [row[4:6] + row[7:8] for row in rows["To decide"]] == [
        ["828 555 0112", "Ada", "Yes"],
        ["828 555 0113", "Ben", None],
    ]
    assert [row[5] for row in rows["Perhaps the same"]] == [93, 71]
    assert rows["Set aside"] == [["two.xlsx", None, None, "The file is empty."], ["one.xlsx", "People", 7, "=1+1"]]
    assert book["Set aside"]["D3"].data_type == "s"
    assert rows["Left alone"] == [["one.xlsx", "left as it was"]]
    assert book["To decide"].tables["to_decide"].ref == "A1:K3"
    assert ["To decide", 1] in rows["Read me"]  # one thing, whatever is said of it
    assert [None, "Merged from 2 files"] in rows["Read me"]


def test_nothing_to_review_is_a_workbook_too():
    target = BytesIO()
    write_review(target, Review("Pine", 0, Account(), language="es"))
    assert len(openpyxl.load_workbook(target).sheetnames) == 5
