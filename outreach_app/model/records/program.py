"""What the program itself keeps: what was joined, and what left the department."""

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import choice, long_text, number, reference, text, yes_no
from outreach_app.model.kinds import About
from outreach_app.model.records.base import Record


class Link(Record):
    """What somebody decided about two that may be one. Its id derives from the pair, alike on every laptop."""

    __tablename__ = "links"
    about = About("Same or not", "Same or not", icon="merge", title=("one_record", "other_record"), in_forms=False)

    of_kind: Mapped[str | None] = text("List", "The list both stand in.", listed=True)
    one_record: Mapped[str | None] = text("One", "The older of the two.", listed=True)
    other_record: Mapped[str | None] = text("Other", "The younger of the two.", listed=True)
    says: Mapped[str | None] = choice("Decided", "link_answers", "Same, not the same, or not decided.", listed=True)


class Export(Record):
    """A file that left: who made it (its maker), when, for whom, how much. Its id is the file's export id."""

    __tablename__ = "exports"
    about = About("Export log", "Exported file", icon="file-spreadsheet", title=("file_name",), in_forms=False)

    file_name: Mapped[str | None] = text("File", "The file's name, without its folder.", searched=True, listed=True)
    profile: Mapped[str | None] = choice("Made for", "export_profiles", "Which fields it carries.", listed=True)
    to_whom: Mapped[str | None] = text("To whom", "Who was meant to get it.", searched=True, listed=True)
    partner: Mapped[str | None] = reference("Partner", "organizations", "The partner it was made for.", listed=True)
    event: Mapped[str | None] = reference("Event", "events", "The event it was limited to.")
    language: Mapped[str | None] = choice("Language", "languages", "The language of its headings.")
    rows: Mapped[int | None] = number("Rows", "How many rows, on all sheets.", listed=True)
    row_counts: Mapped[str | None] = long_text("Rows of each sheet", "How many rows each sheet has.")
    row_tokens: Mapped[str | None] = long_text(
        "Marks of its rows", "Which row stands for whom, where the file itself does not say."
    )
    sealed: Mapped[bool | None] = yes_no("Sealed with a password", "Whether the file asks for a password.")
