"""What is held back of a lost laptop, looked at in the window: accepted, left out, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.feedback import NewFeedback, record_feedback
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
def ben(county: Department) -> Store:
    """A worker's laptop."""
    made = county.joined("Ben")
    county.sync(made, county.office, made)
    return made


@pytest.fixture
def store(county: Department, ben: Store) -> Store:
    """The coordinator's, with something held of Ben's laptop."""
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


def test_what_only_coordinators_read_is_said_to_wait_for_a_second_press(
    qtbot: QtBot, desk: Desk, county: Department, ben: Store, said: list[Message]
) -> None:
    record_feedback(ben, NewFeedback("The inspector asked for money", sensitive=True))
    county.sync(ben, county.office)
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_1, PLAIN)
    assert said[-1].text.startswith("1 change accepted. What only coordinators read")
    on.press(Qt.Key.Key_1, PLAIN)
    assert said[-1].text == "1 change accepted."
    assert on.page.empty.isVisible()


def test_it_is_left_out_and_that_undone(qtbot: QtBot, desk: Desk, store: Store, said: list[Message]) -> None:
    on = opened(qtbot, desk)
    on.press(Qt.Key.Key_2, PLAIN)
    assert (names(store), store.decisions()) == (set(), [])
    undo(on, said)
    assert [each.what for each in store.decisions()] == ["held"]
