"""What only a person can decide, listed once each: fields that differ, deletions beside edits, what may be the same."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Slot, Stamped, WriteId
from outreach_app.journal.joining import come_to_differ
from outreach_app.journal.standing import DELETED
from outreach_app.journal.undoing import stands_for
from outreach_app.model.fields import Rule, Value
from outreach_app.model.identifiers import derived_id, digest_of, id_bytes
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.clusters import contradictions, link_id, members
from outreach_app.store.journals import Journal
from outreach_app.store.notices import Noticed
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.statements import Statements
from outreach_app.store.views import Views

_LISTED = 2_000
_ASKED_OTHERWISE = ("links", "decision_notes")
"""Links that say both are asked about as the pairs they are; of who decides, the latest holds."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values that stand beside each other."""

    value: Value
    clock: int
    author: str
    source: str
    device: bytes


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that waits for a person.

    ``what``: "conflict" (answers differ), "deletion" (beside an edit), "duplicate" (two may be one), "apart" (somebody
    said that two are not one, and others join them); and of no kind what is only to be noted, "clock" (a device's),
    "file" (of a carrier) or "row" (of a workbook), ``record`` being the device, the carrier's id or the file's name;
    "held", what a device wrote and a person has to accept or leave out (``operations/held.py``); and "asking", a device
    that a person has to let in (``operations/admissions.py``).
    """

    what: str
    kind: str
    record: str
    title: str
    field: str = ""
    element: str = ""
    options: tuple[Option, ...] = ()
    other: str = ""  # a duplicate, or one of two apart: the other record
    other_title: str = ""
    why: tuple[str, ...] = ()
    score: int = 0
    keeps_all: bool = False  # texts that stand beside each other: no answer takes the place of another
    lines: tuple[Noticed, ...] = ()  # what is to be noted
    handed_to: str = ""  # whose it is to decide; "" while it is a coordinator's
    put_off: bool = False  # left for later, at this laptop
    pairs: tuple["Decision", ...] = ()  # a group that may be one: each of its pairs, the best, which this is, first

    @property
    def slot(self) -> Slot:
        """The slot that a conflict is about."""
        return Slot(self.kind, self.record, self.field, self.element)

    @property
    def place(self) -> str:
        """The id of the note on who decides it, alike on every laptop."""
        return derived_id("decision", self.what, self.kind, self.record, self.field, self.element, self.other)

    @property
    def each(self) -> tuple["Decision", ...]:
        """What it is for whoever hands it over or puts it off: the pairs of a group, else itself."""
        return self.pairs or (self,)

    @property
    def records(self) -> tuple[str, ...]:
        """The records it is about; of those that may be one the older first."""
        return tuple(sorted({record for pair in self.each for record in (pair.record, pair.other) if record}))

    @property
    def can_keep_both(self) -> bool:
        """Whether all that was written can stay, each for itself."""
        return self.keeps_all or (bool(self.element) and sum(each.value is not None for each in self.options) > 1)

    @property
    def stood(self) -> bytes:
        """A digest of what stands to be decided, for telling when something new does."""
        return digest_of(repr((self.options, self.why, self.lines)))


Place: TypeAlias = tuple[str, str, str, str]
"""Kind, record (of joined ones the head), field and element."""


def conflicts(connection: Connection, registry: Registry) -> list[Decision]:
    """Fields whose standing values differ, of one record or of those that stand as one, and deletions beside edits."""
    places = undecided_places(connection, registry)[:_LISTED]
    clusters = {(kind, record): members(connection, kind, record) for kind, record, _field, _element in places}
    journals = Journal(connection).load({id_bytes(each) for cluster in clusters.values() for each in cluster})
    views = Views(connection, registry)
    titles = {kind: views.titles(kind, [at[1] for at in places if at[0] == kind]) for kind in {at[0] for at in places}}
    found = []
    for kind, record, field, element in places:
        options = _options(kind, clusters[kind, record], field, element, journals, registry.rule)
        what = "deletion" if field == DELETED else "conflict"
        found.append(
            Decision(
                what, kind, record, titles[kind].get(record, ""), field, element, options,
                keeps_all=registry.rule(kind, field) is Rule.ONCE,
            )
        )  # fmt: skip
    return found


def undecided_places(connection: Connection, registry: Registry) -> list[Place]:
    """Everything that is not decided, once each, of records that are shown."""
    found: dict[Place, None] = {}
    kinds = Statements(connection)("SELECT DISTINCT kind FROM undecided").scalars()
    for kind in sorted(each for each in kinds if each in registry and each not in _ASKED_OTHERWISE):
        rows = Statements(connection)(
            f'SELECT coalesce(k.stands_under, k.id), u.field, u.element FROM undecided u JOIN "{kind}" k'  # noqa: S608 (a declared kind)
            " ON k.id = u.record WHERE u.kind = ? AND k.shown ORDER BY 1, 2, 3",
            (kind,),
        )
        found.update(((kind, *row), None) for row in rows)
    for kind in registry.values():
        if kind.about.joinable:
            found.update(dict.fromkeys(_come_to_differ(connection, registry, kind)))
    return list(found)


def _come_to_differ(connection: Connection, registry: Registry, kind: Kind) -> Iterator[Place]:
    """Where one of several that stand as one says what their head does not: others went on writing in it alone."""
    rows = Statements(connection)(
        f'SELECT id, stands_under FROM "{kind.name}" WHERE stands_under IS NOT NULL AND shown ORDER BY 2, 1'  # noqa: S608 (a declared kind)
    ).all()
    views = {
        view.id: view
        for view in Views(connection, registry).many(kind.name, list({each for row in rows for each in row}))
    }
    rules = {field.name: field.rule for field in kind.fields}
    for member, head in rows:
        for name, element in come_to_differ(rules, views[head].values, views[member].values):
            yield kind.name, head, name, element


def _options(
    kind: str,
    cluster: Sequence[str],
    field: str,
    element: str,
    journals: Mapping[bytes, RecordJournal],
    rule: Callable[[str, str], Rule],
) -> tuple[Option, ...]:
    """The different values, the one shown first; of equal ones the first that was written, also where an undo put it
    back: who undid wrote none of them."""
    standing: list[Stamped] = []
    held: dict[WriteId, Stamped] = {}
    nothing = False
    for place, member in enumerate(cluster):
        journal = journals.get(id_bytes(member))
        own = journal.in_slot(Slot(kind, member, field, element)) if journal else []
        held |= {each.write.id: each for each in journal.writes} if journal else {}
        standing += reversed(own) if not place else own  # the last of the head's is shown
        nothing = nothing or not own
    options: dict[str, Option] = {}
    for stands in standing:
        key = json.dumps(stands.write.value, sort_keys=True)
        known = options.get(key)
        lines = (held[origin] for origin in stands_for(stands.write.id, held, rule))
        each = min(lines, key=lambda line: (line.clock, line.write.id))
        if known is None or each.clock < known.clock:
            options[key] = Option(stands.write.value, each.clock, each.author, each.source, each.device)
    if nothing and field != DELETED:
        options.setdefault("null", Option(None, 0, "", "", b""))
    return tuple(options.values())


def duplicates(connection: Connection, registry: Registry, titled: bool = True) -> list[Decision]:
    """Pairs that matching found and nobody has decided, best first; then those of which two said both. Not ``titled``,
    for counting."""
    rows = sorted(_open_pairs(connection, registry), key=lambda row: (-row[3], row[1], row[2]))[:_LISTED]
    titles = _titles(connection, registry, [row[:3] for row in rows]) if titled else {}
    return [
        Decision("duplicate", kind, one, titles.get(one, ""), other=other, other_title=titles.get(other, ""),
                 why=tuple(json.loads(why)), score=score)
        for kind, one, other, score, why in rows
    ]  # fmt: skip


def apart(connection: Connection, registry: Registry) -> list[Decision]:
    """Pairs that are not the same, somebody said, and that others join all the same."""
    pairs = apart_pairs(connection, registry)
    titles = _titles(connection, registry, pairs)
    return [
        Decision("apart", kind, one, titles.get(one, ""), other=other, other_title=titles.get(other, ""))
        for kind, one, other in pairs
    ]


def apart_pairs(connection: Connection, registry: Registry) -> list[tuple[str, str, str]]:
    """Kind, one and other of those pairs; one whose link itself is in dispute is asked about once, as that."""
    kinds = [kind.name for kind in registry.values() if kind.about.joinable and "links" in registry]
    pairs = [(kind, *pair) for kind in kinds for pair in contradictions(connection, kind)]
    disputed = set(Statements(connection)("SELECT record FROM undecided WHERE kind = 'links'").scalars())
    return [each for each in pairs if link_id(*each[1:]) not in disputed]


def _titles(connection: Connection, registry: Registry, pairs: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """The titles of both sides of pairs of any kind."""
    views, found = Views(connection, registry), dict[str, str]()
    for kind in {pair[0] for pair in pairs}:
        found.update(views.titles(kind, [each for pair in pairs if pair[0] == kind for each in pair[1:]]))
    return found


def _open_pairs(connection: Connection, registry: Registry) -> list[Any]:
    """(kind, one, other, score, why) of the pairs whose both sides are shown and which no link has decided, or one that
    says both."""
    found: list[Any] = []
    for kind in registry.values():
        if kind.about.joinable and "links" in registry:
            both = f'JOIN "{kind.name}" a ON a.id = {{0}} JOIN "{kind.name}" b ON b.id = {{1}}'
            found += Statements(connection)(
                f"SELECT p.kind, p.one, p.other, p.score, p.why FROM pairs p {both.format('p.one', 'p.other')}"  # noqa: S608 (a declared kind)
                " WHERE p.kind = ? AND a.shown AND b.shown AND a.stands_under IS NULL AND b.stands_under IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM links l WHERE l.one_record = p.one AND l.other_record = p.other"
                " AND l.of_kind = p.kind AND l.shown AND l.says <> 'undecided')",
                (kind.name,),
            ).all()
            found += Statements(connection)(
                "SELECT l.of_kind, l.one_record, l.other_record, coalesce(p.score, 0), coalesce(p.why, '[]')"  # noqa: S608 (a declared kind)
                " FROM undecided u JOIN links l ON l.id = u.record "
                f"{both.format('l.one_record', 'l.other_record')}"
                " LEFT JOIN pairs p ON p.one = l.one_record AND p.other = l.other_record AND p.kind = l.of_kind"
                " WHERE u.kind = 'links' AND u.field = 'says' AND l.of_kind = ? AND l.shown AND a.shown AND b.shown",
                (kind.name,),
            ).all()
    return found


def counted(connection: Connection, registry: Registry) -> dict[str, int]:
    """How many conflicts and duplicates wait for a decision."""
    return {
        "conflicts": len(undecided_places(connection, registry)),
        "duplicates": len(_open_pairs(connection, registry)) + len(apart_pairs(connection, registry)),
    }
