"""Whose a decision is, and handing it to somebody who knows."""

from PySide6.QtCore import Signal

from outreach_app.operations.deciding import Whose
from outreach_app.texts import _
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, row


class HandingBar(Pane):
    """Below a decision: who is to decide it. ``handed`` tells the name chosen, "" for the coordinators."""

    handed = Signal(str)

    def __init__(self) -> None:
        self.words = Words("", "label")
        self.choice = ChoiceBox(name=_("Who decides"))
        super().__init__(row(self.words, self.choice, 1))
        self.choice.changed.connect(self.handed)
        self.hide()

    def show_whose(self, whose: Whose | None) -> None:
        """Show who is to decide, and to whom it can be handed by who sits here; None for nothing in hand."""
        self.setVisible(whose is not None)
        if whose is None:
            return
        self.words.setText(_("Who decides") if whose.may_hand else waits_for(whose.name))
        self.words.setProperty("role", "label" if whose.here else "waits")
        self.words.style().polish(self.words)
        self.choice.setVisible(whose.may_hand)
        self.choice.offer([Choice(name, name) for name in _named(whose)], empty=_("A coordinator"))
        self.choice.choose(whose.name)


def waits_for(name: str) -> str:
    """That it is somebody else's to decide."""
    return _("{name} decides this.", name=name) if name else _("A coordinator decides this.")


def _named(whose: Whose) -> list[str]:
    return sorted({*whose.others, *([whose.name] if whose.name else [])})
