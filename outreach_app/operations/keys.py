"""Who can open a store, and how: passphrases, this computer's keyring, the department's recovery sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from outreach_app.journal.changes import Changes
from outreach_app.journal.clock import Clock
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.settings import IDLE
from outreach_app.operations.settings import setting
from outreach_app.operations.spaces import keys_of
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.keys import FULL_COST, Cost, Opened, check_chosen, open_recovered, open_remembered
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.sheet_words import made_for, said_by
from outreach_app.store.stores import Store
from outreach_app.texts import _

PROOF_HOLDS = 90 * 24 * 60 * 60 * 1_000_000
"""For how long the program takes it for granted that the sheet is still where it was: microseconds."""

_PROVEN = "recovery_proven"  # which sheet was last proven, by its recipient, and when: microseconds since 1970 UTC


class Recovery(StrEnum):
    """How it stands with the recovery sheet, seen from this laptop."""

    TO_PRINT = "to_print"  # its words are on this laptop alone
    TO_PROVE = "to_prove"  # it was proven once, long ago
    PROVEN = "proven"
    ELSEWHERE = "elsewhere"  # this laptop does not know its words, and has not seen it proven


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Who opens this store: the workers with a passphrase, who is at work, whether the keyring does, the sheet; and
    whether a new sheet can be made here, or as a coordinator's by the words of the present one."""

    workers: Sequence[str]
    worker: str
    remembered: bool
    recovery: Recovery
    makes_sheet: bool
    coordinator: bool


def ways_in(store: Store) -> WaysIn:
    """All ways into this store."""
    slots = store.slots
    coordinator = store.device in store.membership().coordinators
    return WaysIn(slots.workers, store.worker, slots.remembered, recovery(store), may_make_sheet(store), coordinator)


def open_by_keyring(folder: Path, clock: Clock | None = None) -> Store:
    """The store in a folder, by this computer's keyring. Raises WrongPassphrase where the passphrase must be asked."""
    return Store.open(folder, open_remembered, keys_of=keys_of, clock=clock)


def open_by_sheet(
    folder: Path, words: str, worker: str, passphrase: str, cost: Cost = FULL_COST, clock: Clock | None = None
) -> Store:
    """The store in a folder, by the words or the code of the recovery sheet; ``passphrase`` is the worker's after it.

    Raises BadInput for words that are none of a sheet's, WrongPassphrase for those of another.
    """
    sheet = RecoveryKey.typed(words)
    name = " ".join(worker.split())
    if not name:
        raise BadInput(_("Please write your name."))
    check_chosen(passphrase, cost)

    def opened(place: Path) -> Opened:
        return Opened(open_recovered(place, sheet).key, name)

    store = Store.open(folder, opened, keys_of=keys_of, clock=clock)
    try:
        store.slots.renew(passphrase, cost)
    except BaseException:
        store.close()
        raise
    return store


def change_passphrase(store: Store, old: str, new: str, cost: Cost = FULL_COST) -> None:
    """Another passphrase for whoever opened the store."""
    store.slots.change(old, new, cost)


def add_worker(store: Store, name: str, passphrase: str, cost: Cost = FULL_COST) -> None:
    """Let another worker use this laptop, by a passphrase of their own."""
    store.slots.add(name, passphrase, cost)


def remove_worker(store: Store, name: str) -> None:
    """Let a worker use this laptop no longer."""
    store.slots.remove(name)


def remember_here(store: Store) -> None:
    """Have this computer's keyring open the store when the program starts."""
    store.slots.remember()


def ask_at_start(store: Store) -> None:
    """Ask for the passphrase at every start again."""
    store.slots.forget()


def idle_minutes(store: Store) -> int:
    """After how many minutes that nobody touches it the window is locked."""
    return int(setting(store, IDLE))


def recovery(store: Store) -> Recovery:
    """How it stands with the recovery sheet today, by the laptop's clock."""
    if _sheet(store) is not None:
        return Recovery.TO_PRINT
    sheet, proven = store.setting(_PROVEN, ("", 0))
    if sheet != store.space.recovery[0]:  # none was, or another laptop made a new one since
        return Recovery.ELSEWHERE
    return Recovery.TO_PROVE if abs(store.clock.tick() - proven) > PROOF_HOLDS else Recovery.PROVEN


def recovery_sheet(store: Store, languages: Sequence[str] = ("en", "es"), paper: str = "us-letter") -> bytes:
    """The recovery sheet as a PDF. Raises NotFound where this laptop does not, or no longer, know its words."""
    sheet = _sheet(store)
    if sheet is None:
        raise NotFound(
            _("This laptop does not know the words of the recovery sheet: whoever holds the printed one has them.")
        )
    return drawn(store, sheet, languages, paper)


def drawn(store: Store, sheet: RecoveryKey, languages: Sequence[str] = ("en", "es"), paper: str = "us-letter") -> bytes:
    """A sheet of the store's department as a PDF."""
    from outreach_app.paper.recovery_sheets import render_recovery_sheet

    return render_recovery_sheet(store.department, sheet.words, sheet.qr_text, languages, paper)


def prove_recovery(store: Store, typed: str) -> Changes:
    """Prove the printed sheet by its words, or its code scanned back. From then on only the sheet holds the key.

    Raises BadInput for words that are none of a sheet's, or another sheet's.
    """
    check_present(store, RecoveryKey.typed(typed))
    take_for_proven(store)
    return Changes("prove_recovery", None)


def take_for_proven(store: Store) -> None:
    """The sheet is in somebody's hands."""
    store.set_setting(_PROVEN, [store.space.recovery[0], store.clock.tick()])
    store.forget_setting(SETTING)


def may_make_sheet(store: Store) -> bool:
    """Whether a new sheet can be made here with no words of the present one: nobody but the sheet comes before this
    laptop, or it knows the words still."""
    known = store.membership()
    return store.device in known.coordinators and (known.ranks[store.device] == 0 or _sheet(store) is not None)


def new_sheet(store: Store, written: Callable[[RecoveryKey], object] = lambda _sheet: None, words: str = "") -> Changes:
    """A new recovery sheet, to be printed and proven. As the laptops learn of it the earlier one opens them no longer,
    nor what they write; what it opened until then, it opens for ever. Raises BadInput but on a coordinator's laptop,
    and where another made this one a coordinator's and neither the ``words`` of the present sheet are given nor known.

    ``written`` puts it where it is wanted first: where that fails, the earlier sheet stays the department's.
    """
    if store.device not in store.membership().coordinators:
        raise BadInput(_("Only a coordinator's laptop can make a new recovery sheet."))
    present = RecoveryKey.typed(words) if words else _sheet(store)
    if words and present is not None:
        check_present(store, present)
    if present is None and not may_make_sheet(store):
        raise BadInput(_("To make a new recovery sheet here, the words of the present one are needed."))
    sheet = RecoveryKey.new()
    written(sheet)
    with store.writing("new_sheet") as draft:
        made = made_for(sheet, store.space, store.space.recovery[1])
        draft.statements.append(said_by(present, store.space.space, made) if present is not None else made)
        store.set_setting(SETTING, sheet.seed)
    StoreReplica(store).retry()
    return draft.changes


def check_present(store: Store, sheet: RecoveryKey) -> None:
    """Raises BadInput for another sheet than the department's present one."""
    if sheet.recipient != store.space.recovery[0]:
        raise BadInput(_("These are the words of another recovery sheet. Please look for the newest one."))


def _sheet(store: Store) -> RecoveryKey | None:
    """The space's sheet, where this laptop knows its words."""
    seed = store.setting(SETTING)
    sheet = None if seed is None else RecoveryKey(seed)
    return sheet if sheet is not None and sheet.recipient == store.space.recovery[0] else None
