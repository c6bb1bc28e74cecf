"""A page shown as the window shows it, and hands on it: it settles, it is pressed, and where it goes is noted."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.accessibility import nameless
from ui.desks import Desk, Destination
from ui.pages.base import Page

Shown = TypeVar("Shown", bound=Page)
ALT = Qt.KeyboardModifier.AltModifier


class OnPage(Generic[Shown]):
    """``page`` in view; ``went`` tells where it went."""

    def __init__(self, qtbot: QtBot, desk: Desk, page: Shown, **arguments: Any) -> None:
        self.page = page
        self.went: list[Destination] = []
        self._qtbot, self._desk = qtbot, desk
        desk.went.connect(self.went.append)
        desk.committed.connect(page.changed)
        qtbot.addWidget(page)
        page.resize(1150, 730)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.shown(**arguments)
        page.take_focus()
        self.settle()
        assert nameless(page) == []

    def settle(self) -> None:
        """Let everything come that was asked for."""
        self._qtbot.waitUntil(lambda: not self._desk.jobs.busy, timeout=20_000)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: not self._desk.jobs.busy, timeout=20_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
        """Press a key where the focus is, and let it do its work."""
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.page.focusWidget() or self.page, text)
        self.settle()
