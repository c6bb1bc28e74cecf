"""Filters of lists: conditions as data, that a query can be asked for and a record looked at for alike."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, exists, func, literal, not_, or_, select, true

from outreach_app.model import counties
from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say


class How(StrEnum):
    """What a condition asks of a field."""

    IS = "is"  # one of the values
    NOT = "is_not"  # none of them; what is empty counts too
    HOLDS = "holds"  # these letters somewhere in it, accents and case ignored
    FROM = "from"  # that day or number, or more
    UNTIL = "until"  # or less
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one field. ``values``: codes, ids, days, a number, letters; none for empty and filled."""

    field: str
    how: How
    values: tuple[Any, ...] = ()


_SETTLED = (How.EMPTY, How.FILLED)
_CHOSEN = (How.IS, How.NOT, *_SETTLED)
_WITHIN = (How.FROM, How.UNTIL, *_SETTLED)
_WRITTEN = (How.HOLDS, *_SETTLED)
_HOWS: Mapping[Shape, tuple[How, ...]] = {
    Shape.CHOICE: _CHOSEN,
    Shape.COUNTY: _CHOSEN,
    Shape.YES_NO: _CHOSEN,
    Shape.DATE: _WITHIN,
    Shape.MOMENT: _WITHIN,
    Shape.NUMBER: _WITHIN,
    Shape.REFERENCE: _WRITTEN,
    Shape.PHONE: _SETTLED,
    Shape.ADDRESS: _SETTLED,
}


def hows(field: Field) -> tuple[How, ...]:
    """What can be asked of a field, the most usual first."""
    return _HOWS.get(field.shape, _WRITTEN)


def of_values(declared: Kind, where: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Fields and their values, as :meth:`Store.list` takes them, as conditions."""
    return tuple(_of_value(declared, name, value) for name, value in where.items())


def _of_value(declared: Kind, name: str, value: Any) -> Condition:
    if value is None:
        return Condition(name, How.EMPTY)
    if value is False and declared.by_name[name].shape is Shape.YES_NO:
        return Condition(name, How.NOT, (True,))
    return Condition(name, How.IS, tuple(value) if isinstance(value, tuple | list) else (value,))


def resolved(store: Store, declared: Kind, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """The same, each record that is asked for with all that stand as one with it."""
    return tuple(
        replace(each, values=tuple(sorted(store.together(refers_to, each.values))))
        if each.how in (How.IS, How.NOT) and (refers_to := declared.by_name[each.field].refers_to) in store.registry
        else each
        for each in conditions
    )


# as a query


def clause(registry: Registry, declared: Kind, conditions: Sequence[Condition]) -> ColumnElement[bool]:
    """All of the conditions, on the table of a kind."""
    return and_(true(), *(_clause(registry, declared, each) for each in conditions))


def _clause(registry: Registry, declared: Kind, asked: Condition) -> ColumnElement[bool]:
    field, column = declared.by_name[asked.field], declared.table.c[asked.field]
    if not field.many:
        empty = or_(column.is_(None), column == "") if field.shape is not Shape.NUMBER else column.is_(None)
        return _settled(asked, empty) if asked.how in _SETTLED else _tested(registry, field, column, asked)
    each = func.json_each(column).table_valued("value")
    if asked.how in _SETTLED:
        return _settled(asked, func.coalesce(func.json_array_length(column), 0) == 0)
    wanted = replace(asked, how=How.IS) if asked.how is How.NOT else asked
    held = exists(select(1).select_from(each)).where(
        _tested(registry, field, func.json_extract(each.c.value, "$.value"), wanted)
    )
    return not_(held) if asked.how is How.NOT else held


def _settled(asked: Condition, empty: ColumnElement[bool]) -> ColumnElement[bool]:
    return empty if asked.how is How.EMPTY else not_(empty)


def _tested(registry: Registry, field: Field, column: ColumnElement[Any], asked: Condition) -> ColumnElement[bool]:
    values = asked.values
    match asked.how:
        case How.IS:
            return column.in_(values)
        case How.NOT:
            return or_(column.is_(None), column.not_in(values))
        case How.HOLDS if field.refers_to in registry:
            other = registry[field.refers_to].table.alias()
            called = func.instr(func.folded(other.c.title), folded(str(values[0])), type_=Integer) > 0
            return exists(select(1).select_from(other)).where(other.c.id == column, called)
        case How.HOLDS:
            return func.instr(func.folded(column), folded(str(values[0])), type_=Integer) > 0
        case How.FROM if field.shape is Shape.NUMBER:
            return and_(column >= values[0])
        case How.UNTIL if field.shape is Shape.NUMBER:
            return and_(column <= values[0])
        case How.FROM:  # of a month or year alone, which may be it
            return column >= func.substr(values[0], 1, func.length(column), type_=Text)
    return func.substr(column, 1, len(values[0]), type_=Text) <= literal(values[0])


# in Python


def fits(declared: Kind, view: View, conditions: Sequence[Condition]) -> bool:
    """Whether a record is as all of the conditions ask."""
    return all(_fits(declared.by_name[each.field], view, each) for each in conditions)


def _fits(field: Field, view: View, asked: Condition) -> bool:
    value = view.values.get(field.name)
    if asked.how in _SETTLED:
        return (value in (None, "", [])) is (asked.how is How.EMPTY)
    held: Collection[Any] = view.elements(field.name) if field.many else [] if value is None else [value]
    if asked.how is How.NOT:
        return not any(each in asked.values for each in held)
    return any(_answers(field, view, each, asked) for each in held)


def _answers(field: Field, view: View, value: Any, asked: Condition) -> bool:
    first = asked.values[0]
    match asked.how:
        case How.IS:
            return value in asked.values
        case How.HOLDS:
            return folded(str(first)) in folded(view.titles.get(value, "") if field.refers_to else str(value))
        case How.FROM if isinstance(value, str):
            return value >= str(first)[: len(value)]
        case How.UNTIL if isinstance(value, str):
            return value[: len(str(first))] <= str(first)
        case How.FROM:
            return bool(value >= first)
    return bool(value <= first)


# in words


def told(declared: Kind, asked: Condition) -> str:
    """A condition as a person says it: "Town holds “Syl”"."""
    field = declared.by_name[asked.field]
    label, values = say(field.label), ", ".join(shown_value(field, each) for each in asked.values)
    match asked.how:
        case How.IS:
            return _("{field}: {values}", field=label, values=values)
        case How.NOT:
            return _("{field}: not {values}", field=label, values=values)
        case How.HOLDS:
            return _("{field} holds “{values}”", field=label, values=values)
        case How.FROM:
            return _("{field} from {values}", field=label, values=values)
        case How.UNTIL:
            return _("{field} up to {values}", field=label, values=values)
        case How.EMPTY:
            return _("{field} is empty", field=label)
    return _("{field} is filled in", field=label)


def shown_value(field: Field, value: Any) -> str:
    """One value of a condition as it is shown."""
    match field.shape:
        case Shape.CHOICE:
            return vocabulary(field.vocabulary).label(str(value))
        case Shape.COUNTY:
            return counties.labels().get(str(value), str(value))
        case Shape.YES_NO:
            return _("Yes") if value else _("No")
    return str(value)


# as they are kept


def kept(conditions: Sequence[Condition]) -> list[list[Any]]:
    """Conditions as JSON values."""
    return [[each.field, str(each.how), *each.values] for each in conditions]


def from_kept(declared: Kind, said: object) -> tuple[Condition, ...]:
    """The conditions that were kept, without what this program does not know: a newer one may have kept it."""
    found = []
    for each in said if isinstance(said, list) else ():
        if isinstance(each, list) and len(each) > 1 and each[0] in declared.by_name and each[1] in set(How):
            condition = Condition(each[0], How(each[1]), tuple(each[2:]))
            if condition.how in hows(declared.by_name[condition.field]) and _whole(condition):
                found.append(condition)
    return tuple(found)


def _whole(asked: Condition) -> bool:
    return (asked.how in _SETTLED) is not bool(asked.values)
