"""Many stores exchange many changes through one folder, and end equal; how long it took, and how many bytes lie there.

Two processes hold the stores in turn, as two laptops would be at work at once. Each time a store is worked with, it is
unlocked, and locked again.

python -m tests.simulator.fifty [--stores 50] [--changes 100000] [--processes 2] [--json OUT]
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from outreach_app.journal.statements import COORDINATOR, WORKER, Accepted
from outreach_app.operations.spaces import keys_of
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.beginnings import SHEET_MADE
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.journals import chunks
from outreach_app.store.stores import Store
from tests.benchmarks.figures import peak_mb
from tests.benchmarks.people import PARTS, TOWNS
from tests.helpers.memories import all_shown
from tests.simulator.holdings import held_ids
from tests.simulator.laptops import PASSPHRASE, Laptop, Moment, Time, space_of

_ROUNDS = 6  # at most: in one each leaves what it has, in one it gets what the others left, in one nothing is new
_CHANGES_A_PERSON = 5

_Given = TypeVar("_Given")
_Told = TypeVar("_Told")


class _End(NamedTuple):
    """What a store comes to."""

    made: int  # changes of its own
    held: bytes  # a digest of the ids of all changes it holds
    shown: bytes  # and of all that follows from them
    peak_mb: float  # the most memory that its process has held so far


@dataclass(frozen=True, slots=True)
class _Department:
    """All the stores, and the processes that work with them."""

    pool: Executor
    place: Path
    stores: int

    def each(self, do: Callable[[Path, int, _Given], _Told], given: Iterable[_Given]) -> list[_Told]:
        """Do something with every store, in whichever process is free; what each came to."""
        return list(self.pool.map(do, repeat(self.place, self.stores), range(self.stores), given))


def main() -> int:
    """Measure it, and say so; 1 where they do not end equal."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulator.fifty")
    asked.add_argument("--stores", type=int, default=50)
    asked.add_argument("--changes", type=int, default=100_000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    with TemporaryDirectory(prefix="outreach-fifty-") as place:
        told = measured(options.stores, options.changes, Path(place), options.processes, say=_said)
    print(json.dumps(told, indent=1))
    if options.json:
        options.json.write_text(json.dumps(told))
    return not told["equal"]


def measured(
    stores: int, changes: int, place: Path, processes: int = 2, say: Callable[[str], None] = lambda _line: None
) -> dict[str, Any]:
    """Let so many stores make so many changes together, and meet until nothing is new to any; seconds and bytes."""
    folder = place / "share"
    folder.mkdir()
    _set_up(stores, place)
    shares = [changes // stores + (who < changes % stores) for who in range(stores)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        department = _Department(pool, place, stores)
        department.each(_sync, repeat(folder))  # whoever was let in is known to all before they begin
        begun = time.perf_counter()
        department.each(_write, shares)
        written = time.perf_counter()
        say(f"written in {written - begun:.0f} s")
        rounds: list[float] = []
        received: list[int] = []
        while len(rounds) < _ROUNDS and (not received or received[-1]):
            since = time.perf_counter()
            received.append(sum(department.each(_sync, repeat(folder))))
            rounds.append(time.perf_counter() - since)
            say(f"met in {rounds[-1]:.0f} s: {received[-1]:,} changes taken in")
        files = list(folder.rglob("*.segment"))
        ends = department.each(_end, repeat(changes))
    alike = len({(end.held, end.shown) for end in ends}) == 1
    return {
        "stores": stores, "changes": changes, "processes": processes,
        "writing_s": written - begun, "exchanging_s": sum(rounds), "rounds_s": rounds, "taken_in": sum(received),
        "files": len(files), "bytes": sum(file.stat().st_size for file in files),
        "peak_mb": max(end.peak_mb for end in ends),
        "equal": alike and sum(end.made for end in ends) >= changes and not received[-1],
        "digest": ends[0].shown.hex(),
    }  # fmt: skip


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _set_up(stores: int, place: Path) -> None:
    seeds = [number.to_bytes(32, "big") for number in range(1, stores + 1)]
    space, true = space_of(DeviceIdentity(seeds[0]).public), Moment()
    laptops = []
    for who, seed in enumerate(seeds):
        laptop = Laptop(_name(who), _place(place, who), Time(true))
        laptop.begin(seed, WORKER if who else COORDINATOR, space.for_role(not who))
        laptop.store.close()
        laptops.append((laptop, laptop.store.identity.public, seed))
    with _opened(place, 0) as store:
        store.forget_setting(SHEET_MADE)  # another space's
        with store.writing("let_in") as draft:
            draft.statements += [
                Accepted(seed[::-1], public, laptop.name, WORKER) for laptop, public, seed in laptops[1:]
            ]
        sync_folder(store, place / "share")


def _name(who: int) -> str:
    return f"Worker {who}"


def _place(place: Path, who: int) -> Path:
    return place / f"laptop{who}"


@contextmanager
def _opened(place: Path, who: int) -> Iterator[Store]:
    """A store, unlocked."""
    store = Store.open(_place(place, who), PASSPHRASE, keys_of=keys_of)
    store.worker = _name(who)
    try:
        yield store
    finally:
        store.close()


def _write(place: Path, who: int, changes: int) -> None:
    """A person of each five changes, and four edits of that person; many saved at once, for the exchange is measured,
    and what one save takes is a figure of ``tests.benchmarks``."""
    dice, person = random.Random(who), ""
    with _opened(place, who) as store:
        for numbers in chunks(range(changes)):
            with store._changing():
                for number in numbers:
                    person = _capture(store, dice, number, person)


def _capture(store: Store, dice: random.Random, number: int, person: str) -> str:
    """One change; the person it is about."""
    with store.writing("capture") as draft:
        if number % _CHANGES_A_PERSON:
            draft.set("people", person, "town", f"Town {number}")
            return person
        first, second, third, fourth = dice.choices(PARTS, k=4)
        return draft.new("people", {"name": f"{first}{second} {third}{fourth}".title(), "town": dice.choice(TOWNS)})


def _sync(place: Path, who: int, folder: Path) -> int:
    """How many changes a store took in."""
    with _opened(place, who) as store:
        done = sync_folder(store, folder).exchange
    if not done.adds_up:
        raise ValueError("an account does not add up")
    return done.received + done.late


def _end(place: Path, who: int, changes: int) -> _End:
    with _opened(place, who) as store:
        made, held, shown = len(store.recent(changes)), held_ids(store, "everyone"), all_shown(store)
    del shown["decisions"]  # whose they are differs with the role
    return _End(made, _digest(sorted(held)), _digest(sorted(shown.items())), peak_mb())


def _digest(value: Any) -> bytes:
    return sha256(repr(value).encode()).digest()


if __name__ == "__main__":
    sys.exit(main())
