"""Which people are proposed as one, which join by themselves, and which never."""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.apart import Share
from outreach_app.matching.agreements import Level, Part, Reason
from outreach_app.matching.duplicates import DuplicatePair, best_first
from outreach_app.matching.people import PersonFacts, _probable, probable_duplicates

PHONE, OTHER = "828 555 0112", "828 555 0199"
MAIL = "ada@example.org"


def person(name: str, **facts: Any) -> PersonFacts:
    return PersonFacts(id="", name=name, **facts)


def proposed(*people: PersonFacts) -> DuplicatePair | None:
    pairs = probable_duplicates([replace(one, id=str(at)) for at, one in enumerate(people)])
    return pairs[0] if pairs else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ada Crowe", phones=(PHONE,)), person("ADA CROWE", phones=("+1 (828) 555-0112",))),
        (person("Bob Crowe", phones=(PHONE,)), person("Robert Crowe", phones=(PHONE,))),
        (person("Ada Crowe", emails=(MAIL,)), person("Ada Crowe", emails=("ADA@example.org ",))),
        (person("María García López", phones=(PHONE,)), person("Maria Garcia", phones=(PHONE,))),
        (person("Lupe Ortiz", phones=(PHONE,)), person("Guadalupe Ortis", phones=(PHONE,))),
        (person("Ada", phones=(PHONE,)), person("Ada Crowe", phones=(PHONE,))),
        (person("Ada Crowe", phones=(PHONE,), town="Sylva"), person("Ada Crowe", phones=(PHONE, OTHER), town="Boone")),
    ],
)
def test_same_phone_or_mail_and_a_compatible_first_name_join_by_themselves(
    one: PersonFacts, other: PersonFacts
) -> None:
    pair = proposed(one, other)
    assert pair is not None
    assert pair.certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ada Crowe", town="Sylva"), person("Ada Crowe", town="Sylva")),  # nothing but a name and a town
        (person("Crowe, Ada", town="Sylva"), person("Ada Crow", town="Sylva")),
        (person("Thaddeus Oxendine"), person("Thaddeus Oxendine")),
        (person("J. Crowe", phones=(PHONE,), town="Sylva"), person("June Crowe", phones=(PHONE,), town="Sylva")),
        (person("Roy Crowe Sr.", phones=(PHONE,), town="Sylva"), person("Roy Crowe", phones=(PHONE,), town="Sylva")),
        (person("Garcia Maria", phones=(PHONE,)), person("Maria Garcia", phones=(PHONE,))),
        (person("Ada Crowe", phones=("828 555 0112",)), person("Ada Crowe", phones=("828 555 0113",))),
    ],
)  # fmt: skip
def test_what_a_person_must_decide(one: PersonFacts, other: PersonFacts) -> None:
    pair = proposed(one, other)
    assert pair is not None
    assert not pair.certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a household: one phone, one mailbox, one address
        (
            person("Ada Crowe", phones=(PHONE,), emails=(MAIL,), street="4 Oak St", town="Sylva"),
            person("Tom Crowe", phones=(PHONE,), emails=(MAIL,), street="4 Oak St", town="Sylva"),
        ),
        (
            person(
                "Ada Oxendine", phones=(PHONE,), emails=(MAIL,), street="4 Oak St", town="Sylva", organizations=("A",)
            ),
            person(
                "Tom Oxendine", phones=(PHONE,), emails=(MAIL,), street="4 Oak St", town="Sylva", organizations=("A",)
            ),
        ),
        (person("Mario García", phones=(PHONE,)), person("María García", phones=(PHONE,))),
        (person("María Elena García", phones=(PHONE,)), person("María Luisa García", phones=(PHONE,))),
        (person("Roy Crowe Jr.", phones=(PHONE,)), person("Roy Crowe Sr.", phones=(PHONE,))),
        (person("Ada"), person("Ada")),
        (person("Ada Crowe", town="Sylva"), person("Ada Oxendine", town="Sylva")),
        (person("Ada Crowe", phones=("000-000-0000",)), person("Tom Oxendine", phones=("000-000-0000",))),
        (person(""), person("")),
    ],
)
def test_who_is_never_proposed(one: PersonFacts, other: PersonFacts) -> None:
    assert proposed(one, other) is None


def test_an_office_number_joins_nobody_by_itself() -> None:
    office = [person(f"{name} Crowe", phones=(PHONE,)) for name in ("Ada", "Tom", "Lena", "Rosa")]
    pairs = probable_duplicates(
        [replace(one, id=str(at)) for at, one in enumerate([*office, person("Ada Crowe", phones=(PHONE,))])]
    )
    assert [(pair.a, pair.b, pair.certain) for pair in pairs] == [("0", "4", False)]


def test_common_names_prove_less_than_rare_ones() -> None:
    crowd = [person("Maria Garcia", phones=(f"828 556 {n * n * 11:04d}",)) for n in range(30)]
    rare = [person("Thaddeus Oxendine"), person("Thaddeus Oxendine")]
    people = [replace(one, id=f"{at:02d}") for at, one in enumerate([*crowd, *rare])]
    assert [(pair.a, pair.b) for pair in probable_duplicates(people)] == [("30", "31")]


def test_what_somebody_decided_is_not_proposed_again() -> None:
    people = [replace(person("Ada Crowe", phones=(PHONE,)), id=one) for one in "ab"]
    assert probable_duplicates(people)
    assert probable_duplicates(people, {frozenset("ab")}) == []


def test_the_reasons_say_what_agrees_and_what_differs() -> None:
    pair = proposed(
        person("Bob Crowe", phones=(PHONE,), town="Sylva", organizations=("Swain County Library",)),
        person("Robert Crowe", phones=(PHONE,), town="Boone", organizations=("swain county library",)),
    )
    assert pair is not None
    assert set(pair.why_agree) == {
        Reason(Part.FIRST_NAME, Level.NICKNAME),
        Reason(Part.LAST_NAME, Level.SAME),
        Reason(Part.PHONE, Level.SAME),
        Reason(Part.ORGANIZATION, Level.SAME),
    }
    assert pair.why_differ == (Reason(Part.TOWN, Level.DIFFERENT),)


names = st.sampled_from(["Ada Crowe", "Bob Crowe", "Robert Crowe", "María García López", "Maria Garcia", "Ada", ""])
phones = st.lists(st.sampled_from([PHONE, OTHER, "555", ""]), max_size=2).map(tuple)
facts = st.builds(PersonFacts, st.just(""), names, phones=phones, town=st.sampled_from(["", "Sylva", "Boone"]))


@given(st.lists(facts, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(people: Sequence[PersonFacts], draw: random.Random) -> None:
    named = [replace(one, id=f"{at}") for at, one in enumerate(people)]
    shuffled = list(named)
    draw.shuffle(shuffled)
    pairs = probable_duplicates(named)
    assert {(pair.a, pair.b): (pair.score, pair.certain) for pair in pairs} == {
        (pair.a, pair.b): (pair.score, pair.certain) for pair in probable_duplicates(shuffled)
    }
    assert all(pair.a < pair.b for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)


def test_on_made_up_rows_few_are_wrong_and_most_are_found(outreach_rows: Callable[..., Any]) -> None:
    rows = outreach_rows(3_000, 2)
    ids: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        ids[row.who].append(row.facts.id)
    truth = {(a, b) for own in ids.values() for a in own for b in own if a < b}
    pairs = probable_duplicates(row.facts for row in rows)
    found = {(pair.a, pair.b) for pair in pairs}
    certain = {(pair.a, pair.b) for pair in pairs if pair.certain}
    assert len(found & truth) / len(found) >= 0.95
    assert len(found & truth) / len(truth) >= 0.80
    assert len(certain) > len(truth) / 3
    assert len(certain - truth) <= len(certain) / 300


def test_what_is_not_weighed_to_the_end_could_not_have_been_likely(
    outreach_rows: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [row.facts for row in outreach_rows(1_500, 3)]
    found = probable_duplicates(facts)
    monkeypatch.setattr("outreach_app.matching.people._REST", math.inf)
    monkeypatch.setattr("outreach_app.matching.people._most_else", lambda *_: math.inf)
    assert found == probable_duplicates(facts) != []


@pytest.mark.parametrize("shares", [1, 2, 3])
def test_shares_of_the_work_together_find_what_one_finds(outreach_rows: Callable[..., Any], shares: int) -> None:
    facts = [row.facts for row in outreach_rows(300, 5)]
    apart = chain.from_iterable(_probable(facts, Share(part, shares)) for part in range(shares))
    assert best_first(apart) == probable_duplicates(facts)


def test_who_is_asked_to_stop_compares_no_more(outreach_rows: Callable[..., Any]) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        probable_duplicates([row.facts for row in outreach_rows(100, 5)], pause=stop)
