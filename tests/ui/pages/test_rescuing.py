"""A damaged store in the real window: it is named, put together again with its account, and opened."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.operations.backups import back_up_now
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from tests.conftest import PASSPHRASE
from ui.app import Frame
from ui.pages import rescuing
from ui.pages.base import Page, PageSpec
from ui.pages.rescuing import RescuePage
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage


@pytest.fixture
def folder(store_folder: Path) -> Path:
    """A store with a backup, and somebody written down after it."""
    store = open_store(store_folder, PASSPHRASE)
    make_record(store, "people", {"name": "Rosa Before"})
    back_up_now(store)
    make_record(store, "people", {"name": "Rosa After"})
    store.close()
    return store_folder


@pytest.fixture
def frame(folder: Path, frames: list[Frame]) -> Frame:
    made = Frame(folder, lambda: (PageSpec("today", "Today", "calendar-days", Page),))
    frames.append(made)
    made.show()
    return made


def damage(folder: Path) -> None:
    database = folder / "outreach.db"
    content = bytearray(database.read_bytes())
    dice = random.Random(4)
    content[100] ^= 1
    content[dice.randrange(len(content))] ^= 1
    database.write_bytes(content)


def settle(frame: Frame, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not frame.jobs.busy, timeout=30_000)
    QApplication.processEvents()


def unlock(frame: Frame, qtbot: QtBot, passphrase: str = PASSPHRASE) -> UnlockPage:
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    door.line.clear()
    QTest.keyClicks(door.line, passphrase)
    QTest.keyClick(door.line, Qt.Key.Key_Return)
    settle(frame, qtbot)
    return door


def asked(frame: Frame, qtbot: QtBot) -> RescuePage:
    """The door of the rescue, by way of the passphrase."""
    door = unlock(frame, qtbot)
    assert door.mend.isVisible()
    QTest.mouseClick(door.mend, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), RescuePage))
    page = frame.centralWidget()
    assert isinstance(page, RescuePage)
    return page


def test_only_a_damaged_store_is_offered_a_rescue(folder: Path, frame: Frame, qtbot: QtBot) -> None:
    door = unlock(frame, qtbot, "another")
    assert door.fault.isVisible()
    assert not door.mend.isVisible()
    damage(folder)
    unlock(frame, qtbot)
    assert "database of this store is damaged" in door.fault.text()
    assert door.mend.isVisible()
    unlock(frame, qtbot, "another")
    assert not door.mend.isVisible()


def test_it_is_rescued_told_and_opened(folder: Path, frame: Frame, qtbot: QtBot) -> None:
    damage(folder)
    page = asked(frame, qtbot)
    assert "database of this store is damaged" in page.about.text()
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert not page.button.isEnabled()
    settle(frame, qtbot)
    assert "from the backup" in page.account.text()
    assert "files from before are kept" in page.account.text()
    assert not page.choices.isVisible()
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    settle(frame, qtbot)
    assert frame.store is not None
    assert {view.values["name"] for view in frame.store.list("people")} >= {"Rosa Before"}


def test_what_cannot_be_rescued_says_so_and_a_named_backup_helps(
    folder: Path, frame: Frame, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (folder / "backups").iterdir()
    backup = file.rename(tmp_path / file.name)
    (folder / "outreach.db").unlink()
    frame.show_door()
    page = asked(frame, qtbot)
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    settle(frame, qtbot)
    assert "no whole backup" in page.fault.text()
    assert page.button.isEnabled()
    assert page.button.hasFocus()
    monkeypatch.setattr(rescuing, "asked_files", lambda *_: [backup])
    monkeypatch.setattr(rescuing, "asked_folder", lambda *_: tmp_path)
    QTest.mouseClick(page.backup, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.folder, Qt.MouseButton.LeftButton)
    assert page.places.text().splitlines() == [str(tmp_path), str(backup)]
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    settle(frame, qtbot)
    assert backup.name in page.account.text()


def test_who_thinks_better_of_it_comes_back_to_the_passphrase(folder: Path, frame: Frame, qtbot: QtBot) -> None:
    damage(folder)
    page = asked(frame, qtbot)
    QTest.mouseClick(page.turn, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))


def test_a_folder_with_nothing_left_is_no_store(folder: Path, frame: Frame) -> None:
    for name in ("outreach.db", "keys.json"):
        (folder / name).unlink()
    frame.show_door()
    assert isinstance(frame.centralWidget(), UnlockPage)  # its backup is still there
    next((folder / "backups").iterdir()).unlink()
    frame.show_door()
    assert isinstance(frame.centralWidget(), WelcomePage)
