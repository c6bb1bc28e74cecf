"""A registry of its own, with kinds and fields the program has never heard of."""

from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from outreach_app.model.fields import Privacy, Rule, Shape, choice, many, reference, tally, text
from outreach_app.model.kinds import COMMON, About, RecordColumns, Registry
from outreach_app.model.values import parse, parse_many, shown


class Base(DeclarativeBase):
    """Apart from the program's own."""


class Record(RecordColumns, Base):
    """As the program's own records are declared."""

    __abstract__ = True


class Kept:
    """Fields that several kinds share."""

    keeper: Mapped[str | None] = text("Keeper")


class Owner(Record):
    """Something to refer to."""

    __tablename__ = "owners"
    about = About("Owners", "Owner")

    name: Mapped[str | None] = text("Name")


class Well(Kept, Record):
    """A kind with fields of several rules."""

    __tablename__ = "wells"
    about = About("Wells", "Well", icon="droplet", joinable=True)

    name: Mapped[str | None] = text("Name", "What it is called.", searched=True, required=True)
    phones: Mapped[list[Any] | None] = many("Phones", Shape.PHONE, listed=True, privacy=Privacy.PARTNER)
    buckets: Mapped[int | None] = tally("Buckets")
    owner: Mapped[str | None] = reference("Owner", "owners")
    came_as: Mapped[str | None] = choice("Came as", "came_as")


class Ledger(Base):
    """A table of the same base that is no kind of record."""

    __tablename__ = "ledgers"
    id: Mapped[str] = mapped_column(primary_key=True)


@pytest.fixture
def registry() -> Registry:
    """The registry of this file's base."""
    return Registry(Base)


def test_kinds_are_the_classes_that_say_what_they_are(registry: Registry) -> None:
    assert list(registry) == ["owners", "wells"]
    assert len(registry) == 2
    assert registry["wells"].about.one == "Well"
    assert registry["wells"].record is Well


def test_kinds_are_shown_in_the_order_asked_for() -> None:
    assert list(Registry(Base, ["wells", "unheard_of"])) == ["wells", "owners"]


def test_fields_keep_the_order_of_their_declaration_and_take_their_names_from_it(registry: Registry) -> None:
    wells = registry["wells"]
    assert [field.name for field in wells.fields] == ["name", "phones", "buckets", "owner", "came_as", "keeper"]
    name = wells.by_name["name"]
    assert (name.label, name.help, name.searched, name.required) == ("Name", "What it is called.", True, True)
    assert wells.by_name["phones"].many
    assert wells.by_name["phones"].privacy is Privacy.PARTNER
    assert not wells.by_name["buckets"].many


def test_the_columns_every_record_has_are_no_fields(registry: Registry) -> None:
    assert {"id", "code", "title", "source", "shown", "extra"} <= COMMON
    assert "about" not in COMMON
    for kind in registry.values():
        assert not COMMON & kind.by_name.keys()
        assert set(registry.metadata.tables[kind.name].columns.keys()) >= COMMON


def test_a_kind_knows_what_refers_to_another(registry: Registry) -> None:
    assert [field.name for field in registry["wells"].references_to("owners")] == ["owner"]
    assert registry["owners"].references_to("wells") == ()


def test_rules_come_from_the_fields_and_the_unknown_is_a_plain_value(registry: Registry) -> None:
    assert registry.rule("wells", "phones") is Rule.LIST
    assert registry.rule("wells", "buckets") is Rule.TALLY
    assert registry.rule("wells", "name") is Rule.VALUE
    assert registry.rule("wells", "of_a_newer_program") is Rule.VALUE
    assert registry.rule("kinds_of_a_newer_program", "name") is Rule.VALUE
    assert registry["wells"].field("of_a_newer_program") is None


def test_a_new_field_is_read_and_written_as_any_other(registry: Registry) -> None:
    wells = registry["wells"]
    assert parse(wells.by_name["came_as"], "volunteer", "en") == "volunteer"
    phones = parse_many(wells.by_name["phones"], "828 555 0112 (work); 828 555 0113", "en")
    assert phones == [{"number": "828 555 0112", "kind": "work"}, {"number": "828 555 0113"}]
    assert shown(wells.by_name["phones"], phones, "en") == "828 555 0112 (work); 828 555 0113"


def test_a_new_field_is_a_column(registry: Registry) -> None:
    engine = create_engine("sqlite://")
    registry.metadata.create_all(engine)
    elements = [{"id": "00aa", "value": {"number": "828 555 0112", "kind": "work"}}]
    with Session(engine) as session:
        session.add(
            Well(
                id="w1",
                code="C",
                made_at=1,
                made_by="Ada Crowe",
                made_on="d",
                source="live",
                changed_at=1,
                shown=True,
                name="North well",
                phones=elements,
                buckets=3,
            )
        )
        session.commit()
        session.expire_all()
        well = session.get_one(Well, "w1")
        assert (well.name, well.phones, well.buckets, well.owner, well.title) == ("North well", elements, 3, None, "")
    engine.dispose()
