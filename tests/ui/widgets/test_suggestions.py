"""As-you-type: offered in the page, chosen by keys, never late."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.widgets.suggestions import NEW, Suggestion, TypeAhead

KNOWN = [
    Suggestion("1", "Mª Elena Fuentes Ruiz", "Iglesia Nueva Vida", "already here 10:39", "user-check", 10),
    Suggestion("2", "María E. Franklin", "came 3 Oct"),
]


class Asked:
    def __init__(self, qtbot: QtBot, **more: object) -> None:
        self.name = TypeAhead(new="New: {typed}", **more)  # type: ignore[arg-type]  # flags of the test's choosing
        self.typed: list[str] = []
        self.taken: list[Suggestion] = []
        self.entered: list[str] = []
        self.name.typed.connect(self.typed.append)
        self.name.taken.connect(self.taken.append)
        self.name.entered.connect(lambda: self.entered.append(self.name.text))
        qtbot.addWidget(self.name)
        self.name.show()
        self.qtbot = qtbot

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(self.name.field, text)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.name.field, key)


def test_a_name_nobody_knows_is_taken_as_new_by_enter(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("Ada {C}")
    assert asked.typed[-1] == "Ada {C}"
    asked.name.offer("Ada {C}", KNOWN)
    assert [line.text for line in asked.name.list.lines] == [
        "New: Ada {C}",
        "Mª Elena Fuentes Ruiz",
        "María E. Franklin",
    ]
    asked.press(Qt.Key.Key_Return)
    assert [line.key for line in asked.taken] == [NEW]
    assert (asked.entered, asked.name.text, asked.name.choice) == (["Ada {C}"], "Ada {C}", None)
    assert not asked.name.list.isVisible()


def test_keys_choose_among_the_lines_and_go_round(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("Mar")
    asked.name.offer("Mar", KNOWN)
    asked.press(Qt.Key.Key_Down)
    assert "already here" in asked.name.list.accessibleDescription()
    asked.press(Qt.Key.Key_Up)
    asked.press(Qt.Key.Key_Up)
    asked.press(Qt.Key.Key_Enter)
    assert asked.taken == [KNOWN[1]]
    assert (asked.name.text, asked.name.choice) == ("María E. Franklin", KNOWN[1])
    assert asked.entered == ["María E. Franklin"]


def test_typing_over_what_was_taken_makes_it_text_again(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("Mar")
    asked.name.offer("Mar", KNOWN, at=1)
    asked.press(Qt.Key.Key_Return)
    assert asked.name.choice == KNOWN[0]
    asked.write("x")
    assert asked.name.choice is None


def test_the_one_singled_out_can_stand_first(qtbot: QtBot) -> None:
    asked = Asked(qtbot, best_first=True)
    asked.write("Mar")
    asked.name.offer("Mar", KNOWN)
    asked.press(Qt.Key.Key_Return)
    assert asked.taken == [KNOWN[0]]


def test_an_answer_to_letters_typed_before_is_dropped(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("Ma")
    asked.write("r")
    asked.name.offer("Ma", KNOWN)
    assert not asked.name.list.isVisible()
    asked.name.offer("Mar", KNOWN)
    assert asked.name.list.isVisible()
    asked.press(Qt.Key.Key_Escape)
    assert not asked.name.list.isVisible()
    for _letter in "Mar":
        asked.press(Qt.Key.Key_Backspace)
    asked.name.offer("", KNOWN)
    assert not asked.name.list.isVisible()


def test_a_line_is_taken_by_a_click_without_entering(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("Mar")
    asked.name.offer("Mar", KNOWN)
    lines = asked.name.list
    third = QPoint(40, lines.height() * 5 // 6)
    qtbot.mouseClick(lines, Qt.MouseButton.LeftButton, pos=third)
    assert asked.taken == [KNOWN[1]]
    assert asked.entered == []


def test_enter_with_nothing_offered_only_enters(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.write("  Ada ")
    asked.press(Qt.Key.Key_Return)
    assert (asked.taken, asked.entered) == ([], ["Ada"])
    asked.name.clear()
    assert asked.name.text == ""


def test_the_lines_stand_in_the_page_and_are_no_window(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    before = asked.name.sizeHint().height()
    asked.write("Mar")
    asked.name.offer("Mar", KNOWN)
    assert not asked.name.list.isWindow()
    assert asked.name.sizeHint().height() > before + 3 * 30
    assert not asked.name.grab().isNull()
