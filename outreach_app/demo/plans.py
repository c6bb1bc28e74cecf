"""What a planned season is made of: one frozen item for each thing somebody does, in the words of the verbs.

Two kinds of number tie the items together. A *person number* stands for one person as written down once: the first
item that bears it makes the person, later ones mean the same (and the plan sees to it that the laptop holds that
person by then). An *organization number* is a place in :attr:`Season.organizations`, used alike. Workers are numbered
as in :attr:`Season.staff`: 0 is the coordinator, 1 to 4 the workers. Events, groups, sheets and feedback are numbered
by their place in the season. Moments are ISO 8601 in the local time of the place, with its offset from UTC.
"""

from dataclasses import dataclass

from outreach_app.demo.captures import Feedback, FollowUp, HeadCount, PartnerContact, Phone, SignIn
from outreach_app.demo.outcomes import (
    ConsentAnswer,
    FollowUpStep,
    InterestStep,
    PhoneDispute,
    Response,
    Review,
    Sorting,
)
from outreach_app.demo.workbook_edits import WorkbookEdit


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the department, and the state they live in."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A partner. ``from_start``: the coordinator has it before the season; else the first item to bear it makes it."""

    name: str
    sector: str
    town: str
    state: str
    zip: str
    county: str
    phone: Phone | None
    email: str | None
    languages: tuple[str, ...]
    from_start: bool
    same_as: int | None = None  # the number of the one it really is, written down a second time without knowing


@dataclass(frozen=True, slots=True)
class Tie:
    """How two organizations belong together, told from the first."""

    organization: int
    relation: str
    other: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group people can join. No counties means all of them."""

    name: str
    group_type: str
    owning_unit: str
    purpose: str
    interests: tuple[str, ...]
    counties: tuple[str, ...]
    seats: int
    openings: int
    open_to_public: bool
    how_to_join: str
    compensation: str | None
    meets: str
    languages: tuple[str, ...]
    contact_name: str
    phone: Phone
    email: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is planned, before the season. ``staff`` are numbers; ``host`` None is the department itself."""

    name: str
    event_type: str
    venue_name: str
    venue_type: str
    address: str | None
    town: str
    state: str
    zip: str
    county: str
    tribal_land: str | None
    rural: bool
    host: int | None
    co_hosts: tuple[int, ...]
    owning_unit: str
    engagement_level: str
    languages: tuple[str, ...]
    supports: tuple[str, ...]
    staff: tuple[int, ...]
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What a worker notes when an event is over, or called off: its status and, at times, a note."""

    event: int
    worker: int
    at: str
    status: str
    notes: str | None


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A sign-in sheet printed for an event."""

    event: int
    worker: int
    at: str
    lines: int
    language: str
    large_print: bool


@dataclass(frozen=True, slots=True)
class Season:
    """A whole season. Each list is in order of time; events and groups stand before all else."""

    department: str
    staff: tuple[Staff, ...]
    begins: str  # when the coordinator writes down organizations, groups and events
    syncs: tuple[str, ...]  # when all laptops sync; what was captured before each is then on every laptop
    organizations: tuple[Organization, ...]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]
    events: tuple[Event, ...]
    closings: tuple[Closing, ...]
    sheets: tuple[PaperSheet, ...]
    sign_ins: tuple[SignIn, ...]
    feedback: tuple[Feedback, ...]
    partner_contacts: tuple[PartnerContact, ...]
    head_counts: tuple[HeadCount, ...]
    sortings: tuple[Sorting, ...]
    reviews: tuple[Review, ...]
    responses: tuple[Response, ...]
    follow_ups: tuple[FollowUp, ...]  # beside those inside partner contacts
    follow_up_steps: tuple[FollowUpStep, ...]
    interest_steps: tuple[InterestStep, ...]
    consent_answers: tuple[ConsentAnswer, ...]
    phone_dispute: PhoneDispute
    workbook_edits: tuple[WorkbookEdit, ...]
    people: int  # how many person numbers there are
    same_people: tuple[tuple[int, ...], ...]  # the truth: person numbers that are one and the same neighbor
