"""Taking in everything other laptops ever wrote, until it can be searched, against merely inserting it.

The other side inserts the very rows that the journal then holds (changes, writes, what was replaced) into an encrypted
database of the same settings, with the tables' primary keys and none of their other indexes, a batch a transaction.
"""

import os
import shutil
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from tests.benchmarks.figures import Figure, peak_mb, timed
from tests.benchmarks.histories import history
from tests.benchmarks.people import PASSPHRASE

FIGURES = (
    Figure("apply", "ten changes a person taken into an empty store, search too", "s", 5.0, against="inserting them"),
    Figure("apply_memory", "the most memory that takes", "MB", 1_000),
)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 1
BATCH = 100_000  # changes a transaction, on both sides
TABLES = {"changes": "place", "writes": "change, number"}


def prepare(folder: Path, size: int) -> None:
    """Nothing: what is applied is made as it is applied, and the other side finds the rows of it."""


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """Apply all of it, and index what waits for that."""
    from outreach_app.operations.spaces import new_store
    from outreach_app.store.keys import DEMO_COST

    shutil.rmtree(folder / "applied", ignore_errors=True)
    store = new_store(folder / "applied", PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    coming = history(size)
    took: list[float] = []
    while batch := list(islice(coming, BATCH)):
        with timed(took):
            applied = store.apply(batch)
        if applied.new < len(batch):
            raise ValueError("a change was not taken in")
    with timed(took):
        store.catch_up()
    if store.count("people") != size:
        raise ValueError("somebody is missing")
    store.close()
    return {"apply": sum(took), "apply_memory": peak_mb()}


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - every side is called alike
    """Insert the rows."""
    from sqlalchemy.schema import CreateTable
    from sqlcipher3 import dbapi2

    from outreach_app.operations.spaces import open_store
    from outreach_app.store.tables import metadata

    bare = dbapi2.connect(str(folder / f"bare-{os.getpid()}.db"), isolation_level=None)
    for pragma in (f"key = \"x'{'07' * 32}'\"", "journal_mode = WAL", "synchronous = FULL", "cache_size = -32000"):
        bare.execute(f"PRAGMA {pragma}")
    for name in TABLES:
        bare.execute(str(CreateTable(metadata.tables[name])))
    took: list[float] = []
    store = open_store(folder / "applied", PASSPHRASE)
    with store.reading() as connection:
        for name, order in TABLES.items():
            found = connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY {order}")  # noqa: S608 (our own names)
            while batch := [tuple(row) for row in found.fetchmany(BATCH)]:
                places = ",".join("?" * len(batch[0]))
                with timed(took):
                    bare.execute("BEGIN IMMEDIATE")
                    bare.executemany(f"INSERT INTO {name} VALUES ({places})", batch)  # noqa: S608 (as above)
                    bare.execute("COMMIT")
    store.close()
    bare.close()
    return {"apply": sum(took)}
