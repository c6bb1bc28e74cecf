"""Syncing with the other laptops of the space, through a folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Change, Changes
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.shipping import Kept, LastExchange, SeenFile
from outreach_app.store.stores import Store
from outreach_app.sync.exchanges import Applied, ExchangeAccount, Seen, exchange
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.segments import Header, Segment, open_header
from outreach_app.texts import _, count

Progress = Callable[[int, int], None]


class StoreReplica:
    """A store, as an exchange needs it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.touched: dict[str, frozenset[str]] = {}

    @property
    def identity(self) -> DeviceIdentity:
        """Who signs."""
        return self._store.identity

    @property
    def space(self) -> SpaceKeys:
        """Whose space."""
        return self._store.space

    def held(self) -> Mapping[bytes, int]:
        """How far each run is held."""
        return self._store.known()

    def apply(self, changes: Sequence[Change], header: Header) -> Applied:  # noqa: ARG002 (receipts will be read from it)
        """Take in changes of one run."""
        done = self._store.apply(changes)
        for kind, records in done.changes.records.items():
            self.touched[kind] = self.touched.get(kind, frozenset()) | records
        return Applied(done.new, done.known, done.waiting, done.clashing)

    def changes_to_carry(self, most: int) -> Sequence[Change]:
        """Its own changes that are in no segment yet."""
        with self._store.shipping() as shipping:
            return shipping.to_carry(self.identity.device, most)

    def last_digest(self) -> bytes:
        """The digest of the last segment it made."""
        with self._store.shipping() as shipping:
            return shipping.last_digest()

    def keep(self, segment: Segment) -> None:
        """Keep a segment durably."""
        header = segment.header
        own = header.device == self.identity.device
        with self._store.shipping() as shipping:
            shipping.keep(Kept(segment.name, header.digest, header.run, header.last, own, segment.data))

    def kept(self) -> Sequence[str]:
        """The names of the segments it keeps."""
        with self._store.shipping() as shipping:
            return shipping.kept()

    def kept_segment(self, name: str) -> Segment:
        """A kept segment."""
        with self._store.shipping() as shipping:
            return open_header(shipping.data(name), self.space)

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

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {**asdict(self.exchange), "adds_up": self.exchange.adds_up}

    def in_words(self) -> str:
        """As a person reads it."""
        done = self.exchange
        lines = [
            count("Left {n} change for the others.", "Left {n} changes for the others.", done.sent_changes),
            count("Took in {n} change of the others.", "Took in {n} changes of the others.", done.received),
        ]
        if done.waiting:
            lines.append(
                count("{n} change waits for an earlier one.", "{n} changes wait for earlier ones.", done.waiting)
            )
        lines += [_("Set aside {file}: {reason}", file=each.name, reason=each.reason) for each in done.set_aside]
        if done.not_sent:
            lines.append(done.not_sent)
        return "\n".join(lines)


def sync_folder(store: Store, folder: Path, progress: Progress = lambda _done, _of: None) -> SyncAccount:
    """Take in what others left in a folder, then leave there what is new here."""
    replica, carrier = StoreReplica(store), FolderCarrier(folder)
    done = exchange(replica, carrier, progress)
    if replica.touched.keys() & {"people", "organizations", "sign_ins"}:
        look_for_duplicates(store)
    account = SyncAccount(done, Changes("sync", None, replica.touched))
    refused = [(each.name, each.reason) for each in done.set_aside if not each.waits]
    store.set_aside("file", carrier.id, str(folder), refused)
    with store.shipping() as shipping:
        shipping.note(LastExchange(carrier.id, str(folder), store.clock.tick(), account.to_json()))
    return account


def last_exchanges(store: Store) -> Sequence[LastExchange]:
    """When and how this laptop last exchanged with each folder, newest first."""
    with store.shipping() as shipping:
        return shipping.exchanges()
