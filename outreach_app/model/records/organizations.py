"""Organizations the department works with, and how they belong together."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Privacy, Shape, choice, date, long_text, many, once, reference, text, web
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class Organization(OnPaper, Record):
    """A partner, or one that may become a partner."""

    __tablename__ = "organizations"
    about = About("Organizations", "Organization", icon="building-2", title=("name",), joinable=True, menu="Partners")

    name: Mapped[str | None] = text(
        "Name",
        "As the organization writes it.",
        section="Name",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    other_names: Mapped[list[Any] | None] = many(
        "Other names",
        Shape.TEXT,
        "Short names, old names, names in other languages.",
        section="Name",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    sector: Mapped[str | None] = choice(
        "Sector", "sectors", "What field it works in.", section="Name", listed=True, privacy=Privacy.PUBLIC
    )
    status: Mapped[str | None] = choice(
        "Status", "organization_statuses", "Whether it is at work.", section="Name", privacy=Privacy.PUBLIC
    )
    parent: Mapped[str | None] = reference(
        "Belongs to",
        "organizations",
        "The larger organization it is a part of.",
        section="Name",
        privacy=Privacy.PARTNER,
    )
    identifiers: Mapped[list[Any] | None] = many(
        "Identifiers",
        Shape.TEXT,
        "Numbers others know it by, such as a tax number.",
        section="Name",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    website: Mapped[str | None] = web(
        "Website", "As it is written on their papers.", section="Contact", searched=True, privacy=Privacy.PARTNER
    )
    phones: Mapped[list[Any] | None] = many(
        "Phones",
        Shape.PHONE,
        "The organization's own numbers.",
        section="Contact",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    emails: Mapped[list[Any] | None] = many(
        "E-mails",
        Shape.EMAIL,
        "The organization's own addresses.",
        section="Contact",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    addresses: Mapped[list[Any] | None] = many(
        "Addresses",
        Shape.ADDRESS,
        "Where it is, and where its mail goes.",
        section="Contact",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    counties_served: Mapped[list[Any] | None] = many(
        "Counties served",
        Shape.COUNTY,
        "Where it works.",
        section="What it does",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    languages: Mapped[list[Any] | None] = many(
        "Languages",
        Shape.CHOICE,
        "Languages one can use there.",
        section="What it does",
        vocabulary="languages",
        privacy=Privacy.PUBLIC,
    )
    description: Mapped[str | None] = long_text(
        "What it does", "In a sentence or two.", section="What it does", searched=True, privacy=Privacy.PARTNER
    )
    services_offered: Mapped[list[Any] | None] = many(
        "Services offered",
        Shape.TEXT,
        "One line for each.",
        section="What it does",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    needs: Mapped[list[Any] | None] = many(
        "Needs",
        Shape.CHOICE,
        "What it is looking for.",
        section="Needs and offers",
        vocabulary="needs_and_offers",
        privacy=Privacy.PARTNER,
    )
    needs_text: Mapped[str | None] = long_text(
        "Needs, in their words",
        "What they said they are looking for.",
        section="Needs and offers",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    offers: Mapped[list[Any] | None] = many(
        "Offers",
        Shape.CHOICE,
        "What it can give others.",
        section="Needs and offers",
        vocabulary="needs_and_offers",
        privacy=Privacy.PARTNER,
    )
    offers_text: Mapped[str | None] = long_text(
        "Offers, in their words",
        "What they said they can give.",
        section="Needs and offers",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    verified_on: Mapped[str | None] = date(
        "Last checked on",
        "When somebody last made sure that this is right.",
        section="Notes",
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
        "Notes", "What the next person to call them should know.", section="Notes", searched=True
    )


class OrganizationRelation(Record):
    """How two organizations belong together; named from both ends by its vocabulary."""

    __tablename__ = "organization_relations"
    about = About(
        "Ties between organizations", "Tie between organizations", icon="link", title=("organization", "other")
    )

    organization: Mapped[str | None] = reference(
        "Organization",
        "organizations",
        "The one the tie is told from.",
        section="Tie",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    relation: Mapped[str | None] = choice(
        "Tie",
        "organization_relations",
        "What the first is to the second.",
        section="Tie",
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    other: Mapped[str | None] = reference(
        "Other organization",
        "organizations",
        "The one at the other end.",
        section="Tie",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    since: Mapped[str | None] = date(
        "Since", "A day, a month or a year.", section="When", listed=True, privacy=Privacy.PARTNER
    )
    until: Mapped[str | None] = date(
        "Until", "Empty while it lasts.", section="When", listed=True, privacy=Privacy.PARTNER
    )
    notes: Mapped[str | None] = once("Notes", "What is good to know about it.", section="Notes", searched=True)
