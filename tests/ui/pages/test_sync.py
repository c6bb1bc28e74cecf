"""Sync: one button, then what came of it to the last file; and the way in for another laptop."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.model.errors import NotWritable
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join
from outreach_app.operations.sync_words import in_words, left
from outreach_app.operations.syncing import FOLDER, last_exchanges, sync_folder
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from outreach_app.sync.carriers import Listed
from outreach_app.sync.folders import FolderCarrier
from tests.helpers.second_laptops import PASSPHRASE, second_laptop
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.jobs import Cancelled, Jobs
from ui.messages import Message, Messages
from ui.pages import inviting, syncing
from ui.pages.syncing import SyncPage

TODAY = date(2026, 11, 21)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def laptop(store: Store, tmp_path: Path) -> Iterator[Store]:
    """A worker's laptop of the same department."""
    with second_laptop(store, tmp_path / "laptop") as made:
        yield made


def opened(qtbot: QtBot, desk: Desk, **arguments: bool) -> OnPage[SyncPage]:
    return OnPage(qtbot, desk, SyncPage(desk, lambda: TODAY), **arguments)


def outcome(on: OnPage[SyncPage]) -> dict[str, str]:
    return {line.key: line.trailing for line in on.page.outcome.rows}


def test_without_a_folder_it_asks_for_one(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.folder.hasFocus()
    assert not on.page.outcome_card.isVisible()
    assert not on.page.folders_card.isVisible()
    on.press(Qt.Key.Key_S)
    assert on.page.field.reason.text() == "Please choose a folder first."
    assert on.page.folder.hasFocus()


def test_what_another_left_is_taken_in_and_what_is_new_here_is_left(
    qtbot: QtBot, desk: Desk, store: Store, laptop: Store, stick: Path, said: list[Message]
) -> None:
    make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
    sync_folder(laptop, stick)
    make_record(store, "people", {"name": "Ada Crowe"})
    on = opened(qtbot, desk)
    on.type(str(stick))
    on.press(Qt.Key.Key_Return, NONE)
    # the laptop it let in, the keys it gave the recovery sheet, the person, and what it signs for
    assert outcome(on) == {"sent": "4", "received": "1"}
    assert on.page.adds_up.text() == "1 file there: 0 known from before, 1 read, 0 files set aside."
    assert said[-1].text == "Synced."
    assert {view.title for view in store.list("people")} == {"Ada Crowe", "Thaddeus Oxendine"}
    assert [(line.text, line.detail) for line in on.page.folders.rows] == [("stick", "4 left · 1 taken in")]
    sync_folder(laptop, stick)
    assert {view.title for view in laptop.list("people")} == {"Ada Crowe", "Thaddeus Oxendine"}


def test_the_folder_is_remembered_and_today_syncs_with_it_at_once(
    qtbot: QtBot, desk: Desk, store: Store, stick: Path
) -> None:
    make_record(store, "people", {"name": "Ada Crowe"})
    first = opened(qtbot, desk)
    first.page.folder.setText(str(stick))
    first.press(Qt.Key.Key_S)
    later = opened(qtbot, desk, now=True)
    assert later.page.folder.text() == str(stick)
    assert outcome(later) == {"sent": "0", "received": "0"}
    assert later.page.adds_up.text() == "2 files there: 2 known from before, 0 read, 0 files set aside."


def test_at_once_with_no_folder_known_it_asks(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, now=True)
    assert on.page.field.reason.text() == "Please choose a folder first."


def test_the_folder_is_chosen_with_the_system_s_dialog(
    qtbot: QtBot, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "asked_folder", lambda *_asked: stick)
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_C)
    assert on.page.folder.text() == str(stick)
    assert on.page.button.hasFocus()
    monkeypatch.setattr(syncing, "asked_folder", lambda *_asked: None)
    on.press(Qt.Key.Key_C)
    assert on.page.folder.text() == str(stick)


def test_every_file_that_gave_nothing_is_named_with_its_reason(
    qtbot: QtBot, desk: Desk, store: Store, laptop: Store, stick: Path
) -> None:
    make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
    sync_folder(laptop, stick)
    [good] = (path for path in (stick / "outreach-sync").rglob("*") if path.is_file() and path.name != "carrier.id")
    shutil.copy(good, good.with_name("torn"))
    good.with_name("torn").write_bytes(good.read_bytes()[:-20])
    (stick / "outreach-sync" / "holiday.jpg").write_bytes(b"not ours")
    on = opened(qtbot, desk)
    on.page.folder.setText(str(stick))
    on.press(Qt.Key.Key_S)
    aside = {line.text: (line.trailing, bool(line.detail), line.waits) for line in on.page.outcome.rows[2:]}
    assert aside == {"holiday.jpg": ("set aside", True, True), "torn": ("waits", True, True)}
    assert on.page.adds_up.text() == "3 files there: 0 known from before, 1 read, 1 waits, 1 file set aside."
    assert on.page.folders.rows[0].waits
    assert store.count("people") == 1


def test_a_folder_that_is_not_there_is_said_beside_it(
    qtbot: QtBot, desk: Desk, tmp_path: Path, said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    on.page.folder.setText(str(tmp_path / "gone"))
    on.press(Qt.Key.Key_S)
    assert "gone" in on.page.field.reason.text()
    assert on.page.field.reason.isVisible()
    assert not on.page.outcome_card.isVisible()
    on.page.folder.setText(str(tmp_path))
    on.press(Qt.Key.Key_S)
    assert not on.page.field.reason.isVisible()
    assert on.page.outcome_card.isVisible()
    on.page.folder.setText(str(tmp_path / "gone"))
    on.press(Qt.Key.Key_S)
    assert not on.page.outcome_card.isVisible(), "what came of the last sync is not what came of this one"
    assert said[-1].text == on.page.field.reason.text(), "nor does what was said of it stand there still"


def test_the_last_time_with_a_folder_is_shown_again(qtbot: QtBot, desk: Desk, store: Store, stick: Path) -> None:
    make_record(store, "people", {"name": "Ada Crowe"})
    sync_folder(store, stick)
    on = opened(qtbot, desk)
    [line] = on.page.folders.rows
    on.page.folders.line(line.key).click()
    assert on.page.outcome_heading.text().startswith("The last time, ")
    assert outcome(on) == {"empty": "", "sent": "2", "received": "0"}  # and what the recovery sheet is
    assert on.page.folder.text() == str(stick)


def test_each_folder_says_how_much_is_still_to_be_left_there(
    qtbot: QtBot, desk: Desk, store: Store, stick: Path, tmp_path: Path
) -> None:
    make_record(store, "people", {"name": "Ada Crowe"})
    sync_folder(store, stick)
    make_record(store, "people", {"name": "Ben Arch"})
    (share := tmp_path / "share").mkdir()
    sync_folder(store, share)
    make_record(store, "people", {"name": "Cora Bird"})
    on = opened(qtbot, desk)
    told = {line.text: (line.detail, line.waits) for line in on.page.folders.rows}
    assert told == {
        "share": ("3 left · 0 taken in · 1 still to leave there", True),
        "stick": ("2 left · 0 taken in · 2 still to leave there", True),
    }
    on.page.folders.line(next(line.key for line in on.page.folders.rows if line.text == "stick")).click()
    assert on.page.button.hasFocus()
    on.press(Qt.Key.Key_S)
    told = {line.text: (line.detail, line.waits) for line in on.page.folders.rows}
    assert told["stick"] == ("2 left · 0 taken in", False)


def test_a_stick_that_never_worked_is_not_remembered_and_one_that_did_is_forgotten_and_remembered_again(
    qtbot: QtBot, desk: Desk, store: Store, stick: Path, tmp_path: Path, said: list[Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (full := tmp_path / "full").mkdir()
    on = opened(qtbot, desk)
    make_record(store, "people", {"name": "Ada Crowe"})
    with monkeypatch.context() as patch:
        patch.setattr(FolderCarrier, "write", _refuses)
        on.page.folder.setText(str(full))
        on.press(Qt.Key.Key_S)
    assert on.page.outcome.rows[-1].key == "not_sent"
    assert (last_exchanges(store), store.setting(FOLDER, "")) == ([], "")
    assert not on.page.folders_card.isVisible()
    on.page.folder.setText(str(stick))
    on.press(Qt.Key.Key_S)
    with monkeypatch.context() as patch:
        patch.setattr(FolderCarrier, "write", _refuses)
        make_record(store, "people", {"name": "Ben Arch"})
        on.press(Qt.Key.Key_S)
    [line] = on.page.folders.rows
    assert (line.text, line.waits) == ("stick", True), "what worked once is remembered, with what it lacks now"
    before = store.whereabouts(), last_exchanges(store)
    link = on.page.folders.line(line.key).link
    assert link is not None
    link.click()
    on.settle()
    assert (last_exchanges(store), store.whereabouts().copied, on.page.folder.text()) == ([], 0, "")
    assert not on.page.folders_card.isVisible()
    assert said[-1].text == "stick is forgotten. What is only there counts as only on this laptop."
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    assert (store.whereabouts(), last_exchanges(store)) == before
    assert (store.setting(FOLDER, ""), on.page.folders.rows[0].text) == (str(stick), "stick")


def _refuses(_carrier: FolderCarrier, _name: str, _data: bytes) -> Listed:
    raise NotWritable("There is no room left.")


def test_files_that_gave_nothing_for_one_reason_are_one_line_in_the_window_and_the_command(
    qtbot: QtBot, desk: Desk, store: Store, stick: Path
) -> None:
    (stick / "outreach-sync").mkdir()
    for name in ("one.jpg", "two.jpg", "three.jpg"):
        (stick / "outreach-sync" / name).write_bytes(b"not ours")
    on = opened(qtbot, desk)
    on.page.folder.setText(str(stick))
    on.press(Qt.Key.Key_S)
    [line] = on.page.outcome.rows[2:]
    assert (line.text, line.trailing, line.hover) == ("3 files set aside", "", "one.jpg\nthree.jpg\ntwo.jpg")
    account = last_exchanges(store)[0].account
    assert in_words(account, []).splitlines()[2] == f"3 files set aside: {line.detail}"
    assert in_words(account, [], verbose=True).splitlines()[3:6] == ["    one.jpg", "    three.jpg", "    two.jpg"]
    assert in_words(account, []).splitlines()[-1] == on.page.adds_up.text()


def test_what_is_kept_and_waits_is_told_with_the_reason(
    qtbot: QtBot, store: Store, laptop: Store, stick: Path, tmp_path: Path, jobs: Jobs, messages: Messages
) -> None:
    make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
    sync_folder(laptop, stick)
    file = tmp_path / "for Cora.outreach-invitation"
    words = invite(store, file)
    with closing(join(tmp_path / "cora", file, words, "Cora Bird", PASSPHRASE, DEMO_COST)) as cora:
        sync_folder(cora, stick)
        desk = Desk(cora, jobs, messages)
        on = opened(qtbot, desk)
        assert on.page.waits_card.isVisible()
        [line] = on.page.waits.rows
        assert (line.trailing, line.waits) == ("1", True)
        assert line.text == "Waits until a coordinator's laptop has let in the laptop that wrote it."
        for _again in range(2):  # it waits, after the second sync as after the first
            account = sync_folder(cora, stick).to_json()
            told = in_words(account, left(cora.left_segments())).splitlines()
            assert told[-2:] == ["What waits here:", f"  1 file: {line.text}"]
            assert told[0] == "Left there for the others: 0"
        jobs.stop()
        desk.deleteLater()


def test_what_two_laptops_wrote_differently_waits_to_be_decided(
    qtbot: QtBot, desk: Desk, store: Store, laptop: Store, stick: Path
) -> None:
    made, _changes = make_record(laptop, "people", {"name": "Thaddeus Oxendine", "town": "Almond"})
    sync_folder(laptop, stick)
    sync_folder(store, stick)
    for each, town in ((laptop, "Bryson City"), (store, "Robbinsville")):
        with each.writing("edit") as draft:
            draft.set("people", made, "town", town)
    sync_folder(laptop, stick)
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_S)
    assert on.page.decide.isVisible()
    assert on.page.decide.text() == "1 thing to decide"
    on.page.decide.click()
    assert on.went == [Destination("decide")]


def test_cancelled_it_says_that_what_came_stays(
    qtbot: QtBot, desk: Desk, stick: Path, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_store: Store, _folder: Path, _tell: object) -> None:
        raise Cancelled

    monkeypatch.setattr(syncing, "sync_folder", stopped)
    on = opened(qtbot, desk)
    on.page.folder.setText(str(stick))
    on.press(Qt.Key.Key_S)
    assert said[-1].text == "Stopped. What has come in stays; sync again for the rest."
    assert not on.page.outcome_card.isVisible()


def test_a_worker_s_own_work_is_only_here_until_it_is_copied(
    qtbot: QtBot, laptop: Store, stick: Path, jobs: Jobs, messages: Messages
) -> None:
    make_record(laptop, "people", {"name": "Thaddeus Oxendine"})
    desk = Desk(laptop, jobs, messages)
    on = opened(qtbot, desk)

    def where() -> list[tuple[str, bool]]:
        return [(line.trailing, line.waits) for line in on.page.where.rows]

    assert where() == [("1", True), ("0", False), ("0", False)]
    assert not on.page.inviting.isVisible()
    on.page.folder.setText(str(stick))
    on.press(Qt.Key.Key_S)
    assert where() == [("0", False), ("1", False), ("0", False)]
    jobs.stop()
    desk.deleteLater()


def test_an_invitation_is_made_and_its_six_words_let_another_laptop_in(
    qtbot: QtBot, desk: Desk, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "for Ben.outreach-invitation"
    monkeypatch.setattr(inviting, "asked_new_file", lambda *_asked: file)
    on = opened(qtbot, desk)
    card = on.page.inviting
    assert card.isVisible()
    on.press(Qt.Key.Key_I)
    words = card.words.text()
    assert len(words.split()) == 6
    assert card.words.isVisible()
    assert card.where.text() == "The file: for Ben.outreach-invitation"
    joined = join(tmp_path / "joined", file, words, "Ben Arch", PASSPHRASE, DEMO_COST)
    assert joined.department == store.department
    joined.close()
    card.put_away()
    QApplication.processEvents()
    assert card.words.text() == ""
    assert not card.words.isVisible()
