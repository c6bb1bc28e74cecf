"""A whole event in the real window: from the first run to the workbook and the sheet, then back to the passphrase."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from outreach_app.operations.keys import Recovery, recovery
from outreach_app.operations.spaces import open_store
from outreach_app.store.keys import DEMO_COST
from tests.helpers.event_hands import ALT, CTRL
from ui.app import Frame
from ui.main_window import MainWindow
from ui.pages.base import Page
from ui.pages.event import EventPage
from ui.pages.places import places
from ui.pages.printing import PrintPage
from ui.pages.record import RecordPage
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage

DAY = date(2026, 11, 21)
WORDS = "The van only comes Tuesdays."
PASSPHRASE = "four words in mind"
PLAIN = Qt.KeyboardModifier.NoModifier


class Worker:
    """Somebody at the keyboard of the real window, on a folder that may hold a store."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.frame = Frame(folder, partial(places, lambda: DAY))
        self.frame.show()
        self.frame.activateWindow()
        qtbot.waitUntil(self.frame.isActiveWindow)

    @property
    def window(self) -> MainWindow:
        window = self.frame.open_window
        assert window is not None
        return window

    def page(self, kind: type[Page]) -> Page:
        page = self.window.page
        assert isinstance(page, kind)
        return page

    def settle(self) -> None:
        for _again in range(2):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.frame.jobs.busy, timeout=20_000)

    def type(self, *lines: str) -> None:
        """Type each line where the focus is, and Tab between them."""
        for at, line in enumerate(lines):
            if at:
                self.press(Qt.Key.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClicks(focused, line)
            self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)
        self.settle()

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)
        self.settle()


@pytest.fixture
def worker(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Worker]]:
    """Opens windows; keys are made fast to derive, as what they cost is not what is looked at here."""
    monkeypatch.setattr("outreach_app.operations.spaces.new_store.__defaults__", (DEMO_COST, None))
    made: list[Worker] = []

    def open_window(folder: Path = tmp_path / "store") -> Worker:
        made.append(Worker(qtbot, folder))
        return made[-1]

    yield open_window
    for each in made:
        each.frame.close()
        each.frame.deleteLater()
    made.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def keeps_as(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """What the person answers when the system asks for a file's name."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(file), "")))


def rows_of(file: Path) -> dict[str, int]:
    """How many rows each sheet of a workbook holds below its headings."""
    book = openpyxl.load_workbook(file)
    return {
        sheet.title: sum(any(cell is not None for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True))
        for sheet in book
    }


def words_on(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def begin(person: Worker) -> None:
    """The first run: name, department, passphrase twice."""
    assert isinstance(person.frame.centralWidget(), WelcomePage)
    person.type("Ada Crowe", "Hill County Health")
    lines = [line for line in person.frame.findChildren(QLineEdit) if line.echoMode() is QLineEdit.EchoMode.Password]
    for line in lines:
        line.setFocus()
        person.type(PASSPHRASE)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.frame.open_window)


def plan(person: Worker) -> None:
    """A new event from the record form, then to its screen."""
    person.press(Qt.Key.Key_N, CTRL)
    record = person.page(RecordPage)
    assert record.form is not None
    for name, text in (("name", "Almond Fire Hall"), ("starts", "2026-11-21 10:00"), ("county", "Swain")):
        record.form.parts[name].named.setFocus()
        person.type(text)
        if name == "county":
            person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_S, CTRL)
    person.press(Qt.Key.Key_O, ALT)


def capture(person: Worker) -> None:
    """Two sign-ins, a piece of feedback, a partner, three heads of whom one is taken back. The recovery sheet waits to
    be proven, and holds none of it up."""
    page = person.page(EventPage)
    assert page.header.title.text() == "Almond Fire Hall"
    assert person.frame.store is not None
    assert recovery(person.frame.store) is Recovery.TO_PRINT
    assert QApplication.activeModalWidget() is None
    person.type("Rosa Bell", "", "828 555 0144")
    person.press(Qt.Key.Key_1, ALT)
    person.press(Qt.Key.Key_Return)
    person.type("Thaddeus Oxendine")
    person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_F, ALT)
    person.type(WORDS)
    person.press(Qt.Key.Key_Return, CTRL)
    person.press(Qt.Key.Key_P, ALT)
    person.type("Nantahala Food Share", "Inez Rowe")
    person.press(Qt.Key.Key_Return, CTRL)
    for _head in range(3):
        person.press(Qt.Key.Key_H, ALT)
    person.press(Qt.Key.Key_Z, CTRL)
    counts = [tile.accessibleName().rpartition(", ")[2] for tile in page.tiles.values()]
    assert counts == ["2", "1", "1", "2"]
    assert [row.text for row in page.just_now.list.rows] == [
        "1 other",
        "1 other",
        "Nantahala Food Share",
        f"“{WORDS.rstrip('.')}.”",
        "Thaddeus Oxendine",
        "Rosa Bell",
    ]


def test_a_whole_event(worker: Callable[[], Worker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = worker()
    begin(person)
    plan(person)
    capture(person)
    event = person.page(EventPage).event_id  # what is typed but not saved outlives the lock
    person.press(Qt.Key.Key_S, ALT)
    person.type("Cora")

    keeps_as(monkeypatch, tmp_path / "out.xlsx")
    person.press(Qt.Key.Key_E, CTRL)
    person.press(Qt.Key.Key_X, ALT)
    assert "Wrote out.xlsx" in person.window.message_bar.words.text()
    rows = rows_of(tmp_path / "out.xlsx")
    wanted = {"Events": 1, "Sign-ins": 2, "People": 3, "Organizations": 1, "Feedback": 1, "Consents": 1}
    assert {name: rows[name] for name in wanted} == wanted

    keeps_as(monkeypatch, tmp_path / "sheet.pdf")
    person.press(Qt.Key.Key_P, CTRL)
    sheet = person.page(PrintPage)
    person.press(Qt.Key.Key_M, ALT)
    person.until(lambda: sheet.save_button.isVisible())
    person.press(Qt.Key.Key_F, ALT)
    person.until((tmp_path / "sheet.pdf").exists)
    pdf = pypdf.PdfReader(tmp_path / "sheet.pdf")
    assert pdf.metadata is not None
    assert str(pdf.metadata.creator).startswith("Typst")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    text = pdf.pages[0].extract_text()
    assert "Almond Fire Hall" in text
    assert "Rosa Bell" not in text

    person.window.desk.lock()
    person.until(lambda: isinstance(person.frame.centralWidget(), UnlockPage))
    door = person.frame.centralWidget()
    assert isinstance(door, UnlockPage)
    assert door.line.hasFocus()
    for typed in ("another one", PASSPHRASE):
        person.type(typed)
        person.press(Qt.Key.Key_Return)
        if typed != PASSPHRASE:
            person.until(lambda: door.fault.isVisible())
            assert door.fault.text() == "That is not the passphrase of this store. Please try again."
    person.until(lambda: person.frame.open_window)
    assert "Almond Fire Hall" in words_on(person.window)
    assert person.frame.windowTitle().endswith("Outreach")
    person.window.desk.go("event", event=event)
    person.settle()
    assert person.page(EventPage).sign_in.name.text == "Cora"


def test_a_second_window_on_the_same_store_says_so_and_changes_nothing(
    worker: Callable[..., Worker], store_folder: Path
) -> None:
    from tests.conftest import PASSPHRASE as OPENS

    held = open_store(store_folder, OPENS)
    person = worker(store_folder)
    person.type(OPENS)
    person.press(Qt.Key.Key_Return)
    door = person.frame.centralWidget()
    assert isinstance(door, UnlockPage)
    person.until(lambda: door.fault.isVisible())
    assert door.fault.text() == (
        "This store is already open in another window. Close that window, or go on working there."
    )
    held.close()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.frame.open_window)
