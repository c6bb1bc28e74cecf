"""Who belongs to a space: the same from the same statements in any order, and only coordinators' words count."""

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import NOBODY
from outreach_app.journal.members import SHEET, Member, Membership, Offer, Said
from outreach_app.journal.memberships import membership
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
    is_run_of,
    run_of,
    stated,
    statement_digest,
    tells,
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
    SheetMade("age1x", KEYS["ben"], KEYS["root"], KEYS["cora"], "Hill County", b"", b"s" * 64),
    BySheet({"says": "revoked"}, KEYS["ben"], b"s" * 64),
]

ANY = [("certificate", b"short"), ("instead", b"short"), ("statement", {b"x": -1})]
"""What is only judged once it is read: any bytes may be a certificate."""


def said(who: str, what: Statement, number: int = 0) -> Said:
    return Said(DEVICE[who], stated(what), RUN, number)


def digest(what: Statement) -> bytes:
    return statement_digest(stated(what))


def accepted(who: str, role: str = WORKER, joining: bytes = b"j" * 32, inviter: bytes = NOBODY) -> Accepted:
    return Accepted(joining, KEYS[who], who.title(), role, inviter)


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


def test_what_is_received_asked_for_or_not_understood_tells_nothing_of_who_belongs() -> None:
    silent = [stated(each) for each in EVERY if isinstance(each, (Asking, Received, StrikeAsked))]
    assert not tells([*silent, {"says": "nothing known"}])
    assert all(tells([*silent, stated(each)]) for each in EVERY if stated(each) not in silent)


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


FIRST, SECOND, THIRD, FOURTH = (bytes([each]) * 32 for each in (9, 8, 7, 6))
"""The public keys of recovery sheets."""


def sheet(public: bytes, instead: bytes = b"") -> SheetMade:
    return SheetMade("age1x", public, KEYS["root"], FIRST, "Hill County", instead, b"s" * 64)


def by(public: bytes, *what: Statement) -> dict[bytes, list[Said]]:
    """What one sheet says."""
    return {public: [Said(SHEET, stated(each), public) for each in what]}


def with_sheets(told: list[Said], **words: Any) -> Membership:
    return membership(KEYS["root"], told, FIRST, {key: each for one in words.values() for key, each in one.items()})


def test_what_the_recovery_sheet_says_comes_before_what_anybody_says() -> None:
    words = by(FIRST, accepted("ann", COORDINATOR), Revoked(DEVICE["root"], {}, 1))
    found = with_sheets([said("root", Revoked(DEVICE["ann"], {}, 1), number=1)], words=words)
    assert set(found.limits) == {DEVICE["root"]}
    assert found.coordinators == {DEVICE["ann"]}
    assert with_sheets([], words=by(SECOND, Revoked(DEVICE["root"], {}, 1))).limits == {}  # no sheet of this space


def test_of_sheets_the_one_that_no_other_takes_the_place_of_is_the_spaces() -> None:
    told = [said("root", sheet(FIRST)), said("root", sheet(SECOND, FIRST))]
    assert with_sheets([]).sheet is None
    assert with_sheets(told[:1]).sheet == sheet(FIRST)
    assert with_sheets(told).sheet == sheet(SECOND, FIRST)
    found = with_sheets([*told, said("root", sheet(THIRD, FIRST)), said("ann", sheet(FOURTH, FIRST))])
    assert found.sheet == sheet(THIRD, FIRST)
    assert found.sheets == {FIRST, SECOND, THIRD}


def test_sheets_that_take_each_others_place_are_in_the_order_in_which_they_were_made() -> None:
    told = [said("root", sheet(SECOND, FIRST)), said("root", sheet(THIRD, SECOND))]
    ring = [said("root", sheet(SECOND, THIRD)), said("root", sheet(THIRD, THIRD)), said("root", sheet(FIRST, THIRD))]
    for order in itertools.permutations([*told, *ring]):
        found = with_sheets(list(order))
        assert (found.sheet, found.sheets) == (sheet(THIRD, SECOND), {FIRST, SECOND, THIRD})


def test_only_the_sheet_before_or_whom_nobody_else_comes_before_makes_another() -> None:
    told = [said("root", accepted("ann", COORDINATOR)), said("ann", sheet(SECOND, FIRST))]
    revoked = Revoked(DEVICE["root"], {}, 1)
    found = with_sheets(told, words=by(SECOND, revoked))
    assert (found.sheet, found.sheets, found.limits) == (None, {FIRST}, {})
    assert DEVICE["root"] in found.coordinators
    signed = with_sheets(told, words=by(FIRST, sheet(SECOND, FIRST)), then=by(SECOND, revoked))
    assert signed.sheets == {FIRST, SECOND}
    assert DEVICE["root"] in signed.limits
    wrong = with_sheets(told, words=by(THIRD, sheet(SECOND, FIRST)))  # whoever signs for a sheet that is none
    assert wrong.sheets == {FIRST}
    let_in = by(FIRST, accepted("ben", COORDINATOR))
    assert with_sheets([said("ben", sheet(SECOND, FIRST))], words=let_in).sheets == {FIRST, SECOND}


def test_a_sheet_never_silences_its_own_making_and_a_later_one_none_before_it() -> None:
    told = [said("root", accepted("ann", COORDINATOR), 1), said("root", sheet(SECOND, FIRST), 4)]
    told += [said("root", accepted("ben"), 6), said("root", accepted("cora"), 3)]
    found = with_sheets(told, words=by(SECOND, Revoked(DEVICE["root"], {}, 1)))
    assert found.sheets == {FIRST, SECOND}
    assert found.limit(DEVICE["root"], RUN) == 4
    assert DEVICE["cora"] in found.members
    assert DEVICE["ben"] not in found.members
    stolen = by(FIRST, Revoked(DEVICE["root"], {RUN: 2}, 1))
    taken_back = by(SECOND, Withdrawn((digest(Revoked(DEVICE["root"], {RUN: 2}, 1)),)))
    after = with_sheets(told, words=stolen, then=taken_back)  # a thief at the founder's laptop makes a sheet
    assert after.sheets == {FIRST}
    assert (after.limit(DEVICE["root"], RUN), DEVICE["root"] in after.coordinators) == (2, False)


def test_who_was_given_up_stays_so_though_somebody_promotes_them_meanwhile() -> None:
    lost, up = Revoked(DEVICE["ben"], {RUN: 4}, 7), Appointed(DEVICE["ben"], COORDINATOR, {}, 8)
    told = [said("root", accepted("ann", COORDINATOR)), said("root", accepted("ben")), said("ann", lost)]
    assert membership(KEYS["root"], told).members[DEVICE["ben"]].lost == 7
    told.append(said("root", up))
    found = membership(KEYS["root"], told)
    assert (found.members[DEVICE["ben"]].lost, found.limit(DEVICE["ben"], RUN)) == (7, 4)
    assert found.coordinators == {DEVICE["root"], DEVICE["ann"]}
    for who in ("ann", "root"):
        again = membership(KEYS["root"], [*told, said(who, Withdrawn((digest(lost),)))])
        assert DEVICE["ben"] in again.coordinators
    equals = [said("root", accepted("ann", COORDINATOR)), said("root", accepted("ben", COORDINATOR)), said("ann", lost)]
    assert membership(KEYS["root"], equals).limits == {}


def test_who_was_a_coordinator_spoke_as_one_as_far_as_those_before_say() -> None:
    told = [said("root", accepted("ann", COORDINATOR)), said("root", accepted("ben"))]
    found = membership(KEYS["root"], told)
    assert [found.speaks(DEVICE[who], RUN, 9) for who in ("root", "ann", "ben", "cora")] == [True, True, False, False]
    for end in (Revoked(DEVICE["ann"], {RUN: 4}, 1), Appointed(DEVICE["ann"], WORKER, {RUN: 4}, 1)):
        found = membership(KEYS["root"], [*told, said("root", end)])
        assert [found.speaks(DEVICE["ann"], RUN, number) for number in (4, 5)] == [True, False]
    found = membership(KEYS["root"], [*told, said("root", Revoked(DEVICE["ben"], {RUN: 4}, 1))])
    assert not found.speaks(DEVICE["ben"], RUN, 4)


def test_an_invitation_holds_while_who_invited_is_a_coordinator_and_nobody_took_it_back() -> None:
    invited = Invited(b"j" * 32, WORKER, 7)
    told = [said("root", accepted("ann", COORDINATOR)), said("ann", invited)]
    assert membership(KEYS["root"], told).invited == {b"j" * 32: Offer(DEVICE["ann"], WORKER, 7)}
    back = Withdrawn((digest(invited),))
    for end in (
        said("root", Revoked(DEVICE["ann"], {RUN: 9}, 1)),
        said("root", Appointed(DEVICE["ann"], WORKER, {RUN: 9}, 1)),
        said("ann", back),
        said("root", back),
    ):
        assert membership(KEYS["root"], [*told, end]).invited == {}
    told.append(said("root", accepted("ben", COORDINATOR)))
    assert membership(KEYS["root"], [*told, said("ben", back)]).invited  # no more than an equal


def test_whom_a_coordinator_invited_comes_after_it_whoever_let_it_in() -> None:
    told = [said("root", accepted("ann", COORDINATOR))]
    told.append(said("root", accepted("ben", COORDINATOR, inviter=DEVICE["ann"])))
    found = membership(KEYS["root"], told)
    assert found.above(DEVICE["ann"], DEVICE["ben"])
    told.append(said("ann", Revoked(DEVICE["ben"], {}, 3)))
    assert membership(KEYS["root"], told).coordinators == {DEVICE["root"], DEVICE["ann"]}
    nobody = [said("root", accepted("ben", COORDINATOR, inviter=DEVICE["cora"])), said("ben", accepted("cora"))]
    assert DEVICE["cora"] not in membership(KEYS["root"], nobody).members  # invited by nobody of the space


def test_a_key_is_given_to_somebody_and_its_number_follows_on_another() -> None:
    def given(number: int, to: dict[bytes, bytes], recipient: str = "age1x") -> Said:
        return said("root", KeyGiven("everyone", number, recipient, to))

    ann = {DEVICE["ann"]: b"sealed"}
    told = [
        given(2**62, ann),
        given(3, {}),
        given(2_000, ann),
        given(2, ann),
        given(3, ann),
        given(3, ann, "age1y"),
        given(0, ann),
    ]
    assert [each.number for each in membership(KEYS["root"], [given(3, ann)]).keys] == [3]  # 2 counts no longer
    found = membership(KEYS["root"], told).keys
    assert sorted((each.number, each.recipient) for each in found) == [(2, "age1x"), (3, "age1x"), (3, "age1y")]


def test_nobody_of_a_higher_rank_says_anything_of_whom_it_comes_after() -> None:
    told = [said("root", accepted("ann", COORDINATOR))]
    told.append(said("root", accepted("cora", COORDINATOR, inviter=DEVICE["ann"])))
    told.append(said("cora", accepted("ann", WORKER)))
    assert membership(KEYS["root"], told).members[DEVICE["ann"]].role == COORDINATOR
    offer = said("root", Invited(b"j" * 32, WORKER, 7))
    spoilt = [*told, offer, said("cora", Invited(b"j" * 32, WORKER, 1))]
    assert membership(KEYS["root"], spoilt).invited[b"j" * 32].until == 7


def test_who_says_the_same_takes_back_what_it_said_alone() -> None:
    lost, up = Revoked(DEVICE["ben"], {RUN: 4}, 7), Appointed(DEVICE["ben"], COORDINATOR, {}, 8)
    told = [said("root", accepted("ann", COORDINATOR)), said("root", accepted("ben")), said("root", up)]
    told += [said("root", lost), said("ann", lost), said("ann", Withdrawn((digest(lost),)))]
    assert membership(KEYS["root"], told).members[DEVICE["ben"]].lost == 7


def test_who_is_appointed_speaks_once_somebody_who_counts_has_let_it_in() -> None:
    told = [said("root", accepted("ann", COORDINATOR)), said("ann", accepted("ben"), number=5)]
    told += [said("root", Appointed(DEVICE["ben"], COORDINATOR, {}, 1)), said("ben", accepted("cora"))]
    assert DEVICE["cora"] in membership(KEYS["root"], told).members
    found = membership(KEYS["root"], [*told, said("root", Revoked(DEVICE["ann"], {RUN: 3}, 1))])
    assert set(found.members) == {DEVICE["root"], DEVICE["ann"]}
    assert DEVICE["ben"] not in found.ranks


def test_what_no_longer_counts_takes_nothing_else_with_it() -> None:
    told = [
        said("root", accepted("ann", COORDINATOR), 1),
        said("ann", accepted("ben", COORDINATOR), 2),
        said("ben", Revoked(DEVICE["cora"], {}, 1), 3),
        said("ann", accepted("cora"), 5),
        said("root", Revoked(DEVICE["ann"], {RUN: 3}, 1), 6),
    ]
    whole = membership(KEYS["root"], told)
    within = [each for each in told if (limit := whole.limit(each.device, RUN)) is None or each.number <= limit]
    assert len(within) == 4
    assert membership(KEYS["root"], within) == whole


def test_a_run_begins_with_half_of_its_device_and_is_nobody_elses() -> None:
    run = run_of(DEVICE["ann"], b"drawn...")
    assert (len(run), run[:8], run[8:]) == (16, DEVICE["ann"][:8], b"drawn...")
    assert is_run_of(run, DEVICE["ann"])
    assert not is_run_of(run, DEVICE["ben"])
    assert not is_run_of(run[:15], DEVICE["ann"])


def test_the_fingerprint_is_another_where_something_else_counts() -> None:
    told = [said("root", accepted("ann"))]
    steps = [
        said("root", accepted("ben")),
        said("root", Invited(b"k" * 32, WORKER, 7)),
        said("root", Appointed(DEVICE["ben"], COORDINATOR, {}, 1)),
        said("root", Revoked(DEVICE["ann"], {RUN: 4}, 1)),
        said("root", Revoked(DEVICE["ann"], {RUN: 5}, 1)),
        said("root", sheet(SECOND, FIRST)),
    ]
    found = [with_sheets([*told, *steps[:count]]).fingerprint for count in range(len(steps) + 1)]
    assert len(set(found)) == len(found)
    assert with_sheets([*reversed(told)]).fingerprint == found[0]


def test_two_let_in_with_one_key_are_both_told() -> None:
    found = membership(KEYS["root"], [said("root", accepted("ann")), said("root", accepted("ben"))])
    assert found.used == {b"j" * 32: tuple(sorted((DEVICE["ann"], DEVICE["ben"])))}


names = st.sampled_from(sorted(KEYS))
roles = st.sampled_from([COORDINATOR, WORKER])
joinings = st.sampled_from([b"j" * 32, b"k" * 32])
keys_of_sheets = st.sampled_from([FIRST, SECOND, THIRD])
revocations = st.builds(lambda who, reached: Revoked(DEVICE[who], {RUN: reached}, 1), names, st.integers(0, 9))
statements = st.one_of(
    st.builds(accepted, names, roles, joinings, st.sampled_from([NOBODY, *DEVICE.values()])),
    st.builds(lambda who, role: Appointed(DEVICE[who], role, {RUN: 3}, 1), names, roles),
    revocations,
    st.builds(lambda each: Withdrawn((digest(each),)), revocations),
    st.builds(lambda role, until: Invited(b"j" * 32, role, until), roles, st.integers(0, 9)),
    st.builds(sheet, keys_of_sheets, keys_of_sheets),
    st.builds(
        lambda number, recipient: KeyGiven("everyone", number, recipient, {DEVICE["ann"]: b"sealed"}),
        st.integers(0, 4),
        st.sampled_from(["age1x", "age1y"]),
    ),
)
words = st.dictionaries(keys_of_sheets, st.lists(statements, max_size=3), max_size=2)
anybody_s = st.lists(st.builds(said, names, statements, st.integers(0, 9)), max_size=12)


def comes_to(told: list[Said], spoken: dict[bytes, list[Statement]]) -> Membership:
    return membership(
        KEYS["root"], told, FIRST, {key: [Said(SHEET, stated(e), key) for e in each] for key, each in spoken.items()}
    )


@given(anybody_s, words, st.randoms(use_true_random=False))
def test_order_grouping_and_repetition_change_nothing(
    told: list[Said], spoken: dict[bytes, list[Statement]], dice: random.Random
) -> None:
    shuffled = [*told, *dice.choices(told, k=3)] if told else []
    dice.shuffle(shuffled)
    assert comes_to(shuffled, spoken) == comes_to(told, spoken)


@given(anybody_s, words)
def test_whoever_silences_somebody_is_judged_without_them(
    told: list[Said], spoken: dict[bytes, list[Statement]]
) -> None:
    whole = comes_to(told, spoken)
    silenced = {device for device in whole.limits if not _promoted_equal(whole, device)}
    within = [
        each for each in told if each.device not in silenced or each.number <= whole.limits[each.device].get(RUN, 0)
    ]
    assert comes_to(within, spoken) == whole


def _promoted_equal(found: Membership, device: bytes) -> bool:
    """Whether a device may be given up by an equal, who silences nobody."""
    return any(isinstance(each, Appointed) and each.device == device for each in found.standing.values())


@given(st.lists(st.dictionaries(st.text(max_size=8), st.binary() | st.integers() | st.text()), max_size=5))
def test_no_statement_at_all_breaks_it(told: list[dict[str, Any]]) -> None:
    assert len(membership(KEYS["root"], [Said(DEVICE["root"], each) for each in told]).members) == 1


def test_an_equal_of_one_who_was_promoted_does_not_have_more_of_it_count_than_those_before_it() -> None:
    told = [
        said("root", accepted("ann", COORDINATOR)),
        said("root", accepted("ben")),
        said("root", Appointed(DEVICE["ben"], COORDINATOR, {}, 1)),
        said("ann", Revoked(DEVICE["ben"], {RUN: 9}, 2)),
    ]
    assert membership(KEYS["root"], told).limit(DEVICE["ben"], RUN) == 9
    told.append(said("root", Revoked(DEVICE["ben"], {RUN: 4}, 3)))
    assert membership(KEYS["root"], told).limit(DEVICE["ben"], RUN) == 4


def test_who_came_as_a_workers_is_told_by_who_is_heard_of_those_who_let_it_in() -> None:
    told = [
        said("root", accepted("ann", COORDINATOR)),
        said("root", accepted("ben")),
        said("root", Appointed(DEVICE["ben"], COORDINATOR, {}, 1)),
        said("ann", Revoked(DEVICE["ben"], {RUN: 9}, 2)),
        said("ann", accepted("ben", COORDINATOR)),
    ]
    assert membership(KEYS["root"], told).members[DEVICE["ben"]].lost
