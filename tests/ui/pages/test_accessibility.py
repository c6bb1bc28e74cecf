"""The pages before the store is open, walked by keyboard and read aloud."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.accessibility import focusable, nameless
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage


@pytest.mark.parametrize(
    ("page", "order"),
    [
        (
            UnlockPage,
            ["Passphrase", "Open", "Show the passphrase", "Open with the recovery sheet", "Go back to a backup"],
        ),
        (
            WelcomePage,
            [
                "Your name",
                "Your department",
                "A passphrase",
                "The same again",
                "Show what is written: A passphrase",
                "Show what is written: The same again",
                "Start",
                "I have an invitation file",
                "Only the recovery sheet is left",
            ],
        ),
    ],
)
def test_tab_comes_by_everything_in_order_and_each_has_its_name(
    page: type[QWidget], order: list[str], qtbot: QtBot
) -> None:
    shown = page()
    qtbot.addWidget(shown)
    shown.show()
    assert nameless(shown) == []
    assert [widget.accessibleName() for widget in focusable(shown)] == order
