"""The ground of a rescue: which key, which backup, what is damaged; and the files put in place at the end."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from outreach_app.journal.changes import Change, Horizon, Reading
from outreach_app.journal.statements import Received, understood
from outreach_app.model.errors import BadInput, DamagedStore, NotFound, OutreachError, WrongPassphrase
from outreach_app.model.records import REGISTRY
from outreach_app.store.backups import Backup, inspected, restore, unpacked, verified
from outreach_app.store.beginnings import found as begin_anew
from outreach_app.store.blueprints import KeysOf
from outreach_app.store.damages import LOG, database_damaged, database_gone, log_damaged, log_is_damaged
from outreach_app.store.durable_files import flush_folder, writable, write_durably
from outreach_app.store.engines import open_engine
from outreach_app.store.folders import DATABASE, locked, making
from outreach_app.store.identities import DeviceIdentity, Joining, SpaceKeys
from outreach_app.store.key_files import read_key_file
from outreach_app.store.keys import FILE as KEYS
from outreach_app.store.keys import Opened, open_keys, proves
from outreach_app.store.rotations import OWN, files, place_of
from outreach_app.store.stores import Store
from outreach_app.store.wrecks import Wreck
from outreach_app.texts import _

_ASIDE = "damaged-"
_FILES = (DATABASE, LOG, f"{DATABASE}-shm", f"{DATABASE}-journal")


@dataclass
class Found:
    """What there is to put a store together from."""

    folder: Path
    place: Path  # for what is made meanwhile
    opened: Opened
    keys: bytes = field(repr=False)  # the key file that opens it, as its bytes
    fault: DamagedStore  # what is damaged
    wrecked: Path  # where the damaged database is
    kept: Path  # where the damaged files go
    backups: Sequence[Path]  # of this store, the one with most changes first
    whole: bool = False  # whether the database is whole: then only its key file was damaged
    changes: int = 0  # in a database that is whole
    backup: Path | None = None  # the one that was begun with


@contextmanager
def find(folder: Path, by: str | Callable[[Path], Opened], more: Sequence[Path]) -> Iterator[Found]:
    """Look at a store's folder, which is held meanwhile. Nothing in it is altered."""
    if not folder.is_dir():
        raise NotFound(_("There is no store in {folder}.", folder=folder))
    opens = (lambda place: open_keys(place, by)) if isinstance(by, str) else by
    lock = locked(folder)
    try:
        for left_over in folder.glob(".rescue-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        with writable(folder), TemporaryDirectory(dir=folder, prefix=".rescue-", ignore_cleanup_errors=True) as place:
            yield _found(folder, opens, more, Path(place))
    finally:
        lock.release()


def _found(folder: Path, opens: Callable[[Path], Opened], more: Sequence[Path], place: Path) -> Found:
    asked = [file for each in more for file in (files(each) if each.is_dir() else [each])]
    own = files(folder / OWN)
    try:
        opened, keys, fault = opens(folder), (folder / KEYS).read_bytes(), None
        chosen = place_of(folder, opened.key)
        own = list(dict.fromkeys([*own, *files(chosen)]))
    except (DamagedStore, NotFound) as broken:
        opened, keys = _keys_of_backup(_newest([*asked, *own]), opens, place, broken)
        fault = broken if isinstance(broken, DamagedStore) else database_gone()
    candidates = [each for each in _newest([*asked, *own]) if _is_ours(each, opened.key, place)]
    wrecked = _wrecked(folder)
    changes, damage = _state(wrecked, opened.key, place)
    worst = damage or fault
    if worst is None:
        raise BadInput(_("This store is whole: there is nothing to rescue. The doctor looks at what it shows."))
    kept = folder / f"{_ASIDE}{datetime.now(UTC):%Y%m%d-%H%M%S}"
    if kept.exists():
        kept = folder / f"{kept.name}-{os.urandom(2).hex()}"
    return Found(folder, place, opened, keys, worst, wrecked, kept, candidates, damage is None, changes)


def _newest(candidates: Sequence[Path]) -> list[Path]:
    """Those that are whole, the one with most changes first: a journal only grows, whatever a clock said."""
    looked: list[Backup] = [inspected(file) for file in dict.fromkeys(candidates)]
    return [each.file for each in sorted(looked, key=lambda each: (-each.changes, -each.at)) if each.verified]


def _keys_of_backup(
    candidates: Sequence[Path], opens: Callable[[Path], Opened], place: Path, broken: OutreachError
) -> tuple[Opened, bytes]:
    """The key by the key file of a backup. Raises what was wrong with the store's own where none opens."""
    wrong: OutreachError | None = None
    for file in candidates:
        try:
            keys = _unpack_keys(file, place)
            return opens(place), keys
        except WrongPassphrase as fault:
            wrong = fault
        except OutreachError:
            continue
    raise wrong or broken


def _unpack_keys(file: Path, place: Path) -> bytes:
    with unpacked(file) as archive:
        keys = archive.read(KEYS)
    (place / KEYS).write_bytes(keys)
    return keys


def _is_ours(file: Path, key: bytes, place: Path) -> bool:
    """Whether a backup is one of this store: several laptops may keep theirs in one folder."""
    try:
        _unpack_keys(file, place)
        return proves(read_key_file(place), key)
    except OutreachError:
        return False


def _wrecked(folder: Path) -> Path:
    """Where the damaged database is: aside already, where a rescue was broken off at its very end."""
    aside = sorted((each for each in folder.glob(f"{_ASIDE}*") if (each / DATABASE).exists()), reverse=True)
    return folder if (folder / DATABASE).exists() or not aside else aside[0]


def _state(folder: Path, key: bytes, place: Path) -> tuple[int, DamagedStore | None]:
    """How many changes a database holds that is whole, by its copy; or what is wrong with it."""
    database = folder / DATABASE
    if not database.exists() or not database.stat().st_size:
        return 0, database_gone()
    if log_damaged(folder / LOG):
        return 0, log_is_damaged()
    copy = place / "copy"
    copy.mkdir()
    for name in (DATABASE, LOG):
        with suppress(FileNotFoundError):
            shutil.copyfile(folder / name, copy / name)
    changes = verified(copy / DATABASE, key)
    shutil.rmtree(copy)
    return (changes, None) if changes >= 0 else (0, database_damaged())


def standing_anew(found: Found, wreck: Wreck, keys_of: KeysOf) -> Path:
    """The folder of a store to fill: the newest backup that is whole within too, else the same laptop begun anew.

    Raises DamagedStore where there is neither.
    """
    begun = found.place / "store"
    for file in found.backups:
        restore(file, begun)
        if verified(begun / DATABASE, found.opened.key) >= 0:
            found.backup = file
            write_durably(begun / KEYS, found.keys)
            return begun
        shutil.rmtree(begun)
    settings = wreck.settings()
    try:
        identity, space = DeviceIdentity(settings["seed"]), SpaceKeys.from_values(settings["space"])
        joining = Joining(identity, space, settings["role"])
        worker = settings["worker"]
    except (KeyError, TypeError, ValueError) as fault:
        raise DamagedStore(
            _(
                "There is no whole backup of this store, and it does not say any more whose it was. Look for a backup"
                " on your sticks, or ask your coordinator for a new invitation."
            )
        ) from fault
    begun.mkdir()
    with making(begun) as unfinished:
        write_durably(begun / KEYS, found.keys)
        engine = open_engine(unfinished, found.opened.key)
        try:
            begin_anew(engine, REGISTRY, worker, joining, keys_of)
        finally:
            engine.dispose()
    return begun


def leftovers(store: Store, changes: Sequence[Change], parts: Sequence[Change]) -> None:
    """Write down, as what is taught, changes that lost their place in their runs, and what is left of others."""
    undone = {change.undoes for change in changes}
    for audience in sorted({each.audience for each in (*changes, *parts)}):
        with store.writing("rescue", audience=audience) as draft:
            ours = [change for change in changes if change.audience == audience]
            taught = [each for change in ours for each in change.stamped()]
            taught += [each for part in parts if part.audience == audience for each in part.stamped()]
            draft.readings += [each for change in ours if change.id not in undone for each in change.readings]
            draft.readings.append(Reading(os.urandom(16), Horizon({}), {}, tuple(taught)))
        with store.writing("rescue", audience=audience) as draft:  # a key is given in a change of its own
            for change in ours:
                said = map(understood, change.statements if change.device == store.device else ())
                draft.statements += [each for each in said if each is not None and not isinstance(each, Received)]


def put_in_place(found: Found, begun: Path | None) -> None:
    """The damaged files aside, and in their place the store that was made; only the key file where there is none.

    Broken off between the two, the store is one whose database is gone, and its rescue finds the damaged files aside.
    """
    with writable(found.folder):
        found.kept.mkdir()
        if (found.folder / KEYS).exists():
            shutil.copyfile(found.folder / KEYS, found.kept / KEYS)
        write_durably(found.folder / KEYS, found.keys)
        if begun is not None:
            for name in _FILES:
                with suppress(FileNotFoundError):
                    (found.folder / name).replace(found.kept / name)
            flush_folder(found.kept)
            (begun / DATABASE).replace(found.folder / DATABASE)
        flush_folder(found.folder)
