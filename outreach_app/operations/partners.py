"""Partners: whom the department met, what they need and offer, and what is to follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput
from outreach_app.operations.sign_ins import add_missing, affiliate_in, organization_in
from outreach_app.store.stores import Store
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class NewPartnerContact:
    """An organization, known or new, and who was met there. Either is enough."""

    organization: str = ""
    organization_name: str = ""
    sector: str = ""
    person: str = ""
    name: str = ""
    job_title: str = ""
    phones: tuple[Mapping[str, Any], ...] = ()
    emails: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_text: str = ""
    offers: tuple[str, ...] = ()
    offers_text: str = ""
    groups: tuple[str, ...] = ()
    follow_up: str = ""
    follow_up_due: str = ""
    notes: str = ""
    event: str = ""
    asked_on: str = ""  # the day of their wishes to join; empty: today
    source: str = "live"


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """What was made or found."""

    organization: str
    person: str
    affiliation: str
    changes: Changes


def record_partner(store: Store, new: NewPartnerContact) -> PartnerContact:
    """Write down a partner contact: organization, person, their place in it, needs, offers, wishes and what follows."""
    if not (new.organization or new.organization_name.strip() or new.person or new.name.strip()):
        raise BadInput(_("Write the organization or the name of a person, then save."))
    with store.writing("record_partner", new.source) as draft:
        organization = organization_in(store, draft, new.organization, new.organization_name)
        person = new.person or (draft.new("people", {"name": " ".join(new.name.split())}) if new.name.strip() else "")
        affiliation = ""
        if person and organization:
            affiliation = affiliate_in(store, draft, person, organization, {"job_title": new.job_title or None})
        reached = (
            ("affiliations", affiliation)
            if affiliation
            else ("people", person)
            if person
            else ("organizations", organization)
        )
        for value in new.phones:
            add_missing(draft, *reached, "phones", value)
        for email in new.emails:
            add_missing(draft, *reached, "emails", email)
        if organization:
            for name, values in (("needs", new.needs), ("offers", new.offers)):
                for each in values:
                    add_missing(draft, "organizations", organization, name, each)
            for name, text in (
                ("sector", new.sector),
                ("needs_text", new.needs_text),
                ("offers_text", new.offers_text),
            ):
                if text:
                    draft.set("organizations", organization, name, text)
            if new.notes:
                draft.append("organizations", organization, "notes", new.notes)
        for interest in new.interests if person else ():
            add_missing(draft, "people", person, "interests", interest)
        if new.event:
            met = ("organizations", organization) if organization else ("people", person)
            add_missing(draft, *met, "met_at", new.event)
        _what_follows(store, draft, new, person, organization)
    return PartnerContact(organization, person, affiliation, draft.changes)


def _what_follows(store: Store, draft: Any, new: NewPartnerContact, person: str, organization: str) -> None:
    for group in new.groups:
        draft.new(
            "interests",
            {
                "person": person or None,
                "organization": organization or None,
                "group": group,
                "event": new.event or None,
                "asked_on": new.asked_on or moment_of(store.clock.tick())[:10],
                "state": "asked",
            },
        )
    if new.follow_up:
        draft.new(
            "follow_ups",
            {
                "what": new.follow_up,
                "due": new.follow_up_due or None,
                "state": "open",
                "who_does_it": store.worker,
                "for_person": person or None,
                "for_organization": organization or None,
                "for_event": new.event or None,
            },
        )
