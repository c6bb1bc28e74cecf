"""What people do to a workbook, row by row of the list of what may happen to one, and what is made of it.

The damage is done for real: by openpyxl, by hand in the XML, and by LibreOffice. Hostile files: test_hostile_files.py;
what each form of file loses: test_forms.py; thousands of edits together: tests/clumsy.
"""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from outreach_app.apart import lasting
from outreach_app.sheets.parsing import Order
from outreach_app.sheets.reading_choices import Choices
from tests.helpers.binary_books import ERROR, write_xlsb
from tests.helpers.memories import all_shown, memory
from tests.helpers.office_programs import needs_office, saved_as
from tests.helpers.worn_books import (
    PEOPLE,
    Desk,
    Edit,
    book_of,
    both,
    came,
    cell,
    counts,
    people_rows,
    table,
    typed,
    worn,
)

ALL_SAME = {"same": len(PEOPLE)}


@pytest.fixture(scope="module", autouse=True)
def reading_apart() -> Iterator[None]:
    """One process reads for all of these tests."""
    with lasting():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(memory()) as store:
        yield Desk(store, tmp_path)


# Columns renamed, moved, added, deleted; two header rows; a title above


def test_columns_renamed_to_their_names_and_to_another_language_and_moved(desk: Desk) -> None:
    def change(head: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        named = [{"ZIP": "zip", "Town": "Pueblo"}.get(each, each) for each in head]
        return [list(reversed(each)) for each in [named, *rows]]

    assert counts(desk.after(people_rows(change))) == ALL_SAME


def test_a_column_whose_heading_nobody_knows_is_known_by_what_it_holds(desk: Desk) -> None:
    def edit(book: Any) -> None:
        cell(book["People"], "Town", 1).value = "Where they come from"
        cell(book["People"], "Where they come from", 3).value = "Almond"

    account = desk.after(edit)
    assert counts(account) == {"changed": 1, "same": 5}
    assert desk.shown(PEOPLE[1], "town") == "Almond"
    assert account.remarks == []


def test_a_column_that_nothing_tells_is_named_and_a_person_may_say_what_it_is(desk: Desk) -> None:
    def edit(book: Any) -> None:
        cell(book["People"], "Pronouns", 1).value = "She or he"
        cell(book["People"], "She or he", 2).value = "she/her"

    path = desk.worn(edit)
    dry = came(desk.store, path, dry_run=True)
    assert dry.remarks == ["People: not taken, for it is no column of Outreach: She or he"]
    assert counts(dry) == ALL_SAME
    told = came(desk.store, path, Choices({"She or he": "pronouns"}))
    assert (counts(told), told.remarks) == ({"changed": 1, "same": 5}, [])
    assert desk.shown(PEOPLE[0], "pronouns") == "she/her"


def test_half_a_phone_and_half_an_email_are_taken_as_they_stand_and_named(desk: Desk) -> None:
    account = came(desk.store, desk.worn(both(typed("Phones", "828555"), typed("E-mails", "somebody at example"))))
    assert [each.partition(":")[2][:10] for each in account.remarks if "whole" in each] == [" Phones: n", " E-mails: "]


def test_a_column_that_a_person_says_is_none_is_not_taken(desk: Desk) -> None:
    assert counts(came(desk.store, desk.worn(typed("Town", "Elsewhere")), Choices({"town": ""}))) == ALL_SAME


def test_what_a_person_says_of_a_column_that_is_not_there_is_told_and_of_one_that_cannot_be_refused(desk: Desk) -> None:
    from outreach_app.operations.importing import import_path

    (account,) = import_path(desk.store, desk.book, choices=Choices({"Shoe size": "zip"})).files
    assert account.error is None
    assert "The file has no heading “Shoe size”." in account.remarks
    (account,) = import_path(desk.store, desk.book, choices=Choices({"Town": "shoe"})).files
    assert "cannot hold shoe" in str(account.error)


def test_columns_added_are_named_and_kept_as_notes_where_that_is_asked_for(desk: Desk) -> None:
    def change(head: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        return [[*head, "Shoe size"], [*rows[0], 42], *([*row, None] for row in rows[1:])]

    path = desk.worn(people_rows(change))
    plain = came(desk.store, path, dry_run=True)
    assert plain.remarks == ["People: not taken, for it is no column of Outreach: Shoe size"]
    assert counts(plain) == ALL_SAME
    for again in ({"changed": 1, "same": 5}, ALL_SAME):
        kept = came(desk.store, path, Choices(keep=True))
        assert (counts(kept), kept.remarks) == (again, [])
    assert desk.shown(PEOPLE[0], "notes") == "Met 0\nShoe size: 42"


def test_a_deleted_column_says_nothing_and_empties_nothing(desk: Desk) -> None:
    def edit(book: Any) -> None:
        sheet = book["People"]
        for heading in ("Town", "E-mails", "Notes"):
            sheet.delete_cols(cell(sheet, heading, 1).column)

    assert counts(desk.after(edit)) == ALL_SAME
    assert desk.shown(PEOPLE[0], "town") == "Alarka"
    assert desk.shown(PEOPLE[0], "emails") == ["p0@x.example"]


def test_two_rows_of_headings_and_a_title_above(desk: Desk) -> None:
    def change(head: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        return [["People we met in November"], [], ["who", "", "", "", "", "how to reach"], head, *rows]

    assert counts(desk.after(people_rows(change))) == ALL_SAME


# Rows missing, filtered, hidden


def test_rows_missing_filtered_and_hidden(desk: Desk) -> None:
    def edit(book: Any) -> None:
        sheet = book["People"]
        cell(sheet, "Town", 3).value = "Almond"
        sheet.row_dimensions[3].hidden = True
        sheet.auto_filter.add_filter_column(0, ["Ada Crowe"])
        sheet.delete_rows(6, 2)

    assert counts(desk.after(edit)) == {"changed": 1, "same": 3}
    assert desk.shown(PEOPLE[1], "town") == "Almond"
    assert desk.store.count("people") == len(PEOPLE)


# Rows sorted, one column sorted apart


def test_rows_sorted(desk: Desk) -> None:
    assert counts(desk.after(people_rows(lambda head, rows: [head, *reversed(rows)]))) == ALL_SAME


@pytest.mark.parametrize("heading", ["Name", "Record", "Town", "Phones"])
def test_one_column_sorted_apart_is_set_aside_and_the_file_flagged(desk: Desk, heading: str) -> None:
    def change(head: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        place = head.index(heading)
        alone = [row[place] for row in rows]
        for row, value in zip(rows, [*alone[1:], alone[0]], strict=True):
            row[place] = value
        return [head, *rows]

    before = all_shown(desk.store)
    account = desk.after(people_rows(change))
    assert counts(account) == {"set_aside": len(PEOPLE)}
    assert account.remarks == ["On the sheet People rows seem to have been mixed up."]
    assert all_shown(desk.store) | {"decisions": []} == before


# A row copied to make a new one, before or after sorting


@pytest.mark.parametrize("sorted_too", [False, True])
@pytest.mark.parametrize("above", [False, True])
def test_a_row_copied_to_make_a_new_one(desk: Desk, sorted_too: bool, above: bool) -> None:
    def change(head: list[str], rows: list[list[Any]]) -> list[list[Any]]:
        copy = list(rows[2])
        copy[head.index("Name")], copy[head.index("Phones")] = "Zoe Quinn", "828 555 0199"
        rows.insert(2 if above else 3, copy)
        return [head, *(sorted(rows, key=lambda row: str(row[0]), reverse=True) if sorted_too else rows)]

    assert counts(desk.after(people_rows(change))) == {"new": 1, "same": len(PEOPLE)}
    assert {each.title for each in desk.store.list("people")} == {*PEOPLE, "Zoe Quinn"}
    assert desk.shown(PEOPLE[2], "phones") == [{"number": "828 555 0102", "kind": "mobile"}]


# ZIP 02139 became 2139; phone became a number, 9.19E+09


def test_zips_and_phones_that_became_numbers_are_restored(desk: Desk) -> None:
    def edit(book: Any) -> None:
        cell(book["People"], "ZIP", 3).value = 2139
        cell(book["People"], "ZIP", 2).value = 28713.0

    assert counts(desk.after(edit)) == ALL_SAME
    phones = desk.after(typed("Phones", 8285550177, row=3))
    assert counts(phones) == {"changed": 1, "same": 5}
    assert desk.shown(PEOPLE[1], "phones") == [{"number": "8285550177"}]


@pytest.mark.parametrize("lost", ["9.19E+09", "9,19E+09", "8.28555E+09"])
def test_a_phone_of_which_digits_are_gone_is_set_aside(desk: Desk, lost: str) -> None:
    account = desk.after(typed("Phones", lost))
    assert counts(account) == {"set_aside": 1, "same": 5}
    assert [each.reason for each in account.set_aside] == ["Phones: some of its digits are gone"]
    assert desk.shown(PEOPLE[0], "phones") == [{"number": "828 555 0100", "kind": "mobile"}]


# Dates as text, serials (1900/1904), d/m or m/d


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-07-15", "2026-07-15"),
        ("15 Jul 2026", "2026-07-15"),
        ("July 15, 2026", "2026-07-15"),
        (46218, "2026-07-15"),
        (datetime(2026, 7, 15), "2026-07-15"),
        (date(2026, 7, 15), "2026-07-15"),
        ("7/15/2026", "2026-07-15"),
        ("15.7.2026", "2026-07-15"),
    ],
)
def test_days_typed_in_any_way(desk: Desk, written: Any, meant: str) -> None:
    assert counts(desk.after(typed("Due", written, sheet="Follow-ups")), "follow_ups") == {"changed": 1, "same": 3}
    assert meant in {each.values["due"] for each in desk.store.list("follow_ups")}


def test_a_workbook_saved_with_the_calendar_of_1904(desk: Desk) -> None:
    def edit(book: Any) -> None:
        book.epoch = datetime(1904, 1, 1)
        cell(book["Follow-ups"], "Due", 2).value = date(2026, 7, 15)

    assert counts(desk.after(edit), "follow_ups") == {"changed": 1, "same": 3}
    assert "2026-07-15" in {each.values["due"] for each in desk.store.list("follow_ups")}


def as_slashes(form: str, extra: str = "") -> Edit:
    """Every day of the follow-ups as text, and one typed anew."""

    def edit(book: Any) -> None:
        sheet = book["Follow-ups"]
        for row in range(2, sheet.max_row + 1):
            held = cell(sheet, "Due", row)
            held.value = held.value.strftime(form)
        if extra:
            cell(sheet, "Due", 2).value = extra

    return edit


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y"])
def test_what_a_column_with_slashes_means_is_told_by_all_its_cells(desk: Desk, form: str) -> None:
    assert counts(desk.after(as_slashes(form)), "follow_ups") == {"same": 4}
    wanted = datetime.strptime("07/08/2026", form.replace(".", "/")).date().isoformat()
    sign = "." if "." in form else "/"
    account = desk.after(as_slashes(form, sign.join(("07", "08", "2026"))))
    assert counts(account, "follow_ups") == {"changed": 1, "same": 3}
    assert wanted in {each.values["due"] for each in desk.store.list("follow_ups")}


def test_where_a_column_does_not_tell_it_is_asked_and_a_person_says(desk: Desk) -> None:
    path = desk.worn(typed("Due", "07/08/2026", sheet="Follow-ups"))
    asked = came(desk.store, path)
    assert counts(asked, "follow_ups") == {"set_aside": 1, "same": 3}
    assert "nobody can tell whether the day or the month comes first" in " ".join(asked.remarks)
    said = came(desk.store, path, Choices(days=Order.DAY_FIRST))
    assert counts(said, "follow_ups") == {"changed": 1, "same": 3}
    assert "2026-08-07" in {each.values["due"] for each in desk.store.list("follow_ups")}


# Formulas, error values, merged cells, comments, colours


@needs_office
def test_a_formula_gives_what_it_came_to(desk: Desk) -> None:
    path = saved_as(desk.worn(typed("Town", '="Bryson"&" "&"City"')), "xlsx", desk.folder / "out")
    assert counts(came(desk.store, path)) == {"changed": 1, "same": 5}
    assert desk.shown(PEOPLE[0], "town") == "Bryson City"


def test_a_formula_that_nobody_worked_out_is_set_aside(desk: Desk) -> None:
    account = desk.after(typed("Town", '="Bryson"&" "&"City"'))
    assert counts(account) == {"set_aside": 1, "same": 5}
    assert account.set_aside[0].reason == "Town: its cell holds an error or a formula without its result"


@needs_office
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_an_error_is_set_aside_in_every_form(desk: Desk, form: str) -> None:
    path = saved_as(desk.worn(typed("Town", "=#REF!")), form, desk.folder / "out")
    account = came(desk.store, path)
    assert counts(account) == {"set_aside": 1, "same": 5}
    assert account.set_aside[0].reason == "Town: its cell holds an error or a formula without its result"
    assert desk.shown(PEOPLE[0], "town") == "Alarka"


def merged_towns(book: Any) -> None:
    sheet = book["People"]
    column = cell(sheet, "Town", 1).column_letter
    sheet.merge_cells(f"{column}2:{column}4")


@needs_office
@pytest.mark.parametrize("form", ["", "ods", "xls"])
def test_merged_cells_say_what_the_first_holds_and_the_others_nothing(desk: Desk, form: str) -> None:
    path = desk.worn(merged_towns)
    path = saved_as(path, form, desk.folder / "out") if form else path
    account = came(desk.store, path, dry_run=True)
    assert counts(account) == ALL_SAME
    assert "cells were merged" in " ".join(account.remarks)
    assert counts(came(desk.store, path, Choices(fill=True))) == {"changed": 2, "same": 4}
    assert [desk.shown(name, "town") for name in PEOPLE[:4]] == ["Alarka", "Alarka", "Alarka", "Sylva"]


@needs_office
@pytest.mark.parametrize("form", ["", "xlsx", "ods", "xls"])
def test_comments_are_kept_as_notes_and_colours_say_nothing(desk: Desk, form: str) -> None:
    def edit(book: Any) -> None:
        held = cell(book["People"], "Phones", 3)
        held.comment = Comment("Call after six", "Ada Crowe")
        held.fill = PatternFill("solid", fgColor="FFFF0000")
        cell(book["Sign-ins"], "Person", 2).comment = Comment("came late", "Ada Crowe")

    path = desk.worn(edit)
    path = saved_as(path, form, desk.folder / "out") if form else path
    account = came(desk.store, path)
    assert counts(account) == {"changed": 1, "same": 5}
    assert account.remarks == [
        "People: 1 comment was kept as a note",
        "Sign-ins: 1 comment was left out, for these rows have no notes",
    ]
    assert desk.shown(PEOPLE[1], "notes") == "Met 1\nCall after six"
    assert counts(came(desk.store, path)) == ALL_SAME


# Stray spaces, NBSP, smart quotes, decomposed accents, mixed case codes


def test_stray_signs_are_no_edits_and_what_is_typed_is_stored_as_written(desk: Desk) -> None:
    def edit(book: Any) -> None:
        sheet = book["People"]
        cell(sheet, "Town", 2).value = "\xa0Alarka  "
        cell(sheet, "Name", 6).value = "José A\u0301lvarez"
        cell(sheet, "County", 2).value = "SWAIN county, nc"
        code = cell(sheet, "Record", 3)
        code.value = f" {code.value[:4].lower()} {code.value[4:].lower()}"
        cell(sheet, "Street address", 4).value = "“Old” Mill\u2019s Rd"

    assert counts(desk.after(edit)) == {"changed": 1, "same": 5}
    assert desk.shown(PEOPLE[2], "street") == "“Old” Mill’s Rd"


# Saved as xls, xlsb, ods, csv (BOM, cp1252, ; or tab), a re-save by another program


@needs_office
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_saved_in_another_form_with_something_typed(desk: Desk, form: str) -> None:
    path = saved_as(desk.worn(typed("Town", "Almond")), form, desk.folder / "out")
    account = came(desk.store, path)
    assert counts(account) == {"changed": 1, "same": 5}
    assert all(counts(account, kind) == {"same": rows.read} for kind, rows in account.rows.items() if kind != "people")
    assert desk.shown(PEOPLE[0], "town") == "Almond"


def test_saved_as_xlsb(desk: Desk) -> None:
    head, *rows = table(openpyxl.load_workbook(desk.book)["People"])
    town = head.index("Town")
    path = write_xlsb(desk.folder / "people.xlsb", "People", [head, *rows])
    assert counts(came(desk.store, path)) == ALL_SAME
    rows[0][town], rows[1][town] = ERROR, "Almond"
    rows[3][town] = None
    write_xlsb(path, "People", [head, *rows], [(3, 4, town, town)])
    account = came(desk.store, path)
    assert counts(account) == {"changed": 1, "same": 4, "set_aside": 1}
    assert "cells were merged" in " ".join(account.remarks)
    assert desk.shown(PEOPLE[3], "town") == "Sylva"


@needs_office
@pytest.mark.parametrize(
    ("encoding", "separator", "told"),
    [
        ("utf-8-sig", ",", ""),
        ("cp1252", ";", "cp1252, ;"),
        ("cp1252", ",", "cp1252, ,"),
        ("utf-16", "\t", "utf-16, ⇥"),
        ("utf-8-sig", "\t", "utf-8-sig, ⇥"),
    ],
)
def test_saved_as_csv_with_its_encoding_and_separator_told(
    desk: Desk, encoding: str, separator: str, told: str
) -> None:
    sheets = saved_as(desk.worn(typed("Town", "Almond")), "csv", desk.folder / "out")
    rows = list(csv.reader((sheets / "worn-People.csv").read_text("utf-8").splitlines()))
    path = desk.folder / "people.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    account = came(desk.store, path)
    assert counts(account) == {"changed": 1, "same": 5}
    asides = csv.reader((sheets / "worn-Follow-ups.csv").read_text("utf-8").splitlines())
    with (desk.folder / "dues.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(asides)
    of_ours = came(desk.store, desk.folder / "dues.csv")
    assert counts(of_ours, "follow_ups") == {"same": 4}
    for each in (account, of_ours):
        found = [remark for remark in each.remarks if remark.startswith("Its encoding")]
        assert found == ([f"Its encoding, and what parts its cells: {told}"] if told else [])


# Two people edited the same export


def test_two_people_edited_the_same_export(desk: Desk) -> None:
    second = both(typed("Street address", "9 Elm St"), typed("Town", "Sylva", row=3))
    first = both(typed("Town", "Almond"), typed("Town", "Murphy", row=3))
    one = worn(desk.book, desk.folder / "one.xlsx", first)
    two = worn(desk.book, desk.folder / "two.xlsx", second)
    for path in (one, two):
        assert counts(came(desk.store, path)) == {"changed": 2, "same": 4}
    assert (desk.shown(PEOPLE[0], "town"), desk.shown(PEOPLE[0], "street")) == ("Almond", "9 Elm St")
    (decision,) = [each for each in desk.store.decisions() if each.what == "conflict"]
    assert {each.value for each in decision.options} == {"Murphy", "Sylva"}
    assert (decision.record, decision.field) == (desk.ids[PEOPLE[1]], "town")


# The same file again, or an older export after a newer one


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    path = desk.worn(typed("Town", "Almond"))
    came(desk.store, path)
    before = all_shown(desk.store)
    assert counts(came(desk.store, path)) == ALL_SAME
    assert all_shown(desk.store) == before


def test_an_older_export_after_a_newer_one_undoes_nothing(desk: Desk) -> None:
    newer = book_of(desk.store, desk.folder / "newer.xlsx")
    came(desk.store, worn(newer, desk.folder / "typed.xlsx", typed("Town", "Almond")))
    came(desk.store, worn(book_of(desk.store, newer), desk.folder / "again.xlsx", typed("Town", "Bryson City")))
    older = worn(desk.book, desk.folder / "older.xlsx", typed("ZIP", "28714"))
    assert counts(came(desk.store, desk.book)) == ALL_SAME
    assert counts(came(desk.store, older)) == {"changed": 1, "same": 5}
    assert (desk.shown(PEOPLE[0], "town"), desk.shown(PEOPLE[0], "zip")) == ("Bryson City", "28714")


# Identity in places of which any two may be lost


def without(*lost: str) -> Edit:
    def edit(book: Any) -> None:
        for each in lost:
            if each in ("Record", "Version"):
                for title in ("People", "Events", "Sign-ins", "Follow-ups"):
                    book[title].delete_cols(cell(book[title], each, 1).column)
            elif each == "page":
                del book["_outreach"]
            else:
                for name in list(book.custom_doc_props.names):
                    del book.custom_doc_props[name]

    return edit


@pytest.mark.parametrize(
    "lost",
    [
        ("Record", "Version"),
        ("Record", "properties"),
        ("Version", "properties"),
        ("page", "properties"),
        ("page", "Version"),
    ],
    ids=" and ".join,
)
def test_any_two_of_the_places_that_say_which_row_it_is_may_be_lost(desk: Desk, lost: tuple[str, str]) -> None:
    account = desk.after(without(*lost))
    assert counts(account) == ALL_SAME
    assert desk.store.count("people") == len(PEOPLE)


def test_with_something_typed_too(desk: Desk) -> None:
    account = desk.after(both(without("Record", "properties"), typed("Town", "Almond")))
    assert counts(account) == {"changed": 1, "same": 5}
