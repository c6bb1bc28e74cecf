"""Partner contacts by hand: an organization or a name is enough, and nothing that was written is dropped in silence."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.event_hands import ALT, CTRL, FULL, Hands, full_disk, planned
from ui.desks import Desk
from ui.messages import Message


@pytest.fixture
def hands(store: Store, desk: Desk, qtbot: QtBot) -> Hands:
    """At the partner form, with one organization and one person known."""
    make_record(store, "organizations", {"name": "Nantahala Food Share"})
    make_record(store, "people", {"name": "Thaddeus Oxendine"})
    made = Hands(qtbot, desk, planned(store))
    made.press(Qt.Key.Key_P, ALT)
    return made


def test_a_contact_with_all_that_is_to_follow_is_saved_at_one_go(hands: Hands) -> None:
    form = hands.page.partner
    assert form.organization.field.hasFocus()
    hands.type("nantahala")
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    for text in ("Rosa Bell", "Director", "828 555 0144, rosa@example.org", "volun"):
        hands.tab()
        hands.type(text)
    hands.tab()
    form.needs.finder.field.setFocus()
    hands.type("a second freezer")
    hands.enter()
    form.offers.finder.field.setFocus()
    hands.type("food")
    hands.enter()
    form.groups.finder.field.setFocus()
    hands.type("council")
    assert [line.text for line in form.groups.finder.list.lines] == ["Youth Council", "Council on Aging"]
    hands.enter()
    form.follow_up.setFocus()
    hands.type("Call about the freezer")
    hands.tab()
    hands.type("3 Dec 2026")
    hands.enter(CTRL)
    [known] = hands.views("organizations")
    assert known.elements("needs") == ["volunteers"]
    assert (known.elements("offers"), known.values["needs_text"]) == (["food"], "a second freezer")
    assert known.elements("met_at") == [hands.event]
    [place] = hands.views("affiliations")
    assert (place.titles[place.values["person"]], place.values["job_title"]) == ("Rosa Bell", "Director")
    assert [phone["number"] for phone in place.elements("phones")] == ["828 555 0144"]
    assert place.elements("emails") == ["rosa@example.org"]
    [follows] = hands.views("follow_ups")
    assert (follows.values["what"], follows.values["due"]) == ("Call about the freezer", "2026-12-03")
    [interest] = hands.views("interests")
    assert interest.titles[interest.values["group"]] == "Youth Council"
    assert hands.just_now() == ["Nantahala Food Share"]
    assert form.untouched
    assert form.organization.field.hasFocus()


def test_a_new_organization_alone_is_enough_and_a_known_one_is_named_in_just_now(hands: Hands) -> None:
    for name in ("Robbinsville Library", "Nantahala Food Share"):
        hands.type(name, settle=False)
        hands.enter(CTRL)
    assert hands.titles("organizations") == ["Nantahala Food Share", "Robbinsville Library"]
    assert hands.just_now() == ["Nantahala Food Share", "Robbinsville Library"]
    assert hands.counts()["record_partner"] == "2"
    hands.enter(CTRL)
    assert hands.counts()["record_partner"] == "2"


def test_a_person_alone_is_enough_and_known_however_quick_the_fingers(hands: Hands) -> None:
    hands.tab()
    hands.type("Thaddeus Oxendine", settle=False)
    hands.enter(CTRL)
    assert hands.titles("people") == ["Thaddeus Oxendine"]
    assert hands.counts()["record_partner"] == "1"
    assert hands.just_now() == ["Thaddeus Oxendine"]


@pytest.mark.parametrize(("day", "words"), [("32 Dec 2026", "32 Dec 2026"), ("soon", "soon")])
def test_a_day_that_is_none_is_refused_with_words(hands: Hands, day: str, words: str) -> None:
    form = hands.page.partner
    hands.type("Robbinsville Library")
    form.follow_up.setFocus()
    hands.type("Call back")
    hands.tab()
    hands.type(day)
    hands.enter(CTRL)
    assert hands.views("follow_ups") == []
    assert words in form.due_field.reason.text()
    assert form.due_field.reason.isVisible()
    assert form.due.hasFocus()
    assert form.organization.text == "Robbinsville Library"
    form.due.selectAll()
    hands.type("2026-12-03")
    assert not form.due_field.reason.isVisible()
    hands.enter(CTRL)
    assert len(hands.views("follow_ups")) == 1


def test_what_has_no_place_is_refused_with_words_and_not_dropped(hands: Hands) -> None:
    form = hands.page.partner
    form.person.field.setFocus()
    hands.type("Rosa Bell")
    form.job_title.setText("Director")
    form.needs.pick("food", "Food")
    form.due.setText("2026-12-03")
    form.groups.finder.field.setFocus()
    hands.type("Chess club")
    hands.enter(CTRL)
    assert hands.views("people", name="Rosa Bell") == []
    assert [field.reason.isVisible() for field in (form.job_title_field, form.needs.field, form.follow_up_field)] == [
        True,
        True,
        True,
    ]
    assert form.groups.field.reason.text() == "No group is called that. Please choose one from the list."
    assert form.job_title.hasFocus()
    form.groups.finder.clear()
    form.follow_up.setText("Call back")
    form.organization.field.setFocus()
    hands.type("Robbinsville Library")
    hands.enter(CTRL)
    assert [view.values["job_title"] for view in hands.views("affiliations")] == ["Director"]
    assert not form.needs.field.reason.isVisible()


def test_what_could_not_be_saved_is_there_again(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    form = hands.page.partner
    hands.type("Nantahala")
    hands.press(Qt.Key.Key_Down)
    hands.tab()
    form.needs.finder.field.setFocus()
    hands.type("a second freezer")
    hands.enter()
    before = form.typed()
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.enter(CTRL)
    assert [message.text for message in said] == [FULL]
    assert form.typed() == before
    hands.enter(CTRL)
    assert hands.titles("organizations") == ["Nantahala Food Share"]
    assert hands.views("organizations")[0].values["needs_text"] == "a second freezer"


def test_what_was_picked_can_be_taken_away_again(hands: Hands) -> None:
    form = hands.page.partner
    form.needs.finder.field.setFocus()
    hands.type("food")
    hands.enter()
    hands.type("fun")
    hands.enter()
    assert form.needs.keys == ("food", "funding")
    hands.type("food")
    assert [line.text for line in form.needs.finder.list.lines] == ["In their words: food"]
    hands.press(Qt.Key.Key_Escape)
    form.needs.finder.clear()
    form.needs.taken.findChild(type(hands.page.feedback.sensitive), "food").setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert form.needs.keys == ("funding",)


def test_interests_are_somebodys_and_bring_the_groups_that_fit_them_first(hands: Hands) -> None:
    form = hands.page.partner
    hands.desk.do(make_record, "groups", {"name": "Zero to Three", "interests": ["maternal_health"]})
    hands.desk.go("today")
    hands.desk.go("event", event=hands.event, way="to_partner")
    form.begin(hands.event)
    hands.settle()
    form.organization.field.setFocus()
    hands.type("Nantahala Clinic")
    form.interests.finder.field.setFocus()
    hands.type("Mothers")
    hands.enter()
    form.groups.finder.field.setFocus()
    hands.type("o")
    assert form.groups.finder.list.lines[0].text == "Zero to Three"
    form.groups.clear()
    hands.enter(CTRL)
    assert form.interests.field.reason.text() == "Please write who is interested."
    form.person.field.setFocus()
    hands.type("Rosa Bell")
    hands.enter(CTRL)
    rosa = next(view for view in hands.views("people") if view.title == "Rosa Bell")
    assert rosa.elements("interests") == ["maternal_health"]
