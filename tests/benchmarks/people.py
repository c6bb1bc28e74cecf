"""Stores full of made-up people, for the benchmarks that need many. The same people every time."""

import random
import shutil
from pathlib import Path
from typing import Any

PASSPHRASE = "a passphrase"
BATCH = 2_000  # people a change
PARTS = (
    "ba",
    "cor",
    "den",
    "el",
    "fa",
    "gar",
    "hol",
    "in",
    "ja",
    "ker",
    "lo",
    "mar",
    "no",
    "ox",
    "pe",
    "ra",
    "sen",
    "ti",
    "vo",
    "win",
)
GIVEN = (
    "Ada",
    "Ben",
    "Carmen",
    "Dewey",
    "Elena",
    "Faye",
    "Guadalupe",
    "Harold",
    "Inez",
    "José",
    "Kay",
    "Luz",
    "Mae",
    "Nils",
)
TOWNS = (
    "Bryson City",
    "Cherokee",
    "Robbinsville",
    "Hayesville",
    "Murphy",
    "Franklin",
    "Sylva",
    "Burns",
    "John Day",
    "Lakeview",
)


def values(rng: random.Random, number: int) -> dict[str, Any]:
    """One person as typed: a name always, a phone and an e-mail for some."""
    given = f"{rng.choice(GIVEN)} {rng.choice(PARTS).title()}{rng.choice(PARTS)}"
    family = "".join(rng.choice(PARTS) for _ in range(3)).title()
    typed: dict[str, Any] = {"name": f"{given} {family}", "town": rng.choice(TOWNS)}
    if rng.random() < 0.62:
        typed["phones"] = [{"number": f"{rng.randrange(201, 989)} 555 01{number % 100:02}", "kind": "mobile"}]
    if rng.random() < 0.34:
        typed["emails"] = [f"{family}{number}@example.org".lower()]
    return typed


def filled(folder: Path, size: int) -> Path:
    """A copy, in ``folder``, of a store with ``size`` people and one event; made once a run, beside the folder."""
    from outreach_app.operations.events import plan_event
    from outreach_app.operations.spaces import new_store
    from outreach_app.store.keys import DEMO_COST

    whole = folder.parent / f"people-{size}"
    if not whole.exists():
        rng = random.Random(size)
        store = new_store(whole, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
        plan_event(store, {"name": "Fire hall, Alarka", "starts": "2026-10-03T18:00:00-04:00"})
        for begun in range(0, size, BATCH):
            with store.writing("fill") as draft:
                for number in range(begun, min(begun + BATCH, size)):
                    draft.new("people", values(rng, number))
        store.close()
    return Path(shutil.copytree(whole, folder / "store"))
