"""The event's page: four ways a key apart, what just happened and how it is taken back, and drafts that outlive it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.events import count_heads
from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from tests.helpers.accessibility import focusable, nameless, narrow, small
from tests.helpers.event_hands import ALT, CTRL, FULL, Hands, full_disk, planned
from ui.desks import Desk
from ui.dialogs.keys import KeysDialog
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.widgets.labels import KeyCap


@pytest.fixture
def hands(store: Store, desk: Desk, qtbot: QtBot) -> Hands:
    make_record(store, "people", {"name": "Thaddeus Oxendine"})
    return Hands(qtbot, desk, planned(store))


def test_each_way_is_one_key_away_and_says_how_many(hands: Hands) -> None:
    page = hands.page
    ways = [
        (Qt.Key.Key_F, Qt.Key.Key_F3, page.feedback.words, "record_feedback"),
        (Qt.Key.Key_P, Qt.Key.Key_F4, page.partner.organization.field, "record_partner"),
        (Qt.Key.Key_S, Qt.Key.Key_F2, page.sign_in.name.field, "sign_in"),
    ]
    for letter, function, first, verb in ways:
        for key, held in ((letter, ALT), (function, Qt.KeyboardModifier.NoModifier)):
            hands.tab()
            hands.press(key, held)
            assert first.hasFocus()
            assert [name for name, tile in page.tiles.items() if tile.isChecked()] == [verb]
            assert [form.isVisible() for form in page.forms.values()].count(True) == 1
    page.tiles["sign_in"].click()
    assert page.tiles["sign_in"].isChecked()
    assert page.sign_in.name.field.hasFocus()


def test_one_key_counts_one_more_head_and_the_focus_stays(hands: Hands, store: Store) -> None:
    hands.type("Ada")
    hands.press(Qt.Key.Key_H, ALT)
    hands.press(Qt.Key.Key_F5)
    hands.page.tiles["count_heads"].click()
    hands.settle()
    assert hands.counts()["count_heads"] == "3"
    assert hands.ask(lambda asked: asked.get("events", hands.event)).values["others_here"] == 3
    assert hands.page.sign_in.name.field.hasFocus()
    assert not hands.page.can["one_more"].autoRepeat()
    hands.desk.do(count_heads, hands.event, 4)
    hands.settle()
    assert hands.just_now() == ["4 others", "1 other", "1 other", "1 other"]
    assert store.worker not in hands.window.windowTitle()


def test_the_newest_is_taken_back_by_its_link_and_then_the_one_before(hands: Hands) -> None:
    for name in ("Ada Crowe", "Ben Hill"):
        hands.type(name)
        hands.enter()
    assert hands.just_now() == ["Ben Hill", "Ada Crowe"]
    assert hands.undo_link().accessibleName() == "Undo: Ben Hill"
    hands.qtbot.mouseClick(hands.undo_link(), Qt.MouseButton.LeftButton)
    hands.settle()
    assert hands.just_now() == ["Ada Crowe"]
    assert hands.page.sign_in.name.field.hasFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert (hands.just_now(), hands.counts()["sign_in"]) == ([], "0")
    assert hands.titles("people") == ["Thaddeus Oxendine"]


def test_ctrl_z_takes_back_typing_first(hands: Hands) -> None:
    hands.type("Ada Crowe")
    hands.enter()
    hands.type("Ben")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.counts()["sign_in"] == "1"
    assert hands.page.sign_in.name.text == ""
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.counts()["sign_in"] == "0"


def test_just_now_can_be_hidden_from_the_queue(hands: Hands) -> None:
    now = hands.page.just_now
    hands.qtbot.mouseClick(now.button, Qt.MouseButton.LeftButton)
    assert hands.page.sign_in.name.field.hasFocus()
    hands.type("Ada Crowe")
    hands.enter()
    assert not now.list.isVisible()
    now.button.click()
    assert now.list.isVisible()
    assert hands.just_now() == ["Ada Crowe"]


def test_nobody_elses_address_is_on_the_screen(hands: Hands) -> None:
    known = {
        "name": "Rosa Bell",
        "town": "Bryson City",
        "phones": [{"number": "828 555 0144"}],
        "emails": ["rosa@example.org"],
    }
    hands.desk.do(make_record, "people", known)
    hands.settle()
    hands.type("828 555 0144")
    lines = hands.page.sign_in.name.list.lines
    assert [line.text for line in lines][1:] == ["Rosa Bell"]
    shown = " ".join(f"{line.text} {line.detail} {line.flag}" for line in lines[1:])
    assert not any(word in shown for word in ("0144", "Bryson", "rosa@"))
    assert hands.window.windowTitle() == "Event · Outreach"


def test_what_this_county_asked_before_stands_beside(hands: Hands) -> None:
    assert not hands.page.asked_before.isVisible()

    def asked(store: Store) -> object:
        theme = next(view for view in store.list("themes") if view.values["parent"])
        made, _changes = record_feedback(store, NewFeedback("The van", hands.event, themes=(theme.id,)))
        return respond(store, made, state="done", decided="Twice a week from January.")

    hands.desk.do(asked)
    hands.settle()
    (told,) = hands.page.asked_before.told
    assert told.endswith(": Twice a week from January. (not told back yet)")
    assert "The van" not in told


def test_a_head_that_could_not_be_counted_is_said(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    monkeypatch.setattr(store, "writing", full_disk)
    hands.press(Qt.Key.Key_H, ALT)
    assert [message.text for message in said] == [FULL]
    assert hands.counts()["count_heads"] == "0"


def test_what_was_typed_waits_while_one_is_elsewhere(hands: Hands) -> None:
    other = hands.ask(planned)
    hands.type("Ada Crowe")
    hands.press(Qt.Key.Key_F, ALT)
    hands.type("The van")
    hands.desk.go("today")
    hands.desk.go("event", event=hands.event)
    hands.settle()
    assert (hands.page.feedback.words.text, hands.page.feedback.words.hasFocus()) == ("The van", True)
    hands.desk.go("event", event=other)
    hands.settle()
    assert (hands.page.feedback.words.text, hands.page.sign_in.name.text) == ("", "")
    assert hands.page.sign_in.name.field.hasFocus()
    hands.desk.go("event", event=hands.event)
    hands.settle()
    assert (hands.page.feedback.words.text, hands.page.sign_in.name.text) == ("The van", "Ada Crowe")
    hands.enter()
    assert [view.values["event"] for view in hands.views("sign_ins")] == [hands.event]


def test_what_was_typed_is_there_again_after_a_dead_battery(
    hands: Hands, store: Store, jobs: Jobs, qtbot: QtBot
) -> None:
    form = hands.page.sign_in
    hands.type("Thaddeus Ox")
    hands.tab()
    hands.tab()
    hands.type("828 555 0144")
    hands.press(Qt.Key.Key_2, ALT)
    hands.press(Qt.Key.Key_F, ALT)
    hands.type("The van only comes")
    hands.qtbot.waitUntil(lambda: hands.page.feedback.kept_when.text().startswith("Draft kept "), timeout=4_000)
    before = form.typed()
    assert not form.found_again.isVisible()
    again = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    assert again.page.feedback.words.text == "The van only comes"
    assert again.page.sign_in.typed() == before
    assert again.page.sign_in.ways.chosen == ("text",)
    assert again.page.sign_in.found_again.words.text().startswith("Typed ")
    again.enter()
    assert not again.page.sign_in.found_again.isVisible()
    again.press(Qt.Key.Key_F, ALT)
    again.enter(CTRL)
    assert len(again.views("sign_ins")) == len(again.views("feedback")) == 1
    again.desk.ending.emit()
    again.settle()
    third = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    assert third.page.feedback.untouched
    assert third.page.sign_in.untouched


def test_closing_the_window_keeps_what_was_typed_the_moment_before(
    hands: Hands, store: Store, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.type("Ada Crowe")
        hands.enter(settle=False)
        hands.type("Ben Hill")
    hands.desk.ending.emit()
    hands.settle()
    again = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    assert again.page.sign_in.name.text == "Ben Hill"
    assert again.page.sign_in.unsaved.isVisible()
    again.press(Qt.Key.Key_B, ALT)
    assert again.page.sign_in.name.text == "Ada Crowe"


def test_another_worker_of_the_laptop_finds_an_empty_form(hands: Hands, store: Store, jobs: Jobs, qtbot: QtBot) -> None:
    hands.type("Ada Crowe")
    hands.desk.ending.emit()
    hands.settle()
    mine, store.worker = store.worker, "Cleo Hill"
    theirs = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    assert theirs.page.sign_in.untouched
    theirs.type("Ben Hill")
    theirs.desk.ending.emit()
    theirs.settle()
    store.worker = mine
    again = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    assert again.page.sign_in.name.text == "Ada Crowe"


def test_what_was_found_again_is_got_rid_of_by_a_key_and_brought_back_by_another(
    hands: Hands, store: Store, jobs: Jobs, qtbot: QtBot
) -> None:
    hands.type("Ada Crowe")
    hands.desk.ending.emit()
    hands.settle()
    again = Hands(qtbot, Desk(store, jobs, Messages(), hands.window), hands.event)
    again.press(Qt.Key.Key_E, ALT)
    assert again.page.sign_in.untouched
    assert again.page.sign_in.name.field.hasFocus()
    again.window.message_bar.link.click()
    assert again.page.sign_in.name.text == "Ada Crowe"


def test_what_failed_for_an_event_left_meanwhile_waits_there(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = hands.ask(planned)
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.type("Ada Crowe")
        hands.enter(settle=False)
        hands.desk.go("event", event=other)
        hands.settle()
    assert hands.page.sign_in.untouched
    assert not hands.page.sign_in.unsaved.isVisible()
    hands.desk.go("event", event=hands.event)
    hands.settle()
    assert hands.page.sign_in.unsaved.isVisible()
    hands.press(Qt.Key.Key_B, ALT)
    assert hands.page.sign_in.name.text == "Ada Crowe"


def test_everything_has_a_name_and_tab_comes_by_the_form_before_the_rest(hands: Hands) -> None:
    hands.type("Ada Crowe")
    hands.enter()
    for key in (Qt.Key.Key_S, Qt.Key.Key_F, Qt.Key.Key_P):
        hands.press(key, ALT)
        assert nameless(hands.page) == []
    names = [widget.accessibleName() for widget in focusable(hands.page)]
    assert names[:5] == ["Back", "Sign-in sheet", "Visitor screen", "Sign in, 1", "Feedback, 0"]
    assert names[7:12] == ["Organization", "Person", "Job title", "Phone or e-mail", "Needs"]
    assert names[-2:] == ["Hide", "Undo: Ada Crowe"]


def test_everything_at_the_event_is_large_enough_for_a_finger(hands: Hands) -> None:
    hands.type("Quenby")
    hands.enter()
    hands.type("Thaddeus Ox")
    hands.tab_to_contact("828 555 0144, a@b.example")
    hands.settle()
    form = hands.page.sign_in
    hands.press(Qt.Key.Key_J, ALT)
    assert small(hands.page, 44) == []
    assert form.name.list.sizeHint().height() >= 44 * len(form.name.list.lines)
    for key in (Qt.Key.Key_F, Qt.Key.Key_P):
        hands.press(key, ALT)
        hands.page.feedback.sensitive.setChecked(True)
        assert small(hands.page, 44) == []
        assert narrow(hands.page, 44) == []


def test_the_sheet_of_keys_lists_those_of_the_form_in_use(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    sheet = hands.window.findChild(KeysDialog)
    assert sheet is not None
    shown = {cap.keys for cap in sheet.findChildren(KeyCap)}
    sheet.accept()
    assert shown >= {"Alt+S", "Alt+F", "Alt+P", "Alt+H", "Enter", "Shift+Enter"}


# keys, counted (what it takes a person to do the commonest things)


def test_a_walk_in_takes_the_name_and_one_key(hands: Hands) -> None:
    hands.keys = 0
    hands.type("Ada Crowe")
    hands.enter()
    assert hands.keys == len("Ada Crowe") + 1
    assert hands.counts()["sign_in"] == "1"


def test_somebody_known_takes_the_letters_that_single_them_out_and_one_key(hands: Hands) -> None:
    hands.desk.do(sign_in, NewSignIn(hands.event, "Thea Oxley"))
    hands.settle()
    hands.keys = 0
    for letter in "Th Oxe":
        hands.type(letter)
    hands.enter()
    assert hands.keys == 7
    assert hands.titles("people") == ["Thaddeus Oxendine", "Thea Oxley"]
    assert hands.counts()["sign_in"] == "2"


def test_a_head_takes_one_key_and_taking_it_back_one(hands: Hands) -> None:
    hands.keys = 0
    hands.press(Qt.Key.Key_H, ALT)
    assert (hands.keys, hands.counts()["count_heads"]) == (1, "1")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert (hands.keys, hands.counts()["count_heads"]) == (2, "0")


def test_feedback_takes_the_words_and_one_key(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F, ALT)
    hands.keys = 0
    hands.type("The van only comes Tuesdays.")
    hands.enter(CTRL)
    assert hands.keys == len("The van only comes Tuesdays.") + 1
    assert hands.counts()["record_feedback"] == "1"
