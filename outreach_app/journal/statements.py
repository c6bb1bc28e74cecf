"""What a laptop may say of who belongs to its space: statements, which changes carry in plain values (FORMAT.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from outreach_app.journal.changes import NOBODY
from outreach_app.journal.digests import canonical

COORDINATOR, WORKER = "coordinator", "worker"
POWER = {WORKER: 0, COORDINATOR: 1}
_HALF = 8  # bytes of a device's id and of a run's


def device_of(public: bytes) -> bytes:
    """The 16-byte id of the laptop that signs with this public key."""
    return sha256(public).digest()[:16]


def run_of(device: bytes, drawn: bytes) -> bytes:
    """The 16-byte id of a run: half of it its device's, so that no other writes in it, and 8 bytes drawn for it."""
    return device[:_HALF] + drawn


def is_run_of(run: bytes, device: bytes) -> bool:
    """Whether a run is a device's."""
    return run[:_HALF] == device[:_HALF] and len(run) == 2 * _HALF


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
    inviter: bytes = NOBODY  # the device that invited it


@dataclass(frozen=True, slots=True)
class Appointed:
    """A laptop's role from now on. Of several that stand the lesser holds."""

    device: bytes
    role: str
    runs: Mapping[bytes, int]  # for a worker's role: as far as this what it said as a coordinator counts
    at: int  # microseconds since 1970 UTC: tells it from the same said before


@dataclass(frozen=True, slots=True)
class Revoked:
    """A laptop was lost: of what it wrote, this much had been received."""

    device: bytes
    runs: Mapping[bytes, int]
    at: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """These statements, that a laptop was lost or has a role, or that somebody is invited, are taken back."""

    statements: tuple[bytes, ...]  # digests


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


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The space's recovery sheet, in place of an earlier one."""

    recipient: str  # "age1..."
    public: bytes  # its signing key, 32 bytes
    root: bytes  # the public key of the laptop that founded the space
    first: bytes  # the public key of the sheet that the space was founded with
    department: str
    instead: bytes  # the public key of the sheet it takes the place of, b"" for the first
    signature: bytes  # by the sheet, over the space and all of the above


@dataclass(frozen=True, slots=True)
class BySheet:
    """A statement that the recovery sheet makes, whoever carries it."""

    statement: Mapping[str, Any]
    key: bytes  # the sheet's public signing key, 32 bytes
    signature: bytes


Statement = (
    Invited
    | Asking
    | Accepted
    | Appointed
    | Revoked
    | Withdrawn
    | KeyGiven
    | Received
    | StrikeAsked
    | SheetMade
    | BySheet
)
_SAYS: Mapping[str, type[Any]] = {
    "invited": Invited, "asking": Asking, "accepted": Accepted, "appointed": Appointed, "revoked": Revoked,
    "withdrawn": Withdrawn, "key": KeyGiven, "received": Received,
    "strike": StrikeAsked, "sheet": SheetMade, "by_sheet": BySheet,
}  # fmt: skip
_NAMES = {made: name for name, made in _SAYS.items()}
_SILENT = (Received, Asking, StrikeAsked, type(None))
"""What may be said without anything following for who belongs; what is not understood among it."""


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


def tells(statements: Iterable[Mapping[str, Any]]) -> bool:
    """Whether anything follows for who belongs, or with which keys, from these statements in plain values."""
    return not all(isinstance(understood(each), _SILENT) for each in statements)


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


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
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
    if value not in POWER:
        raise ValueError
    return str(value)


def _runs(value: Any) -> dict[bytes, int]:
    return {_bytes(16)(run): _count(reached) for run, reached in value.items()}


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "joining": _bytes(32),
    "certificate": _some_bytes,
    "statement": _mapping,
    "public": _bytes(32),
    "root": _bytes(32),
    "first": _bytes(32),
    "inviter": _bytes(16),
    "department": _text,
    "signature": _bytes(64),
    "key": _bytes(32),
    "device": _bytes(16),
    "record": _bytes(16),
    "role": _role,
    "until": _count,
    "at": _count,
    "number": _count,
    "name": _text,
    "audience": _text,
    "recipient": _text,
    "instead": _some_bytes,
    "runs": _runs,
    "statements": lambda value: tuple(_bytes(32)(each) for each in value),
    "secrets": lambda value: {_bytes(16)(device): _some_bytes(sealed) for device, sealed in value.items()},
}
