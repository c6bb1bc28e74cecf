"""Digests of what was written, built so that a value can be struck out later and everything still verifies.

A value enters every digest, signature, chain and name only as the hash of its salt and itself. Whoever strikes the
value keeps that hash in its place; without the salt nobody can find the value by guessing. What is hashed is canonical
CBOR (RFC 8949, 4.2.3: shortest forms, keys by length, then bytes), so that every program and language gets the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import blake2b, sha256
from typing import Any, TypeAlias

import cbor2

from outreach_app.journal.changes import Change, Reading, Slot, Stamped, Write, WriteId
from outreach_app.model.fields import Value

SALT_BYTES = 16
_PLACE_BYTES = 3  # of a derived id: its place among others made with it

Part: TypeAlias = Value | bytes | Sequence["Part"] | AbstractSet["Part"]
"""What digests and derived ids are made of. The members of a set are taken in the order of their canonical bytes."""


def canonical(value: Part) -> bytes:
    """The one canonical CBOR form of a value."""
    return cbor2.dumps(_plain(value), canonical=True)


def _plain(value: Any) -> Any:
    """``value`` of dicts and lists only; exact types pass through untouched, as most values are flat."""
    if value is None or type(value) in (str, int, bool, bytes):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((_plain(inner) for inner in value), key=lambda inner: cbor2.dumps(inner, canonical=True))
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_plain(inner) for inner in value]
    return value


def _digest(*parts: object) -> bytes:
    """Over parts that hold no mapping and no set, which need no walk: this runs for every write that arrives."""
    return sha256(cbor2.dumps(parts)).digest()


def value_hash(salt: bytes, value: Value) -> bytes:
    """The 32 bytes that stand for a value everywhere a digest is made."""
    return sha256(salt + canonical(value)).digest()


def hash_of(write: Write) -> bytes:
    """A write's value hash: computed while there is a salt, else the one kept where its value was struck.

    So nobody can put another value beside the hash of the true one.
    """
    return value_hash(write.salt, write.value) if write.salt or not write.value_hash else write.value_hash


def struck(write: Write) -> Write:
    """The same write with its value and salt gone for good and their hash in their place."""
    return replace(write, value=None, salt=b"", value_hash=hash_of(write))


def write_digest(write: Write) -> bytes:
    """32 bytes over a write's id, slot, what it replaces (in any order) and its value hash; never the value."""
    return _digest("write", write.id, write.slot, sorted(write.replaces), hash_of(write))


def _stamped_digest(taught: Stamped) -> bytes:
    return _digest(
        "taught", write_digest(taught.write), taught.clock, taught.author, taught.device, taught.source, taught.change
    )


def reading_digest(reading: Reading) -> bytes:
    """32 bytes over a workbook's id, its maker's horizon, what each cell showed and taught, in any order."""
    return _digest(
        "reading",
        reading.book,
        sorted(reading.horizon.runs.items()),
        sorted(reading.horizon.beyond),
        sorted((record, field, sorted(ids)) for (record, field), ids in reading.cells.items()),
        sorted(_stamped_digest(taught) for taught in reading.taught),
    )


def change_digest(change: Change) -> bytes:
    """32 bytes over a change's header and the digests of its writes and readings, in their order.

    ``change.digest`` itself is not read: compare it with this.
    """
    return _digest(
        "change",
        change.id,
        change.audience,
        change.author,
        change.device,
        change.clock,
        change.source,
        change.verb,
        change.undoes,
        change.least,
        [write_digest(write) for write in change.writes],
        [reading_digest(reading) for reading in change.readings],
        [sha256(canonical(statement)).digest() for statement in change.statements],
    )


def _derived(label: str, parts: Sequence[Part]) -> bytes:
    return blake2b(canonical([label, *parts]), digest_size=16).digest()


def derived_write(
    slot: Slot, value: Value, replaces: Iterable[WriteId], salt: bytes, place: int = 0, struck: bytes = b""
) -> Write:
    """A write that every laptop makes alike: an undo, a cell typed over. Its id is made of its slot and its value hash,
    so nobody can say anything else under it; ``place`` begins the id, so that several keep their order. ``struck`` is
    the hash of a value that is gone, and its salt with it."""
    made = Write(WriteId(b"", 0), slot, value, tuple(sorted(replaces)), salt, struck)
    before = (place % (1 << 8 * _PLACE_BYTES)).to_bytes(_PLACE_BYTES, "big")
    return replace(made, id=WriteId(before + _said_digest(made), 0))


def is_derived(write: Write) -> bool:
    """Whether a write's id is the one that what it says makes."""
    return write.id.number == 0 and write.id.run[_PLACE_BYTES:] == _said_digest(write)


def _said_digest(write: Write) -> bytes:
    """What a derived id is made of behind its place. The value hash stands for the value: striking alters nothing."""
    return blake2b(cbor2.dumps(("derived", write.slot, hash_of(write))), digest_size=16 - _PLACE_BYTES).digest()


def derived_salt(label: str, *parts: Part) -> bytes:
    """16 bytes every laptop derives alike. One part must be a secret that is struck with the value: an earlier salt."""
    return _derived("salt " + label, parts)
