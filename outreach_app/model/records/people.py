"""People, and where they belong."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Privacy, Shape, choice, date, many, once, reference, text, yes_no
from outreach_app.model.fields import county as us_county
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class Person(OnPaper, Record):
    """Somebody the department met. A name alone is enough."""

    __tablename__ = "people"
    about = About("People", "Person", icon="users", title=("name",), joinable=True)

    name: Mapped[str | None] = text(
        "Name",
        "As they give it; a name is enough.",
        section="Name",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    given_name: Mapped[str | None] = text(
        "Given name", "Only where it matters.", section="Name", searched=True, privacy=Privacy.PARTNER
    )
    family_name: Mapped[str | None] = text(
        "Family name", "Only where it matters.", section="Name", searched=True, privacy=Privacy.PARTNER
    )
    preferred_name: Mapped[str | None] = text(
        "Likes to be called", "What they want to be called.", section="Name", searched=True, privacy=Privacy.PARTNER
    )
    pronouns: Mapped[str | None] = text(
        "Pronouns", "Only if they say so; never guessed.", section="Name", privacy=Privacy.INTERNAL
    )
    phones: Mapped[list[Any] | None] = many(
        "Phones",
        Shape.PHONE,
        "As they say it.",
        section="Contact",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    emails: Mapped[list[Any] | None] = many(
        "E-mails",
        Shape.EMAIL,
        "Never required.",
        section="Contact",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    preferred_language: Mapped[str | None] = choice(
        "Preferred language",
        "languages",
        "The language they want to be spoken and written to in.",
        section="Contact",
        listed=True,
        privacy=Privacy.PARTNER,
    )
    preferred_contact: Mapped[str | None] = choice(
        "Best way to reach them", "contact_ways", "What they asked for.", section="Contact", privacy=Privacy.PARTNER
    )
    street: Mapped[str | None] = text(
        "Street address", "House number and street, or a PO box.", section="Address", privacy=Privacy.INTERNAL
    )
    town: Mapped[str | None] = text(
        "Town",
        "The town or community they name.",
        section="Address",
        searched=True,
        listed=True,
        suggests=True,
        privacy=Privacy.INTERNAL,
    )
    state: Mapped[str | None] = choice("State", "states", "", section="Address", privacy=Privacy.INTERNAL)
    zip: Mapped[str | None] = text("ZIP", "Five digits, or nine.", section="Address", privacy=Privacy.INTERNAL)
    county: Mapped[str | None] = us_county(
        "County", "Any county of the United States.", section="Address", listed=True, privacy=Privacy.INTERNAL
    )
    interests: Mapped[list[Any] | None] = many(
        "Interested in",
        Shape.CHOICE,
        "What they would like to hear about or work on.",
        section="Interests",
        vocabulary="interest_areas",
        privacy=Privacy.PARTNER,
    )
    met_at: Mapped[list[Any] | None] = many(
        "Met at",
        Shape.REFERENCE,
        "The events where somebody spoke with them as a partner.",
        section="Met",
        refers_to="events",
        privacy=Privacy.PARTNER,
    )
    notes: Mapped[str | None] = once(
        "Notes", "What the next person to meet them should know.", section="Notes", searched=True
    )


class Affiliation(OnPaper, Record):
    """Somebody's place in an organization, with the phone and e-mail they have there."""

    __tablename__ = "affiliations"
    about = About("Affiliations", "Affiliation", icon="user-check", title=("person", "organization"))

    person: Mapped[str | None] = reference(
        "Person",
        "people",
        "Who it is.",
        section="Who",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    organization: Mapped[str | None] = reference(
        "Organization",
        "organizations",
        "Where they belong.",
        section="Who",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    job_title: Mapped[str | None] = text(
        "Job title",
        "What they do there.",
        section="Who",
        searched=True,
        listed=True,
        suggests=True,
        privacy=Privacy.PARTNER,
    )
    phones: Mapped[list[Any] | None] = many(
        "Phones there",
        Shape.PHONE,
        "Numbers they have at this organization.",
        section="Contact there",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    emails: Mapped[list[Any] | None] = many(
        "E-mails there",
        Shape.EMAIL,
        "Addresses they have at this organization.",
        section="Contact there",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    main_contact: Mapped[bool | None] = yes_no(
        "Main contact", "Whom to call first at this organization.", section="Contact there", privacy=Privacy.PARTNER
    )
    since: Mapped[str | None] = date("Since", "A day, a month or a year.", section="When", privacy=Privacy.PARTNER)
    until: Mapped[str | None] = date(
        "Until", "Empty while they are still there.", section="When", privacy=Privacy.PARTNER
    )
