"""The world of one department: laptops, the folders they meet through, and what must hold whatever happens in it."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from outreach_app.journal.changes import Change, Reading, Slot, WriteId
from outreach_app.journal.statements import COORDINATOR, WORKER, Accepted
from outreach_app.model.errors import BadInput, NotFound, NotWritable, WrongSpace
from outreach_app.operations.held import anew
from outreach_app.operations.syncing import sync_through
from outreach_app.store.identities import COORDINATORS, EVERYONE, DeviceIdentity
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.stores import Store
from outreach_app.sync.exchanges import ExchangeAccount
from tests.simulator.holdings import (
    Content,
    held_ids,
    held_writes,
    kept_names,
    left_changes,
    own_changes,
    said_in,
)
from tests.simulator.laptops import SHEET, Laptop, Moment, Time, as_program, space_of
from tests.simulator.oracles import Divergence, Loss, Seen
from tests.simulator.roads import NO_TROUBLE, Folder, Road, Trouble
from tests.simulator.steps import Step

NAMES = (("Ada Crowe", 1), ("Ben Squirrel", 0), ("Cora Toineeta", 2), ("Dee Locklear", 1), ("Eve Owle", 1))
"""Who uses which program at first. Ada is the coordinator; Eve never syncs, and mails workbooks."""

FOLDERS = ("stick", "share")
_MOST = 8  # laptops, with the clones
_ATTEMPTS = 4  # to find something to do
_TICKS = 10_000  # microseconds that a clock may count on where it was set back

Book = tuple[Reading, list[tuple[Slot, object]]]
"""A workbook as it is read back, and what was typed over its cells."""


class BrokenOff(Exception):
    """Somebody stopped a sync."""


@dataclass
class World:
    """Laptops and folders below ``place``, and what the world remembers that no laptop needs to know."""

    seed: int
    place: Path
    laptops: list[Laptop] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    saved: dict[bytes, Change] = field(default_factory=dict)
    """What was acknowledged, by digest, less what was on no laptop but one that was lost."""
    reports: dict[str, str] = field(default_factory=dict)
    """Sensitive reports by their words: the segment in which each was sealed as it was saved."""
    sealed: set[str] = field(default_factory=set)
    """The words of all that were ever made."""
    post: list[Book] = field(default_factory=list)
    """Workbooks that were mailed, as they are read back."""
    files: list[tuple[Path, bytes]] = field(default_factory=list)
    """Workbooks that were mailed as files, each with its id."""
    seen: Seen = field(default_factory=Seen)
    archive: dict[str, bytes] = field(default_factory=dict)
    """Every segment that was ever left in a folder."""
    signed: dict[bytes, int] = field(default_factory=dict)
    """How far each run was ever held by a coordinator's laptop."""
    forked: set[bytes] = field(default_factory=set)
    """The runs in which two laptops wrote, one of them a copy of the other in mid-session."""
    clashing: dict[bytes, int] = field(default_factory=dict)
    """The runs in which two contents came under one number, and the first such number."""
    sheets: list[RecoveryKey] = field(default_factory=lambda: [SHEET])
    """All that were ever printed."""
    given_up: set[bytes] = field(default_factory=set)
    """Devices that a coordinator has given up."""
    told: list[str] = field(default_factory=list)
    """What happened, in words that are the same whenever the same steps are taken."""

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.true = Moment()
        self._made = 0
        self._ever: set[bytes] = set()  # all that was ever acknowledged
        self._first: dict[WriteId, bytes] = {}  # what first came under each number
        for name in FOLDERS:
            self.folders.append(Folder(self.place / name))
            self.folders[-1].place.mkdir()
        seeds = [self.dice.randbytes(32) for _name in NAMES]
        space = self.space = space_of(DeviceIdentity(seeds[0]).public)
        for (name, program), seed in zip(NAMES, seeds, strict=True):
            office = not self.laptops
            laptop = Laptop(name, self.new_place(), Time(self.true), program, syncs=name != "Eve Owle")
            laptop.begin(seed, COORDINATOR if office else WORKER, space.for_role(office))
            self.laptops.append(laptop)
        self.at_work = self.office
        with self.working(self.office) as store, store.writing("let_in") as draft:
            for laptop in self.laptops[1:]:
                public = laptop.store.identity.public
                draft.statements.append(Accepted(self.dice.randbytes(32), public, laptop.name, WORKER))

    @property
    def office(self) -> Laptop:
        """The laptop of a coordinator whom no other coordinator comes before: all is judged from there."""
        return self.laptops[0]

    @property
    def meeting(self) -> list[Laptop]:
        """Those that ever sync."""
        return [laptop for laptop in self.laptops if laptop.syncs]

    def laptop(self, step: Step, fit: Callable[[Laptop], object] = lambda _laptop: True) -> Laptop:
        """The laptop of a step, of those that are ``fit`` for it, or of all where none is."""
        those = [each for each in self.laptops if fit(each)] or self.laptops
        return those[step.who % len(those)]

    def meeting_one(self, step: Step) -> Laptop:
        """The same among those that sync."""
        return self.meeting[step.who % len(self.meeting)]

    def folder(self, step: Step, fit: Callable[[Folder], object] = lambda _folder: True) -> Folder:
        """The folder of a step, of those that are ``fit`` for it, or of all where none is."""
        wanted = self.folders[step.where % len(self.folders)]
        return next((each for each in (wanted, *self.folders) if fit(each)), wanted)

    def words_of_sheet(self, laptop: Laptop) -> str:
        """The words of the department's sheet, as far as a laptop knows which that is."""
        recipient, _public = laptop.store.space.recovery
        return next(" ".join(each.words) for each in self.sheets if each.recipient == recipient)

    def new_place(self) -> Path:
        """Where nothing is yet."""
        self._made += 1
        return self.place / f"laptop{self._made}"

    def make_room(self, of: Laptop) -> bool:
        """Have room for one more laptop: where there is none, a copy of another one is lost."""
        if len(self.laptops) < _MOST:
            return True
        copies = [each for each in self.laptops[len(NAMES) :] if each is not of]
        if copies:
            self.laptops.remove(copies[0])
            self.forget(copies[0].store)
            copies[0].store.close()
        return bool(copies)

    def now(self) -> int:
        """The time as the laptop at work has it."""
        return self.at_work.time()

    def tell(self, *what: object) -> None:
        """Write down what happened."""
        self.told.append(" ".join(map(str, what)))

    @property
    def digest(self) -> str:
        """Of all that happened."""
        return sha256("\n".join(self.told).encode()).hexdigest()

    # at a laptop

    @contextmanager
    def working(self, laptop: Laptop, shown: frozenset[Content] = frozenset()) -> Iterator[Store]:
        """Whatever is saved at a laptop meanwhile is acknowledged, and must say no more than its author was shown,
        there or, as ``shown``, elsewhere; and nothing that was held is gone."""
        self.at_work, store = laptop, laptop.store
        seen, held = held_writes(store), held_ids(store).keys()
        try:
            with as_program(laptop.program):
                yield store
        finally:
            for change in own_changes(laptop.store, but=self._ever):
                if any(str(write.value) in self.sealed for write in change.writes):
                    self._ever.add(change.digest)  # it reads by now what it sealed once
                    continue
                self._acknowledge(laptop, change, seen | shown)
                self.happened["written at a laptop given up"] += laptop.store.device in self.given_up
            self._keeps(laptop, held)

    def do_something(self, laptop: Laptop, dice: random.Random) -> None:
        """One thing that a person does, the first for which there is something to do it to; who is asked to decide what
        is another's cannot."""
        with self.working(laptop):
            try:
                for _attempt in range(_ATTEMPTS):
                    if laptop.doings(dice).something() is not None:
                        return
            except BadInput:
                self.tell(laptop.name, "may not decide this")

    def _acknowledge(self, laptop: Laptop, change: Change, shown: frozenset[Content]) -> None:
        if change.verb == "accept":
            left = [*left_changes(laptop.store).values()]
            shown |= said_in(left) | said_in([replace(each, writes=tuple(map(anew, each.writes))) for each in left])
        told = {WriteId(each.run, each.number): each for each in shown}
        taught = {each.write.id for reading in change.readings for each in reading.taught}
        for write in change.writes:
            if unseen := set(write.replaces) - told.keys() - taught:
                raise Divergence(f"{change.verb} replaced {len(unseen)} writes that its author never saw")
            for each in write.replaces:
                if each in told:
                    self.seen.replaced[change.digest, each] = told[each]
        if not laptop.ticked < change.clock <= laptop.time.latest + _TICKS:
            raise Divergence(f"{change.verb} is dated {change.clock}, not after {laptop.ticked}: {laptop.time}")
        laptop.ticked = change.clock
        self.saved[change.digest] = change
        self._ever.add(change.digest)
        run, number = change.id
        if self._first.setdefault(change.id, change.digest) != change.digest:
            if run not in self.forked:
                raise Divergence(f"a number of a run was used twice: {change.verb}")
            self.clashing[run] = min(self.clashing.get(run, number), number)
        self.seen.read(change)
        said = [(*each.id, each.value, each.salt) for each in change.writes]
        self.tell(laptop.name, change.verb, change.clock, *said)

    def _keeps(self, laptop: Laptop, before: AbstractSet[bytes]) -> None:
        """No program empties a laptop. What counts no longer leaves the journal, and is kept in its segment."""
        gone = before - held_ids(laptop.store).keys()
        if gone and (gone := gone - left_changes(laptop.store).keys()):
            raise Loss(f"{len(gone)} changes have vanished from the laptop of {laptop.name}")

    # between laptops

    def meet(
        self,
        laptop: Laptop,
        folder: Folder,
        trouble: Trouble = NO_TROUBLE,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> ExchangeAccount | None:
        """Sync through a folder; whatever is wrong with it, the account adds up, and nothing is held less."""
        if not folder.there:
            self.happened["stick pulled"] += 1
            try:
                Road(folder, trouble, self.happened)
            except NotFound:
                folder.put_in()
                return None
            raise Divergence("a folder that is not there was synced with")
        road = Road(folder, trouble, self.happened)
        account: ExchangeAccount | None = None
        try:
            with self.working(laptop) as store:
                account = sync_through(store, road, folder.place.name, progress).exchange
        except WrongSpace:
            self.happened["another department's folder"] += 1
        except (NotFound, NotWritable) as fault:
            self.tell(laptop.name, "could not sync:", type(fault).__name__)
        except BrokenOff:
            self.happened["sync broken off"] += 1
        finally:
            self.archive |= road.left
            folder.arrive()
        self.look(laptop)
        if account is not None:
            self._count(laptop, account)
        return account

    def look(self, laptop: Laptop) -> None:
        """What a coordinator's laptop has signed for, it holds."""
        if laptop.store.space.reads(COORDINATORS):
            with laptop.store.reading() as connection:
                do = connection.exec_driver_sql
                for run, reached in do("SELECT run, reached FROM runs"):
                    self.signed[run] = max(self.signed.get(run, 0), reached)
                claims = do("SELECT run, reached FROM receipts WHERE device = ?", (laptop.store.device,)).all()
            if any(self.signed.get(run, 0) < reached for run, reached in claims):
                raise Divergence("a coordinator's laptop has signed for what it does not hold")

    def _count(self, laptop: Laptop, account: ExchangeAccount) -> None:
        if not account.adds_up:
            raise Divergence(f"an account that does not add up: {account}")
        self.happened["gap"] += bool(account.waiting)
        self.happened["gap closed"] += bool(account.late)
        self.happened["fork"] += bool(account.clashing)
        self.happened["synced by a laptop given up"] += laptop.store.device in self.given_up
        newest = max(each.store.space.current(EVERYONE).number for each in self.laptops)
        behind = laptop.store.space.current(EVERYONE).number < newest
        self.happened["written to an old key"] += behind and bool(account.sent_changes)
        left = laptop.store.left_segments()
        self.happened["kept for a newer program"] += "newer" in left
        self.tell(
            laptop.name, "synced", account.files, account.unchanged, account.mended, len(account.set_aside),
            account.received, account.known, account.waiting, account.clashing, account.late, account.sent_changes,
            account.carried_segments, bool(account.not_sent), sorted(left.items()),
        )  # fmt: skip

    def forget(self, lost: Store) -> None:
        """A laptop is lost: what no other has taken in of what it wrote is nobody's fault."""
        held: set[bytes] = set()
        carried: set[str] = set()
        for laptop in self.laptops:
            if laptop.store is not lost:
                held |= held_ids(laptop.store).keys() | left_changes(laptop.store).keys()
                carried |= kept_names(laptop.store)
        left = lost.device
        self.saved = {each: change for each, change in self.saved.items() if change.device != left or each in held}
        self.reports = {words: name for words, name in self.reports.items() if name in carried}

    def close(self) -> None:
        """Let go of all stores."""
        for laptop in self.laptops:
            laptop.store.close()
