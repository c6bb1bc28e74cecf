"""Return files and reviews in the window."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.second_laptops import second_laptop
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.messages import Message
from ui.pages import merging, returns
from ui.pages.merging import MergePage
from ui.pages.returns import ReturnsPage


@pytest.fixture
def store(store_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A coordinator's store into which a worker's workbook was merged."""
    with closing(open_store(Path(shutil.copytree(store_template, tmp_path / "store")), PASSPHRASE)) as office:
        with second_laptop(office, tmp_path / "laptop") as laptop:
            make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
            export_workbook(laptop, tmp_path / "week.xlsx")
        import_path(office, tmp_path / "week.xlsx")
        yield office


def test_each_worker_is_listed_and_the_files_are_written(
    qtbot: QtBot, desk: Desk, said: list[Message], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = OnPage(qtbot, desk, ReturnsPage(desk))
    assert len(on.page.list.rows) == 2
    monkeypatch.setattr(returns, "asked_folder", lambda *_given: tmp_path)
    on.press(Qt.Key.Key_W)
    assert said[-1].text == "Wrote 1 return file."
    assert len([*tmp_path.glob("Return for *.xlsx")]) == 1
    assert on.page.button.isEnabled()


def test_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, desk: Desk, said: list[Message], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = OnPage(qtbot, desk, ReturnsPage(desk))
    monkeypatch.setattr(returns, "asked_folder", lambda *_given: tmp_path / "gone" / "deep")
    on.press(Qt.Key.Key_W)
    assert said[-1].text.startswith("There is no file or folder")
    assert on.page.button.isEnabled()


def test_the_review_is_written_where_it_was_asked_for(
    qtbot: QtBot, desk: Desk, said: list[Message], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = OnPage(qtbot, desk, MergePage(desk))
    assert on.page.after.isVisible()
    monkeypatch.setattr(merging, "asked_new_file", lambda *_given: tmp_path / "review.xlsx")
    on.press(Qt.Key.Key_V)
    assert (tmp_path / "review.xlsx").exists()
    assert said[-1].text.startswith("Wrote review.xlsx: 0 things to decide.")
    on.press(Qt.Key.Key_R)
    assert on.went[-1].page == "returns"
