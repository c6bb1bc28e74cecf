"""A small world of one department: real stores in memory, real folders, clocks that can be set, and faults by name."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import WriteId
from outreach_app.journal.clock import Clock
from outreach_app.journal.statements import WORKER, Accepted
from outreach_app.model.errors import OutreachError
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.databases import Database
from outreach_app.store.engines import open_engine
from outreach_app.store.identities import COORDINATORS, EVERYONE, SpaceKeys
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings
from tests.helpers.memories import all_changes, all_shown, memory

YEARS = 10 * 365 * 24 * 60 * 60 * 1_000_000
START = 1_760_000_000_000_000


@dataclass
class Time:
    """A clock that is as wrong as it is set to be."""

    now: int = START
    off: int = 0

    def __call__(self) -> int:
        self.now += 1_000_000
        return self.now + self.off


@dataclass
class Laptop:
    """A store, and whoever writes in it."""

    store: Store
    time: Time
    dice: random.Random
    backup: Store | None = None
    sealed: int = 0

    @property
    def doings(self) -> Doings:
        """What its worker does."""
        return Doings(self.store, self.dice)


class Divergence(AssertionError):
    """Two laptops that hold the same show something else, or something saved is gone."""


@dataclass
class World:
    """Laptops of one space, the first of them the coordinator's, and the folders they meet through."""

    seed: int
    folders: list[Path]
    laptops: list[Laptop] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    saved: set[WriteId] = field(default_factory=set)
    originals: dict[Path, bytes] = field(default_factory=dict)
    steps: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        for name in ("Ada Crowe", "Ben Squirrel", "Cora Toineeta", "Dee Locklear"):
            time = Time()
            self.laptops.append(Laptop(memory(name, clock=Clock(time)), time, self.dice))
        office = self.laptops[0].store
        office.enter_space(replace(office.space, root=office.identity.public))
        for laptop in self.laptops[1:]:
            identity = laptop.store.identity
            with office.writing("let_in") as draft:
                draft.statements.append(Accepted(self.dice.randbytes(32), identity.public, laptop.store.worker, WORKER))
            laptop.store.enter_space(office.space.for_role(False))

    # what people do

    def write(self, who: int) -> None:
        """Capture or change something."""
        laptop = self.laptops[who]
        laptop.doings.something()
        self.saved |= {write.id for change in laptop.store.recent(1) for write in change.writes}

    def report(self, who: int) -> None:
        """Write down a sensitive report, which is sealed as it is saved."""
        record_feedback(self.laptops[who].store, NewFeedback(f"report {self.steps}", sensitive=True))

    def meet(self, who: int, where: int) -> None:
        """Sync through a folder; whatever is wrong with it, the account adds up."""
        folder = self.folders[where]
        if not folder.exists():
            self.faults["stick pulled"] += 1
            with suppress(OutreachError):
                sync_folder(self.laptops[who].store, folder)
                raise Divergence("a folder that is not there was synced with")
            return
        account = sync_folder(self.laptops[who].store, folder).exchange
        if not account.adds_up:
            raise Divergence(f"an account that does not add up: {account}")
        self.faults["gap"] += bool(account.waiting)
        self.faults["sealed for others"] += any(each.waits for each in account.set_aside)

    def unlock(self, who: int) -> None:
        """Lock and unlock: a new run begins."""
        self.laptops[who].store._runs.clear()

    def back_up(self, who: int) -> None:
        """Keep a copy of the laptop as it is."""
        laptop = self.laptops[who]
        laptop.backup = _copied(laptop)

    # what goes wrong

    def restore(self, who: int) -> None:
        """The laptop is lost; its backup takes its place, and what was only on it is gone with it."""
        laptop = self.laptops[who]
        if laptop.backup is None:
            return
        self.faults["restored"] += 1
        copied = dict(_copied_runs(laptop.store))
        gone = {
            write.id
            for change in all_changes(laptop.store)
            if change.device == laptop.store.device and change.last > copied.get(change.id.run, 0)
            for write in change.writes
        }
        laptop.store, laptop.backup = laptop.backup, None
        self.saved -= gone - {write.id for change in all_changes(laptop.store) for write in change.writes}

    def clone(self, who: int) -> None:
        """Another laptop runs on a copy of this one's disk, keyring and all."""
        if len(self.laptops) < 6:
            self.faults["cloned"] += 1
            laptop = self.laptops[who]
            self.laptops.append(Laptop(_copied(laptop), laptop.time, self.dice))

    def spoil(self, where: int) -> None:
        """Do to a file of a folder what folders, sticks and sharing programs do."""
        folder = self.folders[where]
        files = sorted(folder.rglob("*.segment")) if folder.exists() else []
        if not files:
            return
        path, data = (chosen := self.dice.choice(files)), chosen.read_bytes()
        how = self.dice.choice(sorted(SPOILT))
        self.faults[how] += 1
        for each in path.parent.glob("*.segment"):  # the first content is the true one
            self.originals.setdefault(each, each.read_bytes())
        SPOILT[how](path, data, self.dice)

    def pull(self, where: int) -> None:
        """The folder is gone, or there again."""
        folder = self.folders[where]
        away = folder.with_name(folder.name + " away")
        if folder.exists():
            folder.rename(away)
        elif away.exists():
            away.rename(folder)

    def swap(self) -> None:
        """The two folders change places: a stick taken for another."""
        if all(folder.exists() for folder in self.folders):
            self.faults["carriers swapped"] += 1
            one, other = self.folders
            between = one.with_name("between")
            one.rename(between)
            other.rename(one)
            between.rename(other)

    def set_clock(self, who: int) -> None:
        """Ten years off, or back again."""
        time = self.laptops[who].time
        self.faults["clock"] += 1
        time.off = self.dice.choice((0, YEARS, -YEARS))

    # how it ends

    def settle(self) -> None:
        """The spoilt files come back, all meet until nothing is new, and everything is compared."""
        for where, folder in enumerate(self.folders):
            if not folder.exists():
                self.pull(where)
        for path, data in self.originals.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f"{path.stem} found again.segment").write_bytes(data)
        for _ in range(3):
            for who in range(len(self.laptops)):
                for where in range(len(self.folders)):
                    self.meet(who, where)
        self._compare()

    def _compare(self) -> None:
        shown: dict[bool, Any] = {}  # coordinators' laptops show sensitive reports too
        for laptop in self.laptops:
            seen = all_shown(laptop.store)
            del seen["decisions"]  # each laptop lists those of its owner, and what its own clock finds odd
            expected = shown.setdefault(laptop.store.space.reads(COORDINATORS), seen)
            if seen != expected:
                raise Divergence(f"two laptops that have met differ in {[n for n in seen if seen[n] != expected[n]]}")
        held = {name: all_changes(self.laptops[place].store) for name, place in (("office", 0), ("worker", 1))}
        shared = {change.id for change in held["office"] if change.audience == EVERYONE}
        if shared != {change.id for change in held["worker"]}:
            raise Divergence("the coordinator's laptop holds something else")
        lost = self.saved - {write.id for change in held["office"] for write in change.writes}
        if lost:
            raise Divergence(f"{len(lost)} saved writes are gone")
        for laptop in self.laptops:
            found = laptop.store.check()
            if not found.healthy:
                raise Divergence(f"what is shown is not what the journal makes: {found}")

    def close(self) -> None:
        """Let go of all stores."""
        for laptop in self.laptops:
            laptop.store.close()
            if laptop.backup is not None:
                laptop.backup.close()


def _copied(laptop: Laptop) -> Store:
    """A copy of a laptop's store, in which a new run begins."""
    engine = open_engine(None, b"")
    with laptop.store.reading() as source, engine.connect() as made:
        copy: Any = made.connection.driver_connection
        made.rollback()
        original: Any = source.connection.driver_connection
        original.backup(copy)
    store = laptop.store
    again = Store(Database(engine), store.registry, store._blueprints.keys_of, Clock(laptop.time))
    assert again.space == store.space or isinstance(again.space, SpaceKeys)
    return again


def _copied_runs(store: Store) -> list[tuple[bytes, int]]:
    """How far each run is on some carrier."""
    with store.reading() as connection:
        return [(row[0], row[1]) for row in connection.exec_driver_sql("SELECT run, max(last) FROM seen GROUP BY run")]


def _torn(path: Path, data: bytes, dice: random.Random) -> None:
    path.write_bytes(data[: dice.randrange(len(data) + 1)])


def _flipped(path: Path, data: bytes, dice: random.Random) -> None:
    if data:
        at = dice.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])


def _conflicted(path: Path, data: bytes, _dice: random.Random) -> None:
    path.with_name(f"{path.stem} (Ada's conflicted copy).segment").write_bytes(data)


def _renamed(path: Path, _data: bytes, dice: random.Random) -> None:
    path.rename(path.with_name(f"copy {dice.randrange(10**6)}.segment"))


def _foreign(path: Path, _data: bytes, dice: random.Random) -> None:
    path.with_name("holiday.jpg").write_bytes(dice.randbytes(90))


def _old(path: Path, _data: bytes, _dice: random.Random) -> None:
    if path.parent.exists():
        shutil.rmtree(path.parent)  # an older copy of the folder took its place


SPOILT: dict[str, Callable[[Path, bytes, random.Random], None]] = {
    "torn": _torn,
    "bit flipped": _flipped,
    "emptied": lambda path, _data, _dice: path.write_bytes(b"") and None,
    "missing": lambda path, _data, _dice: path.unlink(),
    "conflicted copy": _conflicted,
    "renamed": _renamed,
    "foreign file": _foreign,
    "old folder": _old,
}
