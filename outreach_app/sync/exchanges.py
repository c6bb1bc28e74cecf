"""One exchange between a laptop and a carrier: take in what others left, leave what they have not.

The engine knows no database. A :class:`Replica` is the laptop: it applies changes durably and tells from its own journal
what it holds. What is remembered of a carrier only spares rereading: forgetting it, or remembering what is no longer
so, costs time and loses nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from outreach_app.journal.changes import Change
from outreach_app.model.errors import NotFound, NotWritable, OutreachError
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.sync.carriers import Carrier, Listed
from outreach_app.sync.frames import Short
from outreach_app.sync.segments import MOST_FILE, Header, OpenedSegment, Segment, open_segment, seal
from outreach_app.texts import _

MOST_CHANGES = 2_000  # in a segment
MOST_WRITES = 50_000  # in a segment of more than one change

Progress = Callable[[int, int], None]
"""Told after each file how many are done, of how many. Whatever it raises ends the exchange between two files."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file found good before: as it was listed, and which segment it is."""

    stamp: str
    segment: str  # the segment's name
    run: bytes
    last: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a segment's changes. Every change is in one of these."""

    new: int = 0
    known: int = 0  # held before
    waiting: int = 0  # not taken in: earlier numbers of their run are missing
    clashing: int = 0  # another content is held under the same number; both are kept


class Replica(Protocol):
    """A laptop's store, as an exchange needs it."""

    @property
    def identity(self) -> DeviceIdentity:
        """Who signs."""

    @property
    def space(self) -> SpaceKeys:
        """Whose space."""

    def held(self) -> Mapping[bytes, int]:
        """How far each run is held without a gap, from the journal."""

    def apply(self, changes: Sequence[Change], header: Header) -> Applied:
        """Take in changes of one run, in order, durably and all or none. What is known already is passed over."""

    def changes_to_carry(self) -> Iterator[Change]:
        """Its own changes that are in no segment yet, run by run, in order."""

    def last_digest(self) -> bytes:
        """The digest of the last segment it made; b"" before the first."""

    def keep(self, segment: Segment) -> None:
        """Keep a segment durably, its own or one whose changes it has applied, to leave wherever it is missing."""

    def kept(self) -> Sequence[str]:
        """The names of the segments it keeps, oldest first."""

    def kept_data(self, name: str) -> Segment:
        """A kept segment."""

    def seen(self, carrier: str) -> Mapping[str, Seen]:
        """What it remembers of a carrier's files, by the name of the file."""

    def remember(self, carrier: str, seen: Mapping[str, Seen]) -> None:
        """Remember these files too. A segment remembered of any carrier is *copied, not yet confirmed*."""
