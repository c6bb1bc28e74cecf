"""The words a record is found and named by: its title, its sorting, and what search looks through."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from anyascii import anyascii

from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind

TITLE_LENGTH = 120

Titles = Mapping[str, str]
"""Titles by record id, for the records that others point at."""


def title_of(kind: Kind, values: Mapping[str, Any], titles: Titles) -> str:
    """What a record is called: its title fields, those that are empty left out."""
    parts = [" ".join(_texts(kind.by_name[name], values.get(name), titles)) for name in kind.about.title]
    joined = " · ".join(part for part in parts if part).replace("\n", " ")
    return joined if len(joined) <= TITLE_LENGTH else joined[: TITLE_LENGTH - 1].rstrip() + "…"


def sort_key(title: str) -> str:
    """What lists sort titles by: no accents, no case."""
    return (title if title.isascii() else anyascii(title)).casefold()


def words_of(kind: Kind, values: Mapping[str, Any], titles: Titles, code: str) -> str:
    """Everything search looks through in one record, as words."""
    found = [code]
    for field in kind.told:
        found.extend(_texts(field, values.get(field.name), titles))
    return " ".join(found)


def _texts(field: Field, value: Any, titles: Titles) -> Iterable[str]:
    if value is None or value == []:
        return
    for each in [element["value"] for element in value] if field.many else [value]:
        if field.shape is Shape.REFERENCE:
            yield titles.get(each, "")
        elif field.shape is Shape.PHONE and isinstance(each, Mapping):
            number = str(each.get("number", ""))
            digits = "".join(filter(str.isdigit, number))
            yield f"{number} {digits} {digits[-10:]} {digits[-7:]} {digits[-4:]}"
        elif isinstance(each, Mapping):
            yield " ".join(str(part) for part in each.values() if isinstance(part, str))
        else:
            yield str(each)


def column_value(value: Any) -> Any:
    """A value as its column holds it."""
    if value is None or type(value) is str:  # nearly all are
        return value
    if isinstance(value, (list, Mapping)):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
