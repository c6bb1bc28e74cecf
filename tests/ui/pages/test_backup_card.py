"""The card of backups: one at once, kept on a stick that was chosen, and what is said when the stick is not in."""

import errno
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from outreach_app.operations.backups import keep_in, keeping
from outreach_app.store import backups
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from ui.desks import Desk
from ui.messages import Message
from ui.pages import backup_card
from ui.pages.backup_card import BackupCard


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> Iterator[BackupCard]:
    made = BackupCard(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settled(desk, qtbot)
    yield made
    settled(desk, qtbot)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=15_000)


def press(action: QAction, desk: Desk, qtbot: QtBot) -> None:
    action.trigger()
    settled(desk, qtbot)


def test_one_at_once_and_the_card_says_when(
    card: BackupCard, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    assert "There is none yet" in card.last.text()
    assert "on this laptop" in card.where.text()
    assert not card.own.isVisible()
    press(card.can["back_up"], desk, qtbot)
    made = keeping(store).made()
    assert [each.verified for each in made] == [True]
    assert f"Backed up to {made[0].file.name}" in said[-1].text
    assert "The last one" in card.last.text()
    assert card.last.toolTip()


def test_the_day_is_said_where_it_was_not_today(desk: Desk, store: Store, qtbot: QtBot) -> None:
    keeping(store).make()
    card = BackupCard(desk, today=lambda: date(2030, 1, 1))
    qtbot.addWidget(card)
    card.refresh()
    settled(desk, qtbot)
    assert str(date.today().year) in card.last.text()


def test_a_stick_that_was_chosen_and_this_laptop_again(
    card: BackupCard, desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(backup_card, "asked_folder", lambda *_: None)
    press(card.can["choose_place"], desk, qtbot)
    assert keeping(store).own
    monkeypatch.setattr(backup_card, "asked_folder", lambda *_: stick)
    press(card.can["choose_place"], desk, qtbot)
    assert len(list(stick.iterdir())) == 1, "one is made there at once"
    assert str(stick) in card.where.text()
    card.own.click()
    settled(desk, qtbot)
    assert keeping(store).own
    assert [each.file.parent for each in keeping(store).made()] == [store.folder / "backups", stick]  # type: ignore[operator]
    assert not card.own.isVisible()
    assert len(list(stick.iterdir())) == 1, "what lies on the stick stays"


def test_a_stick_that_is_not_in_says_so_and_the_next_time_it_works(
    card: BackupCard, desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path, said: list[Message]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keep_in(store, stick)
    stick.rmdir()
    press(card.can["back_up"], desk, qtbot)
    assert "Is the stick in?" in card.fault.text()
    assert card.fault.isVisible()
    assert "is not there now" in card.last.text()
    assert not said
    stick.mkdir()
    press(card.can["back_up"], desk, qtbot)
    assert not card.fault.isVisible()
    assert "The last one" in card.last.text()
    assert len(list(stick.iterdir())) == 1


def test_a_full_disk_says_so_and_leaves_the_last_one(
    card: BackupCard, desk: Desk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(card.can["back_up"], desk, qtbot)
    last = card.last.text()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(backups.os, "fsync", full)
    press(card.can["back_up"], desk, qtbot)
    assert "no room left" in card.fault.text()
    assert card.last.text() == last
    assert [each.verified for each in keeping(store).made()] == [True]


def test_it_speaks_spanish(desk: Desk, qtbot: QtBot) -> None:
    speak("es")
    card = BackupCard(desk)
    qtbot.addWidget(card)
    card.refresh()
    settled(desk, qtbot)
    assert "Todavía no hay ninguna" in card.last.text()
