"""Ids: of records (UUIDv7, so that older sorts first), of list elements, and ids derived alike on every laptop."""

import hashlib
import os
import threading
import time

_drawing = threading.Lock()
_last_id = 0


def new_id() -> str:
    """A new record's id: UUIDv7, text. Milliseconds since 1970 UTC, then 74 random bits (RFC 9562).

    Of two drawn in one millisecond the later sorts later too, by counting on from the earlier (6.2, method 2).
    """
    global _last_id
    stamp = time.time_ns() // 1_000_000
    drawn = int.from_bytes(_as_uuid(stamp.to_bytes(6, "big") + os.urandom(10), version=7), "big")
    with _drawing:
        _last_id = drawn if _last_id >> 80 != stamp else max(drawn, _last_id + 1)
        return id_text(_last_id.to_bytes(16, "big"))


def derived_id(*parts: bytes | str) -> str:
    """The id every laptop gives a record made from ``parts``, a joining link for instance: UUIDv8 over their digest."""
    return id_text(_as_uuid(digest_of(*parts), version=8))


_last_element = 0


def new_element() -> str:
    """A new list element's id: 16 hexadecimal digits, milliseconds and then random, so that they keep order."""
    global _last_element
    _last_element = max((time.time_ns() // 1_000_000 << 16) | int.from_bytes(os.urandom(2), "big"), _last_element + 1)
    return _last_element.to_bytes(8, "big").hex()


def derived_element(*parts: bytes | str) -> str:
    """The id every laptop gives an element made from ``parts``."""
    return digest_of(*parts)[:8].hex()


def digest_of(*parts: bytes | str) -> bytes:
    """16 bytes over ``parts``, each preceded by its length so that no two lists of parts run together."""
    hashed = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        hashed.update(len(raw).to_bytes(4, "big") + raw)
    return hashed.digest()[:16]


def id_bytes(record: str) -> bytes:
    """The sixteen bytes of a record's id; ValueError where it is none."""
    raw = bytes.fromhex(record.replace("-", ""))  # a quarter of what uuid.UUID takes: this runs for every write
    if len(raw) != 16:
        raise ValueError("an id is 32 hexadecimal digits")
    return raw


def is_id(text: str) -> bool:
    """Whether text is a record's id."""
    try:
        id_bytes(text)
    except ValueError:
        return False
    return True


def id_text(raw: bytes) -> str:
    """The id of sixteen bytes, as text; ValueError where they are not sixteen."""
    if len(raw) != 16:
        raise ValueError("an id is 16 bytes")
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _as_uuid(raw: bytes, version: int) -> bytes:
    octets = bytearray(raw)
    octets[6] = (octets[6] & 0x0F) | (version << 4)
    octets[8] = (octets[8] & 0x3F) | 0x80
    return bytes(octets)
