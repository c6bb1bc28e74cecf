"""What a department says of itself and wants alike on all its laptops: one record, with one id everywhere."""

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import choice, long_text, number, text
from outreach_app.model.identifiers import derived_id
from outreach_app.model.kinds import About
from outreach_app.model.records.base import Record

DEPARTMENT = derived_id("department settings")
"""The id of the one record, derived alike on every laptop."""


class DepartmentSettings(Record):
    """The department's settings. They travel like anything else that was written, and undo like it."""

    __tablename__ = "department_settings"
    about = About("The department", "The department", icon="building-2", title=("name",), in_forms=False)

    name: Mapped[str | None] = text(
        "Name", "As people know it; it stands on sheets and on the visitor screen.", section="Who we are", listed=True
    )
    phone: Mapped[str | None] = text(
        "Phone", "By which people ask, or take back what they allowed.", section="Who we are", listed=True
    )
    reach: Mapped[str | None] = text(
        "E-mail or address", "For those who would rather write.", section="Who we are", listed=True
    )
    logo: Mapped[str | None] = long_text("Logo", "A PNG or JPEG picture, printed on sheets.", section="Who we are")
    call_today: Mapped[str | None] = text(
        "Whom to call today",
        "Name and phone, shown to whoever notes something sensitive.",
        section="What we promise",
        listed=True,
    )
    read_by: Mapped[str | None] = text("Who reads what is said", "As a visitor is told it.", section="What we promise")
    read_by_es: Mapped[str | None] = text("Who reads what is said, in Spanish", "", section="What we promise")
    notice: Mapped[str | None] = long_text(
        "Notice on sheets", "In place of the program's own words.", section="What we promise"
    )
    notice_es: Mapped[str | None] = long_text("Notice on sheets, in Spanish", "", section="What we promise")
    engagement_scheme: Mapped[str | None] = choice(
        "Engagement levels", "engagement_schemes", "The scale that is offered for events.", section="How we work"
    )
    threshold: Mapped[int | None] = number(
        "Counts left out, up to", "None so small is in what anyone may read.", section="How we work"
    )
