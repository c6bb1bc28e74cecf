"""Two sides: each scrolls for itself, or both are whole and the page scrolls."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.cards import Scroll
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column
from ui.widgets.sides import Sides


def made(qtbot: QtBot, width: int, last_on_top: bool = False) -> tuple[Sides, list[Scroll]]:
    scrolls = [Scroll(Pane(column(*(Words(f"{side} {line}") for line in range(30))))) for side in ("one", "other")]
    sides = Sides(*((scroll, scroll, 1) for scroll in scrolls), least=700, last_on_top=last_on_top)
    qtbot.addWidget(sides)
    sides.resize(width, 300)
    sides.show()
    QApplication.processEvents()
    return sides, scrolls


def test_beside_each_other_each_scrolls(qtbot: QtBot) -> None:
    sides, (one, other) = made(qtbot, 900)
    assert not sides.whole
    assert one.y() == other.y()
    assert one.verticalScrollBar().maximum() > 0
    assert sides.minimumSizeHint().height() < 300


@pytest.mark.parametrize("last_on_top", [True, False])
def test_below_each_other_nothing_scrolls_and_both_are_whole(last_on_top: bool, qtbot: QtBot) -> None:
    sides, (one, other) = made(qtbot, 500, last_on_top)
    qtbot.waitUntil(lambda: sides.minimumSizeHint().height() > 900)
    sides.resize(500, sides.minimumSizeHint().height())
    QApplication.processEvents()
    assert sides.whole
    assert (other.y() < one.y()) is last_on_top
    assert [scroll.verticalScrollBar().maximum() for scroll in (one, other)] == [0, 0]


def test_what_grows_inside_gets_its_room(qtbot: QtBot) -> None:
    sides, (one, _other) = made(qtbot, 500)
    qtbot.waitUntil(lambda: sides.minimumSizeHint().height() > 900)
    before = one.minimumHeight()
    inside = one.widget()
    assert inside is not None
    layout = inside.layout()
    assert layout is not None
    layout.addWidget(Words("one line more"))
    qtbot.waitUntil(lambda: one.minimumHeight() > before)
    sides.resize(1000, 300)
    qtbot.waitUntil(lambda: one.minimumHeight() < before)
