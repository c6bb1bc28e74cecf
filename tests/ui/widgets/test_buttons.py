"""Buttons and links are pressed by Enter as by the space bar."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import Button, LinkButton


@pytest.mark.parametrize("kind", [Button, LinkButton])
def test_enter_presses_what_has_the_focus_once_however_long_it_is_held(
    kind: type[Button | LinkButton], qtbot: QtBot
) -> None:
    pressed: list[str] = []
    button = kind("Undo", does=lambda: pressed.append("Undo"))
    qtbot.addWidget(button)
    button.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    assert len(pressed) == 3
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", True)
    QApplication.sendEvent(button, held)
    assert len(pressed) == 3
