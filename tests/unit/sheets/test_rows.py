"""Rows and columns are found again wherever people put them."""

from io import BytesIO
from typing import Any

import openpyxl

from outreach_app.sheets.readings import Basis


def cells_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet]


def rewritten(sheet: Any, rows: list[list[Any]]) -> None:
    """Put these rows in the place of a sheet's own."""
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)


def people(maker: Any, count: int = 6) -> list[Any]:
    names = ["Ada Crowe", "Ben Poe", "Cam Diaz", "Dot Ellis", "Eve Frost", "Flo Gunn", "Gus Hale", "Hal Ives"]
    return [
        maker.thing(name=names[number], phones=[{"number": f"828 555 01{number:02}"}], emails=[f"p{number}@a.example"])
        for number in range(count)
    ]


def test_rows_sorted_filtered_and_missing(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        rewritten(sheet, [head, *reversed(rows[1:5])])
        sheet.row_dimensions[3].hidden = True

    book = maker.edited(maker.written(*things), edit)
    assert [row.record for row in book.rows] == [each.view.id for each in reversed(things[1:5])]
    assert all(row.untouched for row in book.rows)


def test_columns_moved_renamed_added_and_deleted(maker):
    record = maker.thing(name="Ada", zip="28713", story="One", needs=["food"], emails=["a@b.example"])

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, row = cells_of(sheet)
        cells = dict(zip(head, row, strict=True))
        del cells["E-mails"]
        cells["zip"] = cells.pop("ZIP")  # the field's own name
        cells["What they told us"] = cells.pop("Story")  # known by what it holds
        del cells["Day"]
        cells["My own column"] = "whatever"
        moved = dict(sorted(cells.items(), key=lambda pair: str(pair[0]), reverse=True))
        rewritten(sheet, [list(moved), list(moved.values())])

    row = maker.edited(maker.written(record), edit).rows[0]
    assert row.untouched
    assert row.record == record.view.id
    assert {"day", "emails"} & set(row.present) == set()
    assert {"day", "emails"} & set(row.cells) == set()
    assert row.cells["story"] == {each.write.id for each in record.standing["story"]}
    assert row.cells["zip"] == {each.write.id for each in record.standing["zip"]}


def test_renamed_columns_that_hold_the_same_are_not_guessed(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        for cell in sheet[1]:
            cell.value = {"Story": "Mine", "Website": "Yours"}.get(cell.value, cell.value)

    row = maker.edited(maker.written(maker.thing(name="Ada", story="same", site="same")), edit).rows[0]
    assert {"story", "site"} & set(row.cells) == set()
    assert row.untouched


def test_headings_of_the_other_language(maker):
    content = maker.written(maker.thing(name="Ada", day="2026-11-21"), language="es")
    heads = [cell.value for cell in next(openpyxl.load_workbook(BytesIO(content)).worksheets[1].iter_rows())]
    assert heads[-1] in ("Version", "Versión")
    assert maker.read(content).rows[0].untouched


def test_a_title_above_and_a_second_row_of_headings(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        rewritten(sheet, [["People we met"], [], ["for the board"] * 3, head, *rows])
        sheet.title = "Renamed"

    book = maker.edited(maker.written(*people(maker)), edit)
    assert len(book.rows) == 6
    assert all(row.untouched for row in book.rows)
    assert book.rows[0].number == 5
    assert book.rows[0].sheet == "Renamed"


def test_a_row_copied_to_make_a_new_one(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        copy = list(rows[2])
        copy[0] = "New Person"
        rewritten(sheet, [head, copy, *rows])

    book = maker.edited(maker.written(*things), edit)
    new = [row for row in book.rows if row.basis is Basis.NEW]
    assert len(new) == 1
    assert (new[0].number, new[0].copy_of) == (2, things[2].view.id)
    assert new[0].record not in [each.view.id for each in things]
    assert {(each.field, str(each.value)) for each in new[0].typed} >= {
        ("name", "New Person"),
        ("emails", "p2@a.example"),
    }
    assert sum(row.untouched for row in book.rows) == 6


def test_a_copied_row_whose_original_was_edited_too(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        copy = list(rows[2])
        copy[0], copy[head.index("Phones")], copy[head.index("E-mails")] = "New Person", "828 555 0177", "n@p.example"
        rows[2][head.index("ZIP")] = "28713"
        rewritten(sheet, [head, copy, *rows])

    book = maker.edited(maker.written(*things), edit)
    by_number = {row.number: row for row in book.rows}
    assert by_number[2].basis is Basis.NEW
    assert [each.field for each in by_number[5].typed] == ["zip"]
    assert by_number[5].record == things[2].view.id


def test_a_row_copied_and_left_as_it_is(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        rewritten(sheet, [head, *rows, rows[0]])

    book = maker.edited(maker.written(*people(maker)), edit)
    assert all(row.untouched for row in book.rows)
    assert book.rows[-1].remarks == ("the same row is in the file twice",)
    assert book.rows[-1].record == book.rows[0].record


def test_two_copies_neither_as_it_left(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        one, two = list(rows[0]), list(rows[0])
        one[0], two[0] = "Ada A", "Ada B"
        rewritten(sheet, [head, one, two])

    book = maker.edited(maker.written(*people(maker, 1)), edit)
    assert {row.set_aside for row in book.rows} == {"several rows have this code, and none is as it left"}


def test_rows_typed_below(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        for _twice in range(2):
            sheet.append(["Maria Garcia"])
        sheet.append([None, "A story alone"])
        sheet.append([])

    content = maker.written(*things)
    book, again = maker.edited(content, edit), maker.edited(content, edit)
    new = [row for row in book.rows if row.basis is Basis.NEW]
    assert [row.number for row in new] == [8, 9, 10]
    assert len({row.record for row in new}) == 3
    assert [row.record for row in new] == [row.record for row in again.rows if row.basis is Basis.NEW]
    other = maker.edited(maker.written(*things, export=b"o" * 16), edit)
    assert {row.record for row in other.rows} & {row.record for row in new} == set()


def test_one_column_sorted_on_its_own(maker):
    things = people(maker, 8)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        names = [row[0] for row in reversed(rows)]
        rewritten(sheet, [head, *([name, *row[1:]] for name, row in zip(names, rows, strict=True))])

    book = maker.edited(maker.written(*things), edit)
    assert all(row.set_aside for row in book.rows)
    assert book.remarks == ("On the sheet Things rows seem to have been mixed up.",)


def test_codes_sorted_apart_from_all_else(maker):
    things = people(maker, 5)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = cells_of(sheet)
        codes = [row[-2:] for row in rows[1:] + rows[:1]]
        rewritten(sheet, [head, *([*row[:-2], *code] for code, row in zip(codes, rows, strict=True))])

    book = maker.edited(maker.written(*things), edit)
    assert len([row for row in book.rows if row.set_aside]) == 5


def test_another_person_typed_over_a_row(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        for head, value in {"Name": "Zoe Quinn", "Phones": "828 555 0199", "E-mails": "zoe@q.example"}.items():
            sheet.cell(2, heads[head]).value = value

    book = maker.edited(maker.written(*people(maker)), edit)
    assert "perhaps a column was sorted on its own" in str(book.rows[0].set_aside)
    assert [row.set_aside for row in book.rows[1:]] == [None] * 5


def test_two_people_renamed_is_no_mix_up(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        sheet["A2"].value, sheet["A3"].value = "Ada Crowe-Diaz", "Benjamin Poe"

    book = maker.edited(maker.written(*people(maker)), edit)
    assert [row.set_aside for row in book.rows] == [None] * 6
    assert [[each.value for each in row.typed] for row in book.rows[:2]] == [["Ada Crowe-Diaz"], ["Benjamin Poe"]]


def test_a_row_whose_everything_was_emptied(maker):
    def edit(book: Any) -> None:
        sheet = book["Things"]
        for cell in sheet[2][:-2]:
            cell.value = None

    book = maker.edited(maker.written(*people(maker)), edit)
    assert book.rows[0].set_aside == "everything in this row was emptied"


def test_a_code_with_a_slip(maker):
    def edit(book: Any) -> None:
        row = book["Things"][2]
        row[-2].value = row[-2].value[:3] + "ZZ" + row[-2].value[5:]

    book = maker.edited(maker.written(*people(maker)), edit)
    assert book.rows[0].set_aside == "the code in the column Record is not right"


def test_a_code_as_people_copy_it(maker):
    def edit(book: Any) -> None:
        row = book["Things"][2]
        row[-2].value = f" {row[-2].value[:5].lower()}-{row[-2].value[5:].lower()} "

    book = maker.edited(maker.written(*people(maker)), edit)
    assert all(row.untouched for row in book.rows)


def test_without_the_code_the_version_tells(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        sheet.delete_cols(sheet.max_column - 1)
        sheet["A2"].value = "Ada Crowe-Diaz"

    book = maker.edited(maker.written(*things), edit)
    assert [row.record for row in book.rows] == [each.view.id for each in things]
    assert [each.value for each in book.rows[0].typed] == ["Ada Crowe-Diaz"]


def test_without_either_the_content_tells(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        sheet = book["Things"]
        sheet.delete_cols(sheet.max_column - 1, 2)
        sheet["A2"].value = "Ada Crowe-Diaz"
        sheet.append(["Someone Else", "A story"])

    book = maker.edited(maker.written(*things), edit)
    assert [row.record for row in book.rows[:6]] == [each.view.id for each in things]
    assert [each.value for each in book.rows[0].typed] == ["Ada Crowe-Diaz"]
    assert book.rows[6].basis is Basis.NEW


def test_two_rows_alike_cannot_be_told_apart_without_codes(maker):
    things = [maker.thing(name="Maria Garcia", zip="28713"), maker.thing(name="Maria Garcia", zip="28713")]

    def edit(book: Any) -> None:
        sheet = book["Things"]
        sheet.delete_cols(sheet.max_column - 1, 2)

    book = maker.edited(maker.written(*things), edit)
    assert {row.set_aside for row in book.rows} == {"which row this was cannot be told; please put its code back"}


def test_without_the_page_the_digest_tells_what_is_untouched(maker):
    things = people(maker)

    def edit(book: Any) -> None:
        del book["_outreach"]
        book["Things"]["A3"].value = "Benjamin Poe"

    content = maker.written(*things)
    workbook = openpyxl.load_workbook(BytesIO(content))
    edit(workbook)
    target = BytesIO()
    workbook.save(target)
    ids = {each.view.code: each.view.id for each in things}
    book = maker.read(target.getvalue(), resolve=lambda _kind, code: ids.get(code))
    assert book.signer is None
    assert book.export == b"e" * 16
    assert [row.basis for row in book.rows] == [Basis.UNKNOWN] * 6
    assert [row.record for row in book.rows] == [each.view.id for each in things]
    assert [row.untouched for row in book.rows] == [True, False, True, True, True, True]
    assert {(each.field, str(each.value)) for each in book.rows[1].typed} == {
        ("name", "Benjamin Poe"),
        ("phones", "{'number': '828 555 0101'}"),
        ("emails", "p1@a.example"),
    }
    nobody = maker.read(target.getvalue())
    assert [row.record for row in nobody.rows] == [None] * 6
    assert not any(row.untouched for row in nobody.rows)


def test_a_row_of_another_workbook(maker):
    things = people(maker, 2)
    stray = maker.thing(name="Stray", zip="28713")
    other = openpyxl.load_workbook(BytesIO(maker.written(stray, export=b"o" * 16)))

    def edit(book: Any) -> None:
        book["Things"].append(cells_of(other["Things"])[1])

    row = maker.edited(maker.written(*things), edit).rows[2]
    assert (row.basis, row.record, row.code) == (Basis.UNKNOWN, None, stray.view.code)
    assert row.version.startswith(row.version[:10])
    assert {each.field for each in row.typed} == {"name", "zip"}
