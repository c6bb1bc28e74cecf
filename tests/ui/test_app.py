"""From the door to the open window and back: first run, passphrase, lock, and what is left on leaving."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.operations.spaces import invite, open_store
from outreach_app.store import stores
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from outreach_app.texts import language
from tests.conftest import PASSPHRASE
from ui import app
from ui.app import Frame
from ui.pages.base import Page, PageSpec
from ui.pages.unlock import Unlocking, UnlockPage
from ui.pages.welcome import Founding, Joining, WelcomePage


def places() -> tuple[PageSpec, ...]:
    return (PageSpec("today", "Today", "calendar-days", Page),)


@pytest.fixture
def frames(qapp: QApplication) -> Iterator[list[Frame]]:  # noqa: ARG001 - windows need the application
    made: list[Frame] = []
    yield made
    for frame in made:
        frame.close()
        frame.deleteLater()
    made.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def at(folder: Path, frames: list[Frame]) -> Frame:
    frame = Frame(folder, places)
    frames.append(frame)
    frame.show()
    frame.activateWindow()
    return frame


def door(frame: Frame) -> UnlockPage:
    page = frame.centralWidget()
    assert isinstance(page, UnlockPage)
    return page


def test_the_store_is_told_by_the_same_file_as_the_store_itself() -> None:
    assert app.DATABASE == stores.DATABASE
    assert app.own_folder().parts[-2:] == ("Outreach", "store")


def test_a_passphrase_and_enter_open_the_window(store_folder: Path, frames: list[Frame], qtbot: QtBot) -> None:
    frame = at(store_folder, frames)
    qtbot.waitUntil(door(frame).line.hasFocus)
    qtbot.keyClicks(door(frame).line, PASSPHRASE)
    qtbot.keyClick(door(frame).line, Qt.Key.Key_Return)
    assert not door(frame).button.isEnabled()
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    assert frame.store is not None
    assert frame.store.worker == "Ada Crowe"
    qtbot.waitUntil(lambda: not frame.jobs.busy)
    assert "Ada" not in frame.windowTitle()


def test_a_wrong_passphrase_is_told_on_the_page_and_can_be_written_again(
    store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    frame = at(store_folder, frames)
    door(frame).button.click()
    assert door(frame).fault.isVisible()
    frame.unlock(Unlocking("not this one"))
    qtbot.waitUntil(lambda: door(frame).button.isEnabled(), timeout=15_000)
    assert door(frame).fault.text()
    assert door(frame).line.accessibleDescription() == door(frame).fault.text()
    frame.unlock(Unlocking(PASSPHRASE))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)


def test_a_store_in_use_says_so(store_folder: Path, store: Store, frames: list[Frame], qtbot: QtBot) -> None:
    assert store.worker
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    qtbot.waitUntil(lambda: door(frame).fault.text() != "", timeout=15_000)
    assert "open" in door(frame).fault.text()


def test_locking_closes_the_store_and_asks_again(store_folder: Path, frames: list[Frame], qtbot: QtBot) -> None:
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    assert frame.open_window is not None
    frame.open_window.sidebar.lock.click()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    assert frame.store is None
    open_store(store_folder, PASSPHRASE).close()
    frame.unlock(Unlocking(PASSPHRASE))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)


def test_the_first_run_makes_a_store(
    tmp_path: Path, frames: list[Frame], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap(monkeypatch)
    frame = at(tmp_path / "new" / "store", frames)
    page = frame.centralWidget()
    assert isinstance(page, WelcomePage)
    page.asked.emit(Founding("Ada Crowe", "Hill County Health", "four words in mind"))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    assert frame.store is not None
    assert (frame.store.worker, frame.store.department) == ("Ada Crowe", "Hill County Health")


def test_an_invitation_makes_a_store_in_its_space(
    tmp_path: Path, store: Store, frames: list[Frame], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap(monkeypatch)
    file = tmp_path / "invitation"
    code = invite(store, file)
    frame = at(tmp_path / "second", frames)
    page = frame.centralWidget()
    assert isinstance(page, WelcomePage)
    page.asked.emit(Joining("Ben Arch", tmp_path / "nowhere", code, "four words in mind"))
    qtbot.waitUntil(lambda: page.fault.text() != "", timeout=15_000)
    page.asked.emit(Joining("Ben Arch", file, code, "four words in mind"))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    assert frame.store is not None
    assert (frame.store.worker, frame.store.department) == ("Ben Arch", store.department)


def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys fast to derive: what they cost is not what these tests look at."""
    monkeypatch.setattr("outreach_app.operations.spaces.new_store.__defaults__", (DEMO_COST, None))
    monkeypatch.setattr("outreach_app.operations.spaces.join.__defaults__", (DEMO_COST, None))


def test_the_language_is_the_one_asked_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = qapp.styleSheet()
    assert app.application("es") is qapp
    assert language() == "es"
    monkeypatch.setenv("OUTREACH_LANGUAGE", "en")
    app.application()
    assert language() == "en"
    assert qapp.styleSheet() == before
    app.application("fr")
    assert language() == "en"


HEAVY = ("sqlalchemy", "openpyxl", "outreach_app.store.stores", "outreach_app.model.kinds")


def test_nothing_heavy_is_loaded_before_the_passphrase(store_folder: Path) -> None:
    asks = f"""
import sys
from pathlib import Path
from ui.app import Frame, application
application()
frame = Frame(Path({str(store_folder)!r}), lambda: ())
frame.show()
assert type(frame.centralWidget()).__name__ == "UnlockPage"
print([name for name in sys.modules if name in {HEAVY!r} or name.startswith("ui.widgets")])
frame.close()
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_the_command_line_loads_no_qt() -> None:
    asks = """
import sys
sys.argv = ["outreach", "--version"]
from ui.__main__ import main
try:
    main()
except SystemExit as left:
    print(left.code, [name for name in sys.modules if name.startswith("PySide6")])
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.splitlines()[-1] == "0 []"
