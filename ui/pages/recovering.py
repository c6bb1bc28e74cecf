"""The doors of the department's printed sheet: for who forgot the passphrase, and for who has nothing but the sheet."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from outreach_app.texts import _
from ui.jobs import Progress
from ui.pages.doors import Door, NewPassphrase, all_said
from ui.pages.folders import asked_folder
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.fields import GrowingText, LabelledField, LineEdit
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, row


@dataclass(frozen=True, slots=True)
class Recovering:
    """The words of a recovery sheet that somebody tries, and the passphrase that is to be theirs."""

    words: str = field(repr=False)
    worker: str
    passphrase: str = field(repr=False)
    folder: Path | None = None  # that the department's laptops synced with, where no store is left


class RecoverPage(Door):
    """Tells ``asked`` with a :class:`Recovering`; then ``wait``, or ``stay_shut`` with the reason. ``back`` to the
    passphrase."""

    asked = Signal(object)  # Recovering
    back = Signal()

    def __init__(self, alone: bool = False) -> None:
        """``alone``: there is no store, and the department is to come back from a folder."""
        super().__init__()
        self._alone = alone
        self.folder = LineEdit(placeholder=_("A USB stick, a shared drive"))
        self.folder.returnPressed.connect(self._on_asked)
        self.choose = Button(_("Choose…"), icon="folder-open", size=ButtonSize.LARGE, does=self._on_choose)
        chosen = Pane(row((self.folder, 1), self.choose))
        self.folder_field = LabelledField(_("A folder that the laptops synced with"), chosen, buddy=self.folder)
        self.words = GrowingText(least=3, most=6, flows=True)
        self.words.submitted.connect(self._on_asked)
        self.words_field = LabelledField(_("The 24 words, or the square code scanned"), self.words)
        self.worker = LineEdit()
        self.worker.returnPressed.connect(self._on_asked)
        self.worker_field = LabelledField(_("Your name"), self.worker, hint=_("— what you write is written by you"))
        self.new = NewPassphrase(_("A new passphrase"))
        self.new.entered.connect(self._on_asked)
        self.button = Button(_("Open"), primary=True, keys=_("Enter"), does=self._on_asked)
        about = _("It lies where your department keeps such things. The first four letters of each word are enough.")
        title = _("Open with the recovery sheet")
        if alone:
            about = _(
                "What the laptops left in a folder comes back here, and this laptop is a coordinator's. "
                "Of each word of the sheet the first four letters are enough."
            )
            title = _("Bring the department back")
        self.lay(
            column(Words(title, "hero", wrap=True), muted(about), space="hair"),
            self.folder_field,
            self.words_field,
            self.worker_field,
            self.new,
            self.fault,
            row(
                self.button,
                1,
                LinkButton(_("Back") if alone else _("Back to the passphrase"), self.back.emit),
                space="medium",
            ),
        )
        self.folder_field.setVisible(alone)
        self.setFocusProxy(self.folder if alone else self.words)

    def wait(self) -> None:
        """It is being opened."""
        self.refuse("")
        self.button.setEnabled(False)
        self.button.say(_("Opening…"))

    def tell(self, word: Progress) -> None:
        """Say how many files of the folder are read."""
        if word.total and not self.button.isEnabled():
            self.button.say(_("{n} of {all} read", n=f"{word.done:,}", all=f"{word.total:,}"))

    def stay_shut(self, sentence: str) -> None:
        """It did not open; say why."""
        self.refuse(sentence)
        self.button.setEnabled(True)
        self.button.say(_("Open"))

    def _on_choose(self) -> None:
        folder = asked_folder(self, _("Which folder did the laptops sync with?"), self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def _on_asked(self) -> None:
        if not self.button.isEnabled():
            return
        folder = self.folder.text().strip() if self._alone else ""
        words, worker = self.words.text.strip(), self.worker.text().strip()
        needed = (
            (self.folder_field, _("Please choose a folder first.") if self._alone and not folder else ""),
            (self.words_field, "" if words else _("Please write the words of the sheet.")),
            (self.worker_field, "" if worker else _("Please write your name.")),
        )
        if all_said([*needed, *self.new.reasons()]):
            self.asked.emit(Recovering(words, worker, self.new.text, Path(folder) if folder else None))
