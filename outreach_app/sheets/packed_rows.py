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
_SHOWN_BEFORE, _SHOWN_AFTER = b"\x81\x83\x00", cbor2.dumps(DISPLAYED)  # in a list of one, a list of three; 0
_KEPT_BEFORE, _KEPT_AFTER = b"\x81\x84\x00", cbor2.dumps(DISPLAYED | KEPT)  # in a list of one, a list of four; 0
_SMALL, _LARGE = 0x100, 0x10000  # between them a number is packed in three bytes
_NUMBER = Struct(">BH")
_ELEMENT = Struct(">2s8sBI")  # a list of three: 8 bytes, 32 bits
_COUNTS = [cbor2.dumps([None] * count)[: 1 + (count > 23)] for count in range(0x100)]


def numbers(first: int, count: int) -> list[bytes]:
    """So many numbers that follow each other, from ``first`` on."""
    if first >= _SMALL and first + count <= _LARGE:
        pack = _NUMBER.pack
        return [pack(0x19, number) for number in range(first, first + count)]
    return [cbor2.dumps(number) for number in range(first, first + count)]


def counted(items: Sequence[bytes]) -> bytes:
    """A list of what is packed already."""
    count = len(items)
    head = _COUNTS[count] if count < len(_COUNTS) else cbor2.dumps([None] * count)[:-count]
    return head + b"".join(items)


def in_run(run: bytes, numbers: Sequence[bytes]) -> list[bytes]:
    """Places in a run of what was taught, whose own place is packed; each is packed as its number is in a change."""
    before = _TWO + run
    return [before + number for number in numbers]


def shown(place: bytes) -> bytes:
    """A write in a run whose value its cell shows; one of the change is said by its number alone."""
    return b"".join((_SHOWN_BEFORE, place, _SHOWN_AFTER))


def with_kept(place: bytes, kept: Any) -> bytes:
    """A write whose value its cell shows, with what is kept beside that."""
    return b"".join((_KEPT_BEFORE, place, _KEPT_AFTER, cbor2.dumps(kept)))


def said_once(length: int, written: bytes) -> bytes:
    """What is kept of a text to which more may be added, and of its write."""
    return _TWO + cbor2.dumps(length) + (written if written.startswith(_ONE) else _ONE + written)


def elements(digits: str, places: Iterable[bytes], writes: Iterable[bytes], pieces: Iterable[tuple[int, Any]]) -> bytes:
    """What is kept of a list, of the ids of its elements, of the places of its writes and the writes if nothing is kept
    beside them, and of each element's digest with what is kept beside its piece of the cell."""
    raw = bytes.fromhex(digits)
    return counted(
        [
            _ELEMENT.pack(b"\x83\x48", raw[8 * number : 8 * number + 8], 0x1A, digest)
            + (write if kept is None else with_kept(place, kept))
            for number, (place, write, (digest, kept)) in enumerate(zip(places, writes, pieces, strict=True))
        ]
    )


def row(
    record: bytes, digest: bytes, stamps: bytes, digests: bytes, entries: bytes, code: str, heard: bytes = NOTHING
) -> bytes:
    """A row whose parts but the code are packed, or bytes of a length that is always the same."""
    return b"".join((_ROW, record, _DIGEST, digest, stamps, digests, entries, _REST, cbor2.dumps(code), heard))
