"""The pages before the store is open, walked by keyboard and read aloud."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.accessibility import focusable, nameless, roleless, unseen
from tests.helpers.pseudo import plain_words, speak_pseudo
from tests.helpers.walks import cut
from ui.look import Theme, dressed, wear
from ui.pages.going_back import GoingBackPage
from ui.pages.recovering import RecoverPage
from ui.pages.rescuing import RescuePage
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


DOORS: dict[str, Callable[[], QWidget]] = {
    "unlock": UnlockPage,
    "welcome": WelcomePage,
    "recover": RecoverPage,
    "sheet alone": lambda: RecoverPage(alone=True),
    "going back": GoingBackPage,
    "rescue": lambda: RescuePage("Blorp.", ""),
}


@pytest.mark.parametrize("name", DOORS)
def test_a_door_is_read_aloud_shows_the_focus_and_has_room_for_long_words(
    name: str, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_pseudo(monkeypatch)
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    door = DOORS[name]()
    qtbot.addWidget(door)
    door.resize(1366, 768)
    door.show()
    door.activateWindow()
    qtbot.waitUntil(door.isActiveWindow)
    qtbot.wait(20)
    assert [*nameless(door), *roleless(door), *cut(door), *plain_words(door, ["Outreach", "Blorp."])] == []
    assert unseen(door) == []
