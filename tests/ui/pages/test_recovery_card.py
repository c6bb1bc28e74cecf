"""The recovery sheet where this laptop does not know its words: it says so, proves the paper, and makes a new one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.keys import Recovery, prove_recovery, recovery, ways_in
from outreach_app.operations.recovering import recover_space
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, department
from ui.desks import Desk
from ui.pages import recovery_card
from ui.pages.recovery_card import RecoveryCard
from ui.widgets.buttons import Button


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    with department(tmp_path) as made:
        yield made


@pytest.fixture
def words(county: Department) -> str:
    """Those of the printed sheet, which no laptop knows any more."""
    said = " ".join(RecoveryKey(county.office.setting(SETTING)).words)
    prove_recovery(county.office, said)
    return said


@pytest.fixture
def store(county: Department, words: str, request: pytest.FixtureRequest) -> Store:
    """The founder's after a rescue, or another laptop's by its role."""
    assert words
    if request.param == "founder":
        county.office.forget_setting("recovery_proven")
        return county.office
    made = county.joined("Dee", request.param)
    county.sync(made, county.office, made)
    return made


@pytest.fixture
def card(desk: Desk, store: Store, qtbot: QtBot) -> RecoveryCard:
    made = RecoveryCard(desk)
    qtbot.addWidget(made)
    made.show()
    ways = ways_in(store)
    made.show_recovery(ways.recovery, ways.makes_sheet, ways.coordinator)
    return made


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=30_000)


@pytest.mark.parametrize("store", ["worker"], indirect=True)
def test_a_workers_laptop_says_who_keeps_it(card: RecoveryCard) -> None:
    assert card.about.text() == "A coordinator keeps the recovery sheet, on paper. It opens this laptop too."
    assert not any(each.isVisible() for each in (card.other, card.again, card.renewal, card.proof))
    assert not card.can["renew"].isEnabled()


@pytest.mark.parametrize("store", ["founder", "coordinator"], indirect=True)
def test_a_coordinators_says_that_it_does_not_know_the_words_and_proves_the_paper(
    card: RecoveryCard, store: Store, desk: Desk, qtbot: QtBot, words: str
) -> None:
    assert "does not know the words" in card.about.text()
    card.again.click()
    assert card.proof.isVisible()
    card.words.write(words)
    card.can["prove"].trigger()
    settled(desk, qtbot)
    assert card.state is recovery(store) is Recovery.PROVEN


@pytest.mark.parametrize("store", ["founder"], indirect=True)
def test_a_scanners_second_enter_comes_to_nothing_that_makes_a_new_sheet(
    card: RecoveryCard, words: str, desk: Desk, qtbot: QtBot
) -> None:
    card.activateWindow()
    card.again.click()
    qtbot.waitUntil(card.words.hasFocus)
    qtbot.keyClicks(card.words, words.upper())
    qtbot.keyClick(card.words, Qt.Key.Key_Return)
    settled(desk, qtbot)
    assert card.state is Recovery.PROVEN
    assert card.again.hasFocus()


@pytest.mark.parametrize("store", ["founder"], indirect=True)
def test_what_was_saved_is_typed_back_at_once(
    card: RecoveryCard, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card.can["renew"].trigger()
    settled(desk, qtbot)
    monkeypatch.setattr(recovery_card, "asked_new_file", lambda *_: tmp_path / "sheet.pdf")
    card.activateWindow()
    button = next(each for each in card.buttons.findChildren(Button) if each.text().startswith("Save as a PDF"))
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    card.can["save_sheet"].trigger()
    settled(desk, qtbot)
    assert (tmp_path / "sheet.pdf").is_file()
    qtbot.waitUntil(card.words.hasFocus)


@pytest.mark.parametrize("store", ["founder"], indirect=True)
def test_the_founders_makes_a_new_one_without_words(card: RecoveryCard, desk: Desk, qtbot: QtBot) -> None:
    card.other.click()
    assert card.renewal.isVisible()
    assert not card.present_field.isVisible()
    card.can["renew"].trigger()
    settled(desk, qtbot)
    assert card.state is Recovery.TO_PRINT


@pytest.mark.parametrize("store", ["coordinator"], indirect=True)
def test_another_coordinators_makes_a_new_one_by_the_words_and_it_brings_the_department_back(
    card: RecoveryCard, store: Store, desk: Desk, qtbot: QtBot, words: str, county: Department
) -> None:
    card.other.click()
    assert card.present_field.isVisible()
    for wrong, reason in (("", "write the words"), (" ".join(RecoveryKey.new().words), "another recovery sheet")):
        card.present.write(wrong)
        card.can["renew"].trigger()
        settled(desk, qtbot)
        assert reason in card.present_field.reason.text()
    card.present.write(words)
    card.can["renew"].trigger()
    settled(desk, qtbot)
    assert card.state is recovery(store) is Recovery.TO_PRINT
    assert (card.present.text, card.present_field.reason.text()) == ("", "")
    new = " ".join(RecoveryKey(store.setting(SETTING)).words)
    county.sync(store)
    made = recover_space(county.place / "back", county.folder, new, "Ada Crowe", "after the fire", cost=DEMO_COST)
    assert county.keep(made).department == "Hill County"
