"""What stands in a record's form and is not saved is kept as one types, and there again, with when it was typed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.model.records import REGISTRY
from outreach_app.operations.drafts import kept_drafts
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import delete_record, edit_record, make_record
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.drafts import remind
from ui.messages import Message
from ui.pages.record import RecordPage

On = OnPage[RecordPage]
WHAT = ("Person", "Event", "New follow-up")


def opened(qtbot: QtBot, desk: Desk, kind: str, record: str | None = None, **arguments: Any) -> On:
    return OnPage(qtbot, desk, RecordPage(desk), kind=kind, record=record, **arguments)


def part(on: On, name: str) -> Any:
    assert on.page.form is not None
    return on.page.form.parts[name]


def locked_and_back(on: On, qtbot: QtBot, desk: Desk, said: list[Message]) -> On:
    """The door is shut; after it was opened again, the message is followed."""
    desk.ending.emit()
    on.page.drafts.keeper._timer.stop()  # its window is gone
    on.settle()
    remind(desk)
    on.settle()
    assert "not saved yet" in said[-1].text
    assert said[-1].text.split(":")[0] in WHAT
    went: list[Destination] = []
    desk.went.connect(went.append)
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    (to,) = went
    assert to.page == "record"
    return OnPage(qtbot, desk, RecordPage(desk), **to.arguments)


def test_what_was_changed_in_a_record_is_there_again_and_can_be_saved(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    phones = [{"number": "828 555 0100", "kind": "mobile"}, {"number": "828 555 0199", "kind": "home"}]
    person = make_record(store, "people", {"name": "Maria", "town": "Alarka", "phones": phones})[0]
    on = opened(qtbot, desk, "people", person)
    part(on, "name").line.setText("Maria Garcia")
    part(on, "phones").elements[0].editor.number.setText("828 555 0111")
    part(on, "phones")._take_away(part(on, "phones").elements[1])
    part(on, "phones").add()
    part(on, "phones").elements[1].editor.number.setText("828 555 0122")
    part(on, "notes").text.write("Has a van.")
    edit_record(store, "people", person, {"town": "Cherokee"})  # meanwhile, and no part of the draft
    back = locked_and_back(on, qtbot, desk, said)
    assert part(back, "town").line.text == "Cherokee"
    back.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = store.get("people", person)
    assert saved is not None
    assert (saved.title, saved.values["town"], saved.values["notes"]) == ("Maria Garcia", "Cherokee", "Has a van.")
    assert [each["number"] for each in saved.elements("phones")] == ["828 555 0111", "828 555 0122"]
    before = {element["id"] for element in store.list("people")[0].values["phones"]}
    assert len(before) == 2
    assert kept_drafts(store) == []


def test_a_new_record_is_there_again_with_what_it_was_begun_with(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    event, _changes = plan_event(store, {"name": "Fire hall"})
    on = opened(qtbot, desk, "follow_ups", None, for_event=event, begun=1)
    part(on, "what").line.setText("Call back")
    back = locked_and_back(on, qtbot, desk, said)
    assert part(back, "what").line.text() == "Call back"
    back.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (made,) = store.list("follow_ups")
    assert (made.title, made.values["for_event"]) == ("Call back", event)


def test_what_cannot_be_used_is_kept_as_it_was_typed(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    event, _changes = plan_event(store, {"name": "Fire hall"})
    on = opened(qtbot, desk, "events", event)
    part(on, "starts").line.setText("some time in May")
    back = locked_and_back(on, qtbot, desk, said)
    assert part(back, "starts").line.text() == "some time in May"
    assert part(back, "starts").touched


def test_several_forms_are_gone_back_to_one_after_the_other(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    people = [make_record(store, "people", {"name": name})[0] for name in ("Maria", "Mae")]
    on = opened(qtbot, desk, "people", people[0])
    part(on, "name").line.setText("Maria Garcia")
    on.page.shown(kind="people", record=people[1])
    on.settle()
    part(on, "name").line.setText("Mae Crowe")
    back = locked_and_back(on, qtbot, desk, said)
    assert part(back, "name").line.text() == "Mae Crowe"
    assert said[-1].does is not None
    said[-1].does()  # the first is offered next
    assert back.went[-1].arguments["record"] == people[0]
    desk.ending.emit()  # and is not forgotten, nor the second kept twice
    back.settle()
    assert [kept.place.arguments["record"] for kept in kept_drafts(store)] == people


def test_where_nothing_was_typed_nothing_is_said(qtbot: QtBot, desk: Desk, store: Store, said: list[Message]) -> None:
    person = make_record(store, "people", {"name": "Maria"})[0]
    on = opened(qtbot, desk, "people", person)
    desk.ending.emit()
    remind(desk)
    on.settle()
    assert said == []
    assert kept_drafts(store) == []


@pytest.mark.parametrize("kind", [name for name, kind in REGISTRY.items() if kind.about.in_forms])
def test_every_field_of_every_kind_is_the_same_after_it_was_kept(
    qtbot: QtBot, desk: Desk, store: Store, kind: str
) -> None:
    """Whatever a part says of what is written, kept as CBOR and put back, it says again."""
    on = opened(qtbot, desk, kind, begun=1)
    assert on.page.form is not None
    store.set_setting("tried", {name: each.draft() for name, each in on.page.form.parts.items()})
    states = {name: each.state() for name, each in on.page.form.parts.items()}
    on.page.form.restore(store.setting("tried"))
    assert {name: each.state() for name, each in on.page.form.parts.items()} == states


def test_it_is_kept_as_one_types_and_when_one_goes_elsewhere(qtbot: QtBot, desk: Desk, store: Store) -> None:
    people = [make_record(store, "people", {"name": name})[0] for name in ("Maria", "Mae")]
    on = opened(qtbot, desk, "people", people[0])
    part(on, "name").line.setText("Maria Garcia")
    qtbot.waitUntil(lambda: len(kept_drafts(store)) == 1, timeout=4_000)
    part(on, "notes").text.write("Has a van.")
    on.page.shown(kind="people", record=people[1])
    on.settle()
    (kept,) = kept_drafts(store)
    assert [*kept.draft.typed] == ["name", "notes"]
    on.page.shown(kind="people", record=people[0])
    on.settle()
    assert part(on, "notes").text.text == "Has a van."
    assert not on.page.found_again.isVisible()  # it never went away


def test_it_says_when_it_was_typed_and_can_be_thrown_away_and_brought_back(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    person = make_record(store, "people", {"name": "Maria"})[0]
    on = opened(qtbot, desk, "people", person)
    part(on, "name").line.setText("Maria Garcia")
    back = locked_and_back(on, qtbot, desk, said)
    assert back.page.found_again.isVisible()
    assert "Typed" in back.page.found_again.words.text()
    back.press(Qt.Key.Key_Z)
    assert (part(back, "name").line.text(), back.page.found_again.isVisible()) == ("Maria", False)
    back.page.drafts.keeper.keep()
    back.settle()
    assert kept_drafts(store) == []
    assert said[-1].does is not None
    said[-1].does()
    back.settle()
    assert part(back, "name").line.text() == "Maria Garcia"


def test_what_is_typed_of_a_record_that_is_gone_meanwhile_stays_kept(qtbot: QtBot, desk: Desk, store: Store) -> None:
    person = make_record(store, "people", {"name": "Maria"})[0]
    on = opened(qtbot, desk, "people", person)
    part(on, "name").line.setText("Maria Garcia")
    on.page.drafts.keeper.keep()
    desk.do(delete_record, "people", person)
    on.settle()
    assert on.page.form is None
    on.page.drafts.keeper.keep()
    on.settle()
    assert len(kept_drafts(store)) == 1
