"""Who a laptop is, and what its department shares: the two things a store keeps besides what people wrote.

A laptop's identity is a signing key it made itself and never gives away; its device id follows from that key, so nobody
can sign in another's name. A space is one department's; what is written for one of its audiences is sealed by age to
that audience's newest key, and opened by any of its keys that this laptop was given.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pyrage  # type: ignore[import-untyped]  # its wheel carries no types; every call to it is in this file
from nacl.exceptions import CryptoError
from nacl.public import SealedBox
from nacl.signing import SigningKey, VerifyKey

from outreach_app.journal.statements import KeyGiven, device_of
from outreach_app.model.errors import Damaged
from outreach_app.texts import _

EVERYONE = "everyone"
COORDINATORS = "coordinators"
"""Sensitive reports are for coordinators alone: a worker's laptop can seal to them and not read what it sealed."""


@dataclass(frozen=True)
class DeviceIdentity:
    """A laptop's Ed25519 signing key, as its 32-byte seed."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "DeviceIdentity":
        """A laptop that never was before."""
        return cls(secrets.token_bytes(32))

    @cached_property
    def _key(self) -> SigningKey:
        return SigningKey(self.seed)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return bytes(self._key.verify_key)

    @property
    def device(self) -> bytes:
        """The device id, 16 bytes."""
        return device_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return bytes(self._key.sign(message).signature)

    def unsealed(self, data: bytes) -> bytes | None:
        """What :func:`sealed_to` sealed to this laptop; None where it is not for it."""
        try:
            return bytes(SealedBox(self._key.to_curve25519_private_key()).decrypt(data))
        except (CryptoError, ValueError):
            return None


def sealed_to(public: bytes, data: bytes) -> bytes:
    """``data`` sealed so that only the laptop whose public signing key this is can read it. ValueError where nothing
    can be sealed to that key."""
    try:
        return bytes(SealedBox(VerifyKey(public).to_curve25519_public_key()).encrypt(data))
    except (CryptoError, TypeError) as fault:
        raise ValueError("no key that anything can be sealed to") from fault


def is_sealable(public: bytes) -> bool:
    """Whether anything can be sealed to a laptop's public signing key: not to a point of small order, for one."""
    try:
        return bool(sealed_to(public, b""))
    except ValueError:
        return False


def is_recipient(text: str) -> bool:
    """Whether text is the public half of an age key."""
    try:
        return bool(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        return False


@dataclass(frozen=True, slots=True)
class Epoch:
    """One age key of one audience: all that may be written to it, and where ``secret`` is known read by it."""

    number: int
    recipient: str  # "age1..."
    secret: str = field(default="", repr=False)  # "AGE-SECRET-KEY-1...", "" where this laptop may only seal

    @classmethod
    def new(cls, number: int) -> "Epoch":
        """A key that never was before."""
        identity = pyrage.x25519.Identity.generate()
        return cls(number, str(identity.to_public()), str(identity))


@dataclass(frozen=True)
class SpaceKeys:
    """A department's space: its 16-byte id, its name, each audience's epochs, oldest first, and who may say more."""

    space: bytes
    department: str
    audiences: Mapping[str, tuple[Epoch, ...]]
    root: bytes = b""  # the public key of the laptop that founded the space, 32 bytes
    recovery: tuple[str, bytes] = ("", b"")  # the recovery key's age recipient and public signing key, "" before it is
    first: bytes = b""  # the public signing key of the recovery sheet that the space was founded with
    past: tuple[str, ...] = field(default=(), repr=False)  # secrets of keys that nothing is sealed to any more

    @classmethod
    def new(cls, department: str, root: bytes = b"", recovery: tuple[str, bytes] = ("", b"")) -> "SpaceKeys":
        """A space that never was before, with two audiences: everyone, and the coordinators among them."""
        audiences = {EVERYONE: (Epoch.new(1),), COORDINATORS: (Epoch.new(1),)}
        return cls(secrets.token_bytes(16), department, audiences, root, recovery, recovery[1])

    def current(self, audience: str, before: int | None = None) -> Epoch:
        """The epoch that is written to now; with ``before``, the last one of a lower number, where there is one.

        What is for everyone is for this laptop too: it is written to no key that this one cannot read with. KeyError
        for an audience this laptop does not know.
        """
        epochs = self.audiences[audience]
        if audience == EVERYONE:
            epochs = tuple(epoch for epoch in epochs if epoch.secret) or epochs
        earlier = [epoch for epoch in epochs if before is None or epoch.number < before]
        return (earlier or epochs)[-1]

    def reads(self, audience: str) -> bool:
        """Whether what is sealed now for an audience can be read here."""
        return bool(self.audiences.get(audience)) and bool(self.current(audience).secret)

    def for_role(self, coordinator: bool) -> "SpaceKeys":
        """The keys that a new laptop is given: only coordinators read what is for coordinators."""
        if coordinator:
            return self
        closed = tuple(replace(epoch, secret="") for epoch in self.audiences.get(COORDINATORS, ()))
        return replace(self, audiences={**self.audiences, COORDINATORS: closed}, past=())

    def taught(
        self, given: Iterable[KeyGiven], identity: DeviceIdentity, besides: Iterable[KeyGiven] = ()
    ) -> "SpaceKeys":
        """With keys that coordinators gave to the laptops named in them: to read with where this laptop is one.

        The first key of our audiences came with the space, and no other is taken for it. The keys ``besides`` were
        given by who was no coordinator, or not yet told so: nothing is sealed to them here, but what honest work was
        sealed to them meanwhile is read. A secret counts for its key whoever gave it.
        """
        counting = [each for each in given if is_recipient(each.recipient)]
        secrets = {recipient_of(each): each for each in self.opening}
        for each in (*counting, *besides):
            if each.recipient not in secrets and (secret := _given(each, identity)):
                secrets[each.recipient] = secret
        found = {name: {(one.number, one.recipient): one for one in ones} for name, ones in self.audiences.items()}
        for each in counting:
            known = found.setdefault(each.audience, {})
            place = each.number, each.recipient
            ours = each.audience in (EVERYONE, COORDINATORS)
            if place in known or each.number > 1 or not (ours and known):
                known[place] = Epoch(*place, secrets.get(each.recipient, ""))
        audiences = {name: tuple(known[each] for each in sorted(known)) for name, known in found.items()}
        held = {one.recipient for ones in audiences.values() for one in ones if one.secret}
        past = tuple(secret for recipient, secret in secrets.items() if recipient not in held)
        return replace(self, audiences=audiences, past=past)

    def without(self, keys: Collection[tuple[str, int, str]]) -> "SpaceKeys":
        """With nothing sealed any more to these keys, each an audience, a number and a recipient; what was sealed to
        them is still read. The first, come with the space, stay."""
        kept: dict[str, tuple[Epoch, ...]] = {}
        past = list(self.past)
        for name, epochs in self.audiences.items():
            gone = [each for each in epochs if each.number > 1 and (name, each.number, each.recipient) in keys]
            kept[name] = tuple(each for each in epochs if each not in gone)
            past += [each.secret for each in gone if each.secret and each.secret not in past]
        return replace(self, audiences=kept, past=tuple(past)) if keys else self

    def seal(self, audience: str, data: bytes, before: int | None = None) -> bytes:
        """``data`` sealed by age to an audience's newest key (see :meth:`current`) and to the recovery key."""
        to = [self.current(audience, before).recipient, *filter(None, self.recovery[:1])]
        return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in to]))

    def unseal(self, data: bytes) -> bytes | None:
        """What was sealed, or None where it is sealed to none of the keys this laptop was given. Raises Damaged."""
        try:
            return bytes(pyrage.decrypt(data, self._identities))
        except pyrage.DecryptError as fault:
            if "No matching keys" in str(fault):
                return None
            raise Damaged(_("What is sealed here is not whole. Please ask for it again.")) from fault

    @property
    def opening(self) -> tuple[str, ...]:
        """The secrets that open what was sealed to this laptop, of every audience."""
        return (*(epoch.secret for each in self.audiences.values() for epoch in each if epoch.secret), *self.past)

    @cached_property
    def _identities(self) -> list[Any]:
        return [pyrage.x25519.Identity.from_str(each) for each in self.opening]

    def as_values(self) -> dict[str, Any]:
        """In plain values of CBOR or JSON (the id in hex), secrets and all: to be sealed at once."""
        return {
            "space": self.space.hex(),
            "department": self.department,
            "root": self.root.hex(),
            "recovery": [self.recovery[0], self.recovery[1].hex()],
            "first": self.first.hex(),
            "past": list(self.past),
            "audiences": {
                name: [[epoch.number, epoch.recipient, epoch.secret] for epoch in epochs]
                for name, epochs in self.audiences.items()
            },
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "SpaceKeys":
        """Read back :meth:`as_values`; raises KeyError, TypeError or ValueError where it is not that."""
        audiences = {
            str(name): tuple(Epoch(int(number), str(recipient), str(secret)) for number, recipient, secret in epochs)
            for name, epochs in values["audiences"].items()
        }
        recipient, signing = values["recovery"]
        return cls(
            bytes.fromhex(values["space"]),
            str(values["department"]),
            audiences,
            bytes.fromhex(values["root"]),
            (str(recipient), bytes.fromhex(signing)),
            bytes.fromhex(values["first"]),
            tuple(map(str, values["past"])),
        )


@dataclass(frozen=True, slots=True)
class Joining:
    """A laptop as it enters a space: who it is, and what it was given."""

    identity: DeviceIdentity
    space: SpaceKeys
    role: str


def _given(given: KeyGiven, identity: DeviceIdentity) -> str:
    """The secret that a laptop is given in a key; "" where it is given none, or another's."""
    mine = given.secrets.get(identity.device)
    secret = (identity.unsealed(mine) or b"").decode("ascii", "replace") if mine else ""
    return secret if secret and _fits(given.recipient, secret) else ""


def _fits(recipient: str, secret: str) -> bool:
    """Whether a secret age key is that of a recipient."""
    try:
        return recipient_of(secret) == recipient
    except pyrage.IdentityError:
        return False


def recipient_of(secret: str) -> str:
    """The public half of a secret age key."""
    return str(pyrage.x25519.Identity.from_str(secret).to_public())
