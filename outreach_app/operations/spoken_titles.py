"""What records are called in the language spoken, for the kinds that keep a name in each (themes)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outreach_app.model.kinds import Registry
from outreach_app.store.stores import Store
from outreach_app.store.views import View


def spoken_field(registry: Registry, kind: str, language: str) -> str:
    """The field that holds a record's name in a language; "" for a kind that has none."""
    name = f"name_{language}"
    return name if kind in registry and name in registry[kind].by_name else ""


def spoken_title(registry: Registry, view: View, language: str) -> str:
    """What one record is called in a language; its title where it has no name of its own there."""
    name = spoken_field(registry, view.kind, language)
    return str(view.values.get(name) or view.title) if name else view.title


def spoken_titles(store: Store, views: Sequence[View], language: str) -> Sequence[View]:
    """The same records, naming those that their fields point at in a language."""
    if not views:
        return views
    called: dict[str, str] = {}
    for field in store.registry[views[0].kind].fields:
        if field.refers_to and spoken_field(store.registry, field.refers_to, language):
            ids = {each for view in views for each in _ids(view.values, field.name, many=field.many)}
            called.update(
                (one.id, spoken_title(store.registry, one, language))
                for one in store.many(field.refers_to, sorted(ids))
            )
    return [replace(view, titles={**view.titles, **called}) for view in views] if called else views


def _ids(values: Mapping[str, object], name: str, *, many: bool) -> Sequence[str]:
    value = values.get(name)
    if isinstance(value, list):
        return [element["value"] for element in value] if many else []
    return [value] if isinstance(value, str) else []
