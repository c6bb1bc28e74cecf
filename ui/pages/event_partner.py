"""Partner: an organization, known or new, who was met there, what they need and offer, and what is to follow."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from outreach_app.model.dates import parse_day
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.finding import Suggestions, suggest_people
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.event_forms import CaptureForm, OrganizationField, contact, take_offered
from ui.pages.event_sign_in import groups_near
from ui.widgets.buttons import Button
from ui.widgets.chips import Choice, TakenChips
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import muted
from ui.widgets.layouts import fill, row
from ui.widgets.suggestions import NEW, Suggestion, TypeAhead

_OFFERED = 7


class PartnerForm(CaptureForm):
    """The form of *Partner*."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._groups: Sequence[View] = ()
        self.organization = OrganizationField(desk)
        self.person = TypeAhead(placeholder=_("Who was met"), new=_("New: {typed}"))
        self.person.typed.connect(self._on_person)
        self.job_title = LineEdit()
        self.contact = LineEdit()
        self.needs, self.needs_chips = self._picker(_("Needs"), "needs_and_offers")
        self.offers, self.offers_chips = self._picker(_("Offers"), "needs_and_offers")
        self.group, self.group_chips = self._groups_picker()
        self.follow_up = LineEdit(placeholder=_("What is to follow"))
        self.due = LineEdit(placeholder=_("By when"))
        self.due_field = LabelledField(_("By"), self.due)
        fill(
            self.body,
            (
                row(
                    LabelledField(_("Organization"), self.organization, buddy=self.organization.field),
                    LabelledField(_("Person"), self.person, hint=_("if any"), buddy=self.person.field),
                    space="medium",
                ),
                row(
                    LabelledField(_("Title"), self.job_title, hint=_("what they do there")),
                    LabelledField(_("Phone or e-mail"), self.contact, hint=_("if they like")),
                    space="medium",
                ),
                row(
                    LabelledField(_("Needs"), self.needs, buddy=self.needs.field),
                    LabelledField(_("Offers"), self.offers, buddy=self.offers.field),
                    LabelledField(_("Would like to join"), self.group, buddy=self.group.field),
                    space="medium",
                ),
                row(self.needs_chips, self.offers_chips, self.group_chips, space="medium"),
                row((LabelledField(_("Follow-up"), self.follow_up), 3), (self.due_field, 1), space="medium"),
                row(
                    Button.of(self.can["save"], primary=True),
                    muted(_("An organization or a name is enough."), wrap=False),
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
        """The organization."""
        return self.organization.field

    def begin(self, event: str) -> None:
        """Start on an event."""
        super().begin(event)
        self.desk.read(lambda store: groups_near(store, event), self._on_groups)

    def clear(self) -> None:
        """Ready for the next."""
        for typed in (self.organization, self.person, self.needs, self.offers, self.group):
            typed.clear()
        for field in (self.job_title, self.contact, self.follow_up, self.due):
            field.clear()
        for chips in (self.needs_chips, self.offers_chips, self.group_chips):
            chips.clear()
        self.due_field.refuse("")

    @action("save", "Save", shortcut="Ctrl+Enter")
    def save(self) -> None:
        """Save the contact."""
        take_offered(self.organization, self.person, self.needs, self.offers, self.group)
        if not (self.organization.text or self.person.text):
            self.take_focus()
            return
        try:
            due = parse_day(self.due.text(), language()) if self.due.text().strip() else ""
        except BadInput as fault:
            self.due_field.refuse(str(fault))
            return
        told, known = contact(self.contact.text()), self.person.choice
        new = NewPartnerContact(
            organization=self.organization.known,
            organization_name=self.organization.text,
            person=known.key if known else "",
            name="" if known else self.person.text,
            job_title=self.job_title.text().strip(),
            phones=told["phones"],
            emails=told["emails"],
            needs=self.needs_chips.keys,
            offers=self.offers_chips.keys,
            groups=self.group_chips.keys,
            follow_up=self.follow_up.text().strip(),
            follow_up_due=due,
            event=self.event_id,
        )
        self.clear()
        self.take_focus()
        self.desk.do(record_partner, new)

    def _picker(self, label: str, name: str) -> tuple[TypeAhead, TakenChips]:
        """A field that picks from a vocabulary, and the chips picked."""
        field, chips = TypeAhead(placeholder=_("Pick or type"), best_first=True), TakenChips(name=label)
        terms = vocabulary(name).terms

        def typed(text: str) -> None:
            wanted = text.casefold()
            fitting = [(term.code, term.label_in()) for term in terms if wanted in term.label_in().casefold()]
            field.offer(text, [Suggestion(code, said, icon="tags") for code, said in fitting[:_OFFERED]])

        def taken(line: Suggestion) -> None:
            if line.key != NEW:
                chips.add(Choice(line.key, line.text))
            field.clear()

        field.typed.connect(typed)
        field.taken.connect(taken)
        return field, chips

    def _groups_picker(self) -> tuple[TypeAhead, TakenChips]:
        field, chips = TypeAhead(placeholder=_("Pick or type"), best_first=True), TakenChips(name=_("Groups to join"))

        def typed(text: str) -> None:
            wanted = text.casefold()
            fitting = [view for view in self._groups if wanted in view.title.casefold()]
            field.offer(text, [Suggestion(view.id, view.title, icon="users") for view in fitting[:_OFFERED]])

        def taken(line: Suggestion) -> None:
            if line.key != NEW:
                chips.add(Choice(line.key, line.text))
            field.clear()

        field.typed.connect(typed)
        field.taken.connect(taken)
        return field, chips

    def _on_groups(self, groups: Sequence[View]) -> None:
        self._groups = groups

    def _on_person(self, text: str) -> None:
        self.desk.read(lambda store, event=self.event_id: suggest_people(store, text, event), self._on_people)

    def _on_people(self, found: Suggestions) -> None:
        lines = [Suggestion(line.id, line.name, line.organization) for line in found.lines]
        single = next((at for at, line in enumerate(lines, 1) if line.key == found.single), 0)
        self.person.offer(found.typed, lines, single)
