"""Kills a program at work, again and again: `python -m tests.helpers.killing FOLDER KILLS SEED`.

The program is a fork that opens two stores, signs people in at either and syncs either through a folder. Over a pipe it
tells what it begins, and what is done and therefore must last. It is killed within an action chosen by the seed, then
another fork opens both stores and looks for all that was ever told to be done. Ends by printing one JSON object.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from outreach_app.operations.events import plan_event
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.helpers.programs import PASSPHRASE

STORES = ("office", "laptop")
OPENING, CAPTURING, SYNCING = "opening", "capturing", "syncing"
_SHARES = {OPENING: 1, CAPTURING: 5, SYNCING: 5}
_FIRST_GUESS = 0.02  # seconds that an action takes


@dataclass
class Told:
    """What was told over the pipe, of all programs so far."""

    names: dict[str, list[str]] = field(default_factory=lambda: {store: [] for store in STORES})
    """Who was signed in where."""
    changes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STORES, 0))
    """How far a store's journals reached when an exchange of its was over."""
    exchanges: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    """What the program was at when it was killed; "" between two actions."""


def prepare(folder: Path) -> None:
    """Two stores that know each other, and an event."""
    office = new_store(folder / "office", PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST)
    code = invite(office, folder / "join.outreach")
    plan_event(office, {"name": "Fire hall"})
    laptop = join(folder / "laptop", folder / "join.outreach", code, "Ben Oxendine", PASSPHRASE, DEMO_COST)
    (folder / "stick").mkdir()
    for store in (office, laptop, office, laptop):
        sync_folder(store, folder / "stick")
    office.close()
    laptop.close()


def work(folder: Path, tell: Callable[[str], None], number: int, seed: int) -> None:
    """Go on until killed. Says "begin ACTION", then of each that is done what must last."""
    random = Random(seed)
    tell(f"begin {OPENING}")
    stores = {name: open_store(folder / name, PASSPHRASE) for name in STORES}
    tell(f"done {OPENING}")
    event = stores["office"].list("events")[0].id
    for turn in range(10_000):
        name = random.choice(STORES)
        if turn % 2:
            tell(f"begin {SYNCING}")
            sync_folder(stores[name], folder / "stick")
            tell(f"done {SYNCING} {name} {reached(stores[name])}")
        else:
            tell(f"begin {CAPTURING}")
            sign_in(stores[name], NewSignIn(event, f"{number}-{turn}", only_as_written=True))
            tell(f"done {CAPTURING} {name} {number}-{turn}")


def reached(store: Store) -> int:
    """How many changes a store's journals hold, all runs together."""
    return sum(store.known().values())


def names(store: Store) -> list[str]:
    """Who is signed in."""
    return sorted(row[-1] for row in store.values("sign_ins", ["name_as_written"]))


def look(folder: Path, told: Told) -> None:
    """Open both stores after a kill, and find all that was told to be done."""
    for name in STORES:
        store = open_store(folder / name, PASSPHRASE)
        lost = set(told.names[name]) - set(names(store))
        assert not lost, f"{name} lost {len(lost)} of {len(told.names[name])}"
        assert reached(store) >= told.changes[name], f"{name} lost changes that it had taken in"
        store.close()


def meet(folder: Path, told: Told) -> int:
    """The two go on from where the kills left them, and end equal and sound; how many are signed in."""
    stores = [open_store(folder / name, PASSPHRASE) for name in STORES]
    for store in (*stores, *stores, *stores):
        done = sync_folder(store, folder / "stick").exchange
        assert done.adds_up
    assert not done.set_aside, done.set_aside
    assert (done.received, done.sent_changes) == (0, 0)
    office, laptop = stores
    assert names(office) == names(laptop)
    assert len(names(office)) == len(set(names(office)))
    assert set(names(office)) >= {name for each in told.names.values() for name in each}
    assert office.known() == laptop.known()
    assert all(store.check().healthy for store in stores)
    return len(names(office))


def forked(do: Callable[[], object]) -> int:
    """A fork that does this and ends; its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        do()
        code = 0
    finally:
        if code:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(code)


class Killer:
    """Starts a program, waits until it is at a certain action, and kills it within."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._random, self.told = folder, Random(seed), Told()
        self._lasted = dict.fromkeys(_SHARES, _FIRST_GUESS)

    def kill(self, number: int) -> None:
        """Kill the program once, and look at what is left."""
        (aim,) = self._random.choices(list(_SHARES), list(_SHARES.values()))
        skipped = 0 if aim == OPENING else self._random.randrange(3)
        ours, theirs = os.pipe()
        seed = self._random.randrange(1 << 32)
        child = forked(lambda: work(self._folder, lambda line: _write(theirs, line), number, seed))
        os.close(theirs)
        with os.fdopen(ours) as lines:
            at, since = "", 0.0
            for line in lines:
                at, since = self._hear(line, since)
                if at == aim:
                    if not skipped:
                        break
                    skipped -= 1
            time.sleep(self._random.random() * self._lasted[aim])
            os.kill(child, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it ended by itself"
            for line in lines:  # told before it died
                at, since = self._hear(line, 0.0)
        self.told.struck[at] += 1
        looked = forked(lambda: look(self._folder, self.told))
        assert os.waitstatus_to_exitcode(os.waitpid(looked, 0)[1]) == 0, f"after {number + 1} kills"

    def _hear(self, line: str, since: float) -> tuple[str, float]:
        """Take in what is told; what the program is at now, and since when (0: not known)."""
        what, action, *more = line.split()
        if what == "begin":
            return action, time.monotonic()
        if since:
            self._lasted[action] = time.monotonic() - since
        if action == CAPTURING:
            self.told.names[more[0]].append(more[1])
        elif action == SYNCING:
            self.told.changes[more[0]] = int(more[1])
            self.told.exchanges += 1
        return "", 0.0


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def main() -> None:
    """Kill as often as asked, and say what came of it."""
    folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    prepare(folder)
    killer = Killer(folder, seed)
    for number in range(kills):
        killer.kill(number)
    print(json.dumps({**vars(killer.told), "signed_in": meet(folder, killer.told)}))


if __name__ == "__main__":
    main()
