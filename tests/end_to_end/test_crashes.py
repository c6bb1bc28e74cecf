"""A crash at every write, flush and renaming: what was acknowledged before it is there after it.

What two stores do to their files is recorded once, as the system sees it, and then left off after every single step:
by a kill, with the last write whole or torn, and by a dead battery, which takes what had not been flushed.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from outreach_app.model.errors import NotFound
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.backups import restore
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import DATABASE, Store
from tests.helpers.disks import Crash, Disk, Operation, Tree, lay, read
from tests.helpers.programs import PASSPHRASE
from tests.helpers.recording import record
from tests.helpers.two_stores import BACKUP, INVITATION, LAPTOP, OFFICE, STICK

HELD = {
    OFFICE: {"founded": set(), "first": {"First"}, "office_took": {"Second"}, "third": {"Third"}},
    LAPTOP: {"joined": set(), "second": {"Second"}, "laptop_took": {"First"}},
}
"""The people a store holds from each word on."""

pytestmark = pytest.mark.xdist_group("crashes")  # recorded once


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Operation]:
    """All that was done, from an empty folder on."""
    place = tmp_path_factory.mktemp("recorded")
    folder = place / "folder"
    folder.mkdir()
    done = record([sys.executable, "-m", "tests.helpers.two_stores", str(folder)], folder, place / "trace")
    disk = Disk()
    for each in done:
        disk.do(each)
    assert disk.left(Crash.KILLED) == read(folder)  # nothing that changes a file was overlooked
    (place / "trace").unlink()
    return done


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory: what is left of a crash is laid there thousands of times, and need not be flushed."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder) / "left"


class Survivors:
    """Looks after a crash at what is left, each state once for what was said before it."""

    def __init__(self, disk: Disk, crash: Crash, place: Path) -> None:
        self.disk, self.crash, self.said = disk, crash, set[str]()
        self._place, self._seen = place, set[str]()

    def look(self, *parts: str) -> None:
        """Look at the parts that may have changed."""
        for part in parts:
            if part in HELD:
                self._once(part, self._look_at_store, part)
            elif part == BACKUP:
                self._once(part, self._look_at_backup)
            elif part == INVITATION:
                assert "invited" not in self.said or self.disk.left(self.crash, part).get("")

    def _once(self, part: str, look: Callable[..., None], *arguments: str) -> None:
        tree = self.disk.left(self.crash, part)
        known = dict.fromkeys(tree) if part in HELD and DATABASE not in tree else tree  # its names are all that counts
        seen = _digest(part, known, self.said)
        if seen not in self._seen:
            self._seen.add(seen)
            self._place.mkdir()
            look(tree, *arguments)
            shutil.rmtree(self._place)

    def _look_at_store(self, tree: Tree, part: str) -> None:
        lay(tree, folder := self._place / part)
        wanted = [HELD[part][word] for word in HELD[part] if word in self.said]
        if tree.get(DATABASE) is not None:
            store = open_store(folder, PASSPHRASE)
            found = people(store)
            store.close()
            assert found >= set().union(*wanted)
            return
        assert not wanted, f"{part} is gone"
        with pytest.raises(NotFound):
            open_store(folder, PASSPHRASE)
        new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST).close()
        open_store(folder, PASSPHRASE).close()

    def _look_at_backup(self, tree: Tree) -> None:
        lay(tree, file := self._place / BACKUP)
        if not tree:
            assert "backed_up" not in self.said
            return
        restore(file, self._place / "restored")
        store = open_store(self._place / "restored", PASSPHRASE)
        found, healthy = people(store), store.check().healthy
        store.close()
        assert found == {"First"}
        assert healthy

    def meet(self) -> None:
        """Both stores go on from here: they sync through what is left of the folder, and end equal."""
        if {"joined", "closed"} & self.said == {"joined"}:
            trees = {part: self.disk.left(self.crash, part) for part in (OFFICE, LAPTOP, STICK)}
            seen = "".join(_digest(part, tree, self.said) for part, tree in trees.items())
            if seen not in self._seen:
                self._seen.add(seen)
                self._place.mkdir()
                for part, tree in trees.items():
                    lay(tree, self._place / part)
                (self._place / STICK).mkdir(exist_ok=True)
                self._converge()
                shutil.rmtree(self._place)

    def _converge(self) -> None:
        office, laptop = (open_store(self._place / part, PASSPHRASE) for part in (OFFICE, LAPTOP))
        before = people(office) | people(laptop)
        for store in (office, laptop, office, laptop, office):
            done = sync_folder(store, self._place / STICK)
            assert done.exchange.adds_up
            assert all(each.waits for each in done.exchange.set_aside), done.exchange.set_aside
            if "laptop_left" in self.said:
                assert "Second" in people(office)  # what was left is there to be taken, whatever else was lost
        assert people(office) == people(laptop) == before
        assert office.known() == laptop.known()
        assert office.check().healthy
        office.close()
        laptop.close()


def people(store: Store) -> set[str]:
    return {view.title for view in store.list("people")}


def crashed(recorded: Sequence[Operation], crash: Crash, place: Path) -> Iterator[tuple[Survivors, Operation]]:
    """After each operation, and within each write: who looks at what is left, and what was done last."""
    disk = Disk()
    survivors = Survivors(disk, crash, place)
    for done in recorded:
        if done.what == "said":
            survivors.said.add(done.data.decode())
        if crash is Crash.KILLED and done.torn:
            disk.do(done.torn)
            yield survivors, done
        disk.do(done)
        yield survivors, done


def _digest(part: str, tree: Tree, said: set[str]) -> str:
    digest = sha256(repr((part, sorted(said))).encode())
    for path, content in sorted(tree.items()):
        digest.update(repr((path, content if content is None else len(content))).encode())
        digest.update(content or b"")
    return digest.hexdigest()


ALL = (OFFICE, LAPTOP, BACKUP, INVITATION)


@pytest.mark.parametrize("crash", Crash)
def test_nothing_acknowledged_is_lost_by_a_crash_at_any_step(
    recorded: Sequence[Operation], crash: Crash, place: Path
) -> None:
    steps = 0
    for survivors, done in crashed(recorded, crash, place):
        steps += 1
        touched = {path.partition("/")[0] for path in (done.path, done.to)}
        survivors.look(*(ALL if done.what in ("said", "flush") and not touched & {OFFICE, LAPTOP} else touched))
        if done.what != "write":
            survivors.meet()
    assert survivors.said >= {word for words in HELD.values() for word in words}
    assert steps >= len(recorded)
