"""What is planned to become of what was captured. How items are numbered: see ``plans.py``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sorting:
    """The coordinator says what waiting feedback is about."""

    feedback: int
    at: str
    what_kind: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The coordinator writes a text for sharing, without anything that tells who said it."""

    feedback: int
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Response:
    """What became of a piece of feedback, as far as it has come."""

    feedback: int
    at: str
    state: str
    owner: str
    passed_to: str | None
    decided: str | None
    why: str | None
    told_back_on: str | None
    told_back_how: str | None
    told_back_at: int | None


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """What came of the follow-up made with a partner contact; ``contact`` is its place in the season."""

    contact: int
    worker: int
    at: str
    state: str


@dataclass(frozen=True, slots=True)
class InterestStep:
    """What came of somebody's wish to join a group."""

    person: int
    group: int
    at: str
    state: str
    sent_to: str


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """A later answer of somebody who signed in before, by telephone to a worker."""

    person: int
    worker: int
    at: str
    channel: str
    state: str


@dataclass(frozen=True, slots=True)
class PhoneDispute:
    """One phone of one person, changed by a worker on the laptop and by another in a workbook.

    To meet as something to decide, the other's workbook must be exported after the season's first sync (so that it
    holds the person) and before the other laptop hears of the change (so that neither knew of the other).
    """

    person: int
    name: str
    was: str
    worker: int
    at: str
    on_laptop: str
    workbook_worker: int
    in_workbook: str
