"""Keys: the sheet printed and proven, passphrases changed, workers who come and go, and when it locks itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.operations.keys import Recovery, add_worker, idle_minutes, recovery, ways_in
from outreach_app.operations.spaces import open_store
from outreach_app.store.passphrases import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from tests.conftest import PASSPHRASE
from tests.helpers.keyrings import Remembering, in_use
from tests.helpers.walks import cut
from ui.desks import Desk
from ui.look import Theme, dressed, wear
from ui.main_window import MainWindow
from ui.messages import Message, MessageKind
from ui.pages import recovery_card
from ui.pages.doors import NewPassphrase
from ui.pages.keys import KeysPage
from ui.pages.places import places, standing

NEW = "another passphrase"


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeysPage]:
    monkeypatch.setattr("outreach_app.operations.keys.change_passphrase.__defaults__", (DEMO_COST,))
    monkeypatch.setattr("outreach_app.operations.keys.add_worker.__defaults__", (DEMO_COST,))
    made = KeysPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    settled(desk, qtbot)
    yield made
    settled(desk, qtbot)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=15_000)


def write(new: NewPassphrase, passphrase: str, again: str = "") -> None:
    new.first.line.setText(passphrase)
    new.again.line.setText(again or passphrase)


# the sheet


def test_a_sheet_is_proven_by_its_words_and_the_reminder_goes(
    page: KeysPage, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    card, heard = page.recovery, []
    desk.committed.connect(heard.append)
    words = " ".join(RecoveryKey(store.setting(SETTING)).words)
    assert card.waits
    assert card.buttons.isVisible()
    card.words.write(words.replace(words.split()[0], "xylophone", 1))
    card.can["prove"].trigger()
    settled(desk, qtbot)
    assert "xylophone" in card.field.reason.text()
    assert card.waits
    card.words.write(words.upper())
    card.can["prove"].trigger()
    settled(desk, qtbot)
    assert card.state is recovery(store) is Recovery.PROVEN
    assert card.words.text == ""
    assert not card.buttons.isVisible()
    assert not card.proof.isVisible()
    assert heard, "the sidebar must hear of it"
    assert "Lock it away" in said[-1].text


def test_what_waits_has_the_focus_so_that_a_scanner_types_at_once(page: KeysPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()
    page.laptops.link.setFocus()  # the first that can have it, while nothing is read yet
    qtbot.waitUntil(page.laptops.link.hasFocus)
    page.refresh()
    settled(desk, qtbot)
    assert page.recovery.waits
    assert page.recovery.words.hasFocus()


def test_nothing_typed_proves_nothing(page: KeysPage, store: Store) -> None:
    page.recovery.can["prove"].trigger()
    assert page.recovery.field.reason.text()
    assert recovery(store) is Recovery.TO_PRINT


def test_a_proven_sheet_can_be_proven_again_at_any_time(page: KeysPage, desk: Desk, store: Store, qtbot: QtBot) -> None:
    code = RecoveryKey(store.setting(SETTING)).qr_text
    for _time in range(2):
        page.recovery.words.write(code)
        page.recovery.can["prove"].trigger()
        settled(desk, qtbot)
        assert page.recovery.state is Recovery.PROVEN
        page.recovery.again.click()
        assert page.recovery.proof.isVisible()
        assert not page.recovery.buttons.isVisible()


def test_the_sheet_is_printed_without_a_file(
    page: KeysPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(recovery_card, "asked_printer", lambda pdf, _parent: asked.append(pdf) or "printer")
    monkeypatch.setattr(recovery_card, "print_pdf", lambda pdf, printer, _tell: len([pdf == asked[0], printer]) - 1)
    page.recovery.can["print_sheet"].trigger()
    settled(desk, qtbot)
    assert asked[0].startswith(b"%PDF")
    assert "1 page" in said[-1].text
    assert page.recovery.waits, "a printed sheet is not a proven one"


def test_who_thinks_better_of_it_prints_nothing(
    page: KeysPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    monkeypatch.setattr(recovery_card, "asked_printer", lambda _pdf, _parent: None)
    monkeypatch.setattr(recovery_card, "print_pdf", lambda *_: pytest.fail("it was printed"))
    page.recovery.can["print_sheet"].trigger()
    settled(desk, qtbot)
    assert said == []


def test_a_saved_sheet_says_that_it_must_not_stay(
    page: KeysPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    file = tmp_path / "sheet.pdf"
    monkeypatch.setattr(recovery_card, "asked_new_file", lambda *_: file)
    page.recovery.can["save_sheet"].trigger()
    settled(desk, qtbot)
    assert file.read_bytes().startswith(b"%PDF")
    assert said[-1].kind is MessageKind.WAITS
    assert "delete it" in said[-1].text


# passphrases


def test_a_passphrase_is_changed_by_who_knows_it(
    page: KeysPage, desk: Desk, store: Store, store_folder: Path, qtbot: QtBot
) -> None:
    card = page.passphrase
    card.button.click()
    assert card.old.field.reason.text()
    assert card.new.first.field.reason.text()
    card.old.line.setText("not this one")
    write(card.new, NEW)
    card.button.click()
    settled(desk, qtbot)
    assert "not your passphrase" in card.old.field.reason.text()
    card.old.line.setText(PASSPHRASE)
    qtbot.keyClick(card.new.again.line, Qt.Key.Key_Return)
    settled(desk, qtbot)
    assert (card.old.text, card.new.text) == ("", "")
    store.close()
    open_store(store_folder, NEW).close()


def test_two_that_differ_are_not_taken(page: KeysPage, desk: Desk, store_folder: Path) -> None:
    before = (store_folder / "keys.json").read_bytes()
    page.passphrase.old.line.setText(PASSPHRASE)
    write(page.passphrase.new, NEW, NEW + "!")
    page.passphrase.button.click()
    assert page.passphrase.new.again.field.reason.text()
    assert not desk.jobs.busy
    assert (store_folder / "keys.json").read_bytes() == before


# workers


def test_a_worker_is_let_in_and_no_longer(page: KeysPage, desk: Desk, store: Store, qtbot: QtBot) -> None:
    card = page.workers
    assert [(line.text, line.trailing) for line in card.rows.rows] == [("Ada Crowe", "you")]
    card.turn.click()
    assert card.name.hasFocus() or card.name.isVisible()
    card.name.setText("  Ben  Oxendine")
    write(card.new, NEW)
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    settled(desk, qtbot)
    assert not card.form.isVisible()
    assert [line.text for line in card.rows.rows] == ["Ada Crowe", "Ben Oxendine"] == list(ways_in(store).workers)
    assert card.rows.line("Ada Crowe").link is None
    link = card.rows.line("Ben Oxendine").link
    assert link is not None
    link.click()
    settled(desk, qtbot)
    assert [line.text for line in card.rows.rows] == ["Ada Crowe"]


def test_a_passphrase_that_is_taken_is_told_beside_the_name(
    page: KeysPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.workers.turn.click()
    page.workers.button.click()
    assert page.workers.name_field.reason.text()
    page.workers.name.setText("Ben Oxendine")
    write(page.workers.new, PASSPHRASE)
    page.workers.button.click()
    settled(desk, qtbot)
    assert "in use" in page.workers.name_field.reason.text()
    assert list(ways_in(store).workers) == ["Ada Crowe"]


# locking


def test_the_minutes_are_kept_and_told_to_the_window(page: KeysPage, desk: Desk, store: Store, qtbot: QtBot) -> None:
    told: list[bool] = []
    desk.set_up.connect(lambda: told.append(True))
    assert page.locking.minutes.one == "15"
    page.locking.minutes.chip("5").click()
    settled(desk, qtbot)
    assert told == [True]
    assert idle_minutes(store) == 5


def test_the_keyring_is_asked_to_open_it_and_to_forget(page: KeysPage, desk: Desk, store: Store, qtbot: QtBot) -> None:
    with in_use(Remembering()):
        page.locking.start.chip("keyring").click()
        settled(desk, qtbot)
        assert ways_in(store).remembered
        page.locking.start.chip("ask").click()
        settled(desk, qtbot)
        assert not ways_in(store).remembered


def test_without_a_keyring_the_choice_goes_back(
    page: KeysPage, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    page.locking.start.chip("keyring").click()
    settled(desk, qtbot)
    assert page.locking.start.one == "ask"
    assert "no keyring" in said[-1].text
    assert not ways_in(store).remembered


def test_a_shared_laptop_is_not_offered_the_keyring(page: KeysPage, desk: Desk, qtbot: QtBot) -> None:
    assert page.locking.start_field.isVisible()
    desk.do(add_worker, "Ben Oxendine", NEW)
    page.refresh()
    settled(desk, qtbot)
    assert not page.locking.start_field.isVisible()
    assert page.locking.shared.isVisible()


def test_the_form_for_another_worker_finds_room_at_twice_the_text_size_in_spanish(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    speak("es")
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    window = MainWindow(desk, places(), standing)
    qtbot.addWidget(window)
    window.resize(1240, 768)
    window.show()
    desk.go("keys")
    settled(desk, qtbot)
    assert isinstance(window.page, KeysPage)
    window.page.workers.turn.click()
    qtbot.waitUntil(lambda: cut(window) == [])


def test_a_new_sheet_is_made_after_a_second_look_and_is_then_to_be_printed(
    page: KeysPage, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    first = RecoveryKey(store.setting(SETTING))
    assert not page.recovery.other.isVisible(), "the first one was never printed"
    page.recovery.words.write(" ".join(first.words))
    page.can["prove"].trigger()
    settled(desk, qtbot)
    assert not page.recovery.renewal.isVisible()
    page.recovery.other.click()
    assert page.recovery.renewal.isVisible()
    page.can["renew"].trigger()
    settled(desk, qtbot)
    assert recovery(store) is Recovery.TO_PRINT
    assert store.slots.sheet == RecoveryKey(store.setting(SETTING)).recipient != first.recipient
    assert said[-1].kind is MessageKind.WAITS
    assert page.recovery.state is Recovery.TO_PRINT


def test_a_passphrase_that_is_easily_guessed_is_advised_against_as_it_is_written(
    page: KeysPage, desk: Desk, qtbot: QtBot, said: list[Message]
) -> None:
    card = page.passphrase
    card.old.line.setText(PASSPHRASE)
    assert card.new.advice.text() == "12 letters or more, or four words that do not belong together."
    write(card.new, "abc")
    card.button.click()
    assert card.new.first.field.reason.text().startswith("Please choose a passphrase of 6 letters or more.")
    write(card.new, "mountain")
    assert card.new.advice.text().startswith("Whoever takes the laptop may guess this one.")
    assert card.new.advice.property("role") == "waits"
    write(card.new, "kettle moss trio barn")
    assert card.new.advice.property("role") == "muted"
    write(card.new, "mountain")
    card.button.click()
    settled(desk, qtbot)
    assert said[-1].text == "From now on the new passphrase opens Outreach for you.", "nobody is held up by it"
