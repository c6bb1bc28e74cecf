"""Events, and the heads counted there."""

from collections.abc import Mapping
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.counties import suggested_rural
from outreach_app.operations.records import make_record, there
from outreach_app.store.stores import Store


def plan_event(store: Store, values: Mapping[str, Any]) -> tuple[str, Changes]:
    """A new event. Whether it is rural is suggested from its county, where nobody said."""
    suggested: dict[str, Any] = {"status": "planned"}
    if values.get("county"):
        suggested["rural"] = suggested_rural(values["county"])
    return make_record(store, "events", {**suggested, **values})


def count_heads(store: Store, event: str, by: int = 1) -> Changes:
    """So many more are here who sign nothing."""
    there(store, "events", event)
    with store.writing("count_heads") as draft:
        draft.press("events", event, "others_here", by)
    return draft.changes
