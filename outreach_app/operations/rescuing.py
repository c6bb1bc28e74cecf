"""A damaged store is put together again: from its newest whole backup, from folders, and from what of it still reads.

All of it is made beside the damaged files, which take no harm and are kept. What is acknowledged in one of the three
places is in the store afterwards. Every change comes as it was written, whoever signed it; one that lost its place in
its run, as an earlier one is nowhere any more, is taught as a workbook teaches, so that it is known again if it turns
up elsewhere. The store that comes of it writes in new runs, so that no number is used twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import NOBODY, Change, WriteId
from outreach_app.journal.clock import Clock
from outreach_app.model.errors import NotFound, OutreachError
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.spaces import keys_of
from outreach_app.operations.syncing import StoreReplica, last_exchanges
from outreach_app.store.folders import locked
from outreach_app.store.key_files import committed
from outreach_app.store.keys import Opened, open_keys
from outreach_app.store.rescues import (
    Found,
    key_file_alone,
    leftovers,
    lock_to_sheet,
    look,
    standing_anew,
    take_up_settings,
)
from outreach_app.store.shipping import State
from outreach_app.store.stores import Store
from outreach_app.store.takeovers import commit, finish, workshop
from outreach_app.store.wrecks import Wreck
from outreach_app.sync.exchanges import take_back
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.segments import OpenedSegment, SealedForOthers, open_segment, read_label
from outreach_app.texts import _, count

Tell = Callable[[int, int, str], None]
_AT_ONCE = 2_000
_STEPS = 5


@dataclass(frozen=True, slots=True)
class RescueAccount:
    """What became of a damaged store. Every change that it told of is in one place: ``held``, by where it came from,
    ``in_part`` or ``missing``."""

    damaged: str = ""  # a sentence: what was damaged; "" where nothing was
    backup: str = ""  # the file begun with; "" where there was none
    keys_from: str = ""  # the backup that the key file is from; "" where the store's own opens it
    from_store: int = 0  # changes in a database that was whole: only its key file was damaged
    from_backup: int = 0
    from_folders: int = 0
    salvaged: int = 0  # read from what is damaged
    out_of_place: int = 0  # of those salvaged: known again, though one before them in their run is lost
    in_part: int = 0  # of others, some of what they wrote was read
    missing: int = 0  # told of by what is damaged, and nowhere to be read
    all_told: bool = True  # whether what is damaged still tells of all its changes
    sheet_let_go: bool = False  # whether the words of the recovery sheet may have been there, and are not any more
    absent: tuple[str, ...] = ()  # folders that could not be read: a sentence each
    kept: str = ""  # the folder in which the files from before are

    @property
    def held(self) -> int:
        """How many changes the store holds again."""
        return self.from_store + self.from_backup + self.from_folders + self.salvaged

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "RescueAccount":
        """Read back what :func:`asdict` made of one."""
        return cls(**{**values, "absent": tuple(values["absent"])})

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {**asdict(self), "held": self.held}

    def in_words(self) -> str:
        """As a person reads it: how many there are again, of which so many from where; then what is not."""
        backup, keys = Path(self.backup).name, Path(self.keys_from).name
        held = count("The store holds {n} change again:", "The store holds {n} changes again:", self.held)
        parts = [
            (self.from_store, _("{n} from its own database, which was whole", n=f"{self.from_store:,}")),
            (self.from_backup, _("{n} from the backup {file}", n=f"{self.from_backup:,}", file=backup)),
            (self.from_folders, _("{n} from folders it synced with", n=f"{self.from_folders:,}")),
            (self.salvaged, _("{n} read from the damaged files", n=f"{self.salvaged:,}")),
        ]
        lines = [held, *(f"  {words}" for n, words in parts if n), *self._lost()]
        if self.keys_from:
            lines.append(_("The key file came from {file}: the passphrases are those of that day.", file=keys))
        if self.sheet_let_go:
            lines.append(_("The words of the recovery sheet are gone. If none was printed, make a new one under Keys."))
        if self.kept:
            lines.append(_("The files from before are kept in {folder}.", folder=self.kept))
        return "\n".join([*lines, *self.absent])

    def _lost(self) -> Iterable[str]:
        if not self.damaged:
            if self.missing:
                yield count("{n} written later is not in it.", "{n} written later are not in it.", self.missing)
            return
        if self.in_part:
            yield count("{n} more came back in part.", "{n} more came back in part.", self.in_part)
        if self.missing:
            yield count(
                "{n} more is lost: it is named, and can be read nowhere.",
                "{n} more are lost: they are named, and can be read nowhere.",
                self.missing,
            )
        if not self.all_told:
            yield _(
                "Whether others are missing cannot be told: what was written last may be."
                " Sync with every stick and folder you have."
            )
        elif not self.missing and not self.in_part:
            yield _("Nothing is missing.")


@dataclass
class _Tally:
    from_store: int = 0
    from_backup: int = 0
    from_folders: int = 0
    salvaged: int = 0
    out_of_place: int = 0
    in_part: int = 0
    missing: int = 0
    all_told: bool = True
    sheet_let_go: bool = False
    absent: list[str] = field(default_factory=list)


def rescue(
    folder: Path,
    by: str | Callable[[Path], Opened],
    *,
    folders: Sequence[Path] = (),
    backups: Sequence[Path] = (),
    clock: Clock | None = None,
    tell: Tell = lambda _done, _of, _doing: None,
) -> RescueAccount:
    """Put the store in a folder together again; ``by`` opens it as :meth:`Store.open` is told. One that was broken off
    in its last step is ended.

    ``folders`` are looked into beside those it exchanged with, ``backups`` (files, or folders of them) beside those it
    made itself. Raises NotFound, BadInput where nothing is damaged, DamagedStore where nothing tells any more whose
    store it was, and else as opening does; the damaged files are then where they were.
    """
    if not folder.is_dir():
        raise NotFound(_("There is no store in {folder}.", folder=folder))
    opens = (lambda place: open_keys(place, by)) if isinstance(by, str) else by
    lock = locked(folder)
    try:
        if committed(folder) is None:
            with workshop(folder) as place:
                found = look(folder, opens, backups, place)
                tally = _put_together(found, folders, clock, tell)
                commit(place, found.opened.key, found.kept, asdict(_account(found, tally)))
                return RescueAccount.from_values(finish(folder, lambda _folder: found.opened))
        return RescueAccount.from_values(finish(folder, opens))
    finally:
        lock.release()


def _put_together(found: Found, folders: Sequence[Path], clock: Clock | None, tell: Tell) -> _Tally:
    """Make the store that is to take the damaged one's place."""
    tell(0, _STEPS, _("Looking for the newest whole backup"))
    if found.whole:
        key_file_alone(found)
        return _Tally(from_store=found.changes)
    wreck = Wreck(found.folder, found.opened.key, found.place / "wreck", next(iter(found.backups), None))
    begun = standing_anew(found, wreck, keys_of)
    store = Store.open(begun, lambda _folder: found.opened, keys_of=keys_of, clock=clock)
    try:
        held = len(held_by(store))
        tally = _Tally(from_backup=held) if found.backup else _Tally(salvaged=held)
        missing = _filled(store, tally, wreck, folders, tell)
        tally.missing, tally.all_told = len(missing) - tally.in_part, wreck.complete
        lock_to_sheet(store)
        store.flush()
    finally:
        store.close()
    return tally


def _account(found: Found, tally: _Tally) -> RescueAccount:
    return RescueAccount(
        damaged=str(found.fault),
        backup=str(found.backup or ""),
        keys_from=str(found.keys_from or ""),
        **{**vars(tally), "absent": tuple(tally.absent)},
        kept=str(found.kept),
    )


def _filled(store: Store, tally: _Tally, wreck: Wreck, folders: Sequence[Path], tell: Tell) -> set[WriteId]:
    """Take in all there is: the segments still kept, the folders, then the journal change by change. Gives the ids of
    what is told of and came from nowhere."""
    replica = StoreReplica(store, speaks=False)
    tell(1, _STEPS, _("Reading what is damaged"))
    tally.sheet_let_go = take_up_settings(store, wreck)
    waiting = _segments(store, replica, wreck, tally)
    tell(2, _STEPS, _("Looking into the folders"))
    places = [*folders, *(Path(each.place) for each in last_exchanges(store)), *wreck.places()]
    for place in dict.fromkeys(places):
        before = held_by(store)  # told by what is held: a segment that is met again is not counted again
        try:
            take_back(replica, FolderCarrier(place))
        except OutreachError as fault:
            tally.absent.append(str(fault))
        tally.from_folders += len(held_by(store) - before)
    tell(3, _STEPS, _("Reading what is damaged"))
    told = wreck.changes()
    wanted = told - held_by(store)
    read = {each.id: each for each in (*waiting, *wreck.read(wanted))}
    held = held_by(store)
    left = _journal(store, [change for each, change in read.items() if each not in held], tally)
    before = held_by(store)
    replica.retry()
    tally.salvaged += len(held_by(store) - before)
    missing = wanted - held_by(store) - {change.id for change in left}
    parts = [part.change for part in wreck.parts if part.change.id in missing and part.change.writes]
    leftovers(store, left, parts)
    tally.salvaged, tally.out_of_place, tally.in_part = tally.salvaged + len(left), len(left), len(parts)
    tell(4, _STEPS, _("Comparing"))
    if tally.from_folders or tally.salvaged:
        look_for_duplicates(store)
    return missing


def _segments(store: Store, replica: StoreReplica, wreck: Wreck, tally: _Tally) -> list[Change]:
    """Take in the segments it kept; the changes of its own that wait, as something before them is not there."""
    waiting: list[Change] = []
    kept = set(replica.kept())
    for data in wreck.segments():
        try:
            segment, _sealed = read_label(data, store.space.space)
            if segment.name in kept:
                continue
            opened: OpenedSegment = open_segment(data, store.space, replica.reads)
        except SealedForOthers:
            replica.keep(segment.kept(State.SEALED))
            continue
        except OutreachError:  # one that does not prove itself is as good as unread
            continue
        taken = opened.segment.kept(State.WAITING, len(opened.changes))
        applied = store.receive(taken, opened.changes, opened.header.follows)
        tally.salvaged += applied.new
        if applied.state is State.WAITING and segment.label.device == store.device:
            waiting += opened.changes
    before = held_by(store)
    replica.retry()
    tally.salvaged += len(held_by(store) - before)
    return waiting


def _journal(store: Store, read: Sequence[Change], tally: _Tally) -> list[Change]:
    """Take in changes that no segment brought, this laptop's own first, which may say who belongs; those are left that
    lost their place in their runs."""
    runs: dict[bytes, list[Change]] = {}
    for change in sorted(read, key=lambda each: each.id):
        runs.setdefault(change.id.run, []).append(change)
    left: list[Change] = []
    for changes in sorted(runs.values(), key=lambda each: each[0].device != store.device):
        counting = _counting(store, changes)
        for begin in range(0, len(counting), _AT_ONCE):
            tally.salvaged += store.apply(counting[begin : begin + _AT_ONCE]).new
        left += counting
    store.enter_space(store.space.taught(store.membership().keys, store.identity))
    held = held_by(store)
    return [change for change in left if change.id not in held]


def _counting(store: Store, changes: Sequence[Change]) -> Sequence[Change]:
    """Those of the changes of one run that count here."""
    run, device = changes[0].id.run, changes[0].device
    limit = None if device in (store.device, NOBODY) else store.membership().limit(device, run)
    return [change for change in changes if limit is None or change.last <= limit]


def held_by(store: Store) -> set[WriteId]:
    """The ids of the changes a store holds."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT run, number FROM changes WHERE run IS NOT NULL")
        return {WriteId(*row) for row in rows}
