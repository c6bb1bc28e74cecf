"""A laptop while a season is played: its store, a clock set by the plan, and who is who there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from outreach_app.demo.plans import Season
from outreach_app.journal.changes import Changes
from outreach_app.journal.clock import Clock, clock_of
from outreach_app.store.stores import Store

PASSPHRASE = "demo"


class SeasonClock(Clock):
    """A laptop's clock that is set from the plan."""

    def __init__(self, at: str) -> None:
        super().__init__(lambda: self._at)
        self._at = 0
        self.set(at)

    def set(self, at: str) -> None:
        """It is now ``at``, an ISO 8601 moment with its offset."""
        self._at = clock_of(at)


@dataclass
class Numbers:
    """The ids that the plan's numbers got when they were played, and every record that the verbs made."""

    people: dict[int, str] = field(default_factory=dict)
    organizations: dict[int, str] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
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

    def learn(self, other: "Numbers") -> None:
        """Take in what another laptop numbered."""
        for name in ("people", "organizations", "events", "groups", "sheets", "feedback", "contact_follow_ups"):
            getattr(self, name).update(getattr(other, name))
        for kind, records in other.made.items():
            self.made.setdefault(kind, set()).update(records)


class Here:
    """What a laptop's own process holds. ``sheets``: the folder that printed sheets go to."""

    def __init__(self, season: Season, sheets: Path, tell: Callable[[int], None]) -> None:
        self.season = season
        self.sheets = sheets
        self.tell = tell  # so many more things are done
        self.clock = SeasonClock(season.begins)
        self.numbers = Numbers()
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The laptop's store."""
        assert self._store is not None, "this laptop has no store yet"
        return self._store

    @store.setter
    def store(self, store: Store) -> None:
        self._store = store

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    @cached_property
    def first_contacts(self) -> dict[int, int]:
        """Which contact was the first with each organization: it says in words what is needed and offered.

        What an organization says to others later goes to its notes, where nobody writes over anybody's words.
        """
        first: dict[int, int] = {}
        for number, contact in enumerate(self.season.partner_contacts):
            first.setdefault(contact.organization, number)
        return first
