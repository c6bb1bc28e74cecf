"""Making, changing, deleting and bringing back any kind of record by its fields."""

from collections.abc import Mapping
from typing import Any

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.model.codes import read_code
from outreach_app.model.edits import ListEdit, Pressed
from outreach_app.model.errors import BadInput, Missing, NotFound
from outreach_app.operations.releases import with_release
from outreach_app.operations.sealing import audience, is_sensitive, seal_anew, sealer
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say


def make_record(store: Store, kind: str, values: Mapping[str, Any], source: str = "live") -> tuple[str, Changes]:
    """A new record with these field values; its id, and what changed."""
    declared = store.registry[kind]
    for field in declared.fields:
        if field.required and values.get(field.name) in (None, "", []):
            told = _("{field} is missing. Please fill it in.", field=say(field.label))
            raise Missing(told, field.name, field.label)
    values = with_release(store, kind, values)
    with store.writing(f"make_{kind}", source, audience(declared, values), sealer=sealer(store)) as draft:
        record = draft.new(kind, values)
    return record, draft.changes


def there(store: Store, kind: str, record: str) -> View:
    """A record that something is to be done to, shown or not; NotFound where this laptop knows of none."""
    found = store.get(kind, record)
    if found is None:
        raise NotFound(_("That is no longer there."))
    return found


def edit_record(store: Store, kind: str, record: str, values: Mapping[str, Any], source: str = "live") -> Changes:
    """Give fields of a record new values (or a :class:`ListEdit` or :class:`Pressed`); what is so already is left.

    Raises NotFound, and BadInput for what is never altered.
    """
    found, declared = there(store, kind, record), store.registry[kind]
    if declared.about.append_only:
        raise BadInput(_("This is never altered once it is written. Write down a new one; both are kept."))
    if is_sensitive(declared, values) and not is_sensitive(declared, found.values):
        return seal_anew(store, kind, found, values)
    values = with_release(store, kind, values, found.values)
    with store.writing(f"edit_{kind}", source) as draft:
        for name, value in values.items():
            edit_in(draft, kind, record, name, value)
    return draft.changes


def edit_in(draft: Draft, kind: str, record: str, name: str, value: Any) -> None:
    """Write one edit of one field."""
    if isinstance(value, Pressed):
        draft.press(kind, record, name, value.by)
    elif isinstance(value, ListEdit):
        for element, new in value.changed.items():
            draft.change(kind, record, name, element, new)
        for new in value.added:
            draft.add(kind, record, name, new)
    else:
        draft.set(kind, record, name, value)


def delete_record(store: Store, kind: str, record: str) -> Changes:
    """Delete a record; undo brings it back."""
    there(store, kind, record)
    with store.writing(f"delete_{kind}") as draft:
        draft.delete(kind, record)
    return draft.changes


def bring_back(store: Store, kind: str, record: str) -> Changes:
    """Bring back a deleted record, whoever deleted it."""
    there(store, kind, record)
    with store.writing(f"bring_back_{kind}") as draft:
        draft.bring_back(kind, record)
    return draft.changes


def undo(store: Store, change: WriteId) -> Changes:
    """Undo one change; fields that others have written since are left alone, and named in the result."""
    return store.undo(change)


def undo_last(store: Store) -> Changes | None:
    """Undo this laptop's latest change that is not itself an undo and was not undone; None where there is none."""
    last = store.last_to_undo()
    return None if last is None else store.undo(last)


def record_by_code(store: Store, kind: str, code: str) -> View:
    """The record of a kind that has a code, however it was typed; NotFound says so."""
    read = read_code(code)
    found = store.by_code(kind, read) if read else None
    if found is None:
        raise NotFound(
            _(
                "No {kind} has the code {code}. Check the code.",
                kind=say(store.registry[kind].about.one).lower(),
                code=code,
            )
        )
    return found
