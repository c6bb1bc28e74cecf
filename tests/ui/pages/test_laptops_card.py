"""The department's laptops in the window: one given up, found, made a coordinator's and back; the help beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from outreach_app.help_pages import help_pages
from outreach_app.operations.decisions import note
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, department
from ui.desks import Desk, Destination
from ui.dialogs.keys import KeysDialog
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.pages.help import HelpPage
from ui.pages.keys import KeysPage
from ui.pages.laptops_card import HELP, LaptopsCard


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    with department(tmp_path) as made:
        ben = made.joined("Ben")
        made.sync(ben, made.office, ben)
        yield made


@pytest.fixture
def store(county: Department) -> Store:
    return county.office


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> LaptopsCard:
    made = LaptopsCard(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settled(desk, qtbot)
    return made


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=30_000)


def offered(card: LaptopsCard) -> list[str]:
    return [name for name, button in card.buttons.items() if button.isVisible()]


def choose(card: LaptopsCard, name: str) -> None:
    key = next(row.key for row in card.rows.rows if row.text == name)
    card.rows.line(key).click()


def test_a_laptop_is_given_up_and_that_undone(
    card: LaptopsCard, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    assert [(row.text, row.detail.split(" · ")[0], row.trailing) for row in card.rows.rows] == [
        ("Ada Crowe", "coordinator", "you"),
        ("Ben", "worker", ""),
    ]
    choose(card, "Ada Crowe")
    assert (offered(card), card.about.isVisible(), card.turn.isVisible()) == ([], True, False)
    choose(card, "Ben")
    assert offered(card) == ["revoke", "promote"]
    card.activateWindow()
    card.buttons["revoke"].setFocus()
    qtbot.waitUntil(card.buttons["revoke"].hasFocus)
    card.buttons["revoke"].click()
    settled(desk, qtbot)
    assert offered(card) == ["restore"]
    assert card.window().focusWidget() is card.rows.line(card.rows.rows[1].key)
    assert card.rows.rows[1].trailing.startswith("given up:")
    assert card.rows.rows[1].waits
    assert said[-1].does is not None
    said[-1].does()
    settled(desk, qtbot)
    assert offered(card) == ["revoke", "promote"]
    assert store.membership().limits == {}


def test_what_was_left_out_is_looked_at_again(
    county: Department, card: LaptopsCard, desk: Desk, store: Store, qtbot: QtBot, said: list[Message]
) -> None:
    dee = county.joined("Dee")
    county.sync(dee, store, dee)
    make_record(dee, "people", {"name": "Otis"})
    card.refresh()
    settled(desk, qtbot)
    choose(card, "Dee")
    assert not card.again.isVisible()
    card.can["revoke"].trigger()
    settled(desk, qtbot)
    county.sync(dee, store)
    (waits,) = [each for each in store.decisions() if each.what == "held"]
    note(store, waits)
    card.refresh()
    settled(desk, qtbot)
    card.again.click()
    settled(desk, qtbot)
    assert said[-1].text == "What was left out waits under To decide again."
    assert [each for each in store.decisions() if each.what == "held"] == [waits]
    assert not card.again.isVisible()


def test_giving_up_that_is_undone_by_its_key_is_seen_at_once(desk: Desk, qtbot: QtBot) -> None:
    page = KeysPage(desk)
    qtbot.addWidget(page)
    desk.committed.connect(page.changed)
    page.show()
    page.shown()
    settled(desk, qtbot)
    choose(page.laptops, "Ben")
    page.laptops.can["revoke"].trigger()
    settled(desk, qtbot)
    assert offered(page.laptops) == ["restore"]
    desk.undo()
    settled(desk, qtbot)
    assert offered(page.laptops) == ["revoke", "promote"]


def test_a_worker_is_made_a_coordinator_and_back(card: LaptopsCard, desk: Desk, store: Store, qtbot: QtBot) -> None:
    choose(card, "Ben")
    card.can["promote"].trigger()
    settled(desk, qtbot)
    assert len(store.membership().coordinators) == 2
    assert offered(card) == ["revoke", "demote"]
    card.can["demote"].trigger()
    settled(desk, qtbot)
    assert len(store.membership().coordinators) == 1


def test_a_laptop_that_waits_is_let_in(county: Department, card: LaptopsCard, desk: Desk, qtbot: QtBot) -> None:
    file = county.place / "one.invitation"
    code = invite(county.office, file)
    twins = [county.keep(join(county.place / at, file, code, "Cora", OWN_PASSPHRASE, DEMO_COST)) for at in "12"]
    county.sync(*twins, county.office)
    card.refresh()
    settled(desk, qtbot)
    coras = [row for row in card.rows.rows if row.text == "Cora"]
    assert [row.trailing for row in coras] == ["waits to be let in", ""]
    assert all(f"code {row.key[:8]}" in row.detail for row in coras), "two of one name are told apart"
    assert all("code" not in row.detail for row in card.rows.rows if row.text != "Cora")
    assert "since" in coras[1].detail
    card.rows.line(coras[0].key).click()
    assert offered(card) == ["let_in"]
    assert card.about.text().startswith("Its invitation has let in another laptop, Cora's.")
    card.can["let_in"].trigger()
    settled(desk, qtbot)
    assert {store.device for store in twins} <= county.office.membership().members.keys()
    assert offered(card) == ["revoke", "promote"]


def test_a_coordinators_laptop_that_came_before_is_given_up_by_the_recovery_sheet(
    county: Department, jobs: Jobs, messages: Messages, qtbot: QtBot, said: list[Message]
) -> None:
    words = " ".join(RecoveryKey(county.office.setting(SETTING)).words)
    dee = county.joined("Dee", "coordinator")
    county.sync(dee, county.office, dee)
    desk = Desk(dee, jobs, messages)
    card = LaptopsCard(desk)
    qtbot.addWidget(card)
    card.show()
    card.refresh()
    settled(desk, qtbot)
    choose(card, "Ada Crowe")
    assert (offered(card), card.turn.isVisible(), card.by_sheet.isVisible()) == ([], True, False)
    card.turn.click()
    assert card.by_sheet.isVisible()
    card.can["revoke_by_sheet"].trigger()
    assert card.field.reason.text() == "Please write the words of the sheet."
    card.words.write("abandon ability")
    card.can["revoke_by_sheet"].trigger()
    settled(desk, qtbot)
    assert card.field.reason.text()
    assert not dee.membership().members[county.office.device].lost
    card.words.write(words)
    card.can["revoke_by_sheet"].trigger()
    settled(desk, qtbot)
    assert dee.membership().members[county.office.device].lost
    assert said[-1].text == "Ada Crowe's laptop is given up. Sync, so that the others know."
    assert (card.words.text, card.turn.isVisible(), card.by_sheet.isVisible()) == ("", True, False)
    card.turn.click()
    card.words.write(words)
    assert not card.can["revoke_by_sheet"].isEnabled()
    qtbot.keyClick(card.words, Qt.Key.Key_Return)
    settled(desk, qtbot)
    assert not dee.membership().members[county.office.device].lost
    assert said[-1].text == "Ada Crowe's laptop counts again. Sync, so that it hears."
    assert county.office.device in dee.membership().coordinators


def test_the_page_on_a_stolen_laptop_is_one_click_away(card: LaptopsCard, desk: Desk, qtbot: QtBot) -> None:
    went: list[Destination] = []
    desk.went.connect(went.append)
    card.link.click()
    assert went == [Destination("help", {"name": HELP})]
    page = HelpPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.shown(name=HELP)
    assert page.text.toPlainText().startswith("A laptop was stolen")
    assert [row.key for row in page.list.rows] == list(help_pages())


def test_the_help_is_read_from_the_sheet_of_keys(qtbot: QtBot) -> None:
    went: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = KeysDialog({}, parent, lambda: went.append("help"))
    dialog.show()
    dialog.help.click()
    assert (went, dialog.isVisible()) == (["help"], False)
