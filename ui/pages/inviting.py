"""Inviting another laptop into the space: one file, and six words that are told apart from it."""

from pathlib import Path

from PySide6.QtCore import Qt

from outreach_app.operations.spaces import invite
from outreach_app.sync.invitations import SUFFIX
from outreach_app.texts import _
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.folders import asked_new_file, show_folder
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, row


class InvitingCard(Card):
    """Makes the file where the person wants it, then shows its six words large, until they are put away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Invite another laptop"))
        self.desk = desk
        self.can = bind(self, self)
        self._file = Path()
        self.about = muted(
            _("One file and six words let in one laptop, and no second one. The file is good for two weeks.")
        )
        self.button = Button.of(self.can["invite"])
        self.words = Words("", "hero", wrap=True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setAccessibleName(_("The six words"))
        self.where = muted("")
        self.made = Pane(
            column(
                muted(_("Its six words:")),
                self.words,
                muted(_("Tell them by phone or face to face, never together with the file.")),
                self.where,
                row(
                    LinkButton(_("Show the folder"), lambda: show_folder(self._file)),
                    LinkButton(_("Put the words away"), self.put_away),
                    1,
                    space="medium",
                ),
                space="small",
            )
        )
        self.made.hide()
        for piece in (self.about, self.made):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.button, 1))

    @action("invite", "Make an invitation…", shortcut="Alt+I", icon="user-plus")
    def make(self) -> None:
        """Ask where the file should go, and make it."""
        file = asked_new_file(self, _("Where should the invitation go?"), _("invitation") + SUFFIX, SUFFIX)
        if file is not None:
            self.desk.work(lambda store, _tell: invite(store, file), lambda code: self._show(file, code))

    def put_away(self) -> None:
        """Show the words no longer; they are kept nowhere."""
        self.words.setText("")
        self.made.hide()
        self.about.show()

    def _show(self, file: Path, code: str) -> None:
        self._file = file
        self.words.setText(code)
        self.where.setText(_("The file: {name}", name=file.name))
        self.about.hide()
        self.made.show()
        self.words.setFocus()
