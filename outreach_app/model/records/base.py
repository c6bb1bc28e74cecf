"""What every mapped record class stands on."""

from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.model.fields import Privacy, number, reference
from outreach_app.model.kinds import RecordColumns


class Base(DeclarativeBase):
    """The declarative base of the program's own kinds. A test that adds a field makes a base of its own."""


class Record(RecordColumns, Base):
    """A kind of record: its table, its fields in the order people see them, and ``about``."""

    __abstract__ = True


class OnPaper:
    """Where a record came from on paper, for the kinds that a filled-in sheet can give."""

    sheet: Mapped[str | None] = reference(
        "Sheet", "sheets", "The numbered sheet it was written on.", section="On paper", privacy=Privacy.INTERNAL
    )
    sheet_page: Mapped[int | None] = number("Page", "The page of that sheet.", section="On paper")
    sheet_line: Mapped[int | None] = number("Line", "The line on that page, from the top.", section="On paper")
