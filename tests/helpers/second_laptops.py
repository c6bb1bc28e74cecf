"""Another laptop of the same department, for what takes two."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach_app.operations.spaces import keys_of
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store

PASSPHRASE = "another passphrase for tests"


@contextmanager
def second_laptop(first: Store, folder: Path, worker: str = "Ben Arch") -> Iterator[Store]:
    """A worker's open store in the space of ``first``, as joining by an invitation makes it."""
    store = Store.create(folder, PASSPHRASE, worker=worker, space=first.space, keys_of=keys_of, cost=DEMO_COST)
    try:
        yield store
    finally:
        store.close()
