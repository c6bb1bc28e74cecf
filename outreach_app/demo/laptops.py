"""The laptops of a season while it is played: each with a clock that says what the plan says; and who is who there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.journal.changes import Changes
from outreach_app.journal.clock import Clock, clock_of
from outreach_app.operations.spaces import invite, join, new_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store

PASSPHRASE = "demo"

Records = Mapping[str, set[str]]
"""Record ids by kind."""


class SeasonClock(Clock):
    """A laptop's clock that is set from the plan."""

    def __init__(self, at: str) -> None:
        super().__init__(lambda: self._at)
        self._at = 0
        self.set(at)

    def set(self, at: str) -> None:
        """It is now ``at``, an ISO 8601 moment with its offset."""
        self._at = clock_of(at)


@dataclass(frozen=True)
class Laptop:
    """One open store and its clock. ``worker``: its number in the season."""

    worker: int
    store: Store
    clock: SeasonClock


def first_laptop(folder: Path, worker: str, department: str, at: str) -> Laptop:
    """The coordinator's laptop, in a new space."""
    clock = SeasonClock(at)
    return Laptop(0, new_store(folder, PASSPHRASE, worker, department, DEMO_COST, clock), clock)


def joined_laptop(folder: Path, number: int, worker: str, coordinator: Laptop, invitation: Path, at: str) -> Laptop:
    """A worker's laptop, let into the coordinator's space by an invitation, which is then thrown away."""
    coordinator.clock.set(at)
    code = invite(coordinator.store, invitation)
    clock = SeasonClock(at)
    store = join(folder, invitation, code, worker, PASSPHRASE, DEMO_COST, clock)
    invitation.unlink()
    return Laptop(number, store, clock)


@dataclass
class Numbers:
    """The ids that the plan's numbers got when they were played, and every record that the verbs made."""

    people: dict[int, str] = field(default_factory=dict)
    organizations: dict[int, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    sheets: dict[int, str] = field(default_factory=dict)
    feedback: dict[int, str] = field(default_factory=dict)
    contact_follow_ups: dict[int, str] = field(default_factory=dict)  # by the contact's place in the season
    made: dict[str, set[str]] = field(default_factory=dict)

    def note(self, changes: Changes) -> None:
        """Keep the records that a verb made or touched."""
        for kind, records in changes.records.items():
            self.made.setdefault(kind, set()).update(records)

    def new(self, changes: Changes, kind: str) -> str | None:
        """The one record of a kind that a verb, not yet noted, made; None where it made none."""
        found = changes.records.get(kind, frozenset()) - self.made.get(kind, set())
        return next(iter(found), None)
