"""Who belongs to a space and what each may say: a function of the set of statements that changes carry.

A statement counts where the laptop that made it was ever a coordinator, beginning with the one that founded the space;
what a lost laptop wrote after it was revoked is not in the journal, and so says nothing. Order, grouping and
repetition change nothing, and no clock decides. What is in no form known here is passed over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from outreach_app.journal.digests import canonical

COORDINATOR, WORKER = "coordinator", "worker"
_POWER = {WORKER: 0, COORDINATOR: 1}


def device_of(public: bytes) -> bytes:
    """The 16-byte id of the laptop that signs with this public key."""
    return sha256(public).digest()[:16]


class Said(NamedTuple):
    """A statement, and the laptop whose change carries it."""

    device: bytes
    what: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Invited:
    """Whoever shows the joining key may be let in, once, until a moment."""

    joining: bytes  # the public half of the one-time key, 32 bytes
    role: str
    until: int  # microseconds since 1970 UTC, by the clock of the coordinator who lets in


@dataclass(frozen=True, slots=True)
class Asking:
    """A new laptop asks to be let in: the first thing it says."""

    certificate: bytes  # signed by the one-time key and by its own (sync/invitations.py)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A laptop was let in."""

    joining: bytes  # the joining key it showed
    key: bytes  # its own public key, 32 bytes
    name: str  # of its worker
    role: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """A laptop's role, in place of what these earlier appointments said."""

    device: bytes
    role: str
    instead: tuple[bytes, ...] = ()  # digests of statements


@dataclass(frozen=True, slots=True)
class Revoked:
    """A laptop was lost: of what it wrote, this much had been received."""

    device: bytes
    runs: Mapping[bytes, int]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A person has looked at what a revoked laptop wrote later, and accepts this much."""

    device: bytes
    runs: Mapping[bytes, int]


@dataclass(frozen=True, slots=True)
class KeyGiven:
    """A key of an audience, its secret sealed to each laptop that is to read it."""

    audience: str
    number: int
    recipient: str  # "age1..."
    secrets: Mapping[bytes, bytes]  # by device


@dataclass(frozen=True, slots=True)
class Received:
    """What a laptop durably holds of others' runs."""

    runs: Mapping[bytes, int]


@dataclass(frozen=True, slots=True)
class StrikeAsked:
    """What stands of a record here is to be struck out: it was sealed to the coordinators later, under another id."""

    record: bytes  # 16 bytes


Statement = Invited | Asking | Accepted | Appointed | Revoked | Admitted | KeyGiven | Received | StrikeAsked
_SAYS: Mapping[str, type[Any]] = {
    "invited": Invited, "asking": Asking, "accepted": Accepted, "appointed": Appointed, "revoked": Revoked,
    "admitted": Admitted,
    "key": KeyGiven, "received": Received, "strike": StrikeAsked,
}  # fmt: skip
_NAMES = {made: name for name, made in _SAYS.items()}


def stated(statement: Statement) -> dict[str, Any]:
    """A statement in plain values, as a change carries it."""
    values = {name: getattr(statement, name) for name in statement.__dataclass_fields__}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {"says": _NAMES[type(statement)], **plain}


def understood(what: Mapping[str, Any]) -> Statement | None:
    """The statement of these plain values; None where they say nothing that is known here."""
    made = _SAYS.get(str(what.get("says")))
    if made is None:
        return None
    try:
        values = {name: _FORMS[name](what[name]) for name in made.__dataclass_fields__}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    statement: Statement = made(**values)
    return statement


def statement_digest(what: Mapping[str, Any]) -> bytes:
    """32 bytes that name a statement."""
    return sha256(canonical(what)).digest()


def _bytes(size: int) -> Callable[[Any], bytes]:
    def exactly(value: Any) -> bytes:
        if type(value) is not bytes or len(value) != size:
            raise ValueError
        return value

    return exactly


def _some_bytes(value: Any) -> bytes:
    if type(value) is not bytes:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError
    return value


def _role(value: Any) -> str:
    if value not in _POWER:
        raise ValueError
    return str(value)


def _runs(value: Any) -> dict[bytes, int]:
    return {_bytes(16)(run): _count(reached) for run, reached in value.items()}


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "joining": _bytes(32),
    "certificate": _some_bytes,
    "key": _bytes(32),
    "device": _bytes(16),
    "record": _bytes(16),
    "role": _role,
    "until": _count,
    "number": _count,
    "name": _text,
    "audience": _text,
    "recipient": _text,
    "runs": _runs,
    "instead": lambda value: tuple(_bytes(32)(each) for each in value),
    "secrets": lambda value: {_bytes(16)(device): _some_bytes(sealed) for device, sealed in value.items()},
}


@dataclass(frozen=True, slots=True)
class Member:
    """A laptop of the space."""

    device: bytes
    key: bytes
    name: str  # "" for the one that founded the space, whose name is on all it wrote
    role: str


@dataclass(frozen=True)
class Membership:
    """What the statements come to."""

    members: Mapping[bytes, Member]  # by device; revoked ones too
    coordinators: frozenset[bytes]  # devices that ever were: what they said counts
    limits: Mapping[bytes, Mapping[bytes, int]]  # revoked devices: how far each of their runs counts
    invited: Mapping[bytes, Invited]  # by joining key
    used: Mapping[bytes, tuple[bytes, ...]]  # by joining key: the devices let in with it
    keys: tuple[KeyGiven, ...]

    def limit(self, device: bytes, run: bytes) -> int | None:
        """How far a run of a device counts; None for all of it. What a stranger wrote counts for nothing yet."""
        if device not in self.members:
            return 0
        return self.limits[device].get(run, 0) if device in self.limits else None


Found = TypeVar("Found")


def membership(root: bytes, said: Iterable[Said]) -> Membership:
    """The membership of a space founded by the laptop whose public key is ``root``."""
    told = [(each.device, each.what, statement) for each in said if (statement := understood(each.what)) is not None]
    first = Member(device_of(root), root, "", COORDINATOR)
    coordinators = _ever_coordinators(first.device, [(device, statement) for device, _what, statement in told])
    heard = [(what, statement) for device, what, statement in told if device in coordinators]
    accepted = sorted(_of(Accepted, heard), key=lambda each: (device_of(each.key), _POWER[each.role], each.name))
    members: dict[bytes, Member] = {}
    used: dict[bytes, set[bytes]] = {}
    for each in accepted:
        device = device_of(each.key)
        members.setdefault(device, Member(device, each.key, each.name, each.role))  # of two roles, the lesser
        used.setdefault(each.joining, set()).add(device)
    members[first.device] = first
    for device, role in _appointments(heard).items():
        if device in members:
            members[device] = Member(device, members[device].key, members[device].name, role)
    return Membership(
        members,
        coordinators,
        _limits([*_of(Revoked, heard)], [*_of(Admitted, heard)]),
        {each.joining: each for each in sorted(_of(Invited, heard), key=lambda each: (each.until, each.role))},
        {joining: tuple(sorted(devices)) for joining, devices in used.items()},
        _keys(heard),
    )


def _keys(heard: Sequence[tuple[Mapping[str, Any], Any]]) -> tuple[KeyGiven, ...]:
    """The keys given, each once, in the order of audience and number."""
    found = {statement_digest(what): each for what, each in heard if isinstance(each, KeyGiven)}
    order = sorted(found, key=lambda digest: (found[digest].audience, found[digest].number, digest))
    return tuple(found[digest] for digest in order)


def _of(kind: type[Found], heard: Sequence[tuple[Mapping[str, Any], Any]]) -> list[Found]:
    return [statement for _what, statement in heard if isinstance(statement, kind)]


def _ever_coordinators(root: bytes, told: Sequence[tuple[bytes, Any]]) -> frozenset[bytes]:
    """The root, and all that one of them let in or appointed as a coordinator."""
    found = {root}
    while True:
        made = {
            device_of(statement.key) if isinstance(statement, Accepted) else statement.device
            for device, statement in told
            if device in found and isinstance(statement, (Accepted, Appointed)) and statement.role == COORDINATOR
        }
        if made <= found:
            return frozenset(found)
        found |= made


def _appointments(heard: Sequence[tuple[Mapping[str, Any], Any]]) -> dict[bytes, str]:
    """Each appointed device's role: of the appointments that no other takes the place of, the least power."""
    made = [(statement_digest(what), each) for what, each in heard if isinstance(each, Appointed)]
    gone = {(each.device, digest) for _digest, each in made for digest in each.instead}
    roles: dict[bytes, str] = {}
    for digest, each in made:
        if (each.device, digest) not in gone:
            roles[each.device] = min(roles.get(each.device, each.role), each.role, key=_POWER.__getitem__)
    return roles


def _limits(revoked: Sequence[Revoked], admitted: Sequence[Admitted]) -> dict[bytes, dict[bytes, int]]:
    limits: dict[bytes, dict[bytes, int]] = {each.device: {} for each in revoked}
    told: list[Revoked | Admitted] = [*revoked, *admitted]
    for each in told:
        runs = limits.get(each.device, {})
        for run, reached in each.runs.items():
            runs[run] = max(runs.get(run, 0), reached)
    return limits
