"""The order of a season: everything that is planned, as it happens, between one sync and the next."""

from collections.abc import Iterator
from typing import TypeAlias

from outreach_app.demo.captures import Feedback, FollowUp, HeadCount, PartnerContact, SignIn
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
from outreach_app.demo.plans import Closing, PaperSheet, Season

Item: TypeAlias = (
    Closing | PaperSheet | SignIn | Feedback | PartnerContact | HeadCount | Sorting | Review | Response | FollowUp
    | FollowUpStep | InterestStep | ConsentAnswer | PhoneDispute
)  # fmt: skip
Numbered: TypeAlias = tuple[int, Item]
"""An item and its place in its list of the season."""

COORDINATOR = 0


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


def worker_of(item: Item) -> int:
    """The number of whoever does it."""
    return getattr(item, "worker", COORDINATOR)
