"""What somebody promised to do."""

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import choice, date, once, reference, text
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class FollowUp(OnPaper, Record):
    """One thing to do, for somebody, by a day."""

    __tablename__ = "follow_ups"
    about = About("Follow-ups", "Follow-up", icon="list-checks", title=("what",))

    what: Mapped[str | None] = text(
        "What", "What is to be done.", section="To do", searched=True, listed=True, required=True
    )
    who_does_it: Mapped[str | None] = text(
        "Who does it", "", section="To do", searched=True, listed=True, suggests=True
    )
    due: Mapped[str | None] = date("Due", "The day it should be done by.", section="To do", listed=True)
    state: Mapped[str | None] = choice("State", "follow_up_states", "", section="To do", listed=True)
    for_person: Mapped[str | None] = reference(
        "For whom", "people", "The person it is for.", section="For", searched=True, listed=True
    )
    for_organization: Mapped[str | None] = reference(
        "For which organization",
        "organizations",
        "The organization it is for.",
        section="For",
        searched=True,
        listed=True,
    )
    for_event: Mapped[str | None] = reference(
        "From which event", "events", "The event it comes from.", section="For", searched=True
    )
    for_feedback: Mapped[str | None] = reference("From which feedback", "feedback", "What was said.", section="For")
    notes: Mapped[str | None] = once("Notes", "What happened on the way.", section="Notes", searched=True)
