"""Every page of a store with nothing in it says what to do there."""

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.desks import Desk
from ui.main_window import MainWindow
from ui.pages.base import Page
from ui.pages.places import places, standing
from ui.widgets.cards import EmptyState

_A_SENTENCE = 5  # words


def sentences(page: Page) -> list[str]:
    """What the page says in whole sentences."""
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return [each for each in said if len(each.split()) >= _A_SENTENCE]


def ways_on(page: Page) -> list[str]:
    """The buttons and fields of the page that one can use now."""
    found = [each for each in page.findChildren(QWidget) if isinstance(each, QPushButton | QLineEdit | QPlainTextEdit)]
    return [each.accessibleName() for each in found if each.isVisibleTo(page) and each.isEnabled()]


def test_every_empty_page_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk, places(), standing)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    silent, stuck, bare = [], [], []
    shown = [spec.name for spec in places() if spec.in_sidebar]
    for name in shown:
        desk.go(name)
        for _again in range(2):
            qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)
            QApplication.processEvents()
        page = window.page
        assert page is not None
        silent += [] if sentences(page) else [name]
        stuck += [] if ways_on(page) else [name]
        states = [each for each in page.findChildren(EmptyState) if each.isVisibleTo(page)]
        bare += [name for each in states if len(each._says.text().split()) < _A_SENTENCE]
    assert len(shown) > 12
    assert (silent, stuck, bare) == ([], [], [])
