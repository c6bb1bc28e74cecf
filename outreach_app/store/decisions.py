"""What only a person can decide, listed once each: fields that differ, deletions beside edits, what may be the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Slot, Stamped
from outreach_app.journal.standing import DELETED
from outreach_app.model.fields import Value
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.model.kinds import Registry
from outreach_app.store.journals import Journal
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


def conflicts(connection: Connection, registry: Registry) -> list[Decision]:
    """Fields whose standing values differ, and deletions of what others were still writing."""
    rows = connection.exec_driver_sql(
        "SELECT record, field, element, kind FROM undecided ORDER BY kind, record, field LIMIT ?", (_LISTED,)
    ).all()
    loaded = Journal(connection).load({row.record for row in rows})
    views = Views(connection, registry)
    found = []
    for raw, field, element, kind in rows:
        record = id_text(raw)
        view = views.get(kind, record)
        if view is None or view.stands_under:
            continue
        standing = loaded[raw].in_slot(Slot(kind, record, field, element))
        options = _options(standing)
        what = "deletion" if field == DELETED else "conflict"
        found.append(Decision(what, kind, record, view.title, field, element, options))
    return found


def _options(standing: list[Stamped]) -> tuple[Option, ...]:
    """The different values, the one shown first; of equal ones the first that was written."""
    options: dict[str, Option] = {}
    for each in standing:
        key = json.dumps(each.write.value, sort_keys=True, default=str)
        option = Option(each.write.value, each.clock, each.author, each.source, each.device)
        shown = each is standing[-1]
        options = {key: options.get(key, option), **options} if shown else {**options, key: options.get(key, option)}
    return tuple(options.values())


def duplicates(connection: Connection, registry: Registry) -> list[Decision]:
    """Pairs that matching found and nobody has decided, best first."""
    rows = connection.exec_driver_sql(
        "SELECT kind, one, other, score, why FROM pairs ORDER BY score DESC, one, other LIMIT ?", (_LISTED,)
    ).all()
    views = Views(connection, registry)
    found = []
    for kind, one, other, score, why in rows:
        pair = views.many(kind, [id_text(one), id_text(other)])
        if len(pair) == 2 and all(view.shown and not view.stands_under for view in pair):
            found.append(
                Decision("duplicate", kind, pair[0].id, pair[0].title, other=pair[1].id, other_title=pair[1].title,
                         why=tuple(json.loads(why)), score=score)
            )  # fmt: skip
    return found


def counted(connection: Connection) -> dict[str, int]:
    """How many conflicts and duplicates wait for a decision."""

    def one(statement: str) -> int:
        return int(connection.exec_driver_sql(statement).scalar_one())

    return {"conflicts": one("SELECT count(*) FROM undecided"), "duplicates": one("SELECT count(*) FROM pairs")}


def keep_pairs(connection: Connection, kind: str, pairs: Sequence[FoundPair]) -> None:
    """Put what matching found of one kind in place of what it found before."""
    connection.exec_driver_sql("DELETE FROM pairs WHERE kind = ?", (kind,))
    rows: list[Any] = [
        (id_bytes(min(one, other)), id_bytes(max(one, other)), kind, score, json.dumps(why, ensure_ascii=False))
        for one, other, score, why in pairs
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO pairs (one, other, kind, score, why) VALUES (?,?,?,?,?)", rows
        )


def drop_pair(connection: Connection, one: str, other: str) -> None:
    """A pair has been decided."""
    connection.exec_driver_sql(
        "DELETE FROM pairs WHERE one = ? AND other = ?", (id_bytes(min(one, other)), id_bytes(max(one, other)))
    )
