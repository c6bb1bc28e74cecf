"""Which columns a list shows, and in which order: taken away by their cross, added at the end."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.model.kinds import Kind
from outreach_app.texts import _, say
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import Card
from ui.widgets.chips import Choice, TakenChips
from ui.widgets.choices import ChoiceBox
from ui.widgets.labels import muted
from ui.widgets.layouts import Settling, row


class ColumnsBar(Settling):
    """``changed`` tells the names of the fields, in order; none for the usual ones."""

    changed = Signal(object)  # tuple[str, ...]

    def __init__(self, declared: Kind) -> None:
        super().__init__()
        self._declared = declared
        self._usual = tuple(field.name for field in declared.fields if field.listed)
        self.more = ChoiceBox(name=_("Add a column"), shrinks=True)
        self.more.changed.connect(self._on_more)
        self.chips = TakenChips(name=_("Columns"), trailing=self.more)
        self.chips.changed.connect(self._on_changed)
        usual = LinkButton(_("The usual columns"), lambda: self.changed.emit(()))
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.addWidget(Card("", self.chips, row((muted(_("They stand in the order they are added.")), 1), usual)))

    def show_columns(self, names: Sequence[str]) -> None:
        """Show which columns there are; none for the usual ones."""
        with QSignalBlocker(self.chips):
            self.chips.clear()
            for name in names or self._usual:
                self.chips.add(Choice(name, say(self._declared.by_name[name].label)))
        self._offer()

    def _offer(self) -> None:
        left = [field for field in self._declared.fields if field.name not in self.chips.keys]
        self.more.offer([Choice(field.name, say(field.label)) for field in left], _("Add a column"))
        self.more.setVisible(bool(left))

    def _on_more(self, name: str) -> None:
        if name:
            self.chips.add(Choice(name, say(self._declared.by_name[name].label)))

    def _on_changed(self, names: Sequence[str]) -> None:
        self._offer()
        self.changed.emit(() if tuple(names) == self._usual else tuple(names))
