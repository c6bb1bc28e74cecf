"""The door for a damaged store: what it is put together again from, and then what came of every change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from outreach_app.texts import _
from ui.jobs import Progress
from ui.pages.doors import Door
from ui.pages.folders import asked_files, asked_folder
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, flow, row


@dataclass(frozen=True, slots=True)
class Rescuing:
    """What to rescue with: who opens it, and where to look beside the places that the store remembers."""

    passphrase: str = field(repr=False)
    folders: Sequence[Path]
    backups: Sequence[Path]


class RescuePage(Door):
    """Tells ``asked`` with a :class:`Rescuing`; then ``wait``, and ``show_account`` or ``stay``. ``opened`` with the
    passphrase once it is rescued; ``back`` to the passphrase."""

    asked = Signal(object)  # Rescuing
    opened = Signal(str)
    back = Signal()

    def __init__(self, sentence: str, passphrase: str) -> None:
        super().__init__()
        self._passphrase = passphrase
        self._folders: list[Path] = []
        self._backups: list[Path] = []
        self._rescued = False
        self.heading = Words(_("Rescue this store"), "hero", wrap=True)
        self.about = muted(f"{sentence} {_('The damaged files are kept.')}")
        self.places = Words("", wrap=True)
        self.more = muted(
            _("It looks where it kept its backups and where it synced. Put the sticks in, or name what else there is.")
        )
        self.folder = Button(_("A folder it synced with…"), icon="folder-open", does=self._on_folder)
        self.backup = Button(_("A backup…"), icon="download", does=self._on_backup)
        self.choices = Pane(column(self.more, flow(self.folder, self.backup), self.places))
        self.account = Words("", wrap=True)
        self.button = Button(_("Rescue"), primary=True, does=self._on_button)
        self.turn = LinkButton(_("Back to the passphrase"), self.back.emit)
        self.lay(
            column(self.heading, self.about, space="hair"),
            self.choices,
            self.account,
            self.fault,
            row(self.button, 1, self.turn, space="medium"),
        )
        self.places.hide()
        self.account.hide()
        self.setFocusProxy(self.button)

    def wait(self) -> None:
        """It is under way."""
        self.refuse("")
        for button in (self.button, self.folder, self.backup, self.turn):
            button.setEnabled(False)
        self.button.say(_("Rescuing…"))

    def tell(self, word: Progress) -> None:
        """Say what is done just now."""
        self._say(word.doing)

    def stay(self, sentence: str) -> None:
        """It could not be rescued; say why."""
        self._say("")
        self.refuse(sentence)
        for button in (self.button, self.folder, self.backup, self.turn):
            button.setEnabled(True)
        self.button.say(_("Rescue"))

    def show_account(self, words: str) -> None:
        """It is rescued: what came of every change."""
        self._rescued = True
        self.heading.setText(_("The store is together again"))
        self.about.hide()
        self.choices.hide()
        self.turn.hide()
        self._say(words)
        self.button.say(_("Open"))
        self.button.setEnabled(True)
        self.button.setFocus()

    def _say(self, words: str) -> None:
        self.account.setText(words)
        self.account.setVisible(bool(words))

    def _on_button(self) -> None:
        if self._rescued:
            self.opened.emit(self._passphrase)
        else:
            self.asked.emit(Rescuing(self._passphrase, tuple(self._folders), tuple(self._backups)))

    def _on_folder(self) -> None:
        folder = asked_folder(self, _("Which folder did it sync with?"))
        if folder is not None:
            self._folders.append(folder)
            self._show_places()

    def _on_backup(self) -> None:
        self._backups += asked_files(self, _("Which backup?"), [".backup"], _("Backups"))
        self._show_places()

    def _show_places(self) -> None:
        chosen = [str(each) for each in (*self._folders, *self._backups)]
        self.places.setText("\n".join(chosen))
        self.places.setVisible(bool(chosen))
