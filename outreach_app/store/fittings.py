"""Values of a form that this program does not know: a newer one, or a faulty one, may have written them.

They stay in the journal and are passed on; a row keeps them beside its fields, as it keeps fields it does not know.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from outreach_app.journal.changes import Stamped
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.kinds import Kind

_LARGEST = 2**63  # what SQLite counts to
_PRESS, _TOTAL = 10**6, 10**9  # more than that nobody counted, at once and in all
_TEXTS = {Shape.PHONE: ("number", "kind"), Shape.ADDRESS: ("kind", "name", "street", "town", "state", "zip")}
"""The parts of a mapping that are text where they are there."""

_MAPPINGS = frozenset(_TEXTS)

_NO_TEXTS = _MAPPINGS | {Shape.NUMBER, Shape.YES_NO}


def parted(kind: Kind, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that fit their fields, and all others. Of a list, the elements that do not fit are put apart."""
    known: dict[str, Any] = {}
    odd: dict[str, Any] = {}
    for name, value in values.items():
        field = kind.by_name.get(name)
        if field is None:
            odd[name] = value
        elif field.rule is Rule.LIST:
            known[name] = [element for element in value if _fits(field, element["value"])]
            if len(known[name]) < len(value):
                odd[name] = [element for element in value if not _fits(field, element["value"])]
        elif value is None or (_fits(field, value) and _countable(field, value, _TOTAL)):
            known[name] = value
        else:
            odd[name] = value
    return known, odd


def fitting(kind: Kind, writes: Iterable[Stamped]) -> list[Stamped]:
    """Those of a record's writes that fit their fields, and those of fields that are not declared."""
    return [
        each
        for each in writes
        if (field := kind.by_name.get(each.write.slot.field)) is None
        or each.write.value is None
        or (_fits(field, each.write.value) and _countable(field, each.write.value, _PRESS))
    ]


def _countable(field: Field, value: Any, most: int) -> bool:
    return field.rule is not Rule.TALLY or abs(value) <= most


def _fits(field: Field, value: Any) -> bool:
    if type(value) is str:  # nearly all are
        return field.shape not in _NO_TEXTS
    if field.shape in _MAPPINGS:
        parts = _TEXTS[field.shape]
        whole = isinstance(value, Mapping) and all(type(value.get(part, "")) is str for part in parts)
        return whole and (field.shape is not Shape.PHONE or "number" in value)
    if field.shape is Shape.NUMBER:
        return type(value) is int and -_LARGEST <= value < _LARGEST
    return isinstance(value, bool if field.shape is Shape.YES_NO else str)
