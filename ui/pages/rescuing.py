"""The door for a damaged store: what it is put together again from, and then what came of every change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from outreach_app.texts import _
from ui.pages.account_doors import AccountDoor
from ui.pages.folders import asked_files, asked_folder
from ui.widgets.buttons import Button
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import flow


@dataclass(frozen=True, slots=True)
class Rescuing:
    """What to rescue with: who opens it, and where to look beside the places that the store remembers."""

    passphrase: str = field(repr=False)
    folders: Sequence[Path]
    backups: Sequence[Path]


class RescuePage(AccountDoor):
    """Tells ``asked`` with a :class:`Rescuing`; ``opened`` with the passphrase once it is rescued."""

    asked = Signal(object)  # Rescuing
    opened = Signal(str)

    def __init__(self, sentence: str, passphrase: str) -> None:
        about = f"{sentence} {_('The damaged files are kept.')}"
        super().__init__(_("Rescue this store"), about, _("Rescue"), _("Rescuing…"))
        self._passphrase = passphrase
        self._folders: list[Path] = []
        self._backups: list[Path] = []
        self.places = Words("", wrap=True)
        self.more = muted(
            _("It looks where it kept its backups and where it synced. Put the sticks in, or name what else there is.")
        )
        self.folder = Button(_("A folder it synced with…"), icon="folder-open", does=self._on_folder)
        self.backup = Button(_("A backup…"), icon="download", does=self._on_backup)
        buttons = (self.folder, self.backup)
        self.lay_choices(self.more, flow(*buttons), self.places, held=buttons)
        self.places.hide()
        self.setFocusProxy(self.button)

    def show_rescued(self, words: str) -> None:
        """It is rescued: what came of every change."""
        self.show_account(_("The store is together again"), words)

    def on_button(self) -> None:
        """Rescue it, or open what was rescued."""
        if self.done:
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
