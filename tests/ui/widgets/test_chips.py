"""Chips: one of several, many, things picked, a number to step."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipRow, Choice, Stepper, TakenChips
from ui.widgets.choices import ChoiceBox

WAYS = [Choice("call", "Call", "phone", "Alt+1"), Choice("text", "Text"), Choice("no", "No", excludes=True)]


def row(qtbot: QtBot, **more: bool) -> tuple[ChipRow, list[tuple[str, ...]]]:
    made = ChipRow(WAYS, name="May we contact you?", **more)
    heard: list[tuple[str, ...]] = []
    made.changed.connect(heard.append)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made, heard


def test_nothing_is_chosen_at_first_and_one_can_be(qtbot: QtBot) -> None:
    ways, heard = row(qtbot)
    assert ways.chosen == ()
    ways.chip("call").click()
    ways.chip("text").click()
    assert ways.one == "text"
    ways.chip("text").click()
    assert heard == [("call",), ("text",), ()]
    assert ways.one is None


def test_with_many_the_one_that_excludes_stands_alone(qtbot: QtBot) -> None:
    ways, heard = row(qtbot, many=True)
    ways.chip("text").click()
    ways.chip("call").click()
    assert heard[-1] == ("call", "text")
    ways.chip("no").click()
    assert heard[-1] == ("no",)
    ways.chip("call").click()
    assert heard[-1] == ("call",)


def test_what_is_required_cannot_be_taken_back(qtbot: QtBot) -> None:
    ways, heard = row(qtbot, required=True)
    ways.chip("call").click()
    ways.chip("call").click()
    assert ways.one == "call"
    assert heard == [("call",), ("call",)]


def test_choosing_for_the_person_tells_nobody(qtbot: QtBot) -> None:
    ways, heard = row(qtbot)
    ways.choose(["no"])
    assert (ways.one, heard) == ("no", [])
    ways.offer([Choice("a", "A")])
    assert ways.chosen == ()


def test_a_chip_has_its_key_which_works_at_once_and_stays_when_its_words_change(qtbot: QtBot) -> None:
    ways, heard = row(qtbot)
    chip = ways.chip("call")
    assert chip.accessibleDescription() == "Alt+1"
    qtbot.waitUntil(ways.isActiveWindow)
    qtbot.keyClick(ways, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert heard == [("call",)]
    chip.say("Ring")
    qtbot.keyClick(ways, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert heard == [("call",), ()]


def test_a_chip_is_as_wide_chosen_as_not(qtbot: QtBot) -> None:
    chip = Chip("Experience & more")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.click()
    assert chip.sizeHint() == before
    assert before.height() >= 34
    assert chip.accessibleName() == "Experience & more"


def test_picked_things_are_taken_away_by_click_or_key(qtbot: QtBot) -> None:
    more = Button("add")
    themes = TakenChips(name="Themes", trailing=more)
    heard: list[tuple[str, ...]] = []
    themes.changed.connect(heard.append)
    qtbot.addWidget(themes)
    themes.show()
    for key in ("food", "van", "food", "wait"):
        themes.add(Choice(key, key))
    assert themes.keys == ("food", "van", "wait")
    chips = themes.findChildren(Chip)
    chips[0].click()
    qtbot.keyClick(chips[1], Qt.Key.Key_Delete)
    assert heard[-1] == themes.keys == ("wait",)
    themes.clear()
    assert themes.keys == ()
    assert more.parent() is themes


def test_a_number_is_stepped_and_never_below_its_least(qtbot: QtBot) -> None:
    agreed = Stepper(name="Others agreed")
    heard: list[int] = []
    agreed.changed.connect(heard.append)
    qtbot.addWidget(agreed)
    agreed.fewer.click()
    agreed.more.click()
    agreed.more.click()
    agreed.fewer.click()
    assert heard == [1, 2, 1]
    assert agreed.shown.text() == "1"
    assert agreed.more.accessibleName() == "Others agreed: one more"
    agreed.set(7)
    assert (agreed.value, heard) == (7, [1, 2, 1])


def test_a_choice_is_made_by_key_and_never_by_the_wheel(qtbot: QtBot) -> None:
    box = ChoiceBox([Choice("m", "Community member"), Choice("p", "Partner")], name="Came as", empty="—")
    heard: list[str] = []
    box.changed.connect(heard.append)
    qtbot.addWidget(box)
    box.show()
    assert box.chosen == ""
    box.choose("p")
    box.choose("nobody")
    assert (box.chosen, heard) == ("p", [])
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.chosen == "p"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert heard == ["m"]
