"""Whose each decision is, what somebody noted, and what is put off: laid over what there is to decide."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from outreach_app.journal.changes import Stamped
from outreach_app.journal.clock import DAY
from outreach_app.journal.members import Membership
from outreach_app.model.identifiers import derived_id, id_bytes, id_text
from outreach_app.model.kinds import Registry
from outreach_app.store.decisions import Decision, apart, conflicts, counted, duplicates
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.notices import ASKING, Notice, Noticed, Notices
from outreach_app.store.statements import Statements

NOTES = "decision_notes"
NOTICES = ("clock", "file", "row", "held", ASKING)
_COORDINATORS = ("held", ASKING)
"""Notices that hide what some laptop wrote once they are noted."""
_COUNTED_AS = {"conflict": "conflicts", "deletion": "conflicts", **dict.fromkeys(NOTICES, "notices")}


class _Note(NamedTuple):
    """To whom a decision was handed, and the marks of what was noted of it."""

    handed_to: str = ""
    noted: frozenset[str] = frozenset()


class Handovers:
    """Everything that waits for a person, on one connection, at a moment; ``known``: who belongs by then."""

    def __init__(self, connection: Connection, registry: Registry, now: int, known: Membership) -> None:
        self._connection = connection
        self._registry = registry
        self._now = now
        self._known = known
        self._do = Statements(connection)

    def waiting(self, also_put_off: bool = False) -> list[Decision]:
        """All of it, each once."""
        return self._handed(
            [
                *conflicts(self._connection, self._registry),
                *apart(self._connection, self._registry),
                *duplicates(self._connection, self._registry),
                *self._notices(),
            ],
            also_put_off,
        )

    def pairs(self) -> list[Decision]:
        """The pairs among them that may be one, without their titles."""
        return self._handed(duplicates(self._connection, self._registry, titled=False))

    def _handed(self, found: Sequence[Decision], also_put_off: bool = False) -> list[Decision]:
        """Each with whose it is and whether it is put off."""
        places = [each.place for each in found]
        notes, off = self._notes(places), self._put_off()
        none = _Note()
        handed = [
            replace(each, handed_to=notes.get(place, none).handed_to, put_off=off.get(place) == each.stood)
            if place in notes or place in off
            else each
            for each, place in zip(found, places, strict=True)
        ]
        return [each for each in handed if also_put_off or not each.put_off]

    def handed_to(self, decision: Decision) -> str:
        """Whose a decision is now, by name; "" while it is a coordinator's."""
        return self._notes([decision.place]).get(decision.place, _Note()).handed_to

    def counts(self) -> dict[str, int]:
        """How many conflicts, duplicates and notices wait."""
        if not self._put_off():  # counted without looking into any of them
            return {**counted(self._connection, self._registry), "notices": len(self._notices())}
        found = Counter(_COUNTED_AS.get(each.what, "duplicates") for each in self.waiting())
        return {name: found[name] for name in ("conflicts", "duplicates", "notices")}

    def looked_at(self) -> list[tuple[str, Noticed]]:
        """Of what is held those lines that somebody accepted or left out, each with its device."""
        held = list(Notices(self._connection).held(self._known))
        waits = {line.name for each in self._notices(held) for line in each.lines}
        return [(each.place, line) for each in held for line in each.lines if line.name not in waits]

    def put_off(self, decision: Decision) -> None:
        """Leave a decision until a day from now, or until something new stands."""
        row = (decision.place, self._now + DAY, decision.stood)
        self._do("DELETE FROM put_off WHERE until <= ?", (self._now,))
        self._do("INSERT OR REPLACE INTO put_off VALUES (?,?,?)", row)

    def take_up(self, decision: Decision) -> None:
        """Have a decision that was put off wait again."""
        self._do("DELETE FROM put_off WHERE place = ?", (decision.place,))

    def _notices(self, notices: Iterable[Notice] | None = None) -> list[Decision]:
        """What is to be noted, and was not: of all there is, or of these notices."""
        made = [
            Decision(each.what, "", each.place, each.title, lines=each.lines)
            for each in (Notices(self._connection).all(self._known) if notices is None else notices)
        ]
        notes = self._notes(place for each in made for place in {noted_at(each, line) for line in each.lines})
        counts = self._counts([each for each in made if each.what in _COORDINATORS])
        left = []
        for each in made:
            noted = {line.mark for line in each.lines if line.mark in notes.get(noted_at(each, line), _Note()).noted}
            if each.what in _COORDINATORS:
                noted &= counts
            lines = tuple(line for line in each.lines if line.mark not in noted)
            if lines:
                left.append(replace(each, lines=lines))
        return left

    def _counts(self, notices: Sequence[Decision]) -> set[str]:
        """Of what one laptop wrote and others wait for, the marks that were noted by who may: a coordinator, or whoever
        a coordinator handed it to. What a workbook teaches is nobody's word."""
        marks = [(each.place, noted_at(each, line), line.mark) for each in notices for line in each.lines]
        places = {id_bytes(place) for whole, part, _mark in marks for place in (whole, part)}
        said: dict[tuple[str, str], list[Stamped]] = {}
        for raw, journal in Journal(self._connection).load(places).items():
            for each in journal.standing():
                if each.change is not None and each.write.value:
                    said.setdefault((id_text(raw), each.write.slot.field), []).append(each)
        named = {member.name for member in self._known.members.values()}
        counts = set()
        for whole, part, mark in marks:
            handed = {each.write.value for each in said.get((whole, "handed_to"), ()) if self._speaks(each)}
            for each in said.get((part, "noted"), ()):
                member = self._known.members.get(each.device)
                own = member is not None and (member.name == each.author or each.author not in named)
                if each.write.value == mark and (self._speaks(each) or (own and each.author in handed)):
                    counts.add(mark)
        return counts

    def _speaks(self, each: Stamped) -> bool:
        return each.change is not None and self._known.speaks(each.device, *each.change)

    def _notes(self, places: Iterable[str]) -> dict[str, "_Note"]:
        """To whom decisions were handed, and what of them was noted, by their places."""
        found: dict[str, _Note] = {}
        if NOTES not in self._registry:
            return found
        for chunk in chunks(places):
            marks = ",".join("?" * len(chunk))
            rows = self._do(
                f"SELECT id, handed_to, noted FROM {NOTES} WHERE shown AND id IN ({marks})",  # noqa: S608 (our own name)
                tuple(chunk),
            )
            for record, handed_to, noted in rows:
                said = frozenset(element["value"] for element in json.loads(noted or "[]"))
                found[record] = _Note(handed_to or "", said)
        return found

    def _put_off(self) -> dict[str, bytes]:
        """What stood of the decisions that are put off still."""
        return dict(self._do("SELECT place, stood FROM put_off WHERE until > ?", (self._now,)).all())


def noted_at(decision: Decision, line: Noticed) -> str:
    """The id of the note that says that a line of it was noted. What is held has one for each line: one may be for
    coordinators alone, and then so is what becomes of it."""
    return derived_id("held", line.mark) if decision.what == "held" else decision.place


def is_notice(decision: Decision) -> bool:
    """Whether it is only to be noted."""
    return decision.what in NOTICES
