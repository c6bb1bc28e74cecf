"""What every test of the window has: the application dressed in the light look, a desk on a store of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui.desks import Desk
from ui.jobs import Jobs
from ui.look import Theme, dressed, wear
from ui.messages import Message, Messages

if TYPE_CHECKING:
    from outreach_app.store.stores import Store
    from ui.app import Frame


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """The light theme at the plain text size."""
    new = dressed(qapp, Theme.LIGHT)
    from ui.look import look

    if look() != new or not qapp.styleSheet():
        wear(qapp, new)


@pytest.fixture
def frames(qapp: QApplication) -> "Iterator[list[Frame]]":  # noqa: ARG001 - they need the application
    """The windows that a test makes, closed after it."""
    made: list[Frame] = []
    yield made
    for frame in made:
        frame.close()
        frame.deleteLater()
    made.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:  # noqa: ARG001 - its signals need the application
    """Jobs, stopped after the test."""
    made = Jobs()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def messages() -> Messages:
    """The one door for messages."""
    return Messages()


@pytest.fixture
def said(messages: Messages) -> list[Message]:
    """What was said through it, in order."""
    heard: list[Message] = []
    messages.said.connect(heard.append)
    return heard


@pytest.fixture
def desk(store: "Store", jobs: Jobs, messages: Messages) -> Iterator[Desk]:
    """A desk on an empty store. Whatever was asked of the store has ended before it is closed."""
    made = Desk(store, jobs, messages)
    yield made
    jobs.stop()
    made.deleteLater()
