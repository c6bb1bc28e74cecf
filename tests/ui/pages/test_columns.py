"""What the columns hold: a table of another program is looked at, said, remembered, and read so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.store.stores import Store
from tests.helpers.accessibility import focusable
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.messages import Message
from ui.pages.columns import ColumnsPage
from ui.pages.merging import MergePage


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "coalition.csv"
    path.write_text("Who,Ring,Email\nAda Crowe,828 555 0101,ada@x.example\nTom,828 555 0102,\n", "utf-8")
    return path


@pytest.fixture
def on(qtbot: QtBot, desk: Desk, table: Path) -> OnPage[ColumnsPage]:
    return OnPage(qtbot, desk, ColumnsPage(desk), paths=(table,))


def test_each_column_is_shown_with_its_first_cells_and_what_is_guessed(on: OnPage[ColumnsPage]) -> None:
    assert {heading: box.chosen for heading, box in on.page.holds.items()} == {"Who": "", "Ring": "", "Email": "emails"}
    assert on.page.holds["Who"].hasFocus()
    assert on.page.header.subtitle.text() == "coalition.csv · 2 rows"
    names = [widget.accessibleName() for widget in focusable(on.page)]
    assert "What “Ring” holds" in names
    assert names.index("What “Who” holds") < names.index("What “Ring” holds") < names.index("Remember and look")
    assert not on.page.table_field.isVisible()


def test_without_a_name_nothing_is_remembered_and_why_is_said(on: OnPage[ColumnsPage]) -> None:
    on.press(Qt.Key.Key_R)
    assert on.page.reason.isVisible()
    assert "which column holds the name" in on.page.reason.text()
    assert on.went == []


def test_what_is_said_is_remembered_and_the_files_are_looked_at(
    on: OnPage[ColumnsPage], qtbot: QtBot, desk: Desk, table: Path, store: Store
) -> None:
    for heading, what in (("Who", "name"), ("Ring", "phones:home")):
        box = on.page.holds[heading]
        box.choose(what)
        box.changed.emit(what)
    on.press(Qt.Key.Key_R)
    assert on.went == [Destination("merge", {"look": True})]
    merge = OnPage(qtbot, desk, MergePage(desk))
    merge.page.add([table])
    assert merge.page.others["columns"].isVisible()
    merge.page.shown(look=True)
    merge.settle()
    assert merge.page.account.model.rowCount() == 1
    merge.press(Qt.Key.Key_M)
    assert {view.title for view in store.list("people")} == {"Ada Crowe", "Tom"}
    again = OnPage(qtbot, desk, ColumnsPage(desk), paths=(table,))
    assert again.page.holds["Ring"].chosen == "phones:home"
    assert again.page.header.subtitle.text().endswith("as it was said before")


def test_rows_of_another_kind_are_guessed_anew(on: OnPage[ColumnsPage]) -> None:
    on.page.kind.chip("organizations").click()
    on.settle()
    box = on.page.holds["Who"]
    assert box.findData("website") >= 0
    assert box.findData("given_name") < 0


def test_of_several_tables_each_is_said(qtbot: QtBot, desk: Desk, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "events.csv"
    other.write_text("Event,Date\nFair,2026-11-28\n", "utf-8")
    on = OnPage(qtbot, desk, ColumnsPage(desk), paths=(other, table))
    assert on.page.table_field.isVisible()
    assert on.page.kind.one == "events"
    on.page.table.choose("1")
    on.page.table.changed.emit("1")
    assert list(on.page.holds) == ["Who", "Ring", "Email"]


def test_a_file_that_cannot_be_read_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path, said: list[Message]) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    on = OnPage(qtbot, desk, ColumnsPage(desk), paths=(tmp_path / "empty.csv",))
    assert said[-1].text == "“empty.csv” is empty."
    assert not on.page.button.isEnabled()


def test_the_merge_page_leads_there_with_the_tables_alone(
    qtbot: QtBot, desk: Desk, table: Path, tmp_path: Path
) -> None:
    merge = OnPage(qtbot, desk, MergePage(desk))
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04torn")
    merge.page.add([tmp_path / "book.xlsx"])
    assert not merge.page.others["columns"].isVisible()
    merge.page.add([table])
    merge.press(Qt.Key.Key_W)
    assert merge.went == [Destination("columns", {"paths": (table,)})]
