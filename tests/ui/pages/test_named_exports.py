"""Exports with a name: what was chosen is kept, or fills the department's own template; renamed, removed."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.leaving import Wanted
from outreach_app.operations.named_exports import export_named, named_exports, save_export, wanted_by
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from tests.helpers.templates import own_template
from ui.desks import Desk, Destination
from ui.pages import named_exports as page_module
from ui.pages.export_asked import Asked
from ui.pages.export_choices import ExportChoicesPage
from ui.pages.named_exports import NamedExportsPage
from ui.pages.template import TemplatePage

ASKED = Asked(Wanted(language="es", lists=("people",), columns=("people.name",)))


@pytest.fixture
def on(qtbot: QtBot, desk: Desk) -> OnPage[NamedExportsPage]:
    return OnPage(qtbot, desk, NamedExportsPage(desk), asked=ASKED)


def test_what_was_chosen_is_kept_under_a_name(on: OnPage[NamedExportsPage], store: Store) -> None:
    assert on.page.name.hasFocus()
    on.press(Qt.Key.Key_K)
    assert on.page.name_field.reason.text().startswith("Give it a name")
    on.type("Weekly")
    on.page.since_last.click()
    on.press(Qt.Key.Key_K)
    assert on.went == [Destination("export", {})]
    [kept] = named_exports(store)
    assert (kept.name, kept.since_last) == ("Weekly", True)
    assert wanted_by(store, kept.id) == (ASKED.chosen, None)
    assert [line.text for line in on.page.list.rows] == ["Weekly"]


def test_it_is_renamed_and_removed_and_that_is_undone(on: OnPage[NamedExportsPage], store: Store, desk: Desk) -> None:
    kept, _changes = save_export(store, "Weekly", Wanted())
    save_export(store, "Daily", Wanted())
    on.page.shown()
    on.settle()
    assert not on.page.new_card.isVisible()
    on.page.list.line(kept).click()
    assert on.page.called.hasFocus()
    on.page.called.setText("daily")
    on.press(Qt.Key.Key_R)
    assert "already a named export" in on.page.called_field.reason.text()
    on.page.called.setText("Each week")
    on.press(Qt.Key.Key_R)
    assert [line.text for line in on.page.list.rows] == ["Daily", "Each week"]
    on.press(Qt.Key.Key_E)
    assert [line.text for line in on.page.list.rows] == ["Daily"]
    assert not on.page.own_card.isVisible()
    desk.undo()
    on.settle()
    assert [line.text for line in on.page.list.rows] == ["Daily", "Each week"]


def test_a_template_is_chosen_said_and_kept(
    on: OnPage[NamedExportsPage],
    qtbot: QtBot,
    desk: Desk,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_record(store, "people", {"name": "Ada Crowe", "town": "Murphy"})
    path = own_template(tmp_path / "own.xlsx")
    monkeypatch.setattr(page_module, "asked_files", lambda *_asked: [path])
    on.press(Qt.Key.Key_T)
    assert (on.went, on.page.name.hasFocus()) == ([], True)
    on.type("Ours")
    on.press(Qt.Key.Key_T)
    [went] = on.went
    assert went.page == "template"
    template = OnPage(qtbot, desk, TemplatePage(desk), **went.arguments)
    boxes = template.page.columns.boxes
    assert (boxes["Agency"].chosen, boxes["Born in"].chosen) == ("organization", "")
    boxes["Born in"].choose("town")
    boxes["Born in"].changed.emit("town")
    template.press(Qt.Key.Key_K)
    [kept] = named_exports(store)
    assert (kept.name, kept.form, kept.ending) == ("Ours", "template", ".xlsx")
    export_named(store, tmp_path / "filled.xlsx", kept.id)
    sheet = openpyxl.load_workbook(tmp_path / "filled.xlsx").worksheets[0]
    assert (sheet["A5"].value, sheet["E5"].value) == ("Ada Crowe", "Murphy")


def test_a_template_that_cannot_be_filled_says_why(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = own_template(tmp_path / "own.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A9"] = "Together"
    book.save(path)
    on = OnPage(qtbot, desk, TemplatePage(desk), asked=Asked(Wanted()), name="Ours", path=path)
    on.press(Qt.Key.Key_K)
    assert "Cell A9 of the template" in on.page.reason.text()
    assert on.went == []


def test_lists_and_columns_are_chips(qtbot: QtBot, desk: Desk) -> None:
    on = OnPage(qtbot, desk, ExportChoicesPage(desk), profile="internal", lists=("people",), columns=("people.name",))
    assert on.page.columns.chosen == ("name",)
    on.page.columns.chip("town").click()
    on.page.lists.chip("events").click()
    assert on.page.told.text() == "People: 2 columns"
    on.page.of.choose("events")
    on.page.of.changed.emit("events")
    on.page.columns.chip("county").click()
    on.page.lists.chip("people").click()
    on.page.since.setText("last week")
    on.press(Qt.Key.Key_D)
    assert (on.went, on.page.since_field.reason.text()) == ([], "“last week” is no day. Write it as 2026-11-21.")
    on.page.since.setText("2026-11-01")
    on.press(Qt.Key.Key_D)
    told = {"lists": ("events",), "columns": ("events.county",), "since": "2026-11-01"}
    assert on.went == [Destination("export", told)]
