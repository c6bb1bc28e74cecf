"""One event as it goes: how many so far, and what was captured just now."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.journal.changes import Change, WriteId
from outreach_app.model.errors import NotFound
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _

CAPTURE = ("sign_in", "record_feedback", "record_partner", "count_heads")
"""The verbs of capture."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One thing captured: by which verb, its own words ("" where they are sensitive: others look on), when, and the
    change that undoing it undoes."""

    change: WriteId
    verb: str
    text: str
    number: int
    clock: int


@dataclass(frozen=True, slots=True)
class EventDay:
    """An event, its four counts by verb, and the latest captures on this laptop, newest first."""

    event: View
    counts: dict[str, int]
    just_now: Sequence[Captured]


def event_day(store: Store, event: str, latest: int = 8) -> EventDay:
    """The event as it stands now."""
    view = store.get("events", event)
    if view is None:
        raise NotFound(_("That event is not on this laptop."))
    came = {"event": event, "status": ("attended", "walk_in")}
    counts = {
        "sign_in": store.count("sign_ins", came),
        "record_feedback": store.count("feedback", {"event": event}),
        "record_partner": store.count("organizations", {"met_at": event}) + store.count("people", {"met_at": event}),
        "count_heads": view.values["others_here"] or 0,
    }
    return EventDay(view, counts, _just_now(store, event, latest))


def _just_now(store: Store, event: str, latest: int) -> list[Captured]:
    return [_captured(store, change) for change in store.latest(event, CAPTURE, latest)]


def _captured(store: Store, change: Change) -> Captured:
    said = {(write.slot.kind, write.slot.field): write.value for write in change.writes}
    number = said.get(("events", "others_here"))
    text = (
        said.get(("sign_ins", "name_as_written"))
        or (said.get(("feedback", "verbatim")) if not said.get(("feedback", "sensitive")) else "")
        or (_partner(store, change) if change.verb == "record_partner" else "")
    )
    return Captured(change.id, change.verb, str(text), number if isinstance(number, int) else 0, change.clock)


def _partner(store: Store, change: Change) -> str:
    """What the partner of a contact is called, new or only added to: the organization, else the person."""
    for kind in ("organizations", "people"):
        written = {write.slot.record for write in change.writes if write.slot.kind == kind}
        views = [view for record in sorted(written) if (view := store.get(kind, record)) is not None]
        if views:
            return views[0].title
    return ""
