"""Going back: a backup takes the place of the store that is there, which is kept, and can be put back the same way."""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from outreach_app.journal.clock import Clock
from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.operations.rescuing import RescueAccount, Tell, held_by
from outreach_app.operations.spaces import keys_of
from outreach_app.store.backups import Source, restore, verified
from outreach_app.store.damages import LOG
from outreach_app.store.durable_files import writable
from outreach_app.store.folders import DATABASE, locked
from outreach_app.store.key_files import FILE as KEYS
from outreach_app.store.key_files import committed, read_key_file
from outreach_app.store.keys import Opened, open_keys, proves
from outreach_app.store.rescues import lock_to_sheet, take_up_settings
from outreach_app.store.rotations import OWN, backups_in, places_of
from outreach_app.store.stores import Store
from outreach_app.store.takeovers import MADE, commit, finish, workshop
from outreach_app.store.wrecks import Wreck
from outreach_app.texts import _

_BEFORE, _STAMP = "before-", "%Y%m%d-%H%M%S"
_STEPS = 4
Opens = Callable[[Path], Opened]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one can go back to: a backup, opened and compared when it was made; or the store that it took the place of.

    ``changes`` is 0 where nobody counted them.
    """

    place: Path  # a file, or the folder that the store is kept in
    at: int  # microseconds since 1970 UTC: when it was made, or kept
    changes: int
    own: bool  # whether it lies beside the store

    @property
    def kept(self) -> bool:
        """Whether it is a store that was kept."""
        return self.place.is_dir()


def earlier(folder: Path, key: bytes) -> Sequence[Earlier]:
    """All that the store in a folder can go back to, as far as its sticks are in, the newest first."""
    found = [
        Earlier(each.file, each.at, each.changes, at == folder / OWN)
        for at in places_of(folder, key)
        for each in backups_in(at, key)
    ]
    for each in folder.glob(f"{_BEFORE}*"):
        with suppress(ValueError):  # somebody's own folder, of another name
            when = datetime.strptime(each.name[len(_BEFORE) :][:15], _STAMP).replace(tzinfo=UTC)
            if (each / DATABASE).exists():
                found.append(Earlier(each, int(when.timestamp()) * 1_000_000, 0, True))
    return sorted(found, key=lambda each: each.at, reverse=True)


def earlier_of(source: Source) -> Sequence[Earlier]:
    """The same of an open store, on any thread."""
    return earlier(source.folder, source.key)


def earlier_by(folder: Path, by: str) -> Sequence[Earlier]:
    """The same of one that a passphrase opens. Raises as opening does."""
    return earlier(folder, open_keys(folder, by).key)


def go_back(
    folder: Path,
    to: Path,
    by: str | Opens,
    clock: Clock | None = None,
    tell: Tell = lambda _done, _of, _doing: None,
) -> RescueAccount:
    """Put a backup, or a store that was kept, in the place of the one in a folder, which is closed; that is kept.

    Passphrases stay those of now, and no key goes back. Raises NotFound, InUse, Damaged, BadInput for another store's
    backup, and as opening does; then all is as before, as it is where ``tell`` raises.
    """
    opens: Opens = (lambda place: open_keys(place, by)) if isinstance(by, str) else by
    if not folder.is_dir():
        raise NotFound(_("There is no store in {folder}.", folder=folder))
    lock = locked(folder)
    try:
        if committed(folder) is None:
            with workshop(folder) as place:
                tell(0, _STEPS, _("Copying what is gone back to"))
                _lay(to, place / MADE)
                opened = _keys(folder, place / MADE, opens)
                kept = folder / f"{_BEFORE}{datetime.now(UTC):{_STAMP}}-{os.urandom(2).hex()}"
                account = _account(folder, to, place, opened, kept, clock, tell)
                commit(place, opened.key, kept, asdict(account))
        return RescueAccount.from_values(finish(folder, opens))
    finally:
        lock.release()


def _lay(to: Path, made: Path) -> None:
    """What is gone back to, in a folder of its own."""
    if not to.is_dir():
        restore(to, made)
        return
    with writable(made.parent):
        made.mkdir()
        for name in (DATABASE, LOG, KEYS):
            if (to / name).exists():
                shutil.copyfile(to / name, made / name)


def _keys(folder: Path, made: Path, opens: Opens) -> Opened:
    """The key of both, and the key file of now with it, where there is a whole one."""
    try:
        opened = opens(folder)
    except (Damaged, NotFound):
        return opens(made)
    if (made / KEYS).exists() and not proves(read_key_file(made), opened.key):
        raise BadInput(_("This backup is another store's. Restore it in a folder of its own."))
    shutil.copyfile(folder / KEYS, made / KEYS)
    return opened


def _account(
    folder: Path, to: Path, place: Path, opened: Opened, kept: Path, clock: Clock | None, tell: Tell
) -> RescueAccount:
    """Make what was laid there ready; what it holds, and how much of now it does not."""
    made = place / MADE
    tell(1, _STEPS, _("Opening it"))
    store = Store.open(made, lambda _folder: opened, keys_of=keys_of, clock=clock)
    now = Wreck(folder, opened.key, place / "now")
    with closing(store):
        held = held_by(store)
        gone = take_up_settings(store, now) if (folder / DATABASE).exists() else False
        lock_to_sheet(store)
        store.flush()
    tell(2, _STEPS, _("Checking each page of it"))
    if verified(made / DATABASE, opened.key) < 0:
        raise Damaged(_("This file is not a whole Outreach backup. Try an earlier one."))
    tell(3, _STEPS, _("Comparing it with what is here now"))
    later, n = len(now.changes() - held), len(held)
    from_store, from_backup = (n, 0) if to.is_dir() else (0, n)
    tell(_STEPS, _STEPS, _("Putting it in place"))
    return RescueAccount(
        backup=str(to), from_store=from_store, from_backup=from_backup, missing=later, sheet_let_go=gone, kept=str(kept)
    )
