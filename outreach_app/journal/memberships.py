"""Who belongs to a space and what each may say: a function of the set of statements that changes carry.

A statement counts where the laptop that made it was a coordinator's, beginning with the one that founded the space.
Coordinators have ranks: whom a coordinator made one comes after it. Of a coordinator's laptop only those before it say
that it was lost, or is one no longer, and then what it said counts as far as they say; so two that give each other up
are judged alike everywhere. Order, grouping and repetition change nothing, and no clock decides. What is in no form
known here is passed over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from outreach_app.journal.statements import (
    COORDINATOR,
    POWER,
    WORKER,
    Accepted,
    Appointed,
    Invited,
    KeyGiven,
    Revoked,
    SheetMade,
    Withdrawn,
    device_of,
    statement_digest,
    understood,
)

SHEET = b""
"""In the place of a device: the department's recovery sheet, whose words come before everybody's."""


class Said(NamedTuple):
    """A statement, the laptop whose change carries it, and where."""

    device: bytes
    what: Mapping[str, Any]
    run: bytes = b""
    number: int = 0  # of the change


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
    invited: Mapping[bytes, Invited]  # by joining key
    used: Mapping[bytes, tuple[bytes, ...]]  # by joining key: the devices let in with it
    keys: tuple[KeyGiven, ...]
    sheet: SheetMade | None  # the recovery sheet, where one was made since the space was founded or told what it is
    sheets: frozenset[bytes]  # the public keys of all sheets that ever were

    def limit(self, device: bytes, run: bytes) -> int | None:
        """How far a run of a device counts; None for all of it. What a stranger wrote counts for nothing yet."""
        if device not in self.members:
            return 0
        return self.limits[device].get(run, 0) if device in self.limits else None

    def above(self, one: bytes, other: bytes) -> bool:
        """Whether one device may say of the other that it was lost, or what its role is."""
        return _above(self.ranks, one, other)

    @property
    def coordinators(self) -> frozenset[bytes]:
        """The devices that are coordinators' now."""
        return frozenset(each.device for each in self.members.values() if each.role == COORDINATOR and not each.lost)


class _Heard(NamedTuple):
    """A statement that counts."""

    device: bytes
    digest: bytes
    what: Any


Found = TypeVar("Found")


def membership(root: bytes, said: Iterable[Said]) -> Membership:
    """The membership of a space founded by the laptop whose public key is ``root``."""
    told = [(each, statement) for each in said if (statement := understood(each.what)) is not None]
    first = Member(device_of(root), root, "", COORDINATOR)
    heard, ranks = _heard(first.device, told)
    members: dict[bytes, Member] = {}
    used: dict[bytes, set[bytes]] = {}
    for each in sorted(_of(Accepted, heard), key=lambda each: (device_of(each.key), POWER[each.role], each.name)):
        device = device_of(each.key)
        members.setdefault(device, Member(device, each.key, each.name, each.role))  # of two roles, the lesser
        used.setdefault(each.joining, set()).add(device)
    members[first.device] = first
    standing = _standing(heard, ranks)
    for device, role in _roles(standing.values()).items():
        if device in members:
            members[device] = replace(members[device], role=role)
    revoked = [each for each in standing.values() if isinstance(each, Revoked)]
    for revocation in sorted(revoked, key=lambda each: -each.at):
        if revocation.device in members:
            members[revocation.device] = replace(members[revocation.device], lost=max(revocation.at, 1))
    return Membership(
        members,
        ranks,
        _limits(revoked),
        standing,
        {each.joining: each for each in sorted(_of(Invited, heard), key=lambda each: (each.until, each.role))},
        {joining: tuple(sorted(devices)) for joining, devices in used.items()},
        _keys(heard),
        _sheet(made := _of(SheetMade, heard)),
        frozenset(key for each in made for key in (each.public, each.instead) if key),
    )


def _heard(root: bytes, told: Sequence[tuple[Said, Any]]) -> tuple[list[_Heard], dict[bytes, int]]:
    """What counts of what was told, and the ranks of those whose words count: one rank after the other."""
    ranks = {SHEET: -1, root: 0}
    heard: list[_Heard] = []
    rank = -1
    while speaking := {device for device, known in ranks.items() if known == rank}:
        limits = _limits(each for each in _standing(heard, ranks).values() if _silences(each))
        for said, what in told:
            within = said.device not in limits or said.number <= limits[said.device].get(said.run, 0)
            if said.device in speaking and within:
                heard.append(_Heard(said.device, statement_digest(said.what), what))
                if isinstance(what, (Accepted, Appointed)) and what.role == COORDINATOR:
                    ranks.setdefault(device_of(what.key) if isinstance(what, Accepted) else what.device, rank + 1)
        rank += 1
    return heard, ranks


def _silences(statement: Appointed | Revoked) -> bool:
    """Whether what its device said later does not count."""
    return isinstance(statement, Revoked) or statement.role == WORKER


def _above(ranks: Mapping[bytes, int], one: bytes, other: bytes) -> bool:
    return one in ranks and (other not in ranks or ranks[one] < ranks[other])


def _standing(heard: Sequence[_Heard], ranks: Mapping[bytes, int]) -> dict[bytes, Appointed | Revoked]:
    """What those before a laptop say of it, less what they took back."""
    made = {
        each.digest: each.what
        for each in heard
        if isinstance(each.what, (Appointed, Revoked)) and _above(ranks, each.device, each.what.device)
    }
    for device, _digest, what in heard:
        for digest in what.statements if isinstance(what, Withdrawn) else ():
            if digest in made and _above(ranks, device, made[digest].device):
                del made[digest]
    return made


def _keys(heard: Sequence[_Heard]) -> tuple[KeyGiven, ...]:
    """The keys given, each once, in the order of audience and number."""
    found = {each.digest: each.what for each in heard if isinstance(each.what, KeyGiven)}
    order = sorted(found, key=lambda digest: (found[digest].audience, found[digest].number, digest))
    return tuple(found[digest] for digest in order)


def _sheet(made: Sequence[SheetMade]) -> SheetMade | None:
    """The sheet that no other takes the place of; of two, made at two desks, the same one everywhere."""
    gone = {each.instead for each in made}
    left = [each for each in made if each.public not in gone]
    return min(left, key=lambda each: (each.public, each.recipient), default=None)


def _of(kind: type[Found], heard: Sequence[_Heard]) -> list[Found]:
    return [each.what for each in heard if isinstance(each.what, kind)]


def _roles(standing: Collection[Appointed | Revoked]) -> dict[bytes, str]:
    """Each appointed device's role: of the appointments that stand, the least power."""
    roles: dict[bytes, str] = {}
    for each in standing:
        if isinstance(each, Appointed):
            roles[each.device] = min(roles.get(each.device, each.role), each.role, key=POWER.__getitem__)
    return roles


def _limits(told: Iterable[Appointed | Revoked]) -> dict[bytes, dict[bytes, int]]:
    limits: dict[bytes, dict[bytes, int]] = {}
    for each in told:
        runs = limits.setdefault(each.device, {})
        for run, reached in each.runs.items():
            runs[run] = max(runs.get(run, 0), reached)
    return limits
