"""The laptops of the space: who they are, giving one up as lost, and making a worker's a coordinator's or back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.journal.members import Member
from outreach_app.journal.statements import (
    WORKER,
    Accepted,
    Appointed,
    BySheet,
    Invited,
    Revoked,
    SheetMade,
    Withdrawn,
    statement_digest,
    understood,
)
from outreach_app.model.codes import device_code
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.admissions import Waiting, waiting
from outreach_app.operations.keys import check_present
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.journals import Journal
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.sheet_words import said_by
from outreach_app.store.shipping import Shipping
from outreach_app.store.stores import Store
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop of the space, as it is known here."""

    device: bytes
    name: str  # of whoever works with it
    role: str
    own: bool
    lost: int  # since when it is given up as lost, microseconds since 1970 UTC; 0 while it is not
    last: int  # when the latest of what was received of it was written; 0 where nothing was
    waits: int  # changes of it that are here and are not taken in
    below: bool  # whether this laptop may give it up or change its role
    added: int = 0  # when it was let in, of the first when it began; 0 where that is not known
    by_sheet: bool = False  # whether it may be given up, or taken back, here with the words of the recovery sheet
    looked_at: int = 0  # segments of it that were held back, and that somebody accepted or left out
    asks: Waiting | None = None  # where it asks to be let in, and a coordinator has to do that

    @property
    def code(self) -> str:
        """Eight digits that tell it from others of one name."""
        return device_code(self.device)


def laptops(store: Store) -> Sequence[Laptop]:
    """All laptops of the space, by name: the own one first, then those that ask to be let in, those given up last."""
    known = store.membership()
    with store.reading() as connection:
        shipping = Shipping(connection)
        written, added = shipping.heard_of(), shipping.let_in_of()
    waits = store.waiting_changes()
    may_let_in = store.device in known.coordinators
    looked_at = Counter(device for device, _line in store.looked_at())
    found = [
        Laptop(each.device, each.name, WORKER, False, 0, 0, waits.get(each.device, 0), may_let_in, asks=each)
        for each in waiting(store)
        if each.device != store.device
    ]
    if store.device not in known.members:
        found.append(Laptop(store.device, store.worker, store.role, True, 0, 0, 0, False))
    for device, member in known.members.items():
        last, author = written.get(device, (0, ""))
        may = may_let_in and known.above(store.device, device)
        by_sheet = may_let_in and device != store.device
        name = store.worker if device == store.device else member.name or author
        found.append(
            Laptop(
                device, name, member.role, device == store.device, member.lost, last, waits.get(device, 0), may,
                added.get(device, 0), by_sheet, looked_at[device.hex()],
            )
        )  # fmt: skip
    return sorted(found, key=_order)


def _order(laptop: Laptop) -> tuple[bool, bool, bool, str, int, bytes]:
    own, asks = not laptop.own, laptop.asks is None
    return bool(laptop.lost), own, asks, laptop.name.casefold(), laptop.added, laptop.device


def laptop_named(store: Store, name: str, asks: bool = False) -> Laptop:
    """The laptop of that worker, or with an id or a name that begins so; ``asks``: of those that ask to be let in.

    Raises NotFound; BadInput where there are several.
    """
    wanted = " ".join(name.split()).casefold()
    known = [each for each in laptops(store) if (each.asks is not None) is asks]
    found = [each for each in known if each.name.casefold() == wanted]
    found = found or [each for each in known if len(wanted) >= 4 and each.device.hex().startswith(wanted)]
    found = found or [each for each in known if wanted and each.name.casefold().startswith(wanted)]
    if not found and asks:
        raise NotFound(_("No laptop called {name} asks to be let in. Look at the list.", name=name))
    if not found:
        raise NotFound(_("No laptop of this department is called {name}. Look at the list.", name=name))
    if len(found) > 1:
        ids = ", ".join(each.code for each in found)
        raise BadInput(_("Several laptops are called {name}. Please say which: {list}.", name=name, list=ids))
    return found[0]


def revoke(store: Store, device: bytes, words: str = "") -> Changes:
    """Give a laptop up as lost. What it wrote later than what the department has received is held for a person, and
    what is written from now on is sealed with keys that it was not given.

    With the ``words`` of the recovery sheet any laptop but this one can be given up. Raises BadInput.
    """
    sheet = _sheet(store, words)
    member = _subject(store, device, by_sheet=sheet is not None)
    if member.lost:
        raise BadInput(_("This laptop is given up already."))
    lost = Revoked(device, _reached(store, device), store.clock.tick())
    with store.writing("revoke") as draft:
        draft.statements.append(said_by(sheet, store.space.space, lost) if sheet else lost)
    return StoreReplica(store).settled(draft.changes)


def restore(store: Store, device: bytes, words: str = "") -> Changes:
    """Take back that a laptop was given up: it was found, or it was another one. What was given up with the ``words``
    of the recovery sheet is taken back with them."""
    sheet = _sheet(store, words)
    _subject(store, device, by_sheet=sheet is not None)
    given_up = _standing(store, device, Revoked)
    with store.writing("restore") as draft:
        if given_up:
            back = Withdrawn(given_up)
            draft.statements.append(said_by(sheet, store.space.space, back) if sheet else back)
    return StoreReplica(store).settled(draft.changes)


def appoint(store: Store, device: bytes, role: str) -> Changes:
    """Make a worker's laptop a coordinator's, which reads sensitive reports and lets others in; or a worker's again."""
    member = _subject(store, device)
    if member.lost:
        raise BadInput(_("This laptop is given up as lost. Take that back first."))
    earlier = _standing(store, device, Appointed)
    with store.writing("appoint") as draft:
        if member.role != role:
            if earlier:
                draft.statements.append(Withdrawn(earlier))
            draft.statements.append(Appointed(device, role, _reached(store, device), store.clock.tick()))
    return StoreReplica(store).settled(draft.changes)


def undo(store: Store, change: WriteId) -> Changes:
    """Undo a change; of one that said who belongs to the space, say the contrary."""
    with store.reading() as connection:
        undone = Journal(connection).change(change)
    said = [(each, what) for each in (undone.statements if undone else ()) if (what := understood(each)) is not None]
    for each, what in said:
        match what:
            case Revoked():
                return restore(store, what.device)
            case Appointed():
                return appoint(store, what.device, _OTHER[store.membership().members[what.device].role])
            case Invited():
                return _uninvite(store, what, statement_digest(each))
            case Withdrawn() | SheetMade() | BySheet() | Accepted():
                raise BadInput(_("That cannot be undone by itself. Look at the laptops of the department."))
    return store.undo(change)


def _uninvite(store: Store, invited: Invited, digest: bytes) -> Changes:
    """Take an invitation back that nobody used."""
    if invited.joining in store.membership().used:
        raise BadInput(_("A laptop was let in by this invitation already. Give that laptop up instead."))
    with store.writing("uninvite") as draft:
        draft.statements.append(Withdrawn((digest,)))
    return draft.changes


_OTHER = {"worker": "coordinator", "coordinator": "worker"}


def _sheet(store: Store, words: str) -> RecoveryKey | None:
    """The department's recovery sheet by its words; None for no words. Raises BadInput."""
    sheet = RecoveryKey.typed(words) if words else None
    if sheet is not None:
        check_present(store, sheet)
    return sheet


def _subject(store: Store, device: bytes, by_sheet: bool = False) -> Member:
    """The laptop something is to be said of, where this one may."""
    known = store.membership()
    if store.device not in known.coordinators:
        raise BadInput(_("Only a coordinator's laptop can do this."))
    if device == store.device:
        raise BadInput(_("This is the laptop you sit at. Another coordinator can do this."))
    member = known.members.get(device)
    if member is None:
        raise NotFound(_("There is no such laptop in this department."))
    if not by_sheet and not known.above(store.device, device):
        raise BadInput(_("Only who let this coordinator's laptop in can do this, or whoever has the recovery sheet."))
    return member


def _standing(store: Store, device: bytes, kind: type[Appointed] | type[Revoked]) -> tuple[bytes, ...]:
    standing = store.membership().standing
    return tuple(sorted(digest for digest, each in standing.items() if type(each) is kind and each.device == device))


def _reached(store: Store, device: bytes) -> dict[bytes, int]:
    """How far the department has received what a laptop wrote: what is held here, and what coordinators signed for."""
    with store.reading() as connection:
        return Shipping(connection).received_of(device, store.membership().coordinators)
