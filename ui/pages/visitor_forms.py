"""The forms a visitor fills in alone, each made anew in the visitor's language: nothing of the one before is left, not
even to undo. No field looks anybody up.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from outreach_app.model.codes import spaced
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.sign_ins import NewSignIn
from outreach_app.store.views import View
from outreach_app.texts import _, language, speaking
from ui.pages.event_asked import GroupsAsked, WaysAsked
from ui.pages.event_forms import contact, contact_fault, part
from ui.widgets.announcements import announce
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import GrowingText, LabelledField, LineEdit
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, Piece, column, flow

_PAIR = 400  # pixels in which two fields stand side by side, at the plain text size
_OF_GROUPS = 4


def plain(line: LineEdit) -> LineEdit:
    """A line with no menu, and nothing to be dropped on it."""
    line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    line.setAcceptDrops(False)
    return line


def large(text: str, *, primary: bool = False, icon: str = "") -> Button:
    """A button of the visitor screen."""
    return Button(text, icon=icon, primary=primary, size=ButtonSize.LARGE)


class Step(Pane):
    """One thing that is asked. ``back`` where the visitor thought better of it; ``first`` has the focus."""

    back = Signal()

    def __init__(self, heading: str, lead: str, *pieces: Piece) -> None:
        self.heading = Words(heading, "hero", wrap=True)
        self.lead = Words(lead, "muted", wrap=True)
        self.fault = Words("", "fault", wrap=True)
        super().__init__(column(self.heading, self.lead, *pieces, self.fault, space="large"))
        self.lead.setVisible(bool(lead))
        self.fault.hide()
        self._spoken = language()

    @property
    def first(self) -> QWidget:
        """What has the focus."""
        raise NotImplementedError

    @property
    def typed(self) -> bool:
        """Whether anything is written or chosen."""
        return False

    @property
    def fields(self) -> dict[str, LineEdit | GrowingText]:
        """Where is written what goes along when the visitor goes from one thing to another, or to another language."""
        return {}

    def refuse(self, why: str) -> None:
        """Say why it is not done."""
        self.fault.setText(why)
        self.fault.setVisible(bool(why))
        if why:
            announce(self, why)


class Who(Pane):
    """A name, how to reach them if they like, and whether that is welcome."""

    def __init__(self) -> None:
        self.name = plain(LineEdit())
        self.contact = plain(LineEdit())
        self.name_field = LabelledField(_("Your name"), self.name)
        self.contact_field = LabelledField(_("Phone or e-mail, if you like"), self.contact)
        self.ways = WaysAsked(_("May we use it to reach you?"), keys=False)
        super().__init__(
            column(self.name_field, Columns((self.contact_field, 1), (self.ways, 1), least=_PAIR), space="large")
        )
        self.contact.textChanged.connect(self._on_contact)
        self.contact.editingFinished.connect(self._on_written)
        self._spoken = language()

    @property
    def typed(self) -> bool:
        """Whether anything is written."""
        return bool(self.name.text() or self.contact.text())

    @property
    def fields(self) -> dict[str, LineEdit | GrowingText]:
        """The name, and how to reach them."""
        return {"name": self.name, "contact": self.contact}

    def written(self, event: str, groups: tuple[str, ...] = ()) -> NewSignIn | None:
        """What is written, as a sign-in; None where there is no name, and it says so."""
        name = self.name.text().strip()
        with speaking(self._spoken):
            self.name_field.refuse("" if name else _("Please write your name. A first name is enough."))
        if not name:
            self.name.setFocus()
            return None
        told = contact(self.contact.text())
        return NewSignIn(
            event, name, phones=told["phones"], emails=told["emails"], consents=self.ways.consents, groups=groups
        )

    def _on_contact(self, text: str) -> None:
        self.contact_field.refuse("")
        self.ways.ask_for(text)

    def _on_written(self) -> None:
        with speaking(self._spoken):
            self.contact_field.refuse(contact_fault(self.contact.text()))


class SignInStep(Step):
    """The first: sign in, or go on to say something or to take part."""

    signed = Signal(object)  # NewSignIn
    tell = Signal()
    join = Signal()

    def __init__(self, event: str) -> None:
        self.who = Who()
        self.sign = large(_("Sign me in"), primary=True)
        self.tells, self.joins = large(_("I want to tell you something")), large(_("I want to take part"))
        buttons = Pane(flow(self.sign, self.tells, self.joins, across=16, down=12))
        super().__init__(_("Welcome. What is your name?"), _("A name is enough."), self.who, buttons)
        self._event = event
        self.sign.clicked.connect(lambda _on=False: self.send())
        self.tells.clicked.connect(lambda _on=False: self.tell.emit())
        self.joins.clicked.connect(lambda _on=False: self.join.emit())
        for line in (self.who.name, self.who.contact):
            line.returnPressed.connect(self.send)

    @property
    def first(self) -> QWidget:
        """The name."""
        return self.who.name

    @property
    def typed(self) -> bool:
        """Whether anything is written."""
        return self.who.typed

    @property
    def fields(self) -> dict[str, LineEdit | GrowingText]:
        """Who it is."""
        return self.who.fields

    def send(self) -> None:
        """Sign in."""
        written = self.who.written(self._event)
        if written is not None:
            self.signed.emit(written)


class TellStep(Step):
    """In the visitor's own words, with no name to them."""

    told = Signal(str, str)  # words, whether they may be shared

    def __init__(self) -> None:
        self.words = GrowingText(least=3, most=7)
        self.words.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.words.setAcceptDrops(False)
        self.field = LabelledField(_("In your words"), self.words)
        answers = [Choice(code, vocabulary("share_answers").label(code)) for code in ("yes", "no")]
        self.may_share = ChipRow(answers, name=_("May we share your words, without your name?"))
        send, back = large(_("Send"), primary=True), large(_("Back"))
        super().__init__(
            _("What would you like to tell us?"),
            _("Your name is not kept with it."),
            self.field,
            part(_("May we share your words, without your name?"), self.may_share),
            Pane(flow(send, back, across=16, down=12)),
        )
        send.clicked.connect(lambda _on=False: self.send())
        self.words.submitted.connect(self.send)
        back.clicked.connect(lambda _on=False: self.back.emit())

    @property
    def first(self) -> QWidget:
        """The words."""
        return self.words

    @property
    def typed(self) -> bool:
        """Whether anything is written or chosen."""
        return bool(self.words.text or self.may_share.chosen)

    @property
    def fields(self) -> dict[str, LineEdit | GrowingText]:
        """The words."""
        return {"words": self.words}

    def send(self) -> None:
        """Hand it over."""
        words = self.words.text.strip()
        with speaking(self._spoken):
            self.field.refuse("" if words else _("Nothing is written yet."))
        if words:
            self.told.emit(words, self.may_share.one or "")
        else:
            self.words.setFocus()


class JoinStep(Step):
    """Which groups to join or hear from; and who asks, unless they have just signed in."""

    asked = Signal(object, object)  # NewSignIn, or None of somebody who has signed in; ids of groups

    def __init__(self, event: str, groups: Sequence[View], *, known: bool) -> None:
        self.groups = GroupsAsked(_("Which of these?"), few=_OF_GROUPS, key="")
        self.who = None if known else Who()
        self._event = event
        none = muted(_("No groups are listed yet. Please ask our staff.")) if not groups else None
        send, back = large(_("Ask to join"), primary=True), large(_("Back"))
        super().__init__(
            _("How would you like to take part?"),
            _("We pass it on to the groups you choose, with how to reach you."),
            self.groups,
            none,
            self.who,
            Pane(flow(send, back, across=16, down=12)),
        )
        self._back = back
        self.groups.offer(groups)
        send.setVisible(bool(groups))
        send.clicked.connect(lambda _on=False: self.send())
        back.clicked.connect(lambda _on=False: self.back.emit())

    @property
    def first(self) -> QWidget:
        """The first group."""
        ids = self.groups.ids
        return self.groups.chips.chip(ids[0]) if ids else self._back

    @property
    def typed(self) -> bool:
        """Whether anything is written or chosen."""
        return bool(self.groups.chosen or (self.who is not None and self.who.typed))

    @property
    def fields(self) -> dict[str, LineEdit | GrowingText]:
        """Who it is, unless that is known."""
        return self.who.fields if self.who is not None else {}

    def send(self) -> None:
        """Ask."""
        groups = self.groups.chosen
        with speaking(self._spoken):
            self.refuse("" if groups else _("Please choose at least one."))
        if not groups:
            self.first.setFocus()
        elif self.who is None:
            self.asked.emit(None, groups)
        elif (written := self.who.written(self._event, groups)) is not None:
            self.asked.emit(written, groups)


class ThanksStep(Step):
    """It is done; and what else one may do."""

    tell = Signal()
    join = Signal()
    done = Signal()

    def __init__(self, heading: str, lead: str = "", code: str = "", *, signed_in: bool) -> None:
        keep = _("To hear what became of it, ask us with this code.") if code else ""
        self.code = Words(spaced(code) if code else "", "hero")
        self._done = large(_("I am done"), primary=True)
        tells, joins = large(_("I want to tell you something")), large(_("I want to take part"))
        buttons = Pane(flow(self._done, tells, joins, across=16, down=12))
        super().__init__(heading, lead, self.code, muted(keep), buttons)
        for widget, shown in ((self.code, code), (tells, not code), (joins, signed_in)):
            widget.setVisible(bool(shown))
        self._done.clicked.connect(lambda _on=False: self.done.emit())
        tells.clicked.connect(lambda _on=False: self.tell.emit())
        joins.clicked.connect(lambda _on=False: self.join.emit())

    @property
    def first(self) -> QWidget:
        """Done."""
        return self._done
