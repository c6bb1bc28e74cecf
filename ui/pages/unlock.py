"""The first page of every day: the passphrase, and nothing else."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from outreach_app.texts import _
from ui.pages.doors import Door, PassphraseField
from ui.widgets.buttons import Button
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import row


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A passphrase that somebody tries."""

    passphrase: str


class UnlockPage(Door):
    """Tells ``asked`` with an :class:`Unlocking`; then ``wait`` until it opened, or ``refuse`` with the reason."""

    asked = Signal(object)  # Unlocking

    def __init__(self) -> None:
        super().__init__()
        self.passphrase = PassphraseField(_("Passphrase"))
        self.passphrase.entered.connect(self._on_asked)
        self.button = Button(_("Open"), primary=True, keys=_("Enter"), does=self._on_asked)
        self.lay(
            Words("Outreach", "hero"),
            muted(_("Everything on this laptop is locked. Your passphrase opens it.")),
            self.passphrase,
            self.fault,
            row(self.button, 1),
        )
        self.setFocusProxy(self.passphrase)

    def wait(self) -> None:
        """It is being opened: a second or so, on purpose, so that nobody can try many passphrases."""
        self.refuse("")
        self.button.setEnabled(False)
        self.button.say(_("Opening…"))
        self.passphrase.line.setReadOnly(True)

    def stay_shut(self, sentence: str) -> None:
        """It did not open; say why, and let the person write again."""
        self.refuse(sentence)
        self.button.setEnabled(True)
        self.button.say(_("Open"))
        self.passphrase.line.setReadOnly(False)
        self.passphrase.line.selectAll()
        self.passphrase.line.setFocus()

    def _on_asked(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text:
            self.refuse(_("Please write your passphrase."))
            return
        self.asked.emit(Unlocking(self.passphrase.text))
