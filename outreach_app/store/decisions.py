"""What only a person can decide, listed once each: fields that differ, deletions beside edits, what may be the same."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Slot, Stamped
from outreach_app.journal.standing import DELETED, frozen
from outreach_app.model.fields import Rule, Value
from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.clusters import members
from outreach_app.store.journals import Journal, RecordJournal
from outreach_app.store.statements import Statements
from outreach_app.store.views import Views

_LISTED = 2_000

FoundPair: TypeAlias = tuple[str, str, int, tuple[str, ...]]
"""One record, the other, the score in thousandths, and why."""


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
    """One thing to decide. ``what``: "conflict", "deletion" or "duplicate"."""

    what: str
    kind: str
    record: str
    title: str
    field: str = ""
    element: str = ""
    options: tuple[Option, ...] = ()
    other: str = ""  # a duplicate: the other record
    other_title: str = ""
    why: tuple[str, ...] = ()
    score: int = 0

    @property
    def slot(self) -> Slot:
        """The slot that a conflict is about."""
        return Slot(self.kind, self.record, self.field, self.element)


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
        options = _options(kind, clusters[kind, record], field, element, journals)
        what = "deletion" if field == DELETED else "conflict"
        found.append(Decision(what, kind, record, titles[kind].get(record, ""), field, element, options))
    return found


def undecided_places(connection: Connection, registry: Registry) -> list[Place]:
    """Everything that is not decided, once each, of records that are shown."""
    found: dict[Place, None] = {}
    kinds = Statements(connection)("SELECT DISTINCT kind FROM undecided").scalars()
    for kind in sorted(each for each in kinds if each in registry):
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
    for member, head in rows:
        own, shown = views[member].values, views[head].values
        for field in kind.fields:
            if field.rule is Rule.VALUE and frozen(own[field.name]) != frozen(shown[field.name]):
                yield kind.name, head, field.name, ""
            elif field.rule is Rule.LIST:
                said = {frozen(each["value"]) for each in shown[field.name] or ()}
                missing = [each["id"] for each in own[field.name] or () if frozen(each["value"]) not in said]
                yield from ((kind.name, head, field.name, element) for element in missing)


def _options(
    kind: str, cluster: Sequence[str], field: str, element: str, journals: Mapping[bytes, RecordJournal]
) -> tuple[Option, ...]:
    """The different values, the one shown first; of equal ones the first that was written."""
    standing: list[Stamped] = []
    nothing = False
    for place, member in enumerate(cluster):
        journal = journals.get(id_bytes(member))
        own = journal.in_slot(Slot(kind, member, field, element)) if journal else []
        standing += reversed(own) if not place else own  # the last of the head's is shown
        nothing = nothing or not own
    options: dict[str, Option] = {}
    for each in standing:
        key = json.dumps(each.write.value, sort_keys=True)
        known = options.get(key)
        if known is None or each.clock < known.clock:
            options[key] = Option(each.write.value, each.clock, each.author, each.source, each.device)
    if nothing and field != DELETED:
        options.setdefault("null", Option(None, 0, "", "", b""))
    return tuple(options.values())


def duplicates(connection: Connection, registry: Registry) -> list[Decision]:
    """Pairs that matching found and nobody has decided, best first."""
    rows = sorted(_open_pairs(connection, registry), key=lambda row: (-row[3], row[1], row[2]))[:_LISTED]
    views = Views(connection, registry)
    titles = {
        kind: views.titles(kind, [each for row in rows if row[0] == kind for each in row[1:3]])
        for kind in {row[0] for row in rows}
    }
    return [
        Decision("duplicate", kind, one, titles[kind].get(one, ""), other=other,
                 other_title=titles[kind].get(other, ""), why=tuple(json.loads(why)), score=score)
        for kind, one, other, score, why in rows
    ]  # fmt: skip


def _open_pairs(connection: Connection, registry: Registry) -> list[Any]:
    """(kind, one, other, score, why) of the pairs whose both sides are shown and which no link has decided."""
    found: list[Any] = []
    for kind in registry.values():
        if kind.about.joinable and "links" in registry:
            found += Statements(connection)(
                "SELECT p.kind, p.one, p.other, p.score, p.why FROM pairs p"  # noqa: S608 (a declared kind)
                f' JOIN "{kind.name}" a ON a.id = p.one JOIN "{kind.name}" b ON b.id = p.other'
                " WHERE p.kind = ? AND a.shown AND b.shown AND a.stands_under IS NULL AND b.stands_under IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM links l WHERE l.one_record = p.one AND l.other_record = p.other"
                " AND l.shown AND l.says <> 'undecided')",
                (kind.name,),
            ).all()
    return found


def counted(connection: Connection, registry: Registry) -> dict[str, int]:
    """How many conflicts and duplicates wait for a decision."""
    return {
        "conflicts": len(undecided_places(connection, registry)),
        "duplicates": len(_open_pairs(connection, registry)),
    }


def keep_pairs(connection: Connection, kind: str, pairs: Sequence[FoundPair]) -> None:
    """Put what matching found of one kind in place of what it found before.

    Pairs that a link has decided stay, for matching no longer finds them: with the link undone they are open again.
    """
    Statements(connection)(
        "DELETE FROM pairs WHERE kind = ? AND NOT EXISTS (SELECT 1 FROM links l WHERE l.one_record = pairs.one"
        " AND l.other_record = pairs.other AND l.shown AND l.says <> 'undecided')",
        (kind,),
    )
    rows: list[Any] = [
        (min(one, other), max(one, other), kind, score, json.dumps(why, ensure_ascii=False))
        for one, other, score, why in pairs
    ]
    if rows:
        Statements(connection)("INSERT OR REPLACE INTO pairs (one, other, kind, score, why) VALUES (?,?,?,?,?)", rows)
