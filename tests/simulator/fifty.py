"""Many stores exchange many changes through one folder, and end equal; how long it took, and how many bytes lie there.

python -m tests.simulator.fifty [--stores 50] [--changes 100000] [--json OUT]
"""

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from outreach_app.journal.statements import COORDINATOR, WORKER, Accepted
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.identities import DeviceIdentity
from tests.helpers.memories import all_shown
from tests.simulator.laptops import Laptop, Moment, Time, held_ids, space_of

_ROUNDS = 2  # the first laptop gets in the second what the last has left in the first


def main() -> int:
    """Measure it, and say so; 1 where they do not end equal."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulator.fifty")
    asked.add_argument("--stores", type=int, default=50)
    asked.add_argument("--changes", type=int, default=100_000)
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    with TemporaryDirectory(prefix="outreach-fifty-") as place:
        told = measured(options.stores, options.changes, Path(place))
    print(json.dumps(told, indent=1))
    if options.json:
        options.json.write_text(json.dumps(told))
    return not told["equal"]


def measured(stores: int, changes: int, place: Path) -> dict[str, Any]:
    """Let so many stores make so many changes together, and meet until all hold them; seconds and bytes."""
    laptops = _set_up(stores, place)
    try:
        begun = time.perf_counter()
        for who, laptop in enumerate(laptops):
            _write(laptop, who, changes // stores + (who < changes % stores))
        written = time.perf_counter()
        folder = place / "share"
        folder.mkdir()
        for _round in range(_ROUNDS):
            for laptop in laptops:
                sync_folder(laptop.store, folder)
        met = time.perf_counter()
        files = list(folder.rglob("*.segment"))
        held = [held_ids(each.store, "everyone").keys() for each in laptops]
        shown = [_shown(each) for each in laptops]
        made = sum(len(each.store.recent(changes)) for each in laptops)
        alike = all(each == held[0] for each in held) and all(each == shown[0] for each in shown)
        return {
            "stores": stores, "changes": changes, "writing_s": written - begun, "exchanging_s": met - written,
            "files": len(files), "bytes": sum(each.stat().st_size for each in files),
            "equal": made >= changes and alike,
        }  # fmt: skip
    finally:
        for laptop in laptops:
            laptop.store.close()


def _shown(laptop: Laptop) -> dict[str, Any]:
    return {name: rows for name, rows in all_shown(laptop.store).items() if name != "decisions"}


def _set_up(stores: int, place: Path) -> list[Laptop]:
    seeds = [number.to_bytes(32, "big") for number in range(1, stores + 1)]
    space, true = space_of(DeviceIdentity(seeds[0]).public), Moment()
    laptops = []
    for who, seed in enumerate(seeds):
        laptop = Laptop(f"Worker {who}", place / f"laptop{who}", Time(true))
        laptop.begin(seed, WORKER if who else COORDINATOR, space.for_role(not who))
        laptops.append(laptop)
    with laptops[0].store.writing("let_in") as draft:
        for laptop, seed in zip(laptops[1:], seeds[1:], strict=True):
            draft.statements.append(Accepted(seed[::-1], laptop.store.identity.public, laptop.name, WORKER))
    return laptops


def _write(laptop: Laptop, who: int, changes: int) -> None:
    """A person of each five changes, and four edits of that person."""
    person = ""
    for number in range(changes):
        with laptop.store.writing("capture") as draft:
            if number % 5 == 0:
                person = draft.new("people", {"name": f"Person {who} {number}", "town": "Alarka"})
            else:
                draft.set("people", person, "town", f"Town {number}")


if __name__ == "__main__":
    sys.exit(main())
