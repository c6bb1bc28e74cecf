"""What the program itself keeps: what was joined, who decides what, what left the department, and what is to again."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import Shape, choice, date, long_text, many, number, reference, text, yes_no
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


class DecisionNote(Record):
    """Who is to decide one thing, and what of it was noted. Its id derives from the decision's place, alike on every
    laptop; of two that hand it to somebody the later holds, for a decision about a decision would help nobody."""

    __tablename__ = "decision_notes"
    about = About("Who decides", "Who decides", icon="split", title=("what_waits", "handed_to"), in_forms=False)

    what_waits: Mapped[str | None] = text("What waits", "What sort of thing is to be decided.", listed=True)
    of_kind: Mapped[str | None] = text("List", "The list its record stands in, where it is about one.", listed=True)
    of_record: Mapped[str | None] = text("About", "What it is about.", listed=True)
    handed_to: Mapped[str | None] = text("Handed to", "Who is to decide it, where not a coordinator.", listed=True)
    noted: Mapped[list[Any] | None] = many("Noted", Shape.CODE, "What somebody has taken note of.")


class WhatLeaves:
    """What a file carries, for whom, in which form: of one that left, and of one that is asked for by name."""

    profile: Mapped[str | None] = choice("Made for", "export_profiles", "Which fields it carries.", listed=True)
    form: Mapped[str | None] = choice("Kind of file", "export_formats", "A workbook, or a file for another program.")
    to_whom: Mapped[str | None] = text("To whom", "Who was meant to get it.", searched=True, listed=True)
    partner: Mapped[str | None] = reference("Partner", "organizations", "The partner it was made for.", listed=True)
    event: Mapped[str | None] = reference("Event", "events", "The event it was limited to.")
    since: Mapped[str | None] = date("Changed since", "Only what is new or changed since that day.")
    lists: Mapped[list[Any] | None] = many("Lists", Shape.TEXT, "Only these lists; without one, all.")
    columns: Mapped[list[Any] | None] = many("Columns", Shape.TEXT, "Of a list only these columns: list.column.")
    language: Mapped[str | None] = choice("Language", "languages", "The language of its headings.")


class Export(WhatLeaves, Record):
    """A file that left: who made it (its maker), when, for whom, how much. Its id is the file's export id."""

    __tablename__ = "exports"
    about = About("Export log", "Exported file", icon="file-spreadsheet", title=("file_name",), in_forms=False)

    file_name: Mapped[str | None] = text("File", "The file's name, without its folder.", searched=True, listed=True)
    named: Mapped[str | None] = reference("Named export", "named_exports", "The named export that made it.")
    rows: Mapped[int | None] = number("Rows", "How many rows, on all sheets.", listed=True)
    row_counts: Mapped[str | None] = long_text("Rows of each sheet", "How many rows each sheet has.")
    row_tokens: Mapped[str | None] = long_text(
        "Marks of its rows", "Which row stands for whom, where the file itself does not say."
    )
    sealed: Mapped[bool | None] = yes_no("Sealed with a password", "Whether the file asks for a password.")


class NamedExport(WhatLeaves, Record):
    """What was asked for once and is to be asked for again, under a name of its own."""

    __tablename__ = "named_exports"
    about = About("Named exports", "Named export", icon="file-spreadsheet", title=("name",), in_forms=False)

    name: Mapped[str | None] = text("Name", "What it is called.", searched=True, listed=True, required=True)
    since_last: Mapped[bool | None] = yes_no("Since the last time", "Only what is new or changed since it was made.")
    template: Mapped[str | None] = long_text("Template", "The department's own workbook, as it is filled each time.")
    template_name: Mapped[str | None] = text("Template's name", "The file that the template came from.")
    template_columns: Mapped[list[Any] | None] = many(
        "Template's columns", Shape.TEXT, "Each heading, and after a tab what its column holds."
    )


class NamedList(Record):
    """A list that was filtered, sorted and laid out once and is to be looked through again, under a name."""

    __tablename__ = "named_lists"
    about = About("Named lists", "Named list", icon="list-checks", title=("name",), in_forms=False)

    name: Mapped[str | None] = text("Name", "What it is called.", searched=True, listed=True, required=True)
    of_kind: Mapped[str | None] = text("List", "Which kind of record it lists.", listed=True)
    conditions: Mapped[str | None] = long_text("Conditions", "What the records are like.", listed=True)
    columns: Mapped[str | None] = long_text("Columns", "The columns, in their order.")
    sorted_by: Mapped[str | None] = text("Sorted by", "The field it is sorted by.", listed=True)
