"""The door by the recovery sheet: what it asks for, and how it says what is missing."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.accessibility import nameless
from ui.pages.recovering import Recovering, RecoverPage


def shown(qtbot: QtBot) -> tuple[RecoverPage, list[Recovering]]:
    page, heard = RecoverPage(), []
    qtbot.addWidget(page)
    page.asked.connect(heard.append)
    page.resize(1000, 700)
    page.show()
    return page, heard


def test_all_that_is_missing_is_said_at_once(qtbot: QtBot) -> None:
    page, heard = shown(qtbot)
    page.button.click()
    fields = (page.words_field, page.worker_field, page.new.first.field)
    assert all(field.reason.text() for field in fields)
    assert heard == []
    assert nameless(page) == []


def test_words_a_name_and_a_passphrase_are_asked_with(qtbot: QtBot) -> None:
    page, heard = shown(qtbot)
    page.words.write(" zoo act \n")
    page.worker.setText(" Cora Bird ")
    for each in (page.new.first, page.new.again):
        each.line.setText("cora's own words")
    page.button.click()
    page.wait()
    page.button.click()
    assert heard == [Recovering("zoo act", "Cora Bird", "cora's own words")]
    page.stay_shut("Another sheet.")
    assert page.fault.text() == "Another sheet."
    assert page.button.isEnabled()


def test_enter_goes_on_which_a_scanner_sends_after_what_it_read(qtbot: QtBot) -> None:
    page, heard = shown(qtbot)
    qtbot.keyClicks(page.words, "zoo act")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    assert (heard, page.words.text) == ([], "zoo act")
    assert page.worker_field.reason.text() == "Please write your name."
    qtbot.keyClick(page.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.words.text == "zoo act"


def test_nothing_of_it_shows_in_a_log(qtbot: QtBot) -> None:
    page, _heard = shown(qtbot)
    assert page.isVisible()
    assert "zoo" not in repr(Recovering("zoo", "Cora", "secret"))
    assert "secret" not in repr(Recovering("zoo", "Cora", "secret"))
