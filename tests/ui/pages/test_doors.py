"""The pages before a store is open say what they need, field by field, and take no less."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.pages.unlock import Unlocking, UnlockPage
from ui.pages.welcome import Founding, Joining, WelcomePage
from ui.widgets.fields import LineEdit


def line(field: object) -> LineEdit:
    named = getattr(field, "named", None)
    assert isinstance(named, LineEdit)
    return named


def welcomed(qtbot: QtBot) -> tuple[WelcomePage, list[object]]:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    heard: list[object] = []
    page.asked.connect(heard.append)
    return page, heard


def test_all_that_is_missing_is_said_at_once_and_the_first_has_the_focus(qtbot: QtBot) -> None:
    page, heard = welcomed(qtbot)
    page.button.click()
    said = [field.reason.text() for field in (page.worker, page.department, page.new.first.field, page.new.again.field)]
    assert all(said[:3])
    assert said[3] == ""
    qtbot.waitUntil(line(page.worker).hasFocus)
    assert heard == []


def test_who_has_an_invitation_types_at_once(qtbot: QtBot) -> None:
    page, _heard = welcomed(qtbot)
    page.turn.setFocus()
    qtbot.keyClick(page.turn, Qt.Key.Key_Space)
    assert page.invited.isVisible()
    qtbot.waitUntil(line(page.worker).hasFocus)


def test_a_department_begins(qtbot: QtBot) -> None:
    page, heard = welcomed(qtbot)
    line(page.worker).setText(" Ada Crowe ")
    line(page.department).setText("Hill County Health")
    page.new.first.line.setText("four words in mind")
    page.new.again.line.setText("four words in mine")
    qtbot.keyClick(page.new.again.line, Qt.Key.Key_Return)
    assert page.new.again.field.reason.text()
    assert heard == []
    page.new.again.line.setText("four words in mind")
    qtbot.keyClick(page.new.again.line, Qt.Key.Key_Return)
    assert heard == [Founding("Ada Crowe", "Hill County Health", "four words in mind")]
    page.wait()
    page.button.click()
    assert len(heard) == 1
    page.stay("There is no room on the disk.")
    assert page.fault.isVisible()
    assert page.button.isEnabled()


def test_by_keys_alone_one_types_line_after_line(qtbot: QtBot) -> None:
    """A passphrase has spaces: typed where a link has the focus, they would click it."""
    page, heard = welcomed(qtbot)
    qtbot.waitUntil(line(page.worker).hasFocus)
    for typed in ("Ada Crowe", "Hill County Health", "four words in mind", "four words in mind"):
        focused = QApplication.focusWidget()
        assert isinstance(focused, LineEdit)
        qtbot.keyClicks(focused, typed)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    page.button.click()
    assert heard == [Founding("Ada Crowe", "Hill County Health", "four words in mind")]


def test_what_was_complained_of_is_forgiven_as_it_is_written(qtbot: QtBot) -> None:
    page, _heard = welcomed(qtbot)
    page.button.click()
    assert page.department.reason.isVisible()
    qtbot.keyClicks(line(page.department), "H")
    assert not page.department.reason.isVisible()
    assert page.worker.reason.isVisible()


def test_an_invitation_is_the_other_way_in(qtbot: QtBot) -> None:
    page, heard = welcomed(qtbot)
    page.turn.click()
    assert not page.department.isVisible()
    page.turn.click()
    assert page.department.isVisible()
    page.join_by(Path("invitation.file"))
    page.button.click()
    assert page.code.reason.text()
    assert heard == []
    line(page.worker).setText("Ben Arch")
    line(page.code).setText("one two three four five six")
    for each in (page.new.first, page.new.again):
        each.line.setText("four words in mind")
    page.button.click()
    asked = Joining("Ben Arch", Path("invitation.file"), "one two three four five six", "four words in mind")
    assert heard == [asked]


def test_a_passphrase_is_hidden_until_one_asks_to_see_it(qtbot: QtBot) -> None:
    page, _heard = welcomed(qtbot)
    page.new.first.look.click()
    assert page.new.first.line.echoMode() is QLineEdit.EchoMode.Normal
    page.new.first.look.click()
    assert page.new.first.line.echoMode() is QLineEdit.EchoMode.Password


def test_unlocking_asks_waits_and_says_why_it_stays_shut(qtbot: QtBot) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    page.show()
    heard: list[object] = []
    page.asked.connect(heard.append)
    page.line.setText("a passphrase")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert heard == [Unlocking("a passphrase")]
    page.wait()
    assert page.line.isReadOnly()
    page.button.click()
    assert len(heard) == 1
    page.stay_shut("That is not it.")
    assert page.fault.isVisible()
    assert page.line.selectedText()
    page.turn.click()
    assert page.line.echoMode() is QLineEdit.EchoMode.Normal
    page.turn.click()
    assert page.line.echoMode() is QLineEdit.EchoMode.Password
