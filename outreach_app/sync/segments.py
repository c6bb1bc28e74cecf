"""Segments: a device's changes, as they travel. FORMAT.md describes them byte by byte.

Changes -> columns of CBOR -> zstandard -> padded, beside a signed header -> sealed by age -> framed. The signature, the
chain and the name cover the changes' digests, never their values: a segment from which a value was struck keeps its
header, signature and name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any

import cbor2
import zstandard
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from outreach_app.journal.changes import Change
from outreach_app.journal.digests import canonical, change_digest
from outreach_app.model.errors import Damaged, OutreachError, TooNew, WrongSpace
from outreach_app.store.identities import DeviceIdentity, SpaceKeys, device_of
from outreach_app.sync.decoders import decoded, plain_cbor
from outreach_app.sync.encoders import encoded
from outreach_app.sync.frames import framed, unframed
from outreach_app.texts import _

MAGIC = b"\x89OUTSEG\n"
FORMAT = 1
LEAST = 1  # the newest form of a change that this program reads
SUFFIX = ".segment"
MOST_BODY = 128 * 2**20  # bytes a body may unpack to: a hostile one takes eight times as much once it is read
MOST_FILE = MOST_BODY + 2**20

_SIGNED = b"outreach segment\0"
_LEVEL = 15
_LEAST_PADDED = 1024
_SHAPES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, cbor2.CBORDecodeError)


class Tampered(Damaged):
    """Whole, and yet not what its device signed."""


class SealedForOthers(OutreachError):
    """Of this space, but sealed to keys this laptop was not given."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment's device signed. ``digest`` (32 bytes) names the header and so the segment."""

    audience: str
    epoch: int  # of the audience's keys
    device: bytes
    run: bytes
    first: int  # the first and the last number that its changes take in the run
    last: int
    count: int  # changes
    changes: bytes  # SHA-256 of the changes' digests, one after the other
    previous: bytes  # the digest of the same device's segment before, b"" for its first
    least: int  # the least form of change a reader must know
    certificates: tuple[Any, ...] = ()
    receipts: tuple[Any, ...] = ()
    digest: bytes = b""
    more: Mapping[str, Any] = field(default_factory=dict)  # what a newer program says beside


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it travels: its name (relative, with ``/``), what its header says, and the file's bytes."""

    name: str
    header: Header
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedSegment:
    """A segment that was opened and found true."""

    segment: Segment
    changes: tuple[Change, ...]
    signed: bytes = field(repr=False)  # the header's bytes, as signed
    signature: bytes = field(repr=False)


def segment_name(space: bytes, header: Header) -> str:
    """``space/device/run/first-last-digest.segment``: where a segment goes. A reader takes it as a hint, no more."""
    numbers = f"{header.first:08}-{header.last:08}-{header.digest[:8].hex()}{SUFFIX}"
    return "/".join([space[:8].hex(), header.device[:8].hex(), header.run[:8].hex(), numbers])


def seal(changes: Sequence[Change], identity: DeviceIdentity, space: SpaceKeys, previous: bytes = b"") -> Segment:
    """The segment of these changes, made by this device, of one run and audience, each following the one before.

    ``previous`` is the digest of the device's segment before this one, b"" for its first.
    """
    start, end = changes[0], changes[-1]
    following = all(after.id.number == before.last + 1 for before, after in pairwise(changes))
    ours = {(start.id.run, start.audience, identity.device)}
    if {(each.id.run, each.audience, each.device) for each in changes} != ours or not following:
        raise ValueError("a segment holds one device's changes of one run and audience, with no hole")
    header = {
        "space": space.space,
        "audience": start.audience,
        "epoch": space.current(start.audience).number,
        "device": identity.device,
        "key": identity.public,
        "run": start.id.run,
        "first": start.id.number,
        "last": end.last,
        "count": len(changes),
        "changes": _chain(map(change_digest, changes)),
        "previous": previous,
        "least": max(each.least for each in changes),
        "certificates": [],
        "receipts": [],
    }
    signed = canonical(header)
    return wrap(changes, space, signed, identity.sign(_SIGNED + signed))


def wrap(changes: Sequence[Change], space: SpaceKeys, signed: bytes, signature: bytes) -> Segment:
    """The segment of a header already signed: made for the first time, or again once a value has been struck."""
    body = zstandard.ZstdCompressor(level=_LEVEL).compress(encoded(changes))
    header = _header(signed)
    inner = canonical({"header": signed, "signature": signature, "body": body})
    sealed = space.seal(header.audience, inner.ljust(padded_size(len(inner)), b"\0"))
    return Segment(segment_name(space.space, header), header, framed(MAGIC, FORMAT, canonical([space.space, sealed])))


def padded_size(size: int) -> int:
    """What ``size`` bytes are padded to: few sizes are possible, and none costs more than an eighth (Padmé)."""
    size = max(size, _LEAST_PADDED)
    exponent = size.bit_length() - 1
    free = exponent - exponent.bit_length()
    return (size + (1 << free) - 1) >> free << free


def open_segment(data: bytes, space: SpaceKeys) -> OpenedSegment:
    """A segment's changes, once everything about it has been found true.

    Raises, each with its own sentence: Foreign (no segment), Short, Damaged, TooNew, WrongSpace, SealedForOthers,
    Tampered.
    """
    try:
        inner = _inner(data, space)
        signed, signature = inner["header"], inner["signature"]
        header = _verified(signed, signature, space)
        changes = decoded(_unpacked(inner["body"]), header.run, header.first, header.device, header.audience)
    except _SHAPES as fault:
        raise Tampered(_tampered()) from fault
    found = (len(changes), changes[-1].last, max(each.least for each in changes), _chain(e.digest for e in changes))
    if found != (header.count, header.last, header.least, header.changes):
        raise Tampered(_tampered())
    return OpenedSegment(Segment(segment_name(space.space, header), header, data), tuple(changes), signed, signature)


def open_header(data: bytes, space: SpaceKeys) -> Segment:
    """A segment of which only the header is read, and found true: for one that was opened before. Raises likewise."""
    try:
        inner = _inner(data, space)
        header = _verified(inner["header"], inner["signature"], space)
    except _SHAPES as fault:
        raise Tampered(_tampered()) from fault
    return Segment(segment_name(space.space, header), header, data)


def _inner(data: bytes, space: SpaceKeys) -> Mapping[str, Any]:
    """The sealed map of a segment of this space."""
    if len(data) > MOST_FILE:
        raise Damaged(_("This file is larger than any that Outreach makes."))
    owner, sealed = plain_cbor(unframed(MAGIC, FORMAT, data))
    if owner != space.space:
        raise WrongSpace(_("This file belongs to another department's space. It was left alone."))
    try:
        plain = space.unseal(sealed)
    except Damaged as fault:
        raise Tampered(_tampered()) from fault
    if plain is None:
        raise SealedForOthers(_("This file is sealed for others in the department. It was left for them."))
    inner: Mapping[str, Any] = plain_cbor(plain)
    return inner


def _verified(signed: bytes, signature: bytes, space: SpaceKeys) -> Header:
    """The header, its signature, device, space and the program it asks for checked."""
    fields = plain_cbor(signed)
    try:
        VerifyKey(fields["key"]).verify(_SIGNED + signed, signature)
    except BadSignatureError as fault:
        raise Tampered(_tampered()) from fault
    header = _header(signed)
    if fields["space"] != space.space or header.device != device_of(fields["key"]):
        raise Tampered(_tampered())
    kinds = (type(header.audience), type(header.epoch), type(header.previous))
    if kinds != (str, int, bytes) or len(header.run) != 16:
        raise Tampered(_tampered())
    if header.least > LEAST:
        raise TooNew(_("This file was made by a newer Outreach. Please install the newest version."))
    return header


def _header(signed: bytes) -> Header:
    fields = dict(plain_cbor(signed))
    del fields["space"], fields["key"]
    known: dict[str, Any] = {
        name: fields.pop(name)
        for name in ("audience", "epoch", "device", "run", "first", "last", "count", "changes", "previous", "least")
    }
    certificates, receipts = tuple(fields.pop("certificates")), tuple(fields.pop("receipts"))
    digest = sha256(signed).digest()
    return Header(**known, certificates=certificates, receipts=receipts, digest=digest, more=fields)


def _unpacked(body: bytes) -> bytes:
    """The body decompressed, to no more than its frame says and no more than any segment holds."""
    try:
        size = zstandard.frame_content_size(body)
        if not 0 < size <= MOST_BODY:
            raise ValueError("a body of no known or of too great a size")
        return zstandard.ZstdDecompressor().decompress(body, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as fault:
        raise ValueError("no zstandard") from fault


def _chain(digests: Any) -> bytes:
    return sha256(b"".join(digests)).digest()


def _tampered() -> str:
    return _("This file is not what its laptop signed: it was altered on its way. It was set aside.")
