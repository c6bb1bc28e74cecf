"""Actions are declared on the method that does the work; keys, buttons and tooltips follow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import action, bind, declared, keys_of, keys_said, spec_of
from ui.widgets.buttons import Button
from ui.widgets.labels import KeyCap


class Place(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []
        self.can = bind(self, self)

    @action("save", "Save", shortcut="Ctrl+Enter", icon="check", hint="Keep it", also=("F2",))
    def save(self) -> None:
        self.done.append("save")

    @action("hide", "Hide", checkable=True)
    def turn(self, on: bool) -> None:
        self.done.append(on)


class Grown(Place):
    @action("more", "More…", shortcut="Alt+J")
    def more(self) -> None:
        self.done.append("more")


def test_actions_are_bound_in_the_order_declared_with_those_of_the_base_first(qtbot: QtBot) -> None:
    assert list(declared(Grown)) == ["save", "hide", "more"]
    place = Grown()
    qtbot.addWidget(place)
    assert list(place.can) == ["save", "hide", "more"]
    place.can["more"].trigger()
    place.can["hide"].setChecked(True)
    assert place.done == ["more", True]
    assert spec_of(place.can["save"]).icon == "check"
    assert place.can["save"].toolTip() == "Keep it"


def test_a_shortcut_works_wherever_the_focus_is_with_either_enter_key(qtbot: QtBot) -> None:
    place = Place()
    field = QLineEdit()
    QVBoxLayout(place).addWidget(field)
    qtbot.addWidget(place)
    place.show()
    place.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for key, modifier in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(field, key, modifier)
    assert place.done == ["save"] * 3


def test_a_shortcut_sleeps_while_its_place_is_not_in_view(qtbot: QtBot) -> None:
    window = QWidget()
    place = Place()
    place.setParent(window)
    field = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    place.hide()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_F2)
    assert place.done == []


def test_buttons_and_key_caps_say_what_the_action_says(qtbot: QtBot) -> None:
    place = Place()
    button = Button.of(place.can["save"], primary=True)
    for each in (place, button):
        qtbot.addWidget(each)
    assert (button.text(), button.accessibleName(), button.accessibleDescription()) == ("Save", "Save", "Ctrl+Enter")
    button.click()
    assert place.done == ["save"]
    place.can["save"].setEnabled(False)
    assert not button.isEnabled()
    assert KeyCap(place.can["save"]).keys == "Ctrl+Enter"
    assert keys_of(place.can["hide"]) == ""


def test_keys_are_said_in_the_language_spoken() -> None:
    assert [keys_said(keys) for keys in ("Ctrl++", "+", "Del", "Alt+S", "")] == ["Ctrl++", "+", "Delete", "Alt+S", ""]
    assert keys_said("Ctrl+Enter") == "Ctrl+Enter"
