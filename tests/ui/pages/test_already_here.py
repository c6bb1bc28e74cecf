"""While somebody is written down, in any form: who may be here already, with one key for each answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.event_hands import ALT, CTRL, SHIFT, Hands, planned
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.pages.already_here import AlreadyHere
from ui.pages.record import RecordPage

PLAIN = Qt.KeyboardModifier.NoModifier
PHONE = {"number": "828 555 0133"}


@pytest.fixture
def bob(store: Store) -> str:
    """Somebody known."""
    values = {"name": "Robert Locklear", "town": "Sylva", "phones": [PHONE]}
    return make_record(store, "people", values)[0]


@pytest.fixture
def share(store: Store) -> str:
    """An organization known."""
    values = {"name": "Nantahala Food Share", "phones": [{"number": "828 555 0160"}]}
    return make_record(store, "organizations", values)[0]


class OnForm(OnPage[RecordPage]):
    @property
    def here(self) -> AlreadyHere:
        assert self.page.form is not None
        [here] = self.page.form.findChildren(AlreadyHere)
        return here

    def write(self, name: str, words: str) -> None:
        assert self.page.form is not None
        QTest.keyClicks(self.page.form.parts[name].named, words)
        self.settle()


def names(here: AlreadyHere) -> list[tuple[str, str]]:
    assert here.isVisible() is bool(here.lines)
    return [(row.text, row.detail) for row in here.list.rows]


@pytest.mark.usefixtures("bob", "share")
def test_a_new_person_s_form_names_who_may_be_here_and_opens_them(qtbot: QtBot, desk: Desk, bob: str) -> None:
    on = OnForm(qtbot, desk, RecordPage(desk), kind="people", record=None)
    on.write("name", "Bob")
    assert names(on.here) == [], "a first name is nobody's"
    on.write("name", " Lockl")
    assert names(on.here) == [("Robert Locklear", "Sylva")]
    assert on.here.accessibleName() == "May already be here: Robert Locklear"
    assert on.here.take_button.text() == "Open Robert Locklear"
    for then in (on.here.list.line(bob), on.here.take_button, on.here.another_button):
        on.press(Qt.Key.Key_Tab, PLAIN)
        assert then.hasFocus(), "Tab comes to it before it comes to what else may be written"
    on.press(Qt.Key.Key_T, ALT)
    assert (on.went[-1].page, on.went[-1].arguments) == ("record", {"kind": "people", "record": bob})
    assert on.page.form is not None
    assert on.page.form.touched, "what was typed waits"


def test_who_is_another_is_not_named_again_and_saves_as_new(qtbot: QtBot, desk: Desk, store: Store, bob: str) -> None:
    on = OnForm(qtbot, desk, RecordPage(desk), kind="people", record=None)
    on.write("name", "Robert Lock")
    assert len(on.here.lines) == 1
    on.press(Qt.Key.Key_A, ALT)
    assert names(on.here) == []
    on.write("name", "lear")
    assert names(on.here) == []
    on.press(Qt.Key.Key_S, CTRL)
    assert sorted(view.title for view in store.list("people")) == ["Robert Locklear"] * 2
    assert bob in {view.id for view in store.list("people")}


@pytest.mark.usefixtures("bob")
def test_a_phone_tells_who_may_be_meant(qtbot: QtBot, desk: Desk) -> None:
    on = OnForm(qtbot, desk, RecordPage(desk), kind="people", record=None)
    on.write("name", "Zelda")
    part = on.page.form.parts["phones"]  # type: ignore[union-attr]  # it is shown
    part.named.click()  # type: ignore[attr-defined]  # Add
    QTest.keyClicks(on.page.focusWidget(), "(828) 555-0133")
    on.settle()
    assert names(on.here) == [("Robert Locklear", "Sylva · Same phone")]
    QTest.keyClick(on.page.focusWidget(), Qt.Key.Key_Backspace)
    on.settle()
    assert names(on.here) == []


def test_an_organization_s_form_does_as_well_and_others_do_not(qtbot: QtBot, desk: Desk, share: str) -> None:
    on = OnForm(qtbot, desk, RecordPage(desk), kind="organizations", record=None)
    on.write("name", "Food Share")
    assert names(on.here) == [("Nantahala Food Share", "")]
    [line] = [on.here.list.line(share)]
    line.setFocus()
    on.press(Qt.Key.Key_Return, PLAIN)
    assert on.went[-1].arguments == {"kind": "organizations", "record": share}
    on.page.shown(kind="events", record=None)
    on.settle()
    assert on.page.form is not None
    assert on.page.form.findChildren(AlreadyHere) == []
    on.page.shown(kind="organizations", record=share)
    on.settle()
    assert on.page.form.findChildren(AlreadyHere) == [], "whoever is saved is here"


@pytest.fixture
def hands(store: Store, desk: Desk, qtbot: QtBot, bob: str, share: str) -> Hands:
    assert bob
    assert share
    return Hands(qtbot, desk, planned(store))


def test_at_a_sign_in_the_phone_of_somebody_known_is_remarked_on(hands: Hands, bob: str) -> None:
    form = hands.page.sign_in
    hands.type("Bobby")
    hands.tab_to_contact("828-555-0133")
    hands.settle()
    assert names(form.here) == [("Robert Locklear", "Same phone")], "a queue is looking: no town"
    hands.press(Qt.Key.Key_T, ALT)
    assert (form.name.known, form.name.text, names(form.here)) == (bob, "Robert Locklear", [])
    hands.enter()
    [signed] = hands.views("sign_ins", event=hands.event)
    assert signed.values["person"] == bob
    assert hands.titles("people") == ["Robert Locklear"]


def test_at_a_sign_in_another_with_the_same_phone_is_new_and_the_next_is_asked_about_anew(hands: Hands) -> None:
    form = hands.page.sign_in
    for name in ("Ann Locklear", "Eve Moody"):
        hands.type(name)
        hands.tab_to_contact("828-555-0133")
        hands.settle()
        assert "Robert Locklear" in [name for name, _why in names(form.here)]
        hands.press(Qt.Key.Key_A, ALT)
        assert names(form.here) == []
        hands.enter(SHIFT)
    assert hands.titles("people") == ["Robert Locklear", "Ann Locklear", "Eve Moody"]


def test_at_a_sign_in_of_somebody_known_nothing_is_asked(hands: Hands) -> None:
    form = hands.page.sign_in
    hands.type("Robert Locklear")
    hands.tab_to_contact("828-555-0133")
    hands.settle()
    assert form.name.known
    assert names(form.here) == []


def test_of_a_partner_the_person_or_else_the_organization_is_told_by_phone(
    hands: Hands, store: Store, bob: str, share: str
) -> None:
    work = ({"number": "828 555 0177"},)
    hands.ask(lambda store: record_partner(store, NewPartnerContact(organization=share, person=bob, phones=work)))
    assert store.count("affiliations") == 1
    hands.press(Qt.Key.Key_P, ALT)
    form = hands.page.partner
    hands.type("FoodShare Inc")
    form.contact.setFocus()
    hands.type("8285550160")
    assert names(form.here) == [("Nantahala Food Share", "Same phone")]
    hands.press(Qt.Key.Key_T, ALT)
    assert form.organization.known == share
    form.person.field.setFocus()
    hands.type("Bobby")
    form.contact.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("828 555 0177")
    assert names(form.here) == [("Robert Locklear", "Nantahala Food Share · Same phone")], "where they work"
    hands.press(Qt.Key.Key_T, ALT)
    assert form.person.known == bob
