"""Tables that are only read: what they say, and how they stand where the text is large."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.chips import Chip
from ui.widgets.labels import Words
from ui.widgets.plain_tables import PlainTable, breakable

HEADS = ["", "Robert", "Bob"]
LINES = [["Town", "Almond", "Sylva"], ["E-mail", "robert.locklear@example.org", ""]]


def shown(qtbot: QtBot, width: int, **more: bool) -> PlainTable:
    table = PlainTable(HEADS, LINES, shares=(0, 1, 1), **more)
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    QApplication.processEvents()
    return table


def cell(table: PlainTable, text: str) -> QWidget:
    return next(words for words in table.findChildren(Words) if words.text().replace("\u200b", "") == text)


def test_it_says_every_line(qtbot: QtBot) -> None:
    assert shown(qtbot, 800).lines == LINES


def test_cells_stand_side_by_side_with_their_shares(qtbot: QtBot) -> None:
    table = shown(qtbot, 900, stacks=True)
    town, robert, bob = (cell(table, text) for text in LINES[0])
    assert town.geometry().center().y() == robert.geometry().center().y()
    assert town.x() < robert.x() < bob.x()
    assert abs(robert.width() - bob.width()) <= 1


@pytest.mark.parametrize("stacks", [True, False])
def test_where_there_is_no_room_the_first_cell_stands_above_the_others(stacks: bool, qtbot: QtBot) -> None:
    table = shown(qtbot, 400, stacks=stacks)
    town, robert, _bob = (cell(table, text) for text in LINES[0])
    assert (town.geometry().bottom() < robert.y()) is stacks


def test_a_cell_of_its_own_does_not_hold_its_column_to_its_width(qtbot: QtBot) -> None:
    table = PlainTable(["", ""], [[Chip("A"), "word"], ["A longer text", "word"]], shares=(1, 1))
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    assert cell(table, "A longer text").width() > 250
    assert table.lines[0] == ["A", "word"]


def test_long_words_may_break_and_short_ones_stay_as_they_are() -> None:
    assert breakable("828 555 0100, Almond") == "828 555 0100, Almond"
    assert breakable("robert@example.org now") == "robert@\u200bexample.\u200borg now"
