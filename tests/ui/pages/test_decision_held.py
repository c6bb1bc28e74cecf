"""What is held back of a lost laptop, looked at in the window: accepted, left out, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.laptops import revoke
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, department, names
from tests.ui.pages.test_decisions import PLAIN, opened, undo
from ui.desks import Desk
from ui.messages import Message
from ui.pages.decision_held import HeldView
from ui.widgets.plain_tables import PlainTable


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    with department(tmp_path) as made:
        yield made


@pytest.fixture
def store(county: Department) -> Store:
    """The coordinator's, with something held of Ben's laptop."""
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    make_record(ben, "people", {"name": "Otis Queen", "town": "Murphy"})
    revoke(county.office, ben.device)
    county.sync(ben, county.office)
    return county.office


def test_it_is_listed_with_a_count_accepted_and_undone(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    on = opened(qtbot, desk)
    assert isinstance(on.page.view, HeldView)
    assert [(row.text, row.detail) for row in on.page.list.rows] == [("From Ben's laptop", "1 change held back")]
    table = on.page.view.findChild(PlainTable)
    assert table is not None
    on.press(Qt.Key.Key_1, PLAIN)
    assert names(store) == {"Otis Queen"}
    assert on.page.empty.isVisible()
    undo(on, said)
    assert names(store) == set()
    assert isinstance(on.page.view, HeldView)


def test_it_is_left_out_and_that_undone(qtbot: QtBot, desk: Desk, store: Store, said: list[Message]) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_2, PLAIN)
    assert (names(store), store.decisions()) == (set(), [])
    undo(on, said)
    assert [each.what for each in store.decisions()] == ["held"]
