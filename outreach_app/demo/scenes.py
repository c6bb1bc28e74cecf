"""Playing what is planned: each item by the verb that the window would use for it, on the laptop of whoever does it."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from outreach_app.demo.beginnings import whereabouts
from outreach_app.demo.captures import Feedback, FollowUp, HeadCount, PartnerContact, SignIn
from outreach_app.demo.laptops import Laptop, Numbers
from outreach_app.demo.moments import instant
from outreach_app.demo.outcomes import (
    ConsentAnswer,
    FollowUpStep,
    InterestStep,
    PhoneDispute,
    Response,
    Review,
    Sorting,
)
from outreach_app.demo.plans import Closing, Event, PaperSheet, Season
from outreach_app.operations.consents import answer
from outreach_app.operations.events import count_heads
from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.operations.printing import SheetChoices, make_sheet
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.durable_files import write_durably
from outreach_app.store.foundings import theme_id

Item: TypeAlias = (
    Closing | PaperSheet | SignIn | Feedback | PartnerContact | HeadCount | Sorting | Review | Response | FollowUp
    | FollowUpStep | InterestStep | ConsentAnswer | PhoneDispute
)  # fmt: skip
Numbered: TypeAlias = tuple[int, Item]
"""An item and its place in its list of the season."""

COORDINATOR = 0
_CONSENT_WAYS = {"live": "spoken", "paper": "paper_mark", "kiosk": "kiosk"}


def scenes(season: Season) -> list[Numbered]:
    """All items in order of time; of equal moments, what is captured stands before what follows from it."""
    lists: tuple[tuple[Item, ...], ...] = (
        season.sheets, season.sign_ins, season.partner_contacts, season.feedback, season.head_counts, season.closings,
        season.follow_ups, season.follow_up_steps, season.consent_answers, (season.phone_dispute,), season.sortings,
        season.reviews, season.responses, season.interest_steps,
    )  # fmt: skip
    items = [numbered for each in lists for numbered in enumerate(each)]
    return sorted(items, key=lambda numbered: instant(numbered[1].at))


def acts(season: Season) -> Iterator[list[Numbered]]:
    """The items before the first sync, between each two, and after the last."""
    ends = [*map(instant, season.syncs), None]
    items = scenes(season)
    for end in ends:
        act = [each for each in items if end is None or instant(each[1].at) < end]
        items = items[len(act) :]
        yield act


def sheet_name(event: Event) -> str:
    """What the file of an event's sign-in sheet is called: by its day and name, in letters every disk takes."""
    return f"{event.starts[:10]} {''.join(each for each in event.name if each.isalnum() or each in ' -')}.pdf"


def worker_of(item: Item) -> int:
    """The number of whoever does it."""
    return getattr(item, "worker", COORDINATOR)


@dataclass
class Stage:
    """One laptop on which items are played. ``sheets``: the folder that printed sheets go to.

    ``played``: how many items so far; another thread may look.
    """

    season: Season
    laptop: Laptop
    numbers: Numbers
    sheets: Path
    stop: threading.Event = field(default_factory=threading.Event)
    played: int = 0

    @cached_property
    def _first_contacts(self) -> dict[int, int]:
        """Which contact was the first with each organization: it says in words what is needed and offered.

        What an organization says to others later goes to its notes, where nobody writes over anybody's words.
        """
        first: dict[int, int] = {}
        for number, contact in enumerate(self.season.partner_contacts):
            first.setdefault(contact.organization, number)
        return first

    def play_all(self, items: Iterable[Numbered]) -> None:
        """Play items one after the other, until told to stop."""
        for number, item in items:
            if self.stop.is_set():
                return
            self.play(number, item)
            self.played += 1

    def play(self, number: int, item: Item) -> None:
        """Play one item at its moment."""
        self.laptop.clock.set(item.at)
        match item:
            case SignIn():
                self._sign_in(item)
            case Feedback():
                self._feedback(number, item)
            case PartnerContact():
                self._partner_contact(number, item)
            case HeadCount():
                self.numbers.note(count_heads(self.laptop.store, self.numbers.events[item.event], item.n))
            case PaperSheet():
                self._sheet(number, item)
            case FollowUp():
                self._follow_up(item)
            case PhoneDispute():
                self._phone(item)
            case ConsentAnswer():
                person, day = self.numbers.people[item.person], item.at[:10]
                self.numbers.note(answer(self.laptop.store, person, item.channel, item.state, "spoken", day))
            case Response():
                self._response(item)
            case Closing() | FollowUpStep() | Sorting() | Review() | InterestStep():
                self._edit(item)

    def _sign_in(self, item: SignIn) -> None:
        numbers = self.numbers
        known = item.person in numbers.people
        details = {
            "town": item.town, "zip": item.zip, "state": item.state, "county": item.county,
            "preferred_language": item.language,
        }  # fmt: skip
        made = sign_in(
            self.laptop.store,
            NewSignIn(
                event=numbers.events[item.event],
                name=item.name,
                person=numbers.people[item.person] if item.person is not None and known else "",
                organization=self._organization(item.organization),
                organization_name=item.organization_name,
                phones=(item.phone.value(),) if item.phone else (),
                emails=(item.email,) if item.email else (),
                details={name: value for name, value in details.items() if value},
                came_as=item.came_as,
                status=item.status,
                consents=item.consents,
                consent_way=_CONSENT_WAYS[item.source],
                given_on=self.season.events[item.event].starts[:10] if item.source == "paper" else item.at[:10],
                groups=tuple(numbers.groups[group] for group in item.groups),
                only_as_written=item.person is None,
                sheet=numbers.sheets[item.sheet] if item.sheet is not None else "",
                page=item.page,
                line=item.line,
                marks=item.marks,
                source=item.source,
            ),
        )
        if item.person is not None:
            numbers.people[item.person] = made.person
        if item.organization is not None and item.organization not in numbers.organizations:
            found = self.laptop.store.get("sign_ins", made.sign_in)
            assert found is not None
            numbers.organizations[item.organization] = found.values["organization"]
        numbers.note(made.changes)

    def _organization(self, number: int | None) -> str:
        return self.numbers.organizations.get(number, "") if number is not None else ""

    def _feedback(self, number: int, item: Feedback) -> None:
        made, changes = record_feedback(
            self.laptop.store,
            NewFeedback(
                words=item.words,
                event=self.numbers.events[item.event],
                language=item.language,
                what_kind=item.what_kind or "",
                themes=tuple(theme_id(code) for code in item.themes),
                said_by=self.numbers.people[item.said_by] if item.said_by is not None else "",
                may_share=item.may_share,
                agreed=item.agreed,
                how=item.how,
                sentiment=item.sentiment or "",
                scope=item.scope or "",
                population=item.population or "",
                programme=item.programme or "",
                source=item.source,
            ),
        )
        self.numbers.feedback[number] = made
        self.numbers.note(changes)

    def _partner_contact(self, number: int, item: PartnerContact) -> None:
        numbers, planned = self.numbers, self.season.organizations[item.organization]
        new = item.organization not in numbers.organizations
        first = self._first_contacts[item.organization] == number
        made = record_partner(
            self.laptop.store,
            NewPartnerContact(
                organization=self._organization(item.organization),
                organization_name=item.organization_name,
                sector=item.sector if new else "",
                person=numbers.people.get(item.person, ""),
                name=item.name,
                job_title=item.job_title,
                phones=(item.phone.value(),) if item.phone else (),
                emails=(item.email,) if item.email else (),
                interests=item.interests,
                needs=item.needs,
                needs_text=item.needs_text if first else "",
                offers=item.offers,
                offers_text=item.offers_text if first else "",
                notes="" if first else " ".join(filter(None, (item.needs_text, item.offers_text))),
                groups=tuple(numbers.groups[group] for group in item.groups),
                follow_up=item.follow_up.what if item.follow_up else "",
                follow_up_due=item.follow_up.due if item.follow_up else "",
                event=numbers.events[item.event],
                asked_on=item.at[:10],
                source=item.source,
            ),
        )
        numbers.organizations[item.organization], numbers.people[item.person] = made.organization, made.person
        if item.follow_up:
            follow_up = numbers.new(made.changes, "follow_ups")
            assert follow_up is not None
            numbers.contact_follow_ups[number] = follow_up
        numbers.note(made.changes)
        if new:
            numbers.note(edit_record(self.laptop.store, "organizations", made.organization, whereabouts(planned)))

    def _sheet(self, number: int, item: PaperSheet) -> None:
        choices = SheetChoices(tuple(item.language.split("+")), item.lines, item.large_print)
        made = make_sheet(self.laptop.store, self.numbers.events[item.event], choices)
        self.numbers.sheets[number] = made.id
        self.numbers.note(made.changes)
        write_durably(self.sheets / sheet_name(self.season.events[item.event]), made.pdf)

    def _follow_up(self, item: FollowUp) -> None:
        numbers = self.numbers
        values = {
            "what": item.what,
            "who_does_it": item.who_does_it,
            "due": item.due,
            "state": item.state,
            "for_event": numbers.events[item.event] if item.event is not None else None,
            "for_person": numbers.people[item.person] if item.person is not None else None,
            "for_organization": numbers.organizations[item.organization] if item.organization is not None else None,
            "for_feedback": numbers.feedback[item.feedback] if item.feedback is not None else None,
        }
        numbers.note(make_record(self.laptop.store, "follow_ups", values)[1])

    def _phone(self, item: PhoneDispute) -> None:
        person = self.numbers.people[item.person]
        view = self.laptop.store.get("people", person)
        assert view is not None
        phones = [
            {**phone, "number": item.on_laptop} if phone["number"] == item.was else phone
            for phone in view.elements("phones")
        ]
        self.numbers.note(edit_record(self.laptop.store, "people", person, {"phones": phones}))

    def _response(self, item: Response) -> None:
        values = {
            "state": item.state,
            "owner": item.owner,
            "passed_to": item.passed_to,
            "decided": item.decided,
            "why": item.why,
            "told_back_on": item.told_back_on,
            "told_back_how": item.told_back_how,
            "told_back_at": self.numbers.events[item.told_back_at] if item.told_back_at is not None else None,
        }
        self.numbers.note(respond(self.laptop.store, self.numbers.feedback[item.feedback], **values)[1])

    def _edit(self, item: Closing | FollowUpStep | Sorting | Review | InterestStep) -> None:
        """What is done by giving fields of one record new values."""
        numbers, store = self.numbers, self.laptop.store
        values: dict[str, object]
        match item:
            case Closing():
                kind, record = "events", numbers.events[item.event]
                values = {"status": item.status, **({"notes": item.notes} if item.notes else {})}
            case FollowUpStep():
                kind, record = "follow_ups", numbers.contact_follow_ups[item.contact]
                values = {"state": item.state}
            case Sorting():
                kind, record = "feedback", numbers.feedback[item.feedback]
                themes = [theme_id(code) for code in item.themes]
                values = {"what_kind": item.what_kind, "themes": themes, "themes_version": 1}
            case Review():
                kind, record = "feedback", numbers.feedback[item.feedback]
                host = self.season.events[self.season.feedback[item.feedback].event].host
                hosts = [] if host is None else [numbers.organizations[host]]
                values = {"text_for_sharing": item.text, "reviewed_by": store.worker, "released_to": hosts}
            case InterestStep():
                asked = {"person": numbers.people[item.person], "group": numbers.groups[item.group]}
                kind, record = "interests", store.list("interests", asked, order="made_at", limit=1)[0].id
                values = {"state": item.state, "sent_to": item.sent_to}
        numbers.note(edit_record(store, kind, record, values))
