"""Which fields of a kind a form shows, what a new record begins with, and what the form asks of the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from outreach_app.model.fields import Field
from outreach_app.model.kinds import Kind
from outreach_app.operations.filling_in import Meant, meant, written_before
from outreach_app.texts import language
from ui.desks import Desk
from ui.widgets.forms.parts import Lookups
from ui.widgets.suggestions import Suggestion

_BY_PROGRAM = {"consents": frozenset({"supersedes", "notice_version"})}
"""Fields the program fills in where a record is made."""

_USUAL: dict[str, dict[str, Any]] = {
    "events": {"status": "planned"},
    "sign_ins": {"status": "attended", "came_as": "community_member"},
    "organizations": {"status": "active"},
    "feedback": {"how": "noted", "may_share": "not_asked"},
    "responses": {"state": "received"},
    "follow_ups": {"state": "open"},
    "interests": {"state": "asked"},
    "consents": {"how": "spoken"},
}
"""What a new one usually is."""

_TODAY = {"consents": "given_on", "interests": "asked_on"}
"""The day field that a new one has today's date in."""


def form_fields(desk: Desk, kind: str, *, new: bool) -> Sequence[Field]:
    """The fields of the form of a kind, without those that the program makes, and as the department uses them."""
    declared = desk.store.registry[kind]
    left_out = _BY_PROGRAM.get(declared.name, frozenset()) if new else frozenset()
    made = {"short_code"} if new and declared.about.short_code else set()
    return [_as_chosen(field, desk.chosen) for field in declared.fields if field.name not in left_out | made]


def _as_chosen(field: Field, chosen: Mapping[str, Any]) -> Field:
    """Of the engagement levels those of the department's own scale are offered."""
    scheme = chosen.get("engagement_scheme") if field.vocabulary == "engagement_levels" else None
    return replace(field, vocabulary=f"{field.vocabulary}:{scheme}") if scheme else field


def first_values(declared: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a new record begins with: what is usual, and what was given (for a list field, one element)."""
    values = {name: value for name, value in _USUAL.get(declared.name, {}).items() if name in declared.by_name}
    if declared.name in _TODAY:
        values[_TODAY[declared.name]] = date.today().isoformat()
    for name, value in given.items():
        field = declared.field(name)
        if field is not None:
            values[name] = [{"id": "", "value": value}] if field.many else value
    return values


def lookups(desk: Desk, kind: str) -> Lookups:
    """What the form of a kind asks: answered from the store, off the window's thread."""
    registry = desk.store.registry

    def records(wanted: str, typed: str, deliver: Callable[[Sequence[Suggestion]], None]) -> object:
        def told(found: Sequence[Meant]) -> None:
            deliver([Suggestion(one.id, one.title, one.detail, icon=registry[wanted].about.icon) for one in found])

        spoken = language()
        return desk.read(lambda store: meant(store, wanted, typed, language=spoken), told)

    def before(field: str, typed: str, deliver: Callable[[Sequence[str]], None]) -> object:
        return desk.read(lambda store: written_before(store, kind, field, typed), deliver)

    return Lookups(records, before)
