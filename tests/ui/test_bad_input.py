"""What the world does wrong, as the window tells it: where one looks, in a sentence of its own, and nothing is changed.

The same on the command line is in ``tests/end_to_end/test_bad_input.py``.
"""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.engines import open_engine
from outreach_app.store.keys import DEMO_COST, open_keys
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.second_laptops import second_laptop
from ui.app import Frame
from ui.main_window import MainWindow
from ui.messages import Message, MessageKind
from ui.pages.places import places
from ui.pages.record import RecordPage
from ui.pages.rescuing import RescuePage
from ui.pages.syncing import SyncPage
from ui.pages.unlock import UnlockPage

CONTROL = Qt.KeyboardModifier.ControlModifier
STRANGERS = "This folder is another department's. Nothing was taken from it or left in it."

NOTE = "Asked about rides to the clinic. " * 2_000 + "Wants a call."


@pytest.fixture
def frame(store_folder: Path, frames: list[Frame]) -> Frame:
    """The real window, at the door of a store that the test may spoil first."""
    made = Frame(store_folder, places)
    frames.append(made)
    made.show()
    made.activateWindow()
    return made


def settle(frame: Frame, qtbot: QtBot) -> None:
    """Let everything come that was asked for."""
    for _again in range(2):
        qtbot.waitUntil(lambda: not frame.jobs.busy, timeout=20_000)
        QApplication.processEvents()


def unlock(frame: Frame, qtbot: QtBot) -> None:
    """Write the passphrase at the door, and Enter."""
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    QTest.keyClick(door.line, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(door.line, PASSPHRASE)
    QTest.keyClick(door.line, Qt.Key.Key_Return)
    settle(frame, qtbot)


def refused(frame: Frame, qtbot: QtBot) -> str:
    """Try to open it; what the door says. It stays the door, and can be tried again."""
    unlock(frame, qtbot)
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    assert frame.store is None
    assert door.fault.isVisible()
    assert door.button.isEnabled()
    assert door.line.accessibleDescription() == door.fault.text()
    return door.fault.text()


def inside(frame: Frame) -> MainWindow:
    window = frame.open_window
    assert window is not None
    return window


def go(frame: Frame, qtbot: QtBot, page: str, **arguments: object) -> None:
    inside(frame).desk.go(page, **arguments)
    settle(frame, qtbot)


def held(folder: Path) -> dict[str, bytes]:
    """What a store's files hold; the lock is whose turn it is, and nothing of the store's."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix not in (".lock", ".db-shm")}


# a store that cannot be opened


def test_a_store_that_a_newer_program_wrote(frame: Frame, store_folder: Path, qtbot: QtBot) -> None:
    version(store_folder, "9999")
    before = held(store_folder)
    assert refused(frame, qtbot) == (
        "This store was written by a newer Outreach. Install the newest version, then open it again."
    )
    assert held(store_folder)["outreach.db"] == before["outreach.db"]
    version(store_folder, "0001")
    unlock(frame, qtbot)
    assert inside(frame).desk.store.worker == "Ada Crowe"


def version(folder: Path, number: str) -> None:
    """Write into a store which revision of the program wrote it."""
    engine = open_engine(folder / "outreach.db", open_keys(folder, PASSPHRASE).key)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
    engine.dispose()


def test_a_key_file_that_a_newer_program_wrote(frame: Frame, store_folder: Path, qtbot: QtBot) -> None:
    keys = store_folder / "keys.json"
    written = keys.read_text()
    keys.write_text(written.replace('"format": 1', '"format": 2'))
    assert keys.read_text() != written
    assert refused(frame, qtbot) == "This store was made by a newer Outreach. Please install the newest version."


@pytest.mark.parametrize("sort", ["overwritten", "cut short", "empty"])
def test_a_damaged_store(sort: str, frame: Frame, store_folder: Path, qtbot: QtBot) -> None:
    database = store_folder / "outreach.db"
    whole = database.read_bytes()
    database.write_bytes({"overwritten": b"x" * 4096 + whole[4096:], "cut short": whole[:2000], "empty": b""}[sort])
    before = held(store_folder)
    assert refused(frame, qtbot).startswith("The database of this store is ")
    assert held(store_folder) == before
    database.write_bytes(whole)
    unlock(frame, qtbot)
    assert inside(frame).desk.store.worker == "Ada Crowe"


def test_a_damaged_key_file(frame: Frame, store_folder: Path, qtbot: QtBot) -> None:
    (store_folder / "keys.json").write_text("{")
    assert refused(frame, qtbot).startswith("The key file of this store is damaged.")


def test_damage_that_opening_does_not_find_is_found_the_same_day(
    frame: Frame, store_folder: Path, qtbot: QtBot
) -> None:
    """Of a store with one damaged page the door opens; the day's backup reads every page of it."""
    with closing(open_store(store_folder, PASSPHRASE)) as store:
        for number in range(30):
            make_record(store, "people", {"name": f"Person {number}", "notes": "Likes to be called early. " * 20})
    database = store_folder / "outreach.db"
    whole = database.read_bytes()
    at = len(whole) - 4096 + 100  # what was written last, which no first page shows
    database.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    unlock(frame, qtbot)
    said: list[Message] = []
    inside(frame).desk.messages.said.connect(said.append)
    assert frame.daily is not None
    frame.daily.look()
    settle(frame, qtbot)
    damage = "The database of this store is damaged."
    assert [(each.kind, damage in each.text) for each in said] == [(MessageKind.FAULT, True)]
    assert not list((store_folder / "backups").glob("*.backup"))
    assert said[0].does is not None
    said[0].does()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), UnlockPage), timeout=20_000)
    door = frame.centralWidget()
    assert isinstance(door, UnlockPage)
    assert damage in door.fault.text()
    assert door.mend.isVisible()
    door.mend.click()
    assert "write your passphrase" in door.fault.text()
    QTest.keyClicks(door.line, PASSPHRASE)
    door.mend.click()
    qtbot.waitUntil(lambda: isinstance(frame.centralWidget(), RescuePage), timeout=20_000)
    page = frame.centralWidget()
    assert isinstance(page, RescuePage)
    assert damage in page.about.text()


# a disk that is full


def test_a_full_disk_keeps_what_was_typed_and_says_so(frame: Frame, qtbot: QtBot) -> None:
    """SQLite itself says that there is no room: it may not use one page more than it has, and the note needs many."""
    unlock(frame, qtbot)
    go(frame, qtbot, "record", kind="people", record=None)
    page = inside(frame).page
    assert isinstance(page, RecordPage)
    assert page.form is not None
    page.form.parts["name"].named.setFocus()
    QTest.keyClicks(frame.focusWidget(), "Thaddeus Oxendine")
    page.form.parts["notes"].named.insertPlainText(NOTE)
    room(frame, qtbot, 1)
    QTest.keyClick(frame.focusWidget(), Qt.Key.Key_S, CONTROL)
    settle(frame, qtbot)
    bar = inside(frame).message_bar
    assert bar.isVisible()
    assert bar.message is not None
    assert bar.message.kind is MessageKind.FAULT
    assert bar.words.text() == "The disk is full or does not answer. Nothing was saved; make room and try again."
    assert (page.form.values()["name"], page.form.values()["notes"]) == ("Thaddeus Oxendine", NOTE)
    assert people(frame, qtbot) == []
    room(frame, qtbot, 1_000_000)
    QTest.keyClick(frame.focusWidget(), Qt.Key.Key_S, CONTROL)
    settle(frame, qtbot)
    assert people(frame, qtbot) == ["Thaddeus Oxendine"]


def room(frame: Frame, qtbot: QtBot, pages: int) -> None:
    """How many pages the open database may have: never fewer than it has already. What it has free is used up."""

    def limit(store: Store) -> None:
        with store._database.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0

    done: list[None] = []
    inside(frame).desk.read(limit, done.append)
    settle(frame, qtbot)
    assert done == [None]


def people(frame: Frame, qtbot: QtBot) -> list[str]:
    found: list[str] = []
    inside(frame).desk.read(lambda store: [view.title for view in store.list("people")], found.extend)
    settle(frame, qtbot)
    return found


# what another department left in the folder


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder that another department's laptop has synced with."""
    folder = tmp_path / "stranger's stick"
    folder.mkdir()
    other = new_store(tmp_path / "other", PASSPHRASE, "Cora Bird", "Vance County Health", cost=DEMO_COST)
    make_record(other, "people", {"name": "A Stranger"})
    sync_folder(other, folder)
    other.close()
    return folder


def sync(frame: Frame, qtbot: QtBot, folder: Path) -> SyncPage:
    """Go to Sync, write the folder, Enter."""
    go(frame, qtbot, "sync")
    page = inside(frame).page
    assert isinstance(page, SyncPage)
    page.folder.setFocus()
    QTest.keyClicks(page.folder, str(folder))
    QTest.keyClick(page.folder, Qt.Key.Key_Return)
    settle(frame, qtbot)
    return page


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_of_another_department_is_left_as_it_is(frame: Frame, stranger: Path, qtbot: QtBot) -> None:
    before = files(stranger)
    unlock(frame, qtbot)
    page = sync(frame, qtbot, stranger)
    assert page.field.reason.isVisible()
    assert page.field.reason.text() == STRANGERS
    assert not page.outcome_card.isVisible()
    assert files(stranger) == before
    assert people(frame, qtbot) == []


def test_a_file_of_another_department_among_ours_is_named_and_ours_are_read(
    frame: Frame, store_folder: Path, stranger: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    store = open_store(store_folder, PASSPHRASE)
    with second_laptop(store, tmp_path / "laptop") as laptop:
        make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
        sync_folder(laptop, stick)
    store.close()
    theirs = next(path for path in files(stranger) if path.name != "carrier.id")
    shutil.copy(theirs, stick / "outreach-sync" / "from-elsewhere")
    unlock(frame, qtbot)
    page = sync(frame, qtbot, stick)
    aside = [(line.text, line.detail) for line in page.outcome.rows if line.key.startswith("aside")]
    assert aside == [("from-elsewhere", "This file belongs to another department's space. It was left alone.")]
    assert (stick / "outreach-sync" / "from-elsewhere").read_bytes() == theirs.read_bytes()
    assert people(frame, qtbot) == ["Thaddeus Oxendine"]
