"""The season of ``outreach demo``, planned from a seed: the same people and words every time, on every machine.

Nothing here reads the clock or touches a store. How the plan is to be read: see ``plans.py``.
"""

import random
from dataclasses import replace

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
from outreach_app.demo.plans import Season, Staff
from outreach_app.demo.preparations import Directory, events, groups, ties
from outreach_app.demo.remarks import Remarks
from outreach_app.demo.words import words

_RESPONSES, _RECEIPTS = 400, 40
_TOLD_BACK_AT = {"NC": (14, "2026-11-07", "2026-11-09"), "OR": (18, "2026-11-19", "2026-11-20")}
"""By state the event where answers are read out, its day, and the working day on which the coordinator notes it."""


def plan_season(seed: int = 2026) -> Season:
    """The whole season of a seed."""
    plan, rng = words("season"), random.Random(seed)
    syncs = tuple(plan["syncs"])
    neighbors, partners = Neighbors(rng), true_partners(rng)
    directory = Directory(rng, neighbors, partners, plan["begins"], syncs)
    crowds = Crowds(rng, neighbors, partners)
    arrivals, meetings = Arrivals(rng, crowds), Meetings(rng, crowds, partners)
    came: list[tuple[Face, SignIn]] = []
    met: list[tuple[Face, PartnerContact]] = []
    for event, about in enumerate(plan["events"]):
        here = arrivals.at_event(event, about)
        came += here
        met += meetings.at_event(event, about, here)
    acquaintances = Acquaintances(rng, syncs)
    sign_ins, contacts = _numbered(rng, came, met, acquaintances, directory)
    heard = _heard(rng, sign_ins)
    first = [each for each in heard if instant(each[1].at) < instant(syncs[1])]
    later = [each for each in heard if instant(each[1].at) >= instant(syncs[1])]
    answers = Answers(rng, syncs, _TOLD_BACK_AT)
    dispute = phone_dispute(sign_ins)
    responses = answers.responses(first, _RESPONSES) + answers.receipts(later, _RECEIPTS)
    return Season(
        department=plan["department"],
        staff=tuple(Staff(name, state) for name, state in plan["staff"]),
        begins=plan["begins"],
        syncs=syncs,
        ties=ties(directory),
        groups=groups(rng, neighbors),
        events=events(directory),
        closings=tuple(closings(rng)),
        sheets=tuple(arrivals.sheets),
        sign_ins=tuple(sign_ins),
        feedback=tuple(feedback for _number, feedback, _said in heard),
        partner_contacts=tuple(contacts),
        head_counts=tuple(head_counts(rng)),
        sortings=tuple(sorted(answers.sortings(first, 0.75), key=lambda each: instant(each.at))),
        reviews=tuple(sorted(answers.reviews(first, 0.8), key=lambda each: instant(each.at))),
        responses=tuple(sorted(responses, key=lambda each: instant(each.at))),
        follow_ups=tuple(follow_ups(rng, directory, sign_ins, [each[:2] for each in heard])),
        follow_up_steps=tuple(follow_up_steps(rng, contacts)),
        interest_steps=tuple(interest_steps(rng, sign_ins, contacts, syncs[1])),
        consent_answers=tuple(consent_answers(rng, sign_ins)),
        phone_dispute=dispute,
        workbook_edits=workbook_edits(dispute, sign_ins),
        organizations=tuple(directory.organizations),
        people=acquaintances.count,
        same_people=acquaintances.same_people(),
    )


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
