"""Going back to a backup in the real window: from the card under Keys, and from the door; and back again."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.operations import going_back as operations
from outreach_app.operations.backups import back_up_now, keep_in
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from tests.conftest import PASSPHRASE
from ui.app import Frame
from ui.pages import going_back
from ui.pages.base import PageSpec
from ui.pages.going_back import SHOWN, GoingBackPage
from ui.pages.keys import KeysPage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def stick(store_folder: Path, tmp_path: Path) -> Path:
    """Where a store with Rosa was backed up, before somebody wrote Ben and chose the laptop again."""
    (made := tmp_path / "stick").mkdir()
    store = open_store(store_folder, PASSPHRASE)
    make_record(store, "people", {"name": "Rosa"})
    keep_in(store, made)
    back_up_now(store)
    keep_in(store, None)
    make_record(store, "people", {"name": "Ben"})
    store.close()
    return made


@pytest.fixture
def frame(store_folder: Path, stick: Path, frames: list[Frame]) -> Frame:  # noqa: ARG001 - the stick is put in before
    made = Frame(store_folder, lambda: (PageSpec("keys", "Keys", "lock", KeysPage),))
    frames.append(made)
    made.show()
    return made


def settle(frame: Frame, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not frame.jobs.busy, timeout=30_000)
    QApplication.processEvents()


def written(frame: Frame, qtbot: QtBot) -> UnlockPage:
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    QTest.keyClicks(door.line, PASSPHRASE)
    return door


def opened(frame: Frame, qtbot: QtBot) -> KeysPage:
    QTest.keyClick(written(frame, qtbot).line, Qt.Key.Key_Return)
    settle(frame, qtbot)
    assert frame.open_window is not None
    page = frame.open_window.findChild(KeysPage)
    assert isinstance(page, KeysPage)
    page.refresh()
    settle(frame, qtbot)
    qtbot.waitUntil(lambda: bool(page.backups._found))
    return page


def gone_back(frame: Frame, qtbot: QtBot) -> GoingBackPage:
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), GoingBackPage))
    settle(frame, qtbot)
    door = frame.centralWidget()
    assert isinstance(door, GoingBackPage)
    return door


def people(frame: Frame) -> set[str]:
    assert frame.store is not None
    return {view.title for view in frame.store.list("people")}


def test_from_the_card_and_back_again(frame: Frame, qtbot: QtBot, stick: Path) -> None:
    page = opened(frame, qtbot)
    (row,) = page.backups.rows.rows
    assert str(stick) in row.detail
    assert row.trailing == "2 changes"
    assert not page.backups.can["go_back"].isEnabled()
    page.backups.rows.line(row.key).click()
    assert page.backups.doing.isVisibleTo(page.backups)
    page.backups.can["go_back"].trigger()
    door = gone_back(frame, qtbot)
    assert "1 written later is not in it" in door.account.text()
    door.button.click()
    page = opened(frame, qtbot)
    assert people(frame) == {"Rosa"}
    kept = next(each for each in page.backups._found if each.kept)
    page.backups.rows.opened.emit(str(kept.place))
    page.backups.can["go_back"].trigger()
    gone_back(frame, qtbot).button.click()
    opened(frame, qtbot)
    assert people(frame) == {"Rosa", "Ben"}


def test_from_the_door_with_one_that_is_named(
    frame: Frame, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    QTest.mouseClick(door.turn_back, Qt.MouseButton.LeftButton)
    assert "write your passphrase" in door.fault.text()
    QTest.mouseClick(written(frame, qtbot).turn_back, Qt.MouseButton.LeftButton)
    page = gone_back(frame, qtbot)
    assert [each.key for each in page.rows.rows] == [str(next(stick.iterdir()))]
    assert not page.button.isEnabled()
    (torn := stick / "torn.backup").write_bytes(b"Dear neighbor")
    monkeypatch.setattr(going_back, "asked_files", lambda *_: [torn])
    page.other.click()
    settle(frame, qtbot)
    assert "not a whole Outreach backup" in page.fault.text()
    page.rows.line(page.rows.rows[0].key).click()
    page.button.click()
    settle(frame, qtbot)
    assert "The store holds 2 changes again" in page.account.text()
    page.button.click()
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=30_000)
    settle(frame, qtbot)
    assert people(frame) == {"Rosa"}


def test_it_says_what_it_does_and_is_stopped(
    frame: Frame, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    true = operations.verified

    def waits(copy: Path, key: bytes) -> int:
        held.wait(30)
        return true(copy, key)

    monkeypatch.setattr(operations, "verified", waits)
    QTest.mouseClick(written(frame, qtbot).turn_back, Qt.MouseButton.LeftButton)
    door = gone_back(frame, qtbot)
    door.rows.line(str(next(stick.iterdir()))).click()
    assert not door.stop.isVisible()
    door.button.click()
    qtbot.waitUntil(lambda: "Checking each page of it (3 of 4)" in door.account.text(), timeout=30_000)
    assert door.stop.isVisible()
    assert not door.button.isEnabled()
    door.stop.click()
    assert not door.stop.isEnabled()
    held.set()
    settle(frame, qtbot)
    assert door.fault.text() == "Stopped. All is as it was."
    assert not door.stop.isVisible()
    door.button.click()
    settle(frame, qtbot)
    assert "The store holds 2 changes again" in door.account.text()
    assert not door.stop.isVisible()


def test_a_wrong_passphrase_lists_nothing_and_leads_back(frame: Frame, qtbot: QtBot) -> None:
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    QTest.keyClicks(door.line, "another")
    QTest.mouseClick(door.turn_back, Qt.MouseButton.LeftButton)
    page = gone_back(frame, qtbot)
    assert "not the passphrase" in page.fault.text()
    page.turn.click()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))


def test_many_are_shown_when_they_are_asked_for(frame: Frame, qtbot: QtBot) -> None:
    page = opened(frame, qtbot)
    (one,) = page.backups._found
    many = [going_back.Earlier(one.place.with_name(f"{n}.backup"), one.at - n, n, True) for n in range(SHOWN + 3)]
    page.backups.show_earlier(many)
    assert len(page.backups.rows.rows) == SHOWN
    assert "3 earlier" in page.backups.more.text()
    page.backups.more.click()
    assert len(page.backups.rows.rows) == SHOWN + 3
