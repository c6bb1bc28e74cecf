"""The map of counties: each figure is text too, the keys go from county to county, and a click opens one."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.model.county_shapes import state_shapes
from ui.look import Theme, dressed, wear
from ui.look.looks import look
from ui.widgets.county_maps import CountyMap

FIGURES = {"37173": 1_031, "37075": 72, "37113": 0}


def shown(qtbot: QtBot) -> CountyMap:
    made = CountyMap(name="Counties reached")
    qtbot.addWidget(made)
    made.show_figures("NC", FIGURES)
    made.resize(560, made.heightForWidth(560))
    made.show()
    return made


def test_every_figure_is_told_as_text(qtbot: QtBot) -> None:
    made = shown(qtbot)
    assert made.accessibleName() == "Counties reached"
    assert made.accessibleDescription() == "Graham County, NC: 72, Swain County, NC: 1,031"


def test_keys_go_from_county_to_county_and_enter_opens_it(qtbot: QtBot) -> None:
    made, opened = shown(qtbot), list[str]()
    made.opened.connect(opened.append)
    made.setFocus()
    told = []
    for _press in range(3):
        QTest.keyClick(made, Qt.Key.Key_Right)
        told.append(made.accessibleName())
    assert told == ["Counties reached: Graham County, NC: 72", *["Counties reached: Swain County, NC: 1,031"] * 2]
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Left)
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert opened == ["37173", "37075"]
    QApplication.sendEvent(made, QFocusEvent(QEvent.Type.FocusOut))
    assert (made.chosen, made.accessibleName()) == ("", "Counties reached")


def test_a_click_opens_what_lies_there_and_only_what_has_a_figure(qtbot: QtBot) -> None:
    made, opened = shown(qtbot), list[str]()
    made.opened.connect(opened.append)
    at = {
        fips: next(
            QPoint(x, y)
            for x in range(0, made.width(), 4)
            for y in range(0, made.height(), 4)
            if made.county_at(QPoint(x, y).toPointF()) == fips
        )
        for fips in ("37173", "37113")
    }
    for place in (*at.values(), QPoint(1, 1)):
        QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["37173"]


@pytest.mark.parametrize("theme", list(Theme))
def test_more_is_darker_in_every_theme_and_the_figure_lies_on_plain_ground(qtbot: QtBot, theme: Theme) -> None:
    wear(QApplication.instance(), dressed(QApplication.instance(), theme))  # type: ignore[arg-type]
    made = shown(qtbot)
    drawn = made.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(0, made.width(), 3) for y in range(0, made.height(), 3)}
    assert len(colours) > 4
    assert look().colour("panel").name() in colours


def test_a_state_with_no_figures_is_drawn_whole(qtbot: QtBot) -> None:
    made = shown(qtbot)
    made.show_figures("OR", {})
    made.resize(560, made.heightForWidth(560))
    found = {made.county_at(QPoint(x, y).toPointF()) for x in range(0, 560, 4) for y in range(0, made.height(), 4)}
    assert found - {""} == set(state_shapes("OR"))
    assert made.accessibleDescription() == ""
