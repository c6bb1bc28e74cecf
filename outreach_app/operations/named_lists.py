"""Lists that are looked through again and again, under a name: what is in them, by what they are sorted, which columns
they show. They travel like any record; which columns a list has that nobody named is this laptop's own affair."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded
from outreach_app.operations.filters import Condition, from_kept, kept
from outreach_app.operations.records import delete_record, edit_record, make_record
from outreach_app.store.stores import Store
from outreach_app.texts import _

NAMED_LISTS = "named_lists"


@dataclass(frozen=True, slots=True)
class NamedList:
    """One of them. ``columns``: the names of fields, in order; none for the usual ones."""

    name: str
    kind: str
    conditions: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    sorted_by: str = ""
    id: str = ""


def named_lists(store: Store, kind: str) -> Sequence[NamedList]:
    """Those of a kind, by name. What this program does not know of them is left out."""
    declared, found = store.registry[kind], []
    names = ("name", "conditions", "columns", "sorted_by")
    for record, name, conditions, columns, sorted_by in store.values(NAMED_LISTS, names, {"of_kind": kind}):
        shown = [each for each in _read(columns) if isinstance(each, str) and each in declared.by_name]
        order = sorted_by if (sorted_by or "").lstrip("-") in declared.by_name else ""
        own = from_kept(declared, _read(conditions))
        found.append(NamedList(name or "", kind, own, tuple(shown), order or "", record))
    return sorted(found, key=lambda each: folded(each.name))


def save_list(store: Store, wanted: NamedList) -> tuple[str, Changes]:
    """Keep a list under its name, in place of one of that kind that is called so. Raises BadInput without a name."""
    name = wanted.name.strip()
    if not name:
        raise BadInput(_("Give it a name, so that it is found again."))
    values = {
        "name": name,
        "of_kind": wanted.kind,
        "conditions": _written(kept(wanted.conditions)),
        "columns": _written(list(wanted.columns)),
        "sorted_by": wanted.sorted_by or None,
    }
    called_so = [each.id for each in named_lists(store, wanted.kind) if folded(each.name) == folded(name)]
    if called_so:
        return called_so[0], edit_record(store, NAMED_LISTS, called_so[0], values)
    return make_record(store, NAMED_LISTS, values)


def remove_list(store: Store, named: str) -> Changes:
    """Remove one; undo brings it back. Nothing that it lists is touched."""
    return delete_record(store, NAMED_LISTS, named)


def columns_shown(store: Store, kind: str) -> tuple[str, ...]:
    """The columns that somebody chose for the list of a kind at this laptop, in order; none for the usual ones."""
    chosen = store.setting(f"columns of {kind}", [])
    return tuple(each for each in chosen if each in store.registry[kind].by_name)


def show_columns(store: Store, kind: str, names: Sequence[str]) -> None:
    """Choose them; none for the usual ones."""
    store.set_setting(f"columns of {kind}", list(names))


def _written(value: Sequence[object]) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _read(said: object) -> Sequence[object]:
    """A list that was kept as JSON; an empty one where it is none."""
    try:
        value = json.loads(said) if isinstance(said, str) else []
    except ValueError:
        return []
    return value if isinstance(value, list) else []
