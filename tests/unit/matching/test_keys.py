"""Keys find the people and organizations that are meant, whatever way they are typed."""

import random
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.keys import ENOUGH, MAY_BE_SAME, lookups, organization_keys, person_keys
from outreach_app.matching.suggestions import Known, rank


class Table:
    """The key table a store keeps: pairs in order, looked up by ranges, each one scan."""

    def __init__(self, people: list[Known]) -> None:
        self.people = {one.id: one for one in people}
        self.pairs = sorted(
            (key, one.id)
            for one in people
            for key in person_keys(one.name, one.phones, one.emails, (one.town, one.organization))
        )

    def gather(self, typed: str, enough: int = ENOUGH) -> list[Known]:
        found: dict[str, None] = {}
        for low, high in lookups(typed):
            at = bisect_left(self.pairs, (low, ""))
            while at < len(self.pairs) and self.pairs[at][0] < high and len(found) < enough:
                found.setdefault(self.pairs[at][1])
                at += 1
        return [self.people[one] for one in found]


def may_be_same(keys: frozenset[str]) -> set[str]:
    return {key for key in keys if key.startswith(MAY_BE_SAME)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob Crowe", "Robert Crowe"),
        ("Robert Crowe", "Crowe, Bob"),
        ("Ana Vásquez", "Ana Basques"),
        ("Garcia Maria", "Maria García López"),
        ("Ana de la Cruz", "Ana Delacruz"),
        ("María Elena Ruiz", "Elena Ruiz"),
        ("Lupe Ortiz", "Guadalupe Ortis"),
    ],
)
def test_one_person_written_two_ways_shares_a_key(one: str, other: str) -> None:
    assert may_be_same(person_keys(one)) & may_be_same(person_keys(other))


def test_contacts_are_keys_in_one_form() -> None:
    keys = person_keys("Ada Crowe", ["(828) 555-0112 x4"], ["Ada.Crowe@Gmail.com"], ["Bryson City"])
    assert {"p:8285550112", "r:2110555828", "e:adacrowe@gmail.com", "o:bryson", "w:crowe", "x:ada:cro"} <= keys


def test_two_people_share_no_key_that_says_they_are_one() -> None:
    ada = person_keys("Ada Crowe", ["828 555 0112"], ["ada@example.org"], ["Sylva"])
    tom = person_keys("Thomas Oxendine", ["828 555 0113"], ["tom@example.org"], ["Sylva"])
    assert not may_be_same(ada) & may_be_same(tom)


@given(st.text(max_size=30), st.lists(st.text(max_size=15), max_size=2), st.lists(st.text(max_size=15), max_size=2))
def test_keys_are_never_empty_text_and_always_the_same(name: str, phones: list[str], emails: list[str]) -> None:
    keys = person_keys(name, phones, emails)
    assert keys == person_keys(name, phones, emails)
    assert all(key[1] == ":" and len(key) > 2 for key in keys)


@given(st.text(max_size=30))
def test_every_lookup_is_a_range(typed: str) -> None:
    assert all(low < high for low, high in lookups(typed))


@pytest.mark.parametrize(
    "typed",
    ["ada cro", "crowe a", "crow", "Ada Crowe", "0112", "828555", "555-0112", "ada.crowe@ex", "bryson", "ADA  CRÓWE"],
)
def test_whatever_is_typed_finds_her(typed: str) -> None:
    ada = Known("1", "Ada Crowe", town="Bryson City", phones=("828 555 0112",), emails=("ada.crowe@example.org",))
    others = [Known(str(n), f"Person{n} Other{n}", town="Sylva", phones=(f"919 555 {n:04d}",)) for n in range(200, 290)]
    found = Table([ada, *others]).gather(typed)
    assert rank(typed, found)[0].known is ada


def test_below_two_letters_nothing_is_looked_for() -> None:
    assert lookups("a") == ()
    assert lookups("82") == ()


def test_right_person_is_among_the_first_five(outreach_rows: Callable[..., Any]) -> None:
    """By the full name as somebody else writes it, among 3,000: at least 92 of 100 by name alone, 97.5 with a phone."""
    rows = outreach_rows(3_000, 11)
    first: dict[int, Known] = {}
    again: list[tuple[int, Any]] = []
    for row in rows:
        facts = row.facts
        if row.who in first:
            again.append((row.who, facts))
        else:
            first[row.who] = Known(facts.id, facts.name, town=facts.town, phones=facts.phones, emails=facts.emails)
    table = Table(list(first.values()))
    draw = random.Random(5)
    asked = draw.sample(again, 300)
    by_name = by_phone = with_phone = 0
    for who, facts in asked:
        wanted = first[who]
        by_name += wanted in [one.known for one in rank(facts.name, table.gather(facts.name), 5)]
        if set(facts.phones) and wanted.phones and facts.phones[0][-4:] == wanted.phones[0][-4:]:
            with_phone += 1
            typed = f"{facts.name} {facts.phones[0]}"
            by_phone += wanted in [one.known for one in rank(typed, table.gather(typed), 5)]
    assert by_name / len(asked) >= 0.92
    assert with_phone > 50
    assert by_phone / with_phone >= 0.975


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peninsula Volunteers, Inc.", "The Peninsula Volunteers"),
        ("Peninsula Volunteers of Menlo (PVM)", "PVM"),
        ("Swain Co. Health Dept", "Swain County Health Department"),
        ("First Baptist Church", "1st Baptist Ch."),
    ],
)
def test_organizations_written_two_ways_share_a_key(one: str, other: str) -> None:
    assert may_be_same(organization_keys([one])) & may_be_same(organization_keys([other]))


def test_organizations_share_a_domain_of_their_own_only() -> None:
    ours = organization_keys(["Samaritan House"], emails=["info@samaritan.example"])
    assert "d:samaritan.example" in organization_keys(["Free Clinic"], website="http://www.samaritan.example/") & ours
    assert not {key for key in organization_keys(["A"], emails=["a@gmail.com"]) if key.startswith("d:")}
