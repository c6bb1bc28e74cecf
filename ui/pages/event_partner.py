"""Partner: an organization, known or new, who was met there, what they need and offer, and what is to follow."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from outreach_app.model.dates import parse_day
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.finding import HereAlready
from outreach_app.operations.partners import NewPartnerContact, PartnerContact, record_partner
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.already_here import AlreadyHere
from ui.pages.event_finders import OrganizationField, PersonField, Picker
from ui.pages.event_forms import CaptureForm, contact, contact_fault, take_highlighted
from ui.pages.event_people import fitting, groups_near, singled_out
from ui.widgets.buttons import Button
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, row
from ui.widgets.suggestions import Suggestion

_PAIR, _FOUR = 560, 800  # pixels in which two or four fields stand side by side


class PartnerForm(CaptureForm):
    """The form of *Partner*."""

    way = "to_partner"
    what = "Partner"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.organization = OrganizationField(desk)
        self.person = PersonField(desk, placeholder=_("Who was met"), new=_("New: {typed}"))
        self.job_title = LineEdit()
        self.contact = LineEdit()
        self.contact.textChanged.connect(self._look_who_is_here)
        self.here = AlreadyHere(desk, take=_("It is {name}"), queue=True)
        self.here.taken.connect(self._on_here)
        for finder in (self.organization, self.person):
            finder.typed.connect(self._look_who_is_here)
            finder.taken.connect(self._look_who_is_here)
        in_words, pick = _("In their words: {typed}"), _("Pick or type")
        self.needs = Picker(_("Needs"), placeholder=pick, new=in_words)
        self.offers = Picker(_("Offers"), placeholder=pick, new=in_words)
        self.interests = Picker(_("Interests"), placeholder=pick, icon="tag")
        self.interests.taken.changed.connect(lambda _keys: self._offer_groups())
        self._near: Sequence[View] = ()  # the groups to join, those of the county first
        self.groups = Picker(_("Would like to join"), placeholder=pick, icon="users")
        self.follow_up = LineEdit(placeholder=_("What is to follow"))
        self.due = LineEdit(placeholder=_("By when"))
        terms = [(term.code, term.label_in()) for term in vocabulary("needs_and_offers").terms]
        self.needs.offer(terms)
        self.offers.offer(terms)
        self.interests.offer([(term.code, term.label_in()) for term in vocabulary("interest_areas").terms])
        self.drafted = {
            "organization": self.organization,
            "person": self.person,
            "job_title": self.job_title,
            "contact": self.contact,
            "needs": self.needs,
            "offers": self.offers,
            "interests": self.interests,
            "groups": self.groups,
            "follow_up": self.follow_up,
            "due": self.due,
        }
        self._lay_out()

    def _lay_out(self) -> None:
        name = LabelledField
        self.organization_field = name(_("Organization"), self.organization, buddy=self.organization.field)
        self.person_field = name(_("Person"), self.person, hint=_("if any"), buddy=self.person.field)
        self.job_title_field = name(_("Job title"), self.job_title, hint=_("if any"))
        self.contact_field = name(_("Phone or e-mail"), self.contact, hint=_("if they like"))
        self.follow_up_field = name(_("Follow-up"), self.follow_up)
        self.due_field = name(_("By"), self.due)
        self.contact.editingFinished.connect(lambda: self.contact_field.refuse(contact_fault(self.contact.text())))
        for field in (self.job_title_field, self.contact_field, self.follow_up_field, self.due_field):
            assert isinstance(field.named, LineEdit)
            field.named.textEdited.connect(lambda _text, field=field: field.refuse(""))
        enough = muted(_("An organization or a name is enough."), wrap=False)
        self.lay(
            Columns((self.organization_field, 1), (self.person_field, 1), least=_PAIR),
            Columns((self.job_title_field, 1), (self.contact_field, 1), least=_PAIR),
            self.here,
            Columns((self.needs, 1), (self.offers, 1), (self.interests, 1), (self.groups, 1), least=_FOUR),
            Columns((self.follow_up_field, 3), (self.due_field, 1), least=_PAIR),
            row(Button.of(self.can["save"], primary=True), enough, 1, space="medium"),
            1,
        )

    @property
    def first(self) -> QWidget:
        """The organization."""
        return self.organization.field

    def begin(self, event: str) -> None:
        """Start on an event: have the groups at hand."""
        self.person.event_id = event
        self.desk.read(lambda store: groups_near(store, event), self._on_groups)
        super().begin(event)

    def clear(self) -> None:
        """Ready for the next."""
        for finder in (self.organization, self.person):
            finder.clear()
        for line in (self.job_title, self.contact, self.follow_up, self.due):
            line.setText("")
        for picker in (self.needs, self.offers, self.interests, self.groups):
            picker.clear()
        for field in (self.job_title_field, self.contact_field, self.follow_up_field, self.due_field):
            field.refuse("")
        self.here.clear()
        self.blank()

    @action("save", "Save", shortcut="Ctrl+Enter")
    def save(self) -> None:
        """Save the contact."""
        take_highlighted(self.organization, self.person)
        for picker in (self.needs, self.offers, self.interests):
            picker.finish("")
        if not (self.organization.text or self.person.text):
            self.take_focus()
            return
        if self._refused():
            return
        told = contact(self.contact.text())
        new = NewPartnerContact(
            organization=self.organization.known,
            organization_name=self.organization.text,
            person=self.person.known,
            name="" if self.person.known else self.person.text,
            job_title=self.job_title.text().strip(),
            phones=told["phones"],
            emails=told["emails"],
            needs=self.needs.keys,
            needs_text="; ".join(self.needs.written),
            offers=self.offers.keys,
            offers_text="; ".join(self.offers.written),
            interests=self.interests.keys,
            groups=self.groups.keys,
            follow_up=self.follow_up.text().strip(),
            follow_up_due=self._due(),
            event=self.event_id,
        )
        self.send(record_partner if self.person.settled else record_as_typed, new)

    def _look_who_is_here(self, _typed: object = None) -> None:
        """Whose phone or e-mail that is: of the person met, else of the organization, unless they are known."""
        finder, kind = (self.person, "people") if self.person.text else (self.organization, "organizations")
        self.here.look(kind, {} if finder.known else contact(self.contact.text()))

    def _on_here(self, line: HereAlready) -> None:
        (self.person if self.person.text else self.organization).take(Suggestion(line.id, line.name))

    def _due(self) -> str:
        return parse_day(self.due.text(), language()) if self.due.text().strip() else ""

    def _refused(self) -> bool:
        """Whether something is written that could not be kept; its field says why and has the focus."""
        alone = not self.organization.text
        no_place = _("This belongs to an organization. Please write which.") if alone else ""
        titled = bool(self.job_title.text().strip())
        nobody = "" if self.person.text or not titled else _("Please write whose title this is.")
        checks = [
            (self.job_title_field, nobody or (no_place if titled else "")),
            (self.needs.field, no_place if self.needs.taken.keys else ""),
            (self.offers.field, no_place if self.offers.taken.keys else ""),
            (self.interests.field, self._nobody_interested()),
            (self.follow_up_field, self._nothing_due()),
            (self.due_field, self._no_day()),
        ]
        for field, reason in checks:
            field.refuse(reason)
        groups = self.groups.finish(_("No group is called that. Please choose one from the list."))
        refused = [field for field, reason in checks if reason] + ([] if groups else [self.groups.field])
        if refused:
            refused[0].named.setFocus()
        return bool(refused)

    def _nobody_interested(self) -> str:
        if self.interests.finder.text:
            return _("No interest is called that. Please choose one from the list.")
        alone = bool(self.interests.taken.keys) and not self.person.text
        return _("Please write who is interested.") if alone else ""

    def _nothing_due(self) -> str:
        written = self.follow_up.text().strip() or not self.due.text().strip()
        return "" if written else _("Please write what is to be done by then.")

    def _no_day(self) -> str:
        try:
            self._due()
        except BadInput as fault:
            return str(fault)
        return ""

    def _on_groups(self, groups: Sequence[View]) -> None:
        self._near = groups
        self._offer_groups()

    def _offer_groups(self) -> None:
        """Those that deal with what they are interested in first."""
        self.groups.offer([(view.id, view.title) for view in fitting(self._near, self.interests.keys)])


def record_as_typed(store: Store, new: NewPartnerContact) -> PartnerContact:
    """Write it down with the person whom the name singles out, if anybody: for fingers quicker than the list."""
    single = singled_out(store, new.name, new.event) if new.name else None
    return record_partner(store, replace(new, person=single.id, name="") if single is not None else new)
