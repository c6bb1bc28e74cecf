"""Signing people in by hand: a name and Enter, whoever is highlighted, and nobody's answers at the next one's name."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from tests.helpers.event_hands import ALT, CTRL, FULL, SHIFT, Hands, full_disk, planned
from ui.desks import Desk
from ui.messages import Message, MessageKind
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip

NEITHER = "828 555 0184 "


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """Known people by name: two Marias, one with a phone and an organization."""
    earlier = planned(store)
    maria = sign_in(
        store,
        NewSignIn(
            earlier,
            "María Elena Fuentes",
            organization_name="Iglesia Nueva Vida",
            phones=({"number": "828 555 0184", "kind": "mobile"},),
        ),
    )
    thaddeus, _changes = make_record(store, "people", {"name": "Thaddeus Oxendine"})
    return {"María": maria.person, "Thaddeus": thaddeus}


@pytest.fixture
def hands(store: Store, people: dict[str, str], desk: Desk, qtbot: QtBot) -> Hands:
    """At an event that nobody has come to yet."""
    assert people
    return Hands(qtbot, desk, planned(store))


def test_a_name_and_enter_sign_somebody_new_in_and_wait_for_the_next(hands: Hands) -> None:
    form = hands.page.sign_in
    assert form.name.field.hasFocus()
    hands.type("Ada Crowe")
    hands.enter()
    [made] = hands.views("sign_ins", event=hands.event)
    assert (made.values["name_as_written"], made.values["status"], made.source) == ("Ada Crowe", "walk_in", "live")
    assert hands.titles("people")[-1] == "Ada Crowe"
    assert (form.name.text, form.name.field.hasFocus()) == ("", True)
    assert hands.counts()["sign_in"] == "1"
    assert hands.just_now() == ["Ada Crowe"]


def test_the_one_the_letters_single_out_is_signed_in_and_nobody_new_made(hands: Hands, people: dict[str, str]) -> None:
    hands.type("Thad Ox")
    chosen = hands.page.sign_in.name.list.chosen
    assert chosen is not None
    assert (chosen.key, chosen.text[: chosen.matched]) == (people["Thaddeus"], "Thaddeus Ox")
    hands.enter()
    [made] = hands.views("sign_ins", event=hands.event)
    assert (made.values["person"], made.values["status"]) == (people["Thaddeus"], "attended")
    assert len(hands.titles("people")) == 2


def test_shift_enter_makes_somebody_new_whoever_is_highlighted(hands: Hands, people: dict[str, str]) -> None:
    hands.type("Thaddeus Oxendine")
    hands.enter(SHIFT)
    [made] = hands.views("sign_ins", event=hands.event)
    assert made.values["person"] not in ("", None, people["Thaddeus"])
    assert hands.titles("people").count("Thaddeus Oxendine") == 2


def test_a_first_name_alone_never_takes_somebody_known(hands: Hands) -> None:
    hands.type("Thaddeus")
    assert "Thaddeus Oxendine" in [line.text for line in hands.page.sign_in.name.list.lines]
    hands.enter()
    assert hands.titles("people")[-1] == "Thaddeus"


def test_down_and_enter_take_somebody_known_by_hand(hands: Hands, people: dict[str, str]) -> None:
    hands.type("Thaddeus")
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    assert hands.views("sign_ins", event=hands.event)[0].values["person"] == people["Thaddeus"]


def test_enter_with_no_name_does_nothing(hands: Hands) -> None:
    for typed in ("", "  "):
        hands.type(typed)
        hands.enter()
        hands.enter(SHIFT)
    assert hands.views("sign_ins", event=hands.event) == []
    assert hands.page.sign_in.name.field.hasFocus()


def test_who_is_here_already_is_said_and_not_signed_in_twice(hands: Hands, people: dict[str, str]) -> None:
    hands.type("Thaddeus Oxendine")
    hands.enter()
    hands.type("Thaddeus Ox")
    chosen = hands.page.sign_in.name.list.chosen
    assert chosen is not None
    assert chosen.flag.startswith("already here ")
    hands.enter()
    assert len(hands.views("sign_ins", event=hands.event)) == 1
    assert "Already here since" in hands.page.sign_in.name_field.reason.text()
    assert hands.page.sign_in.name_field.reason.isVisible()
    hands.enter(SHIFT)
    made = hands.views("sign_ins", event=hands.event)
    assert [view.values["person"] == people["Thaddeus"] for view in made] == [True, False]
    assert not hands.page.sign_in.name_field.reason.isVisible()


def test_fingers_quicker_than_the_list_sign_in_the_same_person(hands: Hands, people: dict[str, str]) -> None:
    hands.type("Thaddeus Oxendine", settle=False)
    hands.enter()
    assert hands.views("sign_ins", event=hands.event)[0].values["person"] == people["Thaddeus"]
    hands.type("Thaddeus Oxendine", settle=False)
    hands.enter()
    assert len(hands.views("sign_ins", event=hands.event)) == 1
    assert hands.page.sign_in.name.text == "Thaddeus Oxendine"


def test_an_older_list_never_names_whom_enter_takes(hands: Hands) -> None:
    hands.type("Thaddeus Ox")
    assert hands.page.sign_in.name.list.chosen.text == "Thaddeus Oxendine"
    hands.type("ley", settle=False)
    hands.enter()
    assert hands.views("sign_ins", event=hands.event)[0].values["name_as_written"] == "Thaddeus Oxley"
    assert len(hands.titles("people")) == 3


def test_two_people_typed_in_a_row_are_two_whatever_the_store_is_busy_with(hands: Hands) -> None:
    hands.type("Ada Crowe", settle=False)
    hands.tab_to_contact(NEITHER.strip())
    hands.enter(settle=False)
    hands.type("Ben Hill", settle=False)
    hands.enter(settle=False)
    hands.type("Cora", settle=False)
    hands.settle()
    names = [view.values["name_as_written"] for view in hands.views("sign_ins", event=hands.event)]
    assert names == ["Ada Crowe", "Ben Hill"]
    phones = {view.title: view.elements("phones") for view in hands.views("people")}
    assert [phone["number"] for phone in phones["Ada Crowe"]] == ["828 555 0184"]
    assert phones["Ben Hill"] == []
    assert hands.page.sign_in.name.text == "Cora"


def test_contact_is_asked_about_only_where_there_is_an_address_and_anew_for_each(hands: Hands) -> None:
    form = hands.page.sign_in
    assert not form.ways_part.isVisible()
    hands.type("Ada Crowe")
    hands.tab_to_contact("ada@example.org")
    assert form.ways.chosen == ()
    assert [chip.text() for chip in form.ways.findChildren(Chip)] == ["E-mail", "No"]
    hands.type(", 828 555 0184")
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_3, ALT)
    assert form.ways.chosen == ("phone", "email")
    hands.enter()
    [person] = [view for view in hands.views("people") if view.title == "Ada Crowe"]
    answers = {view.values["channel"]: view.values["state"] for view in hands.views("consents", person=person.id)}
    assert answers == {"phone": "granted", "email": "granted"}
    assert not form.ways_part.isVisible()
    hands.type("Ben Hill")
    hands.tab_to_contact("828 555 0185")
    assert form.ways.chosen == ()
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_0, ALT)
    assert form.ways.chosen == ("no",)
    hands.enter()
    [person] = [view for view in hands.views("people") if view.title == "Ben Hill"]
    answers = {view.values["channel"]: view.values["state"] for view in hands.views("consents", person=person.id)}
    assert answers == {"phone": "refused", "text": "refused"}


def test_somebody_known_is_asked_about_the_addresses_on_file_and_the_next_person_is_not(hands: Hands) -> None:
    form = hands.page.sign_in
    hands.type("Maria Elena Fu")
    hands.tab()
    assert form.name.choice is not None
    assert form.ways_part.isVisible()
    hands.press(Qt.Key.Key_2, ALT)
    hands.enter()
    assert not form.ways_part.isVisible()
    assert [view.values["channel"] for view in hands.views("consents")] == ["text"]


def test_nobody_is_asked_about_the_addresses_of_the_person_before(hands: Hands) -> None:
    form = hands.page.sign_in
    hands.type("Maria Elena Fu")
    hands.enter()
    assert len(hands.views("sign_ins", event=hands.event)) == 1
    assert not form.ways_part.isVisible()
    hands.type("Maria Elena Fu")
    hands.tab()
    hands.press(Qt.Key.Key_1, ALT)
    hands.enter(SHIFT)
    assert len(hands.views("sign_ins", event=hands.event)) == 2
    assert hands.views("consents") == []


def test_a_yes_after_a_no_is_asked_about_once_more(hands: Hands, people: dict[str, str], said: list[Message]) -> None:
    hands.type("Maria Elena Fu")
    hands.tab()
    hands.press(Qt.Key.Key_0, ALT)
    hands.enter()
    hands.desk.go("today")
    hands.desk.go("event", event=hands.ask(planned))
    hands.settle()
    hands.type("Maria Elena Fu")
    hands.tab()
    hands.press(Qt.Key.Key_1, ALT)
    hands.enter()
    [asks] = [message for message in said if message.kind is MessageKind.WAITS]
    assert "Phone call" in asks.text
    assert "Fuentes" not in asks.text
    from outreach_app.operations.consents import allowed_channels

    assert hands.ask(lambda store: allowed_channels(store, people["María"]))["phone"] == "refused"
    assert asks.does is not None
    asks.does()
    hands.settle()
    assert hands.ask(lambda store: allowed_channels(store, people["María"])) == {"phone": "granted", "text": "refused"}


def test_groups_of_the_county_come_first_and_more_shows_them_all(hands: Hands) -> None:
    form = hands.page.sign_in
    names = [chip.accessibleName() for chip in form.groups.findChildren(Chip)]
    assert names == ["Youth Council", "Youth Council", "More…"]
    hands.press(Qt.Key.Key_J, ALT)
    assert len(form.groups.findChildren(Chip)) == 8
    hands.press(Qt.Key.Key_Space)
    picked = form.groups.chosen
    assert len(picked) == 1
    form.name.field.setFocus()
    hands.type("Ada Crowe")
    hands.enter()
    [interest] = hands.views("interests")
    assert (interest.values["group"], interest.values["event"], interest.values["state"]) == (
        picked[0],
        hands.event,
        "asked",
    )
    assert form.groups.chosen == ()
    assert len(form.groups.findChildren(Chip)) == 3


def test_an_organization_is_found_by_its_name_or_made(hands: Hands) -> None:
    for name, organization in (("Ada Crowe", "iglesia nueva vida"), ("Ben Hill", "Nantahala Food Share")):
        hands.type(name)
        hands.tab()
        hands.type(organization)
        hands.enter()
    assert hands.titles("organizations") == ["Iglesia Nueva Vida", "Nantahala Food Share"]
    organizations = [view.titles[view.values["organization"]] for view in hands.views("sign_ins", event=hands.event)]
    assert organizations == ["Iglesia Nueva Vida", "Nantahala Food Share"]
    assert hands.page.sign_in.organization.text == ""


def test_a_phone_with_a_digit_missing_is_remarked_on_and_saved_as_written(hands: Hands) -> None:
    form = hands.page.sign_in
    hands.type("Ada Crowe")
    hands.tab_to_contact("828 555 018")
    assert not form.contact_field.reason.isVisible()
    hands.tab()
    assert form.contact_field.reason.text() == "This has 9 digits; US numbers have ten."
    hands.enter()
    [person] = [view for view in hands.views("people") if view.title == "Ada Crowe"]
    assert person.elements("phones")[0]["number"] == "828 555 018"
    assert not form.contact_field.reason.isVisible()


def test_what_could_not_be_saved_is_there_again(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    form = hands.page.sign_in
    hands.type("Thaddeus Ox")
    hands.tab()
    hands.type("Nantahala Food Share")
    hands.tab()
    hands.type("828 555 0184, t@example.org")
    hands.press(Qt.Key.Key_3, ALT)
    hands.press(Qt.Key.Key_J, ALT)
    hands.press(Qt.Key.Key_Space)
    before = form.typed()
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.enter()
    assert [(message.kind, message.text) for message in said] == [(MessageKind.FAULT, FULL)]
    assert form.typed() == before
    assert form.name.field.hasFocus()
    hands.enter()
    [made] = hands.views("sign_ins", event=hands.event)
    assert made.values["name_as_written"] == "Thaddeus Oxendine"
    assert [view.values["group"] for view in hands.views("interests")] == before["groups"] != []
    assert [view.values["channel"] for view in hands.views("consents")] == ["email"]
    assert form.untouched


def test_what_could_not_be_saved_is_offered_where_the_next_is_being_typed(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = hands.page.sign_in
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.type("Ada Crowe")
        hands.enter(settle=False)
        hands.type("Ben Hill", settle=False)
        hands.settle()
    assert form.name.text == "Ben Hill"
    assert form.unsaved.isVisible()
    assert form.unsaved_words.text() == "One is not saved yet. It is kept here."
    hands.press(Qt.Key.Key_B, ALT)
    assert form.name.text == "Ada Crowe"
    hands.enter()
    assert form.unsaved.isVisible()
    hands.press(Qt.Key.Key_B, ALT)
    hands.enter()
    assert not form.unsaved.isVisible()
    names = [view.values["name_as_written"] for view in hands.views("sign_ins", event=hands.event)]
    assert names == ["Ada Crowe", "Ben Hill"]


def test_ctrl_z_in_an_empty_form_undoes_the_last_save(hands: Hands) -> None:
    hands.type("Ada Crowe")
    hands.enter()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.views("sign_ins", event=hands.event) == []
    assert hands.counts()["sign_in"] == "0"
    assert hands.just_now() == []


def test_the_longest_list_of_who_is_meant_leaves_the_button_in_view(hands: Hands, store: Store) -> None:
    for family in ("Aiken", "Birch", "Cole", "Dills", "Ebert", "Frye"):
        make_record(store, "people", {"name": f"Maren {family}"})
    hands.type("Mar")
    assert len(hands.page.sign_in.name.list.lines) == 6
    [button] = [each for each in hands.page.sign_in.findChildren(Button) if each.text() == "Sign in"]
    assert button.visibleRegion().boundingRect() == button.rect()


def test_someone_else_of_that_name_takes_one_key_on_the_entry_just_made(hands: Hands) -> None:
    form = hands.page.sign_in
    assert not form.else_button.isVisible()
    hands.type("Thaddeus Ox")
    hands.enter()
    assert (form.stays.text(), form.else_button.isVisible()) == ("Thaddeus Oxendine is signed in.", True)
    hands.press(Qt.Key.Key_N, ALT)
    assert (form.name.text, form.name.field.hasFocus(), hands.counts()["sign_in"]) == ("Thaddeus Ox", True, "0")
    chosen = form.name.list.chosen
    assert chosen is not None
    assert chosen.key == ""
    hands.type("ley")
    hands.enter()
    assert hands.just_now() == ["Thaddeus Oxley"]
    assert not form.else_button.isVisible()
    hands.type("Thaddeus Oxe")
    hands.enter()
    assert hands.just_now()[0] == "Thaddeus Oxendine"
