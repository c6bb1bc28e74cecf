"""A small registry with a field of every shape, and a maker of workbooks from it."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from nacl.signing import SigningKey
from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.apart import lasting
from outreach_app.journal.changes import Horizon, Slot, Stamped, Write, WriteId
from outreach_app.model.codes import record_code
from outreach_app.model.fields import (
    Privacy,
    Shape,
    choice,
    code,
    county,
    date,
    long_text,
    many,
    moment,
    number,
    once,
    reference,
    tally,
    text,
    web,
    yes_no,
)
from outreach_app.model.identifiers import derived_element, derived_id
from outreach_app.model.kinds import About, RecordColumns, Registry
from outreach_app.sheets.books import Book, KindRows, Leaving, Signer
from outreach_app.sheets.reading import Reader
from outreach_app.sheets.readings import ReadBook, ReadRow
from outreach_app.sheets.words import Named
from outreach_app.sheets.workbooks import write_workbook


class Base(DeclarativeBase):
    """The tests' own kinds."""


class Thing(RecordColumns, Base):
    """A field of every shape."""

    __tablename__ = "things"
    about = About("Things", "Thing")

    name: Mapped[str | None] = text("Name", "What it is called.")
    story: Mapped[str | None] = long_text("Story")
    said: Mapped[str | None] = once("Said")
    day: Mapped[str | None] = date("Day")
    starts: Mapped[str | None] = moment("Starts")
    seats: Mapped[int | None] = number("Seats")
    heads: Mapped[int | None] = tally("Heads")
    open: Mapped[bool | None] = yes_no("Open")
    sort: Mapped[str | None] = choice("Sort", "event_types")
    where: Mapped[str | None] = county("County")
    zip: Mapped[str | None] = text("ZIP")
    tag: Mapped[str | None] = code("Tag")
    site: Mapped[str | None] = web("Website")
    place: Mapped[str | None] = reference("Place", "places")
    phones: Mapped[list[Any] | None] = many("Phones", Shape.PHONE)
    emails: Mapped[list[Any] | None] = many("E-mails", Shape.EMAIL)
    addresses: Mapped[list[Any] | None] = many("Addresses", Shape.ADDRESS)
    needs: Mapped[list[Any] | None] = many("Needs", Shape.CHOICE, vocabulary="supports")
    places: Mapped[list[Any] | None] = many("Places", Shape.REFERENCE, refers_to="places")
    words: Mapped[list[Any] | None] = many("Words", Shape.TEXT)
    counties: Mapped[list[Any] | None] = many("Counties served", Shape.COUNTY)
    secret: Mapped[str | None] = text("Secret", privacy=Privacy.SENSITIVE)


class Place(RecordColumns, Base):
    """What things refer to."""

    __tablename__ = "places"
    about = About("Places", "Place")

    name: Mapped[str | None] = text("Name")


REGISTRY = Registry(Base, ("things", "places"))
RUN, DEVICE, EXPORT = b"r" * 16, b"d" * 16, b"e" * 16
CLOCK = 1_790_000_000_000_000
KEY = SigningKey(b"k" * 32)


@dataclass(frozen=True)
class View:
    """A record as it stands."""

    kind: str
    id: str
    title: str
    values: Mapping[str, Any]
    shown: bool = True

    @property
    def code(self) -> str:
        """Its short code."""
        return record_code(self.id)


@dataclass
class Maker:
    """Makes records, workbooks of them, and reads those back."""

    registry: Registry = field(default_factory=lambda: REGISTRY)
    numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))
    titles: dict[tuple[str, str], Named] = field(default_factory=dict, repr=False)

    def number(self) -> int:
        """The next number of the run."""
        return next(iter(self.numbers))

    def record(self, kind: str, values: Mapping[str, Any], **more: Any) -> Leaving:
        """A record made by one change that wrote these values (a list field: its elements' values)."""
        change = WriteId(RUN, self.number())
        record = derived_id("test", RUN, str(change.number))
        standing: dict[str, list[Stamped]] = {}
        shown: dict[str, Any] = {}
        for name, value in values.items():
            about = self.registry[kind].by_name[name]
            for place, each in enumerate(value if about.many else [value]):
                element = derived_element(record, name, str(place)) if about.many else ""
                slot = Slot(kind, record, name, element)
                write = Write(WriteId(RUN, self.number()), slot, each)
                standing.setdefault(name, []).append(Stamped(write, CLOCK, "Ada Crowe", DEVICE, "live", change))
                if about.many:
                    shown.setdefault(name, []).append({"id": element, "value": each})
                else:
                    shown[name] = each
        view = View(kind, record, str(values.get("name") or ""), shown, **more)
        self.titles[kind, record] = Named(view.title, view.code)
        return Leaving(view, standing)

    def thing(self, **values: Any) -> Leaving:
        """A thing."""
        return self.record("things", values)

    def place(self, name: str) -> Leaving:
        """A place."""
        return self.record("places", {"name": name})

    def book(self, *records: Leaving, **more: Any) -> Book:
        """A workbook of these records."""
        kinds = [
            KindRows(kind, [each for each in records if each.view.kind == name]) for name, kind in self.registry.items()
        ]
        signer = Signer(lambda digest: KEY.sign(digest).signature, bytes(KEY.verify_key))
        settings: dict[str, Any] = {
            "export": EXPORT,
            "made_at": CLOCK,
            "made_by": "Ada Crowe",
            "department": "Pine County Health",
            "space": b"s" * 16,
            "kinds": kinds,
            "horizon": Horizon({RUN: 9_999}),
            "signer": signer,
            "name_of": lambda kind, record: self.titles.get((kind, record)),
        }
        return Book(**(settings | more))

    def written(self, *records: Leaving, **more: Any) -> bytes:
        """The bytes of a workbook of these records."""
        target = BytesIO()
        write_workbook(target, self.book(*records, **more))
        return target.getvalue()

    def read(self, content: bytes, **more: Any) -> ReadBook:
        """A workbook read back."""
        return Reader(self.registry, **more).read(content)

    def edited(self, content: bytes, edit: Callable[[Any], None]) -> ReadBook:
        """A workbook read back after ``edit`` did something to it with openpyxl."""
        book = openpyxl.load_workbook(BytesIO(content))
        edit(book)
        target = BytesIO()
        book.save(target)
        return self.read(target.getvalue())

    def typed(self, record: Leaving, **cells: Any) -> ReadRow:
        """The only row of a workbook of one record, after these cells (by heading) were typed over."""

        def edit(book: Any) -> None:
            sheet = book[self.registry[record.view.kind].about.label]
            heads = {cell.value: cell.column for cell in sheet[1]}
            for heading, value in cells.items():
                sheet.cell(2, heads[heading.replace("_", " ")]).value = value

        return self.edited(self.written(record), edit).rows[0]


@pytest.fixture(scope="session", autouse=True)
def reading_apart() -> Iterator[None]:
    """One process reads for all of these tests, or each reading would start its own."""
    with lasting():
        yield


@pytest.fixture
def maker() -> Maker:
    """A fresh maker."""
    return Maker()


@pytest.fixture
def emptied() -> Callable[[Leaving], Leaving]:
    """A record as it is after somebody deleted it."""

    def empty(record: Leaving) -> Leaving:
        view = record.view
        assert isinstance(view, View)
        slot = Slot(view.kind, view.id, "deleted")
        seen = [each.write.id for writes in record.standing.values() for each in writes]
        value = {"saw": {RUN.hex(): sorted(number for _run, number in seen)}}
        write = Write(WriteId(RUN, 5_001), slot, value, tuple(seen))
        stamped = Stamped(write, CLOCK + 1, "Ben Poe", DEVICE, "live", WriteId(RUN, 5_000))
        return Leaving(replace(view, shown=False), {"deleted": (stamped,)})

    return empty
