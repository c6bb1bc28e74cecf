"""Another laptop of the same department, for what takes two."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach_app.journal.statements import WORKER, Accepted
from outreach_app.operations.spaces import keys_of
from outreach_app.store.identities import DeviceIdentity, Joining
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store

PASSPHRASE = "another passphrase for tests"


def let_in(first: Store, worker: str = "Ben Arch") -> Joining:
    """A new laptop in the space of ``first``, a coordinator's, which has let it in already."""
    identity = DeviceIdentity.new()
    with first.writing("let_in") as draft:
        draft.statements.append(Accepted(secrets.token_bytes(32), identity.public, worker, WORKER))
    return Joining(identity, first.space.for_role(False), WORKER)


@contextmanager
def second_laptop(first: Store, folder: Path, worker: str = "Ben Arch") -> Iterator[Store]:
    """A worker's open store in the space of ``first``."""
    joining = let_in(first, worker)
    store = Store.create(folder, PASSPHRASE, worker=worker, joining=joining, keys_of=keys_of, cost=DEMO_COST)
    try:
        yield store
    finally:
        store.close()
