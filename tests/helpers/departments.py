"""A department of several open stores that meet in folders, for the tests of who belongs to it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from outreach_app.journal.members import Said
from outreach_app.operations.laptops import Laptop, laptop_named
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.journals import Journal
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE

OWN_PASSPHRASE = "a passphrase of its own"


class Department:
    """The coordinator's store ``office``, others by ``joined``, and a folder they all sync with."""

    def __init__(self, place: Path, held: ExitStack, begun: bool = False) -> None:
        """``begun``: it lies in ``place`` already, from before."""
        self.place, self._held = place, held
        self.folder = place / "shared" if begun else self.folder_named("shared")
        office = place / "office"
        self.office = self.keep(
            open_store(office, PASSPHRASE)
            if begun
            else new_store(office, PASSPHRASE, "Ada Crowe", "Hill County", DEMO_COST)
        )

    def keep(self, store: Store) -> Store:
        """Close it in the end."""
        return self._held.enter_context(closing(store))

    def folder_named(self, name: str) -> Path:
        """One more folder to sync with."""
        made = self.place / name
        made.mkdir()
        return made

    def joined(self, name: str, role: str = "worker", by: Store | None = None) -> Store:
        """A laptop that was invited and has made its store; it is let in when they sync."""
        file = self.place / f"{name}.invitation"
        code = invite(by or self.office, file, role)
        return self.keep(join(self.place / name, file, code, name, OWN_PASSPHRASE, DEMO_COST))

    def copied(self, store: Store, name: str) -> Path:
        """The folder of a store as it is on the disk now, copied: a clone. The store itself must be closed."""
        assert store.folder is not None
        return shutil.copytree(store.folder, self.place / name)

    def sync(self, *stores: Store, folder: Path | None = None, rounds: int = 1) -> None:
        """Each syncs, one after the other."""
        for _round in range(rounds):
            for store in stores:
                assert sync_folder(store, folder or self.folder).exchange.adds_up

    def laptop(self, store: Store) -> Laptop:
        """How the office sees a laptop."""
        return laptop_named(self.office, store.device.hex())


@contextmanager
def department(place: Path) -> Iterator[Department]:
    """A department in a folder."""
    with ExitStack() as held:
        yield Department(place, held)


def names(store: Store) -> set[str]:
    """What people are called."""
    return {view.title for view in store.list("people")}


def said(store: Store) -> list[Said]:
    """What was said of who belongs."""
    with store.reading() as connection:
        return Journal(connection).said()


def state(store: Store) -> dict[str, list[tuple[str, str]]]:
    """All that is shown, for comparing stores."""
    kinds = (kind for kind, declared in store.registry.items() if kind != "decision_notes")
    return {kind: sorted((view.id, repr(view.values)) for view in store.list(kind)) for kind in kinds}
