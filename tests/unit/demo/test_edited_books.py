"""What people do to workbooks is done to real files, and the program reads the files back as they were meant."""

from pathlib import Path

import openpyxl
import pytest

from outreach_app.demo.edited_books import edit_workbook
from outreach_app.demo.workbook_edits import (
    ChangeCell,
    MoveColumn,
    NewRow,
    NumbersForText,
    RenameHeading,
    SortRows,
    WorkbookEdit,
    WorkbookStep,
)
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store.in_memory(worker="Ada", department="Hill County")
    for name, zip_code, town in (("Cora", "04605", "Ellsworth"), ("Ben", "28713", "Alarka"), ("Ada", "97031", "Odell")):
        phones = [{"number": f"828 555 010{len(name)}", "kind": "mobile"}]
        make_record(made, "people", {"name": name, "zip": zip_code, "town": town, "phones": phones})
    return made


@pytest.fixture(scope="module")
def source(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "people.xlsx"
    export_workbook(store, path)
    return path


def edited(source: Path, folder: Path, *steps: WorkbookStep) -> tuple[Path, list[list[object]]]:
    """The file after some steps, and the rows of its sheet of people."""
    target = folder / "edited.xlsx"
    edit_workbook(source, target, WorkbookEdit(1, target.name, steps))
    sheet = openpyxl.load_workbook(target)["People"]
    heading = [cell.value for cell in sheet[1]]
    assert [column.name for column in sheet.tables["people"].tableColumns] == heading
    assert sheet.tables["people"].ref == sheet.dimensions
    return target, [list(row) for row in sheet.iter_rows(values_only=True)]


def outcomes(store: Store, path: Path) -> tuple[int, int, int, int]:
    rows = import_path(store, path, dry_run=True).total["people"]
    return rows.new, rows.changed, rows.same, rows.set_aside


def test_a_moved_column_keeps_its_cells_and_lists(store: Store, source: Path, tmp_path: Path) -> None:
    path, rows = edited(source, tmp_path, MoveColumn("people", "zip", 0))
    assert [row[:2] for row in rows] == [["ZIP", "Name"], ["04605", "Cora"], ["28713", "Ben"], ["97031", "Ada"]]
    assert outcomes(store, path) == (0, 0, 3, 0)
    sheet = openpyxl.load_workbook(path)["People"]
    notes = {str(each.sqref): each.prompt for each in sheet.data_validations.dataValidation if each.prompt}
    assert "[zip]" in notes["A1"]
    assert "[name]" in notes["B1"]


def test_numbers_for_text_eat_noughts_which_come_back(store: Store, source: Path, tmp_path: Path) -> None:
    path, rows = edited(source, tmp_path, NumbersForText("people", "zip"))
    place = rows[0].index("ZIP")
    assert [row[place] for row in rows[1:]] == [4605, 28713, 97031]
    assert outcomes(store, path) == (0, 0, 3, 0)


def test_a_renamed_heading_is_found_by_later_steps(store: Store, source: Path, tmp_path: Path) -> None:
    steps = RenameHeading("people", "town", "City"), NewRow("people", {"name": "Delia", "town": "Almond"})
    path, rows = edited(source, tmp_path, *steps)
    assert "Town" not in rows[0]
    assert rows[-1][rows[0].index("City")] == "Almond"
    assert outcomes(store, path) == (1, 0, 3, 0)


def test_a_changed_cell_and_sorted_rows(store: Store, source: Path, tmp_path: Path) -> None:
    change = ChangeCell("people", "name", "Ben", "phones", "828 555 0103", "828 555 0172")
    path, rows = edited(source, tmp_path, SortRows("people", "name"), change)
    assert [row[0] for row in rows[1:]] == ["Ada", "Ben", "Cora"]
    assert rows[2][rows[0].index("Phones")] == "828 555 0172 (Mobile)"
    assert outcomes(store, path) == (0, 1, 2, 0)


def test_a_cell_that_is_not_as_planned_is_not_changed_in_silence(source: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        edited(source, tmp_path, ChangeCell("people", "name", "Ben", "phones", "555 0199", "555 0100"))
