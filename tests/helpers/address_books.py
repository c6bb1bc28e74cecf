"""A store with an address book worth exporting: people with every sort of phone, names in parts, partners, an event."""

from outreach_app.store.stores import Store

MARIA = {
    "name": "María del Carmen García",
    "given_name": "María",
    "family_name": "García",
    "preferred_name": "Mari",
    "phones": [
        {"number": "828 555 0101", "kind": "mobile", "text_ok": True},
        {"number": "+1 828 555 0102", "kind": "work"},
    ],
    "emails": ["maria@pantry.example", "mari@home.example"],
    "street": "12 Elm St; rear",
    "town": "Sylva",
    "state": "NC",
    "zip": "02139",
    "notes": "Her brother is ill.",
}
PANTRY = {
    "name": "Swain Food Pantry",
    "other_names": ["SFP"],
    "identifiers": ["12-345"],
    "website": "pantry.example",
    "phones": [{"number": "828 555 0110", "kind": "work"}, {"number": "828 555 0111", "kind": "fax"}],
    "emails": ["hello@pantry.example"],
    "addresses": [
        {
            "kind": "physical",
            "name": "Main Hall",
            "street": "4 Oak St",
            "town": "Bryson City",
            "state": "NC",
            "zip": "28713",
        },
        {"kind": "postal", "street": "PO Box 3", "town": "Bryson City", "state": "NC", "zip": "28713"},
    ],
    "languages": ["en", "es"],
    "counties_served": ["37173"],
    "description": "Feeds people.",
    "services_offered": ["Hot lunch: Serves lunch on Fridays.", "Pantry boxes"],
}
FAIR = {
    "name": "Fire hall, Alarka",
    "starts": "2026-11-28T18:00:00-05:00",
    "ends": "2026-11-28T20:00:00-05:00",
    "venue_name": "Fire hall",
    "town": "Alarka",
    "status": "planned",
    "notes": "Bring the ramp.",
}


def address_book(store: Store) -> dict[str, str]:
    """Fill a store; the ids by a short name each."""
    with store.writing("make_people") as draft:
        made = {
            "maria": draft.new("people", MARIA),
            "ana": draft.new("people", {"name": "=Ana Bird"}),
            "cold": draft.new("people", {"name": "Cold Shoulder"}),
            "pantry": draft.new("organizations", PANTRY),
            "fair": draft.new("events", FAIR),
        }
        draft.new("events", {"name": "Some day"})
        place = {"person": made["maria"], "organization": made["pantry"]}
        made["director"] = draft.new(
            "affiliations",
            {
                **place,
                "job_title": "Director",
                "phones": [{"number": "828 555 0110"}],
                "emails": ["maria@pantry.example"],
            },
        )
        made["member"] = draft.new("affiliations", {"person": made["cold"], "organization": made["pantry"]})
        no = {"person": made["cold"], "channel": "share", "state": "refused", "how": "spoken", "given_on": "2026-11-01"}
        draft.new("consents", no)
        draft.new("feedback", {"verbatim": "Too far away.", "event": made["fair"]})
        draft.new("feedback", {"verbatim": "Sealed secret.", "sensitive": True})
    return made
