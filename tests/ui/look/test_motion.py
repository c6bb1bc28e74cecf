"""Nothing moves by itself: no animation in the window, none of Qt's own effects, no bar that runs to and fro."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.progress import ProgressStrip

ROOT = Path(__file__).resolve().parents[3]
_MOVES = re.compile(r"QPropertyAnimation|QVariantAnimation|QAnimationGroup|QTimeLine|QMovie|setAnimated\(True\)")


def test_no_widget_is_animated() -> None:
    moving = [path.name for path in sorted((ROOT / "ui").rglob("*.py")) if _MOVES.search(path.read_text("utf-8"))]
    assert moving == []


def test_none_of_qts_own_effects_is_on(qapp: QApplication) -> None:
    assert [effect for effect in Qt.UIEffect if qapp.isEffectEnabled(effect)] == []


def test_work_of_which_nobody_knows_the_end_shows_no_bar_that_runs(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("Looking")
    assert strip.bar.maximum() > 0
    assert not strip.bar.isVisible()
    strip.move_to(3, 10)
    assert (strip.bar.value(), strip.bar.maximum(), strip.bar.isVisible()) == (3, 10, True)
