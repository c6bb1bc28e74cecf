"""What the coordinator writes down before the season: partners, how they belong together, groups to join, events."""

from collections.abc import Mapping
from typing import Any

from outreach_app.demo.laptops import Laptop, Numbers
from outreach_app.demo.plans import Event, Group, Organization, Season
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import make_record


def begin(laptop: Laptop, season: Season, numbers: Numbers) -> None:
    """All of it, at the moment the season begins."""
    laptop.clock.set(season.begins)
    for number, organization in enumerate(season.organizations):
        if organization.from_start:
            numbers.organizations[number] = _make(laptop, numbers, "organizations", organization_values(organization))
    for tie in season.ties:
        ends = numbers.organizations[tie.organization], numbers.organizations[tie.other]
        values = {"organization": ends[0], "relation": tie.relation, "other": ends[1]}
        _make(laptop, numbers, "organization_relations", values)
    numbers.groups = [_make(laptop, numbers, "groups", _group_values(group)) for group in season.groups]
    for event in season.events:
        made, changes = plan_event(laptop.store, _event_values(event, season, numbers))
        numbers.note(changes)
        numbers.events.append(made)


def _make(laptop: Laptop, numbers: Numbers, kind: str, values: Mapping[str, Any]) -> str:
    made, changes = make_record(laptop.store, kind, values)
    numbers.note(changes)
    return made


def organization_values(organization: Organization) -> dict[str, Any]:
    """An organization's fields."""
    return {
        "name": organization.name,
        "sector": organization.sector,
        "status": "active",
        "phones": [organization.phone.value()] if organization.phone else [],
        "emails": [organization.email] if organization.email else [],
        "languages": list(organization.languages),
        **whereabouts(organization),
    }


def whereabouts(organization: Organization) -> dict[str, Any]:
    """Where an organization is, and where it works."""
    address = {"kind": "physical", "town": organization.town, "state": organization.state, "zip": organization.zip}
    return {"addresses": [address], "counties_served": [organization.county]}


def _group_values(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "group_type": group.group_type,
        "owning_unit": group.owning_unit,
        "purpose": group.purpose,
        "interests": list(group.interests),
        "counties": list(group.counties),
        "seats": group.seats,
        "openings": group.openings,
        "open_to_public": group.open_to_public,
        "how_to_join": group.how_to_join,
        "compensation": group.compensation,
        "meets": group.meets,
        "languages": list(group.languages),
        "contact_name": group.contact_name,
        "phones": [group.phone.value()],
        "emails": [group.email],
        "verified_on": group.verified_on,
    }


def _event_values(event: Event, season: Season, numbers: Numbers) -> dict[str, Any]:
    return {
        "name": event.name,
        "event_type": event.event_type,
        "starts": event.starts,
        "ends": event.ends,
        "venue_name": event.venue_name,
        "venue_type": event.venue_type,
        "address": event.address,
        "town": event.town,
        "zip": event.zip,
        "county": event.county,
        "tribal_land": event.tribal_land,
        "rural": event.rural,
        "host": numbers.organizations[event.host] if event.host is not None else None,
        "co_hosts": [numbers.organizations[number] for number in event.co_hosts],
        "owning_unit": event.owning_unit,
        "staff": [season.staff[number].name for number in event.staff],
        "engagement_level": event.engagement_level,
        "languages": list(event.languages),
        "supports": list(event.supports),
    }
