"""What is done to a store before the open window; each loads what it needs only then, as the first page cannot wait."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_app.model.errors import DamagedStore
from ui.jobs import Tell

if TYPE_CHECKING:
    from outreach_app.operations.going_back import Earlier, Opens
    from outreach_app.store.keys import Opened
    from outreach_app.store.stores import Store
    from ui.pages.recovering import Recovering
    from ui.pages.rescuing import Rescuing
    from ui.pages.welcome import Founding, Joining


def opened(folder: Path, passphrase: str) -> "Store":
    """The store in a folder, by a passphrase."""
    from outreach_app.operations.spaces import open_store

    return open_store(folder, passphrase)


def opened_by_keyring(folder: Path) -> "Store":
    """The same by this computer's keyring."""
    from outreach_app.operations.keys import open_by_keyring

    return open_by_keyring(folder)


def or_damage(opens: "Callable[[Path], Store]", folder: Path) -> "Store | DamagedStore":
    """The store, open; or what of it is damaged."""
    try:
        return opens(folder)
    except DamagedStore as fault:
        return fault


def rescued(folder: Path, said: "Rescuing", tell: Tell) -> str:
    """Put a damaged store together again; its account in words."""
    from outreach_app.operations.rescuing import rescue

    return rescue(folder, said.passphrase, folders=said.folders, backups=said.backups, tell=tell).in_words()


def opens(folder: Path, passphrase: str) -> "Opened":
    """The key, by a passphrase."""
    from outreach_app.store.keys import open_keys

    return open_keys(folder, passphrase)


def opened_now(store: "Store") -> "Opened":
    """The key of an open store, for whoever is at work."""
    from outreach_app.store.keys import Opened

    return Opened(store.as_source().key, store.worker)


def earlier(folder: Path, passphrase: str) -> "Sequence[Earlier]":
    """What a store can go back to."""
    from outreach_app.operations.going_back import earlier_by

    return earlier_by(folder, passphrase)


def gone_back(folder: Path, to: Path, opens: "Opens", tell: Tell) -> str:
    """Go back to a backup; what came of it, in words."""
    from outreach_app.operations.going_back import go_back

    return go_back(folder, to, opens, tell=tell).in_words()


def recovered(folder: Path, said: "Recovering") -> "Store":
    """The store in a folder, by the recovery sheet."""
    from outreach_app.operations.keys import open_by_sheet

    return open_by_sheet(folder, said.words, said.worker, said.passphrase)


def brought_back(folder: Path, said: "Recovering", tell: Tell) -> "Store":
    """A department of which only the sheet is left, from a folder."""
    from outreach_app.operations.recovering import recover_space

    assert said.folder is not None
    return recover_space(folder, said.folder, said.words, said.worker, said.passphrase, tell)


def made(folder: Path, said: "Founding | Joining") -> "Store":
    """A new store, of a new department or one that invited."""
    from outreach_app.operations.spaces import join, new_store
    from ui.pages.welcome import Founding

    if isinstance(said, Founding):
        return new_store(folder, said.passphrase, said.worker, said.department)
    return join(folder, said.invitation, said.code, said.worker, said.passphrase)
