"""Lists of one kind of record as people look through them: those found by a few letters, in the order asked for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, collate, func, select, tuple_

from outreach_app.model import counties
from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.operations.filters import Condition, clause, of_values, resolved
from outreach_app.operations.spoken_titles import spoken_titles
from outreach_app.store.searching import matching
from outreach_app.store.stores import Store
from outreach_app.store.views import NOTHING, View
from outreach_app.store.words import sort_key

MOST = 5_000
"""So many are looked at where letters find more: nobody reads on from there, and more letters find fewer."""

_FIRST = {Shape.PHONE: "$[0].value.number", Shape.ADDRESS: "$[0].value.town"}
_PLAIN = {"": "sort_key", "title": "sort_key", "made_at": "made_at"}
"""The orders that have an index, which holds all that tells whether a record is listed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which records of a kind are listed. ``records``: only those that letters found; None for all. ``conditions``:
    what they are like, resolved. ``cut``: letters found still more."""

    kind: str
    records: tuple[str, ...] | None
    count: int
    cut: bool = False
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record of a list whose place in it is known, to read on from: what the list is sorted by there, and its id."""

    offset: int
    by: str | int
    id: str


def listing(
    store: Store,
    kind: str,
    text: str = "",
    where: Mapping[str, Any] = NOTHING,
    conditions: Sequence[Condition] = (),
) -> Listing:
    """What is listed of a kind: all of it, or what has words that begin with those of ``text`` and is as ``where`` and
    the conditions ask."""
    if not text.strip() and not where and not conditions:
        return Listing(kind, None, store.count(kind))
    declared = store.registry[kind]
    asked = resolved(store, declared, (*of_values(declared, where), *conditions))
    records, cut = _found(store, kind, text) if text.strip() else (None, False)
    if records is not None and not asked:
        return Listing(kind, records, len(records), cut)
    with store.reading() as connection:
        table = declared.table
        among = _chosen(store.registry, Listing(kind, records, 0, cut, asked))
        found = connection.execute(select(func.count()).select_from(table).where(*among)).scalar_one()
    return Listing(kind, records, found, cut, asked)


def _found(store: Store, kind: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The shown records with these words (for a joined one what it stands under), and whether there may be more."""
    table = store.registry[kind].table
    store.catch_up()
    with store.reading() as connection:
        matches = matching(connection, text, [kind], MOST).get(kind, [])
        rows = connection.execute(
            select(func.coalesce(table.c.stands_under, table.c.id)).where(_among(table.c.id, matches), table.c.shown)
        )
        return tuple(dict.fromkeys(rows.scalars())), len(matches) == MOST


def _chosen(registry: Registry, of: Listing) -> list[ColumnElement[bool]]:
    """Which rows are listed."""
    declared = registry[of.kind]
    chosen: list[ColumnElement[bool]] = [declared.table.c.shown, declared.table.c.stands_under.is_(None)]
    if of.records is not None:
        chosen.append(_among(declared.table.c.id, of.records))
    if of.conditions:
        chosen.append(clause(registry, declared, of.conditions))
    return chosen


def listed(
    store: Store,
    of: Listing,
    order: str = "",
    limit: int | None = None,
    offset: int = 0,
    language: str = "",
    anchor: Anchor | None = None,
) -> Sequence[View]:
    """A part of a list. ``order`` is a field or column, ``-`` before it for falling, or several with commas between
    them; by title where it is empty. An ``anchor`` (:func:`anchored`) at or before ``offset`` saves the way to it.

    References are ordered by what they are called, choices as they are offered, lists by their first element; what is
    empty comes last either way. With a ``language``, what records point at is called by its name there.
    """
    declared = store.registry[of.kind]
    asked = select(declared.table.c.id).where(*_chosen(store.registry, of))
    if order.lstrip("-") in _PLAIN:
        asked, backward = _by_index(declared, of, order, asked, limit, offset, anchor)
    else:
        asked, backward = _by_fields(store, declared, order, asked).limit(limit).offset(offset or None), False
    with store.reading() as connection:
        ids = connection.execute(asked).scalars().all()
    return spoken_titles(store, store.many(of.kind, ids[::-1] if backward else ids), language)


def anchored(order: str, offset: int, view: View) -> Anchor | None:
    """The place of a record in a list of that order; None where it is sorted in a way that no index knows."""
    name = _PLAIN.get(order.lstrip("-"))
    if name is None:
        return None
    return Anchor(offset, sort_key(view.title) if name == "sort_key" else getattr(view, name), view.id)


def _by_index(
    declared: Kind, of: Listing, order: str, asked: Select[Any], limit: int | None, offset: int, anchor: Anchor | None
) -> tuple[Select[Any], bool]:
    """Sorted as an index is, from wherever the way is shortest: the start, an anchor, or the end and then backward."""
    columns = (declared.table.c[_PLAIN[order.lstrip("-")]], declared.table.c.id)
    falling, near = order.startswith("-"), anchor if anchor is not None and anchor.offset <= offset else None
    skipped = offset - near.offset if near is not None else offset
    backward = limit is not None and of.count > offset and of.count - offset - limit < skipped
    if backward and limit is not None:
        limit, skipped = min(limit, of.count - offset), max(0, of.count - offset - limit)
    elif near is not None:
        here, place = tuple_(*columns), tuple_(near.by, near.id)
        asked = asked.where(here <= place if falling else here >= place)
    asked = asked.order_by(*(each.desc() if falling is not backward else each.asc() for each in columns))
    return asked.limit(limit).offset(skipped or None), backward


def _by_fields(store: Store, declared: Kind, order: str, asked: Select[Any]) -> Select[Any]:
    for each in order.split(","):
        name = each.lstrip("-")
        if name in declared.by_name:
            by = _ordering(store, declared, declared.by_name[name])
            asked = asked.order_by(by.is_(None))
        else:
            by = declared.table.c[name]
        asked = asked.order_by(by.desc() if each.startswith("-") else by.asc())
    return asked.order_by(declared.table.c.sort_key, declared.table.c.id)


def _among(column: ColumnElement[Any], records: Sequence[str]) -> ColumnElement[bool]:
    """That a column holds one of the records, however many they are."""
    each = func.json_each(json.dumps(records)).table_valued("value")
    return column.in_(select(each.c.value))


def _ordering(store: Store, declared: Kind, field: Field) -> ColumnElement[Any] | ScalarSelect[Any]:
    column: ColumnElement[Any] = declared.table.c[field.name]
    if field.many:
        column = func.json_extract(column, _FIRST.get(field.shape, "$[0].value"))
    match field.shape:
        case Shape.REFERENCE if field.refers_to in store.registry:
            other = store.registry[field.refers_to].table.alias()
            return select(other.c.sort_key).where(other.c.id == column).scalar_subquery()
        case Shape.CHOICE:
            return _ranked(column, list(vocabulary(field.vocabulary).codes))
        case Shape.COUNTY:
            with store.reading() as connection:
                used = connection.execute(select(column).distinct().where(column.is_not(None))).scalars().all()
            return _ranked(column, sorted(used, key=lambda fips: folded(counties.label(fips))))
        case Shape.NUMBER | Shape.YES_NO:
            return column
    return collate(column, "NOCASE")


def _ranked(column: ColumnElement[Any], codes: Sequence[str]) -> ColumnElement[Any]:
    """By place in a list; codes that are not in it follow, and None stays None."""
    if not codes:
        return column
    places: dict[Any, int] = {code: place for place, code in enumerate(codes)}
    return case((column.is_(None), None), else_=case(places, value=column, else_=len(codes)))
