"""Playing what follows from what was captured: things to do, answers, sorting, what came of a wish to join."""

from outreach_app.demo.captures import FollowUp
from outreach_app.demo.laptops import Here
from outreach_app.demo.outcomes import (
    ConsentAnswer,
    FollowUpStep,
    InterestStep,
    PhoneDispute,
    Response,
    Review,
    Sorting,
)
from outreach_app.demo.plans import Closing
from outreach_app.demo.scenes import Item
from outreach_app.operations.consents import answer
from outreach_app.operations.feedback import respond
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.sharing import release
from outreach_app.store.foundings import theme_id


def play_sequel(here: Here, item: Item) -> None:
    """Play one item that is no capture."""
    numbers = here.numbers
    match item:
        case FollowUp():
            _follow_up(here, item)
        case ConsentAnswer():
            person, day = numbers.people[item.person], item.at[:10]
            numbers.note(answer(here.store, person, item.channel, item.state, "spoken", day))
        case Response():
            _response(here, item)
        case Closing():
            notes = {"notes": item.notes} if item.notes else {}
            _edit(here, "events", numbers.events[item.event], status=item.status, **notes)
        case FollowUpStep():
            _edit(here, "follow_ups", numbers.contact_follow_ups[item.contact], state=item.state)
        case Sorting():
            themes = [theme_id(code) for code in item.themes]
            record = numbers.feedback[item.feedback]
            _edit(here, "feedback", record, what_kind=item.what_kind, themes=themes, themes_version=1)
        case Review():
            _review(here, item)
        case InterestStep():
            asked = {"person": numbers.people[item.person], "group": numbers.groups[item.group]}
            wish = here.store.list("interests", asked, order="made_at", limit=1)[0]
            _edit(here, "interests", wish.id, state=item.state, sent_to=item.sent_to)
        case PhoneDispute():
            _phone(here, item)


def _edit(here: Here, kind: str, record: str, **values: object) -> None:
    here.numbers.note(edit_record(here.store, kind, record, values))


def _follow_up(here: Here, item: FollowUp) -> None:
    numbers = here.numbers
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
    numbers.note(make_record(here.store, "follow_ups", values)[1])


def _response(here: Here, item: Response) -> None:
    values = {
        "state": item.state,
        "owner": item.owner,
        "passed_to": item.passed_to,
        "decided": item.decided,
        "why": item.why,
        "told_back_on": item.told_back_on,
        "told_back_how": item.told_back_how,
        "told_back_at": here.numbers.events[item.told_back_at] if item.told_back_at is not None else None,
    }
    here.numbers.note(respond(here.store, here.numbers.feedback[item.feedback], **values)[1])


def _review(here: Here, item: Review) -> None:
    """The text for sharing, released to whoever held the event at which it was said."""
    host = here.season.events[here.season.feedback[item.feedback].event].host
    hosts = [] if host is None else [here.numbers.organizations[host]]
    here.numbers.note(release(here.store, here.numbers.feedback[item.feedback], item.text, hosts))


def _phone(here: Here, item: PhoneDispute) -> None:
    person = here.numbers.people[item.person]
    view = here.store.get("people", person)
    assert view is not None
    phones = [
        {**phone, "number": item.on_laptop} if phone["number"] == item.was else phone
        for phone in view.elements("phones")
    ]
    _edit(here, "people", person, phones=phones)
