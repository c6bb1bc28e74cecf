"""One exchange between a laptop and a carrier: take in what others left, leave what they have not.

The engine knows no database. A :class:`Replica` is the laptop: it applies changes durably and tells from its own
journal what it holds. What is remembered of a carrier only spares rereading: forgetting it, or remembering what is no
longer so, costs time and loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from outreach_app.journal.changes import Change
from outreach_app.model.errors import NotFound, NotWritable, OutreachError, WrongSpace
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

    def changes_to_carry(self, most: int) -> Sequence[Change]:
        """The first of its own changes that are in no segment yet: of one run, in order, at most ``most``."""

    def last_digest(self) -> bytes:
        """The digest of the last segment it made; b"" before the first."""

    def keep(self, segment: Segment) -> None:
        """Keep a segment durably, its own or one whose changes it has applied, to leave wherever it is missing."""

    def kept(self) -> Sequence[str]:
        """The names of the segments it keeps, oldest first."""

    def kept_segment(self, name: str) -> Segment:
        """A segment it keeps."""

    def seen(self, carrier: str) -> Mapping[str, Seen]:
        """What it remembers of a carrier's files, by the name of the file."""

    def remember(self, carrier: str, seen: Mapping[str, Seen]) -> None:
        """Remember these files too. A segment remembered of any carrier is *copied, not yet confirmed*."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that gave nothing, and why. ``waits``: it may yet, with no one doing anything."""

    name: str
    reason: str
    waits: bool


@dataclass(frozen=True, slots=True)
class ExchangeAccount:
    """What an exchange did. Every file listed is in one place, and so is every change read."""

    carrier: str
    files: int  # listed
    unchanged: int  # known from before, and not read again
    read: int
    mended: int  # damaged files of this laptop's own, written anew
    set_aside: tuple[SetAside, ...]
    changes: int  # in the files read, and those of the files that wait for earlier ones
    received: int  # changes that are new here
    known: int
    waiting: int
    clashing: int
    sent_segments: int  # of this laptop's own
    sent_changes: int
    carried_segments: int  # of other laptops, left here for them
    not_sent: str = ""  # why the rest could not be left here, "" where all was

    @property
    def adds_up(self) -> bool:
        """Whether every file and every change is accounted for."""
        files = self.unchanged + self.read + self.mended + len(self.set_aside)
        return files == self.files and self.received + self.known + self.waiting + self.clashing == self.changes


def exchange(replica: Replica, carrier: Carrier, progress: Progress = lambda _done, _of: None) -> ExchangeAccount:
    """Take in what the carrier holds that is new, then leave on it what it lacks.

    Raises NotFound where the carrier cannot be reached, and WrongSpace where it holds another department's files and
    none of this one's. A carrier that takes nothing more is told in the account: what was received stands all the same.
    """
    ours = _Exchange(replica, carrier, progress)
    try:
        ours.receive()
        ours.cut()
        ours.send()
    finally:
        ours.remember()
    return ours.account()


class _Exchange:
    """One exchange while it runs."""

    def __init__(self, replica: Replica, carrier: Carrier, progress: Progress) -> None:
        self._replica, self._carrier, self._progress = replica, carrier, progress
        self._present: set[str] = set()  # segments found good on the carrier, by name
        self._found: dict[str, Seen] = {}
        self._set_aside: dict[str, SetAside] = {}
        self._applied: dict[str, Applied] = {}  # by file
        self._files = self._unchanged = self._foreign = self._done = self._total = 0
        self._sent_segments = self._sent_changes = self._carried = self._mended = 0
        self._not_sent = ""

    def receive(self) -> None:
        """Read every file that is not known to be as it was, again as long as gaps in runs are being filled."""
        listed = self._carrier.listing()
        seen = self._replica.seen(self._carrier.id) if self._carrier.id else {}
        held = self._replica.held()
        left = []
        for file in listed:
            before = seen.get(file.name)
            if before and before.stamp == file.stamp and held.get(before.run, 0) >= before.last:
                self._present.add(before.segment)
            else:
                left.append(file)
        self._files, self._unchanged, self._total = len(listed), len(listed) - len(left), len(left)
        filled = True
        while left and filled:
            waiting, filled = [], False
            for file in left:
                applied = self._take(file)
                filled = filled or applied.new > 0
                if applied.waiting:
                    waiting.append(file)
            left = waiting
        if self._foreign and self._foreign == len(self._set_aside) == len(listed):
            raise WrongSpace(_("This folder is another department's. Nothing was taken from it or left in it."))

    def _take(self, file: Listed) -> Applied:
        """Open one file and apply it, or set it aside."""
        applied = Applied()
        try:
            opened = self._opened(file)
        except OutreachError as fault:
            self._foreign += isinstance(fault, WrongSpace)
            self._set_aside[file.name] = SetAside(file.name, str(fault), isinstance(fault, (Short, NotFound)))
        else:
            applied = self._applied[file.name] = self._replica.apply(opened.changes, opened.segment.header)
            self._judge(file, opened.segment, applied)
        self._step()
        return applied

    def _opened(self, file: Listed) -> OpenedSegment:
        if file.size > MOST_FILE:
            raise OutreachError(_("This file is larger than any that Outreach makes."))
        return open_segment(self._carrier.read(file.name), self._replica.space)

    def _judge(self, file: Listed, segment: Segment, applied: Applied) -> None:
        """Remember a file whose changes are all held now; one with a gap before it waits, and is read again."""
        if applied.waiting:
            reason = _("Waits for what the same laptop wrote before it, which is not here yet.")
            self._set_aside[file.name] = SetAside(file.name, reason, waits=True)
            return
        self._set_aside.pop(file.name, None)
        self._replica.keep(segment)
        self._note(file, segment)

    def _note(self, file: Listed, segment: Segment) -> None:
        self._present.add(segment.name)
        self._found[file.name] = Seen(file.stamp, segment.name, segment.header.run, segment.header.last)

    def cut(self) -> None:
        """Make segments of what is in none yet, each kept before it is left anywhere: numbers are cut only once."""
        replica = self._replica
        while changes := _batch(replica.changes_to_carry(MOST_CHANGES)):
            replica.keep(seal(changes, replica.identity, replica.space, replica.last_digest()))

    def send(self) -> None:
        """Leave every segment kept that was not found good on the carrier, until it takes no more."""
        missing = [name for name in self._replica.kept() if name not in self._present]
        self._total += len(missing)
        try:
            for name in missing:
                self._leave(self._replica.kept_segment(name))
                self._step()
        except NotWritable as fault:
            self._not_sent = str(fault)

    def _leave(self, segment: Segment) -> None:
        """Own segments under their names; those of others in a place of our own, as nobody writes in another's."""
        identity, header = self._replica.identity, segment.header
        own = header.device == identity.device
        space, device, run, numbers = segment.name.split("/")
        place = segment.name if own else f"{space}/{identity.device[:8].hex()}/carried/{device}-{run}-{numbers}"
        self._note(self._carrier.write(place, segment.data), segment)
        self._mended += self._set_aside.pop(place, None) is not None
        self._sent_segments += own
        self._sent_changes += header.count if own else 0
        self._carried += not own

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._total), self._total)

    def remember(self) -> None:
        """Keep in mind what was found and left, after it was applied; also where the exchange was broken off."""
        if self._found and self._carrier.id:
            self._replica.remember(self._carrier.id, self._found)

    def account(self) -> ExchangeAccount:
        applied = self._applied.values()
        return ExchangeAccount(
            carrier=self._carrier.id,
            files=self._files,
            unchanged=self._unchanged,
            mended=self._mended,
            read=len(self._applied) - sum(name in self._set_aside for name in self._applied),
            set_aside=tuple(self._set_aside.values()),
            changes=sum(each.new + each.known + each.waiting + each.clashing for each in applied),
            received=sum(each.new for each in applied),
            known=sum(each.known for each in applied),
            waiting=sum(each.waiting for each in applied),
            clashing=sum(each.clashing for each in applied),
            sent_segments=self._sent_segments,
            sent_changes=self._sent_changes,
            carried_segments=self._carried,
            not_sent=self._not_sent,
        )


def _batch(changes: Sequence[Change]) -> Sequence[Change]:
    """As many of the changes, from the first, as one segment holds."""
    writes = 0
    for place, change in enumerate(changes):
        writes += len(change.writes) + sum(len(reading.cells) + len(reading.taught) for reading in change.readings)
        if place and writes > MOST_WRITES:
            return changes[:place]
    return changes
