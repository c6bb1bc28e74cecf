"""What a field is. One declaration says everything the rest of the program derives from it.

A field is declared in :mod:`outreach_app.model.records` by the functions below: ``name = text("Name", searched=True)``.
Table column, form, list column, search, spreadsheet column, journal value, history line and data dictionary all read
the :class:`Field` kept in the column's ``info``. Values are the same everywhere (journal, table, form): JSON values, in
the form each :class:`Shape` names; an empty field is ``None`` (an empty list field ``[]``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import JSON, Boolean, Integer, Text
from sqlalchemy.orm import MappedColumn, mapped_column

Value: TypeAlias = bool | int | str | Mapping[str, Any] | None
"""What one write gives one slot: JSON, never a float."""


class Rule(StrEnum):
    """How the writes of a field come together (4-sync.md's table of what stands)."""

    VALUE = "value"  # one write, or several that agree; else to be decided
    LIST = "list"  # elements with ids of their own, each a value
    TALLY = "tally"  # the sum of the presses that stand
    ONCE = "once"  # written when made; what is added later stands beside it


class Shape(StrEnum):
    """What a value looks like, and so which widget, cell type and parser it gets."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # "2026-11-21", or partial: "2026-11", "2026"
    MOMENT = "moment"  # "2026-11-21T10:42:07-05:00": local time with its offset from UTC
    NUMBER = "number"  # int
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # a code of the field's vocabulary
    REFERENCE = "reference"  # a record's id
    COUNTY = "county"  # five digits: the county's FIPS code
    CODE = "code"  # a short code people read aloud
    PHONE = "phone"  # {"number": "828 555 0184", "kind"?: "mobile"|"home"|..., "text_ok"?: bool}; number as typed
    EMAIL = "email"  # as typed
    WEB = "web"
    ADDRESS = "address"  # {"kind": "physical"|"postal", "name"?, "street"?, "town"?, "state"?, "zip"?}


class Privacy(StrEnum):
    """Who may be given a field, from widest to narrowest; export profiles are made of these."""

    PUBLIC = "public"  # may be counted or published
    PARTNER = "partner"  # may go to the partner it concerns
    INTERNAL = "internal"  # stays in the department
    SENSITIVE = "sensitive"  # coordinators only


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field. ``name`` is filled in from the attribute it was declared as."""

    label: str
    shape: Shape
    help: str = ""
    rule: Rule = Rule.VALUE
    vocabulary: str = ""
    refers_to: str = ""
    privacy: Privacy = Privacy.INTERNAL
    searched: bool = False
    listed: bool = False
    required: bool = False
    section: str = ""
    suggests: bool = False  # as-you-type: what others wrote here before is offered
    name: str = ""

    @property
    def many(self) -> bool:
        """Whether the field holds a list of elements."""
        return self.rule is Rule.LIST


def _declare(column_type: Any, field: Field) -> MappedColumn[Any]:
    return mapped_column(column_type, nullable=True, info={"field": field})


def text(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """One line of text."""
    return _declare(Text, Field(label, Shape.TEXT, help, **more))


def long_text(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """Text of any length."""
    return _declare(Text, Field(label, Shape.LONG_TEXT, help, **more))


def once(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """Text that is never altered once saved; a correction or addition stands beside it, on a line of its own."""
    return _declare(Text, Field(label, Shape.LONG_TEXT, help, rule=Rule.ONCE, **more))


def date(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """A day, or only its month or year where nobody knows more."""
    return _declare(Text, Field(label, Shape.DATE, help, **more))


def moment(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """A local time with its offset from UTC."""
    return _declare(Text, Field(label, Shape.MOMENT, help, **more))


def number(label: str, help: str = "", **more: Any) -> MappedColumn[int | None]:
    """A whole number."""
    return _declare(Integer, Field(label, Shape.NUMBER, help, **more))


def tally(label: str, help: str = "", **more: Any) -> MappedColumn[int | None]:
    """A count made by presses, which add up wherever they were made."""
    return _declare(Integer, Field(label, Shape.NUMBER, help, rule=Rule.TALLY, **more))


def yes_no(label: str, help: str = "", **more: Any) -> MappedColumn[bool | None]:
    """Yes, no, or not said."""
    return _declare(Boolean(create_constraint=False), Field(label, Shape.YES_NO, help, **more))


def choice(label: str, vocabulary: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """One code of a vocabulary."""
    return _declare(Text, Field(label, Shape.CHOICE, help, vocabulary=vocabulary, **more))


def reference(label: str, refers_to: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """The id of a record of the kind ``refers_to`` (which may arrive later than this one)."""
    return _declare(Text, Field(label, Shape.REFERENCE, help, refers_to=refers_to, **more))


def county(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """A US county by its FIPS code."""
    return _declare(Text, Field(label, Shape.COUNTY, help, **more))


def code(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """A short code that is printed and read aloud."""
    return _declare(Text, Field(label, Shape.CODE, help, **more))


def web(label: str, help: str = "", **more: Any) -> MappedColumn[str | None]:
    """A web address, as typed."""
    return _declare(Text, Field(label, Shape.WEB, help, **more))


def many(label: str, shape: Shape, help: str = "", **more: Any) -> MappedColumn[list[Any] | None]:
    """A list of elements of one shape. The column holds ``[{"id": element id, "value": value}, ...]``."""
    return _declare(JSON(none_as_null=True), Field(label, shape, help, rule=Rule.LIST, **more))
