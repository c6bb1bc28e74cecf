"""Only the recovery sheet and a folder are left: in the real window, from the welcome to the department's people."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from tests.helpers.accessibility import nameless
from tests.helpers.departments import department
from ui.app import Frame
from ui.pages import recovering
from ui.pages.base import Page, PageSpec
from ui.pages.recovering import RecoverPage
from ui.pages.welcome import WelcomePage


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, str]:
    """The folder that the laptops synced with, and the words of the sheet; the laptops are gone."""
    with department(tmp_path) as county:
        ben = county.joined("Ben")
        make_record(ben, "people", {"name": "Maria"})
        words = " ".join(RecoveryKey(county.office.setting(SETTING)).words)
        county.sync(ben, county.office, ben)
        return county.folder, words


@pytest.fixture
def frame(tmp_path: Path, frames: list[Frame]) -> Frame:
    made = Frame(tmp_path / "new", lambda: (PageSpec("today", "Today", "calendar-days", Page),))
    frames.append(made)
    made.show()
    return made


def begun(frame: Frame, qtbot: QtBot) -> RecoverPage:
    door = frame.centralWidget()
    assert isinstance(door, WelcomePage)
    door.sheet.click()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), RecoverPage))
    page = frame.centralWidget()
    assert isinstance(page, RecoverPage)
    return page


def test_the_department_comes_back_from_the_folder(
    left: tuple[Path, str], frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder, words = left
    page = begun(frame, qtbot)
    assert nameless(page) == []
    assert page.folder_field.isVisible()
    page.button.click()
    assert page.folder_field.reason.text()
    (empty := tmp_path / "empty").mkdir()
    monkeypatch.setattr(recovering, "asked_folder", lambda *_: empty)
    page.choose.click()
    assert page.folder.text() == str(empty)
    page.words.write(words)
    page.worker.setText("Cora Bird")
    for each in (page.new.first, page.new.again):
        each.line.setText("cora has words of her own")
    page.button.click()
    qtbot.waitUntil(lambda: "Nothing in this folder" in page.fault.text(), timeout=30_000)
    assert not (frame.folder / "outreach.db").exists()
    page.folder.setText(str(folder))
    page.button.click()
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not frame.jobs.busy, timeout=30_000)
    assert frame.store is not None
    assert frame.open_window is not None
    assert frame.store.role == "coordinator"
    assert {view.title for view in frame.store.list("people")} == {"Maria"}
    assert "give up the laptops that are gone" in frame.open_window.message_bar.words.text()


def test_one_comes_back_to_the_welcome(frame: Frame, qtbot: QtBot) -> None:
    begun(frame, qtbot).back.emit()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), WelcomePage))
