"""What pages are made of, loaded beside the work once the window is open: at the first visit of a page nobody waits."""

import pkgutil
from importlib import import_module

from PySide6.QtCore import QTimer

from outreach_app.model.phones import shown_phone
from ui import pages
from ui.desks import Desk
from ui.jobs import Tell

_AFTER_MS = 700  # the first page comes first
_ANY_PHONE = "+18285550100"  # how numbers are written is read from files, at the first of them


def read_ahead(desk: Desk) -> None:
    """Load in a moment; it is broken off when the window is locked or closed."""
    QTimer.singleShot(_AFTER_MS, desk, lambda: None if desk.jobs.stopped else desk.aside(_load, yields=True))


def _load(tell: Tell) -> None:
    names = [each.name for each in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}.")]
    for done, name in enumerate(names):
        tell(done, len(names))
        import_module(name)
    shown_phone(_ANY_PHONE)
