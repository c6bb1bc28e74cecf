"""From a key press to who "may already be here": names typed letter by letter at an event's sign-in."""

import random
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import Figure, percentile, timed
from tests.benchmarks.people import PASSPHRASE, filled, values

FIGURES = (Figure("suggest", "a letter typed to who may already be here, 99 of 100", "ms", 16),)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
PEOPLE_TYPED = 60


def prepare(folder: Path, size: int) -> None:
    """Fill a store."""
    filled(folder, size)


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """Type the names of some people of the store, one letter after the other, looking each up and ranking them.

    Somebody is signed in before each, as in a queue: the first letter then pays for what the save did not wait for.
    """
    from outreach_app.operations.finding import suggest_people
    from outreach_app.operations.sign_ins import NewSignIn, sign_in
    from outreach_app.operations.spaces import open_store

    known = random.Random(size)
    names = [values(known, number)["name"] for number in range(min(size, 5_000))]
    store = open_store(folder / "store", PASSPHRASE)
    event = store.list("events", limit=1)[0].id
    suggest_people(store, "warm", event)
    took: list[float] = []
    missed = 0
    for name in random.Random(7).sample(names, PEOPLE_TYPED):
        sign_in(store, NewSignIn(event, f"Walter {name}"))
        for letters in range(1, len(name) + 1):
            with timed(took):
                suggested = suggest_people(store, name[:letters], event)
        missed += all(line.name != name for line in suggested.lines)
    store.close()
    if missed:
        raise LookupError(f"{missed} of {PEOPLE_TYPED} whole names typed did not suggest their person")
    return {"suggest": percentile(took, 99) * 1000}
