"""A store as it lay on disk when the battery died, for the tests of rescues, and what must hold of one afterwards."""

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.operations.backups import back_up_now
from outreach_app.operations.records import make_record
from outreach_app.operations.rescuing import RescueAccount, rescue
from outreach_app.operations.spaces import invite, join, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import state
from tests.helpers.doings import Doings
from tests.helpers.memories import all_changes, all_shown

PAGE = 4096
Done = TypeVar("Done")


@dataclass(frozen=True)
class Lost:
    """What was in which place by then. ``folder`` is the office's, ``other`` a worker's laptop, which is whole."""

    folder: Path
    other: Path
    stick: Path
    backed_up: frozenset[WriteId]
    synced: frozenset[WriteId]
    all: frozenset[WriteId]
    shown: dict[str, object]


def ids(store: Store) -> frozenset[WriteId]:
    return frozenset(change.id for change in all_changes(store))


def lost_in(day: Path, store_template: Path) -> Lost:
    """A coordinator's store with a backup, synced with a worker's later, and worked with after that."""
    stick = day / "stick"
    stick.mkdir()
    store = open_store(shutil.copytree(store_template, day / "office"), PASSPHRASE)
    doings = Doings(store, random.Random(11))
    code = invite(store, day / "join")
    other = join(day / "other", day / "join", code, "Ben Oxendine", PASSPHRASE, DEMO_COST)
    for _ in range(15):
        doings.something()
    back_up_now(store)
    backed_up = ids(store)
    make_record(other, "people", {"name": "Rosa of the other laptop"})
    for _ in range(15):
        doings.something()
    for each in (other, store, other, store):
        sync_folder(each, stick)
    synced = ids(store)
    for _ in range(15):
        doings.something()
    store._database.flush()
    for number in range(12):
        make_record(store, "people", {"name": f"Last {number}"})
    make_record(other, "people", {"name": "Otis, whom nobody else has seen"})
    everything, shown = ids(store), all_shown(store)
    away = shutil.ignore_patterns("outreach.lock", "*-shm")
    folder = shutil.copytree(day / "office", day / "crashed", ignore=away)
    store.close()
    other.close()
    assert backed_up < synced < everything
    return Lost(folder, day / "other", stick, backed_up, synced, everything, shown)


def overwrite(path: Path, places: Sequence[int], dice: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for place in places:
        for at in range(place, min(place + 8, len(content))):
            content[at] ^= dice.randrange(1, 256)
    path.write_bytes(content)


def rescued(
    folder: Path, lost: Lost, folders: Sequence[Path] = (), backups: Sequence[Path] = ()
) -> tuple[RescueAccount, frozenset[WriteId]]:
    """The account, and what of all that was acknowledged stands again; everything that must hold of any rescue."""
    damaged = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name in ("outreach.db", "outreach.db-wal")
    }
    account = rescue(folder, PASSPHRASE, folders=folders, backups=backups)
    for name, content in damaged.items() if not account.from_store else ():
        assert (Path(account.kept) / name).read_bytes() == content
    with closing(open_store(folder, PASSPHRASE)) as store:
        there = ids(store)
        assert store.check().healthy
        taught = {
            each.write.id for change in all_changes(store) for reading in change.readings for each in reading.taught
        }
        back = (there & lost.all) | {each for each in lost.all if WriteId(each.run, each.number + 1) in taught}
        new = there - lost.all
        assert account.held <= len(back) <= account.held + account.in_part
        assert {line.split()[0] for line in account.in_words().split("\n")[1:5] if line.startswith("  ")} <= {
            f"{n}" for n in (account.from_store, account.from_backup, account.from_folders, account.salvaged) if n
        }
        assert all(each.run not in {known.run for known in lost.all} for each in new)
        accounted = account.held + account.in_part + account.missing
        assert accounted == len(lost.all) if account.all_told else accounted <= len(lost.all)
        make_record(store, "people", {"name": "Written after it"})
        assert {each.run for each in ids(store) - there}.isdisjoint(each.run for each in lost.all)
    assert not list(folder.glob(".rescue*"))
    return account, back


def agrees_with_others(folder: Path, lost: Lost, place: Path, sticks: Sequence[Path] = ()) -> None:
    """A rescued store and the worker's laptop meet through folders: each has all that the other had, they show the
    same, nothing waits, and no number has two contents. The last of the folders is a new, empty one."""
    place.mkdir()
    (empty := place / "empty").mkdir()
    with ExitStack() as held:
        office = held.enter_context(closing(open_store(folder, PASSPHRASE)))
        other = held.enter_context(closing(open_store(shutil.copytree(lost.other, place / "other"), PASSPHRASE)))
        before = ids(office) | ids(other)
        for stick in (*sticks, empty):
            for each in (office, other, office, other):
                account = sync_folder(each, stick)
                assert account.exchange.adds_up
                assert (account.exchange.clashing, account.exchange.not_sent) == (0, "")
        assert before <= ids(office) == ids(other)
        assert state(office) == state(other)
        for each in (office, other):
            assert each.left_segments() == {}
            assert each.whereabouts().only_here == 0
            assert each.check().healthy


def cuts(folder: Path, place: Path, work: Callable[[], Done]) -> tuple[Done, list[Path]]:
    """What comes of the work, and the folder as it was on the disk before each step that it took there."""
    taken: list[Path] = []
    true = {name: getattr(Path, name) for name in ("replace", "unlink", "mkdir", "rename")}

    def watched(name: str) -> Callable[..., Any]:
        def step(path: Path, *more: Any, **named: Any) -> Any:
            if path.is_relative_to(folder):
                with pytest.MonkeyPatch.context() as patch:
                    for each, function in true.items():
                        patch.setattr(Path, each, function)
                    taken.append(shutil.copytree(folder, place / f"cut{len(taken)}"))
            return true[name](path, *more, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in true:
            patch.setattr(Path, name, watched(name))
        return work(), taken
