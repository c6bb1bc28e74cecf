"""Who came to an event."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Shape, choice, many, reference, text
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class SignIn(OnPaper, Record):
    """One line of an event's list: a known person, or only what was written."""

    __tablename__ = "sign_ins"
    about = About("Sign-ins", "Sign-in", icon="user-plus", title=("name_as_written", "event"), joinable=True)

    event: Mapped[str | None] = reference(
        "Event", "events", "Where they came.", section="Sign-in", searched=True, listed=True, required=True
    )
    person: Mapped[str | None] = reference(
        "Person",
        "people",
        "Empty while only what was written is known.",
        section="Sign-in",
        searched=True,
        listed=True,
    )
    name_as_written: Mapped[str | None] = text(
        "Name as written",
        "The name as it was written or typed there.",
        section="Sign-in",
        searched=True,
        listed=True,
        required=True,
    )
    organization: Mapped[str | None] = reference(
        "Organization", "organizations", "Whom they came for, where that is known.", section="Sign-in", searched=True
    )
    organization_as_written: Mapped[str | None] = text(
        "Organization as written",
        "As it was written or typed there.",
        section="Sign-in",
        searched=True,
        listed=True,
        suggests=True,
    )
    came_as: Mapped[str | None] = choice(
        "Came as", "came_as", "In what part they came.", section="Sign-in", listed=True
    )
    status: Mapped[str | None] = choice(
        "Status", "sign_in_statuses", "Expected, came, or did not.", section="Sign-in", listed=True
    )
    marks: Mapped[list[Any] | None] = many(
        "Marks", Shape.CHOICE, "What the person typing it in saw.", section="On paper", vocabulary="sign_in_marks"
    )
