"""The help in the window: a page for each thing, found by its words, in both languages."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.help_pages import help_pages, help_title
from outreach_app.texts import LANGUAGES, speak
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.pages.help import HelpPage
from ui.widgets.cards import Scroll


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


def test_in_a_narrow_window_the_text_comes_into_view_below_the_list(qtbot: QtBot, desk: Desk) -> None:
    page = HelpPage(desk)
    around = Scroll(page)
    qtbot.addWidget(around)
    around.resize(500, 480)
    around.show()
    page.shown(name="sync")
    qtbot.waitUntil(lambda: page.text.visibleRegion().boundingRect().height() > 300)
    page.shown()
    around.verticalScrollBar().setValue(0)
    page.list.line("backups").click()
    qtbot.waitUntil(lambda: page.text.visibleRegion().boundingRect().height() > 300)


def test_a_page_asked_for_by_name_is_read_at_once(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, name="backups").page
    assert page.text.hasFocus()
    assert page.text.toPlainText().startswith("Backups, and a damaged store")
