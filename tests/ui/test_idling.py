"""Whether anybody is at work, by a clock that the test moves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.idling import IdleWatch

MINUTE = 60.0


class Watched:
    """A watch of fifteen minutes, its clock, what it told, and the line that somebody types in."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now, self.told = 1_000_000.0, 0
        self.line = QLineEdit()
        qtbot.addWidget(self.line)
        self.line.show()
        self.line.activateWindow()
        qtbot.waitUntil(self.line.isActiveWindow)
        self.watch = IdleWatch(self.line, lambda: self.now)
        self.watch.idle.connect(self._on_idle)
        self.watch.watch(15)

    def _on_idle(self) -> None:
        self.told += 1

    def type(self, letter: str) -> None:
        """A key that comes in by the window, as the system sends it."""
        window = self.line.windowHandle()
        assert isinstance(window, QWindow)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(letter.upper()))
            QApplication.sendEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.watch.stop()


def test_after_the_minutes_it_is_told_once(watched: Watched) -> None:
    watched.now += 15 * MINUTE - 1
    assert not watched.watch.look()
    watched.now += 1
    assert watched.watch.look()
    assert not watched.watch.look()
    assert watched.told == 1
    assert not watched.watch.watching


def test_what_could_not_be_locked_is_told_again(watched: Watched) -> None:
    watched.now += 15 * MINUTE
    assert watched.watch.look()
    watched.watch.look_again()
    assert watched.watch.look()
    watched.watch.look_again()
    watched.watch._touched = watched.now
    assert not watched.watch.look()
    assert watched.told == 2


def test_every_touch_begins_the_time_anew(watched: Watched) -> None:
    for letter in "abc":
        watched.now += 10 * MINUTE
        watched.type(letter)
    assert watched.line.text() == "abc"
    assert not watched.watch.look()
    watched.now += 15 * MINUTE
    assert watched.watch.look()


def test_who_opens_the_lid_in_the_morning_finds_it_locked_and_types_nothing(watched: Watched) -> None:
    watched.now += 600 * MINUTE  # the timer slept too
    watched.type("x")
    assert watched.told == 1
    assert watched.line.text() == ""


def test_a_dialog_is_watched_too(watched: Watched, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    watched.now += 10 * MINUTE
    first, watched.line = watched.line, other
    watched.type("x")
    watched.line = first
    watched.now += 10 * MINUTE
    assert not watched.watch.look()


def test_a_clock_put_back_begins_the_time_anew(watched: Watched) -> None:
    watched.now -= 5000 * MINUTE
    assert not watched.watch.look()
    watched.now += 15 * MINUTE
    assert watched.watch.look()


def test_the_timer_looks(watched: Watched, qtbot: QtBot) -> None:
    watched.watch._timer.setInterval(5)
    watched.now += 15 * MINUTE
    qtbot.waitUntil(lambda: watched.told == 1)


def test_a_locked_door_is_not_watched(watched: Watched) -> None:
    watched.watch.stop()
    watched.now += 600 * MINUTE
    assert not watched.watch.look()
    watched.type("x")
    assert watched.line.text() == "x"
    assert watched.told == 0
