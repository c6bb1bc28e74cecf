"""Writing down what people say, by hand: the words and Ctrl+Enter; all else may follow, and nobody is guessed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from outreach_app.model.codes import spaced
from outreach_app.operations.records import make_record
from outreach_app.operations.settings import change_settings
from outreach_app.store.stores import Store
from tests.helpers.event_hands import ALT, CTRL, FULL, Hands, full_disk, planned
from ui.desks import Desk
from ui.messages import Message

WORDS = "The van only comes Tuesdays, and you have to book it a week ahead."


@pytest.fixture
def hands(store: Store, desk: Desk, qtbot: QtBot) -> Hands:
    """At the feedback form, with two people known."""
    for name in ("Thaddeus Oxendine", "Annabel Smith"):
        make_record(store, "people", {"name": name})
    made = Hands(qtbot, desk, planned(store))
    made.press(Qt.Key.Key_F, ALT)
    return made


def test_the_words_and_ctrl_enter_are_enough(hands: Hands) -> None:
    form = hands.page.feedback
    assert form.words.hasFocus()
    hands.type(WORDS)
    hands.enter(CTRL)
    [made] = hands.views("feedback")
    assert made.values["verbatim"] == WORDS
    assert (made.values["event"], made.values["language"], made.values["may_share"]) == (hands.event, "en", "not_asked")
    assert (form.words.text, form.words.hasFocus()) == ("", True)
    assert hands.just_now() == ["“The van only comes Tuesdays…”"]
    hands.type("   ")
    hands.enter(CTRL)
    assert len(hands.views("feedback")) == 1


def test_enter_begins_a_new_line_and_tab_goes_on(hands: Hands) -> None:
    hands.type("One")
    hands.enter()
    hands.type("two")
    hands.tab()
    assert hands.page.feedback.words.text == "One\ntwo"
    assert not hands.page.feedback.words.hasFocus()


def test_all_that_may_be_said_besides_is_saved(hands: Hands) -> None:
    form = hands.page.feedback
    hands.type(WORDS)
    form.kind.chip("experience").click()
    form.themes.finder.field.setFocus()
    hands.type("TRANSPÓ")
    assert [line.text for line in form.themes.finder.list.lines] == ["Transportation"]
    hands.enter()
    hands.type("wait and")
    hands.tab()
    assert form.themes.finder.text == ""
    form.said_by.field.setFocus()
    hands.type("Thad Ox")
    form.may_share.chip("yes").click()
    form.agreed.more.click()
    form.agreed.more.click()
    form.language.choose("es")
    hands.enter(CTRL)
    [made] = hands.views("feedback")
    assert [made.titles[theme] for theme in made.elements("themes")] == ["Transportation", "Wait and distance"]
    assert made.titles[made.values["said_by"]] == "Thaddeus Oxendine"
    said = ("what_kind", "may_share", "several_agreed", "language", "sensitive")
    assert [made.values[name] for name in said] == ["experience", "yes", 2, "es", None]
    assert form.untouched
    assert form.themes.keys == ()


def test_sensitive_words_are_marked_and_not_shown_to_the_queue(hands: Hands) -> None:
    hands.type("Somebody takes the money")
    hands.page.feedback.sensitive.click()
    hands.enter(CTRL)
    [made] = hands.views("feedback")
    assert made.values["sensitive"] is True
    assert hands.just_now() == ["Sensitive feedback"]
    assert not hands.page.feedback.sensitive.isChecked()


def test_nobody_is_guessed_to_have_said_it(hands: Hands) -> None:
    form = hands.page.feedback
    hands.type(WORDS)
    form.said_by.field.setFocus()
    hands.type("Ann")
    assert form.said_by.list.chosen.text == "Annabel Smith"
    hands.enter(CTRL)
    assert hands.views("feedback") == []
    assert form.said_by_field.reason.text() == "Choose who said it from the list, or leave this empty."
    assert form.said_by.field.hasFocus()
    hands.enter()
    hands.enter(CTRL)
    [made] = hands.views("feedback")
    assert made.titles[made.values["said_by"]] == "Annabel Smith"
    assert not form.said_by_field.reason.isVisible()


@pytest.mark.parametrize(("typed", "speaker"), [("Thaddeus Oxendine", "Thaddeus Oxendine"), ("Nobody Here", None)])
def test_fingers_quicker_than_the_list_name_the_same_speaker_or_none(
    hands: Hands, typed: str, speaker: str | None
) -> None:
    form = hands.page.feedback
    hands.type(WORDS)
    form.said_by.field.setFocus()
    hands.type(typed, settle=False)
    hands.enter(CTRL)
    made = hands.views("feedback")
    assert [view.titles[view.values["said_by"]] for view in made] == ([speaker] if speaker else [])
    assert form.words.text == ("" if speaker else WORDS)
    assert form.said_by.text == ("" if speaker else typed)


def test_a_theme_nobody_has_is_not_dropped_in_silence(hands: Hands) -> None:
    form = hands.page.feedback
    hands.type(WORDS)
    form.themes.finder.field.setFocus()
    hands.type("potholes")
    hands.enter(CTRL)
    assert hands.views("feedback") == []
    assert form.themes.field.reason.text().startswith("No theme is called that.")
    form.themes.finder.field.clear()
    hands.enter(CTRL)
    assert len(hands.views("feedback")) == 1


def test_what_could_not_be_saved_is_there_again(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch, said: list[Message]
) -> None:
    form = hands.page.feedback
    hands.type(WORDS)
    form.kind.chip("problem").click()
    form.themes.finder.field.setFocus()
    hands.type("food")
    hands.tab()
    hands.type("Thad Ox")
    form.agreed.more.click()
    with monkeypatch.context() as patch:
        patch.setattr(store, "writing", full_disk)
        hands.enter(CTRL)
    assert [message.text for message in said] == [FULL]
    assert form.words.text == WORDS
    assert form.said_by.choice is not None
    hands.enter(CTRL)
    [made] = hands.views("feedback")
    assert [made.titles[theme] for theme in made.elements("themes")] == ["Food"]
    assert (made.values["what_kind"], made.values["several_agreed"]) == ("problem", 1)
    assert made.titles[made.values["said_by"]] == "Thaddeus Oxendine"


def test_what_was_saved_is_read_back_with_its_code_until_the_next_is_begun(hands: Hands, said: list[Message]) -> None:
    back = hands.page.feedback.read_back
    assert not back.isVisible()
    hands.type(WORDS)
    hands.enter(CTRL)
    code = spaced(hands.views("feedback")[0].values["slip_code"])
    assert (back.words.text(), back.slip.text()) == (f"“{WORDS}”", f"Their code: {code}")
    hands.press(Qt.Key.Key_C, ALT)
    assert (QGuiApplication.clipboard().text(), said[-1].text) == (code, "The code is copied.")
    hands.type("The")
    assert not back.isVisible()


def test_what_is_sensitive_says_whom_to_call_and_is_not_read_back(hands: Hands) -> None:
    form = hands.page.feedback
    hands.type("He takes her money.")
    form.sensitive.click()
    hands.settle()
    assert form.call.text() == "In danger now: 911. Tell your coordinator today."
    form.sensitive.click()
    hands.desk.do(change_settings, {"call_today": "Rosa, 828 555 0100"})
    hands.settle()
    form.sensitive.click()
    hands.settle()
    assert form.call.text() == "In danger now: 911. Call today: Rosa, 828 555 0100"
    hands.enter(CTRL)
    assert form.read_back.head.text().startswith("Saved, and sealed to the coordinators.")
    assert "Rosa" in form.read_back.head.text()
    assert not form.read_back.words.isVisible()
    assert not form.call.isVisible()


def test_what_was_said_in_spanish_has_room_for_english(hands: Hands) -> None:
    form = hands.page.feedback
    assert not form.translated.isVisible()
    hands.type("La van solo viene los martes.")
    form.language.choose("es")
    form.language.changed.emit("es")
    assert form.translated.isVisible()
    form.translated.words.write("The van only comes Tuesdays.")
    form.translated.by.setText("Ada Crowe")
    hands.enter(CTRL)
    values = hands.views("feedback")[0].values
    assert (values["language"], values["translation"], values["translator"]) == (
        "es",
        "The van only comes Tuesdays.",
        "Ada Crowe",
    )
    assert (form.language.chosen, form.translated.isVisible()) == ("en", False)
