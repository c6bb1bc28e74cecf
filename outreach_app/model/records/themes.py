"""What feedback is about: the department's own list of themes, in two levels."""

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Privacy, long_text, number, reference, text, yes_no
from outreach_app.model.kinds import About
from outreach_app.model.records.base import Record


class Theme(Record):
    """A theme; one that is no longer used is retired, and never becomes another."""

    __tablename__ = "themes"
    about = About("Themes", "Theme", icon="tags", title=("name",))

    name: Mapped[str | None] = text(
        "Name",
        "In the words people use.",
        section="Theme",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PUBLIC,
    )
    name_es: Mapped[str | None] = text(
        "Name in Spanish", "", section="Theme", searched=True, listed=True, privacy=Privacy.PUBLIC
    )
    parent: Mapped[str | None] = reference(
        "Under", "themes", "Empty at the top.", section="Theme", listed=True, privacy=Privacy.PUBLIC
    )
    theme_code: Mapped[str | None] = text(
        "Theme code", "A short word that never changes.", section="Theme", searched=True, privacy=Privacy.PUBLIC
    )
    meaning: Mapped[str | None] = long_text(
        "What belongs here", "So that two people sort alike.", section="Theme", listed=True, privacy=Privacy.PUBLIC
    )
    version: Mapped[int | None] = number(
        "Since version", "The version of the list it first appeared in.", section="Theme", privacy=Privacy.PUBLIC
    )
    retired: Mapped[bool | None] = yes_no(
        "Retired",
        "No longer offered; what was sorted by it stays.",
        section="Theme",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
