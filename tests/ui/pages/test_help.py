"""The help in the window: a page for each thing, found by its words, in both languages."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.help_pages import help_pages, help_title
from outreach_app.texts import LANGUAGES, speak
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.pages.help import HelpPage


def opened(qtbot: QtBot, desk: Desk, **arguments: str) -> OnPage[HelpPage]:
    return OnPage(qtbot, desk, HelpPage(desk), **arguments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_pages_are_listed_and_each_is_shown(qtbot: QtBot, desk: Desk, language: str) -> None:
    speak(language)
    page = opened(qtbot, desk).page
    assert page.words.hasFocus()
    assert [row.key for row in page.list.rows] == list(help_pages())
    for row in page.list.rows:
        page.list.line(row.key).click()
        assert page.text.toPlainText().startswith(help_title(row.key, language))


def test_words_leave_the_pages_that_say_them_and_show_the_first_where_it_says_them(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk).page
    page.words.setText("forgotten")
    assert page.name == page.list.rows[0].key == "recovery-sheet"
    assert page.text.textCursor().selectedText() == "forgotten"
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    assert page.text.hasFocus()
    page.words.setText("xylophone")
    assert (list(page.list.rows), page.nothing.isVisible()) == ([], True)
    page.words.clear()
    assert (len(page.list.rows), page.nothing.isVisible()) == (len(help_pages()), False)


def test_a_page_asked_for_by_name_is_read_at_once(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, name="backups").page
    assert page.text.hasFocus()
    assert page.text.toPlainText().startswith("Backups, and a damaged store")
