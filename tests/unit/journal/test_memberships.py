"""Who belongs to a space: the same from the same statements in any order, and only coordinators' words count."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.memberships import SHEET, Member, Said, membership
from outreach_app.journal.statements import (
    COORDINATOR,
    WORKER,
    Accepted,
    Appointed,
    Asking,
    BySheet,
    Invited,
    KeyGiven,
    Received,
    Revoked,
    SheetMade,
    Statement,
    StrikeAsked,
    Withdrawn,
    device_of,
    stated,
    statement_digest,
    understood,
)

KEYS = {name: bytes([place]) * 32 for place, name in enumerate(("root", "ann", "ben", "cora"), 1)}
DEVICE = {name: device_of(key) for name, key in KEYS.items()}
RUN, OTHER = b"r" * 16, b"o" * 16

EVERY: list[Statement] = [
    Invited(b"j" * 32, WORKER, 7),
    Asking(b"signed"),
    Accepted(b"j" * 32, KEYS["ann"], "Ann", WORKER),
    Appointed(DEVICE["ann"], COORDINATOR, {RUN: 4}, 7),
    Revoked(DEVICE["ann"], {RUN: 4}, 7),
    Withdrawn((b"d" * 32,)),
    KeyGiven("coordinators", 2, "age1x", {DEVICE["ann"]: b"sealed"}),
    Received({RUN: 4, OTHER: 0}),
    StrikeAsked(RUN),
    SheetMade("age1x", KEYS["ben"], KEYS["root"], "Hill County", b"", b"s" * 64),
    BySheet({"says": "revoked"}, KEYS["ben"], b"s" * 64),
]

ANY = [("certificate", b"short"), ("instead", b"short"), ("statement", {b"x": -1})]
"""What is only judged once it is read: any bytes may be a certificate."""


def said(who: str, what: Statement, number: int = 0) -> Said:
    return Said(DEVICE[who], stated(what), RUN, number)


def digest(what: Statement) -> bytes:
    return statement_digest(stated(what))


def accepted(who: str, role: str = WORKER, joining: bytes = b"j" * 32) -> Accepted:
    return Accepted(joining, KEYS[who], who.title(), role)


@pytest.mark.parametrize("statement", EVERY, ids=lambda each: type(each).__name__)
def test_a_statement_is_understood_as_it_was_stated(statement: Statement) -> None:
    assert understood(stated(statement)) == statement


@pytest.mark.parametrize("statement", EVERY, ids=lambda each: type(each).__name__)
def test_whatever_is_in_no_known_form_says_nothing(statement: Statement) -> None:
    whole = stated(statement)
    for name in whole:
        for wrong in (None, -1, 2**63, b"short", 1.5, [b"x"], {b"x": -1}):
            if (name, wrong) not in ANY:
                assert understood(whole | {name: wrong}) is None
        assert understood({key: value for key, value in whole.items() if key != name}) is None


def test_the_one_who_founded_it_is_there_from_the_beginning() -> None:
    found = membership(KEYS["root"], [])
    assert dict(found.members) == {DEVICE["root"]: Member(DEVICE["root"], KEYS["root"], "", COORDINATOR)}
    assert found.coordinators == {DEVICE["root"]}
    assert found.limit(DEVICE["root"], RUN) is None
    assert found.limit(DEVICE["ann"], RUN) == 0


def test_only_what_a_coordinator_says_counts() -> None:
    told = [said("root", accepted("ann")), said("ann", accepted("ben")), said("cora", accepted("cora", COORDINATOR))]
    found = membership(KEYS["root"], told)
    assert set(found.members) == {DEVICE["root"], DEVICE["ann"]}
    assert found.coordinators == {DEVICE["root"]}
    made = [*told, said("root", Appointed(DEVICE["ann"], COORDINATOR, {}, 1))]
    assert set(membership(KEYS["root"], made).members) == {DEVICE["root"], DEVICE["ann"], DEVICE["ben"]}


def test_of_two_appointments_the_lesser_holds_until_both_are_taken_back() -> None:
    up, down = Appointed(DEVICE["ann"], COORDINATOR, {}, 1), Appointed(DEVICE["ann"], WORKER, {}, 2)
    told = [said("root", accepted("ann")), said("root", up), said("root", down)]
    assert membership(KEYS["root"], told).members[DEVICE["ann"]].role == WORKER
    told.append(said("root", Withdrawn((digest(up), digest(down)))))
    told.append(said("root", Appointed(DEVICE["ann"], COORDINATOR, {}, 3)))
    found = membership(KEYS["root"], told)
    assert found.members[DEVICE["ann"]].role == COORDINATOR
    assert DEVICE["ann"] in found.coordinators
    nobody = said("root", Appointed(DEVICE["ben"], WORKER, {}, 1))
    assert DEVICE["ben"] not in membership(KEYS["root"], [nobody]).members


def test_what_a_coordinator_said_after_it_was_one_no_longer_does_not_count() -> None:
    told = [
        said("root", accepted("ann", COORDINATOR)),
        said("ann", accepted("ben"), number=3),
        said("ann", accepted("cora"), number=5),
    ]
    assert set(membership(KEYS["root"], told).members) == {DEVICE[each] for each in KEYS}
    down = Appointed(DEVICE["ann"], WORKER, {RUN: 4}, 1)
    found = membership(KEYS["root"], [*told, said("root", down)])
    assert set(found.members) == {DEVICE["root"], DEVICE["ann"], DEVICE["ben"]}
    assert found.coordinators == {DEVICE["root"]}
    assert found.limit(DEVICE["ann"], RUN) is None  # what it writes as a worker's still does
    taken_back = [*told, said("root", down), said("root", Withdrawn((digest(down),)))]
    assert DEVICE["cora"] in membership(KEYS["root"], taken_back).members


def test_a_lost_laptop_counts_as_far_as_was_received() -> None:
    told = [said("root", accepted("ann"))]
    assert membership(KEYS["root"], told).limit(DEVICE["ann"], RUN) is None
    lost = Revoked(DEVICE["ann"], {RUN: 4}, 7)
    told.append(said("root", lost))
    found = membership(KEYS["root"], told)
    assert (found.limit(DEVICE["ann"], RUN), found.limit(DEVICE["ann"], OTHER)) == (4, 0)
    assert (found.members[DEVICE["ann"]].lost, list(found.standing)) == (7, [digest(lost)])
    told.append(said("root", Withdrawn((digest(lost),))))
    found = membership(KEYS["root"], told)
    assert (found.limit(DEVICE["ann"], RUN), found.members[DEVICE["ann"]].lost) == (None, 0)


def test_of_two_who_give_each_other_up_the_one_who_made_the_other_a_coordinator_is_heard() -> None:
    told = [
        said("root", accepted("ann", COORDINATOR)),
        said("ann", accepted("ben", COORDINATOR), number=2),
        said("ann", Revoked(DEVICE["root"], {}, 1), number=3),
        said("ben", Revoked(DEVICE["ann"], {}, 1)),
        said("root", Revoked(DEVICE["ann"], {RUN: 2}, 1)),
        said("ann", Withdrawn((digest(Revoked(DEVICE["ann"], {RUN: 2}, 1)),)), number=4),
    ]
    found = membership(KEYS["root"], told)
    assert set(found.limits) == {DEVICE["ann"]}
    assert found.limit(DEVICE["ann"], RUN) == 2
    assert found.coordinators == {DEVICE["root"], DEVICE["ben"]}
    assert found.above(DEVICE["root"], DEVICE["ben"])
    assert not found.above(DEVICE["ben"], DEVICE["root"])


def test_what_the_recovery_sheet_says_comes_before_what_anybody_says() -> None:
    told = [
        Said(SHEET, stated(accepted("ann", COORDINATOR))),
        Said(SHEET, stated(Revoked(DEVICE["root"], {}, 1))),
        said("root", Revoked(DEVICE["ann"], {}, 1), number=1),
    ]
    found = membership(KEYS["root"], told)
    assert set(found.limits) == {DEVICE["root"]}
    assert found.coordinators == {DEVICE["ann"]}


def test_a_key_is_told_as_it_was_given() -> None:
    given = KeyGiven("everyone", 2, "age1x", {DEVICE["ann"]: b"sealed"})
    assert membership(KEYS["root"], [said("root", given), said("ann", given), said("root", given)]).keys == (given,)


def test_of_sheets_the_one_that_no_other_takes_the_place_of_is_the_spaces() -> None:
    first, second, third = (
        SheetMade("age1x", bytes([each]) * 32, KEYS["root"], "", b"", b"s" * 64) for each in (9, 8, 7)
    )
    told = [said("root", first), said("root", replace(second, instead=first.public))]
    assert membership(KEYS["root"], []).sheet is None
    assert membership(KEYS["root"], told[:1]).sheet == first
    assert membership(KEYS["root"], told).sheet == replace(second, instead=first.public)
    both = [*told, said("root", replace(third, instead=first.public)), said("ann", first)]
    found = membership(KEYS["root"], both)
    assert found.sheet == replace(third, instead=first.public)
    assert found.sheets == {each.public for each in (first, second, third)}


def test_two_let_in_with_one_key_are_both_told() -> None:
    found = membership(KEYS["root"], [said("root", accepted("ann")), said("root", accepted("ben"))])
    assert found.used == {b"j" * 32: tuple(sorted((DEVICE["ann"], DEVICE["ben"])))}


names = st.sampled_from(sorted(KEYS))
roles = st.sampled_from([COORDINATOR, WORKER])
statements = st.one_of(
    st.builds(accepted, names, roles, st.sampled_from([b"j" * 32, b"k" * 32])),
    st.builds(lambda who, role: Appointed(DEVICE[who], role, {}, 1), names, roles),
    st.builds(lambda who, reached: Revoked(DEVICE[who], {RUN: reached}, 1), names, st.integers(0, 9)),
    st.builds(lambda who: Withdrawn((digest(Revoked(DEVICE[who], {RUN: 4}, 1)),)), names),
    st.builds(lambda role, until: Invited(b"j" * 32, role, until), roles, st.integers(0, 9)),
)


@given(st.lists(st.builds(said, names, statements, st.integers(0, 9)), max_size=12), st.randoms(use_true_random=False))
def test_order_grouping_and_repetition_change_nothing(told: list[Said], dice: random.Random) -> None:
    shuffled = [*told, *dice.choices(told, k=3)] if told else []
    dice.shuffle(shuffled)
    assert membership(KEYS["root"], shuffled) == membership(KEYS["root"], told)


@given(st.lists(st.dictionaries(st.text(max_size=8), st.binary() | st.integers() | st.text()), max_size=5))
def test_no_statement_at_all_breaks_it(told: list[dict[str, Any]]) -> None:
    assert len(membership(KEYS["root"], [Said(DEVICE["root"], each) for each in told]).members) == 1
