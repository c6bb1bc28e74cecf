"""Sign in: a name is enough. Enter signs in whoever is highlighted, Shift+Enter always somebody new."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from outreach_app.model.dates import short
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.finding import Suggestions, suggest_people
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.event_forms import CaptureForm, OrganizationField, contact, contact_fault, part, take_offered
from ui.widgets.buttons import Button
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import muted
from ui.widgets.layouts import fill, row
from ui.widgets.suggestions import NEW, Suggestion, TypeAhead

_FEW = 2
_MORE = "more"


class SignInForm(CaptureForm):
    """The form of *Sign in*."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ways: tuple[str, ...] = ()  # ways there is an address for on file
        self._groups: Sequence[View] = ()
        self.name = TypeAhead(new=_("New: {typed}"))
        self.name.typed.connect(self._on_typed)
        self.name.taken.connect(self._on_taken)
        self.organization = OrganizationField(desk)
        self.contact = LineEdit()
        self.contact.textChanged.connect(self._on_contact)
        self.ways = ChipRow(name=_("May we contact you that way?"), many=True)
        terms = vocabulary("came_as").terms
        self.came_as = ChoiceBox([Choice(term.code, term.label_in()) for term in terms], name=_("Came as"))
        self.groups = ChipRow(name=_("Would you like to join or hear more?"), many=True)
        self.groups.changed.connect(self._on_groups)
        self.contact_field = LabelledField(_("Phone or e-mail"), self.contact, hint=_("if they like"))
        self.ways_part = part(_("May we contact you that way?"), self.ways)
        self.groups_part = part(_("Would you like to join or hear more?"), self.groups)
        fill(
            self.body,
            (
                LabelledField(_("Name"), self.name, hint=_("— a name is enough"), buddy=self.name.field),
                row(
                    LabelledField(
                        _("Organization"), self.organization, hint=_("if any"), buddy=self.organization.field
                    ),
                    self.contact_field,
                    space="medium",
                ),
                row((self.ways_part, 1), (part(_("Came as"), self.came_as), 1), space="medium"),
                self.groups_part,
                row(
                    Button.of(self.can["sign_in"], primary=True),
                    muted(_("Clears and stays here for the next person."), wrap=False),
                    1,
                    space="medium",
                ),
                1,
            ),
            "medium",
            (18, 14, 18, 16),
        )

    @property
    def first(self) -> QWidget:
        """The name."""
        return self.name.field

    def begin(self, event: str) -> None:
        """Start on an event: offer the groups of its county."""
        super().begin(event)
        self.desk.read(lambda store: groups_near(store, event), self._offer_groups)

    def clear(self) -> None:
        """Ready for the next person; consent starts empty for each."""
        self._ways = ()
        self.name.clear()
        self.organization.clear()
        self.contact.clear()
        self.contact_field.refuse("")
        self.came_as.choose("community_member")
        self._offer_ways()
        self._show_groups(_FEW)

    def forget_suggestions(self) -> None:
        """What is offered may have changed."""
        if self.name.text and self.name.choice is None:
            self._on_typed(self.name.text)

    @action("sign_in", "Sign in", shortcut="Enter")
    def sign_in(self) -> None:
        """Sign in whoever is highlighted, else somebody new of that name."""
        if not self.name.text:
            self.take_focus()
            return
        take_offered(self.name, self.organization)
        self._save(self.name.choice)

    @action("sign_in_new", "Sign in as somebody new", shortcut="Shift+Enter")
    def sign_in_new(self) -> None:
        """Always somebody new, whoever is highlighted."""
        if self.name.text:
            take_offered(self.organization)
            self._save(None)

    def _save(self, known: Suggestion | None) -> None:
        told = contact(self.contact.text())
        new = NewSignIn(
            self.event_id,
            known.text if known else self.name.text,
            person=known.key if known else "",
            organization=self.organization.known,
            organization_name=self.organization.text,
            phones=told["phones"],
            emails=told["emails"],
            came_as=self.came_as.chosen or "community_member",
            consents=self._consents(),
            groups=tuple(key for key in self.groups.chosen if key != _MORE),
        )
        self.clear()
        self.take_focus()
        self.desk.do(sign_in, new)

    def _consents(self) -> dict[str, str]:
        chosen = self.ways.chosen
        if "no" in chosen:
            return dict.fromkeys(self._addressed(), "refused")
        return dict.fromkeys(chosen, "granted")

    def _addressed(self) -> tuple[str, ...]:
        """The channels there is an address for."""
        told = contact(self.contact.text())
        phone = ("phone", "text") if told["phones"] else ()
        return tuple(dict.fromkeys((*phone, *(("email",) if told["emails"] else ()), *self._ways)))

    def _on_typed(self, text: str) -> None:
        self._ways = ()
        self._offer_ways()
        self.desk.read(lambda store, event=self.event_id: suggest_people(store, text, event), self._on_found)

    def _on_found(self, found: Suggestions) -> None:
        lines = []
        for line in found.lines:
            flag = ""
            if line.here is not None:
                when = datetime.fromtimestamp(line.here / 1_000_000).astimezone()
                flag = _("already here {time}", time=f"{when:%H:%M}")
            came = _("came {day}", day=_day(line.came)) if line.came and not line.organization else ""
            icon = "user-check" if line.here is not None else "user"
            lines.append(Suggestion(line.id, line.name, line.organization or came, flag, icon))
        single = next((at for at, line in enumerate(lines, 1) if line.key == found.single), 0)
        self.name.offer(found.typed, lines, single)

    def _on_taken(self, line: Suggestion) -> None:
        if line.key != NEW:
            self.desk.read(lambda store: ways_on_file(store, line.key), self._on_ways)

    def _on_ways(self, ways: tuple[str, ...]) -> None:
        self._ways = ways
        self._offer_ways()

    def _on_contact(self, text: str) -> None:
        self.contact_field.refuse("" if self.contact.hasFocus() else contact_fault(text))
        self._offer_ways()

    def _offer_ways(self) -> None:
        """Ask only for ways there is an address for."""
        words = {
            "phone": Choice("phone", _("Call"), "phone", "Alt+1"),
            "text": Choice("text", _("Text"), "message-circle", "Alt+2"),
            "email": Choice("email", _("E-mail"), "mail", "Alt+3"),
        }
        offered = [words[way] for way in self._addressed()]
        chosen = self.ways.chosen
        no = Choice("no", _("No"), "ban", "Alt+0", excludes=True)
        self.ways.offer([*offered, no] if offered else [])
        self.ways.choose(chosen)
        self.ways_part.setVisible(bool(offered))

    def _offer_groups(self, groups: Sequence[View]) -> None:
        self._groups = groups
        self._show_groups(_FEW)

    def _show_groups(self, number: int) -> None:
        shown = self._groups[:number]
        choices = [Choice(view.id, view.title, "plus") for view in shown]
        if len(self._groups) > number:
            choices.append(Choice(_MORE, _("More…"), shortcut="Alt+J"))
        chosen = self.groups.chosen
        self.groups.offer(choices)
        if number > _FEW:
            self.groups.choose(chosen)
        self.groups_part.setVisible(bool(shown))

    def _on_groups(self, chosen: tuple[str, ...]) -> None:
        if _MORE in chosen:
            self._show_groups(len(self._groups))


def _day(moment: str) -> str:
    return short(moment[:10], date.today(), language())


def groups_near(store: Store, event: str) -> Sequence[View]:
    """The groups one may join, those that serve the event's county first."""
    view = store.get("events", event)
    county = view.values["county"] if view else None
    groups = store.list("groups")
    return sorted(groups, key=lambda group: (county not in group.elements("counties"), group.title))


def ways_on_file(store: Store, person: str) -> tuple[str, ...]:
    """The channels by which a person can be reached, from what is on file."""
    view = store.get("people", person)
    if view is None:
        return ()
    return (*(("phone", "text") if view.elements("phones") else ()), *(("email",) if view.elements("emails") else ()))
