"""The cards of the page of keys: your own passphrase, who else works on this laptop, and when it locks itself."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from outreach_app.model.settings import IDLE
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.keys import (
    add_worker,
    ask_at_start,
    change_passphrase,
    remember_here,
    remove_worker,
)
from outreach_app.operations.settings import change_settings
from outreach_app.texts import _
from ui.desks import Desk
from ui.pages.doors import NewPassphrase, PassphraseField, all_said
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, column, row
from ui.widgets.rows import Row, RowList

_ASK, _KEYRING = "ask", "keyring"


class PassphraseCard(Card):
    """Change the passphrase of whoever is at work; the present one is asked for, as somebody else may be passing by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Your passphrase"))
        self.desk = desk
        self.old = PassphraseField(_("The one you have"))
        self.new = NewPassphrase(_("A new one"))
        self.button = Button(_("Change it"), does=self._on_asked)
        for field in (self.old, self.new):
            field.entered.connect(self._on_asked)
        for piece in (self.old, self.new):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.button, 1))

    def _on_asked(self) -> None:
        missing = "" if self.old.text else _("Please write your passphrase.")
        if all_said([(self.old.field, missing), *self.new.reasons()]):
            old, new = self.old.text, self.new.text
            self.desk.do(change_passphrase, old, new, done=self._on_changed, failed=self._on_refused)

    def _on_changed(self, _none: None) -> None:
        self.old.line.clear()
        self.new.clear()
        self.desk.messages.done(_("From now on the new passphrase opens Outreach for you."))

    def _on_refused(self, sentence: str) -> None:
        self.old.field.refuse(sentence)
        self.old.setFocus()


class WorkersCard(Card):
    """Who opens this laptop, each by a passphrase of their own. ``changed`` tells that somebody came or went."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Who works on this laptop"), space="small")
        self.desk = desk
        self.rows = RowList(name=_("Who works on this laptop"))
        self.name = LineEdit()
        self.name.returnPressed.connect(self._on_asked)
        self.name_field = LabelledField(_("Their name"), self.name)
        self.new = NewPassphrase(_("A passphrase of their own"))
        self.new.entered.connect(self._on_asked)
        self.button = Button(_("Let them in"), does=self._on_asked)
        self.form = Pane(column(self.name_field, self.new, row(self.button, 1)))
        self.turn = LinkButton(_("Let another worker in"), self._on_turn)
        about = muted(_("What is written is written by whoever opened it."))
        for piece in (about, self.rows, self.form):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.turn, 1))
        self.form.hide()

    def show_workers(self, workers: Sequence[str], mine: str) -> None:
        """Show who they are; ``mine`` is who is at work."""
        self.rows.show_rows([Row(name, name, "user", trailing=_("you") if name == mine else "") for name in workers])
        for name in workers:
            if name != mine:
                self.rows.line(name).link_to(_("Take away"), partial(self._on_remove, name))

    def _on_turn(self) -> None:
        self.form.setVisible(not self.form.isVisible())
        if self.form.isVisible():
            self.name.setFocus()

    def _on_asked(self) -> None:
        name, passphrase = " ".join(self.name.text().split()), self.new.text
        missing = "" if name else _("Please write the worker's name.")
        if all_said([(self.name_field, missing), *self.new.reasons()]):
            self.desk.do(add_worker, name, passphrase, done=lambda _none: self._on_added(name), failed=self._refuse)

    def _on_added(self, name: str) -> None:
        self.name.clear()
        self.new.clear()
        self.form.hide()
        self.desk.messages.done(_("{worker} can open Outreach here now.", worker=name))
        self.changed.emit()

    def _on_remove(self, name: str) -> None:
        def done(_none: None) -> None:
            self.desk.messages.done(_("{worker} cannot open Outreach here any more.", worker=name))
            self.changed.emit()

        self.desk.do(remove_worker, name, done=done)

    def _refuse(self, sentence: str) -> None:
        self.name_field.refuse(sentence)
        self.name.setFocus()


class LockingCard(Card):
    """When it locks itself, and whether the computer's keyring opens it at the start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Locking"))
        self.desk = desk
        minutes = [Choice(code, label) for code, label in vocabulary("idle_minutes").labels().items()]
        self.minutes = ChipRow(minutes, name=_("Lock when nobody touches it for"), required=True)
        self.minutes.changed.connect(self._on_minutes)
        ways = [Choice(_ASK, _("Ask for the passphrase")), Choice(_KEYRING, _("Open by this computer's keyring"))]
        self.start = ChipRow(ways, name=_("When Outreach starts"), required=True)
        self.start.changed.connect(self._on_start)
        self.shared = muted(_("Several people use this laptop, so Outreach asks each time who it is."))
        self.body.addWidget(
            LabelledField(_("Lock when nobody touches it for"), self.minutes, buddy=self.minutes.chip("5"))
        )
        self.start_field = LabelledField(_("When Outreach starts"), self.start, buddy=self.start.chip(_ASK))
        self.body.addWidget(self.start_field)
        self.body.addWidget(self.shared)

    def show_locking(self, minutes: int, remembered: bool, shared: bool) -> None:
        """Show how it is now."""
        self.minutes.choose([str(minutes)])
        self.start.choose([_KEYRING if remembered else _ASK])
        self.start_field.setVisible(not shared)
        self.shared.setVisible(shared)

    def _on_minutes(self, chosen: Sequence[str]) -> None:
        self.desk.do(change_settings, {IDLE: chosen[0]}, done=lambda _none: self.desk.set_up.emit())

    def _on_start(self, chosen: Sequence[str]) -> None:
        verb = remember_here if chosen[0] == _KEYRING else ask_at_start
        self.desk.do(verb, failed=self._on_no_keyring)

    def _on_no_keyring(self, sentence: str) -> None:
        self.start.choose([_ASK])
        self.desk.messages.fault(sentence)
