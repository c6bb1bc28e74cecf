"""What is left when an event is done: things to do, wishes passed on, answers taken back, edited workbooks."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from outreach_app.demo.captures import Feedback, FollowUp, HeadCount, PartnerContact, SignIn
from outreach_app.demo.moments import instant, minutes_of, moment
from outreach_app.demo.outcomes import ConsentAnswer, FollowUpStep, InterestStep, PhoneDispute
from outreach_app.demo.plans import Closing
from outreach_app.demo.preparations import Directory
from outreach_app.demo.words import place, words
from outreach_app.demo.workbook_edits import (
    ChangeCell,
    MoveColumn,
    NewRow,
    NumbersForText,
    RenameHeading,
    SortRows,
    WorkbookEdit,
)

_LAST_DAY = date(2026, 11, 19)


def closings(rng: random.Random) -> list[Closing]:
    """When each event is over its worker says so; once its paper is typed in, it is complete."""
    found = []
    for event, about in enumerate(words("season")["events"]):
        day, state = date.fromisoformat(about["date"]), place(about["county"])["state"]
        worker, status, notes = about["staff"][0], about["status"], about["notes"]
        if status == "cancelled":
            before = moment(day - timedelta(days=1), rng.uniform(15 * 60, 18 * 60), state)
            found.append(Closing(event, worker, before, status, notes))
        elif status != "planned":
            after = moment(day, minutes_of(about["to"]) + rng.uniform(8, 25), state)
            found.append(Closing(event, worker, after, "held", notes))
        if status == "data_complete":
            night = moment(day + timedelta(days=1), rng.uniform(19 * 60, 21 * 60), state)
            found.append(Closing(event, worker, night, status, None))
    return sorted(found, key=lambda each: instant(each.at))


def head_counts(rng: random.Random) -> list[HeadCount]:
    """Presses of the counter, a few heads at a time, adding up to what each event's data says."""
    found = []
    for event, about in enumerate(words("season")["events"]):
        left = about["others"]
        begins, ends = minutes_of(about["from"]), minutes_of(about["to"])
        while left:
            n = min(left, rng.choice((1, 1, 2, 3, 4, 6)))
            left -= n
            at = moment(date.fromisoformat(about["date"]), rng.uniform(begins, ends), place(about["county"])["state"])
            found.append(HeadCount(event, rng.choice(about["staff"]), at, n))
    return sorted(found, key=lambda each: instant(each.at))


def follow_ups(
    rng: random.Random, directory: Directory, sign_ins: list[SignIn], feedback: Iterable[tuple[int, Feedback]]
) -> list[FollowUp]:
    """Things to do beside those of partner contacts: the season's own, people to call back, questions to look into."""
    found = [
        *_of_the_season(rng, directory),
        *_to_call_back(rng, sign_ins),
        *_to_look_into(rng, [(number, each) for number, each in feedback if each.what_kind == "question"]),
    ]
    return sorted(found, key=lambda each: instant(each.at))


def _of_the_season(rng: random.Random, directory: Directory) -> Iterator[FollowUp]:
    for what, due, state, event, worker, *organization in words("season")["follow_ups"]:
        number = directory.number(organization[0]) if organization else None
        yield FollowUp(worker, _noted(rng, event), what, _staff(worker), due, state, event, organization=number)


def _to_call_back(rng: random.Random, sign_ins: list[SignIn]) -> Iterator[FollowUp]:
    callers = [each for each in sign_ins if each.phone and each.person is not None and each.status != "expected"]
    for one in rng.sample(callers, 30):
        pool, call = ("call_backs_es", "Llamar a") if one.language == "es" else ("call_backs", "Call")
        what = f"{call} {one.name} {rng.choice(words('season')[pool])}"
        due = (instant(one.at) + timedelta(days=rng.choice((3, 7, 14, 30)))).date()
        state = _state_by(rng, due)
        yield FollowUp(one.worker, one.at, what, _staff(one.worker), due.isoformat(), state, one.event, one.person)


def _to_look_into(rng: random.Random, questions: list[tuple[int, Feedback]]) -> Iterator[FollowUp]:
    for number, asked in rng.sample(questions, 14):
        due = (instant(asked.at) + timedelta(days=rng.choice((14, 30, 45)))).date()
        named = asked.said_by is not None
        what = "Find the answer and tell the person who asked" if named else "Find the answer and post it"
        yield FollowUp(
            asked.worker, asked.at, what, _staff(asked.worker), due.isoformat(), _state_by(rng, due), asked.event,
            asked.said_by, feedback=number,
        )  # fmt: skip


def _staff(worker: int) -> str:
    name: str = words("season")["staff"][worker][0]
    return name


def _noted(rng: random.Random, event: int) -> str:
    """When a thing to do was noted: at the event, or days before one still to come."""
    about = words("season")["events"][event]
    state = place(about["county"])["state"]
    day = date.fromisoformat(about["date"])
    if about["status"] == "planned":
        return moment(_LAST_DAY - timedelta(days=rng.randrange(3)), rng.uniform(9 * 60, 17 * 60), state)
    return moment(day, minutes_of(about["to"]) + rng.uniform(5, 40), state)


def _state_by(rng: random.Random, due: date) -> str:
    if due > _LAST_DAY:
        return "open"
    return rng.choices(("done", "open", "waiting", "dropped"), (70, 16, 9, 5))[0]


def follow_up_steps(rng: random.Random, contacts: list[PartnerContact]) -> list[FollowUpStep]:
    """What partners were promised and got, or nearly all of it: a day or more before it was due, or somewhat late."""
    found = []
    for number, contact in enumerate(contacts):
        if contact.follow_up is None:
            continue
        due = date.fromisoformat(contact.follow_up.due)
        day = max(due + timedelta(days=rng.randrange(-4, 3)), instant(contact.at).date() + timedelta(days=1))
        if day > _LAST_DAY or rng.random() < 0.09:
            continue
        state = rng.choices(("done", "waiting", "dropped"), (86, 9, 5))[0]
        there = place(words("season")["events"][contact.event]["county"])["state"]
        found.append(FollowUpStep(number, contact.worker, moment(day, rng.uniform(9 * 60, 17 * 60), there), state))
    return sorted(found, key=lambda each: instant(each.at))


def interest_steps(
    rng: random.Random, sign_ins: list[SignIn], contacts: list[PartnerContact], synced: str
) -> list[InterestStep]:
    """Wishes to join that came by a sync, passed on by the coordinator in the days after it; some led somewhere."""
    everyone: list[SignIn | PartnerContact] = [*sign_ins, *contacts]
    asked = {
        (each.person, group): None
        for each in everyone
        for group in each.groups
        if each.person is not None and instant(each.at) < instant(synced)
    }
    found = []
    for person, group in asked:
        if rng.random() < 0.75:
            day = instant(synced).date() + timedelta(days=rng.choice((1, 2, 3, 4, 8, 9, 15, 16, 22, 23)))
            state = rng.choices(("sent", "introduced", "joined", "declined", "withdrawn"), (40, 22, 22, 8, 8))[0]
            sent_to = words("season")["groups"][group]["name"]
            found.append(InterestStep(person, group, moment(day, rng.uniform(520, 1000), "NC"), state, sent_to))
    return sorted(found, key=lambda each: instant(each.at))


def consent_answers(rng: random.Random, sign_ins: list[SignIn]) -> list[ConsentAnswer]:
    """A few who called later: no more texts, please; or yes, partners may have my name."""
    granted = [each for each in sign_ins if each.person is not None and each.consents.get("text") == "granted"]
    early = [each for each in granted if instant(each.at).date() < date(2026, 11, 6)]
    found = []
    for number, signed in enumerate(rng.sample(early, 9)):
        assert signed.person is not None
        day = instant(signed.at).date() + timedelta(days=rng.randrange(4, 12))
        state_of_event = place(words("season")["events"][signed.event]["county"])["state"]
        at = moment(day, rng.uniform(9 * 60, 17 * 60), state_of_event)
        channel, state = ("text", "withdrawn") if number < 5 else ("share", "granted")
        found.append(ConsentAnswer(signed.person, signed.worker, at, channel, state))
    return sorted(found, key=lambda each: instant(each.at))


def phone_dispute(sign_ins: list[SignIn]) -> PhoneDispute:
    """The one phone two workers change, each in their own way."""
    about = words("season")["phone_dispute"]
    first = next(each for each in sign_ins if each.phone and each.phone.number == about["was"])
    assert first.person is not None
    return PhoneDispute(first.person, first.name, **about)


def workbook_edits(dispute: PhoneDispute, sign_ins: list[SignIn]) -> tuple[WorkbookEdit, ...]:
    """What two workers do to their workbooks before they mail them."""
    names = Counter(each.name for each in sign_ins)
    mover = next(
        each
        for each in sign_ins
        if each.worker == 4 and each.person is not None and each.email and names[each.name] == 1
    )
    assert mover.email is not None
    changed_email = mover.email.replace("@", "2@")
    return (
        WorkbookEdit(
            dispute.workbook_worker,
            "Macon sessions edited.xlsx",
            (
                MoveColumn("people", "phones", 0),
                MoveColumn("sign_ins", "came_as", 0),
                NumbersForText("people", "zip"),
                ChangeCell("people", "name", dispute.name, "phones", dispute.was, dispute.in_workbook),
                SortRows("feedback", "what_kind"),
            ),
        ),
        WorkbookEdit(
            4,
            "Gorge and Boardman, checked.xlsx",
            (
                RenameHeading("people", "town", "City"),
                MoveColumn("people", "zip", 1),
                NumbersForText("people", "zip"),
                ChangeCell("people", "name", mover.name, "emails", mover.email, changed_email),
                NewRow(
                    "people", {"name": "Delia Ponce Arriaga", "phones": "541 555 0199", "town": "Odell", "zip": "97044"}
                ),
            ),
        ),
    )
