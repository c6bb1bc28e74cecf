"""What a store keeps of exchanges: the segments it made or carries on, and the files it has seen on each carrier."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from outreach_app.journal.changes import Change
from outreach_app.store.journals import Journal
from outreach_app.store.statements import Statements


class SeenFile(NamedTuple):
    """A file found good: as it was listed, which segment it is, and how far that reaches in its run."""

    stamp: str
    segment: str
    run: bytes
    last: int


class Kept(NamedTuple):
    """A segment as it travels."""

    name: str
    digest: bytes
    run: bytes
    last: int
    own: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class LastExchange:
    """The latest exchange with one carrier."""

    carrier: str
    place: str
    at: int  # microseconds since 1970 UTC
    account: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where this laptop's own changes are. Each is in one of the three."""

    only_here: int
    copied: int  # read back from a carrier, not yet confirmed
    received: int  # held by the department


class Shipping:
    """Segments and carriers, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._do = Statements(connection)
        self._journal = Journal(connection)

    def to_carry(self, device: bytes, limit: int) -> list[Change]:
        """The device's own changes that are in no segment yet, from one run, in order."""
        row = self._do(
            "SELECT run, carried FROM (SELECT r.run, r.reached, coalesce("
            " (SELECT max(s.last) FROM segments s WHERE s.run = r.run), 0) AS carried"
            " FROM runs r WHERE r.device = ?) WHERE reached > carried LIMIT 1",
            (device,),
        ).first()
        return [] if row is None else self._journal.after(row[0], row[1], limit)

    def last_digest(self) -> bytes:
        """The digest of the last segment this laptop made; b"" before the first."""
        return bytes(self._do("SELECT digest FROM segments WHERE own ORDER BY place DESC LIMIT 1").scalar() or b"")

    def keep(self, kept: Kept) -> None:
        """Keep a segment, once."""
        self._do(
            "INSERT OR IGNORE INTO segments (name, digest, run, last, own, data) VALUES (?,?,?,?,?,?)", tuple(kept)
        )

    def kept(self) -> Sequence[str]:
        """The names of the segments kept, oldest first."""
        return self._do("SELECT name FROM segments ORDER BY place").scalars()

    def data(self, name: str) -> bytes:
        """A kept segment's bytes."""
        return bytes(self._do("SELECT data FROM segments WHERE name = ?", (name,)).scalar())

    def seen(self, carrier: str) -> dict[str, SeenFile]:
        """The files seen good on a carrier, by name."""
        rows = self._do("SELECT file, stamp, segment, run, last FROM seen WHERE carrier = ?", (carrier,))
        return {file: SeenFile(*seen) for file, *seen in rows}

    def remember(self, carrier: str, seen: Mapping[str, SeenFile]) -> None:
        """Remember these files too."""
        rows = [(carrier, file, *each) for file, each in seen.items()]
        if rows:
            self._do("INSERT OR REPLACE INTO seen VALUES (?,?,?,?,?,?)", rows)

    def note(self, exchange: LastExchange) -> None:
        """Keep when and how an exchange ended."""
        self._do(
            "INSERT OR REPLACE INTO carriers VALUES (?,?,?,?)",
            (exchange.carrier, exchange.place, exchange.at, json.dumps(dict(exchange.account))),
        )

    def exchanges(self) -> list[LastExchange]:
        """The latest exchange with each carrier, newest first."""
        rows = self._do("SELECT carrier, place, at, account FROM carriers ORDER BY at DESC")
        return [LastExchange(carrier, place, at, json.loads(account)) for carrier, place, at, account in rows]

    def whereabouts(self, device: bytes, coordinator: bool) -> Whereabouts:
        """Where the device's own changes are. What a coordinator's laptop holds, the department has received."""
        total = int(self._do("SELECT count(*) FROM changes WHERE device = ? AND run IS NOT NULL", (device,)).scalar())
        if coordinator:
            return Whereabouts(0, 0, total)
        copied = self._do(
            "SELECT count(*) FROM changes c JOIN (SELECT run, max(last) AS last FROM seen GROUP BY run) s"
            " ON s.run = c.run AND c.last <= s.last WHERE c.device = ?",
            (device,),
        ).scalar()
        return Whereabouts(total - int(copied), int(copied), 0)
