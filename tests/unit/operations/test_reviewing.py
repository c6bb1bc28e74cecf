"""A review is written, filled in by a person in any program, and its decisions are taken."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from outreach_app.model.errors import BadInput
from outreach_app.operations.decisions import use
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.records import delete_record
from outreach_app.operations.reviewing import make_review
from outreach_app.sheets.accounts import FileAccount
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from tests.helpers.memories import all_changes, memory

TWO, PAIRS = "To decide", "Perhaps the same"


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    """Two laptops with a town, a phone and a deletion to decide, and a pair who may be one."""
    with closing(memory("Ada Crowe")) as one, closing(memory("Ben Squirrel")) as other:
        with one.writing("make_people") as draft:
            mae = draft.new("people", {"name": "Mae", "town": "Alarka", "phones": [{"number": "828 555 0100"}]})
            gone = draft.new("people", {"name": "Lou Littlejohn"})
            for _twice in range(2):
                draft.new("people", {"name": "Thaddeus Oxendine", "emails": ["thad@example.org"]})
        other.apply(all_changes(one))
        for store, town, phone in ((one, "Whittier", "828 555 0101"), (other, "Cherokee", "828 555 0102")):
            with store.writing("edit_people") as draft:
                view = store.get("people", mae)
                assert view is not None
                draft.set("people", mae, "town", town)
                draft.change("people", mae, "phones", view.values["phones"][0]["id"], {"number": phone})
        delete_record(one, "people", gone)
        with other.writing("edit_people") as draft:
            draft.set("people", gone, "town", "Murphy")
        yield [one, other]


@pytest.fixture
def store(laptops: list[Store]) -> Store:
    """One of them, that has heard of the other."""
    one, other = laptops
    one.apply(all_changes(other))
    look_for_duplicates(one)
    assert one.decision_counts() == {"conflicts": 3, "duplicates": 1, "notices": 0}
    return one


def filled(path: Path, **answers: Any) -> Path:
    """The review with decisions by what a line says: a value of *To decide*, ``pair``, ``Lou`` (the deletion)."""
    book = openpyxl.load_workbook(path)
    for title, key, column in ((TWO, "What it says", "Decision"), (PAIRS, "One", "Decision")):
        sheet = book[title]
        at = headings(sheet)
        for row in sheet.iter_rows(min_row=2):
            said = str(row[at[key]].value)
            said = "pair" if title == PAIRS else "Lou" if "Lou" in str(row[at["Which"]].value) else said.split()[0]
            said = str(row[at[key]].value) if said == "828" else said
            if said in answers:
                row[at[column]].value = answers[said]
            if f"write {said}" in answers:
                row[at["Or write"]].value = answers[f"write {said}"]
    book.save(path)
    return path


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): at for at, cell in enumerate(sheet[1])}


def reviewed(store: Store, tmp_path: Path) -> Path:
    make_review(store, tmp_path / "review.xlsx")
    return tmp_path / "review.xlsx"


def taken(store: Store, path: Path, dry_run: bool = False) -> FileAccount:
    [account] = import_path(store, path, dry_run=dry_run).files
    return account


def figures(account: FileAccount) -> tuple[int, ...]:
    """Taken, decided already, left empty, not understood."""
    assert account.error is None
    assert account.decided is not None
    [rows] = account.rows.values()
    assert rows.read == sum(account.decided.values())
    return tuple(account.decided[name] for name in ("taken", "already", "empty", "not_understood"))


def person(store: Store, name: str = "Mae") -> Any:
    return next(view for view in store.list("people") if view.title == name)


ALL: dict[str, Any] = {"Cherokee": "Use this", "828 555 0101": "Keep both", "Lou": "Keep", "pair": "Same"}


def test_every_decision_is_taken_by_its_verb_and_can_be_undone(store: Store, tmp_path: Path) -> None:
    account = taken(store, filled(reviewed(store, tmp_path), **ALL))
    assert figures(account) == (4, 0, 0, 0)
    assert person(store).values["town"] == "Cherokee"
    assert {each["value"]["number"] for each in person(store).values["phones"]} == {"828 555 0101", "828 555 0102"}
    assert len([view for view in store.list("people") if view.title == "Thaddeus Oxendine"]) == 1
    assert store.decision_counts() == {"conflicts": 0, "duplicates": 0, "notices": 0}
    for change in store.recent(4):
        store.undo(change.id)
    look_for_duplicates(store)
    assert store.decision_counts() == {"conflicts": 3, "duplicates": 1, "notices": 0}


def test_the_same_review_again_finds_all_decided(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    taken(store, path)
    known = store.known()
    assert figures(taken(store, path)) == (0, 4, 0, 0)
    assert store.known() == known


def test_looking_first_changes_nothing(store: Store, tmp_path: Path) -> None:
    known = store.known()
    assert figures(taken(store, filled(reviewed(store, tmp_path), **ALL), dry_run=True)) == (4, 0, 0, 0)
    assert store.known() == known


def test_what_is_left_empty_waits_on(store: Store, tmp_path: Path) -> None:
    assert figures(taken(store, filled(reviewed(store, tmp_path), Lou="Delete"))) == (1, 0, 3, 0)
    assert "Lou Littlejohn" not in {view.title for view in store.list("people")}


def test_another_value_is_written_in(store: Store, tmp_path: Path) -> None:
    answers = {"write Cherokee": "Robbinsville", "write 828 555 0101": 8285550199, "pair": "Not the same"}
    account = taken(store, filled(reviewed(store, tmp_path), **answers))
    assert figures(account) == (3, 0, 1, 0)
    assert person(store).values["town"] == "Robbinsville"
    assert [each["value"]["number"] for each in person(store).values["phones"]] == ["8285550199"]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"Cherokee": "Use this", "Whittier": "Use this"}, "Two different answers"),
        ({"Cherokee": "Use this", "write Cherokee": "Murphy"}, "Two different answers"),
        ({"Cherokee": "perhaps"}, "“perhaps” is none of the answers"),
        ({"Cherokee": "Keep both"}, "Both cannot be kept"),
        ({"Cherokee": "Delete"}, "This answer does not fit here"),
    ],
)
def test_what_cannot_be_understood_is_set_aside_with_its_row(
    store: Store, tmp_path: Path, answers: dict[str, Any], why: str
) -> None:
    account = taken(store, filled(reviewed(store, tmp_path), **answers))
    assert figures(account) == (0, 0, 3, 1)
    [aside] = account.set_aside
    assert (aside.sheet, why in aside.reason) == (TWO, True)
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    assert book[TWO].cell(aside.row or 0, 2).value == "Mae"
    assert person(store).values["town"] in ("Cherokee", "Whittier")


def test_a_conflict_with_a_third_answer_is_stale(laptops: list[Store], store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    with laptops[1].writing("edit") as draft:
        draft.set("people", person(store).id, "town", "Elsewhere")
    store.apply(all_changes(laptops[1]))
    account = taken(store, path)
    assert figures(account) == (3, 0, 0, 1)
    assert account.set_aside[0].reason.startswith("Somebody changed this after the review was made")
    assert person(store).values["town"] in ("Elsewhere", "Whittier")


def test_a_pair_of_whom_one_was_edited_meanwhile_is_stale(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), pair="Same")
    with store.writing("edit") as draft:
        draft.set("people", person(store, "Thaddeus Oxendine").id, "town", "Elsewhere")
    assert figures(taken(store, path)) == (0, 0, 3, 1)


def test_what_was_decided_meanwhile_is_left(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), Cherokee="Use this")
    [town] = [each for each in store.decisions() if each.field == "town"]
    use(store, town, "Whittier")
    assert figures(taken(store, path)) == (0, 1, 3, 0)
    assert person(store).values["town"] == "Whittier"


def test_what_a_line_changes_makes_no_other_line_stale(tmp_path: Path) -> None:
    """Three who are one, and what stood of whom was seen before any of them was joined."""
    with closing(memory("Ada Crowe")) as store:
        for town in ("Alarka", "Whittier", None):
            with store.writing("make_people") as draft:
                draft.new("people", {"name": "Thaddeus Oxendine", "emails": ["thad@example.org"], "town": town})
        look_for_duplicates(store)
        path = filled(reviewed(store, tmp_path), pair="Same")
        assert figures(taken(store, path)) == (3, 0, 0, 0)
        assert len(store.list("people")) == 1
        assert store.decision_counts()["conflicts"] == 0
        assert figures(taken(store, path)) == (0, 3, 0, 0)


def test_later_puts_off(store: Store, tmp_path: Path) -> None:
    assert figures(taken(store, filled(reviewed(store, tmp_path), pair="Later"))) == (1, 0, 3, 0)
    assert store.decision_counts()["duplicates"] == 0


def test_it_is_understood_in_spanish(store: Store, tmp_path: Path) -> None:
    speak("es")
    try:
        make_review(store, tmp_path / "revision.xlsx")
        book = openpyxl.load_workbook(tmp_path / "revision.xlsx")
        sheet = book[book.sheetnames[2]]
        at = headings(sheet)
        sheet.cell(2, at["Decisión"] + 1).value = "Iguales"
        book.save(tmp_path / "revision.xlsx")
    finally:
        speak("en")
    assert figures(taken(store, tmp_path / "revision.xlsx")) == (1, 0, 3, 0)


def test_sorted_lines_and_deleted_ones_are_found_by_their_codes(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    book = openpyxl.load_workbook(path)
    sheet = book[TWO]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    sheet.delete_rows(2, sheet.max_row)
    for row in reversed([row for row in rows if row[1] != "Lou Littlejohn"]):
        sheet.append(row)
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "What Ada looked at"
    book.save(path)
    assert figures(taken(store, path)) == (3, 0, 0, 0)


@pytest.mark.parametrize("lost", ["page", "codes"])
def test_the_page_or_the_codes_may_be_lost(store: Store, tmp_path: Path, lost: str) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    book = openpyxl.load_workbook(path)
    if lost == "page":
        del book["_outreach_review"]
    else:
        for title in (TWO, PAIRS):
            book[title].delete_cols(headings(book[title])["Code"] + 1)
    book.save(path)
    assert figures(taken(store, path)) == (4, 0, 0, 0)


def test_with_both_lost_all_is_set_aside(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    book = openpyxl.load_workbook(path)
    del book["_outreach_review"]
    for title in (TWO, PAIRS):
        book[title].delete_cols(headings(book[title])["Code"] + 1)
    book.save(path)
    account = taken(store, path)
    assert account.decided is not None
    assert (account.decided["taken"], account.decided["not_understood"]) == (0, 4)


@pytest.mark.parametrize("by", [1, 2])
@pytest.mark.parametrize("lost", [False, True])
def test_a_column_sorted_apart_decides_nothing_for_somebody_else(
    store: Store, tmp_path: Path, lost: bool, by: int
) -> None:
    path = filled(reviewed(store, tmp_path), Lou="Keep", Cherokee="Use this")
    book = openpyxl.load_workbook(path)
    sheet = book[TWO]
    at = headings(sheet)["Code"] + 1
    codes = [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]
    for row, code in enumerate([*codes[by:], *codes[:by]], start=2):
        sheet.cell(row, at).value = code
    if lost:
        del book["_outreach_review"]
    book.save(path)
    account = taken(store, path)
    assert account.decided is not None
    assert account.decided["taken"] == 0
    assert all(each.reason.startswith("Its code belongs to another line") for each in account.set_aside)


def test_another_departments_review_is_refused(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    with closing(Store.in_memory(worker="Zed", department="Dale County")) as other:
        [account] = import_path(other, path).files
    assert (account.error or "").startswith("This review is from another department")


def test_with_no_store_the_review_goes_with_the_workbooks_it_was_made_of(laptops: list[Store], tmp_path: Path) -> None:
    one, other = laptops
    books = [tmp_path / "ada.xlsx", tmp_path / "ben.xlsx"]
    for each, path in zip((one, other), books, strict=True):
        export_workbook(each, path)
    master, review = tmp_path / "master.xlsx", tmp_path / "review.xlsx"
    merged = merge_workbooks(master, books, review=review)
    assert merged.decisions["conflicts"] == 3
    filled(review, **ALL)
    again = merge_workbooks(tmp_path / "decided.xlsx", [review, master])
    assert [figures(each) for each in again.account.files if each.decided] == [(4, 0, 0, 0)]
    assert (again.decisions["conflicts"], again.decisions["duplicates"]) == (0, 0)
    once_more = merge_workbooks(tmp_path / "twice.xlsx", [review, tmp_path / "decided.xlsx"])
    assert [figures(each) for each in once_more.account.files if each.decided] == [(0, 4, 0, 0)]
    import_path(one, tmp_path / "decided.xlsx")
    assert one.decision_counts()["conflicts"] == 0
    assert person(one).values["town"] == "Cherokee"


def test_a_review_alone_has_nothing_to_be_merged_into(store: Store, tmp_path: Path) -> None:
    path = filled(reviewed(store, tmp_path), **ALL)
    with pytest.raises(BadInput, match="This is a review"):
        merge_workbooks(tmp_path / "out.xlsx", [path])
    assert not (tmp_path / "out.xlsx").exists()


def test_what_is_sensitive_stays_out_and_that_is_said(laptops: list[Store], tmp_path: Path) -> None:
    one, other = laptops
    with one.writing("record") as draft:
        report = draft.new("feedback", {"verbatim": "My neighbour is ill", "sensitive": True})
        answer = draft.new("responses", {"feedback": report, "passed_to": "The clinic"})
    other.apply(all_changes(one))
    for store in laptops:
        with store.writing("edit") as draft:
            draft.set("feedback", report, "text_for_sharing", f"Ill, says {store.worker}")
            draft.set("responses", answer, "passed_to", f"Answered by {store.worker}")
    one.apply(all_changes(other))
    assert one.decision_counts()["conflicts"] == 5
    make_review(one, tmp_path / "review.xlsx", "es")
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    seen = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "neighbour" not in seen
    assert "Ill, says" not in seen
    assert "Answered by" not in seen
    assert "2 cosas por decidir sobre comentarios delicados no van en este archivo." in seen
    assert " Town " not in seen
