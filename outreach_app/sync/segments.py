"""Segments: a device's changes, as they travel. FORMAT.md describes them byte by byte.

Changes -> columns of CBOR -> zstandard -> padded, beside a signed header -> sealed by age -> labelled -> framed. The
signature, the chain and the name cover the changes' digests, never their values: a segment from which a value was
struck keeps its header, signature and name. The label, signed too, lets any laptop carry what it cannot open.
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
from outreach_app.journal.digests import Part, canonical, change_digest
from outreach_app.journal.statements import device_of, is_run_of, tells
from outreach_app.model.errors import Damaged, OutreachError, TooNew, WrongSpace
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.shipping import Kept, State
from outreach_app.sync.decoders import decoded, plain_cbor
from outreach_app.sync.encoders import encoded
from outreach_app.sync.frames import framed, unframed, version_of
from outreach_app.texts import _

MAGIC = b"\x89OUTSEG\n"
FORMAT = 1
LEAST = 1  # the newest form of a change that this program reads
SUFFIX = ".segment"
MOST_BODY = 128 * 2**20  # bytes a body may unpack to: a hostile one takes eight times as much once it is read
MOST_FILE = MOST_BODY + 2**20

_SIGNED = b"outreach segment\0"
_LABELLED = b"outreach label\0"
_SECOND = 2  # the number of the first key that not everybody holds who ever belonged
_ANY = 0xFFFF  # every version of the frame's payload has the same outside
_LEVEL = 15
_LEAST_PADDED = 1024
_SHAPES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, cbor2.CBORDecodeError)


class Tampered(Damaged):
    """Whole, and yet not what its device signed."""


class SealedForOthers(OutreachError):
    """Of this space, but sealed to keys this laptop was not given."""


class NewerChange(TooNew):
    """Whole and ours, but it asks for a program newer than this one."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the outside of a segment says of it, signed by its device: enough to carry it unread, and no more."""

    space: bytes
    device: bytes  # whose changes it holds, 16 bytes
    run: bytes
    first: int
    last: int
    digest: bytes  # of the header, 32 bytes
    key: bytes  # the public key of the device

    @property
    def name(self) -> str:
        """``space/device/run/first-last-digest.segment``: where it goes. A reader takes it as a hint, no more."""
        numbers = f"{self.first:08}-{self.last:08}-{self.digest[:8].hex()}{SUFFIX}"
        return "/".join([self.space[:8].hex(), self.device[:8].hex(), self.run[8:].hex(), numbers])


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
    follows: bytes  # the digest of the segment before in the same run, b"" for the run's first
    least: int  # the least form of change a reader must know
    digest: bytes = b""
    more: Mapping[str, Any] = field(default_factory=dict)  # what a newer program says beside


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it travels: what its outside says, and the file's bytes."""

    label: Label
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Relative, with ``/``."""
        return self.label.name

    def kept(self, state: State, count: int = 0) -> Kept:
        """As a store keeps it. ``count``: its changes, where they are known."""
        label = self.label
        numbers = (label.run, label.first, label.last, count)
        return Kept(label.name, label.digest, label.device, *numbers, state, self.data)


@dataclass(frozen=True, slots=True)
class OpenedSegment:
    """A segment that was opened and found true."""

    segment: Segment
    header: Header
    changes: tuple[Change, ...]
    signed: bytes = field(repr=False)  # the header's bytes, as signed
    signature: bytes = field(repr=False)
    key: bytes  # the public key that verifies it, 32 bytes


@dataclass(frozen=True, slots=True)
class Chain:
    """The digests of the segments before: of the same device, and of the same run."""

    previous: bytes = b""
    follows: bytes = b""


def seal(
    changes: Sequence[Change],
    identity: DeviceIdentity,
    space: SpaceKeys,
    chain: Chain = Chain(),
) -> Segment:
    """The segment of these changes, made by this device, of one run and audience, each following the one before."""
    start, end = changes[0], changes[-1]
    following = all(after.id.number == before.last + 1 for before, after in pairwise(changes))
    ours = {(start.id.run, start.audience, identity.device)}
    if {(each.id.run, each.audience, each.device) for each in changes} != ours or not following:
        raise ValueError("a segment holds one device's changes of one run and audience, with no hole")
    if not is_run_of(start.id.run, identity.device):
        raise ValueError("a run of another device")
    header = {
        "space": space.space,
        "audience": start.audience,
        "epoch": space.current(start.audience, _before(changes)).number,
        "device": identity.device,
        "key": identity.public,
        "run": start.id.run,
        "first": start.id.number,
        "last": end.last,
        "count": len(changes),
        "changes": _chain(map(change_digest, changes)),
        "previous": chain.previous,
        "follows": chain.follows,
        "least": max(each.least for each in changes),
    }
    signed = canonical(header)
    return wrap(changes, identity, space, signed, identity.sign(_SIGNED + signed))


def wrap(
    changes: Sequence[Change], identity: DeviceIdentity, space: SpaceKeys, signed: bytes, signature: bytes
) -> Segment:
    """The segment of a header already signed: made for the first time, or again once a value has been struck."""
    body = zstandard.ZstdCompressor(level=_LEVEL).compress(encoded(changes))
    header = _header(signed)
    inner = canonical({"header": signed, "signature": signature, "body": body})
    sealed = space.seal(header.audience, inner.ljust(padded_size(len(inner)), b"\0"), _before(changes))
    numbers = (header.run, header.first, header.last, header.digest)
    label = Label(space.space, header.device, *numbers, identity.public)
    outside: list[Part] = [
        label.space,
        label.device,
        *numbers,
        label.key,
        identity.sign(_to_sign(label, sealed)),
        sealed,
    ]
    return Segment(label, framed(MAGIC, FORMAT, canonical(outside)))


def _before(changes: Sequence[Change]) -> int | None:
    """The number of the key before which one is to be sealed to. Who belongs is told to whoever ever did."""
    return _SECOND if all(tells(change.statements) for change in changes) else None


def _to_sign(label: Label, sealed: bytes) -> bytes:
    """What the signature on the outside is over."""
    told: list[Part] = [
        label.space,
        label.device,
        label.run,
        label.first,
        label.last,
        label.digest,
        sha256(sealed).digest(),
    ]
    return _LABELLED + canonical(told)


def padded_size(size: int) -> int:
    """What ``size`` bytes are padded to: few sizes are possible, and none costs more than an eighth (Padmé)."""
    size = max(size, _LEAST_PADDED)
    exponent = size.bit_length() - 1
    free = exponent - exponent.bit_length()
    return (size + (1 << free) - 1) >> free << free


def space_of(data: bytes) -> bytes:
    """Whose space a segment says it is of, 16 bytes, believed by nobody yet. Raises as :func:`read_label` does."""
    if len(data) > MOST_FILE:
        raise Damaged(_("This file is larger than any that Outreach makes."))
    try:
        owner = plain_cbor(unframed(MAGIC, _ANY, data))[0]
    except _SHAPES as fault:
        raise Tampered(_tampered()) from fault
    if type(owner) is not bytes or len(owner) != 16:
        raise Tampered(_tampered())
    return owner


def read_label(data: bytes, space: bytes) -> tuple[Segment, bytes]:
    """A segment of which only the outside is read, and what it seals.

    The outside is the same for every version, so that any program carries what a newer one made. Raises, each with
    its own sentence: Foreign (no segment), Short, Damaged, WrongSpace, Tampered.
    """
    if len(data) > MOST_FILE:
        raise Damaged(_("This file is larger than any that Outreach makes."))
    payload = unframed(MAGIC, _ANY, data)
    try:
        owner, device, run, first, last, digest, key, signature, sealed, *_later = plain_cbor(payload)
        if owner != space:
            raise WrongSpace(_("This file belongs to another department's space. It was left alone."))
        label = Label(owner, device, run, first, last, digest, key)
        VerifyKey(key).verify(_to_sign(label, sealed), signature)
        if device != device_of(key) or not is_run_of(run, device):
            raise ValueError("another device's")
        if len(digest) != 32 or not 0 < first <= last < 2**63:
            raise ValueError("label")
    except (*_SHAPES, BadSignatureError) as fault:
        raise Tampered(_tampered()) from fault
    return Segment(label, data), sealed


def open_segment(data: bytes, space: SpaceKeys, least: int = LEAST) -> OpenedSegment:
    """A segment's changes, once everything about it has been found true.

    ``least``: the newest form of a change that may be read. Raises what :func:`read_label` raises, and SealedForOthers,
    NewerChange, Tampered.
    """
    segment, sealed = read_label(data, space.space)
    if version_of(data) > FORMAT:
        raise _newer()
    try:
        inner = _inner(sealed, space)
        signed, signature = inner["header"], inner["signature"]
        header, key = _verified(signed, signature, space, least)
        changes = decoded(_unpacked(inner["body"]), header.run, header.first, header.device, header.audience)
    except _SHAPES as fault:
        raise Tampered(_tampered()) from fault
    found = (len(changes), changes[-1].last, max(each.least for each in changes), _chain(e.digest for e in changes))
    inside = Label(space.space, header.device, header.run, header.first, header.last, header.digest, key)
    if found != (header.count, header.last, header.least, header.changes) or segment.label != inside:
        raise Tampered(_tampered())
    return OpenedSegment(segment, header, tuple(changes), signed, signature, key)


def _inner(sealed: bytes, space: SpaceKeys) -> Mapping[str, Any]:
    """The sealed map of a segment of this space."""
    try:
        plain = space.unseal(sealed)
    except Damaged as fault:
        raise Tampered(_tampered()) from fault
    if plain is None:
        raise SealedForOthers(_("Sealed for others in the department. Carried on to them."))
    inner: Mapping[str, Any] = plain_cbor(plain)
    return inner


def _verified(signed: bytes, signature: bytes, space: SpaceKeys, least: int) -> tuple[Header, bytes]:
    """The header and the key that signed it; its signature, device, space and the program it asks for checked."""
    fields = plain_cbor(signed)
    try:
        VerifyKey(fields["key"]).verify(_SIGNED + signed, signature)
    except BadSignatureError as fault:
        raise Tampered(_tampered()) from fault
    header = _header(signed)
    if fields["space"] != space.space or header.device != device_of(fields["key"]):
        raise Tampered(_tampered())
    said = (header.audience, header.epoch, header.previous, header.follows)
    if [type(each) for each in said] != [str, int, bytes, bytes] or not is_run_of(header.run, header.device):
        raise Tampered(_tampered())
    if header.least > least:
        raise _newer()
    return header, fields["key"]


_KNOWN = ("audience", "epoch", "device", "run", "first", "last", "count", "changes", "previous", "follows", "least")


def _header(signed: bytes) -> Header:
    fields = dict(plain_cbor(signed))
    del fields["space"], fields["key"]
    known: dict[str, Any] = {name: fields.pop(name) for name in _KNOWN}
    return Header(**known, digest=sha256(signed).digest(), more=fields)


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


def _newer() -> NewerChange:
    return NewerChange(_("Made by a newer Outreach. Kept until this one is brought up to date."))


def _tampered() -> str:
    return _("This file is not what its laptop signed: it was altered on its way. It was set aside.")
