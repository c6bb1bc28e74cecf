"""Follow-ups in the window: by day, done by one key, handed to somebody."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.pages.follow_ups import FollowUpsPage

TODAY = date(2026, 11, 21)


def opened(qtbot: QtBot, desk: Desk, **arguments: object) -> OnPage[FollowUpsPage]:
    return OnPage(qtbot, desk, FollowUpsPage(desk, lambda: TODAY), **arguments)


def shown(on: OnPage[FollowUpsPage]) -> dict[str, list[str]]:
    return {each.accessibleName(): [line.text for line in each.rows] for each in on.page.lists}


def test_with_nothing_to_do_it_says_what_waits_here(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk)
    assert on.page.empty.isVisible()
    assert not on.page.can["finish"].isEnabled()
    assert on.page.empty.button is not None
    on.page.empty.button.click()
    assert on.went[0].page == "record"


def test_one_key_is_done_and_the_next_is_chosen(qtbot: QtBot, desk: Desk, store: Store) -> None:
    made = [
        make_record(store, "follow_ups", {"what": what, "due": due, "state": "open", "who_does_it": who})[0]
        for what, due, who in (
            ("late", "2026-11-19", "Ben Arch"), ("today", "2026-11-21", store.worker),
            ("soon", "2026-11-24", store.worker), ("some day", None, None),
        )
    ]  # fmt: skip
    on = opened(qtbot, desk)
    assert shown(on) == {"Late": ["late"], "Due today": ["today"], "This week": ["soon"], "No day yet": ["some day"]}
    assert on.page.header.subtitle.text() == "4 to do, 1 of them late"
    focused = on.page.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "late Ben Arch 2 days late"
    on.press(Qt.Key.Key_D)
    assert shown(on) == {"Due today": ["today"], "This week": ["soon"], "No day yet": ["some day"]}
    on.press(Qt.Key.Key_D)
    on.press(Qt.Key.Key_O)
    assert on.went == [Destination("record", {"kind": "follow_ups", "record": made[2]})]
    desk.undo()
    on.settle()
    assert shown(on)["Due today"] == ["today"]


def test_it_is_handed_over_and_no_longer_mine(qtbot: QtBot, desk: Desk, store: Store) -> None:
    make_record(store, "follow_ups", {"what": "call", "state": "open", "who_does_it": store.worker})
    make_record(store, "follow_ups", {"what": "his", "state": "open", "who_does_it": "Ben Arch"})
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_2)
    assert shown(on) == {"No day yet": ["call"]}
    on.page.to.choose("Ben Arch")
    on.press(Qt.Key.Key_H)
    assert on.page.empty.isVisible()
    on.press(Qt.Key.Key_1)
    assert shown(on) == {"No day yet": ["call", "his"]}


def test_of_one_record_what_is_done_is_shown_too(qtbot: QtBot, desk: Desk, store: Store) -> None:
    person = make_record(store, "people", {"name": "Ada Crowe"})[0]
    make_record(store, "follow_ups", {"what": "hers", "state": "done", "for_person": person})
    make_record(store, "follow_ups", {"what": "other", "state": "open"})
    on = opened(qtbot, desk, kind="follow_ups", where={"for_person": person}, of="Ada Crowe")
    assert shown(on) == {"Done": ["hers"]}
    assert not on.page.can["finish"].isEnabled()
    on.page.only.clear()
    on.settle()
    assert shown(on) == {"No day yet": ["other"]}
