"""Syncing with the other laptops of the space, through a folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Change, Changes
from outreach_app.journal.members import Membership
from outreach_app.journal.statements import Accepted, Asking, Received, Statement, device_of, understood
from outreach_app.model.codes import device_code
from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.operations.duplicates import look_at_new
from outreach_app.store.audiences import given_on, keys_due
from outreach_app.store.beginnings import SHEET_MADE
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.key_files import holds_a_store
from outreach_app.store.notices import ASKING
from outreach_app.store.receivers import joined
from outreach_app.store.shipping import Kept, LastExchange, SeenFile, State
from outreach_app.store.stores import Store
from outreach_app.sync import segments
from outreach_app.sync.carriers import Carrier
from outreach_app.sync.exchanges import Applied, ExchangeAccount, Seen, cut, exchange
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.invitations import Asked, read_certificate
from outreach_app.sync.segments import Chain, OpenedSegment, open_segment
from outreach_app.texts import _

FOLDER = "sync_folder"
"""The setting that holds the folder synced with last."""

Progress = Callable[[int, int], None]
_TRIED = "closed segments tried with"
_HEARD = 2  # of that, what is heard of who belongs and with which keys
_FOR_NEWS = tuple(state for state in State if state is not State.APPLIED)
"""Another key, another program, or something said of who belongs has these taken in, or heard as far as they say who
belongs: what waits for something else may do that too."""


class StoreReplica:
    """A store, as an exchange needs it. One that is being put together, and knows a part only, must not speak: it would
    let in, or give keys to, whoever it does not know yet to be given up."""

    def __init__(self, store: Store, speaks: bool = True) -> None:
        self._store, self._speaks = store, speaks
        self.touched: dict[str, frozenset[str]] = {}
        self._applied: dict[str, Applied] = {}  # the segments that were opened, by name
        self._stood: set[str] = set()  # of them those that were taken in before
        with store.shipping() as shipping:
            self._waited = shipping.unapplied()  # as it begins

    @property
    def identity(self) -> DeviceIdentity:
        """Who signs."""
        return self._store.identity

    @property
    def space(self) -> SpaceKeys:
        """Whose space."""
        return self._store.space

    @property
    def reads(self) -> int:
        """The newest form of a change that it reads."""
        return segments.LEAST

    def apply(self, opened: OpenedSegment) -> Applied:
        """Keep a segment, and take in its changes where they may be. What was new to this replica once, and is held
        still, is new each time it is asked."""
        if opened.segment.label.device == self.identity.device:
            cut(self)  # another that was copied from this laptop wrote it: what is only here must not be set back
        kept = opened.segment.kept(State.WAITING, len(opened.changes))
        done = self._store.receive(kept, opened.changes, opened.header.follows)
        self.touched = joined(self.touched, done.changes.records)
        before = self._applied.get(kept.name, Applied())
        still = min(before.new, done.known)
        applied = Applied(done.new + still, done.known - still, done.waiting, done.clashing, done.state)
        self._applied[kept.name] = applied
        return applied

    def keep(self, segment: Kept) -> None:
        """Keep a segment durably."""
        with self._store.shipping() as shipping:
            shipping.keep(segment)

    def retry(self) -> Mapping[str, Applied]:
        """Let in whoever asks and may be, and try again what waits, as long as that helps.

        What waits for keys, for somebody to be let in or for another program is tried where there is news of such.
        """
        store = self._store
        tried: set[str] = set()
        helped = True
        while helped:
            news = self._news()
            fresh = store.setting(_TRIED) != news
            helped = fresh and self._speaks and self._let_in()
            if self._speaks:
                self._give_keys()
                self._lock_to_sheet()
            with store.shipping() as shipping:
                left = shipping.left(_FOR_NEWS) if fresh else shipping.ripe()
            for kept in left:
                applied = self._again(kept)
                if applied is not None:
                    tried.add(kept.name)
                    helped = helped or applied.state is State.APPLIED
            helped = helped or (fresh and self._news()[:_HEARD] != news[:_HEARD])
            if fresh and self._speaks:
                store.set_setting(_TRIED, news)
        return {name: self._applied[name] for name in sorted(tried | self._set_back())}

    def _set_back(self) -> set[str]:
        """The segments that were taken in and set back by what came after them, tried once more: what became of them is
        told."""
        with self._store.shipping() as shipping:
            taken = {name for name, each in self._applied.items() if each.state is State.APPLIED}
            gone = [shipping.segment(name) for name in sorted(taken & shipping.unapplied())]
        return {kept.name for kept in gone if self._again(kept) is not None}

    def _news(self) -> list[Any]:
        """What is another where something that waits may be taken in though its run goes no further."""
        store = self._store
        strangers = store.left_segments().get(State.STRANGER, 0)
        known = store.membership().fingerprint.hex()
        return [known, len(self.space.opening), self.reads, strangers]

    def _again(self, kept: Kept) -> Applied | None:
        """Try a kept segment once more; None where it cannot be opened. Of one that was taken in before, and only set
        back meanwhile, nothing is new."""
        try:
            opened = open_segment(kept.data, self.space, self.reads)
        except OutreachError:  # as when it came: for others, or of a newer program
            return None
        if kept.name not in self._applied and kept.name not in self._waited:
            self._stood.add(kept.name)
        applied = self.apply(opened)
        if kept.name in self._stood:
            applied = self._applied[kept.name] = replace(applied, new=0, known=applied.known + applied.new)
        return applied

    def asking(self) -> Sequence[Asked]:
        """The laptops that ask to be let in and were not, each once."""
        with self._store.shipping() as shipping:
            strangers = shipping.left([State.STRANGER])
        return tuple({each.key: each for each in map(self._asking, strangers) if each is not None}.values())

    def note_asking(self) -> None:
        """As a coordinator's laptop, have a person find under To decide whom it did not let in by itself."""
        if self._store.device in self._store.membership().coordinators:
            for asked in self.asking():
                device = device_of(asked.key)
                self._store.set_aside(ASKING, device.hex(), asked.name, [(device_code(device), "")])

    def _let_in(self) -> bool:
        """As a coordinator's laptop, let in those who show the one-time key of an invitation, the first of each."""
        store = self._store
        known = store.membership()
        if store.device not in known.coordinators:
            return False
        found: dict[bytes, Accepted] = {}
        for asked in self.asking():
            offer = known.invited.get(asked.joining)
            if offer is not None and asked.joining not in known.used and store.clock.now() <= offer.until:
                accepted = Accepted(asked.joining, asked.key, asked.name, offer.role, offer.by)
                found.setdefault(asked.joining, accepted)
        if not found:
            return False
        with store.writing("let_in") as draft:
            draft.statements += found.values()
        return True

    def _give_keys(self) -> None:
        """As a coordinator's laptop, give the keys that are due, and say what the recovery sheet is."""
        store = self._store
        known = store.membership()
        if store.device not in known.coordinators:
            return
        told = understood(store.setting(SHEET_MADE, {}))
        besides = given_on(known, store.space, store.keys_besides(known))
        due: list[Statement] = [*keys_due(known, store.space, store.device), *besides]
        if told is not None and known.sheet is None and not store.has_said(told):
            due.append(told)
        if due:
            with store.writing("give_keys") as draft:
                draft.statements += due

    def _lock_to_sheet(self) -> None:
        """Have the space's recovery sheet open this store, and no earlier one."""
        store = self._store
        if store.folder is not None:
            store.slots.lock_to(store.space.recovery[0])

    def _asking(self, kept: Kept) -> Asked | None:
        """Who asks to be let in with a kept segment; None where nobody does."""
        try:
            opened = open_segment(kept.data, self.space, self.reads)
        except OutreachError:  # of a newer program, or not what it was
            return None
        told = (understood(each) for change in opened.changes for each in change.statements)
        asked = (read_certificate(each.certificate, self.space.space) for each in told if isinstance(each, Asking))
        return next((each for each in asked if each is not None and each.key == opened.key), None)

    def settled(self, changes: Changes) -> Changes:
        """After something was said of who belongs: give the keys that are due, and take in what may be taken in now."""
        self.retry()
        return replace(changes, records=joined(changes.records, self.touched))

    def confirm(self) -> None:
        """As a coordinator's laptop, sign for what it durably holds of the other laptops."""
        store = self._store
        known = store.membership()
        if store.device not in known.coordinators:
            return
        with store.shipping() as shipping:
            runs = shipping.to_confirm(store.device, [each for each in known.members if each != store.device])
        if runs:
            with store.writing("receive") as draft:
                draft.statements.append(Received(runs))

    def changes_to_carry(self, most: int) -> Sequence[Change]:
        """Its own changes that are in no segment yet."""
        with self._store.shipping() as shipping:
            return shipping.to_carry(self.identity.device, most)

    def chain(self, run: bytes) -> Chain:
        """The digests of the last segments it made."""
        with self._store.shipping() as shipping:
            return Chain(*shipping.chain(self.identity.device, run))

    def kept(self) -> Sequence[str]:
        """The names of the segments it keeps, oldest first."""
        with self._store.shipping() as shipping:
            return shipping.kept()

    def segment(self, name: str) -> Kept:
        """A kept segment."""
        with self._store.shipping() as shipping:
            return shipping.segment(name)

    def seen(self, carrier: str) -> Mapping[str, Seen]:
        """The files seen good on a carrier."""
        with self._store.shipping() as shipping:
            return {name: Seen(*seen) for name, seen in shipping.seen(carrier).items()}

    def remember(self, carrier: str, seen: Mapping[str, Seen]) -> None:
        """Remember these files too."""
        with self._store.shipping() as shipping:
            files = {name: SeenFile(each.stamp, each.segment, each.run, each.last) for name, each in seen.items()}
            shipping.remember(carrier, files)


@dataclass(frozen=True, slots=True)
class SyncAccount:
    """What a sync did."""

    exchange: ExchangeAccount
    changes: Changes
    let_in: tuple[str, ...] = ()  # a coordinator's laptop is told who belongs since, by name
    joined: bool = False  # this laptop was let in

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        exchanged = {**asdict(self.exchange), "adds_up": self.exchange.adds_up}
        return {**exchanged, "let_in": list(self.let_in), "joined": self.joined}


def sync_folder(store: Store, folder: Path, progress: Progress = lambda _done, _of: None) -> SyncAccount:
    """Take in what others left in a folder, then leave there what is new here. Raises BadInput for the folder of a
    store, as what is left there is on this laptop still; and as an exchange does."""
    place = folder.absolute()
    if any(holds_a_store(each) for each in (place, *place.parents)):
        raise BadInput(
            _("This folder belongs to a store of Outreach. Choose a stick, or a folder that the other laptops see too.")
        )
    return sync_through(store, FolderCarrier(folder), str(folder.absolute()), progress)


def sync_through(
    store: Store, carrier: Carrier, place: str, progress: Progress = lambda _done, _of: None
) -> SyncAccount:
    """The same through any carrier; ``place`` is what people call it."""
    replica = StoreReplica(store)
    before = store.membership()
    done = exchange(replica, carrier, progress)
    replica.note_asking()
    account = SyncAccount(done, Changes("sync", None, replica.touched), *_news_of_members(store, before))
    refused = [(each.name, each.reason) for each in done.set_aside if not each.waits and not each.replaced]
    store.set_aside("file", carrier.id, place, refused)
    with store.shipping() as shipping:
        if worked(done) or shipping.knows(carrier.id):
            shipping.note(LastExchange(carrier.id, place, store.clock.tick(), account.to_json()))
    if replica.touched.keys() & {"people", "organizations", "sign_ins"}:  # whatever comes of it, the sync is noted
        look_at_new(store)
    return account


def _news_of_members(store: Store, before: Membership) -> tuple[tuple[str, ...], bool]:
    """Who belongs since, as a coordinator's laptop is told; and whether this laptop waited and belongs now."""
    new = store.membership().members.keys() - before.members.keys()
    joined = store.device in new and read_certificate(store.certificate(), store.space.space) is not None
    if store.device not in before.coordinators:
        return (), joined
    members = store.membership().members
    return tuple(sorted(members[each].name for each in new if each != store.device)), False


def worked(done: ExchangeAccount) -> bool:
    """Whether anything came from a carrier or could be left on it: one that never worked is not remembered."""
    return not done.not_sent or bool(done.read or done.unchanged or done.sent_segments or done.carried_segments)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A carrier that was forgotten, with all that was remembered of it."""

    exchange: LastExchange
    seen: Mapping[str, SeenFile]
    chosen: bool  # it was the one to sync with next


def forget_folder(store: Store, exchange: LastExchange) -> Forgotten:
    """Remember a folder no longer, as if it had never been synced with; :func:`remember_folder` undoes that."""
    with store.shipping() as shipping:
        forgotten = Forgotten(exchange, shipping.seen(exchange.carrier), store.setting(FOLDER, "") == exchange.place)
        shipping.forget(exchange.carrier)
    store.set_aside("file", exchange.carrier, exchange.place, [])
    if forgotten.chosen:
        store.set_setting(FOLDER, "")
    return forgotten


def remember_folder(store: Store, forgotten: Forgotten) -> None:
    """Remember a folder that was forgotten just as it was."""
    with store.shipping() as shipping:
        shipping.note(forgotten.exchange)
        shipping.remember(forgotten.exchange.carrier, forgotten.seen)
    if forgotten.chosen:
        store.set_setting(FOLDER, forgotten.exchange.place)


def last_exchanges(store: Store) -> Sequence[LastExchange]:
    """When and how this laptop last exchanged with each folder, newest first."""
    with store.shipping() as shipping:
        return shipping.exchanges(store.device)
