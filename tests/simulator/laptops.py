"""Laptops of the simulator: real stores on disk, each with its clock, its program, its keyring and whoever uses it."""

import atexit
import copy
import random
import resource
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from unittest import mock

from outreach_app.journal.clock import Clock
from outreach_app.journal.statements import COORDINATOR, stated
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.operations.spaces import keys_of, new_store
from outreach_app.store.beginnings import SHEET_MADE
from outreach_app.store.folders import DATABASE, LOCK
from outreach_app.store.identities import SpaceKeys
from outreach_app.store.keys import DEMO_COST, Opened
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.sheet_words import made_for
from outreach_app.store.stores import Store
from outreach_app.sync import segments
from outreach_app.sync.segments import open_segment
from tests.helpers.doings import Doings

PASSPHRASE = "a passphrase for tests"
SHEET = RecoveryKey(bytes(range(32)))
"""The department's printed sheet."""
SECOND = 1_000_000  # microseconds


def _without(kinds: Collection[str], fields: Collection[tuple[str, str]]) -> Registry:
    """The program's kinds as an older program knows them: without some, and without some fields of the others."""
    older = copy.copy(REGISTRY)
    older._kinds = {
        name: replace(kind, fields=tuple(each for each in kind.fields if (name, each.name) not in fields))
        for name, kind in REGISTRY.items()
        if name not in kinds
    }
    return older


_NEWEST_FIELDS = (("people", "interests"), ("feedback", "several_agreed"))
_NEWER_FIELDS = (("people", "pronouns"), *_NEWEST_FIELDS)
PROGRAMS = (_without({"interests", "follow_ups"}, _NEWER_FIELDS), _without({"interests"}, _NEWEST_FIELDS), REGISTRY)
"""N-1, N and N+1: each knows a kind and a field more than the one before, N+1 also another form of change."""

NEWEST = len(PROGRAMS) - 1
FORMS = (1, 1, 2)
"""The newest form of a change that each program reads."""


@contextmanager
def as_program(program: int) -> Iterator[None]:
    """What is read of segments is what a program reads."""
    form = FORMS[program]
    with mock.patch.object(segments, "LEAST", form), mock.patch.object(open_segment, "__defaults__", (form,)):
        yield


@cache
def template() -> Path:
    """A new store, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="outreach-simulator-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    new_store(folder / "store", PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST).close()
    return folder / "store"


@dataclass
class Moment:
    """The true time, which passes as it is looked at: microseconds since 1970 UTC."""

    now: int = 1_760_000_000 * SECOND


@dataclass
class Time:
    """A laptop's clock, which is as wrong as it is set to be."""

    true: Moment
    off: int = 0
    latest: int = 0
    """The latest it has shown since the store was opened."""

    def __call__(self) -> int:
        self.true.now += SECOND
        self.latest = max(self.latest, self.true.now + self.off)
        return self.true.now + self.off


@dataclass
class Laptop:
    """One laptop. Its folder is another one after it was restored, cloned or killed."""

    name: str
    place: Path
    time: Time
    program: int = NEWEST
    syncs: bool = True
    store: Store = field(init=False)
    backup: Path | None = None
    ticked: int = 0
    """The latest time it gave a change since the store was opened."""

    def begin(self, seed: bytes, role: str, space: SpaceKeys) -> None:
        """Make its store, of a laptop that never was before."""
        shutil.copytree(template(), self.place)
        self.open()
        for setting, value in (("seed", seed), ("role", role), ("space", space.as_values())):
            self.store.set_setting(setting, value)
        if role == COORDINATOR:
            self.store.set_setting(SHEET_MADE, stated(made_for(SHEET, space)))
        self.reopen()

    def open(self, by: str | Callable[[Path], Opened] = PASSPHRASE) -> None:
        """Unlock the store: a new session."""
        clock = Clock(self.time)
        self.store = Store.open(self.place, by, registry=PROGRAMS[self.program], keys_of=keys_of, clock=clock)
        self.store.worker, self.ticked, self.time.latest = self.name, 0, 0

    def reopen(self) -> None:
        """Lock and unlock."""
        self.store.close()
        self.open()

    def upgrade(self) -> None:
        """Open the store with the next program, which shows what it knows and the one before did not."""
        self.program += 1
        self.reopen()
        self.store.rebuild()

    @property
    def is_coordinators(self) -> bool:
        """Whether it is a coordinator's, as far as it knows."""
        return self.store.device in self.store.membership().coordinators

    def doings(self, dice: random.Random) -> Doings:
        """What its worker does."""
        return Doings(self.store, dice)

    def copied_to(self, place: Path) -> None:
        """All its files as they are now, in mid-session."""
        shutil.copytree(self.place, place, ignore=shutil.ignore_patterns(LOCK))

    @contextmanager
    def nearly_full(self, left: int) -> Iterator[None]:
        """The disk has room for ``left`` bytes more in the file that is written to."""
        log = self.place / f"{DATABASE}-wal"
        with room_for((log.stat().st_size if log.exists() else 0) + left):
            yield


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: the system itself says that there is no room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def space_of(root: bytes) -> SpaceKeys:
    """The department's space as a founder of that public key has it, with the same id in every play."""
    with_keys = Store.open(template(), PASSPHRASE)
    try:
        sheet = SHEET.recipient, SHEET.public
        return replace(with_keys.space, space=b"a simulated deptm"[:16], root=root, first=SHEET.public, recovery=sheet)
    finally:
        with_keys.close()
