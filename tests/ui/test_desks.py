"""The one path of every change, and undo."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from ui.desks import Desk, Destination
from ui.messages import Message, MessageKind


def refuse(_store: Store, name: str) -> Changes:
    raise BadInput(f"{name} will not do.")


@pytest.fixture
def heard(desk: Desk) -> list[Changes]:
    changes: list[Changes] = []
    desk.committed.connect(changes.append)
    return changes


def test_a_verb_is_done_and_every_page_hears_of_it(desk: Desk, heard: list[Changes], qtbot: QtBot) -> None:
    made: list[Any] = []
    desk.do(make_record, "people", {"name": "Ada Crowe"}, done=made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert heard == [made[0][1]]
    assert heard[0].kinds == {"people"}
    names: list[str] = []
    desk.read(lambda store: [view.title for view in store.list("people")], names.extend)
    qtbot.waitUntil(lambda: bool(names))
    assert names == ["Ada Crowe"]


def test_undo_takes_the_last_save_back_and_then_the_one_before(
    desk: Desk, heard: list[Changes], said: list[Message], qtbot: QtBot
) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        desk.do(make_record, "people", {"name": name})
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert desk.last_change == heard[1].change
    desk.undo()
    desk.undo()
    qtbot.waitUntil(lambda: len(said) == 2)
    left: list[int] = []
    desk.read(lambda store: store.count("people"), left.append)
    qtbot.waitUntil(lambda: bool(left))
    assert left == [0]
    assert desk.last_change is None
    desk.undo()
    assert "nothing to undo" in said[-1].text


def test_a_named_change_can_be_undone(desk: Desk, heard: list[Changes], qtbot: QtBot) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        desk.do(make_record, "people", {"name": name})
    qtbot.waitUntil(lambda: len(heard) == 2)
    desk.undo(heard[0].change)
    qtbot.waitUntil(lambda: len(heard) == 3)
    names: list[str] = []
    desk.read(lambda store: [view.title for view in store.list("people")], names.extend)
    qtbot.waitUntil(lambda: bool(names))
    assert names == ["Ben Arch"]
    assert desk.last_change == heard[1].change


def test_a_fault_goes_to_the_message_bar_unless_the_page_takes_it(
    desk: Desk, heard: list[Changes], said: list[Message], qtbot: QtBot
) -> None:
    taken: list[str] = []
    desk.do(refuse, "This", failed=taken.append)
    desk.do(refuse, "That")
    qtbot.waitUntil(lambda: bool(said))
    assert taken == ["This will not do."]
    assert [(message.kind, message.text) for message in said] == [(MessageKind.FAULT, "That will not do.")]
    assert heard == []


def test_going_somewhere_is_told_with_what_it_is_shown_with(desk: Desk) -> None:
    went: list[Destination] = []
    desk.went.connect(went.append)
    desk.go("print", event="e")
    desk.go_to_record("events", "e")
    desk.go_to_record("people", "p")
    assert went == [
        Destination("print", {"event": "e"}),
        Destination("event", {"event": "e"}),
        Destination("record", {"kind": "people", "record": "p"}),
    ]


def test_an_undo_that_did_not_work_can_be_tried_again(
    desk: Desk, heard: list[Changes], said: list[Message], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        desk.do(make_record, "people", {"name": name})
    qtbot.waitUntil(lambda: len(heard) == 2)
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "undo", lambda change: refuse(desk.store, str(change.number)))
        desk.undo(heard[0].change)
        desk.undo()
        qtbot.waitUntil(lambda: len(said) == 2)
    assert {message.kind for message in said} == {MessageKind.FAULT}
    for change in (heard[1].change, heard[0].change):
        assert desk.last_change == change
        desk.undo()
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert desk.last_change is None
