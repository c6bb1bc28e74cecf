"""Sign in: a name is enough. Enter signs in whoever is highlighted, Shift+Enter always somebody new."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach_app.journal.changes import WriteId
from outreach_app.model.dates import short
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.drafts import Typed
from outreach_app.operations.finding import HereAlready, Suggested
from outreach_app.operations.sign_ins import NewSignIn, SignedIn, sign_in
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.already_here import AlreadyHere
from ui.pages.event_asked import GroupsAsked, WaysAsked
from ui.pages.event_finders import OrganizationField, PersonField
from ui.pages.event_forms import CaptureForm, contact, contact_fault, part, take_highlighted
from ui.pages.event_people import (
    NEW_KEYS,
    already_here,
    clock_said,
    groups_near,
    noes_that_hold,
    say_yes,
    sign_in_as_typed,
    ways_on_file,
)
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, row
from ui.widgets.suggestions import NEW, Suggestion

_FEW = 2
_MORE = "more"
_USUAL = "community_member"
_PAIR = 560  # pixels in which two fields stand side by side


class SignInForm(CaptureForm):
    """The form of *Sign in*."""

    way = "to_sign_in"
    what = "Sign-in"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._near: Sequence[View] = ()  # the groups to join, those of the county first
        self._last: tuple[WriteId, Typed] | None = None  # the entry just made of somebody known, and what was typed
        self._here: dict[str, int] = {}  # when those offered signed in at this event
        self.name = PersonField(desk, new=_("New: {typed}"), described=self._described)
        self.name.typed.connect(self._on_typed)
        self.name.taken.connect(self._on_taken)
        self.name_field = LabelledField(_("Name"), self.name, hint=_("— a name is enough"), buddy=self.name.field)
        self.organization = OrganizationField(desk)
        self.contact = LineEdit()
        self.contact.textChanged.connect(self._on_contact)
        self.contact_field = LabelledField(_("Phone or e-mail"), self.contact, hint=_("if they like"))
        self.contact.editingFinished.connect(self._on_contact_written)
        self.here = AlreadyHere(desk, take=_("It is {name}"), queue=True)
        self.here.taken.connect(self._on_here)
        self.ways_part = WaysAsked(_("May we contact you that way?"))
        self.ways = self.ways_part.chips
        terms = vocabulary("came_as").terms
        self.came_as = ChoiceBox([Choice(term.code, term.label_in()) for term in terms], name=_("Came as"))
        self.groups_part = GroupsAsked(_("Would you like to join or hear more?"), few=_FEW)
        self.groups = self.groups_part.chips
        self.drafted = {
            "name": self.name,
            "organization": self.organization,
            "contact": self.contact,
            "ways": self.ways,
            "came_as": self.came_as,
            "groups": self.groups,
        }
        organization = LabelledField(
            _("Organization"), self.organization, hint=_("if any"), buddy=self.organization.field
        )
        self.stays = muted("")
        self.else_button = Button.of(self.can["someone_else"], size=ButtonSize.LARGE)
        self._say_who()
        self.lay(
            self.name_field,
            Columns((organization, 1), (self.contact_field, 1), least=_PAIR),
            self.here,
            self.ways_part,
            Columns((self.groups_part, 2), (part(_("Came as"), self.came_as), 1), least=_PAIR),
            row(Button.of(self.can["sign_in"], primary=True), (self.stays, 1), self.else_button, space="medium"),
            1,
        )

    @property
    def first(self) -> QWidget:
        """The name."""
        return self.name.field

    def begin(self, event: str) -> None:
        """Start on an event: offer the groups of its county."""
        self.name.event_id = event
        self._say_who()
        self.desk.read(lambda store: groups_near(store, event), self._on_groups)
        super().begin(event)

    def clear(self) -> None:
        """Ready for the next person; consent starts empty for each."""
        self.name.clear()
        self.name_field.refuse("")
        self.organization.clear()
        self.contact.setText("")
        self.contact_field.refuse("")
        self.here.clear()
        self.came_as.choose(_USUAL)
        self.ways_part.ask_for("")
        self.ways.choose(())
        self.groups_part.choose(())
        self.groups_part.offer(self._near)
        self.blank()

    def typed(self) -> Typed:
        """What stands in the fields, and the ways on file of whoever was chosen."""
        return {**super().typed(), "on_file": list(self.ways_part.on_file)}

    def put_back(self, typed: Typed) -> None:
        """Put it back: the ways before what was answered about them, the groups before what was chosen of them."""
        super().put_back(typed)
        self.ways_part.ask_for(self.contact.text(), typed.get("on_file", ()))
        self.ways.choose(typed["ways"])
        self.groups_part.choose(typed["groups"])

    def look_again(self) -> None:
        """What is offered may have changed."""
        self.name.look_again()

    @action("sign_in", "Sign in", shortcut="Enter")
    def sign_in(self) -> None:
        """Sign in whoever is highlighted, else somebody new of that name."""
        if not self.name.text:
            self.take_focus()
            return
        take_highlighted(self.name, self.organization)
        if self._only_again():
            self.name_field.refuse(already_here(self._here[self.name.known]))
            self.take_focus()
            return
        self._save(self.name.choice, sign_in if self.name.settled or self.name.anew else sign_in_as_typed)

    @action("sign_in_new", "Sign in as somebody new", shortcut=NEW_KEYS)
    def sign_in_new(self) -> None:
        """Always somebody new, whoever is highlighted."""
        if self.name.text:
            take_highlighted(self.organization)
            self.ways_part.ask_for(self.contact.text())  # what is on file is somebody else's
            self._save(None, sign_in)

    def _only_again(self) -> bool:
        """Whether it would only sign in once more somebody who has signed in here."""
        typed = self.typed()
        beside = any(typed[name] != self._blank[name] for name in self.drafted if name != "name")
        return self.name.known in self._here and not beside

    def _save(self, known: Suggestion | None, verb: Callable[..., Any]) -> None:
        told = contact(self.contact.text())
        new = NewSignIn(
            self.event_id,
            known.text if known else self.name.text,
            person=known.key if known else "",
            organization=self.organization.known,
            organization_name=self.organization.text,
            phones=told["phones"],
            emails=told["emails"],
            came_as=self.came_as.chosen or _USUAL,
            consents=self.ways_part.consents,
            groups=self.groups_part.chosen,
        )
        agreed = [channel for channel, state in new.consents.items() if state == "granted"]
        typed = {**self.typed(), "name": [self.name.letters or new.name, ""], "on_file": []}
        self._say_who()

        def done(made: SignedIn) -> None:
            if made.known:
                self._say_who(made, typed)
            if made.known and agreed:
                self._look_for_noes(made.person, agreed)

        self.send(verb, new, done)

    def _say_who(self, made: SignedIn | None = None, typed: Typed | None = None) -> None:
        """Of somebody known who was just signed in, who it was, and the key that says it was another."""
        change = made.changes.change if made else None
        self._last = (change, typed) if change and typed else None
        stays = _("Clears and stays here for the next person.")
        self.stays.setText(_("{name} is signed in.", name=made.known) if made and self._last else stays)
        self.can["someone_else"].setEnabled(self._last is not None)
        self.else_button.setVisible(self._last is not None)

    @action("someone_else", "Someone else?", shortcut="Alt+N", icon="user-plus")
    def someone_else(self) -> None:
        """It was somebody new of that name: the entry is taken back, and what was typed stands here again."""
        if self._last is None:
            return
        change, typed = self._last
        if not self.untouched:
            self._unsaved.append(self.typed())
        self.desk.undo(change)
        self.put_back(typed)
        self.name.anew = True
        self.name.look_again()
        self._say_who()
        self._show_unsaved()
        self.take_focus()

    def _look_for_noes(self, person: str, agreed: Sequence[str]) -> None:
        """A yes takes the place of an earlier no only once somebody says so."""

        def told(noes: list[str]) -> None:
            if noes:
                ways = ", ".join(vocabulary("consent_channels").label(channel) for channel in noes)
                words = _("They said no to this before, and the no still holds: {ways}.", ways=ways)
                self.desk.messages.waits(
                    words, _("They changed their mind: the yes holds"), lambda: self._on_yes(person, noes)
                )

        self.desk.read(lambda store: noes_that_hold(store, person, agreed), told)

    def _on_yes(self, person: str, channels: Sequence[str]) -> None:
        for channel in channels:
            self.desk.do(say_yes, person, channel)

    # what is offered

    def _on_groups(self, groups: Sequence[View]) -> None:
        self._near = groups
        self.groups_part.offer(groups)

    def _described(self, line: Suggested) -> Suggestion:
        flag = ""
        if line.here is not None:
            self._here[line.id] = line.here
            flag = _("already here {time}", time=clock_said(line.here))
        came = _("came {day}", day=_day(line.came)) if line.came and not line.organization else ""
        icon = "user-check" if line.here is not None else "user"
        return Suggestion(line.id, line.name, line.organization or came, flag, icon)

    def _on_typed(self, _text: str) -> None:
        self._here = {}
        self._look_who_is_here()
        self.name_field.refuse("")
        self.ways_part.ask_for(self.contact.text())

    def _on_taken(self, line: Suggestion) -> None:
        self._look_who_is_here()
        event = self.event_id
        if line.key != NEW:
            self.desk.read(
                lambda store: (ways_on_file(store, line.key), groups_near(store, event, line.key)),
                lambda known: self._on_known(line, *known),
            )

    def _on_known(self, line: Suggestion, ways: tuple[str, ...], groups: Sequence[View]) -> None:
        if self.name.choice is line:  # else the next person stands here by now
            self.groups_part.offer(groups)
            self.ways_part.ask_for(self.contact.text(), ways)

    def _on_contact(self, _text: str) -> None:
        self.contact_field.refuse("")
        self.ways_part.ask_for(self.contact.text(), self.ways_part.on_file)
        self._look_who_is_here()

    def _look_who_is_here(self) -> None:
        """Whose phone or e-mail that is, unless somebody known signs in."""
        self.here.look("people", {} if self.name.known else contact(self.contact.text()))

    def _on_here(self, line: HereAlready) -> None:
        self.name.take(Suggestion(line.id, line.name))

    def _on_contact_written(self) -> None:
        self.contact_field.refuse(contact_fault(self.contact.text()))


def _day(moment: str) -> str:
    return short(moment[:10], date.today(), language())
