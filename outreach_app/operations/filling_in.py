"""As one fills in a form: which record is meant, and what others wrote here before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from outreach_app.model.codes import read_code, spaced
from outreach_app.model.dates import full
from outreach_app.operations.finding import Suggestions, suggest_organizations, suggest_people
from outreach_app.operations.spoken_titles import spoken_field, spoken_title
from outreach_app.store.stores import Store
from outreach_app.store.views import View

_ONE_BY_ONE = 500
"""So many records of a kind that search leaves out are looked through one by one."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A record that may be meant: ``detail`` tells it from others of its name."""

    id: str
    title: str
    detail: str = ""


def meant(store: Store, kind: str, typed: str, limit: int = 6, language: str = "") -> Sequence[Meant]:
    """The records of a kind that may be meant by what was typed: by name, code or any searched word, best first. With
    a ``language``, called by their names there."""
    found: dict[str, Meant] = {}
    code = read_code(typed)
    exact = store.by_code(kind, code) if code else None
    if exact is not None:
        _add(found, [exact])
    if kind == "people":
        _add_suggested(found, suggest_people(store, typed, limit=limit))
    elif kind == "organizations":
        _add_suggested(found, suggest_organizations(store, typed, limit=limit))
    if not store.registry[kind].about.in_forms:
        wanted = typed.casefold()
        _add(found, (view for view in store.list(kind, limit=_ONE_BY_ONE) if wanted in view.title.casefold()))
    elif len(found) < limit:
        by_id = {view.id: view for view in store.many(kind, [each.id for each in store.find(typed, [kind], limit)])}
        _add(found, by_id.values())
    if spoken_field(store.registry, kind, language):
        views = {view.id: view for view in store.many(kind, list(found))}
        found = {
            each.id: replace(each, title=spoken_title(store.registry, views[each.id], language))
            for each in found.values()
        }
    return tuple(found.values())[:limit]


def _add(found: dict[str, Meant], views: Iterable[View]) -> None:
    for view in views:
        found.setdefault(view.id, Meant(view.id, view.title, _detail(view)))


def _add_suggested(found: dict[str, Meant], suggestions: Suggestions) -> None:
    for line in suggestions.lines:
        found.setdefault(line.id, Meant(line.id, line.name, line.organization))


def _detail(view: View) -> str:
    """What tells a record from another of its name: its town, its day, or its code."""
    said = view.values.get("town") or full(str(view.values.get("starts") or "")[:10])
    return str(said) if said else spaced(view.code)


def written_before(store: Store, kind: str, name: str, typed: str, limit: int = 6) -> Sequence[str]:
    """What others wrote in a field (in any element of a list) that begins with what was typed, commonest first."""
    table = store.registry[kind].table
    column: Any = table.c[name]
    source: Any = table
    if store.registry[kind].by_name[name].many:
        each = func.json_each(column).table_valued("value")
        source, column = table.join(each, each.c.value.is_not(None)), func.json_extract(each.c.value, "$.value")
    asked = (
        select(column)
        .select_from(source)
        .where(table.c.shown, column.istartswith(typed, autoescape=True))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(limit)
    )
    with store.reading() as connection:
        return [str(text) for text in connection.execute(asked).scalars()]


def titles_of(store: Store, kind: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """What the records that a new record's values name are called, by id."""
    found: dict[str, str] = {}
    for field in store.registry[kind].fields:
        if field.refers_to in store.registry and values.get(field.name):
            value = values[field.name]
            ids = [element["value"] for element in value] if field.many else [value]
            found.update((view.id, view.title) for view in store.many(field.refers_to, ids))
    return found
