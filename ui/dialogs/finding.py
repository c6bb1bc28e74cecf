"""Whom or what are you looking for? A few letters and Enter, from anywhere."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from outreach_app.texts import _, say
from ui.desks import Desk
from ui.widgets.fields import LabelledField
from ui.widgets.labels import muted
from ui.widgets.suggestions import Suggestion, TypeAhead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach_app.store.searching import Found

_LINES = 8
_WIDE = 640


class FindingDialog(QDialog):
    """Opens on a field; Enter goes to the line chosen, Escape away."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: dict[str, Found] = {}
        self.setWindowTitle(_("Find"))
        self.field = TypeAhead(placeholder=_("A name, an organization, a phone number, a code"), room_for=_LINES)
        self.field.typed.connect(self._look_for)
        self.field.taken.connect(self._on_taken)
        self.nothing = muted("")
        made = QVBoxLayout(self)
        made.setContentsMargins(24, 20, 24, 20)
        made.addWidget(LabelledField(_("Find"), self.field, buddy=self.field.field))
        made.addWidget(self.nothing)
        self.setMinimumWidth(_WIDE)
        self.field.setFocus()

    def _look_for(self, typed: str) -> None:
        self.nothing.setText("")
        if typed:
            self._desk.read(lambda store: store.find(typed, limit=_LINES), lambda found: self._show(typed, found))

    def _show(self, typed: str, found: "Sequence[Found]") -> None:
        if not self.isVisible():
            return
        self._found = {f"{one.kind}/{one.id}": one for one in found}
        registry = self._desk.store.registry
        lines = [
            Suggestion(key, one.title, say(registry[one.kind].about.one), icon=registry[one.kind].about.icon)
            for key, one in self._found.items()
        ]
        self.field.offer(typed, lines)
        self.nothing.setText("" if lines or typed != self.field.text else _("Nothing found for these letters."))

    def _on_taken(self, line: Suggestion) -> None:
        found = self._found[line.key]
        self.accept()
        self._desk.go_to_record(found.kind, found.id)
