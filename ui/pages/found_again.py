"""The line over a form in which something stands that was typed another time: when, and the way to be rid of it."""

from collections.abc import Callable

from PySide6.QtGui import QAction

from outreach_app.operations.drafts import KeptDraft
from outreach_app.texts import _
from ui.desks import Desk
from ui.drafts import when_typed
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, row


class FoundAgain(Pane):
    """Shown once what was kept stands in the form again; gone when it is saved or cleared."""

    def __init__(self, empty: QAction) -> None:
        self._empty = empty
        self.words = Words("", "waits", wrap=True)
        super().__init__(row((self.words, 1), Button.of(empty, size=ButtonSize.LARGE)))
        self.say(None)

    def say(self, kept: KeptDraft | None) -> None:
        """Say when it was typed; None: nothing stands there that was found again."""
        self.words.setText(_("Typed {time}, not saved yet.", time=when_typed(kept)) if kept else "")
        self.setVisible(kept is not None)
        self._empty.setEnabled(kept is not None)


def cleared(desk: Desk, back: Callable[[], object]) -> None:
    """Say that a form was emptied, and offer to take that back."""
    desk.messages.done(_("Cleared."), _("Bring it back"), back)
