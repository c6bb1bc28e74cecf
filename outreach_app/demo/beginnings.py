"""How a season begins: the space is made, workers join, and the coordinator writes down what is known by then."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from outreach_app.assets import asset
from outreach_app.demo.laptops import PASSPHRASE, Here
from outreach_app.demo.plans import Event, Group, Organization
from outreach_app.operations.events import plan_event
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, new_store
from outreach_app.store.keys import DEMO_COST


def found(here: Here, folder: Path) -> None:
    """Make the space and the coordinator's store; write down partners, ties, groups and events; import partners."""
    season, numbers = here.season, here.numbers
    here.store = new_store(folder, PASSPHRASE, season.staff[0].name, season.department, DEMO_COST, here.clock)
    numbers.made["themes"] = {view.id for view in here.store.list("themes")}  # every new store begins with them
    for number, organization in enumerate(season.organizations):
        if organization.from_start:
            numbers.organizations[number] = _make(here, "organizations", organization_values(organization))
    for tie in season.ties:
        ends = numbers.organizations[tie.organization], numbers.organizations[tie.other]
        _make(here, "organization_relations", {"organization": ends[0], "relation": tie.relation, "other": ends[1]})
    for number, group in enumerate(season.groups):
        numbers.groups[number] = _make(here, "groups", _group_values(group))
    for number, event in enumerate(season.events):
        numbers.events[number], changes = plan_event(here.store, _event_values(event, here))
        numbers.note(changes)
    import_path(here.store, asset("demo", "partner-directory"))
    for write in here.store.recent(1)[0].writes:
        numbers.made.setdefault(write.slot.kind, set()).add(write.slot.record)


def invite_to(here: Here, invitation: Path, at: str) -> str:
    """Write an invitation; the six words that open it."""
    here.clock.set(at)
    return invite(here.store, invitation)


def join_in(here: Here, folder: Path, invitation: Path, code: str, worker: int, at: str) -> None:
    """Make a worker's store in the space of an invitation, which is then thrown away."""
    here.clock.set(at)
    here.store = join(folder, invitation, code, here.season.staff[worker].name, PASSPHRASE, DEMO_COST, here.clock)
    invitation.unlink()


def _make(here: Here, kind: str, values: Mapping[str, Any]) -> str:
    made, changes = make_record(here.store, kind, values)
    here.numbers.note(changes)
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


def _event_values(event: Event, here: Here) -> dict[str, Any]:
    organizations = here.numbers.organizations
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
        "host": organizations[event.host] if event.host is not None else None,
        "co_hosts": [organizations[number] for number in event.co_hosts],
        "owning_unit": event.owning_unit,
        "staff": [here.season.staff[number].name for number in event.staff],
        "engagement_level": event.engagement_level,
        "languages": list(event.languages),
        "supports": list(event.supports),
    }
