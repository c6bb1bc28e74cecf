"""Signing people in. A name alone is enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.changes import Changes, Slot
from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput
from outreach_app.model.values import alike
from outreach_app.operations.consents import answer_in
from outreach_app.operations.records import there
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """What is known of somebody who comes. ``person`` or ``organization`` are ids of known ones, else new are made."""

    event: str
    name: str
    person: str = ""
    organization: str = ""
    organization_name: str = ""
    phones: tuple[Mapping[str, Any], ...] = ()
    emails: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)  # more fields of the person: town, zip, county, language
    came_as: str = "community_member"
    status: str = ""  # empty: attended for someone expected or known, else walk-in
    consents: Mapping[str, str] = field(default_factory=dict)  # channel -> state
    consent_way: str = "spoken"
    given_on: str = ""  # empty: today
    groups: tuple[str, ...] = ()  # ids of groups they ask to join
    only_as_written: bool = False  # nothing but the name as written: no person is made
    sheet: str = ""
    page: int | None = None
    line: int | None = None
    marks: tuple[str, ...] = ()
    source: str = "live"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What was made; ``known``: the name of a person who was known already, "" of somebody new."""

    sign_in: str
    person: str
    changes: Changes
    known: str = ""


def sign_in(store: Store, new: NewSignIn) -> SignedIn:
    """Sign somebody in at an event: the person if they are new, their organization, answers and wishes, all at once."""
    name = " ".join(new.name.split())
    if not name:
        raise BadInput(_("A name is enough, but it takes a name."))
    with store.writing("sign_in", new.source) as draft:
        person = "" if new.only_as_written else _person(draft, new, name)
        organization = organization_in(store, draft, new.organization, new.organization_name)
        if person and organization:
            affiliate_in(store, draft, person, organization)
        values: dict[str, Any] = {
            "event": new.event,
            "person": person or None,
            "name_as_written": name,
            "organization": organization or None,
            "organization_as_written": new.organization_name or None,
            "came_as": new.came_as or None,
            "status": new.status or ("attended" if new.person else "walk_in"),
            "marks": list(new.marks),
            "sheet": new.sheet or None,
            "sheet_page": new.page,
            "sheet_line": new.line,
        }
        made = _on_the_list(store, draft, new, values) or draft.new("sign_ins", values)
        today = new.given_on or moment_of(store.clock.tick())[:10]
        for channel, state in new.consents.items():
            if person:
                answer_in(store, draft, person, channel, state, new.consent_way, today)
        for group in new.groups:
            draft.new(
                "interests",
                {"person": person or None, "group": group, "event": new.event, "asked_on": today, "state": "asked"},
            )
    return SignedIn(made, person, draft.changes, name if new.person else "")


def _on_the_list(store: Store, draft: Draft, new: NewSignIn, values: Mapping[str, Any]) -> str:
    """The sign-in of somebody who was expected at the event, now with what is known of their coming; "" for none."""
    expected = {"event": new.event, "person": new.person, "status": "expected"}
    known = store.list("sign_ins", expected, limit=1) if new.person else ()
    for name, value in values.items() if known else ():
        if value:
            draft.set("sign_ins", known[0].id, name, value)
    return known[0].id if known else ""


def _person(draft: Draft, new: NewSignIn, name: str) -> str:
    values: dict[str, Any] = {"phones": list(new.phones), "emails": list(new.emails), **new.details}
    if not new.person:
        return draft.new("people", {"name": name, **values})
    for field_name in ("phones", "emails"):
        for value in values.pop(field_name):
            add_missing(draft, "people", new.person, field_name, value)
    for field_name, value in values.items():
        if value and not _said(draft, new.person, field_name):
            draft.set("people", new.person, field_name, value)
    return new.person


def _said(draft: Draft, person: str, name: str) -> bool:
    return any(each.write.value for each in draft.standing(Slot("people", person, name)))


def add_missing(draft: Draft, kind: str, record: str, name: str, value: Any) -> None:
    """Add an element to a list field unless one like it stands there: the same digits, the same letters."""
    held = draft.elements(record, name)
    if all(alike(value) != alike(other) for other in held):
        draft.add(kind, record, name, value)


def organization_in(store: Store, draft: Draft, organization: str, name: str) -> str:
    """The id of the organization that is meant: given, known by just that name, or new; "" for none."""
    name = " ".join(name.split())
    if organization or not name:
        return organization
    known = store.titled("organizations", name)
    return known[0].id if known else draft.new("organizations", {"name": name, "status": "active"})


def affiliate_in(
    store: Store, draft: Draft, person: str, organization: str, values: Mapping[str, Any] | None = None
) -> str:
    """The affiliation of a person with an organization, made if there is none; its id."""
    known = store.list("affiliations", {"person": person, "organization": organization}, limit=1)
    if not known:
        return draft.new("affiliations", {"person": person, "organization": organization, **(values or {})})
    for name, value in (values or {}).items():
        if value:
            draft.set("affiliations", known[0].id, name, value)
    return known[0].id


def set_status(store: Store, sign_in: str, status: str) -> Changes:
    """Say that someone expected came, or did not."""
    there(store, "sign_ins", sign_in)
    with store.writing("set_status") as draft:
        draft.set("sign_ins", sign_in, "status", status)
    return draft.changes


def expect(store: Store, event: str, people: Iterable[str]) -> Changes:
    """Put known people on an event's list as expected; those on it already are left as they are."""
    with store.writing("expect") as draft:
        for view in store.many("people", list(dict.fromkeys(people))):
            if not store.count("sign_ins", {"event": event, "person": view.id}):
                draft.new(
                    "sign_ins",
                    {"event": event, "person": view.id, "name_as_written": view.title, "status": "expected"},
                )
    return draft.changes
