"""Every field the plan fills is declared, and every code stands in its vocabulary: the plan can be played."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from outreach_app.demo.plans import Season
from outreach_app.demo.season import plan_season
from outreach_app.demo.words import words
from outreach_app.model.counties import county, suggested_rural
from outreach_app.model.fields import Shape
from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import first_themes, vocabulary

CODES = {
    "organizations": ("organizations", ("sector", "languages")),
    "ties": ("organization_relations", ("relation",)),
    "groups": ("groups", ("group_type", "owning_unit", "interests", "languages")),
    "events": (
        "events",
        ("event_type", "venue_type", "owning_unit", "engagement_level", "languages", "supports"),
    ),
    "closings": ("events", ("status",)),
    "sheets": ("sheets", ("language",)),
    "sign_ins": ("sign_ins", ("came_as", "status", "marks")),
    "feedback": (
        "feedback",
        ("language", "what_kind", "may_share", "how", "sentiment", "scope", "population", "programme"),
    ),
    "partner_contacts": ("organizations", ("sector", "needs", "offers")),
    "sortings": ("feedback", ("what_kind",)),
    "responses": ("responses", ("state",)),
    "follow_ups": ("follow_ups", ("state",)),
    "follow_up_steps": ("follow_ups", ("state",)),
    "interest_steps": ("interests", ("state",)),
    "consent_answers": ("consents", ("channel", "state")),
}
"""By list of the season: the kind it makes, and its attributes that are coded fields of that kind by the same name."""

PLAIN = {
    "organizations": ("organizations", {"name": "name", "phone": "phones", "email": "emails", "town": "addresses"}),
    "groups": (
        "groups",
        {
            name: name
            for name in ("name", "purpose", "seats", "openings", "open_to_public", "how_to_join", "compensation")
        }
        | {name: name for name in ("meets", "contact_name", "verified_on", "counties")}
        | {"phone": "phones", "email": "emails"},
    ),
    "events": (
        "events",
        {name: name for name in ("name", "venue_name", "address", "town", "zip", "county", "tribal_land", "rural")}
        | {name: name for name in ("host", "co_hosts", "staff", "starts", "ends")},
    ),
    "closings": ("events", {"notes": "notes"}),
    "sign_ins": (
        "people",
        {"phone": "phones", "email": "emails", "town": "town", "zip": "zip", "state": "state", "county": "county"}
        | {"language": "preferred_language"},
    ),
    "feedback": (
        "feedback",
        {"words": "verbatim", "said_by": "said_by", "agreed": "several_agreed", "themes": "themes"},
    ),
    "partner_contacts": (
        "organizations",
        {"needs_text": "needs_text", "offers_text": "offers_text"},
    ),
    "responses": (
        "responses",
        {
            name: name
            for name in ("owner", "passed_to", "decided", "why", "told_back_on", "told_back_how", "told_back_at")
        },
    ),
    "follow_ups": (
        "follow_ups",
        {"what": "what", "who_does_it": "who_does_it", "due": "due", "person": "for_person"}
        | {"organization": "for_organization", "event": "for_event", "feedback": "for_feedback"},
    ),
    "interest_steps": ("interests", {"sent_to": "sent_to", "person": "person", "group": "group"}),
    "reviews": ("feedback", {"text": "text_for_sharing"}),
}
"""By list of the season: the kind, and attribute to declared field, for what carries no code."""


@cache
def season() -> Season:
    return plan_season()


def each_code(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        yield from value


@pytest.mark.parametrize("items", sorted(CODES))
def test_codes_stand_in_their_vocabularies(items: str) -> None:
    kind, names = CODES[items]
    for name in names:
        field = REGISTRY[kind].by_name[name]
        used = {code for item in getattr(season(), items) for code in each_code(getattr(item, name))}
        assert field.vocabulary, (kind, name)
        assert used, (items, name)
        assert used <= set(vocabulary(field.vocabulary).codes), (items, name)


@pytest.mark.parametrize("items", sorted(PLAIN))
def test_attributes_are_declared_fields(items: str) -> None:
    kind, names = PLAIN[items]
    for attribute, field in names.items():
        assert field in REGISTRY[kind].by_name
        assert any(getattr(item, attribute) is not None for item in getattr(season(), items)), (items, attribute)


def test_codes_inside_other_values() -> None:
    plan: Any = season()
    assert {each.source for each in (*plan.sign_ins, *plan.feedback, *plan.partner_contacts)} <= set(
        vocabulary("source").codes
    )
    assert {channel for each in plan.sign_ins for channel in each.consents} <= set(vocabulary("consent_channels").codes)
    assert {state for each in plan.sign_ins for state in each.consents.values()} == {"granted", "refused"}
    phones = [each.phone for each in (*plan.sign_ins, *plan.partner_contacts, *plan.organizations, *plan.groups)]
    assert {phone.kind for phone in phones if phone} <= set(vocabulary("phone_kinds").codes)
    assert {state for each in plan.sign_ins if (state := each.state)} <= set(vocabulary("states").codes)
    assert {each.language for each in plan.sign_ins if each.language} <= set(vocabulary("languages").codes)
    assert {code for each in plan.partner_contacts for code in each.interests} <= set(
        vocabulary("interest_areas").codes
    )


def test_themes_are_of_the_first_list() -> None:
    known = {theme.code for theme in first_themes()}
    plan: Any = season()
    used = {theme for each in (*plan.feedback, *plan.sortings) for theme in each.themes}
    assert used <= known
    hints = {code for code, _pattern in words("topics")["also_themes"]}
    assert hints <= known
    assert {code for code, _pattern in words("topics")["populations"]} <= set(vocabulary("populations").codes)


def test_counties_are_real_and_rural() -> None:
    for event in season().events:
        known = county(event.county)
        assert known is not None
        assert known.state == event.state
        assert event.rural is suggested_rural(event.county) is True
    assert {event.state for event in season().events} == {"NC", "OR"}
    assert len({event.county for event in season().events}) >= 10
    for group in season().groups:
        assert all(county(fips) is not None for fips in group.counties)


def test_workbook_edits_speak_of_declared_fields() -> None:
    edits = season().workbook_edits
    assert len(edits) == 2
    assert len({edit.worker for edit in edits}) == 2
    for edit in edits:
        assert edit.file_name.endswith(".xlsx")
        for step in edit.steps:
            fields = REGISTRY[step.kind].by_name
            for name in (getattr(step, "field", None), getattr(step, "find_field", None), *getattr(step, "cells", ())):
                assert name is None or name in fields, step
    kinds = {type(step).__name__ for edit in edits for step in edit.steps}
    assert kinds == {"MoveColumn", "NumbersForText", "RenameHeading", "ChangeCell", "NewRow", "SortRows"}
    assert REGISTRY["people"].by_name["phones"].shape is Shape.PHONE
