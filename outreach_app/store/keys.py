"""The store's key: 32 random bytes, kept only wrapped, in slots that each open it another way (``key_files.py``).

Each worker of a shared laptop has a slot of kind ``passphrase``: what is typed, stretched by Argon2id to a key of its
own, which proves itself by a keyed hash (``proof``) before it unwraps anything. A ``keyring`` slot opens by a secret
that this computer's keyring remembers for whoever is logged in. A ``recovery`` slot is sealed by age to the
department's recovery key, so its printed sheet opens any laptop of the space. Slots of other kinds stay as they are.

A plain checksum of each slot (``sum``) tells damage from a wrong passphrase. Damage to one slot leaves the others good.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from outreach_app.model.errors import BadInput, Damaged, WrongPassphrase
from outreach_app.model.passphrases import refusal
from outreach_app.store import keyrings
from outreach_app.store.durable_files import make_folder
from outreach_app.store.key_files import FILE, FORMAT, Slot, damaged, read_key_file, write_key_file
from outreach_app.store.passphrases import DEMO_COST, FULL_COST, KEY_BYTES, Cost, stretch
from outreach_app.store.recovery_keys import RecoveryKey, sealed_to
from outreach_app.texts import _

__all__ = ["DEMO_COST", "FILE", "FULL_COST", "Cost", "Opened", "create_keys", "open_keys", "stretch"]

_BROKEN = (KeyError, TypeError, ValueError, CryptoError, Damaged)
"""What comes of reading a slot that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The store's key, and whose slot gave it: who writes from now on; "" for the recovery sheet, which is nobody's."""

    key: bytes = field(repr=False)
    worker: str = ""


def create_keys(folder: Path, passphrase: str, worker: str, cost: Cost = FULL_COST, recovery: str = "") -> bytes:
    """Make a store's random key, wrap it in its first slots in ``folder``, and return its 32 bytes.

    ``recovery`` is the age recipient of the space's recovery key, where there is one. Raises BadInput for a passphrase
    that is too short or where a key already is; NotWritable.
    """
    if (folder / FILE).exists():
        raise BadInput(_("There is already a store in {folder}. Please choose another folder.", folder=folder))
    key = secrets.token_bytes(KEY_BYTES)
    slots = [passphrase_slot(key, passphrase, worker, cost), *([recovery_slot(key, recovery)] if recovery else ())]
    make_folder(folder)
    write_key_file(folder, {"format": FORMAT, "check": _text(keyed(key, "key check"))}, slots)
    return key


def open_keys(folder: Path, passphrase: str) -> Opened:
    """The store's key, from the first slot that ``passphrase`` opens, and whose slot it is.

    Raises NotFound, Damaged, TooNew or WrongPassphrase, each with its own sentence.
    """
    opened = _first(folder, lambda slot: _by_passphrase(slot, passphrase))
    if opened is None:
        raise WrongPassphrase(_("That is not the passphrase of this store. Please try again."))
    return opened


def open_remembered(folder: Path) -> Opened:
    """The store's key by this computer's keyring. Raises as :func:`open_keys` does."""
    opened = _first(folder, _by_keyring)
    if opened is None:
        raise WrongPassphrase(_("This computer's keyring did not open the store. Please write your passphrase."))
    return opened


def open_recovered(folder: Path, sheet: RecoveryKey) -> Opened:
    """The store's key by the department's printed sheet. Raises as :func:`open_keys` does."""
    opened = _first(folder, lambda slot: _by_sheet(slot, sheet))
    if opened is None:
        raise WrongPassphrase(_("This recovery sheet opens another department's stores, or is not the newest one."))
    return opened


def _first(folder: Path, opens: Callable[[Slot], bytes | None]) -> Opened | None:
    """The first slot that opens, proven by the key check. Raises Damaged where none did and one is damaged."""
    document = read_key_file(folder)
    broken = False
    for slot in document["slots"]:
        try:
            key = opens(slot)
            if key is None:
                continue
            if proves(document, key):
                return Opened(key, worker_of(slot, key))
        except _BROKEN:
            pass
        broken = True
    if broken:
        raise damaged()
    return None


def check_chosen(passphrase: str, cost: Cost) -> None:
    """Raises BadInput for a passphrase that cannot be chosen; the demo's is short, and stretched as little."""
    if not passphrase or (cost != DEMO_COST and refusal(passphrase)):
        raise BadInput(refusal(passphrase))


def passphrase_slot(key: bytes, passphrase: str, worker: str, cost: Cost) -> Slot:
    """A slot's ``salt``, ``cost``, ``proof``, the ``wrapped`` key, and whose it is, which only the key can read."""
    check_chosen(passphrase, cost)
    salt = secrets.token_bytes(16)
    opener = stretch(passphrase, salt, cost)
    return _summed(
        {
            "kind": "passphrase",
            "salt": _text(salt),
            "cost": asdict(cost),
            "proof": _text(keyed(opener, "slot proof")),
            "wrapped": _text(SecretBox(opener).encrypt(key)),
            "worker": _text(SecretBox(key).encrypt(worker.encode())),
        }
    )


def keyring_slot(key: bytes, worker: str) -> Slot | None:
    """A slot whose opener this computer's keyring keeps under ``handle``; None where the keyring does not keep it."""
    handle, opener = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
    if not keyrings.kept(handle, _text(opener)):
        return None
    return _summed(
        {
            "kind": "keyring",
            "handle": handle,
            "wrapped": _text(SecretBox(opener).encrypt(key)),
            "worker": _text(SecretBox(key).encrypt(worker.encode())),
        }
    )


def recovery_slot(key: bytes, recipient: str) -> Slot:
    """A slot ``sealed`` to the space's recovery key, whose age recipient it names."""
    return _summed({"kind": "recovery", "recipient": recipient, "sealed": _text(sealed_to(recipient, key))})


def _by_passphrase(slot: Slot, passphrase: str) -> bytes | None:
    """The key, or None where the passphrase is not this slot's. Raises ValueError and the like where it is damaged."""
    if slot["kind"] != "passphrase":
        return None
    _check_sum(slot)
    cost = Cost(**slot["cost"])
    if not cost.bearable:
        raise ValueError("cost")
    opener = stretch(passphrase, _bytes(slot["salt"]), cost)
    if not secrets.compare_digest(_bytes(slot["proof"]), keyed(opener, "slot proof")):
        return None
    return SecretBox(opener).decrypt(_bytes(slot["wrapped"]))


def _by_keyring(slot: Slot) -> bytes | None:
    if slot["kind"] != "keyring":
        return None
    _check_sum(slot)
    opener = keyrings.recalled(slot["handle"])
    return None if opener is None else SecretBox(_bytes(opener)).decrypt(_bytes(slot["wrapped"]))


def _by_sheet(slot: Slot, sheet: RecoveryKey) -> bytes | None:
    if slot["kind"] != "recovery":
        return None
    _check_sum(slot)
    return sheet.unseal(_bytes(slot["sealed"]))


def opens(slot: Slot, passphrase: str) -> bool:
    """Whether a passphrase is this slot's; one that is damaged opens to none."""
    try:
        return _by_passphrase(slot, passphrase) is not None
    except _BROKEN:
        return False


def worker_of(slot: Slot, key: bytes) -> str:
    """Whose slot it is; "" for one that is nobody's, or does not say it any more."""
    try:
        return SecretBox(key).decrypt(_bytes(slot["worker"])).decode()
    except _BROKEN:
        return ""


def proves(document: Mapping[str, Any], key: bytes) -> bool:
    """Whether a key file is that of this key."""
    try:
        return secrets.compare_digest(_bytes(document["check"]), keyed(key, "key check"))
    except _BROKEN:
        return False


def keyed(key: bytes, purpose: str) -> bytes:
    """32 bytes that only who has the key can make, and that say nothing of it."""
    return blake2b(b"outreach " + purpose.encode(), key=key, digest_size=32).digest()


def _summed(slot: Slot) -> Slot:
    return slot | {"sum": _sum(slot)}


def _check_sum(slot: Slot) -> None:
    if slot["sum"] != _sum({name: value for name, value in slot.items() if name != "sum"}):
        raise ValueError("sum")


def _sum(slot: Slot) -> str:
    return sha256(json.dumps(slot, sort_keys=True).encode()).hexdigest()


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
