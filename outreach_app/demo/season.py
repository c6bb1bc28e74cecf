"""The season of ``outreach demo``, planned from a seed: the same people and words every time, on every machine.

Nothing here reads the clock or touches a store. How the plan is to be read: see ``plans.py``.
"""

import random
from dataclasses import dataclass, replace

from outreach_app.demo.acquaintances import Acquaintances
from outreach_app.demo.answers import Answers, Heard
from outreach_app.demo.arrivals import Arrivals
from outreach_app.demo.captures import PartnerContact, SignIn
from outreach_app.demo.crowds import Crowds, Face, true_partners
from outreach_app.demo.loose_ends import (
    closings,
    consent_answers,
    follow_up_steps,
    follow_ups,
    head_counts,
    interest_steps,
    phone_dispute,
    workbook_edits,
)
from outreach_app.demo.meetings import Meetings
from outreach_app.demo.moments import instant
from outreach_app.demo.neighbors import Neighbors
from outreach_app.demo.plans import PaperSheet, Season, Staff
from outreach_app.demo.preparations import Directory, events, groups, ties
from outreach_app.demo.remarks import Remarks
from outreach_app.demo.words import words

_RESPONSES, _RECEIPTS = 360, 40
_TOLD_BACK_AT = {"NC": (14, "2026-11-07", "2026-11-09"), "OR": (18, "2026-11-19", "2026-11-20")}
"""By state the event where answers are read out, its day, and the working day on which the coordinator notes it."""


def plan_season(seed: int = 2026) -> Season:
    """The whole season of a seed."""
    plan, rng = words("season"), random.Random(seed)
    syncs = tuple(plan["syncs"])
    cast = _cast(rng, plan["begins"], syncs)
    heard = _heard(rng, cast.sign_ins)
    first = [each for each in heard if instant(each[1].at) < instant(syncs[1])]
    later = [each for each in heard if instant(each[1].at) >= instant(syncs[1])]
    answers = Answers(rng, syncs, _TOLD_BACK_AT)
    dispute = phone_dispute(cast.sign_ins)
    return Season(
        department=plan["department"],
        staff=tuple(Staff(name, state) for name, state in plan["staff"]),
        begins=plan["begins"],
        syncs=syncs,
        ties=ties(cast.directory),
        groups=groups(rng, cast.neighbors),
        events=events(cast.directory),
        closings=tuple(closings(rng)),
        sheets=tuple(cast.sheets),
        sign_ins=tuple(cast.sign_ins),
        feedback=tuple(feedback for _number, feedback, _said in heard),
        partner_contacts=tuple(cast.contacts),
        head_counts=tuple(head_counts(rng)),
        sortings=tuple(answers.sortings(first, 0.75)),
        reviews=tuple(answers.reviews(first, 0.8)),
        responses=tuple(answers.responses(first, _RESPONSES) + answers.receipts(later, _RECEIPTS)),
        follow_ups=tuple(follow_ups(rng, cast.directory, cast.sign_ins, [each[:2] for each in heard])),
        follow_up_steps=tuple(follow_up_steps(rng, cast.contacts)),
        interest_steps=tuple(interest_steps(rng, cast.sign_ins, cast.contacts, syncs[1])),
        consent_answers=tuple(consent_answers(rng, cast.sign_ins)),
        phone_dispute=dispute,
        workbook_edits=workbook_edits(dispute, cast.sign_ins),
        organizations=tuple(cast.directory.organizations),
        people=cast.acquaintances.count,
        same_people=cast.acquaintances.same_people(),
    )


@dataclass(frozen=True, slots=True)
class _Cast:
    """Everybody who comes to something in the season, and how they are written down."""

    neighbors: Neighbors
    directory: Directory
    acquaintances: Acquaintances
    sheets: list[PaperSheet]
    sign_ins: list[SignIn]
    contacts: list[PartnerContact]


def _cast(rng: random.Random, begins: str, syncs: tuple[str, ...]) -> _Cast:
    """Who comes to each event and who is met there, and then, in order of time, under which numbers."""
    neighbors, partners = Neighbors(rng), true_partners(rng)
    directory = Directory(rng, neighbors, partners, begins, syncs)
    crowds = Crowds(rng, neighbors, partners)
    arrivals, meetings = Arrivals(rng, crowds), Meetings(rng, crowds, partners)
    came: list[tuple[Face, SignIn]] = []
    met: list[tuple[Face, PartnerContact]] = []
    for event, about in enumerate(words("season")["events"]):
        here = arrivals.at_event(event, about)
        came += here
        met += meetings.at_event(event, about, here)
    acquaintances = Acquaintances(rng, syncs)
    sign_ins, contacts = _numbered(rng, came, met, acquaintances, directory)
    return _Cast(neighbors, directory, acquaintances, arrivals.sheets, sign_ins, contacts)


def _numbered(
    rng: random.Random,
    came: list[tuple[Face, SignIn]],
    met: list[tuple[Face, PartnerContact]],
    acquaintances: Acquaintances,
    directory: Directory,
) -> tuple[list[SignIn], list[PartnerContact]]:
    """Sign-ins and contacts in order of time, each with the numbers its laptop would know it by."""
    sign_ins: list[SignIn] = []
    contacts: list[PartnerContact] = []
    planned: list[tuple[Face, SignIn | PartnerContact]] = [*came, *met]
    for face, item in sorted(planned, key=lambda pair: instant(pair[1].at)):
        if isinstance(item, PartnerContact):
            contacts.append(_numbered_contact(face, item, acquaintances, directory))
        else:
            sign_ins.append(_numbered_sign_in(rng, face, item, acquaintances, directory))
    return sign_ins, contacts


def _numbered_sign_in(
    rng: random.Random, face: Face, item: SignIn, acquaintances: Acquaintances, directory: Directory
) -> SignIn:
    if item.person is None:
        return item
    known = acquaintances.held(face.key, item.worker, item.at)
    number, name = acquaintances.meet(face.neighbor, face.key, item.worker, item.at)
    if known and known.number == number:  # picked from those already here: little is asked again
        kept = item.phone if rng.random() < 0.1 else None
        asked = item.consents if rng.random() < 0.15 and kept else {}
        item = replace(item, phone=kept, email=None, town=None, zip=None, state=None, county=None, consents=asked)
        item = replace(item, consents={way: said for way, said in asked.items() if way != "email"})
    if item.organization is None:
        return replace(item, person=number, name=name)
    organization, called, _new = directory.meet(item.organization, item.worker, item.at)
    return replace(item, person=number, name=name, organization=organization, organization_name=called)


def _numbered_contact(
    face: Face, item: PartnerContact, acquaintances: Acquaintances, directory: Directory
) -> PartnerContact:
    number, name = acquaintances.meet(face.neighbor, face.key, item.worker, item.at, sure=True)
    organization, called, new = directory.meet(item.organization, item.worker, item.at)
    follow_up = item.follow_up and replace(item.follow_up, person=number, organization=organization)
    return replace(
        item, person=number, name=name, organization=organization, organization_name=called, new_organization=new,
        follow_up=follow_up,
    )  # fmt: skip


def _heard(rng: random.Random, sign_ins: list[SignIn]) -> Heard:
    """The feedback of all events in order of time, numbered in that order."""
    remarks = Remarks(rng)
    said = [
        pair
        for event, about in enumerate(words("season")["events"])
        for pair in remarks.at_event(event, about, [each for each in sign_ins if each.event == event])
    ]
    said.sort(key=lambda pair: instant(pair[0].at))
    return [(number, feedback, spoken) for number, (feedback, spoken) in enumerate(said)]
