"""Who a laptop is, and what its department shares: the two things a store keeps besides what people wrote.

A laptop's identity is a signing key it made itself and never gives away; its device id follows from that key, so nobody
can sign in another's name. A space is one department's; what is written for one of its audiences is sealed by age to
that audience's newest key, and opened by any of its keys that this laptop was given.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

import pyrage  # type: ignore[import-untyped]  # its wheel carries no types; every call to it is in this file
from nacl.signing import SigningKey

from outreach_app.model.errors import Damaged
from outreach_app.texts import _

EVERYONE = "everyone"


def device_of(public: bytes) -> bytes:
    """The 16-byte id of the device that signs with this public key."""
    return sha256(public).digest()[:16]


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
    """A department's space: its 16-byte id, its name, and each audience's epochs, oldest first."""

    space: bytes
    department: str
    audiences: Mapping[str, tuple[Epoch, ...]]
    recovery: tuple[str, bytes] = ("", b"")  # the recovery key's age recipient and public signing key, "" before it is

    @classmethod
    def new(cls, department: str, recovery: tuple[str, bytes] = ("", b"")) -> "SpaceKeys":
        """A space that never was before, with one audience: everyone."""
        return cls(secrets.token_bytes(16), department, {EVERYONE: (Epoch.new(1),)}, recovery)

    def current(self, audience: str) -> Epoch:
        """The epoch that is written to now. KeyError for an audience this laptop does not know."""
        return self.audiences[audience][-1]

    def seal(self, audience: str, data: bytes) -> bytes:
        """``data`` sealed by age to an audience's newest key."""
        recipient = pyrage.x25519.Recipient.from_str(self.current(audience).recipient)
        return bytes(pyrage.encrypt(data, [recipient]))

    def unseal(self, data: bytes) -> bytes | None:
        """What was sealed, or None where it is sealed to none of the keys this laptop was given. Raises Damaged."""
        try:
            return bytes(pyrage.decrypt(data, self._identities))
        except pyrage.DecryptError as fault:
            if "No matching keys" in str(fault):
                return None
            raise Damaged(_("What is sealed here is not whole. Please ask for it again.")) from fault

    @cached_property
    def _identities(self) -> list[Any]:
        epochs = (epoch for each in self.audiences.values() for epoch in each if epoch.secret)
        return [pyrage.x25519.Identity.from_str(epoch.secret) for epoch in epochs]

    def as_values(self) -> dict[str, Any]:
        """In plain values of CBOR or JSON (the id in hex), secrets and all: to be sealed at once."""
        return {
            "space": self.space.hex(),
            "department": self.department,
            "recovery": [self.recovery[0], self.recovery[1].hex()],
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
            (str(recipient), bytes.fromhex(signing)),
        )
