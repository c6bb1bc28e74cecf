"""The visitor screen: alone with it one can sign in, say something, ask to join, and nothing else."""

from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.operations.settings import change_settings, choose_visitor_pin
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.texts import language, say
from tests import translations
from tests.helpers.accessibility import nameless, small
from tests.helpers.event_hands import ALT, CTRL, FULL, Hands, full_disk, planned
from tests.helpers.walks import clashing, cut, english_texts, untabbed, untranslated
from ui.desks import Desk
from ui.look import look
from ui.pages import visitor
from ui.pages.visitor import VisitorPage
from ui.pages.visitor_forms import JoinStep, SignInStep, Step, TellStep, ThanksStep
from ui.pages.visitor_lock import ChoosePinStep, LeaveStep
from ui.widgets.suggestions import TypeAhead

PIN = "4821"
Shown = TypeVar("Shown", bound=Step)


class Visitor(Hands):
    """Hands at the visitor screen."""

    @property
    def screen(self) -> VisitorPage:
        page = self.window.open_pages["visitor"]
        assert isinstance(page, VisitorPage)
        return page

    def at(self, kind: type[Shown]) -> Shown:
        assert isinstance(self.screen.step, kind), self.screen.step
        return self.screen.step

    def click(self, text: str) -> None:
        buttons = [each for each in self.screen.findChildren(QAbstractButton) if each.isVisible()]
        next(each for each in buttons if each.accessibleName() == text).click()
        self.settle()

    def leave(self) -> None:
        self.click("Staff")
        self.type(PIN)
        self.enter()
        self.qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def hands(store: Store, desk: Desk, qtbot: QtBot) -> Visitor:
    """The screen handed over at an event where somebody known has signed in."""
    event = planned(store)
    sign_in(store, NewSignIn(event, "Quenby Zorr", phones=({"number": "828 555 0144"},)))
    choose_visitor_pin(store, PIN)
    change_settings(store, {"phone": "828 555 0100"})
    made = Visitor(qtbot, desk, event)
    made.page.can["to_visitor"].trigger()
    made.settle()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def shown(hands: Visitor) -> str:
    labels = [each.text() for each in hands.window.findChildren(QLabel) if each.isVisible()]
    return " ".join(
        (*labels, *(each.text() for each in hands.window.findChildren(QAbstractButton) if each.isVisible()))
    )


def test_a_visitor_signs_in_alone_and_the_next_finds_nothing_of_it(hands: Visitor) -> None:
    step = hands.at(SignInStep)
    assert step.who.name.hasFocus()
    hands.type("Tomas Arroyo")
    hands.tab()
    hands.type("828 555 0133")
    assert step.who.ways.chips.chosen == ()
    step.who.ways.chips.chip("text").click()
    hands.enter()
    assert "signed in" in hands.at(ThanksStep).heading.text()
    assert hands.titles("people") == ["Quenby Zorr", "Tomas Arroyo"]
    assert [each.values["channel"] for each in hands.views("consents")] == ["text"]
    hands.click("I am done")
    fresh = hands.at(SignInStep)
    assert (fresh.who.name.text(), fresh.who.contact.text()) == ("", "")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert fresh.who.name.text() == ""
    assert len(hands.views("sign_ins")) == 2
    hands.enter()
    assert fresh.who.name_field.reason.text() == "Please write your name. A first name is enough."


def test_nobody_elses_name_is_seen_or_looked_up(hands: Visitor) -> None:
    hands.type("Quenb")
    assert hands.screen.findChildren(TypeAhead) == []
    assert "Quenby" not in shown(hands)
    assert not any(widget.isVisible() for widget in (hands.window.sidebar, hands.window.status_bar))
    assert "828 555 0100" in hands.screen.promises.line.text()
    assert hands.screen.department.text() in hands.screen.promises.line.text()
    for step in (hands.screen._to_tell, hands.screen._to_join):
        step()
        hands.settle()
        assert hands.screen.findChildren(TypeAhead) == []
        assert "Quenby" not in shown(hands)


def test_it_speaks_the_visitors_language_and_nobody_elses_changes(hands: Visitor) -> None:
    hands.type("Tomas")
    hands.screen.languages.chip("es").click()
    hands.settle()
    step = hands.at(SignInStep)
    assert (step.heading.text(), step.who.name.text()) == ("Bienvenidos. ¿Cómo se llama?", "Tomas")
    assert (language(), hands.ask(lambda _store: language())) == ("en", "en")
    step.who.contact.setText("82855")
    step.who.contact.editingFinished.emit()
    assert "cifras" in step.who.contact_field.reason.text()
    hands.click("Quiero decirles algo")
    hands.type("La van solo viene los martes.")
    hands.click("Enviar")
    assert hands.at(ThanksStep).heading.text() == "Gracias por decírnoslo."
    (note,) = hands.views("feedback")
    assert (note.values["language"], note.values["said_by"]) == ("es", None)
    hands.screen._to_tell()
    assert hands.at(TellStep).words.text == ""
    hands.screen._to_sign_in()
    assert hands.at(SignInStep).who.name.text() == "Tomas"  # not signed in yet
    hands.click("Anotarme")
    hands.click("Ya terminé")
    assert hands.at(SignInStep).heading.text() == "Welcome. What is your name?"


def test_one_may_ask_to_join_before_or_after_signing_in(hands: Visitor) -> None:
    hands.click("I want to take part")
    step = hands.at(JoinStep)
    step.send()
    assert step.fault.text() == "Please choose at least one."
    ids = step.groups.ids
    step.groups.chips.chip(ids[0]).click()
    assert step.who is not None
    step.who.name.setText("Ada Crowe")
    step.send()
    hands.settle()
    hands.click("I am done")
    hands.type("Ben Hill")
    hands.enter()
    hands.click("I want to take part")
    after = hands.at(JoinStep)
    assert after.who is None
    after.groups.chips.chip(ids[1]).click()
    after.send()
    hands.settle()
    people = {view.id: view.title for view in hands.views("people")}
    asked = {(people[wish.values["person"]], wish.values["group"]) for wish in hands.views("interests")}
    assert asked == {("Ada Crowe", ids[0]), ("Ben Hill", ids[1])}
    assert len(hands.views("sign_ins")) == 3


def test_no_key_of_the_window_works_and_it_cannot_be_closed(hands: Visitor) -> None:
    before = hands.counts()
    for key, held in (
        (Qt.Key.Key_1, CTRL), (Qt.Key.Key_K, CTRL), (Qt.Key.Key_L, CTRL), (Qt.Key.Key_Z, CTRL),
        (Qt.Key.Key_Left, ALT), (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_H, ALT),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ):  # fmt: skip
        hands.press(key, held)
    assert hands.window.page is hands.screen
    assert QApplication.activeModalWidget() is None
    assert hands.counts() == before
    closing = QCloseEvent()
    QApplication.sendEvent(hands.window, closing)
    assert not closing.isAccepted()
    assert hands.window.isVisible()
    assert hands.window.isFullScreen()
    assert nameless(hands.screen) == clashing(hands.window) == untabbed(hands.window, hands.screen) == []
    assert small(hands.screen, 44) == []


def test_the_pin_alone_leads_back_and_everything_works_again(hands: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "_TRIES", 2)
    assert look().text == 2.0
    hands.click("Staff")
    for _again in range(2):
        hands.type("0000")
        hands.enter()
    step = hands.at(LeaveStep)
    assert (step.pin.text(), step.leave.isEnabled()) == ("", False)
    assert step.field.reason.text() == "That is not the PIN. Wait half a minute, then try again."
    hands.click("Back")
    hands.click("Staff")
    assert not hands.at(LeaveStep).leave.isEnabled()
    hands.screen._waiting.timeout.emit()
    hands.type(PIN)
    hands.enter()
    assert hands.window.page is hands.page
    assert (look().text, hands.window.isFullScreen()) == (1.0, False)
    assert all(made.isEnabled() for made in hands.window.can.values())
    assert hands.page.sign_in.name.field.hasFocus()


def test_it_clears_itself_after_a_pause_and_says_so_before(hands: Visitor) -> None:
    hands.type("Tomas")
    hands.screen._timer.timeout.emit()
    assert hands.screen.clears.isVisible()
    handle = hands.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert not hands.screen.clears.isVisible()
    for _twice in range(2):
        hands.screen._timer.timeout.emit()
    hands.settle()
    assert hands.at(SignInStep).who.name.text() == ""


def test_what_could_not_be_saved_stays_and_staff_are_told_once_they_are_back(
    hands: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.type("Tomas")
        hands.enter()
    step = hands.at(SignInStep)
    assert (step.fault.text(), step.who.name.text()) == ("This could not be saved. Please tell our staff.", "Tomas")
    assert FULL not in shown(hands)
    hands.leave()
    assert hands.window.message_bar.words.text() == FULL


def test_the_first_time_a_pin_is_chosen_and_nothing_is_left_to_paste(store: Store, desk: Desk, qtbot: QtBot) -> None:
    make_record(store, "people", {"name": "Quenby Zorr"})
    hands = Visitor(qtbot, desk, planned(store))
    QGuiApplication.clipboard().setText("Quenby Zorr")
    rests: list[Any] = []
    desk.rests_after.connect(rests.append)
    desk.go("visitor", event=hands.event)
    hands.settle()
    step = hands.at(ChoosePinStep)
    assert not hands.window.isFullScreen()
    hands.type("12")
    hands.enter()
    hands.type("12")
    hands.enter()
    assert step.field.reason.text() == "A PIN has 4 to 8 digits."
    step.pin.setText(PIN)
    step.again.setText(PIN)
    step.send()
    hands.settle()
    qtbot.waitUntil(hands.window.isActiveWindow)
    assert hands.at(SignInStep)
    assert QGuiApplication.clipboard().text() == ""
    assert hands.window.isFullScreen()
    QTest.keyClick(hands.focus, Qt.Key.Key_V, CTRL)
    assert hands.at(SignInStep).who.name.text() == ""
    hands.leave()
    assert rests == [60, 15]


def test_a_laptop_that_is_locked_there_gives_the_screen_back(hands: Visitor) -> None:
    hands.desk.ending.emit()
    assert (look().text, hands.window.isFullScreen(), hands.screen.lock.holds) == (1.0, False, False)


def test_every_step_finds_room_and_speaks_spanish_alone(hands: Visitor) -> None:
    english = english_texts(translations.gathered().said, lambda text: say(text, "es"))
    screen = hands.screen
    hands.window.resize(1366, 768)
    screen.languages.chip("es").click()
    found = []
    for go in (screen._to_sign_in, screen._to_tell, screen._to_join, lambda: screen._thank("¡Va!", signed_in=True)):
        go()
        hands.settle()
        step = screen.step
        assert step is not None
        if isinstance(step, SignInStep):
            step.who.contact.setText("828 555 0133, a@b.example")
        hands.settle()
        found += [f"{type(step).__name__}: {fault}" for fault in (*untranslated(screen, english), *cut(screen))]
    assert [fault for fault in found if "'English" not in fault] == []  # a language is named in itself
