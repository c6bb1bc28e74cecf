"""The ground of a rescue: which key, which backup, what is damaged; and which keys and settings the store has then."""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from outreach_app.journal.changes import Change, Horizon, Reading
from outreach_app.journal.statements import Received, understood
from outreach_app.model.errors import BadInput, DamagedStore, NotFound, OutreachError, WrongPassphrase
from outreach_app.model.records import REGISTRY
from outreach_app.store.backups import inspected, labelled, restore, unpacked, verified
from outreach_app.store.beginnings import found as begin_anew
from outreach_app.store.blueprints import KeysOf
from outreach_app.store.damages import LOG, database_damaged, database_gone, log_damaged, log_is_damaged
from outreach_app.store.durable_files import write_durably
from outreach_app.store.engines import open_engine, prepare
from outreach_app.store.folders import DATABASE, making
from outreach_app.store.identities import DeviceIdentity, Epoch, Joining, SpaceKeys
from outreach_app.store.keys import FILE as KEYS
from outreach_app.store.keys import Opened
from outreach_app.store.recovery_keys import SETTING as SHEET
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.rotations import OWN, files, places_of
from outreach_app.store.slots import Slots
from outreach_app.store.stores import Store
from outreach_app.store.takeovers import MADE
from outreach_app.store.wrecks import Wreck
from outreach_app.texts import _


@dataclass
class Found:
    """What there is to put a store together from."""

    folder: Path
    place: Path  # for what is made meanwhile
    opened: Opened
    keys: bytes = field(repr=False)  # the key file that opens it, as its bytes
    keys_from: Path | None  # the backup that key file is from; None for the store's own
    fault: DamagedStore  # what is damaged
    kept: Path  # where the damaged files go
    backups: Sequence[Path]  # of this store, the one with most changes first
    whole: bool = False  # whether the database is whole: then only its key file was damaged
    changes: int = 0  # in a database that is whole
    backup: Path | None = None  # the one that was begun with

    @property
    def made(self) -> Path:
        """The folder of the store that comes of it."""
        return self.place / MADE


def look(folder: Path, opens: Callable[[Path], Opened], more: Sequence[Path], place: Path) -> Found:
    """Look at a store's folder, which is held meanwhile. Nothing in it is altered."""
    asked = [file for each in more for file in (files(each) if each.is_dir() else [each])]
    own = files(folder / OWN)
    keys_from = None
    try:
        opened, keys, fault = opens(folder), (folder / KEYS).read_bytes(), None
        own = [file for each in places_of(folder, opened.key) for file in files(each)]
    except (DamagedStore, NotFound) as broken:
        opened, keys, keys_from = _keys_of_backup(folder, asked, own, opens, place, broken)
        fault = broken if isinstance(broken, DamagedStore) else database_gone()
    candidates = _newest([*asked, *own], opened.key)
    changes, damage = _state(folder, opened.key, place)
    worst = damage or fault
    if worst is None:
        raise BadInput(_("This store is whole: there is nothing to rescue. The doctor looks at what it shows."))
    kept = folder / f"damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.urandom(2).hex()}"
    return Found(folder, place, opened, keys, keys_from, worst, kept, candidates, damage is None, changes)


def _newest(candidates: Sequence[Path], key: bytes) -> list[Path]:
    """Those of the store with this key that are whole, the one with most changes first, counted when it was made: a
    journal only grows, whatever a clock said."""
    looked = [found for file in dict.fromkeys(candidates) if (found := inspected(file, key)) is not None]
    return [each.file for each in sorted(looked, key=lambda each: (-each.changes, -each.at)) if each.verified]


def _keys_of_backup(
    folder: Path,
    asked: Sequence[Path],
    own: Sequence[Path],
    opens: Callable[[Path], Opened],
    place: Path,
    broken: OutreachError,
) -> tuple[Opened, bytes, Path]:
    """The key by the key file of a backup: of several stores' the one that opens this database, else the one asked for.

    Raises WrongPassphrase, DamagedStore or NotFound where none opens, BadInput where nothing says which of several.
    """
    wrong: OutreachError | None = None
    found: dict[bytes, tuple[Opened, bytes, Path]] = {}
    for file in dict.fromkeys((*asked, *own)):
        try:
            if any(labelled(file, key) for key in found):
                continue
            keys = _unpack_keys(file, place)
            opened = opens(place)
            if labelled(file, opened.key) is not None:
                found[opened.key] = opened, keys, file
        except WrongPassphrase as fault:
            wrong = fault
        except OutreachError:
            continue
    fitting = [each for each in found.values() if _reads(folder / DATABASE, each[0].key)]
    fitting = fitting or [each for each in found.values() if each[2] in asked] or list(found.values())
    if len(fitting) > 1:
        raise BadInput(_("There are backups of several stores, and nothing says which of them this is. Name a backup."))
    if not fitting:
        raise wrong or (_no_backup() if isinstance(broken, DamagedStore) else broken)
    opened = fitting[0][0]
    latest = _newest([*asked, *own], opened.key)  # whose slots are the latest
    return (opened, _unpack_keys(latest[0], place), latest[0]) if latest else fitting[0]


def _no_backup() -> DamagedStore:
    """The sentence where the key file is damaged, and with it where else backups are kept cannot be read."""
    return DamagedStore(
        _(
            "The key file of this store is damaged or gone, and no backup of it was found. Put in the stick that its"
            " backups are kept on, and name one of them."
        )
    )


def _reads(database: Path, key: bytes) -> bool:
    """Whether a key is that of a database, as far as its beginning reads."""
    try:
        with closing(dbapi2.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            prepare(opened, key)
            opened.execute("SELECT count(*) FROM sqlite_master")
            return True
    except dbapi2.Error:
        return False


def _unpack_keys(file: Path, place: Path) -> bytes:
    with unpacked(file) as archive:
        keys = archive.read(KEYS)
    (place / KEYS).write_bytes(keys)
    return keys


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
    begun = found.made
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


def take_up_settings(store: Store, wreck: Wreck) -> bool:
    """How its worker liked things, and its keys, as the damaged database tells them. Whether the words of the recovery
    sheet had to be let go.

    No key goes back to an older state: what a backup and the database know of the space's keys goes together, and the
    words of a sheet, which may have been proven since, are taken only from what the store held last.
    """
    had = store.setting(SHEET)
    store.forget_setting(SHEET)
    for name, value in wreck.settings().items():
        if name == "space":
            store.enter_space(_all_keys(store.space, SpaceKeys.from_values(value)))
        elif name not in (SHEET, "seed", "worker", "role") and not name.startswith("closed segments"):
            store.set_setting(name, value)
    now = wreck.settings_now()
    seed = now.get(SHEET)
    if seed is not None and RecoveryKey(seed).recipient == store.space.recovery[0]:
        store.set_setting(SHEET, seed)
    return had is not None and not now


def _all_keys(one: SpaceKeys, other: SpaceKeys) -> SpaceKeys:
    """The space as the ``other`` knows it, with the keys of either."""
    found: dict[str, dict[tuple[int, str], Epoch]] = {}
    for name, epochs in (*one.audiences.items(), *other.audiences.items()):
        known = found.setdefault(name, {})
        for each in epochs:
            place = each.number, each.recipient
            if each.secret or place not in known:
                known[place] = each
    return replace(other, audiences={name: tuple(keys[each] for each in sorted(keys)) for name, keys in found.items()})


def lock_to_sheet(store: Store) -> None:
    """Have the department's newest recovery sheet open the store, as far as it knows; a key file of a backup may name
    an earlier one."""
    said = store.membership().sheet
    if said is not None and said.recipient != store.space.recovery[0]:
        store.enter_space(replace(store.space, recovery=(said.recipient, said.public)))
    store.slots.lock_to(store.space.recovery[0])


def key_file_alone(found: Found) -> None:
    """A key file for a database that is whole, opened by the newest recovery sheet that the database knows."""
    found.made.mkdir()
    write_durably(found.made / KEYS, found.keys)
    space = Wreck(found.folder, found.opened.key, found.place / "wreck").settings().get("space")
    recipient = SpaceKeys.from_values(space).recovery[0] if space else ""
    Slots(found.made, found.opened.key, found.opened.worker).lock_to(recipient)
