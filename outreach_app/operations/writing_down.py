"""A new record from a form, whatever its kind: those that have rules of their own are made by them."""

from collections.abc import Mapping
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.journal.consents import Entry, Leave, holding, may_supersede, standing
from outreach_app.operations.consents import entries, notice_version
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store


def write_down(store: Store, kind: str, values: Mapping[str, Any], sure: bool = False) -> tuple[str, Changes]:
    """A new record with these field values; its id, and what changed.

    ``sure``: of an answer, that a yes is to take the place of an earlier no (see :mod:`outreach_app.journal.consents`).
    """
    if kind == "events":
        return plan_event(store, values)
    if kind == "consents":
        return make_record(store, kind, _answer(store, values, sure))
    if kind == "sign_ins":
        return make_record(store, kind, _named(store, values))
    return make_record(store, kind, values)


def _answer(store: Store, values: Mapping[str, Any], sure: bool) -> dict[str, Any]:
    """The answer with the earlier ones it takes the place of."""
    new = Entry("", str(values.get("state") or ""), str(values.get("how") or ""), values.get("given_on"))
    earlier = _earlier(store, values)
    may = {old.id: may_supersede(new, old) for old in standing(earlier)}
    replaced = [old for old, leave in may.items() if leave is Leave.YES or (leave is Leave.ASK and sure)]
    return {"notice_version": notice_version(store), **values, "supersedes": replaced}


def _named(store: Store, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sign-in with a name: that of the person, where nothing was written."""
    known = store.get("people", str(values.get("person") or ""))
    return {"name_as_written": known.title, **values} if known else values


def _earlier(store: Store, values: Mapping[str, Any]) -> list[Entry]:
    person, channel = values.get("person"), values.get("channel")
    return entries(store, person, channel) if person and channel else []


def still_no(store: Store, consent: str) -> bool:
    """Whether an answer that allows something is not what holds, because an earlier no still stands beside it."""
    view = store.get("consents", consent)
    if view is None or view.values["state"] != "granted":
        return False
    return holding(_earlier(store, view.values)) != "granted"
