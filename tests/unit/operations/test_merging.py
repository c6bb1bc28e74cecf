"""Workbooks merged with no store."""

from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.model.errors import NotWritable
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.merging import merge_workbooks
from outreach_app.store.stores import Store


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
