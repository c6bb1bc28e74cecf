"""Whose a decision is, and handing it to somebody who knows."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from outreach_app.operations.deciding import Whose
from outreach_app.texts import _
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, row, tab_on


class HandingBar(Pane):
    """Below a decision: who is to decide it. ``handed`` tells the name chosen, "" for the coordinators."""

    handed = Signal(str)

    def __init__(self) -> None:
        self.choice = ChoiceBox(name=_("Who decides"))
        self.button = Button(_("Hand over"), size=ButtonSize.SMALL, does=lambda: self.handed.emit(self.choice.chosen))
        super().__init__(row(Words(_("Who decides"), "label", buddy=self.choice), self.choice, self.button, 1))
        self._name = ""
        self.choice.changed.connect(self._on_changed)
        self.hide()

    def show_whose(self, whose: Whose | None) -> None:
        """Show who is to decide, where who sits here can hand it to somebody; None for nothing in hand."""
        self.setVisible(whose is not None and whose.may_hand)
        if whose is not None:
            self._name = whose.name
            self.choice.offer([Choice(name, name) for name in _named(whose)], empty=_("A coordinator"))
            self.choice.choose(whose.name)
            self._on_changed(whose.name)

    def tab_after(self, view: QWidget) -> None:
        """Have Tab come here after all that stands above, which is made later."""
        above = [each for each in view.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise((*above[-1:], self.choice, self.button)):
            tab_on(before, after)

    def _on_changed(self, name: str) -> None:
        self.button.setEnabled(name != self._name)


def waits_for(name: str) -> str:
    """That it is somebody else's to decide."""
    return _("{name} decides this.", name=name) if name else _("A coordinator decides this.")


def _named(whose: Whose) -> list[str]:
    return sorted({*whose.others, *([whose.name] if whose.name else [])})
