"""What the statements of a space come to: who belongs, with what role, and how far each counts (``memberships.py``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import cbor2

from outreach_app.journal.statements import COORDINATOR, WORKER, Appointed, KeyGiven, Revoked, SheetMade
from outreach_app.model.identifiers import digest_of

SHEET = b""
"""In the place of a device: the department's recovery sheet, whose words come before everybody's."""


class Said(NamedTuple):
    """A statement, the laptop whose change carries it, and where; of a recovery sheet its public key."""

    device: bytes
    what: Mapping[str, Any]
    run: bytes = b""
    number: int = 0  # of the change


class Offer(NamedTuple):
    """An invitation that lets in whoever shows its key."""

    by: bytes  # the device that invited
    role: str
    until: int  # microseconds since 1970 UTC


@dataclass(frozen=True, slots=True)
class Member:
    """A laptop of the space."""

    device: bytes
    key: bytes
    name: str  # "" for the one that founded the space, whose name is on all it wrote
    role: str
    lost: int = 0  # since when it is given up as lost, microseconds since 1970 UTC; 0 while it is not


@dataclass(frozen=True)
class Membership:
    """What the statements come to."""

    members: Mapping[bytes, Member]  # by device; revoked ones too
    ranks: Mapping[bytes, int]  # of the devices whose words count, or did: the lower before the higher
    limits: Mapping[bytes, Mapping[bytes, int]]  # revoked devices: how far each of their runs counts
    standing: Mapping[bytes, "Appointed | Revoked"]  # by digest: those that nobody took back
    invited: Mapping[bytes, Offer]  # by joining key: those that a coordinator holds out now
    used: Mapping[bytes, tuple[bytes, ...]]  # by joining key: the devices let in with it
    keys: tuple[KeyGiven, ...]
    sheet: SheetMade | None  # the recovery sheet, where one was made since the space was founded or told what it is
    sheets: frozenset[bytes]  # the public keys of all sheets that speak for the space

    @cached_property
    def fingerprint(self) -> bytes:
        """16 bytes that are others where what counts of whose runs is, or whose words and keys count."""
        limits = [[device, run, number] for device, runs in self.limits.items() for run, number in runs.items()]
        members = sorted([each.device, each.role] for each in self.members.values())
        told = [members, sorted(self.limits), sorted(limits), sorted(self.invited), sorted(self.sheets)]
        return digest_of(cbor2.dumps(told))

    def limit(self, device: bytes, run: bytes) -> int | None:
        """How far a run of a device counts; None for all of it. What a stranger wrote counts for nothing yet."""
        if device not in self.members:
            return 0
        return self.limits[device].get(run, 0) if device in self.limits else None

    def above(self, one: bytes, other: bytes) -> bool:
        """Whether one device may say of the other that it was lost, or what its role is."""
        return above(self.ranks, one, other)

    def speaks(self, device: bytes, run: bytes, number: int) -> bool:
        """Whether a device said something as a coordinator's: also before it was given up, or made a worker's."""
        silenced = [each.runs for each in self.standing.values() if each.device == device and silences(each)]
        if silenced:
            return device in self.ranks and number <= max(runs.get(run, 0) for runs in silenced)
        return device in self.members and self.members[device].role == COORDINATOR

    @property
    def coordinators(self) -> frozenset[bytes]:
        """The devices that are coordinators' now."""
        return frozenset(each.device for each in self.members.values() if each.role == COORDINATOR and not each.lost)


def silences(statement: Appointed | Revoked) -> bool:
    """Whether what its device said later does not count."""
    return isinstance(statement, Revoked) or statement.role == WORKER


def above(ranks: Mapping[bytes, int], one: bytes, other: bytes) -> bool:
    """Whether one device may say of the other that it was lost, or what its role is."""
    return one in ranks and (other not in ranks or ranks[one] < ranks[other])
