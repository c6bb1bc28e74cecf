"""The program's own kinds: whole, consistent, and careful about who may be given what."""

import re

import pytest
from sqlalchemy import create_engine, inspect

from outreach_app.model.fields import Field, Privacy, Rule, Shape
from outreach_app.model.kinds import COMMON, Kind
from outreach_app.model.records import REGISTRY, SHOWN_ORDER
from outreach_app.model.vocabularies import vocabulary

KINDS = list(REGISTRY.values())
FIELDS = [(kind, field) for kind in KINDS for field in kind.fields]
FREE = {Shape.TEXT, Shape.LONG_TEXT, Shape.PHONE, Shape.EMAIL, Shape.WEB, Shape.ADDRESS}


def _name(given: object) -> str:
    return given.name if isinstance(given, (Kind, Field)) else str(given)


def test_the_kinds_of_the_command_line_are_there_in_their_order() -> None:
    named = "events people organizations affiliations organization_relations sign_ins feedback themes responses "
    named += "follow_ups consents groups interests links decision_notes exports named_exports named_lists sheets "
    named += "department_settings"
    assert list(REGISTRY) == list(SHOWN_ORDER) == named.split()


@pytest.mark.parametrize("kind", KINDS, ids=_name)
def test_a_kind_is_titled_and_listed_by_fields_it_has(kind: Kind) -> None:
    assert set(kind.about.title) <= kind.by_name.keys()
    assert 4 <= sum(field.listed for field in kind.fields) <= 7
    assert kind.about.label
    assert kind.about.one
    assert re.fullmatch(r"[a-z0-9-]+", kind.about.icon)
    assert ("short_code" in kind.by_name) == kind.about.short_code
    if kind.about.in_forms:
        assert any(field.required for field in kind.fields) or kind.name == "interests"


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=_name)
def test_a_field_names_only_what_there_is(kind: Kind, field: Field) -> None:
    assert field.name not in COMMON
    assert bool(field.vocabulary) == (field.shape is Shape.CHOICE)
    assert bool(field.refers_to) == (field.shape is Shape.REFERENCE)
    if field.vocabulary:
        assert vocabulary(field.vocabulary).terms
    if field.refers_to:
        assert field.refers_to in REGISTRY
    if kind.about.in_forms:
        assert field.section
    assert field.label == field.label.strip()
    assert not field.help or field.help.endswith((".", "?"))


@pytest.mark.parametrize("kind", KINDS, ids=_name)
def test_labels_are_told_apart_within_a_kind(kind: Kind) -> None:
    labels = [field.label for field in kind.fields]
    assert len(labels) == len(set(labels))


def test_only_reviewed_words_and_the_themes_are_public_text() -> None:
    public = {f"{kind.name}.{field.name}" for kind, field in FIELDS if field.privacy is Privacy.PUBLIC}
    free = {f"{kind.name}.{field.name}" for kind, field in FIELDS if field.shape in FREE}
    assert public & free == {
        "feedback.text_for_sharing",
        "themes.name",
        "themes.name_es",
        "themes.theme_code",
        "themes.meaning",
    }


def test_nothing_public_says_who_or_on_which_day() -> None:
    for kind, field in FIELDS:
        if field.privacy is Privacy.PUBLIC:
            assert field.refers_to in ("", "themes"), (kind.name, field.name)
            assert field.shape not in (Shape.DATE, Shape.MOMENT, Shape.CODE), (kind.name, field.name)


def test_what_was_said_and_who_said_it_stays_in_the_department() -> None:
    feedback = REGISTRY["feedback"].by_name
    for name in ("verbatim", "said_by", "translation", "slip_code", "may_share"):
        assert feedback[name].privacy is Privacy.INTERNAL
    assert feedback["sensitive"].privacy is Privacy.SENSITIVE
    assert all(field.privacy is not Privacy.PUBLIC for field in REGISTRY["people"].fields)


def test_what_is_written_once_is_never_altered() -> None:
    once = {f"{kind.name}.{field.name}" for kind, field in FIELDS if field.rule is Rule.ONCE}
    assert "feedback.verbatim" in once
    assert once - {"feedback.verbatim"} == {f"{kind.name}.notes" for kind in KINDS if "notes" in kind.by_name}


def test_counts_by_presses() -> None:
    tallies = {f"{kind.name}.{field.name}" for kind, field in FIELDS if field.rule is Rule.TALLY}
    assert tallies == {"events.others_here", "feedback.several_agreed"}


def test_what_people_may_be_joined_and_what_is_never_altered() -> None:
    assert {kind.name for kind in KINDS if kind.about.joinable} == {"people", "organizations", "sign_ins"}
    assert {kind.name for kind in KINDS if kind.about.append_only} == {"consents"}
    program = {"links", "decision_notes", "exports", "named_exports", "named_lists", "sheets", "department_settings"}
    assert {kind.name for kind in KINDS if not kind.about.in_forms} == program
    assert {kind.name for kind in KINDS if kind.about.short_code} == {"events", "sheets"}


def test_a_name_alone_is_enough() -> None:
    assert [field.name for field in REGISTRY["people"].fields if field.required] == ["name"]


def test_every_kind_becomes_a_table_with_a_column_for_each_field() -> None:
    engine = create_engine("sqlite://")
    REGISTRY.metadata.create_all(engine)
    tables = inspect(engine)
    for kind in KINDS:
        columns = {column["name"] for column in tables.get_columns(kind.name)}
        assert columns == COMMON | kind.by_name.keys()
        indexed = {index["column_names"][0] for index in tables.get_indexes(kind.name)}
        assert "code" in indexed  # what lists are sorted by has indexes that a schema of SQLAlchemy cannot tell of
    engine.dispose()
