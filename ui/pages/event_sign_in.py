"""Sign in: a name is enough. Enter signs in whoever is highlighted, Shift+Enter always somebody new."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach_app.model.dates import short
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.drafts import Typed
from outreach_app.operations.finding import HereAlready, Suggested
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.already_here import AlreadyHere
from ui.pages.event_finders import OrganizationField, PersonField
from ui.pages.event_forms import CaptureForm, contact, contact_fault, part, take_highlighted
from ui.pages.event_people import (
    CHANNELS,
    NEW_KEYS,
    already_here,
    channels_of,
    clock_said,
    groups_near,
    noes_that_hold,
    say_yes,
    sign_in_as_typed,
    ways_on_file,
)
from ui.widgets.buttons import Button
from ui.widgets.chips import ChipRow, Choice
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
        self._ways: tuple[str, ...] = ()  # ways there is an address for on file
        self._groups: Sequence[View] = ()
        self._offered: tuple[Choice, ...] = ()
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
        self.ways = ChipRow(name=_("May we contact you that way?"), many=True)
        self.ways_part = part(_("May we contact you that way?"), self.ways)
        self.ways_part.hide()
        terms = vocabulary("came_as").terms
        self.came_as = ChoiceBox([Choice(term.code, term.label_in()) for term in terms], name=_("Came as"))
        self.groups = ChipRow(name=_("Would you like to join or hear more?"), many=True)
        self.groups.changed.connect(self._on_group)
        self.groups_part = part(_("Would you like to join or hear more?"), self.groups)
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
        stays = muted(_("Clears and stays here for the next person."), wrap=False)
        self.lay(
            self.name_field,
            Columns((organization, 1), (self.contact_field, 1), least=_PAIR),
            self.here,
            self.ways_part,
            Columns((self.groups_part, 2), (part(_("Came as"), self.came_as), 1), least=_PAIR),
            row(Button.of(self.can["sign_in"], primary=True), stays, 1, space="medium"),
            1,
        )

    @property
    def first(self) -> QWidget:
        """The name."""
        return self.name.field

    def begin(self, event: str) -> None:
        """Start on an event: offer the groups of its county."""
        self.name.event_id = event
        self.desk.read(lambda store: groups_near(store, event), self._offer_groups)
        super().begin(event)

    def clear(self) -> None:
        """Ready for the next person; consent starts empty for each."""
        self._ways = ()
        self.name.clear()
        self.name_field.refuse("")
        self.organization.clear()
        self.contact.setText("")
        self.contact_field.refuse("")
        self.here.clear()
        self.came_as.choose(_USUAL)
        self._offer_ways()
        self.ways.choose(())
        self._show_groups(_FEW)
        self.blank()

    def typed(self) -> Typed:
        """What stands in the fields, and the ways on file of whoever was chosen."""
        return {**super().typed(), "on_file": list(self._ways)}

    def put_back(self, typed: Typed) -> None:
        """Put it back: the ways before what was answered about them, the groups before what was chosen of them."""
        super().put_back(typed)
        self._ways = tuple(typed.get("on_file", ()))
        self._offer_ways()
        self.ways.choose(typed["ways"])
        if set(typed["groups"]) - {view.id for view in self._groups[:_FEW]}:
            self._show_groups(len(self._groups))
        self.groups.choose(typed["groups"])

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
        self._save(self.name.choice, sign_in if self.name.settled else sign_in_as_typed)

    @action("sign_in_new", "Sign in as somebody new", shortcut=NEW_KEYS)
    def sign_in_new(self) -> None:
        """Always somebody new, whoever is highlighted."""
        if self.name.text:
            take_highlighted(self.organization)
            self._ways = ()  # what is on file is somebody else's
            self._offer_ways()
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
            consents=self._consents(),
            groups=tuple(key for key in self.groups.chosen if key != _MORE),
        )
        agreed = [channel for channel, state in new.consents.items() if state == "granted"]
        self.send(verb, new, lambda done: self._look_for_noes(done.person, agreed) if known and agreed else None)

    def _consents(self) -> dict[str, str]:
        chosen = self.ways.chosen
        if "no" in chosen:
            return dict.fromkeys(self._addressed(), "refused")
        return dict.fromkeys(chosen, "granted")

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

    def _addressed(self) -> tuple[str, ...]:
        """The channels there is an address for."""
        told = contact(self.contact.text())
        opened = (*channels_of(bool(told["phones"]), bool(told["emails"])), *self._ways)
        return tuple(way for way in CHANNELS if way in opened)

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
        if self._ways:
            self._ways = ()
            self._offer_ways()

    def _on_taken(self, line: Suggestion) -> None:
        self._look_who_is_here()
        if line.key != NEW:
            self.desk.read(lambda store: ways_on_file(store, line.key), lambda ways: self._on_ways(line, ways))

    def _on_ways(self, line: Suggestion, ways: tuple[str, ...]) -> None:
        if self.name.choice is line:  # else the next person stands here by now
            self._ways = ways
            self._offer_ways()

    def _on_contact(self, _text: str) -> None:
        self.contact_field.refuse("")
        self._offer_ways()
        self._look_who_is_here()

    def _look_who_is_here(self) -> None:
        """Whose phone or e-mail that is, unless somebody known signs in."""
        self.here.look("people", {} if self.name.known else contact(self.contact.text()))

    def _on_here(self, line: HereAlready) -> None:
        self.name.take(Suggestion(line.id, line.name))

    def _on_contact_written(self) -> None:
        self.contact_field.refuse(contact_fault(self.contact.text()))

    def _offer_ways(self) -> None:
        """Ask only for ways there is an address for."""
        words = {
            "phone": Choice("phone", _("Call"), "phone", "Alt+1"),
            "text": Choice("text", _("Text"), "message-circle", "Alt+2"),
            "email": Choice("email", _("E-mail"), "mail", "Alt+3"),
        }
        no = Choice("no", _("No"), "ban", "Alt+0", excludes=True)
        ways = tuple(words[way] for way in self._addressed())
        offered = (*ways, no) if ways else ()
        if offered != self._offered:
            chosen, self._offered = self.ways.chosen, offered
            self.ways.offer(offered)
            self.ways.choose(chosen)
            self.ways_part.setVisible(bool(offered))

    def _offer_groups(self, groups: Sequence[View]) -> None:
        chosen, self._groups = self.groups.chosen, groups
        self._show_groups(_FEW)
        self.groups.choose(chosen)

    def _show_groups(self, number: int) -> None:
        shown = self._groups[:number]
        choices = [Choice(view.id, view.title, "plus") for view in shown]
        if len(self._groups) > number:
            choices.append(Choice(_MORE, _("More…"), shortcut="Alt+J"))
        self.groups.offer(choices)
        self.groups_part.setVisible(bool(shown))

    def _on_group(self, chosen: tuple[str, ...]) -> None:
        if _MORE in chosen:
            self._show_groups(len(self._groups))
            self.groups.choose(chosen)
            first = self.groups.chip(self._groups[_FEW].id)
            first.show()  # Qt would show it a moment later, and give no focus to what is not shown
            first.setFocus()


def _day(moment: str) -> str:
    return short(moment[:10], date.today(), language())
