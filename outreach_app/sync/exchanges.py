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
from outreach_app.store.shipping import Kept, State
from outreach_app.sync.carriers import Carrier, Listed
from outreach_app.sync.frames import Short
from outreach_app.sync.places import place_of, segment_at
from outreach_app.sync.segments import (
    MOST_FILE,
    Chain,
    NewerChange,
    OpenedSegment,
    SealedForOthers,
    Segment,
    open_segment,
    read_label,
    seal,
)
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
    waiting: int = 0  # kept, and not taken in yet
    clashing: int = 0  # another content is held under the same number; both are kept
    state: State = State.APPLIED


class Replica(Protocol):
    """A laptop's store, as an exchange needs it."""

    @property
    def identity(self) -> DeviceIdentity:
        """Who signs."""

    @property
    def space(self) -> SpaceKeys:
        """Whose space."""

    @property
    def reads(self) -> int:
        """The newest form of a change that it reads."""

    def apply(self, opened: OpenedSegment) -> Applied:
        """Keep a segment, and take in its changes where they may be, durably and all or none.

        What is known already is passed over.
        """

    def keep(self, segment: Kept) -> None:
        """Keep a segment durably: its own, or one that it cannot open and carries on."""

    def retry(self) -> Mapping[str, Applied]:
        """Try the kept segments that wait once more, until no more can be taken in; by name those it could, and those
        that were applied since it began and were set back by what came after them."""

    def confirm(self) -> None:
        """Say what it durably holds now of others, where it is the one to say so."""

    def changes_to_carry(self, most: int) -> Sequence[Change]:
        """The first of its own changes that are in no segment yet: of one run, in order, at most ``most``."""

    def chain(self, run: bytes) -> Chain:
        """The digests of the last segments it made: of all, and of a run."""

    def kept(self) -> Sequence[str]:
        """The names of the segments it keeps, oldest first."""

    def segment(self, name: str) -> Kept:
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
    kept: bool = False  # its segment is kept here, and tried again at each sync
    replaced: bool = False  # what it held lies there whole in another file


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
    waiting: int  # kept, and not taken in yet
    clashing: int
    late: int  # new here too: changes of segments kept from earlier exchanges, which waited until now
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
        replica.confirm()
        cut(replica)
        ours.send()
    finally:
        ours.remember()
    return ours.account()


def take_back(replica: Replica, carrier: Carrier, progress: Progress = lambda _done, _of: None) -> ExchangeAccount:
    """Only take in what the carrier holds, this laptop's own too, and leave nothing there. Raises as an exchange."""
    ours = _Exchange(replica, carrier, progress)
    try:
        ours.receive()
    finally:
        ours.remember()
    return ours.account()


def cut(replica: Replica) -> None:
    """Make segments of what is in none yet, each kept before it is left anywhere: numbers are cut only once."""
    while changes := _batch(replica.changes_to_carry(MOST_CHANGES)):
        chain = replica.chain(changes[0].id.run)
        replica.keep(seal(changes, replica.identity, replica.space, chain).kept(State.APPLIED, len(changes)))


def reason(state: State) -> str:
    """Why a kept segment is not taken in."""
    return {
        State.WAITING: _("Waits for what the same laptop wrote before it, which is not here yet."),
        State.STRANGER: _("Waits until a coordinator's laptop has let in the laptop that wrote it."),
        State.HELD: _("Had not been received when its laptop was given up as lost. A coordinator looks at it first."),
        State.SEALED: _("Sealed for others in the department. Carried on to them."),
        State.NEWER: _("Made by a newer Outreach. Kept until this one is brought up to date."),
        State.FORKED: _(
            "Two copies of one laptop were open at once and wrote different things. Both are kept for a coordinator."
        ),
    }[state]


class _Exchange:
    """One exchange while it runs."""

    def __init__(self, replica: Replica, carrier: Carrier, progress: Progress) -> None:
        self._replica, self._carrier, self._progress = replica, carrier, progress
        self._present: set[str] = set()  # segments found good on the carrier, by name
        self._found: dict[str, Seen] = {}
        self._set_aside: dict[str, SetAside] = {}
        self._applied: dict[str, Applied] = {}  # by segment
        self._file_of: dict[str, str] = {}  # of a segment read now, by its name
        self._files = self._unchanged = self._foreign = self._done = self._total = self._again = 0
        self._sent_segments = self._sent_changes = self._carried = self._mended = self._late = 0
        self._not_sent = ""

    def receive(self) -> None:
        """Read every file that is not known to be as it was, then try again what waited."""
        listed = self._carrier.listing()
        seen = self._replica.seen(self._carrier.id) if self._carrier.id else {}
        kept = set(self._replica.kept())
        left = []
        for file in listed:
            before = seen.get(file.name)
            if before and before.stamp == file.stamp and before.segment in kept:
                self._present.add(before.segment)
            else:
                left.append(file)
        self._files, self._unchanged, self._total = len(listed), len(listed) - len(left), len(left)
        for file in left:
            self._take(file)
            self._step()
        for name, applied in self._replica.retry().items():
            self._became(name, applied)
        if self._foreign and self._foreign == len(self._set_aside) == len(listed):
            raise WrongSpace(_("This folder is another department's. Nothing was taken from it or left in it."))

    def _take(self, file: Listed) -> None:
        """Open one file and apply it, carry it on unread, or set it aside."""
        try:
            if file.size > MOST_FILE:
                raise OutreachError(_("This file is larger than any that Outreach makes."))
            segment, _sealed = read_label(data := self._carrier.read(file.name), self._replica.space.space)
        except OutreachError as fault:
            self._foreign += isinstance(fault, WrongSpace)
            self._set_aside[file.name] = SetAside(file.name, str(fault), isinstance(fault, (Short, NotFound)))
            return
        before = self._applied.get(segment.name)
        if before is not None and before.state not in (State.SEALED, State.NEWER):  # the same segment lies here twice
            self._note(file, segment.name, segment.label.run, segment.label.last)
            self._again += 1
            return
        try:
            opened = open_segment(data, self._replica.space, self._replica.reads)
        except (SealedForOthers, NewerChange) as fault:
            state = State.SEALED if isinstance(fault, SealedForOthers) else State.NEWER
            self._replica.keep(segment.kept(state))
            self._judge(file, segment, Applied(state=state))
        except OutreachError as fault:
            self._set_aside[file.name] = SetAside(file.name, str(fault), waits=False)
        else:
            self._judge(file, segment, self._replica.apply(opened))

    def _judge(self, file: Listed, segment: Segment, applied: Applied) -> None:
        """Remember a file that is kept now; one that cannot be taken in yet says why."""
        self._file_of[segment.name] = file.name
        self._note(file, segment.name, segment.label.run, segment.label.last)
        self._became(segment.name, applied)

    def _became(self, name: str, applied: Applied) -> None:
        """What became of a segment in the end: of one read now, or of one kept since long."""
        if name not in self._file_of:
            self._late += applied.new
            return
        self._applied[name], file = applied, self._file_of[name]
        self._set_aside.pop(file, None)
        if applied.state is not State.APPLIED:
            self._set_aside[file] = SetAside(file, reason(applied.state), waits=True, kept=True)

    def _note(self, file: Listed, segment: str, run: bytes, last: int) -> None:
        self._present.add(segment)
        self._found[file.name] = Seen(file.stamp, segment, run, last)

    def send(self) -> None:
        """Leave every segment kept that was not found good on the carrier, until it takes no more."""
        missing = [name for name in self._replica.kept() if name not in self._present or self._torn(name)]
        self._total += len(missing)
        try:
            for name in missing:
                self._leave(self._replica.segment(name))
                self._step()
        except NotWritable as fault:
            self._not_sent = str(fault)

    def _torn(self, name: str) -> bool:
        """Whether this laptop's own file of it is torn or damaged, though others left a whole copy."""
        aside = self._set_aside.get(name)
        return aside is not None and not aside.kept and place_of(name, self._replica.identity.device) == name

    def _leave(self, segment: Kept) -> None:
        """Own segments under their names; those of others in a place of our own, as nobody writes in another's."""
        own = segment.device == self._replica.identity.device
        place = place_of(segment.name, self._replica.identity.device)
        self._note(self._carrier.write(place, segment.data), segment.name, segment.run, segment.last)
        self._mended += self._set_aside.pop(place, None) is not None
        self._sent_segments += own
        self._sent_changes += segment.changes if own else 0
        self._carried += not own

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._total), self._total)

    def remember(self) -> None:
        """Keep in mind what was found and left, after it was applied; also where the exchange was broken off."""
        if self._found and self._carrier.id:
            self._replica.remember(self._carrier.id, self._found)

    def _settle(self) -> None:
        """A torn or damaged file is nobody's worry where what it held lies there whole."""
        whole = _("Another copy of it there is whole. Nothing need be done.")
        for name, aside in self._set_aside.items():
            if not aside.kept and segment_at(name) in self._present:
                self._set_aside[name] = SetAside(name, whole, waits=False, replaced=True)

    def account(self) -> ExchangeAccount:
        self._settle()
        applied = self._applied.values()
        return ExchangeAccount(
            carrier=self._carrier.id,
            files=self._files,
            unchanged=self._unchanged,
            mended=self._mended,
            read=len(self._applied) + self._again - sum(name in self._set_aside for name in self._file_of.values()),
            set_aside=tuple(self._set_aside.values()),
            changes=sum(each.new + each.known + each.waiting + each.clashing for each in applied),
            received=sum(each.new for each in applied),
            known=sum(each.known for each in applied),
            waiting=sum(each.waiting for each in applied),
            clashing=sum(each.clashing for each in applied),
            late=self._late,
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
