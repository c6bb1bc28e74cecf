"""Playing what is planned: each item by the verb that the window would use for it, on the laptop of whoever does it."""

from collections.abc import Sequence

from outreach_app.demo.beginnings import whereabouts
from outreach_app.demo.captures import Feedback, HeadCount, PartnerContact, SignIn
from outreach_app.demo.laptops import Here
from outreach_app.demo.plans import Event, PaperSheet
from outreach_app.demo.scenes import Item, Numbered
from outreach_app.demo.sequels import play_sequel
from outreach_app.operations.events import count_heads
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.operations.printing import SheetChoices, make_sheet
from outreach_app.operations.records import edit_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.durable_files import write_durably
from outreach_app.store.foundings import theme_id

_CONSENT_WAYS = {"live": "spoken", "paper": "paper_mark", "kiosk": "kiosk"}
_TOLD = 20
"""After so many items it is told how far the play is."""


def play(here: Here, items: Sequence[Numbered]) -> None:
    """Play items one after the other, each at its moment."""
    for place, (number, item) in enumerate(items, start=1):
        here.clock.set(item.at)
        _play_one(here, number, item)
        if place % _TOLD == 0 or place == len(items):
            here.tell(place % _TOLD or _TOLD)


def _play_one(here: Here, number: int, item: Item) -> None:
    match item:
        case SignIn():
            _sign_in(here, item)
        case Feedback():
            _feedback(here, number, item)
        case PartnerContact():
            _partner_contact(here, number, item)
        case HeadCount():
            here.numbers.note(count_heads(here.store, here.numbers.events[item.event], item.n))
        case PaperSheet():
            choices = SheetChoices(tuple(item.language.split("+")), item.lines, item.large_print)
            here.numbers.sheets[number] = print_sheet(here, item.event, choices)
        case _:
            play_sequel(here, item)


def print_sheet(here: Here, event: int, choices: SheetChoices) -> str:
    """Make an event's sign-in sheet and put it into the folder of sheets; its id."""
    made = make_sheet(here.store, here.numbers.events[event], choices)
    here.numbers.note(made.changes)
    write_durably(here.sheets / _sheet_name(here.season.events[event]), made.pdf)
    return made.id


def _sheet_name(event: Event) -> str:
    """What the file of an event's sheet is called: by its day and name, in letters that every disk takes."""
    return f"{event.starts[:10]} {''.join(each for each in event.name if each.isalnum() or each in ' -')}.pdf"


def _sign_in(here: Here, item: SignIn) -> None:
    numbers = here.numbers
    details = {
        "town": item.town,
        "zip": item.zip,
        "state": item.state,
        "county": item.county,
        "preferred_language": item.language,
    }
    made = sign_in(
        here.store,
        NewSignIn(
            event=numbers.events[item.event],
            name=item.name,
            person="" if item.person is None else numbers.people.get(item.person, ""),
            organization="" if item.organization is None else numbers.organizations.get(item.organization, ""),
            organization_name=item.organization_name,
            phones=(item.phone.value(),) if item.phone else (),
            emails=(item.email,) if item.email else (),
            details={name: value for name, value in details.items() if value},
            came_as=item.came_as,
            status=item.status,
            consents=item.consents,
            consent_way=_CONSENT_WAYS[item.source],
            given_on=here.season.events[item.event].starts[:10] if item.source == "paper" else item.at[:10],
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
        view = here.store.get("sign_ins", made.sign_in)
        assert view is not None
        numbers.organizations[item.organization] = view.values["organization"]
    numbers.note(made.changes)


def _feedback(here: Here, number: int, item: Feedback) -> None:
    made, changes = record_feedback(
        here.store,
        NewFeedback(
            words=item.words,
            event=here.numbers.events[item.event],
            language=item.language,
            what_kind=item.what_kind or "",
            themes=tuple(theme_id(code) for code in item.themes),
            said_by=here.numbers.people[item.said_by] if item.said_by is not None else "",
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
    here.numbers.feedback[number] = made
    here.numbers.note(changes)


def _partner_contact(here: Here, number: int, item: PartnerContact) -> None:
    numbers = here.numbers
    new = item.organization not in numbers.organizations
    first = here.first_contacts[item.organization] == number
    made = record_partner(
        here.store,
        NewPartnerContact(
            organization=numbers.organizations.get(item.organization, ""),
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
        where = whereabouts(here.season.organizations[item.organization])
        numbers.note(edit_record(here.store, "organizations", made.organization, where))
