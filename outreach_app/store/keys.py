"""The store's key: 32 random bytes, kept only wrapped, in slots that each open it another way.

``keys.json`` in the store's folder::

    {"format": 1, "check": keyed hash of the key, "slots": [{"kind": "passphrase", ...}, ...]}

This program knows slots of kind ``passphrase``; others are kept as they are. A passphrase slot is stretched by Argon2id
to a key of its own, which proves itself by a keyed hash (``proof``) before it unwraps anything; a plain checksum of
each slot (``sum``) tells damage from a wrong passphrase. Damage to one slot leaves the others good.
"""

import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from outreach_app.model.errors import BadInput, Damaged, NotFound, OutreachError, TooNew, WrongPassphrase
from outreach_app.store.durable_files import make_folder, write_durably
from outreach_app.texts import _

FILE = "keys.json"
FORMAT = 1
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs by Argon2id."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def bearable(self) -> bool:
        """Whether this computer should try at all: a hostile file may ask for all its memory, or for a week."""
        return 8 * self.lanes <= self.memory_kib <= 2**20 and 1 <= self.passes <= 64 and 1 <= self.lanes <= 16


FULL_COST = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
DEMO_COST = Cost(memory_kib=64, passes=1, lanes=1)  # protects nothing: for tests and made-up seasons alone


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from what a person types, the same for every way a keyboard may compose its letters."""
    typed = unicodedata.normalize("NFKC", secret).encode()
    try:
        return hash_secret_raw(typed, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError as fault:
        raise OutreachError(
            _("This computer is short of memory just now. Please close other programs and try again.")
        ) from fault


def create_keys(folder: Path, passphrase: str, worker: str, cost: Cost = FULL_COST) -> bytes:
    """Make a store's random key, wrap it in its first slot in ``folder``, and return its 32 bytes.

    Raises BadInput for an empty passphrase or where a key already is; NotWritable.
    """
    if not passphrase:
        raise BadInput(_("Please choose a passphrase."))
    if (folder / FILE).exists():
        raise BadInput(_("There is already a store in {folder}. Please choose another folder.", folder=folder))
    key = secrets.token_bytes(KEY_BYTES)
    slots = [_passphrase_slot(key, passphrase, worker, cost)]
    document = {"format": FORMAT, "check": _text(_keyed(key, "key check")), "slots": slots}
    make_folder(folder)
    write_durably(folder / FILE, json.dumps(document, indent=1).encode())
    return key


def open_keys(folder: Path, passphrase: str) -> bytes:
    """The store's key, 32 bytes, from the first slot that ``passphrase`` opens.

    Raises NotFound, Damaged, TooNew or WrongPassphrase, each with its own sentence.
    """
    document = _read(folder)
    damaged = False
    for slot in document["slots"]:
        try:
            key = _open_slot(slot, passphrase)
            if key is None:
                continue
            if secrets.compare_digest(_bytes(document["check"]), _keyed(key, "key check")):
                return key
        except (KeyError, TypeError, ValueError, CryptoError):
            pass
        damaged = True
    if damaged:
        raise _damaged()
    raise WrongPassphrase(_("That is not the passphrase of this store. Please try again."))


def _passphrase_slot(key: bytes, passphrase: str, worker: str, cost: Cost) -> dict[str, Any]:
    """A slot's ``salt``, ``cost``, ``proof``, the ``wrapped`` key, and whose it is, which only the key can read."""
    salt = secrets.token_bytes(16)
    opener = stretch(passphrase, salt, cost)
    slot = {
        "kind": "passphrase",
        "salt": _text(salt),
        "cost": asdict(cost),
        "proof": _text(_keyed(opener, "slot proof")),
        "wrapped": _text(SecretBox(opener).encrypt(key)),
        "worker": _text(SecretBox(key).encrypt(worker.encode())),
    }
    return slot | {"sum": _sum(slot)}


def _open_slot(slot: dict[str, Any], passphrase: str) -> bytes | None:
    """The key, or None where the passphrase is not this slot's. Raises ValueError and the like where it is damaged."""
    if slot["kind"] != "passphrase":
        return None
    if slot["sum"] != _sum({name: value for name, value in slot.items() if name != "sum"}):
        raise ValueError("sum")
    cost = Cost(**slot["cost"])
    if not cost.bearable:
        raise ValueError("cost")
    opener = stretch(passphrase, _bytes(slot["salt"]), cost)
    if not secrets.compare_digest(_bytes(slot["proof"]), _keyed(opener, "slot proof")):
        return None
    return SecretBox(opener).decrypt(_bytes(slot["wrapped"]))


def _read(folder: Path) -> dict[str, Any]:
    """The key file, its format checked and its slots a list of objects."""
    try:
        document = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError as fault:
        raise NotFound(_("There is no store in {folder}.", folder=folder)) from fault
    except OSError as fault:
        raise NotFound(_("The key file of this store cannot be read. Please check the disk and try again.")) from fault
    except ValueError as fault:
        raise _damaged() from fault
    if not isinstance(document, dict) or not isinstance(document.get("format"), int):
        raise _damaged()
    if document["format"] > FORMAT:
        raise TooNew(_("This store was made by a newer Outreach. Please install the newest version."))
    slots = document.get("slots")
    if not isinstance(slots, list) or not slots or not all(isinstance(slot, dict) for slot in slots):
        raise _damaged()
    return document


def _damaged() -> Damaged:
    return Damaged(_("The key file of this store is damaged. Please put keys.json back from a backup."))


def _keyed(key: bytes, purpose: str) -> bytes:
    return blake2b(b"outreach " + purpose.encode(), key=key, digest_size=32).digest()


def _sum(slot: dict[str, Any]) -> str:
    return sha256(json.dumps(slot, sort_keys=True).encode()).hexdigest()


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
