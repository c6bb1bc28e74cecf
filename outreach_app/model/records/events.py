"""Events, and the numbered sheets printed for them."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import (
    Privacy,
    Shape,
    choice,
    code,
    long_text,
    many,
    moment,
    number,
    once,
    reference,
    tally,
    text,
    yes_no,
)
from outreach_app.model.fields import county as us_county
from outreach_app.model.kinds import About
from outreach_app.model.records.base import Record


class Event(Record):
    """Something people came to: a listening session, a table at a fair, a clinic day."""

    __tablename__ = "events"
    about = About("Events", "Event", icon="map-pin", title=("name",), short_code=True)

    name: Mapped[str | None] = text(
        "Name",
        "What people would call it.",
        section="What",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    event_type: Mapped[str | None] = choice(
        "Type", "event_types", "What sort of event it is.", section="What", listed=True, privacy=Privacy.PUBLIC
    )
    status: Mapped[str | None] = choice(
        "Status",
        "event_statuses",
        "Planned, held, or all of its paper typed in.",
        section="What",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    short_code: Mapped[str | None] = code(
        "Event code",
        "Printed on its sheets; made by the program.",
        section="What",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    starts: Mapped[str | None] = moment(
        "Starts", "Local time at the place.", section="When", listed=True, privacy=Privacy.PARTNER
    )
    ends: Mapped[str | None] = moment("Ends", "Local time at the place.", section="When", privacy=Privacy.PARTNER)
    venue_name: Mapped[str | None] = text(
        "Place",
        "The building or spot, as people know it.",
        section="Where",
        searched=True,
        listed=True,
        suggests=True,
        privacy=Privacy.PARTNER,
    )
    venue_type: Mapped[str | None] = choice(
        "Type of place", "venue_types", "What sort of place it is.", section="Where", privacy=Privacy.PUBLIC
    )
    address: Mapped[str | None] = text(
        "Street address", "House number and street.", section="Where", privacy=Privacy.PARTNER
    )
    town: Mapped[str | None] = text(
        "Town", "The town or community.", section="Where", searched=True, suggests=True, privacy=Privacy.PARTNER
    )
    zip: Mapped[str | None] = text("ZIP", "Five digits, or nine.", section="Where", privacy=Privacy.PARTNER)
    county: Mapped[str | None] = us_county(
        "County", "Any county of the United States.", section="Where", listed=True, privacy=Privacy.PUBLIC
    )
    tribal_land: Mapped[str | None] = text(
        "Tribal land",
        "The nation or community whose land it is, in their own name; apart from the county.",
        section="Where",
        suggests=True,
        privacy=Privacy.PARTNER,
    )
    rural: Mapped[bool | None] = yes_no(
        "Rural",
        "Set for this event itself; counties near a city hold rural places too.",
        section="Where",
        privacy=Privacy.PUBLIC,
    )
    host: Mapped[str | None] = reference(
        "Host", "organizations", "Empty when the department hosts it itself.", section="Who", privacy=Privacy.PARTNER
    )
    co_hosts: Mapped[list[Any] | None] = many(
        "Co-hosts",
        Shape.REFERENCE,
        "Organizations that host it together with the host.",
        section="Who",
        refers_to="organizations",
        privacy=Privacy.PARTNER,
    )
    owning_unit: Mapped[str | None] = choice(
        "Unit",
        "owning_units",
        "The part of the department that holds the event.",
        section="Who",
        privacy=Privacy.PUBLIC,
    )
    staff: Mapped[list[Any] | None] = many(
        "Staff", Shape.TEXT, "Who works at it.", section="Who", suggests=True, privacy=Privacy.INTERNAL
    )
    engagement_level: Mapped[str | None] = choice(
        "Engagement level",
        "engagement_levels",
        "What is promised to the people who come.",
        section="How people take part",
        privacy=Privacy.PUBLIC,
    )
    languages: Mapped[list[Any] | None] = many(
        "Languages offered",
        Shape.CHOICE,
        "Languages people can use there.",
        section="How people take part",
        vocabulary="languages",
        privacy=Privacy.PUBLIC,
    )
    supports: Mapped[list[Any] | None] = many(
        "Support provided",
        Shape.CHOICE,
        "What makes it easier to come.",
        section="How people take part",
        vocabulary="supports",
        privacy=Privacy.PUBLIC,
    )
    others_here: Mapped[int | None] = tally(
        "Others here, unsigned",
        "Heads counted beside those who signed in.",
        section="How people take part",
        privacy=Privacy.PUBLIC,
    )
    notes: Mapped[str | None] = once("Notes", "Anything worth remembering about it.", section="Notes", searched=True)


class Sheet(Record):
    """A numbered sign-in sheet, recorded when it was made: the print log, and what a reprint is made from."""

    __tablename__ = "sheets"
    about = About("Sign-in sheets", "Sign-in sheet", icon="printer", title=("event",), in_forms=False, short_code=True)

    short_code: Mapped[str | None] = code(
        "Sheet code", "Printed on every page.", section="Sheet", searched=True, listed=True
    )
    event: Mapped[str | None] = reference(
        "Event", "events", "The event it was made for.", section="Sheet", searched=True, listed=True
    )
    pages: Mapped[int | None] = number("Pages", "How many pages were made.", section="Sheet", listed=True)
    lines: Mapped[int | None] = number("Lines", "How many lines, on all pages.", section="Sheet", listed=True)
    prefilled: Mapped[int | None] = number(
        "Lines already filled in", "How many lines carry the name of somebody expected.", section="Sheet", listed=True
    )
    printed_lines: Mapped[str | None] = long_text(
        "Names printed", "The lines as they were printed, so that one page can be made again.", section="Sheet"
    )
    language: Mapped[str | None] = choice(
        "Language", "sheet_languages", "The language of its headings.", section="Sheet", listed=True
    )
    large_print: Mapped[bool | None] = yes_no("Large print", "Made in large print.", section="Sheet")
    paper_size: Mapped[str | None] = choice("Paper", "paper_sizes", "The paper it was made for.", section="Sheet")
