"""What pages are made of, loaded beside the work once the window is open: at the first visit of a page nobody waits."""

import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QTimer

from outreach_app.model.phones import shown_phone
from ui import pages
from ui.desks import Desk

_AFTER_MS = 700  # the first page comes first
_BETWEEN_MS = 10
_ANY_PHONE = "+18285550100"  # how numbers are written is read from files, at the first of them


def read_ahead(desk: Desk) -> None:
    """Load in a moment, one thing after the other with a pause between; it ends when the window is locked or closed."""
    QTimer.singleShot(_AFTER_MS, desk, partial(_next, desk, _things()))


def _things() -> Iterator[Callable[[], object]]:
    for each in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        yield partial(import_module, each.name)
    yield partial(shown_phone, _ANY_PHONE)


def _next(desk: Desk, things: Iterator[Callable[[], object]]) -> None:
    thing = None if desk.jobs.stopped else next(things, None)
    if thing is not None:
        again = partial(_next, desk, things)
        desk.aside(lambda _tell: thing(), lambda _loaded: QTimer.singleShot(_BETWEEN_MS, desk, again), yields=True)
