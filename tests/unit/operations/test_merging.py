"""Workbooks merged with no store."""

import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.model.errors import Damaged, NotWritable
from outreach_app.operations import duplicates
from outreach_app.operations.duplicates import look_for_duplicates, looking_beside
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.readings import WorkbookReading, reader_for
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.readings import ReadRow
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from outreach_app.store.sweeps import unswept


def test_departments_are_not_mixed_even_where_one_has_no_name(tmp_path: Path) -> None:
    books: list[Path] = []
    for department in ("", "Dale County Health"):
        with closing(Store.in_memory(worker="Ada Crowe", department=department)) as store:
            with store.writing("make_people") as draft:
                draft.new("people", {"name": "Ada Crowe"})
            books.append(tmp_path / f"book-{len(books)}.xlsx")
            export_workbook(store, books[-1])
    first, second = merge_workbooks(tmp_path / "master.xlsx", books).account.files
    assert first.error is None
    assert second.error is not None
    assert "another department" in second.error


def test_the_merged_workbook_and_its_review_are_written_both_or_neither(tmp_path: Path) -> None:
    with closing(Store.in_memory(worker="Ada Crowe", department="Dale County Health")) as store:
        export_workbook(store, tmp_path / "week.xlsx")
    out, nowhere = tmp_path / "master.xlsx", tmp_path / "nowhere"
    with pytest.raises(NotWritable):
        merge_workbooks(out, [tmp_path / "week.xlsx"], review=nowhere / "review.xlsx")
    with pytest.raises(NotWritable):
        merge_workbooks(nowhere / "master.xlsx", [tmp_path / "week.xlsx"], review=tmp_path / "review.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["week.xlsx"]
    merge_workbooks(out, [tmp_path / "week.xlsx"], review=tmp_path / "review.xlsx")
    assert {each.name for each in tmp_path.iterdir()} == {"week.xlsx", "master.xlsx", "review.xlsx"}


def test_the_review_says_which_workbook_each_answer_is_of(tmp_path: Path) -> None:
    with closing(Store.in_memory(worker="Ada Crowe", department="Dale County Health")) as store:
        with store.writing("make_people") as draft:
            draft.new("people", {"name": "Mae Arch", "town": "Sylva"})
        export_workbook(store, tmp_path / "week.xlsx")
    books = [
        typed_into(tmp_path / "week.xlsx", tmp_path / f"{town}.xlsx", "Town", town) for town in ("Alarka", "Burns")
    ]
    merged = merge_workbooks(tmp_path / "master.xlsx", books, review=tmp_path / "review.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "review.xlsx")["To decide"]
    headings, *rows = sheet.iter_rows(values_only=True)
    said = {(row[headings.index("What it says")], row[headings.index("Who wrote it")]) for row in rows}
    assert said == {("Alarka", "Alarka.xlsx"), ("Burns", "Burns.xlsx")}
    assert merged.in_words().splitlines()[-3:] == [
        "To decide: 1 where answers differ, 0 where two may be the same.",
        f"Wrote {tmp_path / 'master.xlsx'}",
        f"Wrote {tmp_path / 'review.xlsx'}",
    ]


def taken_in(store: Store, path: Path) -> WriteId:
    """Take a workbook in, whosever it is; the change that says so."""
    account = FileAccount(path.name)
    WorkbookReading(store, path, reader_for(store), any_space=True).take_in(account)
    assert account.change is not None
    return account.change


def typed_into(path: Path, copy: Path, heading: str, text: str) -> Path:
    """A copy of a workbook with that typed below a heading of its people."""
    book = openpyxl.load_workbook(path)
    [place] = [cell.column for cell in book["People"][1] if cell.value == heading]
    book["People"].cell(2, place, text)
    book.save(copy)
    return copy


def test_what_was_read_is_let_go_of_at_once(tmp_path: Path) -> None:
    with closing(Store.in_memory(worker="Ada Crowe", department="")) as store:
        with store.writing("make_people") as draft:
            draft.new("people", {"name": "Ada Crowe"})
        export_workbook(store, tmp_path / "week.xlsx")
        reader = reader_for(store)
        gc.collect()
        with unswept():
            assert reader.read(tmp_path / "week.xlsx").rows
            assert [each for each in gc.get_objects() if isinstance(each, ReadRow)] == []


def test_what_one_workbook_tells_of_is_told_as_the_rules_would(tmp_path: Path) -> None:
    week, later, copy = (tmp_path / f"{name}.xlsx" for name in ("week", "later", "typed"))
    with closing(Store.in_memory(worker="Ada Crowe", department="")) as store:
        for names in (("Typed Over", "Told Once"), ("Told Once, with a phone", "Edited")):
            with store.writing("make_people") as draft:
                made = [draft.new("people", {"phones": [{"number": "1"}], "name": name}) for name in names]
        with store.writing("edit_people") as draft:
            draft.set("people", made[-1], "town", "Alarka")
        export_workbook(store, week)
        with store.writing("make_people") as draft:
            draft.new("people", {"name": "Told Later"})
        export_workbook(store, later)
    typed_into(week, copy, "Town", "Sylva")
    with closing(Store.in_memory(worker="Bea Dow", department="")) as store:
        change = taken_in(store, copy)
        told = [each for each in store.exported("people") if each.begun]
        assert [each.view.title for each in told] == ["Told Once", "Told Once, with a phone"]
        for each in told:
            begun = each.begun
            assert begun is not None
            assert begun.taught is not None
            assert (each.dead, each.heard) == (frozenset(), begun.taught.heard)
            writes = sorted((write for own in each.standing.values() for write in own), key=lambda one: one.write.id)
            assert [write.write.slot.field for write in writes] == begun.names.split(",")
            for place, write in enumerate(writes):
                assert write.write.id == (begun.taught.run, begun.at + place)
                stamp = (write.change, 0, write.clock, write.author, write.device, write.source)
                assert stamp == begun.stamp
        store.undo(change)
        assert [each for each in store.exported("people") if each.begun] == []
    with closing(Store.in_memory(worker="Bea Dow", department="")) as store:
        for book in (week, later):
            taken_in(store, book)
        assert [each.view.title for each in store.exported("people") if each.begun] == ["Told Later"]


@pytest.fixture
def merged() -> Iterator[Store]:
    """A store with two who may be one."""
    with closing(Store.in_memory(worker="Ada Crowe", department="Dale County Health", passing=True)) as store:
        with store.writing("make_people") as draft:
            for name in ("Thaddeus Oxendine", "Thaddeus Oxendine", "Maria Garcia"):
                draft.new("people", {"name": name, "emails": [f"{name.split()[0].lower()}@example.org"]})
        yield store


def pairs(store: Store) -> list[Decision]:
    return [each for each in store.decisions() if each.what not in ("conflict", "deletion")]


@pytest.mark.parametrize("many", [0, 10_000])
def test_a_process_beside_finds_the_pairs_that_would_be_found_here(
    merged: Store, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_BESIDE", many)
    with looking_beside(merged):
        assert pairs(merged) == []
    found = pairs(merged)
    assert len(found) == 1
    look_for_duplicates(merged)
    assert pairs(merged) == found


def test_pairs_that_a_process_beside_has_no_memory_for_are_found_here(
    merged: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_given: object) -> None:
        raise Damaged("")

    monkeypatch.setattr(duplicates, "_BESIDE", 0)
    monkeypatch.setattr(duplicates, "apart", out_of_memory)
    with looking_beside(merged):
        pass
    assert len(pairs(merged)) == 1


def test_where_what_goes_on_beside_fails_no_pairs_are_kept(merged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_BESIDE", 0)
    with pytest.raises(NotWritable), looking_beside(merged):
        raise NotWritable("")
    assert pairs(merged) == []
