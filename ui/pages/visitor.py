"""The visitor screen: somebody signs in, says something or asks to join a group alone, in their language.

It shows no name of anybody, looks nobody up and keeps no draft. It is made anew for each visitor, and clears itself
where nobody touches it for a while.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from outreach_app.journal.changes import Changes
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.settings import choose_visitor_pin, has_visitor_pin, visitor_pin_opens
from outreach_app.operations.sign_ins import NewSignIn, SignedIn
from outreach_app.operations.visitors import Promises, hear_visitor, join_groups, promises, sign_in_visitor
from outreach_app.store.views import View
from outreach_app.texts import LANGUAGES, _, language, speaking
from ui.desks import Desk, Destination
from ui.look.looks import look
from ui.pages.base import Page
from ui.pages.event_drafts import write_in, written_in
from ui.pages.event_people import groups_near
from ui.pages.visitor_forms import (
    JoinStep,
    SignInStep,
    Step,
    TellStep,
    ThanksStep,
)
from ui.pages.visitor_lock import ChoosePinStep, LeaveStep, LockDown
from ui.pages.visitor_promises import PromisesFoot
from ui.widgets.announcements import announce
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, Settling, column, row

CLEARS_AFTER_MS = 75_000
WARNS_BEFORE_MS = 15_000
_THANKS_MS = 20_000
_TRIES, _WAIT_MS = 5, 30_000
_WIDE = 520  # pixels of the column in the middle, at the plain text size
_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class VisitorPage(Page):
    """``desk.go("visitor", event=id)``, from the event's page; the PIN leads back there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.event_id, self.person, self.spoken = "", "", language()
        self.step: Step | None = None
        self._groups: Sequence[View] = ()
        self._typed: dict[str, str] = {}  # by this visitor, in a step they left
        self._wrong = 0
        self.lock = LockDown(desk, self)
        desk.went.connect(self._on_went)
        self.department = muted("", wrap=False)
        names = [Choice(code, vocabulary("languages").label(code, code)) for code in LANGUAGES]
        self.languages = ChipRow(names, name="English · Español", required=True)
        self.languages.changed.connect(lambda chosen: self._speak(chosen[0]))
        self.clears = Words("", "waits", wrap=True)
        self.promises = PromisesFoot()
        self.staff = LinkButton("", self._on_staff)
        self.room = Pane(column(space="none"))
        self._timer = self._single(self._on_pause)
        self._waiting = self._single(self._on_waited)
        self._lay_out()

    def _lay_out(self) -> None:
        middle = Settling()
        middle.setLayout(column(1, self.room, self.clears, 2, self.promises))
        self._middle = middle
        across = Pane(QHBoxLayout())
        line = across.layout()
        assert isinstance(line, QHBoxLayout)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(middle, 100)
        line.addStretch(1)
        head = row((self.department, 1), self.languages, self.staff, space="large")
        self.lay(head, (Scroll(across), 1))
        self.clears.hide()

    def _single(self, does: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(does)
        return made

    # coming and leaving

    def shown(self, **arguments: Any) -> None:
        """It comes into view for an event: handed over at once, or once a PIN is chosen."""
        self.event_id, self.spoken = arguments["event"], language()
        event = self.event_id
        self.desk.read(lambda store: promises(store, LANGUAGES), self._on_promises)
        self.desk.read(lambda store: groups_near(store, event), self._on_groups)
        self.desk.read(has_visitor_pin, self._on_pin)

    def _on_pin(self, has: bool) -> None:
        if has:
            self._hand_over()
            return
        step = ChoosePinStep()
        step.chosen.connect(self._on_chosen)
        step.back.connect(self._leave)
        self._show(step)

    def _on_chosen(self, pin: str) -> None:
        step = self.step
        assert isinstance(step, ChoosePinStep)
        self.desk.work(
            lambda store, _tell: choose_visitor_pin(store, pin), lambda _none: self._hand_over(), step.field.refuse
        )

    def _hand_over(self) -> None:
        self.lock.begin()
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)  # a window sees every key; its widgets, only what nobody took
        self._begin()

    def _leave(self) -> None:
        self._timer.stop()
        handle = self.window().windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        held = self.lock.holds
        self.lock.end()
        if held:
            self.lock.rest_as_before()
        self._show(None)
        self.desk.go("event", event=self.event_id)

    def _on_staff(self) -> None:
        with speaking(self._own):
            step = LeaveStep()
        step.tried.connect(self._on_tried)
        step.forgotten.connect(self.desk.lock)
        step.back.connect(self._begin)
        self._show(step)
        if self._waiting.isActive():
            step.wrong(wait=True)

    def _on_tried(self, pin: str) -> None:
        self.desk.read(lambda store: visitor_pin_opens(store, pin), self._on_judged)

    def _on_judged(self, opens: bool) -> None:
        if opens:
            self._wrong = 0
            self._leave()
        elif isinstance(self.step, LeaveStep):
            self._wrong += 1
            wait = self._wrong >= _TRIES
            if wait:
                self._wrong = 0
                self._waiting.start(_WAIT_MS)
            self.step.wrong(wait)

    def _on_waited(self) -> None:
        if isinstance(self.step, LeaveStep):
            self.step.again()

    @property
    def _own(self) -> str:
        """The language of whoever handed the screen over."""
        return language()

    def _on_went(self, to: Destination) -> None:
        """Gone elsewhere, whichever way: the screen is the window's again."""
        if self.lock.holds and to.page != "visitor":
            self.lock.end()

    # one visitor

    def _begin(self) -> None:
        """The next visitor: nothing of the one before is left."""
        self.person = ""
        self._show(None)
        self._typed = {}
        self._speak(self._own)

    def _speak(self, code: str) -> None:
        """Everything in another language; what is typed stays."""
        self.spoken = code
        self.languages.choose([code])
        with speaking(code):
            self.staff.say(_("Staff"))
        self.promises.speak(code)
        again = {TellStep: self._to_tell, JoinStep: self._to_join}
        again.get(type(self.step), self._to_sign_in)()

    def _to_sign_in(self) -> None:
        if self.person:
            self._thank(_("You are signed in."), signed_in=True)
            return
        with speaking(self.spoken):
            step = SignInStep(self.event_id)
        step.signed.connect(self._on_signed)
        step.tell.connect(self._to_tell)
        step.join.connect(self._to_join)
        self._show(step)

    def _to_tell(self) -> None:
        with speaking(self.spoken):
            step = TellStep()
        step.told.connect(self._on_told)
        step.back.connect(self._to_sign_in)
        self._show(step)

    def _to_join(self) -> None:
        with speaking(self.spoken):
            step = JoinStep(self.event_id, self._groups, known=bool(self.person))
        step.asked.connect(self._on_asked)
        step.back.connect(self._to_sign_in)
        self._show(step)

    def _on_signed(self, written: NewSignIn) -> None:
        def done(made: SignedIn) -> None:
            self.person = made.person
            with speaking(self.spoken):
                self._thank(_("Thank you. You are signed in."), signed_in=True)

        self._do(partial(sign_in_visitor, visitor=written), done)

    def _on_told(self, words: str, may_share: str) -> None:
        def done(made: tuple[str, Changes]) -> None:
            with speaking(self.spoken):
                self._thank(_("Thank you for telling us."), made[0], signed_in=bool(self.person))
            self._typed.pop("words", None)

        event, spoken = self.event_id, self.spoken
        self._do(lambda store: hear_visitor(store, event, words, spoken, may_share), done)

    def _on_asked(self, written: NewSignIn | None, groups: tuple[str, ...]) -> None:
        event, person = self.event_id, self.person

        def done(made: SignedIn | Changes) -> None:
            if isinstance(made, SignedIn):
                self.person = made.person
            with speaking(self.spoken):
                self._thank(_("Thank you. We pass it on."), signed_in=False)

        if written is not None:
            self._do(partial(sign_in_visitor, visitor=written), done)
        else:
            self._do(lambda store: join_groups(store, event, person, groups), done)

    def _do(self, verb: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        """Save; what cannot be saved is said in the visitor's language, and to staff once they are back."""
        step = self.step

        def failed(why: str) -> None:
            self.desk.messages.fault(why)
            with speaking(self.spoken):
                if step is self.step and step is not None:
                    step.setEnabled(True)
                    step.refuse(_("This could not be saved. Please tell our staff."))

        if step is not None:
            step.setEnabled(False)  # or a second press would save it twice
        self.desk.do(verb, done=done, failed=failed)

    def _thank(self, heading: str, code: str = "", *, signed_in: bool) -> None:
        with speaking(self.spoken):
            step = ThanksStep(heading, code=code, signed_in=signed_in)
        step.tell.connect(self._to_tell)
        step.join.connect(self._to_join)
        step.done.connect(self._on_done)
        self._show(step)
        announce(step, heading)

    def _on_done(self) -> None:
        """Whoever wrote a name and has not signed in yet is still there."""
        if self._typed.get("name") and not self.person:
            self._to_sign_in()
        else:
            self._begin()

    def _show(self, step: Step | None) -> None:
        old, self.step = self.step, step
        for name, field in old.fields.items() if old is not None else ():
            self._typed[name] = written_in(field)
        room = self.room.layout()
        assert room is not None
        if old is not None:
            room.removeWidget(old)
            old.hide()
            old.deleteLater()
        if step is not None:
            for name, field in step.fields.items():
                write_in(field, self._typed.get(name, ""))
            room.addWidget(step)
            step.show()
            step.first.setFocus()
        self._middle.setMaximumWidth(round(_WIDE * look().text))
        for widget in (self.staff, self.languages, self.promises):
            widget.setVisible(self.lock.holds)
        self.promises.fold()
        self._touched()

    def _on_promises(self, told: Promises) -> None:
        self.department.setText(told.department)
        self.promises.show_promises(told)
        self.promises.speak(self.spoken)

    def _on_groups(self, groups: Sequence[View]) -> None:
        self._groups = groups

    # the pause

    def _touched(self) -> None:
        self.clears.hide()
        if not self.lock.holds or self.step is None:
            self._timer.stop()
        else:
            thanked = isinstance(self.step, ThanksStep)
            self._timer.start(_THANKS_MS if thanked else CLEARS_AFTER_MS - WARNS_BEFORE_MS)

    def _on_pause(self) -> None:
        fresh = isinstance(self.step, SignInStep) and not self.step.typed and self.spoken == self._own
        if fresh:
            return
        if self.clears.isHidden() and not isinstance(self.step, ThanksStep):
            with speaking(self.spoken):
                words = _("This page clears itself in {n} seconds. Press any key to stay.", n=WARNS_BEFORE_MS // 1000)
            self.clears.setText(words)
            self.clears.show()
            announce(self.clears, words)
            self._timer.start(WARNS_BEFORE_MS)
        else:
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: somebody is there."""
        if event.type() in _TOUCHES:
            self._touched()
        return super().eventFilter(watched, event)
