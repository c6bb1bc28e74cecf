"""From the door to the open window and back: first run, passphrase, lock, and what is left on leaving."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from outreach_app.journal.changes import Change
from outreach_app.model.errors import DamagedStore
from outreach_app.operations.keys import add_worker, remember_here
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, open_store
from outreach_app.store import stores
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from outreach_app.texts import language
from tests.conftest import PASSPHRASE
from tests.helpers.keyrings import Remembering, in_use
from ui import app
from ui.app import Frame
from ui.messages import Message
from ui.pages.base import Page, PageSpec
from ui.pages.places import places as all_places
from ui.pages.record import RecordPage
from ui.pages.recovering import Recovering, RecoverPage
from ui.pages.unlock import Unlocking, UnlockPage
from ui.pages.welcome import Founding, Joining, WelcomePage
from ui.widgets.forms.forms import RecordForm


def places() -> tuple[PageSpec, ...]:
    return (PageSpec("today", "Today", "calendar-days", Page),)


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


def test_damage_found_while_it_is_open_leads_to_the_door_that_offers_the_rescue(
    store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    desk = frame.desk
    assert desk is not None
    heard: list[Message] = []
    desk.messages.said.connect(heard.append)

    def damaged(_store: Store) -> None:
        raise DamagedStore("The database of this store is damaged.")

    desk.read(damaged, lambda _nothing: None, lambda _why: None)  # also where the page says it itself
    qtbot.waitUntil(lambda: bool(heard), timeout=15_000)
    assert (heard[0].text, heard[0].link) == ("The database of this store is damaged.", "Rescue this store…")
    assert heard[0].does is not None
    heard[0].does()
    qtbot.waitUntil(lambda: frame.open_window is None, timeout=15_000)
    assert door(frame).fault.text() == "The database of this store is damaged."
    assert door(frame).mend.isVisible()


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


# who opens it, and how


def opened(frame: Frame, qtbot: QtBot) -> Store:
    qtbot.waitUntil(lambda: frame.open_window is not None, timeout=15_000)
    qtbot.waitUntil(lambda: not frame.jobs.busy)
    assert frame.store is not None
    return frame.store


def test_whoever_unlocks_it_is_the_author_and_begins_a_run(
    store: Store, store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    add_worker(store, "Ben Oxendine", "ben's own words", DEMO_COST)
    store.close()
    frame = at(store_folder, frames)
    written: list[Change] = []
    for passphrase, worker in ((PASSPHRASE, "Ada Crowe"), ("ben's own words", "Ben Oxendine")):
        frame.unlock(Unlocking(passphrase))
        assert opened(frame, qtbot).worker == worker
        assert frame.desk is not None
        frame.desk.do(make_record, "people", {"name": "Maria"})
        frame.desk.read(lambda now: now.recent(1)[0], written.append)
        opened(frame, qtbot)
        assert written[-1].author == worker
        assert frame.open_window is not None
        frame.open_window.can["lock"].trigger()
        qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    assert len({change.id.run for change in written}) == 2


def test_a_locked_store_is_closed_and_its_key_is_gone(store_folder: Path, frames: list[Frame], qtbot: QtBot) -> None:
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    before = opened(frame, qtbot)
    assert frame.open_window is not None
    qtbot.keyClick(frame.open_window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    assert before._key == b""
    with pytest.raises(RuntimeError, match="closed"):
        before.count("people")


def test_the_keyring_opens_it_at_the_start_and_never_after_locking(
    store: Store, store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    with in_use(Remembering()):
        remember_here(store)
        store.close()
        frame = at(store_folder, frames)
        assert not door(frame).button.isEnabled()
        assert opened(frame, qtbot).worker == "Ada Crowe"
        frame.lock()
        qtbot.wait(50)
        assert door(frame).button.isEnabled()
        assert frame.store is None
        assert not frame.jobs.busy


def test_a_keyring_that_is_gone_asks_for_the_passphrase(
    store: Store, store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    with in_use(Remembering()):
        remember_here(store)
    store.close()
    frame = at(store_folder, frames)
    qtbot.waitUntil(lambda: "keyring" in door(frame).fault.text(), timeout=15_000)
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)


def test_only_the_printed_sheet_is_left(
    store: Store, store_folder: Path, frames: list[Frame], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap(monkeypatch)
    sheet = RecoveryKey(store.setting(SETTING))
    store.close()
    frame = at(store_folder, frames)
    door(frame).sheet.click()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), RecoverPage))
    page = frame.centralWidget()
    assert isinstance(page, RecoverPage)
    page.asked.emit(Recovering(RecoveryKey.new().qr_text, "Cora Bird", "cora's own words"))
    qtbot.waitUntil(lambda: "another department" in page.fault.text(), timeout=15_000)
    page.asked.emit(Recovering(sheet.qr_text, "Cora Bird", "cora's own words"))
    assert opened(frame, qtbot).worker == "Cora Bird"
    frame.lock()
    frame.unlock(Unlocking("cora's own words"))
    opened(frame, qtbot)


def test_from_the_sheet_one_comes_back_to_the_passphrase(store_folder: Path, frames: list[Frame], qtbot: QtBot) -> None:
    frame = at(store_folder, frames)
    door(frame).forgotten.emit()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), RecoverPage))
    page = frame.centralWidget()
    assert isinstance(page, RecoverPage)
    page.back.emit()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))


def test_a_window_nobody_touches_is_locked_with_its_dialogs(
    store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)
    assert frame.open_window is not None
    assert frame.idling is not None
    assert frame.idling.minutes == 15
    frame.open_window.can["help"].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    frame.idling.idle.emit()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    assert frame.store is None
    assert frame.idling is None


def test_work_under_way_is_not_cut_off_by_the_idle_lock(store_folder: Path, frames: list[Frame], qtbot: QtBot) -> None:
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)
    assert frame.desk is not None
    goes_on = threading.Event()
    frame.desk.work(lambda _store, _tell: goes_on.wait(10), label="Merging")
    assert frame.idling is not None
    frame.idling.stop()
    frame.idling.idle.emit()
    assert frame.open_window is not None
    goes_on.set()
    opened(frame, qtbot)
    assert frame.open_window is not None
    assert frame.idling.watching


def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys fast to derive: what they cost is not what these tests look at."""
    monkeypatch.setattr("outreach_app.operations.spaces.new_store.__defaults__", (DEMO_COST, None))
    monkeypatch.setattr("outreach_app.operations.spaces.join.__defaults__", (DEMO_COST, None))
    monkeypatch.setattr("outreach_app.operations.keys.open_by_sheet.__defaults__", (DEMO_COST, None))


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


def test_what_was_typed_in_a_form_is_offered_to_whoever_typed_it(
    store: Store, store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    add_worker(store, "Ben Oxendine", "ben's own words", DEMO_COST)
    store.close()
    frame = Frame(store_folder, all_places)
    frames.append(frame)
    frame.show()
    frame.activateWindow()
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)
    form_of(frame, qtbot).parts["name"].named.setText("Mae Crowe")
    assert frame.open_window is not None
    frame.open_window.can["lock"].trigger()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    frame.unlock(Unlocking("ben's own words"))
    opened(frame, qtbot)
    theirs = frame.open_window
    assert theirs is not None
    assert "not saved yet" not in theirs.message_bar.words.text()
    theirs.can["lock"].trigger()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)
    window = frame.open_window
    assert window is not None
    qtbot.waitUntil(lambda: "not saved yet" in window.message_bar.words.text())
    window.message_bar.link.click()
    opened(frame, qtbot)
    page = window.page
    assert isinstance(page, RecordPage)
    qtbot.waitUntil(lambda: page.form is not None)
    page.save()
    saved = opened(frame, qtbot).list("people")
    assert [view.title for view in saved] == ["Mae Crowe"]


def form_of(frame: Frame, qtbot: QtBot) -> RecordForm:
    assert frame.desk is not None
    frame.desk.go("record", kind="people", record=None, begun=1)
    opened(frame, qtbot)
    assert frame.open_window is not None
    page = frame.open_window.page
    assert isinstance(page, RecordPage)
    assert page.form is not None
    return page.form


def test_a_question_that_nobody_answers_does_not_keep_it_open(
    store_folder: Path, frames: list[Frame], qtbot: QtBot
) -> None:
    """A dialog runs an event loop of its own: the window it belongs to must not go before that has ended."""
    frame = at(store_folder, frames)
    frame.unlock(Unlocking(PASSPHRASE))
    opened(frame, qtbot)
    assert frame.idling is not None
    dialog = QDialog(frame.open_window)
    QTimer.singleShot(20, frame.idling.idle.emit)
    assert dialog.exec() == QDialog.DialogCode.Rejected
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage))
    assert frame.store is None
