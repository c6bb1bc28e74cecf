"""Hands at the event screen, in the real window: they type where the focus is, and every key is counted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from outreach_app.model.errors import NotWritable
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from ui.desks import Desk
from ui.main_window import MainWindow
from ui.pages.base import Page, PageSpec
from ui.pages.event import EventPage
from ui.pages.visitor import VisitorPage
from ui.widgets.buttons import Button
from ui.widgets.rows import RowButton
from ui.widgets.status_bars import Standing

Answer = TypeVar("Answer")
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FULL = "The disk is full. Make room and try again."
SWAIN, GRAHAM = "37173", "37075"


class OtherPage(Page):
    """A place to go to and come back from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.button = Button("Somewhere else")
        self.lay(self.button)


SPECS = (
    PageSpec("today", "Today", "calendar-days", OtherPage, shortcut="Ctrl+1"),
    PageSpec("print", "Print", "printer", OtherPage),
    PageSpec("event", "Event", "map-pin", EventPage, in_sidebar=False, full_window=True),
    PageSpec("visitor", "Visitor screen", "tablet", VisitorPage, in_sidebar=False, alone=True),
)


def planned(store: Store) -> str:
    """An event in Swain County, and four groups of which one serves that county; the event's id."""
    event, _changes = plan_event(
        store,
        {"name": "Almond Fire Hall", "county": SWAIN, "starts": "2026-11-21T10:00:00-05:00"},
    )
    for name, county in (("Council on Aging", GRAHAM), ("Youth Council", SWAIN), ("Board", GRAHAM), ("Care", GRAHAM)):
        make_record(store, "groups", {"name": name, "counties": [county]})
    return event


class Hands:
    """Types and presses at one event. ``keys`` counts; ``settle`` waits until the store has answered everything."""

    def __init__(self, qtbot: QtBot, desk: Desk, event: str) -> None:
        self.qtbot, self.desk, self.event = qtbot, desk, event
        self.keys = 0
        self.window = MainWindow(desk, SPECS, lambda _store: Standing(0, 0, 0))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        desk.go("event", event=event)
        self.settle()

    @property
    def page(self) -> EventPage:
        """The event's page."""
        page = self.window.open_pages["event"]
        assert isinstance(page, EventPage)
        return page

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def type(self, text: str, *, settle: bool = True) -> None:
        """Type letters where the focus is."""
        for letter in text:
            self.keys += 1
            QTest.keyClicks(self.focus, letter)
        if settle:
            self.settle()

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, settle: bool = True
    ) -> None:
        """Press one key."""
        self.keys += 1
        QTest.keyClick(self.focus, key, held)
        if settle:
            self.settle()

    def enter(self, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, settle: bool = True) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, held, settle=settle)

    def tab(self) -> None:
        """Press Tab."""
        self.press(Qt.Key.Key_Tab)

    def tab_to_contact(self, text: str) -> None:
        """From the name, go on to *Phone or e-mail* and write there."""
        for _field in ("organization", "contact"):
            self.press(Qt.Key.Key_Tab, settle=False)
        self.type(text, settle=False)

    def settle(self) -> None:
        """Wait until nothing is asked of the store any more, and what is new on the page is in view."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.desk.jobs.busy, timeout=10_000)

    def ask(self, question: Callable[[Store], Answer]) -> Answer:
        """What the store says, asked on its own thread."""
        answers: list[Answer] = []
        self.desk.read(question, answers.append)
        self.settle()
        return answers[0]

    def views(self, kind: str, **where: Any) -> list[View]:
        """The records of a kind, oldest first."""
        return list(self.ask(lambda store: store.list(kind, where, order="made_at")))

    def titles(self, kind: str) -> list[str]:
        """What they are called, oldest first."""
        return [view.title for view in self.views(kind)]

    def counts(self) -> dict[str, str]:
        """What the four tiles say."""
        return {verb: tile.accessibleName().rpartition(", ")[2] for verb, tile in self.page.tiles.items()}

    def just_now(self) -> list[str]:
        """What is listed as just happened, newest first."""
        return [row.text for row in self.page.just_now.list.rows]

    def undo_link(self) -> QWidget:
        """The link at the newest line."""
        link = next(line.link for line in self.page.just_now.findChildren(RowButton) if line.link is not None)
        assert link is not None
        return link


def full_disk(*_arguments: Any, **_named: Any) -> AbstractContextManager[Any]:
    """What writing to a full disk does."""
    raise NotWritable(FULL)
