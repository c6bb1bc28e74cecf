"""Which organizations are proposed as one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.agreements import Level, Part, Reason
from outreach_app.matching.duplicates import DuplicatePair
from outreach_app.matching.organizations import OrganizationFacts, probable_duplicate_organizations

PHONE = "828 555 0112"
SITE = "http://www.swainlibrary.example"


def org(name: str, **facts: Any) -> OrganizationFacts:
    return OrganizationFacts(id="", name=name, **facts)


def proposed(*organizations: OrganizationFacts) -> DuplicatePair | None:
    named = [replace(one, id=str(at)) for at, one in enumerate(organizations)]
    pairs = probable_duplicate_organizations(named)
    return pairs[0] if pairs else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (org("Swain County Library", phones=(PHONE,)), org("Swain Co. Library, Inc.", phones=("(828) 555-0112",))),
        (org("Samaritan House", website=SITE), org("The Samaritan House", emails=("info@swainlibrary.example",))),
        (org("Iglesia Bautista Betel", phones=(PHONE,)), org("Betel Baptist Church", phones=(PHONE,))),
    ],
)
def test_same_name_and_same_contact_join_by_themselves(one: OrganizationFacts, other: OrganizationFacts) -> None:
    pair = proposed(one, other)
    assert pair is not None
    assert pair.certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (org("Peninsula Volunteers, Inc."), org("Peninsula Volunteers")),
        (org("Peninsula Voluntears"), org("Peninsula Volunteers")),
        (org("Redwood Family Service Center", phones=(PHONE,)), org("RFSC", phones=(PHONE,))),
        (org("Peninsula Family Service", other_names=("Family Service Agency",)), org("Family Service Agency")),
        (org("Swain Library", website=SITE, towns=("Sylva",)), org("Swain Library", website=SITE, towns=("Boone",))),
        (org("Food Pantry of Swain", website=SITE), org("Swain Pantry", website=SITE)),
    ],
)  # fmt: skip
def test_what_a_person_must_decide(one: OrganizationFacts, other: OrganizationFacts) -> None:
    pair = proposed(one, other)
    assert pair is not None
    assert not pair.certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (org("Fire Station 3", towns=("Sylva",)), org("Fire Station 4", towns=("Sylva",))),
        (org("First Baptist Church", towns=("Sylva",)), org("First Baptist Church", towns=("Boone",))),
        (org("First Baptist Church"), org("Second Baptist Church")),
        (org("Nantahala Rescue 3", phones=(PHONE,)), org("Nantahala Rescue 4", phones=(PHONE,))),
        (org("Swain County Library", phones=(PHONE,)), org("Swain County Health Department", phones=(PHONE,))),
        (org("Ada's Bakery", emails=("a@gmail.com",)), org("Tom's Garage", emails=("b@gmail.com",))),
        (org(""), org("")),
    ],
)
def test_which_are_never_proposed(one: OrganizationFacts, other: OrganizationFacts) -> None:
    assert proposed(one, other) is None


def test_numbers_tell_stations_apart_however_common_they_are() -> None:
    crowd = [org(f"{letter}{at}x Rescue {number}") for letter in "BCDFGHJKLM" for number in (3, 4) for at in range(40)]
    stations = [org("Nantahala Rescue 3", phones=(PHONE,)), org("Nantahala Rescue 4", phones=(PHONE,))]
    named = [replace(one, id=f"{at:04d}") for at, one in enumerate([*stations, *crowd])]
    assert ("0000", "0001") not in {(pair.a, pair.b) for pair in probable_duplicate_organizations(named)}


def test_what_somebody_decided_is_not_proposed_again() -> None:
    two = [replace(org("Swain County Library", phones=(PHONE,)), id=one) for one in "ab"]
    assert probable_duplicate_organizations(two)
    assert probable_duplicate_organizations(two, {frozenset("ab")}) == []


def test_the_reasons_say_what_agrees() -> None:
    pair = proposed(
        org("Swain County Library", phones=(PHONE,), streets=("4 Oak Street",), towns=("Sylva",)),
        org("Swain Co Library", phones=(PHONE,), streets=("4 Oak St.",), towns=("sylva",)),
    )
    assert pair is not None
    assert {part.part for part in pair.why_agree} == {Part.NAME, Part.PHONE, Part.STREET, Part.TOWN}
    assert Reason(Part.NAME, Level.SAME) in pair.why_agree
    assert pair.why_differ == ()


names = st.sampled_from(["Swain Library", "Swain County Library", "The Swain Library", "PVM", "Peninsula V. Menlo", ""])
facts = st.builds(OrganizationFacts, st.just(""), names, phones=st.sampled_from([(), (PHONE,)]))


@given(st.lists(facts, max_size=6))
def test_the_order_of_rows_makes_no_difference(organizations: Sequence[OrganizationFacts]) -> None:
    named = [replace(one, id=str(at)) for at, one in enumerate(organizations)]
    forward = {(p.a, p.b): (p.score, p.certain) for p in probable_duplicate_organizations(named)}
    backward = {(p.a, p.b): (p.score, p.certain) for p in probable_duplicate_organizations(named[::-1])}
    assert forward == backward
