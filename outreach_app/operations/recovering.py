"""A department of which only the printed recovery sheet is left, brought back from what lies in a folder."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from outreach_app.journal.changes import Change
from outreach_app.journal.clock import Clock
from outreach_app.journal.memberships import Said
from outreach_app.journal.statements import COORDINATOR, Accepted, SheetMade, understood
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
from outreach_app.store.sheet_words import believed, is_true, said_by
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
                space = _space(sheet, list(_opened(FolderCarrier(carrier), sheet)))
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


def _opened(carrier: FolderCarrier, sheet: RecoveryKey) -> Iterator[tuple[bytes, Sequence[Change]]]:
    """The changes of every file that the sheet opens, each with the space it is of."""
    epoch = Epoch(1, sheet.recipient, sheet.identity)
    for file in carrier.listing():
        try:
            data = carrier.read(file.name)
            space = space_of(data)
            yield space, open_segment(data, SpaceKeys(space, "", {EVERYONE: (epoch,)})).changes
        except OutreachError:  # of another department, for a newer program, or not whole: syncing says so
            continue


def _space(sheet: RecoveryKey, opened: Sequence[tuple[bytes, Sequence[Change]]]) -> SpaceKeys:
    """The space of the sheet, as the sheet itself signed it, and the keys that its coordinators gave the sheet."""
    for space, changes in opened:
        for each in (understood(statement) for change in changes for statement in change.statements):
            if isinstance(each, SheetMade) and each.public == sheet.public and is_true(each, space):
                said = [
                    Said(change.device, statement, *change.id)
                    for owner, every in opened
                    if owner == space
                    for change in every
                    for statement in change.statements
                ]
                keys = SpaceKeys(space, each.department, {}, each.root, (sheet.recipient, sheet.public), each.first)
                for given in believed(keys, said).keys:
                    keys = keys.taught(given, sheet.as_laptop)
                return keys
    raise NotFound(
        _("Nothing in this folder is sealed to this recovery sheet. Look for the folder that the laptops synced with.")
    )
