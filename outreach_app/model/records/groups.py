"""Councils, commissions and work groups one can join, and who asked to."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import (
    Privacy,
    Shape,
    choice,
    date,
    long_text,
    many,
    number,
    once,
    reference,
    text,
    web,
    yes_no,
)
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class Group(Record):
    """A group people can join."""

    __tablename__ = "groups"
    about = About("Groups", "Group", icon="messages-square", title=("name",), menu="Groups to join")

    name: Mapped[str | None] = text(
        "Name", "Its full name.", section="Group", searched=True, listed=True, required=True, privacy=Privacy.PARTNER
    )
    group_type: Mapped[str | None] = choice(
        "Type", "group_types", "", section="Group", listed=True, privacy=Privacy.PUBLIC
    )
    owning_unit: Mapped[str | None] = choice(
        "Unit",
        "owning_units",
        "The part of the department it belongs to.",
        section="Group",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    purpose: Mapped[str | None] = long_text(
        "Purpose", "What it is for, in a sentence or two.", section="Group", searched=True, privacy=Privacy.PARTNER
    )
    interests: Mapped[list[Any] | None] = many(
        "Interests",
        Shape.CHOICE,
        "What it deals with.",
        section="Group",
        vocabulary="interest_areas",
        privacy=Privacy.PUBLIC,
    )
    counties: Mapped[list[Any] | None] = many(
        "Counties", Shape.COUNTY, "Where it works.", section="Group", listed=True, privacy=Privacy.PUBLIC
    )
    seats: Mapped[int | None] = number(
        "Seats", "How many members it has room for.", section="Joining", privacy=Privacy.PUBLIC
    )
    openings: Mapped[int | None] = number(
        "Openings", "How many seats are free now.", section="Joining", listed=True, privacy=Privacy.PUBLIC
    )
    open_to_public: Mapped[bool | None] = yes_no(
        "Open to the public",
        "Whether anyone may come and listen.",
        section="Joining",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    how_to_join: Mapped[str | None] = long_text(
        "How to join", "What one has to do.", section="Joining", searched=True, privacy=Privacy.PARTNER
    )
    compensation: Mapped[str | None] = text(
        "Compensation",
        "What members are given for their time and travel.",
        section="Joining",
        privacy=Privacy.PARTNER,
    )
    meets: Mapped[str | None] = text(
        "Meets", "When and where, such as the first Tuesday at six.", section="Joining", privacy=Privacy.PARTNER
    )
    languages: Mapped[list[Any] | None] = many(
        "Languages",
        Shape.CHOICE,
        "Languages one can use there.",
        section="Joining",
        vocabulary="languages",
        privacy=Privacy.PUBLIC,
    )
    contact_name: Mapped[str | None] = text(
        "Contact", "Whom to ask.", section="Contact", searched=True, listed=True, privacy=Privacy.PARTNER
    )
    phones: Mapped[list[Any] | None] = many(
        "Phones", Shape.PHONE, "Where to call.", section="Contact", searched=True, privacy=Privacy.PARTNER
    )
    emails: Mapped[list[Any] | None] = many(
        "E-mails", Shape.EMAIL, "Where to write.", section="Contact", searched=True, privacy=Privacy.PARTNER
    )
    website: Mapped[str | None] = web("Website", "Where to read more.", section="Contact", privacy=Privacy.PARTNER)
    verified_on: Mapped[str | None] = date(
        "Last checked on",
        "When somebody last made sure that this is right.",
        section="Notes",
        privacy=Privacy.PARTNER,
    )
    notes: Mapped[str | None] = once("Notes", "What is good to know about it.", section="Notes", searched=True)


class Interest(OnPaper, Record):
    """Somebody asks to join a group, or to work with a unit."""

    __tablename__ = "interests"
    about = About("Interests", "Interest", icon="handshake", title=("person", "organization", "group"))

    person: Mapped[str | None] = reference(
        "Person", "people", "Who asks.", section="Request", searched=True, listed=True, privacy=Privacy.PARTNER
    )
    organization: Mapped[str | None] = reference(
        "Organization",
        "organizations",
        "Which organization asks.",
        section="Request",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    group: Mapped[str | None] = reference(
        "Group",
        "groups",
        "The group they want to join.",
        section="Request",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    unit: Mapped[str | None] = choice(
        "Unit",
        "owning_units",
        "The part of the department they want to work with.",
        section="Request",
        listed=True,
        privacy=Privacy.PARTNER,
    )
    event: Mapped[str | None] = reference(
        "Event", "events", "Where they asked.", section="Request", privacy=Privacy.PARTNER
    )
    asked_on: Mapped[str | None] = date("Asked on", "", section="Request", listed=True, privacy=Privacy.PARTNER)
    state: Mapped[str | None] = choice(
        "State", "interest_states", "", section="What came of it", listed=True, privacy=Privacy.PARTNER
    )
    sent_to: Mapped[str | None] = text("Sent to", "Whom it was passed on to.", section="What came of it", suggests=True)
    notes: Mapped[str | None] = once("Notes", "What happened on the way.", section="Notes", searched=True)
