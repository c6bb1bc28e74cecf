"""What a store keeps of exchanges: the segments it made or carries on, and the files it has seen on each carrier."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Changes
from outreach_app.journal.statements import Accepted, device_of, is_run_of, understood
from outreach_app.store.journals import Journal
from outreach_app.store.packing import unpacked_statements
from outreach_app.store.statements import Statements


class State(StrEnum):
    """What became of a kept segment. Whatever it is, the segment is carried on to others."""

    APPLIED = "applied"
    WAITING = "waiting"  # what the same laptop wrote before it is not here yet
    STRANGER = "stranger"  # no coordinator has let its laptop in yet
    HELD = "held"  # written by a laptop after it was given up as lost
    SEALED = "sealed"  # for others in the department
    NEWER = "newer"  # asks for a newer program
    FORKED = "forked"  # two contents came under one number of its run: from there on none of it counts


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
    device: bytes
    run: bytes
    first: int
    last: int
    changes: int  # how many; 0 where it was never opened
    state: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LastExchange:
    """The latest exchange with one carrier."""

    carrier: str
    place: str
    at: int  # microseconds since 1970 UTC
    account: Mapping[str, Any]
    to_leave: int = 0  # changes of this laptop that are not on it


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where this laptop's own changes are. Each is in one of the three."""

    only_here: int
    copied: int  # read back from a carrier, not yet confirmed
    received: int  # signed for by a coordinator's laptop, another one where this is one
    alone: bool = False  # this is the only coordinator's laptop: nobody can sign for what it wrote


class Shipping:
    """Segments and carriers, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._do = Statements(connection)
        self._journal = Journal(connection)

    def to_carry(self, device: bytes, limit: int) -> list[Change]:
        """The device's own changes that are in no segment yet, from one run, in order."""
        row = self._do(
            f"SELECT run, carried FROM (SELECT r.run, r.reached, {_CARRIED} AS carried"  # noqa: S608 (ours, as below)
            " FROM runs r WHERE r.device = ?) WHERE reached > carried LIMIT 1",
            (device,),
        ).first()
        return [] if row is None else self._journal.after(row[0], row[1], limit)

    def carried(self, run: bytes) -> int:
        """How far the segments kept of a run reach without a hole."""
        return int(self._do(f"SELECT {_CARRIED} FROM (SELECT ? AS run) r", (run,)).scalar())  # noqa: S608 (ours, as below)

    def chain(self, device: bytes, run: bytes) -> tuple[bytes, bytes]:
        """The digests of the last segment that a device made, and of the one that the next of a run follows; b"" before
        the first."""
        previous = self._do("SELECT digest FROM segments WHERE device = ? ORDER BY place DESC LIMIT 1", (device,))
        follows = self._do(
            f"SELECT s.digest FROM segments s WHERE s.run = ? AND s.last = ? AND {_CARRIES} ORDER BY place LIMIT 1",  # noqa: S608 (ours)
            (run, self.carried(run)),
        )
        return bytes(previous.scalar() or b""), bytes(follows.scalar() or b"")

    def keep(self, kept: Kept) -> None:
        """Keep a segment, once; what became of it is set anew. Of two files of one name, which only its own device can
        make, the one that opens is kept: what cannot be read says nothing of what was."""
        self._do(
            "INSERT INTO segments (name, digest, device, run, first, last, count, state, data)"
            " VALUES (?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT (name) DO UPDATE SET state = excluded.state, count = max(count, excluded.count),"
            " data = CASE WHEN excluded.state IN ('sealed', 'newer') THEN data ELSE excluded.data END"
            " WHERE excluded.state NOT IN ('sealed', 'newer') OR state IN ('sealed', 'newer')",
            tuple(kept),
        )

    def kept(self) -> Sequence[str]:
        """The names of the segments kept, oldest first."""
        return self._do("SELECT name FROM segments ORDER BY place").scalars()

    def segment(self, name: str) -> Kept:
        """A kept segment."""
        row = self._do(f"{_KEPT} WHERE name = ?", (name,)).first()
        assert row is not None
        return Kept(*row)

    def left(self, states: Collection[State]) -> list[Kept]:
        """The kept segments in one of these states, which are not applied, in the order of runs."""
        marks = ",".join("?" * len(states))
        rows = self._do(
            f"{_KEPT} WHERE state != 'applied' AND state IN ({marks}) ORDER BY run, first",
            tuple(states),
        )
        return [Kept(*row) for row in rows]

    def ripe(self) -> list[Kept]:
        """The kept segments that wait and that the changes held of their run reach now, in the order of runs."""
        reached = "coalesce((SELECT reached FROM runs WHERE runs.run = segments.run), 0)"
        rows = self._do(  # that it is not applied is said for the index of what is left
            f"{_KEPT} WHERE state = 'waiting' AND state != 'applied' AND first <= {reached} + 1 ORDER BY run, first"
        )
        return [Kept(*row) for row in rows]

    def unapplied(self) -> set[str]:
        """The names of the kept segments that are not applied."""
        return {*self._do("SELECT name FROM segments WHERE state != 'applied'").scalars()}

    def state_of(self, digest: bytes) -> State | None:
        """What became of the segment with a digest; None where it is not kept."""
        found = self._do("SELECT state FROM segments WHERE digest = ?", (digest,)).scalar()
        return None if found is None else State(found)

    def left_count(self) -> dict[str, int]:
        """How many kept segments are in each state but applied."""
        return dict(self._do("SELECT state, count(*) FROM segments WHERE state != 'applied' GROUP BY state").all())

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

    def knows(self, carrier: str) -> bool:
        """Whether an exchange with a carrier is noted."""
        return self._do("SELECT 1 FROM carriers WHERE carrier = ?", (carrier,)).scalar() is not None

    def forget(self, carrier: str) -> None:
        """Note nothing of a carrier any more. What is on it alone is only on this laptop again, as far as one knows."""
        for table in ("carriers", "seen"):
            self._do(f"DELETE FROM {table} WHERE carrier = ?", (carrier,))  # noqa: S608 (our own names)

    def exchanges(self, device: bytes) -> list[LastExchange]:
        """The latest exchange with each carrier, newest first, and how much of the device's own it lacks."""
        loose = self._do(  # in no segment yet
            "SELECT sum((SELECT count(*) FROM changes c WHERE c.run = r.run AND c.number > r.carried)) FROM"  # noqa: S608 (ours)
            f" (SELECT run, reached, {_CARRIED} AS carried FROM runs r WHERE device = ?) r WHERE reached > carried",
            (device,),
        ).scalar()
        rows = self._do(
            "SELECT carrier, place, at, account, (SELECT coalesce(sum(s.count), 0) FROM segments s WHERE s.device = ?"  # noqa: S608 (ours)
            f" AND {_CARRIES} AND s.name NOT IN (SELECT segment FROM seen WHERE seen.carrier = carriers.carrier))"
            " FROM carriers ORDER BY at DESC",
            (device,),
        )
        return [
            LastExchange(carrier, place, at, json.loads(account), (loose or 0) + lacks)
            for carrier, place, at, account, lacks in rows
        ]

    def to_confirm(self, device: bytes, devices: Collection[bytes]) -> dict[bytes, int]:
        """The runs of these devices that reach further here than this device has said so far, and how far; but not for
        receipts alone, or two coordinators' laptops would sign for each other's for ever."""
        marks = ",".join("?" * len(devices))
        rows = self._do(
            "SELECT r.run, r.reached FROM runs r LEFT JOIN receipts x ON x.run = r.run AND x.device = ? AND x.first = 0"  # noqa: S608 (only question marks)
            f" WHERE r.device IN ({marks}) AND r.reached > coalesce(x.reached, 0) AND EXISTS (SELECT 1"
            " FROM changes c WHERE c.run = r.run AND c.number > coalesce(x.reached, 0) AND c.verb <> 'receive')",
            (device, *devices),
        )
        return dict(rows.all())

    def received_of(self, device: bytes, coordinators: Collection[bytes]) -> dict[bytes, int]:
        """How far the department has what a device wrote: by run what is held here, and what these signed for; of a
        coordinator's laptop, what the others did."""
        others = [each for each in coordinators if each != device]
        marks = ",".join("?" * len(others))
        rows = self._do(
            "SELECT run, reached FROM runs WHERE device = ? UNION ALL SELECT run, max(reached) FROM receipts"  # noqa: S608 (only question marks)
            f" WHERE device IN ({marks}) AND first = 0 GROUP BY run",
            (device, *others),
        )
        found: dict[bytes, int] = {}
        for run, reached in rows:
            if is_run_of(run, device):
                found[run] = max(found.get(run, 0), reached)
        return found

    def heard_of(self) -> dict[bytes, tuple[int, str]]:
        """By device, the clock of the latest change that is held of it, and who wrote that."""
        rows = self._do("SELECT device, max(clock), author FROM changes WHERE run IS NOT NULL GROUP BY device")
        return {device: (clock, author) for device, clock, author in rows}

    def let_in_of(self) -> dict[bytes, int]:
        """By device, when it was let in, by the clock of whoever did; of one that nobody let in, when it began."""
        began: dict[bytes, int] = dict(
            self._do("SELECT device, min(clock) FROM changes WHERE run IS NOT NULL GROUP BY device")
        )
        rows = self._do("SELECT clock, statements FROM changes WHERE statements IS NOT NULL AND verb = 'let_in'").all()
        let_in: dict[bytes, int] = {}
        for clock, raw in rows:
            for each in map(understood, unpacked_statements(raw)):
                if isinstance(each, Accepted):
                    device = device_of(each.key)
                    let_in[device] = min(clock, let_in.get(device, clock))
        return {**began, **let_in}

    def waiting_of(self) -> dict[bytes, int]:
        """By device, how many changes (of sealed segments, how many segments) are kept and not taken in."""
        rows = self._do("SELECT device, sum(max(count, 1)) FROM segments WHERE state != 'applied' GROUP BY device")
        return dict(rows.all())

    def whereabouts(self, device: bytes, coordinators: Collection[bytes]) -> Whereabouts:
        """Where the device's own changes are, those aside that the program makes by itself. The department has received
        what a coordinator's laptop has signed for; of a coordinator's own, another one's."""
        others = [each for each in coordinators if each != device]
        marks = ",".join("?" * len(others))
        total, received, copied = self._do(
            "SELECT count(*), sum(got), sum(CASE WHEN NOT got THEN EXISTS (SELECT 1 FROM segments s JOIN seen"  # noqa: S608 (only question marks)
            "  ON seen.segment = s.name WHERE s.run = c.run AND s.last >= c.last AND s.first <= c.last) END) FROM ("
            " SELECT run, last, EXISTS (SELECT 1 FROM receipts r WHERE r.run = own.run AND r.first <= own.last"
            f"  AND r.reached >= own.last AND r.device IN ({marks})) AS got FROM ("
            f"  SELECT run, last FROM changes WHERE device = ? AND run IS NOT NULL AND verb NOT IN {BY_ITSELF}"
            "  UNION ALL SELECT run, last FROM segments WHERE device = ? AND state = 'sealed') own) c",
            (*others, device, device),
        ).all()[0]
        left = total - (received or 0) - (copied or 0)
        return Whereabouts(left, copied or 0, received or 0, device in coordinators and not others)


Sealer = Callable[[Change, Shipping], Kept]
"""Makes the segment of one change, sealed to others as it is saved."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of changes that came from elsewhere."""

    new: int
    known: int
    waiting: int  # they follow changes that have not come yet, or their laptop was not let in
    changes: Changes
    clashing: int = 0  # another content came under the same number, or under one before it in the run
    state: State = State.APPLIED


BY_ITSELF = "('join', 'receive', 'give_keys', 'let_in')"
_CARRIES = (
    "s.state != 'waiting'"
    " AND (s.state NOT IN ('sealed', 'newer') OR NOT EXISTS (SELECT 1 FROM changes c WHERE c.run = s.run))"
)
"""Of a segment ``s``: whether it carries what it says on to others, who take in none before the one it follows. One
that cannot be read here carries what was sealed from this laptop as it was saved, nothing of a run that is held."""

_CARRIED = (  # the first end that no segment goes on from
    "(SELECT min(e.last) FROM (SELECT 0 AS last UNION ALL SELECT s.last FROM segments s WHERE s.run = r.run"  # noqa: S608 (only what stands above)
    f" AND {_CARRIES}) e WHERE NOT EXISTS (SELECT 1 FROM segments s WHERE s.run = r.run AND s.last > e.last"
    f" AND s.first <= e.last + 1 AND {_CARRIES}))"
)
"""Of a run ``r``: how far its segments reach without a hole. The highest number would hide one."""

_KEPT = "SELECT name, digest, device, run, first, last, count, state, data FROM segments"
