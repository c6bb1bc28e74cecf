"""The ways into an open store: who may open it, and how. Every change of them is one durable write of the key file."""

from collections.abc import Sequence
from pathlib import Path

from outreach_app.model.errors import BadInput, NotFound, OutreachError, WrongPassphrase
from outreach_app.store import keyrings
from outreach_app.store.key_files import Slot, read_key_file, write_key_file
from outreach_app.store.keys import keyring_slot, opens, passphrase_slot, recovery_slot, worker_of
from outreach_app.store.passphrases import FULL_COST, Cost
from outreach_app.texts import _


class Slots:
    """The slots of the store in ``folder``, for ``worker`` who opened it with ``key``."""

    def __init__(self, folder: Path, key: bytes, worker: str) -> None:
        self._folder, self._key, self._worker = folder, key, worker

    @property
    def workers(self) -> Sequence[str]:
        """Who opens this store with a passphrase of their own, in the order they came."""
        return [worker for worker, _slot in self._passphrases() if worker]

    @property
    def remembered(self) -> bool:
        """Whether this computer's keyring opens the store when the program starts."""
        return bool(self._slots("keyring"))

    def add(self, worker: str, passphrase: str, cost: Cost = FULL_COST) -> None:
        """Let another worker in by a passphrase of their own. From then on the program asks each time who it is.

        Raises BadInput where there is such a worker, or the passphrase is somebody's already.
        """
        name = " ".join(worker.split())
        if not name:
            raise BadInput(_("Please write the worker's name."))
        if any(_same(name, each) for each in self.workers):
            raise BadInput(_("{worker} already has a passphrase here.", worker=name))
        self._put(passphrase_slot(self._key, self._free(passphrase), name, cost))
        self.forget()

    def change(self, old: str, new: str, cost: Cost = FULL_COST) -> None:
        """Another passphrase for the worker who opened the store. Raises WrongPassphrase if ``old`` is not theirs."""
        mine = self._of(self._worker)
        if not any(opens(slot, old) for slot in mine):
            raise WrongPassphrase(_("That is not your passphrase. Please write the one you opened Outreach with."))
        self._put(passphrase_slot(self._key, self._free(new), self._worker, cost), instead=mine)

    def renew(self, passphrase: str, cost: Cost = FULL_COST) -> None:
        """A passphrase for whoever came in by the recovery sheet, in place of one they had and have forgotten."""
        mine = self._of(self._worker)
        others = len(self._slots("passphrase")) > len(mine)
        self._put(passphrase_slot(self._key, self._free(passphrase, mine), self._worker, cost), instead=mine)
        if others:
            self.forget()

    def remove(self, worker: str) -> None:
        """Let a worker in no longer. Raises NotFound; BadInput for whoever is at work, who would be locked out."""
        if _same(worker, self._worker):
            raise BadInput(_("You are at work with this passphrase. Another worker of this laptop can take it away."))
        theirs = self._of(worker)
        if not theirs:
            raise NotFound(_("{worker} has no passphrase here.", worker=worker))
        self._put(instead=theirs)

    def remember(self) -> None:
        """Have this computer's keyring open the store when the program starts, for the worker who asks.

        Raises BadInput on a laptop that several share, OutreachError where this computer has no keyring to use.
        """
        if len(self.workers) > 1:
            raise BadInput(_("Several people use this laptop, so Outreach asks each time who it is."))
        slot = keyring_slot(self._key, self._worker)
        if slot is None:
            raise OutreachError(_("This computer has no keyring that Outreach can use. Please go on by passphrase."))
        self._put(slot, instead=self._slots("keyring"))

    def forget(self) -> None:
        """Ask for the passphrase at every start. What the keyring then still keeps opens nothing."""
        gone = self._slots("keyring")
        if gone:
            self._put(instead=gone)

    @property
    def sheet(self) -> str:
        """The age recipient of the recovery sheet that opens this store; "" for none."""
        return next((str(slot.get("recipient")) for slot in self._slots("recovery")), "")

    def lock_to(self, recipient: str) -> None:
        """Let the recovery sheet with this age recipient open this store, and no earlier sheet; "" changes nothing."""
        if recipient and self.sheet != recipient:
            self._put(recovery_slot(self._key, recipient), instead=self._slots("recovery"))

    def _slots(self, kind: str) -> list[Slot]:
        return [slot for slot in read_key_file(self._folder)["slots"] if slot.get("kind") == kind]

    def _put(self, *new: Slot, instead: Sequence[Slot] = ()) -> None:
        """Write the key file with other slots. What this program cannot read stays in it."""
        document = read_key_file(self._folder)
        write_key_file(self._folder, document, [*(slot for slot in document["slots"] if slot not in instead), *new])
        for slot in instead:
            if slot["kind"] == "keyring":
                keyrings.dropped(str(slot.get("handle")))

    def _free(self, passphrase: str, but: Sequence[Slot] = ()) -> str:
        """The passphrase, where it is nobody's yet: by it the program tells who is at work."""
        if any(opens(slot, passphrase) for slot in self._slots("passphrase") if slot not in but):
            raise BadInput(_("This passphrase is in use on this laptop. Please choose another."))
        return passphrase

    def _of(self, worker: str) -> list[Slot]:
        return [slot for whose, slot in self._passphrases() if _same(whose, worker)]

    def _passphrases(self) -> list[tuple[str, Slot]]:
        return [(worker_of(slot, self._key), slot) for slot in self._slots("passphrase")]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
