"""Invitations: the one file that lets a new laptop into a department's space, opened by six spoken words."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import cbor2
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from outreach_app.journal.digests import Part, canonical
from outreach_app.journal.statements import WORKER, Invited
from outreach_app.model.errors import BadInput, Damaged, WrongPassphrase
from outreach_app.store.identities import DeviceIdentity, SpaceKeys, is_sealable
from outreach_app.store.keys import FULL_COST, Cost, stretch
from outreach_app.sync.decoders import plain_cbor
from outreach_app.sync.frames import Foreign, Short, framed, unframed
from outreach_app.sync.words import draw_code, normal_code
from outreach_app.texts import _

MAGIC = b"\x89OUTINV\n"
FORMAT = 1
SUFFIX = ".outreach-invitation"
MOST_FILE = 2**20
DAY = 24 * 60 * 60 * 1_000_000  # microseconds
_ASKED = b"outreach joining\0"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation gives: the space with its keys, who invites, until when, and a key to join with just once."""

    space: SpaceKeys
    role: str
    expires: int  # microseconds since 1970 UTC
    joining: bytes = field(repr=False)  # the seed of the one-time key, 32 bytes

    def certificate(self, identity: DeviceIdentity, worker: str) -> bytes:
        """What a new laptop shows to be let in: the key it made itself, signed by the one-time key and by its own."""
        told = _ASKED + canonical([self.space.space, identity.public, worker])
        one_time = SigningKey(self.joining)
        shown: list[Part] = [identity.public, worker, bytes(one_time.verify_key)]
        return canonical([*shown, bytes(one_time.sign(told).signature), identity.sign(told)])


@dataclass(frozen=True, slots=True)
class Asked:
    """A certificate that was found true: who asks to be let in, by which one-time key."""

    key: bytes  # the laptop's public key, 32 bytes
    name: str  # its worker's
    joining: bytes  # the public half of the one-time key, 32 bytes


def read_certificate(data: bytes, space: bytes) -> Asked | None:
    """Who asks to be let in; None for what is no certificate of this space, or not what its keys signed."""
    try:
        key, name, joining, by_joining, by_itself = plain_cbor(data)
        told = _ASKED + canonical([space, key, name])
        VerifyKey(joining).verify(told, by_joining)
        VerifyKey(key).verify(told, by_itself)
        return Asked(key, name[:_LONGEST_NAME], joining) if type(name) is str and is_sealable(key) else None
    except (ValueError, TypeError, KeyError, BadSignatureError, cbor2.CBORDecodeError):
        return None


def make_invitation(
    space: SpaceKeys, now: int, role: str = WORKER, days: int = 14, cost: Cost = FULL_COST
) -> tuple[bytes, str, Invited]:
    """An invitation file, the six words that open it until ``days`` after ``now`` (microseconds since 1970 UTC), and
    what its maker states of it to the space."""
    code, salt, seed = draw_code(), secrets.token_bytes(16), secrets.token_bytes(32)
    expires = now + days * DAY
    # whoever reads for coordinators is given those keys once let in, not by a file that may go astray
    inside = {**space.for_role(False).as_values(), "role": role, "expires": expires, "joining": seed}
    box = SecretBox(stretch(code, salt, cost)).encrypt(canonical(inside))
    file = framed(MAGIC, FORMAT, canonical({"salt": salt, "cost": asdict(cost), "box": box}))
    return file, code, Invited(bytes(SigningKey(seed).verify_key), role, expires)


def open_invitation(data: bytes, code: str, now: int) -> Invitation:
    """What the invitation gives to whoever knows its words. ``now`` is microseconds since 1970 UTC.

    Raises, each with its own sentence: BadInput (no invitation; no such words; expired), WrongPassphrase (other
    words), Damaged (short or altered), TooNew.
    """
    try:
        payload = unframed(MAGIC, FORMAT, data[: MOST_FILE + 1])
    except Foreign as fault:
        raise BadInput(_("This file is not an invitation from Outreach.")) from fault
    except Short as fault:
        raise Damaged(_("This invitation is not all there. Please copy it again.")) from fault
    except Damaged as fault:
        raise _damaged() from fault
    words = normal_code(code)
    try:
        outside = plain_cbor(payload)
        cost = Cost(**outside["cost"])
        if not cost.bearable:
            raise _damaged()
        box = SecretBox(stretch(words, outside["salt"], cost))
        sealed = outside["box"]
    except (ValueError, TypeError, KeyError, cbor2.CBORDecodeError) as fault:
        raise _damaged() from fault
    try:
        invitation = _read(plain_cbor(box.decrypt(sealed)))
    except CryptoError as fault:
        # the frame's sum was right, so the file is as it was made, and it must be the words
        raise WrongPassphrase(_("These words do not open this invitation. Please ask for them again.")) from fault
    except (ValueError, TypeError, KeyError, AttributeError, cbor2.CBORDecodeError) as fault:
        raise _damaged() from fault
    if now > invitation.expires:
        day = datetime.fromtimestamp(invitation.expires / 1_000_000, UTC).date()
        raise BadInput(_("This invitation expired on {day}. Please ask for a new one.", day=day.isoformat()))
    return invitation


def _read(inside: Mapping[str, Any]) -> Invitation:
    return Invitation(SpaceKeys.from_values(inside), str(inside["role"]), int(inside["expires"]), inside["joining"])


def _damaged() -> Damaged:
    return Damaged(_("This invitation is damaged. Please ask for a new one."))
