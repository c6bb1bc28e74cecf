"""Import & merge: look first, then merge; every file and every row is in the account."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from outreach_app.model.records import REGISTRY
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from outreach_app.sheets.accounts import Account, FileAccount, Rows
from outreach_app.store.stores import Store
from outreach_app.texts import LANGUAGES, speak
from tests.conftest import PASSPHRASE
from tests.helpers.second_laptops import second_laptop
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.jobs import Cancelled
from ui.look.looks import look
from ui.messages import Message, MessageKind
from ui.pages import merging
from ui.pages.accounts import AccountCard
from ui.pages.merging import MergePage, take_in


@pytest.fixture(scope="module")
def sent(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a laptop that only ever sends workbooks sent: one, and a later one with one person more."""
    folder = tmp_path_factory.mktemp("sent")
    first = open_store(Path(shutil.copytree(store_template, folder / "store")), PASSPHRASE)
    with second_laptop(first, folder / "laptop") as laptop:
        for name in ("Thaddeus Oxendine", "Carol Anne Pomerleau"):
            make_record(laptop, "people", {"name": name, "town": "Almond"})
        make_record(laptop, "events", {"name": "Listening session", "starts": "2026-11-21T10:00:00-05:00"})
        export_workbook(laptop, folder / "sessions.xlsx")
        make_record(laptop, "people", {"name": "Lloyd Queen"})
        export_workbook(laptop, folder / "later.xlsx")
    first.close()
    return folder


@pytest.fixture
def store(sent: Path, tmp_path: Path) -> Iterator[Store]:
    """The store that let that laptop in."""
    with closing(open_store(Path(shutil.copytree(sent / "store", tmp_path / "store")), PASSPHRASE)) as opened:
        yield opened


@pytest.fixture
def workbook(sent: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sent / "sessions.xlsx", tmp_path / "Ben's sessions.xlsx"))


@pytest.fixture
def on(qtbot: QtBot, desk: Desk) -> OnPage[MergePage]:
    return OnPage(qtbot, desk, MergePage(desk))


def figures(on: OnPage[MergePage]) -> dict[str, tuple[str, ...]]:
    model = on.page.account.model
    lines = [[str(model.data(model.index(row, at))) for at in range(6)] for row in range(model.rowCount())]
    return {name: tuple(rest) for name, *rest in lines if any(cell != "0" for cell in rest)}


def steps(on: OnPage[MergePage]) -> list[str]:
    return [name for name, button in on.page.steps.items() if button.isVisible()]


def test_the_next_step_is_the_large_button_and_has_the_focus(on: OnPage[MergePage], workbook: Path) -> None:
    assert steps(on) == ["choose"]
    assert on.page.steps["choose"].hasFocus()
    on.page.add([workbook])
    assert steps(on) == ["look"]
    assert on.page.steps["look"].hasFocus()
    on.press(Qt.Key.Key_L)
    assert steps(on) == ["merge"]
    assert on.page.steps["merge"].hasFocus()
    on.press(Qt.Key.Key_M)
    assert steps(on) == ["choose"]


def test_looking_says_what_would_happen_and_changes_nothing(
    on: OnPage[MergePage], workbook: Path, store: Store
) -> None:
    on.page.add([workbook])
    on.press(Qt.Key.Key_L)
    told = figures(on)
    assert told["People"] == ("2", "2", "0", "0", "0")
    assert told["Events"] == ("1", "1", "0", "0", "0")
    assert on.page.account.title.text() == "What would happen"
    assert on.page.account.sum.text().endswith("set aside.")
    assert store.count("people") == 0
    assert [line.text for line in on.page.files.rows] == ["All together", "Ben's sessions.xlsx"]


def test_merging_takes_it_in_and_the_same_file_twice_changes_nothing(
    on: OnPage[MergePage], workbook: Path, store: Store, said: list[Message]
) -> None:
    on.page.add([workbook])
    on.press(Qt.Key.Key_M)
    assert on.page.account.title.text() == "What happened"
    assert {view.title for view in store.list("people")} == {"Carol Anne Pomerleau", "Thaddeus Oxendine"}
    assert said[-1].text == "Merged 1 file."
    before = len(store.recent(50, own=False))
    on.page.add([workbook])
    assert [line.text for line in on.page.files.rows] == ["Ben's sessions.xlsx"]
    on.press(Qt.Key.Key_M)
    assert figures(on)["People"] == ("2", "0", "0", "2", "0")
    assert store.count("people") == 2
    assert len(store.recent(50, own=False)) == before


def test_all_pages_hear_of_what_was_merged(on: OnPage[MergePage], desk: Desk, workbook: Path) -> None:
    heard: list[frozenset[str]] = []
    desk.committed.connect(lambda changes: heard.append(changes.kinds))
    on.page.add([workbook])
    on.press(Qt.Key.Key_L)
    assert heard == []
    on.press(Qt.Key.Key_M)
    assert {"people", "events", "feedback"} <= heard[-1]


def test_a_file_that_is_no_workbook_is_named_and_the_others_go_on(
    on: OnPage[MergePage], workbook: Path, store: Store, said: list[Message]
) -> None:
    broken = workbook.with_name("broken.xlsx")
    broken.write_bytes(workbook.read_bytes()[:300])
    on.page.add([broken, workbook])
    on.press(Qt.Key.Key_M)
    assert store.count("people") == 2
    by_name = {line.text: line for line in on.page.files.rows}
    assert by_name["broken.xlsx"].trailing == "not taken"
    assert by_name["broken.xlsx"].detail
    [reason] = [line for line in on.page.account.aside.rows if line.text == "broken.xlsx"]
    assert reason.waits
    assert said[-1].text == "Merged 1 file."


def test_a_row_set_aside_is_told_with_its_sheet_row_and_reason(
    on: OnPage[MergePage], workbook: Path, store: Store
) -> None:
    book = load_workbook(workbook)
    sheet = next(book[name] for name in book.sheetnames if name == "Events")
    head = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "Listening session")
    assert row is not None
    sheet.cell(row, head["Starts"]).value = "the day after"
    book.save(workbook)
    on.page.add([workbook])
    on.press(Qt.Key.Key_L)
    assert figures(on)["Events"][4] == "1"
    aside = [line for line in on.page.account.aside.rows if line.icon == "file-warning"]
    assert [line.text for line in aside] == [f"Events, row {row}"]
    assert aside[0].detail.startswith("Starts: ")
    by_name = {line.text: line for line in on.page.files.rows}
    assert by_name["Ben's sessions.xlsx"].trailing == "1 set aside"
    assert store.count("events") == 0


def test_one_file_s_own_figures_are_shown_when_it_is_chosen(on: OnPage[MergePage], workbook: Path, sent: Path) -> None:
    second = Path(shutil.copy(sent / "later.xlsx", workbook.parent))
    on.page.add([workbook, second])
    on.press(Qt.Key.Key_M)
    assert figures(on)["People"] == ("5", "3", "0", "2", "0")
    keys = {line.text: line.key for line in on.page.files.rows}
    on.page.files.line(keys["later.xlsx"]).click()
    assert figures(on)["People"] == ("3", "1", "0", "2", "0")
    on.page.files.line(keys["All together"]).click()
    assert figures(on)["People"] == ("5", "3", "0", "2", "0")


def test_what_waits_for_a_person_is_one_click_away(
    on: OnPage[MergePage], workbook: Path, store: Store, said: list[Message]
) -> None:
    make_record(store, "people", {"name": "Thaddeus Oxendine", "town": "Almond"})
    on.page.add([workbook])
    on.press(Qt.Key.Key_M)
    waits = sum(store.decision_counts().values())
    assert waits > 0
    assert on.page.account.decide.isVisible()
    assert on.page.account.decide.text() == f"{waits} thing{'s' if waits > 1 else ''} to decide"
    assert said[-1].link == on.page.account.decide.text()
    on.page.account.decide.click()
    assert on.went == [Destination("decide")]


def test_files_and_folders_are_chosen_with_the_system_s_dialogs(
    on: OnPage[MergePage], workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "asked_files", lambda *_asked: [workbook, workbook])
    monkeypatch.setattr(merging, "asked_folder", lambda *_asked: workbook.parent)
    on.press(Qt.Key.Key_C)
    on.press(Qt.Key.Key_O)
    assert on.page.paths == [workbook, workbook.parent]
    monkeypatch.setattr(merging, "asked_folder", lambda *_asked: None)
    on.press(Qt.Key.Key_O)
    assert len(on.page.paths) == 2
    on.page.can["clear"].trigger()
    assert on.page.paths == []
    assert steps(on) == ["choose"]


def test_a_folder_of_workbooks_is_taken_whole(on: OnPage[MergePage], workbook: Path, store: Store) -> None:
    on.page.add([workbook.parent])
    on.press(Qt.Key.Key_M)
    assert store.count("people") == 2


def test_a_file_that_went_away_is_told_and_nothing_is_merged(
    on: OnPage[MergePage], workbook: Path, store: Store, said: list[Message]
) -> None:
    on.page.add([workbook])
    workbook.unlink()
    on.press(Qt.Key.Key_L)
    assert said[-1].kind is MessageKind.FAULT
    assert "Ben's sessions.xlsx" in said[-1].text
    assert steps(on) == ["look"]
    assert store.count("people") == 0


def test_files_are_let_go_on_the_page(on: OnPage[MergePage], workbook: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(workbook)), QUrl("https://example.org/a.xlsx")])
    how = (Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    coming = QDragEnterEvent(QPointF(9, 9), *how)
    on.page.dragEnterEvent(coming)
    assert coming.isAccepted()
    assert on.page.card.property("chosen")
    on.page.dropEvent(QDropEvent(QPointF(9, 9), *how))
    assert on.page.paths == [workbook]
    assert not on.page.card.property("chosen")


def test_cancelled_between_two_files_it_says_what_stays(
    on: OnPage[MergePage], workbook: Path, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: object, account: Account, **_named: object) -> None:
        done = FileAccount("done.xlsx")
        done.note("people", "new")
        account.files.append(done)
        raise Cancelled

    monkeypatch.setattr(merging, "import_paths", stopped)
    on.page.add([workbook])
    on.press(Qt.Key.Key_L)
    assert said[-1].text == "Stopped. Nothing was changed."
    on.press(Qt.Key.Key_M)
    assert said[-1].text.startswith("Stopped. Files that were done stay merged")
    assert figures(on) == {"People": ("1", "1", "0", "0", "0")}
    assert steps(on) == ["look"]


def test_stopped_within_a_file_nothing_of_that_file_is_kept(store: Store, workbook: Path) -> None:
    """Wherever in the work of one file it is: while it is read, looked at row by row, or written."""
    asked = stops_at = 0

    def tell(_done: int, _of: int, _doing: str = "") -> None:
        nonlocal asked
        asked += 1
        if asked == stops_at:
            raise Cancelled

    while not store.count("people"):
        asked, stops_at = 0, stops_at + 1
        taken = take_in(store, [workbook], False, tell)
        assert taken.stopped
        assert [each.file for each in taken.account.files] == [workbook.name] * bool(store.count("people"))
    assert stops_at > 8  # before it, once it is open, before each of its sheets, its rows, its writes, and after it
    assert store.count("people") == 2


def test_where_no_file_can_be_read_there_is_nothing_to_merge(on: OnPage[MergePage], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("A list of names")
    on.page.add([tmp_path / "notes.txt"])
    on.press(Qt.Key.Key_L)
    assert steps(on) == ["choose"]
    assert not on.page.account.table.isVisible()
    assert on.page.account.aside.rows[0].detail == "“notes.txt” holds no table with a row below its headings."


def test_no_kind_is_cut_in_the_account_in_either_language(desk: Desk, qtbot: QtBot) -> None:
    kinds = [name for name, kind in REGISTRY.items() if kind.about.in_forms]
    account = Account([FileAccount("June.xlsx", rows={name: Rows(new=4_455, same=5_398) for name in kinds})])
    for spoken in LANGUAGES:
        speak(spoken)
        card = AccountCard(desk)
        qtbot.addWidget(card)
        card.resize(715, 600)  # what it has of a window of 1366 pixels
        card.show()
        card.show_account(account, dry_run=True, decisions=0)
        words = [str(card.model.index(at, 0).data()) for at in range(len(kinds))]
        widest = max(words, key=look().metrics("body").horizontalAdvance)
        assert card.table.columnWidth(0) > look().metrics("body").horizontalAdvance(widest) + 16
        bar = card.table.verticalScrollBar()
        assert (bar.isVisible(), bar.maximum()) == (False, 0)  # every line is in sight, and none is under the bar


def test_files_are_read_as_it_is_chosen_and_looked_at_anew(on: OnPage[MergePage], store: Store, workbook: Path) -> None:
    book = load_workbook(workbook)
    sheet = book["People"]
    sheet.cell(1, sheet.max_column + 1).value, sheet.cell(2, sheet.max_column).value = "Shoe size", "42"
    book.save(workbook)
    on.page.add([workbook])
    assert not on.page.reading.isVisible(), "nobody knows yet what the file leaves open"
    on.press(Qt.Key.Key_L)
    assert on.page.reading.isVisible()
    assert on.page.steps["merge"].isVisible()
    on.press(Qt.Key.Key_K)
    assert on.page.reading.choices.keep
    assert on.page.steps["look"].isVisible()
    on.press(Qt.Key.Key_L)
    on.press(Qt.Key.Key_M)
    assert [view.values["notes"] for view in store.list("people") if view.values["notes"]] == ["Shoe size: 42"]
