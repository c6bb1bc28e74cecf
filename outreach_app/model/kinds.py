"""The registry: which kinds of record there are, and the fields of each, read from the mapped classes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Boolean, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from outreach_app.model.fields import Field, Privacy, Rule


@dataclass(frozen=True, slots=True)
class About:
    """What a record class says of its kind, as its ``about``."""

    label: str  # "People"
    one: str  # "Person"
    icon: str = "file-text"
    title: tuple[str, ...] = ("name",)  # the fields that name a record, in order; references give their record's title
    menu: str = ""  # what the window calls the list, where that differs: "Partners"
    joinable: bool = False  # two may turn out to be one
    append_only: bool = False
    in_forms: bool = True  # people make and edit it; else the program does
    short_code: bool = False  # six symbols and a check, written in its field ``short_code``


class RecordColumns:
    """The columns every record's table has beside its fields. All follow from the journal."""

    about: About

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(
        Text, index=True
    )  # ten symbols and a check, or the field ``short_code`` of a kind that has one
    title: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[int] = mapped_column(Integer)  # microseconds since 1970 UTC, by the maker's clock
    made_by: Mapped[str] = mapped_column(Text)
    made_on: Mapped[str] = mapped_column(Text)  # the device's id
    source: Mapped[str] = mapped_column(Text)  # a code of vocabulary "source"
    changed_at: Mapped[int] = mapped_column(Integer)
    shown: Mapped[bool] = mapped_column(Boolean)  # false: deleted, emptied or undone
    stands_under: Mapped[str | None] = mapped_column(Text)  # joined: the id of the oldest member, null in that one
    to_decide: Mapped[int] = mapped_column(Integer, default=0)
    extra: Mapped[str | None] = mapped_column(Text)  # JSON: fields a newer program wrote


COMMON = frozenset(name for name in RecordColumns.__annotations__ if name != "about")


@dataclass(frozen=True)
class Kind:
    """One kind of record: its plural noun, what its class says of it, and its declared fields in order."""

    name: str
    about: About
    record: type[RecordColumns]
    fields: tuple[Field, ...]

    @cached_property
    def table(self) -> Table:
        """The mapped class's table."""
        table: Table = self.record.__table__  # type: ignore[attr-defined]  # every registered class is mapped
        return table

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def told(self) -> tuple[Field, ...]:
        """The fields that search looks through: those that are searched, and those that name a record."""
        return tuple(field for field in self.fields if field.searched or field.name in self.about.title)

    @cached_property
    def named_by_others(self) -> bool:
        """Whether a record has no name of its own, but is called by the records it points at, as a sign-in is."""
        return any(field.refers_to for field in self.fields if field.name in self.about.title)

    def field(self, name: str) -> Field | None:
        """The declared field of that name, or None for one this program does not know."""
        return self.by_name.get(name)

    def references_to(self, kind: str) -> tuple[Field, ...]:
        """The fields that point at records of ``kind``."""
        return tuple(field for field in self.fields if field.refers_to == kind)


class Registry(Mapping[str, Kind]):
    """The kinds by plural noun, read once from the classes of one declarative base: ``shown_order`` first."""

    def __init__(self, base: type[DeclarativeBase], shown_order: Sequence[str] = ()) -> None:
        self.metadata: MetaData = base.metadata
        self._kinds: dict[str, Kind] = {}
        for mapper in base.registry.mappers:
            cls = mapper.class_
            if not isinstance(getattr(cls, "about", None), About):
                continue
            fields = tuple(
                replace(column.info["field"], name=column.key)
                for column in cls.__table__.columns
                if isinstance(column.info.get("field"), Field)
            )
            self._kinds[cls.__tablename__] = Kind(cls.__tablename__, cls.about, cls, fields)
        order = [*shown_order, *base.metadata.tables]
        self._kinds = dict(sorted(self._kinds.items(), key=lambda pair: order.index(pair[0])))

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def rule(self, kind: str, field: str) -> Rule:
        """How a field's writes come together; a field this program does not know is a plain value."""
        known = self._kinds.get(kind)
        declared = known.field(field) if known else None
        return declared.rule if declared else Rule.VALUE


__all__ = ["COMMON", "About", "Kind", "Privacy", "RecordColumns", "Registry"]
