"""From what people type to the values fields hold: for forms, the command line and pages alike."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from outreach_app.model.codes import read_code
from outreach_app.model.errors import BadInput
from outreach_app.model.values import parse, parse_many
from outreach_app.store.stores import Store
from outreach_app.texts import _


def typed_values(store: Store, kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Values of a kind's fields from what was typed for each; BadInput says which cannot be understood, and why."""
    found: dict[str, Any] = {}
    for name, text in typed.items():
        field = store.registry[kind].field(name)
        if field is None:
            raise BadInput(_("There is no field called {name} here. Check its name.", name=name))
        read = parse_many if field.many else parse
        found[name] = read(field, text, find=partial(referred, store))
    return found


def referred(store: Store, kind: str, text: str) -> str | None:
    """The id of the record of a kind that a text means: its code, its id, or a title that only it has."""
    code = read_code(text)
    by_code = store.by_code(kind, code) if code else None
    if by_code is not None:
        return by_code.id
    by_id = store.get(kind, text)
    if by_id is not None:
        return by_id.id
    called = store.titled(kind, text.strip())
    fitting = [view.id for view in called if view.title.casefold() == text.strip().casefold()]
    return fitting[0] if len(fitting) == 1 else called[0].id if len(called) == 1 else None
