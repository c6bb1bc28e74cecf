"""A laptop that waits outside, in the window: let in from To decide or Sync; and what it says of itself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.laptops import revoke
from outreach_app.operations.spaces import invite, join
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, department
from tests.helpers.shown_pages import OnPage
from tests.ui.pages.test_decisions import PLAIN
from tests.ui.pages.test_decisions import opened as decisions
from ui.desks import Desk
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.pages.decision_asking import AskingView
from ui.pages.syncing import SyncPage
from ui.pages.today import TodayPage

TODAY = date(2026, 11, 21)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    with department(tmp_path) as made:
        yield made


@pytest.fixture
def two(county: Department) -> list[Store]:
    """Ben's laptop came in by an invitation; Cora's came with the same one."""
    file, found = county.place / "one.invitation", []
    code = invite(county.office, file)
    for name in ("Ben", "Cora"):
        store = county.keep(join(county.place / name, file, code, name, OWN_PASSPHRASE, DEMO_COST))
        county.sync(store, county.office, store)
        found.append(store)
    return found


@pytest.fixture
def store(county: Department) -> Store:
    return county.office


@pytest.fixture
def cora(two: list[Store]) -> Store:
    return two[1]


def let_in(store: Store, cora: Store) -> bool:
    return cora.device in store.membership().members


def test_it_is_let_in_under_to_decide(qtbot: QtBot, desk: Desk, store: Store, cora: Store, said: list[Message]) -> None:
    on = decisions(qtbot, desk)
    assert isinstance(on.page.view, AskingView)
    assert [(row.text, row.detail) for row in on.page.list.rows] == [
        ("Cora's laptop waits to be let in", "a coordinator lets it in")
    ]
    assert not let_in(store, cora)
    on.press(Qt.Key.Key_1, PLAIN)
    assert let_in(store, cora)
    assert on.page.empty.isVisible()
    assert (said[-1].text, said[-1].does) == ("Cora's laptop is let in. Sync, so that it hears.", None)


def test_it_is_left_outside_under_to_decide_and_that_undone(
    qtbot: QtBot, desk: Desk, store: Store, cora: Store, said: list[Message]
) -> None:
    on = decisions(qtbot, desk)
    on.press(Qt.Key.Key_2, PLAIN)
    assert (store.decisions(), let_in(store, cora)) == ([], False)
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    assert [each.what for each in store.decisions()] == ["asking"]


def test_it_is_let_in_on_the_page_of_sync(qtbot: QtBot, desk: Desk, store: Store, cora: Store) -> None:
    on = OnPage(qtbot, desk, SyncPage(desk, lambda: TODAY))
    key = cora.device.hex()
    row = next(line for line in on.page.waits.rows if line.key == key)
    assert row.text == "Cora's laptop waits to be let in"
    assert row.detail.startswith(f"Its invitation has let in another laptop, Ben's. Its code is {key[:8]}.")
    link = on.page.waits.line(key).link
    assert link is not None
    link.click()
    on.settle()
    assert let_in(store, cora)
    on.page.refresh()
    on.settle()
    assert not on.page.waits_card.isVisible()
    assert not on.page.place_card.isVisible()


@pytest.mark.parametrize("page", [SyncPage, TodayPage])
def test_the_laptop_says_that_it_waits_and_then_that_it_was_given_up(
    qtbot: QtBot, jobs: Jobs, messages: Messages, county: Department, two: list[Store], page: type[SyncPage | TodayPage]
) -> None:
    ben, cora = two
    for store, begins in ((cora, "This laptop waits to be let in"), (ben, "Ada Crowe gave this laptop up as lost on ")):
        if store is ben:
            revoke(county.office, ben.device)
            county.sync(county.office, ben)
        desk = Desk(store, jobs, messages)
        on = OnPage(qtbot, desk, page(desk, lambda: TODAY))
        assert on.page.place_card.isVisible()
        assert on.page.place_card.words.text().startswith(begins)
