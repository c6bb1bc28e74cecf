"""Several records at once, in one change: one undo takes all of it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.edits import ListEdit
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule
from outreach_app.model.kinds import Kind
from outreach_app.operations.records import edit_in
from outreach_app.operations.sealing import is_sensitive
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say

_BY_ITSELF = frozenset({"text_for_sharing", "reviewed_by", "released_to", "sensitive", "short_code"})
"""Fields of which every record has its own story."""


def changeable(declared: Kind) -> Sequence[Field]:
    """The fields that several records can be given one value of."""
    if declared.about.append_only:
        return ()
    plain = (field for field in declared.fields if field.rule in (Rule.VALUE, Rule.LIST))
    return [field for field in plain if field.name not in _BY_ITSELF and field.name not in declared.about.title]


def change_all(store: Store, kind: str, records: Sequence[str], values: Mapping[str, Any]) -> Changes:
    """Give fields of several records the same values; a list field what is in ``values`` besides what it holds.

    What says so already is left, as is what is no longer there. Raises BadInput for a field that every record has for
    itself, for what is never altered, and for records of which only some are for coordinators alone.
    """
    declared = store.registry[kind]
    allowed = {field.name for field in changeable(declared)}
    for name in values:
        if name not in allowed:
            label = say(declared.by_name[name].label)
            raise BadInput(_("{field} cannot be changed for several at once. Change them one by one.", field=label))
    with store.writing(f"change_{kind}") as draft:
        for view in _there(store, kind, records):
            for name, value in values.items():
                edit_in(draft, kind, view.id, name, _added(view, name, value) if name in _lists(declared) else value)
    return draft.changes


def delete_all(store: Store, kind: str, records: Sequence[str]) -> Changes:
    """Delete several records; one undo brings all of them back."""
    with store.writing(f"delete_{kind}") as draft:
        for view in _there(store, kind, records):
            draft.delete(kind, view.id)
    return draft.changes


def _there(store: Store, kind: str, records: Sequence[str]) -> list[View]:
    """Those that are still there; all for the same readers, because one change is."""
    found = [view for view in store.many(kind, records) if view.shown]
    if len({is_sensitive(store.registry[kind], view.values) for view in found}) > 1:
        raise BadInput(_("Only coordinators read some of these. Choose those by themselves, or without them."))
    return found


def _lists(declared: Kind) -> frozenset[str]:
    return frozenset(field.name for field in declared.fields if field.many)


def _added(view: View, name: str, value: Any) -> ListEdit:
    """What is to be added to a list field that holds some of it already."""
    held = view.elements(name)
    return ListEdit(added=tuple(each for each in value or () if each not in held))
