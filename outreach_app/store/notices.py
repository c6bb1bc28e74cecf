"""What a person only has to take note of: clocks that cannot be right, files and rows of which nothing was taken; and
what is held of a laptop until somebody has looked at it."""

from binascii import unhexlify
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from outreach_app.journal.changes import Change
from outreach_app.journal.clock import odd_clocks
from outreach_app.journal.members import Membership
from outreach_app.model.identifiers import derived_element
from outreach_app.model.letters import well_formed
from outreach_app.store.statements import Statements

ASKING = "asking"
"""What the notice of a laptop is called that asks to be let in, and that a coordinator has to let in."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One line of a notice."""

    name: str  # of a file or a held segment; the sheet and number of a row; a laptop's short code; "" of a clock
    reason: str  # a sentence; of a clock journal/clock.py's Oddness; of what is held shipping.py's State
    at: int  # since when it is set aside; of a clock what it said
    by: str = ""  # of a clock: who wrote
    mark: str = ""  # what is kept of it where somebody has noted it: an element's id, alike on every laptop
    changes: int = 1  # of what is held: how many


@dataclass(frozen=True, slots=True)
class Notice:
    """What is noticed in one place: ``what`` "clock", "held" or "asking" (a device), "file" (a carrier) or "row" (a
    workbook)."""

    what: str
    place: str
    title: str
    lines: tuple[Noticed, ...]


class Notices:
    """The tables of notices, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._do = Statements(connection)

    def watch(self, changes: Sequence[Change], now: int, own: bytes) -> None:
        """Flag the clocks among changes that are about to be taken in; the device's ``own`` run forward anyway."""
        runs = {change.id.run for change in changes if change.device != own}
        before = {run: clock for run in runs if (clock := self._last(run)) is not None}
        for change, why in odd_clocks(changes, before, now):
            self._do(
                "INSERT OR IGNORE INTO odd_clocks VALUES (?,?,?,?,?)",
                (change.id.run, why.value, change.device, change.author, change.clock),
            )

    def _last(self, run: bytes) -> int | None:
        found: int | None = self._do(
            "SELECT clock FROM changes WHERE run = ? ORDER BY number DESC LIMIT 1", (run,)
        ).scalar()
        return found

    def set_aside(self, what: str, place: str, title: str, lines: Sequence[tuple[str, str]], now: int) -> None:
        """Of one carrier or workbook (``title`` is what people call it) the files or rows set aside, each with why, in
        place of those before: what is set aside no longer is gone."""
        place, title = well_formed(place), well_formed(title)
        held: dict[str, int] = dict(
            self._do(
                "SELECT name || char(10) || reason, since FROM set_aside WHERE what = ? AND place = ?", (what, place)
            )
        )
        self._do("DELETE FROM set_aside WHERE what = ? AND place = ?", (what, place))
        rows = [
            (what, place, well_formed(name), title, why, held.get(f"{name}\n{why}", now))
            for name, why in dict(lines).items()
        ]
        if rows:
            self._do("INSERT INTO set_aside VALUES (?,?,?,?,?,?)", rows)

    def all(self, known: Membership) -> Iterator[Notice]:
        """All that is noticed here, noted or not; what is held by the names of the ``known`` members."""
        odd = self._do("SELECT hex(device), author, reason, clock, hex(run) FROM odd_clocks ORDER BY 1, 4, 5, 3").all()
        for device, rows in groupby(odd, key=lambda row: str(row[0])):
            lines = [Noticed("", why, clock, by, derived_element(run, why)) for _d, by, why, clock, run in rows]
            yield Notice("clock", device.lower(), ", ".join(dict.fromkeys(line.by for line in lines)), tuple(lines))
        aside = self._do("SELECT what, place, title, name, reason, since FROM set_aside ORDER BY 1, 2, 4").all()
        for (what, place, title), rows in groupby(aside, key=lambda row: tuple(row[:3])):
            if what == ASKING and not self._still_asks(place):
                continue
            kept = (Noticed(name, why, since, "", derived_element(name, why)) for _w, _p, _t, name, why, since in rows)
            yield Notice(what, place, title, tuple(kept))
        yield from self.held(known)

    def _still_asks(self, device: str) -> bool:
        """Whether what a laptop wrote still waits for it to be let in."""
        found = self._do("SELECT 1 FROM segments WHERE state = 'stranger' AND device = ? LIMIT 1", (unhexlify(device),))
        return found.scalar() is not None

    def held(self, known: Membership) -> Iterator[Notice]:
        """What a laptop wrote after it was given up as lost, and second contents of one number."""
        kept = self._do(
            "SELECT device, name, state, count, digest FROM segments WHERE state IN ('held', 'forked')"
            " ORDER BY device, run, first, name"
        ).all()
        names = self._names(known) if kept else {}
        for device, rows in groupby(kept, key=lambda row: bytes(row[0])):
            lines = [
                Noticed(name, state, 0, "", derived_element("held", digest), count)
                for _d, name, state, count, digest in rows
            ]
            yield Notice("held", device.hex(), names.get(device, ""), tuple(lines))

    def _names(self, known: Membership) -> dict[bytes, str]:
        """Who works with each laptop: as it was let in, by who may, or as what stands of what it wrote says."""
        wrote = self._do("SELECT device, max(clock), author FROM changes WHERE run IS NOT NULL GROUP BY device")
        let_in = {device: member.name for device, member in known.members.items() if member.name}
        return {**{device: author for device, _clock, author in wrote}, **let_in}
