"""What the hidden page keeps of a row (:mod:`outreach_app.sheets.bases`), put together as CBOR by hand: what packs any
value asks of each list what it is, which takes longer than all else."""

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import Any

import cbor2

from outreach_app.sheets.bases import DISPLAYED, KEPT

NOTHING = b"\xf6"
"""Of a field of which nothing was written."""

_ROW, _DIGEST, _REST = b"\x89\x50", b"\x48", b"\xf6\x80"  # nine, 16 bytes; 8 bytes; null, []
_ONE, _TWO = b"\x81", b"\x82"  # lists of one and of two
_SHOWS, _KEEPS = b"\x81\x83\x00%%b%c" % DISPLAYED, b"\x81\x84\x00%%b%c%%b" % (DISPLAYED | KEPT)
_SMALL = [cbor2.dumps(number) for number in range(256)]
_NUMBER = Struct(">BH")
_ELEMENT = Struct(">2s8sBI")  # a list of three: 8 bytes, 32 bits
_COUNTS = [cbor2.dumps([None] * count)[:-count] for count in range(1, 24)]


def number(value: int) -> bytes:
    """A number from 0 on."""
    if value < len(_SMALL):
        return _SMALL[value]
    return _NUMBER.pack(0x19, value) if value < 0x10000 else cbor2.dumps(value)


def counted(items: Sequence[bytes]) -> bytes:
    """A list of what is packed already."""
    count = len(items)
    head = _COUNTS[count - 1] if 0 < count <= len(_COUNTS) else cbor2.dumps([None] * count)[: -count or None]
    return head + b"".join(items)


def write(at: int, kept: Any, run: bytes = b"") -> bytes:
    """A write whose value its cell shows, with what is kept beside that; ``at`` its place in its change, or its number
    in a ``run``, whose place is packed."""
    if not run:
        return number(at) if kept is None else cbor2.dumps([[0, at, DISPLAYED | KEPT, kept]])
    own = b"".join((_TWO, run, number(at)))
    return _SHOWS % own if kept is None else _KEEPS % (own, cbor2.dumps(kept))


def said_once(length: int, written: bytes) -> bytes:
    """What is kept of a text to which more may be added, and of its write."""
    return _TWO + number(length) + (written if written.startswith(_ONE) else _ONE + written)


def elements(digits: str, at: int, pieces: Iterable[tuple[int, Any]], run: bytes = b"") -> bytes:
    """What is kept of a list, of the ids of its elements, of the first of its writes, and of each element's digest with
    what is kept beside its piece of the cell."""
    raw = bytes.fromhex(digits)
    return counted(
        [
            _ELEMENT.pack(b"\x83\x48", raw[8 * place : 8 * place + 8], 0x1A, digest) + write(at + place, kept, run)
            for place, (digest, kept) in enumerate(pieces)
        ]
    )


def row(
    record: bytes, digest: bytes, stamps: bytes, digests: bytes, entries: bytes, code: str, heard: bytes = NOTHING
) -> bytes:
    """A row whose parts but the code are packed, or bytes of a length that is always the same."""
    return b"".join((_ROW, record, _DIGEST, digest, stamps, digests, entries, _REST, cbor2.dumps(code), heard))
