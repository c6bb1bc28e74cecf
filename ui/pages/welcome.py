"""The first page of all: who works here, for which department, and the passphrase that will lock it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from outreach_app.texts import _
from ui.pages.doors import Door, NewPassphrase, all_said
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, row


@dataclass(frozen=True, slots=True)
class Founding:
    """A laptop that begins by itself."""

    worker: str
    department: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Joining:
    """A laptop that comes in by an invitation file, which six words open."""

    worker: str
    invitation: Path
    code: str
    passphrase: str


class WelcomePage(Door):
    """Tells ``asked`` with a :class:`Founding` or a :class:`Joining`; then ``wait``, or ``stay`` with the reason."""

    asked = Signal(object)  # Founding | Joining
    sheet_alone = Signal()  # nothing but the recovery sheet is left

    def __init__(self) -> None:
        super().__init__()
        self._joins = False
        self.worker = LabelledField(_("Your name"), LineEdit())
        self.department = LabelledField(_("Your department"), LineEdit())
        file = LineEdit()
        choose = Button(_("Choose…"), icon="folder-open", size=ButtonSize.LARGE, does=self._on_choose)
        self.file = LabelledField(_("Invitation file"), Pane(row(file, choose)), buddy=file)
        self.code = LabelledField(_("Its six words"), LineEdit(), hint=_("— the ones you were told"))
        self.new = NewPassphrase(_("A passphrase"))
        self.invited = Pane(column(self.file, self.code, space="large"))
        self.turn = LinkButton(_("I have an invitation file"), self._on_turn)
        self.sheet = LinkButton(_("Only the recovery sheet is left"), self.sheet_alone.emit)
        self.button = Button(_("Start"), primary=True, keys=_("Enter"), does=self._on_asked)
        for field in (self.worker, self.department, self.file, self.code):
            _line(field).returnPressed.connect(self._on_asked)
        self.new.entered.connect(self._on_asked)
        self.lay(
            column(Words(_("Welcome to Outreach"), "hero", wrap=True), muted(_promise()), space="hair"),
            self.worker,
            self.department,
            self.invited,
            self.new,
            muted(_("Nobody can look it up for you.")),
            self.fault,
            row(self.button, 1, self.turn),
            row(1, self.sheet),
        )
        self.invited.hide()
        self.setFocusProxy(self.worker)

    def wait(self) -> None:
        """It is being made."""
        self.refuse("")
        self.button.setEnabled(False)
        self.button.say(_("One moment…"))

    def stay(self, sentence: str) -> None:
        """It could not be made; say why."""
        self.refuse(sentence)
        self.button.setEnabled(True)
        self.button.say(_("Start"))

    def join_by(self, invitation: Path) -> None:
        """Show the way in by an invitation, with this file."""
        if not self._joins:
            self._on_turn()
        _line(self.file).setText(str(invitation))

    def _on_turn(self) -> None:
        self._joins = not self._joins
        self.department.setVisible(not self._joins)
        self.invited.setVisible(self._joins)
        self.turn.say(_("I have no invitation file") if self._joins else _("I have an invitation file"))
        self.worker.setFocus()

    def _on_choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the invitation file"))
        if chosen:
            _line(self.file).setText(chosen)

    def _on_asked(self) -> None:
        if self.button.isEnabled() and self._all_said():
            worker, passphrase = _line(self.worker).text().strip(), self.new.text
            if self._joins:
                file = Path(_line(self.file).text().strip())
                self.asked.emit(Joining(worker, file, _line(self.code).text().strip(), passphrase))
            else:
                self.asked.emit(Founding(worker, _line(self.department).text().strip(), passphrase))

    def _all_said(self) -> bool:
        """Whether all is there; the first that is not says so, and has the focus."""
        wanted = [(self.worker, _("Please write your name."))]
        if self._joins:
            wanted += [(self.file, _("Please choose the file.")), (self.code, _("Please write the six words."))]
        else:
            wanted.append((self.department, _("Please write your department's name.")))
        reasons = [(field, "" if _line(field).text().strip() else words) for field, words in wanted]
        return all_said([*reasons, *self.new.reasons()])


def _line(field: LabelledField) -> LineEdit:
    assert isinstance(field.named, LineEdit)
    return field.named


def _promise() -> str:
    return _("What you write here stays on this laptop, locked, until you choose to sync. No network is needed.")
