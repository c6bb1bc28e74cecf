"""The open window composes: it goes to pages, tells them of changes, counts, and shows what is going on."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from outreach_app.journal.changes import Changes
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.accessibility import nameless, small
from ui.actions import action
from ui.desks import Desk
from ui.dialogs.keys import KeysDialog
from ui.main_window import MainWindow
from ui.pages.base import Page, PageSpec
from ui.widgets.buttons import Button
from ui.widgets.labels import KeyCap, Words
from ui.widgets.sidebars import PlaceButton
from ui.widgets.status_bars import Standing


class PeoplePage(Page):
    kinds = frozenset({"people"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.refreshed = 0
        self.given: dict[str, Any] = {}
        self.field = QLineEdit()
        self.field.setAccessibleName("Name")
        self.lay(Words("People", "title"), Button("Other"), self.field)

    @property
    def title(self) -> str:
        return "People here"

    def shown(self, **arguments: Any) -> None:
        self.given = arguments
        self.refresh()
        self.field.setFocus()

    def refresh(self) -> None:
        self.refreshed += 1

    @action("new_person", "New person", shortcut="Ctrl+N")
    def new_person(self) -> None:
        self.desk.do(make_record, "people", {"name": "Ada Crowe"})


class QuietPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.first = Button("First")
        self.lay(self.first)


class PersonPage(QuietPage):
    place = "people"


SPECS = (
    PageSpec("people", "People", "users", PeoplePage, shortcut="Ctrl+1", count=lambda store: store.count("people")),
    PageSpec("quiet", "Sync", "arrow-right-left", QuietPage, shortcut="Ctrl+2"),
    PageSpec("event", "Event", "map-pin", PeoplePage, in_sidebar=False, full_window=True),
    PageSpec("person", "Person", "users", PersonPage, in_sidebar=False),
)


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(desk, SPECS, lambda store: Standing(store.whereabouts().only_here, 0, 0))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.message_bar.close_message()


def people(window: MainWindow) -> PeoplePage:
    page = window.open_pages["people"]
    assert isinstance(page, PeoplePage)
    return page


def test_the_first_page_is_shown_first_with_the_focus_in_it(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page is people(window)
    assert list(window.open_pages) == ["people"]
    qtbot.waitUntil(people(window).field.hasFocus)
    assert window.windowTitle() == "People here · Outreach"
    assert [button.place.name for button in window.sidebar.findChildren(PlaceButton)] == ["people", "quiet"]


def test_everything_round_the_page_has_a_name_and_is_large_enough(window: MainWindow) -> None:
    window.desk.messages.done("Saved.", "Show", lambda: None)
    window.progress.begin("Merging", lambda: None)
    assert nameless(window) == []
    assert small(window.sidebar, 24) == []
    window.progress.end()


def test_pages_are_gone_to_by_sidebar_key_and_desk_and_come_with_what_they_are_given(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.sidebar.findChildren(PlaceButton)[1].click()
    quiet = window.open_pages["quiet"]
    assert window.page is quiet
    assert isinstance(quiet, QuietPage)
    qtbot.waitUntil(quiet.first.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.page is people(window)
    desk.go("event", event="e")
    event = window.open_pages["event"]
    assert isinstance(event, PeoplePage)
    assert event.given == {"event": "e"}
    assert not window.sidebar.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is people(window)
    assert window.sidebar.isVisible()
    window.back()
    assert window.page is quiet


def test_the_sidebar_marks_the_place_a_page_belongs_to(window: MainWindow, desk: Desk) -> None:
    window.sidebar.findChildren(PlaceButton)[1].click()
    desk.go("person")
    assert [each.place.name for each in window.sidebar.findChildren(PlaceButton) if each.isChecked()] == ["people"]


def test_a_save_refreshes_the_pages_in_view_that_show_it_and_the_counts(window: MainWindow, qtbot: QtBot) -> None:
    page = people(window)
    before = page.refreshed
    window.desk.go("quiet")
    window.desk.do(make_record, "organizations", {"name": "Food Share"})
    window.desk.do(make_record, "people", {"name": "Ben Arch"})
    qtbot.waitUntil(lambda: window.status_bar.only_here.text() == "2" and not window.desk.jobs.busy)
    assert page.refreshed == before
    window.desk.go("people")
    now = page.refreshed
    assert now == before + 1
    qtbot.keyClick(page.field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    button = window.sidebar.findChildren(PlaceButton)[0]
    qtbot.waitUntil(lambda: button.accessibleName() == "People, 2")
    assert page.refreshed == now + 1
    assert window.status_bar.saved.text().startswith("Saved ")


def test_ctrl_z_undoes_the_last_save_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    page = people(window)
    button = window.sidebar.findChildren(PlaceButton)[0]
    window.can["undo"].trigger()
    assert window.message_bar.isVisible()
    window.message_bar.close_message()
    page.can["new_person"].trigger()
    qtbot.waitUntil(lambda: button.accessibleName() == "People, 1")
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus)
    window.can["undo"].trigger()
    qtbot.waitUntil(lambda: button.accessibleName() == "People, 0")
    assert window.message_bar.words.text() == "Undone."


def test_long_work_shows_its_progress_one_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    first, second = threading.Event(), threading.Event()
    window.desk.work(lambda _store, tell: (tell(1, 4), first.wait(5)), label="Merging")
    window.desk.work(lambda _store, _tell: second.wait(5), label="Exporting")
    assert window.progress.words.text() == "Merging"
    qtbot.waitUntil(lambda: window.progress.figures.text() == "1 of 4")
    first.set()
    qtbot.waitUntil(lambda: window.progress.words.text() == "Exporting")
    assert window.progress.isVisible()
    second.set()
    qtbot.waitUntil(lambda: not window.progress.isVisible())


def test_a_message_stands_over_the_foot_of_the_page_and_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    page = people(window)
    before = page.field.geometry()
    window.desk.messages.fault("The folder is read-only. Choose another one.")
    bar = window.message_bar
    assert bar.isVisible()
    assert page.field.geometry() == before
    assert bar.geometry().bottom() < window.status_bar.y()
    assert bar.x() > window.sidebar.width()
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_the_sheet_of_keys_is_made_from_the_actions(window: MainWindow, qtbot: QtBot) -> None:
    window.can["help"].trigger()
    sheet = window.findChild(KeysDialog)
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    assert {cap.keys for cap in sheet.findChildren(KeyCap)} >= {
        "Ctrl+Z",
        "Ctrl+K",
        "F1",
        "Ctrl+N",
        "Ctrl+1",
        "Alt+←",
    }
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_anyone_is_found_by_ctrl_k_three_letters_and_enter(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[tuple[str, str]] = []
    monkeypatch.setattr(window.desk, "go_to_record", lambda kind, record: went.append((kind, record)))
    made: list[tuple[str, Changes]] = []
    window.desk.do(make_record, "people", {"name": "Thaddeus Oxendine"}, done=made.append)
    qtbot.waitUntil(lambda: bool(made))
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel, line = window.finder, window.finder.field.field
    qtbot.waitUntil(line.hasFocus)
    assert nameless(panel) == []
    qtbot.waitUntil(lambda: [each.text for each in panel.field.list.lines] == ["Thaddeus Oxendine"])  # just saved
    qtbot.keyClicks(line, "zzz")
    qtbot.waitUntil(lambda: panel.nothing.text() != "")
    for typed, nearly in (("Oxendime", True), ("Oxe", False)):
        line.selectAll()
        qtbot.keyClicks(line, typed)
        qtbot.waitUntil(
            lambda typed=typed: panel.nothing.isHidden() and line.text() == typed and not window.desk.jobs.busy
        )
        assert [(each.group, bool(each.detail)) for each in panel.field.list.lines] == [("People", nearly)]
    line.selectAll()
    qtbot.keyClicks(line, "oxe")
    qtbot.keyClick(line, Qt.Key.Key_Return)  # before anything was found
    qtbot.waitUntil(lambda: went == [("people", made[0][0])])
    assert not panel.isVisible()


def test_what_can_be_done_here_is_found_by_its_words_and_escape_gives_the_focus_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, panel = people(window), window.finder
    page.field.setFocus()
    window.can["find"].trigger()
    line = panel.field.field
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert page.field.hasFocus()
    assert not panel.isVisible()
    window.can["find"].trigger()
    qtbot.keyClicks(line, "new per")
    qtbot.waitUntil(lambda: [each.text for each in panel.field.list.lines] == ["New person"])
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.store.count("people") == 1)
    assert page.field.hasFocus()


def test_where_a_queue_looks_finding_shows_names_and_nothing_recent(window: MainWindow, qtbot: QtBot) -> None:
    for kind, values in (("people", {"name": "Zorro Vint"}), ("feedback", {"verbatim": "Zorro owes me money"})):
        make_record(window.desk.store, kind, values)
    window.desk.go("event")
    window.can["find"].trigger()
    panel = window.finder
    assert panel.field.list.lines == ()
    assert panel.nothing.isVisible()
    qtbot.keyClicks(panel.field.field, "zorro")
    qtbot.waitUntil(lambda: bool(panel.field.list.lines))
    assert [each.text for each in panel.field.list.lines] == ["Zorro Vint"]
    assert panel.geometry().bottom() < window.height()


def test_what_is_saved_while_it_is_counted_is_counted_once_after_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    counted: list[Store] = []

    def count(store: Store) -> int:
        counted.append(store)
        return len(counted)

    window.pages["people"] = replace(window.pages["people"], count=count)
    for _save in range(6):
        window.desk.committed.emit(Changes("make_people", None))
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    assert len(counted) == 2
