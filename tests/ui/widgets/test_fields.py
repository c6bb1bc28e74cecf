"""Fields: undo goes where it belongs, text grows, refusals are said beside the field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.fields import GrowingText, LabelledField, LineEdit


def place(qtbot: QtBot, field: QWidget) -> tuple[QWidget, list[str]]:
    window = QWidget()
    QVBoxLayout(window).addWidget(field)
    qtbot.addWidget(window)
    undone: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), window)
    shortcut.activated.connect(lambda: undone.append("window"))
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return window, undone


def test_undo_is_the_fields_while_there_is_typing_to_undo_and_then_the_windows(qtbot: QtBot) -> None:
    field = LineEdit()
    _window, undone = place(qtbot, field)
    qtbot.keyClicks(field, "Ada")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), undone) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["window"]
    qtbot.keyClicks(field, "Ben")
    field.setText("")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["window", "window"]


def test_the_same_in_a_text_of_several_lines(qtbot: QtBot) -> None:
    text = GrowingText()
    _window, undone = place(qtbot, text)
    qtbot.keyClicks(text, "Ada")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (text.text, undone) == ("", [])
    text.write("")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["window"]


def test_text_grows_with_its_lines_within_bounds(qtbot: QtBot) -> None:
    text = GrowingText(least=2, most=5)
    _window, _undone = place(qtbot, text)
    heights = []
    for lines in (1, 2, 4, 5, 50):
        text.write("\n".join(["word"] * lines))
        heights.append(text.sizeHint().height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_tab_leaves_a_text_and_ctrl_enter_submits_it(qtbot: QtBot) -> None:
    text, after = GrowingText(), LineEdit()
    window, _undone = place(qtbot, text)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(after)
    qtbot.waitUntil(after.isVisible)
    with qtbot.waitSignal(text.submitted):
        qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    assert text.text == ""


def test_a_label_names_its_field_and_says_why_it_is_refused(qtbot: QtBot) -> None:
    phone = LabelledField("Phone", LineEdit(), hint="— if they like")
    qtbot.addWidget(phone)
    assert phone.label.buddy() is phone.named
    assert (phone.named.accessibleName(), phone.named.accessibleDescription()) == ("Phone", "if they like")
    phone.show()
    phone.refuse("It has ten digits.")
    assert phone.reason.isVisible()
    assert phone.named.property("wrong") is True
    assert phone.named.accessibleDescription() == "It has ten digits."
    phone.refuse("")
    assert not phone.reason.isVisible()
    assert phone.named.property("wrong") is False
    assert phone.named.accessibleDescription() == "if they like"


def test_fields_are_high_enough_to_hit_and_hide_what_is_secret(qtbot: QtBot) -> None:
    secret = LineEdit("open", secret=True)
    qtbot.addWidget(secret)
    assert secret.sizeHint().height() >= 46
    assert secret.echoMode() is QLineEdit.EchoMode.Password
