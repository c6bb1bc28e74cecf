"""To decide: one thing at a time, one key a decision, each undone by the message bar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from outreach_app.journal.changes import Slot
from outreach_app.model.edits import ListEdit
from outreach_app.operations.decisions import join, not_the_same
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.records import delete_record, edit_record, make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes
from tests.helpers.second_laptops import second_laptop
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.pages.decision_groups import ApartView, GroupView
from ui.pages.decision_notices import NoticeView
from ui.pages.decision_views import ConflictView, DeletionView
from ui.pages.decisions import DecisionsPage
from ui.widgets.buttons import Button

PLAIN = Qt.KeyboardModifier.NoModifier
On = OnPage[DecisionsPage]


@pytest.fixture
def other(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Ben Arch's laptop, in the same department."""
    with second_laptop(store, tmp_path / "second") as opened:
        yield opened


def swap(one: Store, other: Store) -> None:
    one.apply(all_changes(other))
    other.apply(all_changes(one))


def stands(store: Store, record: str) -> View:
    view = store.get("people", record)
    assert view is not None
    return view


def phones(store: Store, record: str) -> list[str]:
    return [phone["number"] for phone in stands(store, record).elements("phones")]


@pytest.fixture
def june(store: Store, other: Store) -> str:
    """Somebody whose phone two laptops changed without knowing of each other."""
    made, _changes = make_record(store, "people", {"name": "June Walker", "phones": [{"number": "828 555 0100"}]})
    swap(store, other)
    element = stands(store, made).values["phones"][0]["id"]
    edit_record(other, "people", made, {"phones": ListEdit({element: {"number": "828 555 0172"}})})
    edit_record(store, "people", made, {"phones": ListEdit({element: {"number": "828 555 0127"}})})
    swap(store, other)
    return made


@pytest.fixture
def bobs(store: Store) -> tuple[str, str]:
    """Two who are one."""
    event, _made = make_record(store, "events", {"name": "Fair"})
    made = [
        sign_in(store, NewSignIn(event, name, phones=({"number": "828 555 0133"},), details={"town": town})).person
        for name, town in (("Robert Locklear", "Almond"), ("Bob Locklear", "Sylva"))
    ]
    look_for_duplicates(store)
    return made[0], made[1]


def opened(qtbot: QtBot, desk: Desk, **arguments: str) -> On:
    return OnPage(qtbot, desk, DecisionsPage(desk), **arguments)


def undo(on: On, said: list[Message]) -> None:
    assert (said[-1].link, said[-1].does is None) == ("Undo", False)
    said[-1].does()  # type: ignore[misc]  # it is there
    on.settle()
    on.settle()


def test_with_nothing_to_decide_it_says_so(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.empty.isVisible()
    assert not on.page.columns.isVisible()
    assert on.page.header.subtitle.text() == "Nothing waits for you."
    assert [name for name in ("first", "keep_both", "another", "later") if on.page.can[name].isEnabled()] == []


@pytest.mark.usefixtures("june")
def test_it_asks_in_words_and_shows_both_answers_with_who_and_where(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.header.subtitle.text() == "One thing that only a person can settle. It can be undone."
    (line,) = on.page.list.rows
    assert (line.text, line.detail) == ("Phones of June Walker", "2 answers that differ")
    assert on.page.list.line(line.key).hasFocus()
    view = on.page.view
    assert isinstance(view, ConflictView)
    words = [label.text() for label in view.findChildren(type(on.page.header.title)) if label.isVisible()]
    assert words[0] == "Which phone is right for June Walker?"
    assert [said for said in words if said.startswith("(828)")][:2] == ["(828) 555-0127", "(828) 555-0172"]
    assert any(said.startswith("Ada Crowe, on this laptop\n") for said in words)
    assert any(said.startswith("Ben Arch, on another laptop\n") for said in words)
    told = [(line[1], line[2]) for line in view.history.lines]
    assert told == [("Ada Crowe", "(828) 555-0100"), ("Ben Arch", "(828) 555-0172"), ("Ada Crowe", "(828) 555-0127")]


@pytest.mark.parametrize(("key", "number"), [(Qt.Key.Key_1, "828 555 0127"), (Qt.Key.Key_2, "828 555 0172")])
def test_one_key_uses_an_answer_and_the_message_bar_takes_it_back(
    key: Qt.Key, number: str, qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    on.press(key, PLAIN)
    assert (phones(store, june), store.decisions()) == ([number], [])
    assert on.page.empty.isVisible()
    assert said[-1].text.endswith(number[-4:])
    undo(on, said)
    assert len(store.decisions()) == 1
    assert on.page.columns.isVisible()


def test_both_are_kept(qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_B, PLAIN)
    assert sorted(phones(store, june)) == ["828 555 0127", "828 555 0172"]
    undo(on, said)
    assert len(store.decisions()) == 1


def test_another_answer_is_written_and_one_that_cannot_be_used_says_why(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_W, PLAIN)
    view = on.page.view
    assert isinstance(view, ConflictView)
    assert view.another is not None
    assert view.another.editor is not None
    line = view.another.editor.first
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    on.type("no digits here")
    on.press(Qt.Key.Key_Return, PLAIN)
    assert "has no digits" in view.another.reason.text()
    assert len(store.decisions()) == 1
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    on.type("828 555 0112")  # digits typed here choose no answer
    on.press(Qt.Key.Key_Return, PLAIN)
    assert (phones(store, june), store.decisions()) == (["828 555 0112"], [])


def test_a_value_that_is_no_list_has_nothing_to_keep_both_of(
    qtbot: QtBot, desk: Desk, store: Store, other: Store
) -> None:
    made, _changes = make_record(store, "people", {"name": "June", "preferred_language": "en"})
    swap(store, other)
    edit_record(store, "people", made, {"preferred_language": "es"})
    edit_record(other, "people", made, {"preferred_language": None})
    swap(store, other)
    on = opened(qtbot, desk)
    assert not on.page.can["keep_both"].isEnabled()
    buttons = [button.accessibleName() for button in _buttons(on)]
    assert sorted(buttons) == ["Later", "Leave it empty", "Use this", "Write another…"]
    on.press(Qt.Key.Key_W, PLAIN)
    view = on.page.view
    assert isinstance(view, ConflictView)
    assert view.another is not None
    part = view.another.part
    assert part is not None
    QTest.keyClick(part.named, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    on.type("chero")
    on.press(Qt.Key.Key_Return, PLAIN)
    view.another.take.click()
    on.settle()
    assert stands(store, made).values["preferred_language"] == "chr"


def _buttons(on: On) -> list[Button]:
    assert on.page.view is not None
    return [button for button in on.page.view.findChildren(Button) if button.isVisible()]


def test_a_deletion_beside_edits_is_kept_or_carried_out(
    qtbot: QtBot, desk: Desk, store: Store, other: Store, said: list[Message]
) -> None:
    made, _changes = make_record(store, "people", {"name": "June"})
    swap(store, other)
    delete_record(other, "people", made)
    edit_record(store, "people", made, {"town": "Almond"})
    swap(store, other)
    on = opened(qtbot, desk)
    assert isinstance(on.page.view, DeletionView)
    assert [line[1:] for line in on.page.view.history.lines] == [["Ben Arch", "Deleted"], ["Ada Crowe", "Town: Almond"]]
    on.press(Qt.Key.Key_2, PLAIN)
    assert store.count("people") == 0
    undo(on, said)
    assert len(store.decisions()) == 1
    on.press(Qt.Key.Key_1, PLAIN)
    assert (store.count("people"), store.decisions()) == (1, [])


def test_two_that_are_one_are_joined_with_the_values_chosen(
    qtbot: QtBot, desk: Desk, store: Store, bobs: tuple[str, str], said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    view = on.page.view
    assert isinstance(view, GroupView)
    assert set(view.chips) == {"name", "town"}
    assert view.chosen() == {"name": "Robert Locklear", "town": "Almond"}  # the older's, until somebody says otherwise
    view.chips["town"][1].click()
    assert view.chosen() == {"name": "Robert Locklear", "town": "Sylva"}
    on.press(Qt.Key.Key_S, PLAIN)
    (one,) = store.list("people")
    assert (one.id, one.title, one.values["town"]) == (bobs[0], "Robert Locklear", "Sylva")
    assert on.page.empty.isVisible()
    undo(on, said)
    assert store.count("people") == 2
    assert isinstance(on.page.view, GroupView)  # asked again


def test_two_that_are_not_one_are_not_asked_about_again_unless_that_is_undone(
    qtbot: QtBot, desk: Desk, store: Store, bobs: tuple[str, str]
) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_N, PLAIN)
    assert (store.count("people"), store.decisions()) == (2, [])
    on.page.look()
    on.settle()
    assert store.decisions() == []
    desk.undo()  # as Ctrl+Z does
    on.settle()
    on.settle()
    assert len(store.decisions()) == 1
    assert bobs[0] in {store.decisions()[0].record, store.decisions()[0].other}


@pytest.mark.usefixtures("june", "bobs")
def test_later_is_for_tomorrow_and_can_be_seen_and_taken_back(qtbot: QtBot, desk: Desk, said: list[Message]) -> None:
    on = opened(qtbot, desk)
    assert [line.icon for line in on.page.list.rows] == ["split", "users"]
    on.press(Qt.Key.Key_L, PLAIN)
    assert [line.icon for line in on.page.list.rows] == ["users"]
    assert isinstance(on.page.view, GroupView)
    assert on.page.put_off.text() == "1 left for later: show it"
    on.page.put_off.click()
    on.settle()
    assert [(line.icon, line.detail) for line in on.page.list.rows] == [
        ("users", "perhaps one person"),
        ("split", "2 answers that differ · left for later"),
    ]
    undo(on, said)
    assert [line.icon for line in on.page.list.rows] == ["split", "users"]
    assert not on.page.put_off.isVisible()


@pytest.mark.usefixtures("june", "bobs")
def test_a_line_is_chosen_by_up_and_down(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_Down, PLAIN)
    on.press(Qt.Key.Key_Return, PLAIN)
    assert isinstance(on.page.view, GroupView)


@pytest.mark.usefixtures("june")
def test_something_to_note_takes_no_other_s_place(qtbot: QtBot, desk: Desk, store: Store) -> None:
    store.set_aside("row", "June.xlsx", "June.xlsx", [("People, row 3", "It has no name.")])
    on = opened(qtbot, desk)
    assert isinstance(on.page.view, ConflictView), "the first of the list is in hand"
    on.page.refresh()
    on.settle()
    assert isinstance(on.page.view, ConflictView), "and stays there"


@pytest.mark.usefixtures("june", "bobs")
@pytest.mark.parametrize("line", [0, 1])
def test_what_is_undone_is_in_hand_again(qtbot: QtBot, desk: Desk, line: int) -> None:
    on = opened(qtbot, desk)
    first, second = on.page.list.rows
    on.page.list.line((first, second)[line].key).click()
    on.settle()
    on.press((Qt.Key.Key_1, Qt.Key.Key_S)[line], PLAIN)
    assert len(on.page.list.rows) == 1
    desk.undo()
    on.settle()
    on.settle()
    assert on.page.list.rows == (first, second)
    assert on.page.list.line((first, second)[line].key).isChecked()


@pytest.mark.usefixtures("june")
def test_tab_comes_to_a_decision_before_who_is_to_decide_it(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.handing.isVisible()
    walked = []
    for _press in range(6):
        QTest.keyClick(on.page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(on.page.focusWidget().accessibleName())
    assert walked == ["Use this number", "Use this number", "Keep both", "Write another…", "Later", "Who decides"]


def hand(on: On, name: str) -> None:
    choice = on.page.handing.choice
    choice.choose(name)
    choice.changed.emit(choice.chosen)
    on.page.handing.button.click()
    on.settle()
    on.settle()


@pytest.mark.usefixtures("june")
def test_it_is_handed_to_somebody_who_then_decides_and_others_see_that_it_waits(
    qtbot: QtBot, desk: Desk, store: Store, other: Store, said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    assert (on.page.whose.isVisible(), on.page.handing.choice.chosen) == (False, "")
    on.page.handing.choice.setFocus()
    on.press(Qt.Key.Key_B, PLAIN)  # a letter chooses among the names
    on.press(Qt.Key.Key_Up, PLAIN)
    assert (len(store.decisions()), store.decisions()[0].handed_to) == (1, "")
    hand(on, other.worker)
    [line] = on.page.list.rows
    assert line.detail == f"2 answers that differ · {other.worker}"
    assert on.page.handing.choice.isVisible()  # a coordinator may take it back
    assert not on.page.can["first"].isEnabled()
    swap(store, other)
    assert [other.decides(each) for each in other.decisions()] == [True]
    undo(on, said)
    assert on.page.can["first"].isEnabled()


@pytest.mark.usefixtures("june")
def test_what_is_a_coordinator_s_to_decide_is_only_seen_by_others(
    qtbot: QtBot, other: Store, jobs: Jobs, messages: Messages
) -> None:
    desk = Desk(other, jobs, messages)
    on = opened(qtbot, desk)
    assert (on.page.whose.text(), on.page.whose.isVisible()) == ("A coordinator decides this.", True)
    assert not on.page.handing.choice.isVisible()
    assert not on.page.can["first"].isEnabled()
    assert on.page.can["later"].isEnabled()
    jobs.stop()
    desk.deleteLater()


@pytest.mark.usefixtures("june")
def test_what_is_to_be_decided_of_one_record_is_in_hand_when_it_is_asked_for(
    qtbot: QtBot, desk: Desk, bobs: tuple[str, str]
) -> None:
    on = opened(qtbot, desk, kind="people", record=bobs[1])
    assert isinstance(on.page.view, GroupView)


def test_looking_finds_what_is_here_twice_and_says_how_many(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    on.page.look()
    on.settle()
    assert said[-1].text == "Nothing seems to be here twice."
    for _twice in range(2):
        make_record(store, "people", {"name": "Ada Hyde", "phones": [{"number": "828 555 0177"}]})
    on.page.look()
    on.settle()
    assert said[-1].text == "1 pair may be one."
    assert isinstance(on.page.view, GroupView)


@pytest.mark.usefixtures("june")
def test_what_comes_by_sync_is_there_at_once_and_what_is_in_hand_stays(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_W, PLAIN)
    view = on.page.view
    assert isinstance(view, ConflictView)
    desk.do(make_record, "people", {"name": "Ben"})
    on.settle()
    assert on.page.view is view  # and what is being written in it
    assert view.another is not None


def test_of_two_that_are_not_the_same_and_joined_by_others_one_is_taken_out(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    made = [make_record(store, "people", {"name": name})[0] for name in ("Ann", "Bea", "Cle")]
    not_the_same(store, "people", made[0], made[2])
    join(store, "people", made[0], made[1], {"name": "Ann"})
    join(store, "people", made[1], made[2], {"name": "Ann"})
    with store.writing("edit") as draft:
        draft.settle(Slot("people", made[0], "name"), "Ann")
    on = opened(qtbot, desk)
    assert isinstance(on.page.view, ApartView)
    assert [row.detail for row in on.page.list.rows] == ["not the same, and joined"]
    on.press(Qt.Key.Key_3, PLAIN)
    assert {view.id for view in store.list("people")} == {made[0], made[2]}
    assert on.page.empty.isVisible()
    undo(on, said)
    assert store.count("people") == 1
    on.press(Qt.Key.Key_1, PLAIN)
    assert (store.count("people"), store.decisions()) == (1, [])


def test_rows_set_aside_are_told_until_noted(qtbot: QtBot, desk: Desk, store: Store, said: list[Message]) -> None:
    store.set_aside("row", "June.xlsx", "June.xlsx", [("People, row 3", "It has no name.")])
    on = opened(qtbot, desk)
    view = on.page.view
    assert isinstance(view, NoticeView)
    assert [(row.text, row.detail) for row in on.page.list.rows] == [("Rows of June.xlsx", "1 thing to note")]
    words = [label.text() for label in view.findChildren(type(on.page.header.title)) if label.isVisible()]
    assert "People, row 3: It has no name." in words
    on.press(Qt.Key.Key_1, PLAIN)
    assert on.page.empty.isVisible()
    undo(on, said)
    assert isinstance(on.page.view, NoticeView)
