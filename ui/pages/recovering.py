"""The door for who forgot the passphrase: the department's printed sheet, and a new passphrase."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal

from outreach_app.texts import _
from ui.pages.doors import Door, NewPassphrase, all_said
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.fields import GrowingText, LabelledField, LineEdit
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import column, row


@dataclass(frozen=True, slots=True)
class Recovering:
    """The words of a recovery sheet that somebody tries, and the passphrase that is to be theirs."""

    words: str = field(repr=False)
    worker: str
    passphrase: str = field(repr=False)


class RecoverPage(Door):
    """Tells ``asked`` with a :class:`Recovering`; then ``wait``, or ``stay_shut`` with the reason. ``back`` to the
    passphrase."""

    asked = Signal(object)  # Recovering
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = GrowingText(least=3, most=6)
        self.words_field = LabelledField(_("The 24 words, or the square code scanned"), self.words)
        self.worker = LineEdit()
        self.worker.returnPressed.connect(self._on_asked)
        self.worker_field = LabelledField(_("Your name"), self.worker, hint=_("— what you write is written by you"))
        self.new = NewPassphrase(_("A new passphrase"))
        self.new.entered.connect(self._on_asked)
        self.button = Button(_("Open"), primary=True, keys=_("Enter"), does=self._on_asked)
        about = _("It lies where your department keeps such things. The first four letters of each word are enough.")
        self.lay(
            column(Words(_("Open with the recovery sheet"), "hero", wrap=True), muted(about), space="hair"),
            self.words_field,
            self.worker_field,
            self.new,
            self.fault,
            row(self.button, 1, LinkButton(_("Back to the passphrase"), self.back.emit), space="medium"),
        )
        self.setFocusProxy(self.words)

    def wait(self) -> None:
        """It is being opened."""
        self.refuse("")
        self.button.setEnabled(False)
        self.button.say(_("Opening…"))

    def stay_shut(self, sentence: str) -> None:
        """It did not open; say why."""
        self.refuse(sentence)
        self.button.setEnabled(True)
        self.button.say(_("Open"))

    def _on_asked(self) -> None:
        if not self.button.isEnabled():
            return
        words, worker = self.words.text.strip(), self.worker.text().strip()
        needed = (
            (self.words_field, "" if words else _("Please write the words of the sheet.")),
            (self.worker_field, "" if worker else _("Please write your name.")),
        )
        if all_said([*needed, *self.new.reasons()]):
            self.asked.emit(Recovering(words, worker, self.new.text))
