"""Lists of one kind of record as people look through them: those found by a few letters, in the order asked for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, collate, func, select

from outreach_app.model import counties
from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.operations.spoken_titles import spoken_titles
from outreach_app.store.searching import matching
from outreach_app.store.stores import Store
from outreach_app.store.views import NOTHING, View

MOST = 5_000
"""So many are looked at where letters find more: nobody reads on from there, and more letters find fewer."""

_FIRST = {Shape.PHONE: "$[0].value.number", Shape.ADDRESS: "$[0].value.town"}
_PLAIN = {"": "sort_key", "title": "sort_key"}


@dataclass(frozen=True, slots=True)
class Listing:
    """Which records of a kind are listed. ``records``: only these; None for all. ``cut``: letters found still more."""

    kind: str
    records: tuple[str, ...] | None
    count: int
    cut: bool = False


def listing(store: Store, kind: str, text: str = "", where: Mapping[str, Any] = NOTHING) -> Listing:
    """What is listed of a kind: all of it, or what has words that begin with those of ``text`` and fits ``where``."""
    if not text.strip() and not where:
        return Listing(kind, None, store.count(kind))
    chosen = {view.id: None for view in store.list(kind, where)} if where else None
    cut = False
    if text.strip():
        found, cut = _found(store, kind, text)
        chosen = found if chosen is None else {record: None for record in chosen if record in found}
    records = tuple(chosen or ())
    return Listing(kind, records, len(records), cut)


def _found(store: Store, kind: str, text: str) -> tuple[dict[str, None], bool]:
    """The shown records with these words (for a joined one what it stands under), and whether there may be more."""
    table = store.registry[kind].table
    store.catch_up()
    with store.reading() as connection:
        matches = matching(connection, text, [kind], MOST).get(kind, [])
        rows = connection.execute(
            select(func.coalesce(table.c.stands_under, table.c.id)).where(_among(table.c.id, matches), table.c.shown)
        )
        return dict.fromkeys(rows.scalars()), len(matches) == MOST


def listed(
    store: Store, of: Listing, order: str = "", limit: int | None = None, offset: int = 0, language: str = ""
) -> Sequence[View]:
    """A part of a list. ``order`` is a field or column, ``-`` before it for falling, or several with commas between
    them; by title where it is empty.

    References are ordered by what they are called, choices as they are offered, lists by their first element; what is
    empty comes last either way. With a ``language``, what records point at is called by its name there.
    """
    declared = store.registry[of.kind]
    table = declared.table
    asked = select(table.c.id).where(table.c.shown, table.c.stands_under.is_(None))
    if of.records is not None:
        asked = asked.where(_among(table.c.id, of.records))
    for each in order.split(","):
        name = each.lstrip("-")
        if name in declared.by_name:
            by = _ordering(store.registry, declared, declared.by_name[name])
            asked = asked.order_by(by.is_(None))
        else:
            by = table.c[_PLAIN.get(name, name)]
        asked = asked.order_by(by.desc() if each.startswith("-") else by.asc())
    asked = asked.order_by(table.c.sort_key, table.c.id)
    with store.reading() as connection:
        ids = connection.execute(asked.limit(limit).offset(offset) if limit is not None else asked).scalars().all()
    return spoken_titles(store, store.many(of.kind, ids), language)


def _among(column: ColumnElement[Any], records: Sequence[str]) -> ColumnElement[bool]:
    """That a column holds one of the records, however many they are."""
    each = func.json_each(json.dumps(records)).table_valued("value")
    return column.in_(select(each.c.value))


def _ordering(registry: Registry, declared: Kind, field: Field) -> ColumnElement[Any] | ScalarSelect[Any]:
    column: ColumnElement[Any] = declared.table.c[field.name]
    if field.many:
        column = func.json_extract(column, _FIRST.get(field.shape, "$[0].value"))
    match field.shape:
        case Shape.REFERENCE if field.refers_to in registry:
            other = registry[field.refers_to].table.alias()
            return select(other.c.sort_key).where(other.c.id == column).scalar_subquery()
        case Shape.CHOICE:
            return _ranked(column, list(vocabulary(field.vocabulary).codes))
        case Shape.COUNTY:
            named = counties.labels()
            return _ranked(column, sorted(named, key=lambda fips: folded(named[fips])))
        case Shape.NUMBER | Shape.YES_NO:
            return column
    return collate(column, "NOCASE")


def _ranked(column: ColumnElement[Any], codes: Sequence[str]) -> ColumnElement[Any]:
    """By place in a list; codes that are not in it follow, and None stays None."""
    places: dict[Any, int] = {code: place for place, code in enumerate(codes)}
    return case((column.is_(None), None), else_=case(places, value=column, else_=len(codes)))
