"""From a key press to what is found: names typed letter by letter, as the window's search asks the store."""

import random
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import Figure, percentile, timed
from tests.benchmarks.people import PASSPHRASE, filled, values

FIGURES = (Figure("search", "a letter typed to what is found, 99 of 100", "ms", 16, large=50),)
SIZES = (1_000, 10_000, 100_000)
LARGE = (1_000_000,)
ROUNDS = 3
PEOPLE_LOOKED_FOR = 60


def prepare(folder: Path, size: int) -> None:
    """Fill a store."""
    filled(folder, size)


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """Type the names of some people of the store, one letter after the other."""
    from outreach_app.operations.spaces import open_store

    known = random.Random(size)
    names = [values(known, number)["name"] for number in range(min(size, 5_000))]
    looked_for = random.Random(7).sample(names, PEOPLE_LOOKED_FOR)
    store = open_store(folder / "store", PASSPHRASE)
    store.find_each("warm")
    took: list[float] = []
    for name in looked_for:
        for letters in range(1, len(name) + 1):
            with timed(took):
                found = store.find_each(name[:letters])
        if not any(one.title == name for one in found):
            raise LookupError("a whole name typed did not find its person")
    store.close()
    return {"search": percentile(took, 99) * 1000}
