"""What is said once a record is saved, and what can be done about it there and then."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.operations.writing_down import write_down
from outreach_app.texts import _
from ui.desks import Desk


def say_saved(desk: Desk, changes: Changes) -> None:
    """It is saved; the message bar takes that back."""
    if changes.change is None:  # what was written is what stood there
        desk.messages.done(_("Saved."))
    else:
        desk.messages.done(_("Saved."), _("Undo"), partial(desk.undo, changes.change))


def say_still_no(desk: Desk, values: Mapping[str, Any], changes: Changes) -> None:
    """A yes after a no: the no holds until somebody says that they changed their mind."""

    def again(_undone: Changes) -> None:
        desk.do(write_down, "consents", values, sure=True, done=lambda made: desk.go_to_record("consents", made[0]))

    words = _("Saved. Their earlier no still holds.")
    mind = _("They changed their mind: the yes holds")
    desk.messages.waits(words, mind, partial(desk.undo, changes.change, again))
