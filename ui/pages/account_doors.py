"""Doors where something is done with the whole store: chosen, waited for, and then told what came of every change."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.texts import _
from ui.jobs import Ended, Job, Jobs, Progress
from ui.pages.doors import Door
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, Piece, column, row


class AccountDoor(Door):
    """``follow`` while it is under way, ``stay`` where it could not be done, ``show_account`` once it is. ``back`` to
    the passphrase. Whoever derives from it says what the button does, and that depends on ``done``."""

    back = Signal()

    def __init__(self, title: str, about: str, does: str, doing: str) -> None:
        super().__init__()
        self._does, self._doing = does, doing
        self.done = False
        self.heading = Words(title, "hero", wrap=True)
        self.about = muted(about)
        self.account = Words("", wrap=True)
        self.button = Button(does, primary=True, does=self.on_button)
        self.turn = LinkButton(_("Back to the passphrase"), self.back.emit)
        self.stop = LinkButton(_("Stop"), self._on_stop)
        self._job: Job[Any] | None = None
        self.account.hide()
        self.stop.hide()

    def lay_choices(self, *choices: Piece, held: Sequence[QWidget]) -> None:
        """Lay what there is to choose between the heading and the button; ``held`` is held while it is under way."""
        self.choices = Pane(column(*choices))
        self._held = (self.button, self.turn, *held)
        self.lay(
            column(self.heading, self.about, space="hair"),
            self.choices,
            self.account,
            self.fault,
            row(self.button, self.stop, 1, self.turn, space="medium"),
        )

    def on_button(self) -> None:
        """Do it, or once it is done go on."""
        raise NotImplementedError

    def follow(self, jobs: Jobs, job: "Job[Any]") -> None:
        """It is under way, by this job: what is done just now is said, and it can be stopped."""
        if self._job is None:
            jobs.progressed.connect(self._on_progress)
            jobs.ended.connect(self._on_ended)
        self._job = job
        self.refuse("")
        for piece in self._held:
            piece.setEnabled(False)
        self.button.say(self._doing)
        self.stop.say(_("Stop"))
        self.stop.setEnabled(True)
        self.stop.show()
        self.stop.setFocus()

    def _on_progress(self, word: Progress) -> None:
        if word.job is self._job:
            self.say(_("{doing} ({n} of {all})", doing=word.doing, n=min(word.done + 1, word.total), all=word.total))

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.say(_("Stopping…"))
            self.stop.setEnabled(False)

    def _on_ended(self, ended: Ended) -> None:
        if ended.job is self._job and ended.cancelled:
            self.stay(_("Stopped. All is as it was."))

    def stay(self, sentence: str) -> None:
        """It could not be done; say why."""
        self.stop.hide()
        self.say("")
        self.refuse(sentence)
        for piece in self._held:
            piece.setEnabled(True)
        self.button.say(self._does)
        self.button.setFocus()

    def show_account(self, heading: str, words: str) -> None:
        """It is done: what came of every change."""
        self.done = True
        self.heading.setText(heading)
        for piece in (self.about, self.choices, self.turn, self.stop):
            piece.hide()
        self.say(words)
        self.button.say(_("Open"))
        self.button.setEnabled(True)
        self.button.setFocus()

    def say(self, words: str) -> None:
        """Say something above the button; "" for nothing."""
        self.account.setText(words)
        self.account.setVisible(bool(words))
