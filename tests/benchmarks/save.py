"""Saving a walk-in's sign-in so that it survives the battery, against the least any program could do for that."""

import os
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure, timed
from tests.benchmarks.people import PASSPHRASE, filled

FIGURES = (Figure("save", "a sign-in saved, durable", "ms", 2.0, against="one bare SQLCipher row committed"),)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
TIMES = 100


def prepare(folder: Path, size: int) -> None:
    """Fill a store."""
    filled(folder, size)


def ours(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - every side is called alike
    """Sign walk-ins in at an event of the store."""
    from outreach_app.operations.sign_ins import NewSignIn, sign_in
    from outreach_app.operations.spaces import open_store

    store = open_store(folder / "store", PASSPHRASE)
    event = store.list("events", limit=1)[0].id
    took: list[float] = []
    for number in range(TIMES):
        with timed(took):
            sign_in(store, NewSignIn(event, name=f"Walter In{number} Oxendine"))
    store.close()
    return {"save": median(took) * 1000}


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Commit one row at a time to an encrypted database of the same settings, on the same disk."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(folder / f"bare-{os.getpid()}.db"), isolation_level=None)
    for pragma in (f"key = \"x'{'07' * 32}'\"", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT)")
    took: list[float] = []
    for number in range(TIMES):
        with timed(took):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO rows (name) VALUES (?)", (f"Walter In{number} Oxendine",))
            connection.execute("COMMIT")
    connection.close()
    return {"save": median(took) * 1000}
