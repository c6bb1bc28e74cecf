"""The sheet of keys: every action that has one where you are, made from the actions themselves."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.actions import keys_of
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Scroll
from ui.widgets.labels import KeyCap, Words, heading
from ui.widgets.layouts import row


class KeysDialog(QDialog):
    """Shows them in two columns; any key that closes a dialog closes it. ``helps`` goes to the pages of the help."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget, helps: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys that work here"))
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(24)
        shown = [made for made in actions.values() if keys_of(made)]
        for at, made in enumerate(shown):
            half = (len(shown) + 1) // 2
            line, side = at % half, 2 * (at // half)
            grid.addWidget(KeyCap(made), line, side)
            grid.addWidget(Words(made.text()), line, side + 1)
        grid.setRowStretch(len(shown), 1)
        close = Button(_("Close"), keys="Esc", does=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(heading(_("Keys that work here")))
        layout.addWidget(Scroll(sheet), 1)
        self.help = LinkButton(_("Read the help"), self._on_help)
        layout.addLayout(row(self.help, 1, close))
        self.setMinimumSize(560, 420)
        self._helps = helps
        close.setFocus()

    def _on_help(self) -> None:
        self.accept()
        self._helps()
