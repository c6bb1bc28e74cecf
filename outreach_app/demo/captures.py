"""What is planned to be captured at events, one frozen item a verb. How items are numbered: see ``plans.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as somebody says it; ``kind`` of vocabulary phone_kinds."""

    number: str
    kind: str

    def value(self) -> dict[str, str]:
        """The value of a phone field's element."""
        return {"number": self.number, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody comes, is expected, or did not come. ``person`` None: nothing but the name as written."""

    event: int
    worker: int
    at: str
    source: str
    name: str
    person: int | None
    organization: int | None = None
    organization_name: str = ""
    phone: Phone | None = None
    email: str | None = None
    town: str | None = None
    zip: str | None = None
    state: str | None = None
    county: str | None = None
    language: str | None = None
    came_as: str = "community_member"
    status: str = "walk_in"
    consents: Mapping[str, str] = field(default_factory=dict)  # channel to state
    groups: tuple[int, ...] = ()
    sheet: int | None = None
    page: int | None = None
    line: int | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing somebody said. ``themes`` are theme codes, empty where sorting waits for the coordinator."""

    event: int
    worker: int
    at: str
    source: str
    words: str
    language: str
    what_kind: str | None
    themes: tuple[str, ...]
    said_by: int | None
    may_share: str
    agreed: int
    how: str
    sentiment: str | None
    scope: str | None
    population: str | None
    programme: str | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do. Those inside a partner contact are made with it and are open."""

    worker: int
    at: str
    what: str
    who_does_it: str
    due: str
    state: str
    event: int | None = None
    person: int | None = None
    organization: int | None = None
    feedback: int | None = None


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """Somebody of an organization was met: who, what it needs and offers, what follows."""

    event: int
    worker: int
    at: str
    source: str
    organization: int
    organization_name: str
    sector: str
    new_organization: bool
    person: int
    name: str
    job_title: str
    phone: Phone | None
    email: str | None
    needs: tuple[str, ...]
    needs_text: str
    offers: tuple[str, ...]
    offers_text: str
    interests: tuple[str, ...]
    groups: tuple[int, ...]
    follow_up: FollowUp | None


@dataclass(frozen=True, slots=True)
class HeadCount:
    """So many more are here who sign nothing."""

    event: int
    worker: int
    at: str
    n: int
