"""What people allowed, and what they did not."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Privacy, Shape, choice, date, many, reference, text
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class Consent(OnPaper, Record):
    """One answer about one way. Never altered: a later answer names the ones it takes the place of."""

    __tablename__ = "consents"
    about = About("Consents", "Consent", icon="circle-check", title=("person",), append_only=True)

    person: Mapped[str | None] = reference(
        "Person",
        "people",
        "Whose answer it is.",
        section="Answer",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    channel: Mapped[str | None] = choice(
        "For what",
        "consent_channels",
        "The way or use they were asked about.",
        section="Answer",
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    state: Mapped[str | None] = choice(
        "Answer", "consent_states", "", section="Answer", listed=True, required=True, privacy=Privacy.PARTNER
    )
    how: Mapped[str | None] = choice(
        "How it was given", "consent_ways", "", section="Answer", listed=True, privacy=Privacy.INTERNAL
    )
    given_on: Mapped[str | None] = date(
        "Given on",
        "The day they answered; for paper the day it was filled in.",
        section="Answer",
        listed=True,
        privacy=Privacy.INTERNAL,
    )
    notice_version: Mapped[str | None] = text(
        "Notice", "Which wording of the notice they were shown.", section="Answer", privacy=Privacy.INTERNAL
    )
    supersedes: Mapped[list[Any] | None] = many(
        "Takes the place of",
        Shape.REFERENCE,
        "Earlier answers this one replaces.",
        section="Answer",
        refers_to="consents",
        privacy=Privacy.INTERNAL,
    )
