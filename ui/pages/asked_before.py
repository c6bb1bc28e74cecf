"""What this county asked before and what became of it, beside what is captured: so that it can be told to them."""

from collections.abc import Sequence

from outreach_app.operations.county_heard import Answered, answered_here
from outreach_app.texts import _
from ui.desks import Desk
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column

_SHOWN = 3


class AskedBefore(Pane):
    """``read(event)``; gone where nothing was answered there yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._event = ""
        self._lines = [Words("", "small", wrap=True) for _each in range(_SHOWN)]
        super().__init__(column(muted(_("Asked in this county before, and answered:")), *self._lines, space="small"))
        self.hide()

    @property
    def told(self) -> list[str]:
        """What is shown, the latest first."""
        return [line.text() for line in self._lines if line.text()]

    def read(self, event: str) -> None:
        """Show what was asked in the county of an event."""
        self._event = event
        self._desk.read(lambda store: answered_here(store, event, _SHOWN), lambda found: self._show(event, found))

    def _show(self, event: str, found: Sequence[Answered]) -> None:
        if event != self._event:
            return
        texts = [_said(each) for each in found] + [""] * _SHOWN
        for line, text in zip(self._lines, texts, strict=False):
            line.setText(text)
            line.setVisible(bool(text))
        self.setVisible(bool(found))


def _said(each: Answered) -> str:
    asked = f"“{each.words}”" if each.words else ", ".join(filter(None, each.themes))
    told = "" if each.told_back_on else _("(not told back yet)")
    return " ".join(part for part in (asked + ("" if each.words else ":"), each.decided, told) if part)
