"""A department of which only the printed recovery sheet is left, brought back from what lies in a folder."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from outreach_app.journal.changes import Change
from outreach_app.journal.clock import Clock
from outreach_app.journal.members import Said
from outreach_app.journal.statements import COORDINATOR, Accepted, KeyGiven, SheetMade, understood
from outreach_app.model.errors import BadInput, InUse, NotFound, OutreachError
from outreach_app.operations.keys import take_for_proven
from outreach_app.operations.rescuing import RescueAccount
from outreach_app.operations.spaces import keys_of
from outreach_app.operations.syncing import Progress, StoreReplica, sync_folder
from outreach_app.store.folders import DATABASE, new_folder
from outreach_app.store.identities import EVERYONE, DeviceIdentity, Epoch, Joining, SpaceKeys
from outreach_app.store.key_files import committed
from outreach_app.store.keys import FULL_COST, Cost, open_keys
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.sheet_words import believed, is_true, said_by, true_words
from outreach_app.store.stores import Store
from outreach_app.store.takeovers import MADE, commit, finish, workshop
from outreach_app.sync.exchanges import take_back
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.segments import open_segment, space_of
from outreach_app.texts import _


def recover_space(
    folder: Path,
    carrier: Path,
    words: str,
    worker: str,
    passphrase: str,
    progress: Progress = lambda _done, _of: None,
    cost: Cost = FULL_COST,
    clock: Clock | None = None,
) -> Store:
    """A new coordinator's store with all that a folder to sync with holds of the sheet's department, open. Before it
    holds all of that there is none, and others hear of none. One that was broken off is begun anew, or ended.

    Raises BadInput for words that are none of a sheet's or a name or passphrase that is empty, NotFound where the
    folder holds nothing that this sheet opens; and what making a store and syncing raise.
    """
    sheet = RecoveryKey.typed(words)
    name = " ".join(worker.split())
    if not name:
        raise BadInput(_("Please write your name."))
    if (folder / DATABASE).exists() and committed(folder) is None:
        raise InUse(_("There is already a store in this folder. Open it, or choose another folder."))
    with new_folder(folder) as lock:
        if committed(folder) is None:
            with workshop(folder) as place:
                space = _space(sheet, FolderCarrier(carrier))
                joining = Joining(DeviceIdentity.new(), space, COORDINATOR)
                made = Store.create(
                    place / MADE, passphrase, worker=name, joining=joining, keys_of=keys_of, cost=cost, clock=clock
                )
                with closing(made):
                    key, account = made.as_source().key, _filled(made, sheet, carrier, progress)
                commit(place, key, folder / "before", asdict(account))
        finish(folder, lambda place: open_keys(place, passphrase))
        lock.release()
    store = Store.open(folder, passphrase, keys_of=keys_of, clock=clock)
    try:
        sync_folder(store, carrier, progress)
    except BaseException:
        store.close()
        raise
    return store


def _filled(made: Store, sheet: RecoveryKey, carrier: Path, progress: Progress) -> RescueAccount:
    """Have the sheet let the laptop in, and take in what the folder holds."""
    with made.writing("recover") as draft:
        let_in = Accepted(sheet.public, made.identity.public, made.worker, COORDINATOR)
        draft.statements.append(said_by(sheet, made.space.space, let_in))
    take_for_proven(made)
    done = take_back(StoreReplica(made), FolderCarrier(carrier), progress)
    made.flush()
    return RescueAccount(from_folders=done.received + done.late)


def _opened(carrier: FolderCarrier, sheet: RecoveryKey, given: tuple[str, ...] = ()) -> Iterator[tuple[bytes, Change]]:
    """The changes of every file that the sheet opens, or one of the secrets it was given, each with its space."""
    by = {EVERYONE: (Epoch(1, sheet.recipient, sheet.identity),)}
    for file in carrier.listing():
        try:
            data = carrier.read(file.name)
            space = space_of(data)
            yield from ((space, change) for change in open_segment(data, SpaceKeys(space, "", by, past=given)).changes)
        except OutreachError:  # of another department, for a newer program, or not whole: syncing says so
            continue


def _space(sheet: RecoveryKey, carrier: FolderCarrier) -> SpaceKeys:
    """The space of the sheet, as the sheet itself signed it, and the keys that its coordinators gave the sheet.

    Who is a coordinator was said before there was this sheet, where it is not the first. All that is said of who
    belongs is sealed to the space's first key: so what the sheet does not open is read by what it was given for that,
    by whomever, and only then is told who is believed. Of each laptop one is tried, as each is with every such file.
    """
    opened = list(_opened(carrier, sheet))
    keys = next((keys for space, change in opened for keys in _founded(sheet, space, change)), None)
    if keys is None:
        raise NotFound(
            _(
                "Nothing in this folder is sealed to this recovery sheet. Look for the folder that the laptops synced "
                "with."
            )
        )
    first: dict[bytes, KeyGiven] = {}
    for change in (change for space, change in opened if space == keys.space):
        for each in map(understood, change.statements):
            if isinstance(each, KeyGiven) and (each.audience, each.number) == (EVERYONE, 1):
                first.setdefault(change.device, each)
    given = dict.fromkeys(chain(*(keys.taught([each], sheet.as_laptop).opening for each in first.values())))
    said = [
        Said(change.device, statement, *change.id)
        for space, change in _opened(carrier, sheet, tuple(given))
        if space == keys.space
        for statement in change.statements
    ]
    return keys.taught(believed(keys, said).keys, sheet.as_laptop)


def _founded(sheet: RecoveryKey, space: bytes, change: Change) -> Iterator[SpaceKeys]:
    """The space that a change says is the sheet's, and which has no keys yet; the sheet before it may have said so."""
    for statement in change.statements:
        words = true_words(statement, space)
        made = understood(statement if words is None else words.statement)
        if isinstance(made, SheetMade) and made.public == sheet.public and is_true(made, space):
            yield SpaceKeys(space, made.department, {}, made.root, (sheet.recipient, sheet.public), made.first)
