"""The day's backup: made without anybody asking or waiting, once, and broken off when the window is locked."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from outreach_app.operations.backups import keep_in, keeping
from outreach_app.operations.records import make_record
from outreach_app.store import rotations
from outreach_app.store.backups import Backup
from outreach_app.store.stores import Store
from ui.daily_backups import DailyBackups
from ui.desks import Desk
from ui.messages import Message, MessageKind


@pytest.fixture
def daily(desk: Desk) -> Iterator[DailyBackups]:
    made = DailyBackups(desk)
    yield made
    made.stop()


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=15_000)


def test_it_is_made_once_a_day_and_nothing_is_said(
    daily: DailyBackups, desk: Desk, store: Store, qtbot: QtBot, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    daily.begin()
    assert keeping(store).newest is None, "who unlocks waits for nothing"
    for _look in range(3):
        daily.look()
        settled(desk, qtbot)
    assert [each.verified for each in keeping(store).made()] == [True]
    true = store.clock._now
    monkeypatch.setattr(store.clock, "_now", lambda: true() + 25 * 60 * 60 * 1_000_000)
    daily.look()
    settled(desk, qtbot)
    assert len(keeping(store).made()) == 2
    assert not said


def test_a_stick_that_is_not_in_is_said_and_what_was_made_stays(
    daily: DailyBackups, desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path, said: list[Message]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keep_in(store, stick)
    stick.rmdir()
    daily.look()
    settled(desk, qtbot)
    assert [(each.kind, "Is the stick in?" in each.text) for each in said] == [(MessageKind.FAULT, True)]


class Held:
    """Stands in for the making of a backup: it goes on until it is told to stop, or let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.ended = ""

    def __call__(self, _source: Any, _place: Path, _at: int, progress: Callable[[int, int], None]) -> Backup:
        self.begun.set()
        try:
            while not self.let_go.wait(0.01):
                progress(1, 2)
        except BaseException:
            self.ended = "broken off"
            raise
        raise AssertionError("it was let go")


def test_a_save_does_not_wait_for_it_and_locking_breaks_it_off(
    daily: DailyBackups, desk: Desk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    monkeypatch.setattr("outreach_app.operations.backups.make_one", held)
    daily.look()
    qtbot.waitUntil(held.begun.is_set, timeout=15_000)
    saved: list[object] = []
    desk.do(make_record, "people", {"name": "Ada Crowe"}, done=saved.append)
    qtbot.waitUntil(lambda: bool(saved), timeout=15_000)
    assert not held.ended
    desk.jobs.stop()
    assert held.ended == "broken off"
    assert rotations.files(keeping(store).place) == []
