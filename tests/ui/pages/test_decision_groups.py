"""Several who may be one: side by side, one key for the group, a digit for who is none of them, undone by one key."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.messages import Message
from ui.pages.decision_groups import GroupView
from ui.pages.decisions import DecisionsPage

PLAIN = Qt.KeyboardModifier.NoModifier


def make(store: Store, name: str, phone: str, towns: tuple[str, ...]) -> list[str]:
    phones = [{"number": f"828 555 {phone}"}]
    return [make_record(store, "people", {"name": name, "phones": phones, "town": town})[0] for town in towns]


@pytest.fixture
def lulas(store: Store) -> list[str]:
    """Three who may be one, and two others behind them."""
    made = make(store, "Lula Mae Brank", "0144", ("Almond", "Sylva", "Andrews"))
    make(store, "Otis Kirkland", "0166", ("Almond", "Murphy"))
    look_for_duplicates(store)
    return made


class OnDecisions(OnPage[DecisionsPage]):
    @property
    def group(self) -> GroupView:
        assert isinstance(self.page.view, GroupView)
        return self.page.view

    def take(self, number: int) -> None:
        """Have the group of so many in hand."""
        [key] = [
            line.key
            for line, each in zip(self.page.list.rows, self.page.decisions, strict=True)
            if len(each.records) == number
        ]
        self.page.list.line(key).click()
        self.settle()


@pytest.fixture
def on(qtbot: QtBot, desk: Desk, lulas: list[str]) -> OnDecisions:  # noqa: ARG001 - they are there first
    made = OnDecisions(qtbot, desk, DecisionsPage(desk))
    made.take(3)
    return made


def test_they_are_one_line_of_the_list_and_stand_side_by_side(on: OnDecisions, lulas: list[str]) -> None:
    assert len(on.page.list.rows) == 2
    [line] = [each for each in on.page.list.rows if "3" in each.detail]
    assert (line.text, line.detail) == (" · ".join(["Lula Mae Brank"] * 3), "perhaps one person · 3 beside each other")
    assert on.page.header.subtitle.text() == "2 things that only a person can settle. Each can be undone."
    lines = {line[0]: line[1:] for line in on.group.table.lines}
    assert lines["Town, they differ"] == ["Town: Almond", "Town: Sylva", "Town: Andrews"]
    assert lines["Name"] == ["Lula Mae Brank"] * 3
    assert lines["Speaks for it"][0] == ""
    assert all("Same phone" in cell for cell in lines["Speaks for it"][1:])
    assert lines["Speaks against it"] == ["", "Towns differ", "Towns differ"]
    assert on.group.together == tuple(lulas)


def test_one_key_joins_them_all_and_the_next_comes_by_itself(
    on: OnDecisions, desk: Desk, store: Store, lulas: list[str]
) -> None:
    on.group.chips["town"][1].click()
    on.press(Qt.Key.Key_S, PLAIN)
    assert store.count("people") == 3
    one = store.get("people", lulas[2])
    assert one is not None
    assert one.values["town"] == "Sylva"
    assert len(on.group.of.decision.records) == 2, "the next is in hand"
    on.press(Qt.Key.Key_N, PLAIN)
    assert (store.count("people"), on.page.empty.isVisible()) == (3, True)
    for left in (3, 5):
        desk.undo()  # as Ctrl+Z does
        on.settle()
        on.settle()
        assert store.count("people") == left
    assert on.group.of.decision.records == tuple(lulas), "what was undone is in hand again"


def test_who_is_none_of_them_is_taken_out_by_a_digit(
    on: OnDecisions, store: Store, lulas: list[str], said: list[Message]
) -> None:
    town = on.group.chips["town"]
    on.press(Qt.Key.Key_1, PLAIN)
    assert (on.group.together, on.group.same_button.text()) == (tuple(lulas[1:]), "These 2 are the same")
    assert [chip.isEnabled() for chip in town] == [False, True, True]
    assert on.group.chosen() == {"town": "Sylva"}, "nothing is taken from who is none of them"
    assert "taken out" in on.group.heads[0].text()
    on.press(Qt.Key.Key_2, PLAIN)
    assert not on.group.same_button.isEnabled()
    on.press(Qt.Key.Key_S, PLAIN)
    assert store.count("people") == 5, "one alone is the same as nobody"
    on.press(Qt.Key.Key_2, PLAIN)
    on.press(Qt.Key.Key_S, PLAIN)
    assert said[-1].text == "They are one now, without those taken out."
    assert sorted(view.id for view in store.list("people"))[:2] == lulas[:2]
    look_for_duplicates(store)
    assert all(lulas[0] not in each.records for each in store.decisions())


def test_none_of_several_is_the_same(on: OnDecisions, store: Store, said: list[Message]) -> None:
    on.press(Qt.Key.Key_N, PLAIN)
    assert (said[-1].text, store.count("people")) == ("All 3 stay by themselves.", 5)
    look_for_duplicates(store)
    assert [len(each.records) for each in store.decisions()] == [2]


def test_later_leaves_the_whole_group(on: OnDecisions) -> None:
    on.press(Qt.Key.Key_L, PLAIN)
    assert len(on.group.of.decision.records) == 2
    assert on.page.put_off.text() == "1 left for later: show it"
