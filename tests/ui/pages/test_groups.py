"""Groups to join in the window: found by interest and county, followed key by key, handed out on paper."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.pages.groups import GroupsPage

TODAY = date(2026, 11, 21)


def opened(qtbot: QtBot, desk: Desk, **arguments: object) -> OnPage[GroupsPage]:
    return OnPage(qtbot, desk, GroupsPage(desk, lambda: TODAY), **arguments)


def seeded(store: Store) -> tuple[str, str]:
    """Two groups, one of them asked for three weeks ago."""
    food = make_record(
        store,
        "groups",
        {
            "name": "Food council",
            "interests": ["food"],
            "counties": ["37173"],
            "verified_on": "2026-11-02",
            "openings": 2,
        },
    )[0]
    make_record(store, "groups", {"name": "Youth voices", "interests": ["youth"], "counties": ["37113"]})
    person = make_record(store, "people", {"name": "Ada Crowe"})[0]
    wish = {"person": person, "group": food, "asked_on": "2026-10-31", "state": "asked"}
    return food, make_record(store, "interests", wish)[0]


def test_with_no_groups_it_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.directory.empty.isVisible()
    assert on.page.directory.empty.button is not None
    on.page.directory.empty.button.click()
    assert on.went[0].page == "record"
    on.press(Qt.Key.Key_2)
    assert on.page.wishes.empty.isVisible()
    on.press(Qt.Key.Key_3)
    assert "No group fits" in on.page.paper.fault.text()


def test_a_group_is_found_by_interest_county_and_letters(qtbot: QtBot, desk: Desk, store: Store) -> None:
    seeded(store)
    on = opened(qtbot, desk)
    directory = on.page.directory
    rows = [(line.text, line.detail, line.trailing, line.waits) for line in directory.list.rows]
    assert rows == [
        ("Food council", "2 free seats", "checked 2 Nov", False),
        ("Youth voices", "", "never checked", True),
    ]
    for box, key, found in (
        (directory.interest, "youth", ["Youth voices"]),
        (directory.interest, "", ["Food council", "Youth voices"]),
        (directory.county, "37173", ["Food council"]),
    ):
        box.choose(key)
        box.changed.emit(key)
        on.settle()
        assert [line.text for line in directory.list.rows] == found
    directory.search.setText("nowhere")
    on.settle()
    assert directory.nothing.isVisible()
    directory.show_all()
    on.settle()
    assert len(directory.list.rows) == 2


def test_old_is_said_in_words_and_one_key_makes_it_new(qtbot: QtBot, desk: Desk, store: Store) -> None:
    seeded(store)
    on = opened(qtbot, desk)
    on.page.directory.list.line(on.page.directory.fitting[1]).click()
    assert on.page.directory.checked.text().startswith("Nobody has made sure of this yet.")
    on.press(Qt.Key.Key_C)
    assert on.page.directory.checked.text() == "Last checked 21 November 2026."
    on.press(Qt.Key.Key_J)
    assert on.went[-1].arguments["group"] == on.page.directory.fitting[1]


def test_a_wish_is_followed_by_one_key_a_step(qtbot: QtBot, desk: Desk, store: Store) -> None:
    food, wish = seeded(store)
    on = opened(qtbot, desk)
    on.page.directory.asked.click()
    on.settle()
    (line,) = on.page.wishes.list.rows
    assert (line.text, line.trailing, line.waits) == ("Ada Crowe", "Asked · no answer for 3 weeks", True)
    assert on.page.wishes.where == {"group": food}
    said = []
    for _step in range(3):
        said.append(on.page.wishes.step_button.text())
        on.press(Qt.Key.Key_S)
    assert said == ["On to: sent", "On to: introduced", "On to: joined"]
    assert [line.trailing for line in on.page.wishes.list.rows] == ["Joined"]
    assert not on.page.can["step"].isEnabled()
    on.press(Qt.Key.Key_O)
    assert on.went == [Destination("record", {"kind": "interests", "record": wish})]


def test_the_hand_out_shows_what_the_directory_shows(qtbot: QtBot, desk: Desk, store: Store) -> None:
    seeded(store)
    on = opened(qtbot, desk)
    on.page.directory.county.choose("37173")
    on.press(Qt.Key.Key_3)
    assert on.page.paper.about.text() == "1 group that fits"
    assert on.page.paper.preview.pages == 1
    assert on.page.can["print_out"].isEnabled()
    assert not on.page.can["step"].isEnabled()
