"""Workbooks merged with no store."""

from contextlib import closing
from pathlib import Path

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
