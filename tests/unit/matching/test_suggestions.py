"""What is offered while typing, and when Enter may take somebody."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.suggestions import Known, rank, singles_out

ADA = Known("1", "Ada Crowe", town="Bryson City", phones=("(828) 555-0112",), emails=("ada@example.org",))
ADAM = Known("2", "Adam Crowell", organization="Swain County Library", town="Sylva")
MARIA = Known("3", "María Elena García", organization="Iglesia Bautista", town="Marion", phones=("828 555 0145",))
GARCIA = Known("4", "Maria García López", town="Bryson City", phones=("828 555 0146",))
BOB = Known("5", "Robert Oxendine", organization="Fire Department")
MONCEF = Known("6", "Moncef")
EVERYONE = (ADA, ADAM, MARIA, GARCIA, BOB, MONCEF)


def offered(typed: str) -> list[Known]:
    return [one.known for one in rank(typed, EVERYONE)]


def taken(typed: str) -> Known | None:
    return singles_out(typed, rank(typed, EVERYONE))


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("ada crowe", ADA),
        ("Crowe, Ada", ADA),
        ("adam", ADAM),
        ("maria elena", MARIA),
        ("MARÍA GARCÍA LÓPEZ", GARCIA),
        ("garcia lop", GARCIA),
        ("bob oxen", BOB),
        ("oxendin", BOB),
        ("oxendnie", BOB),
        ("8285550112", ADA),
        ("0145", MARIA),
        ("maria 0146", GARCIA),
        ("garcia marion", MARIA),
        ("crowell library", ADAM),
        ("ada@ex", ADA),
    ],
)
def test_the_one_meant_stands_first(typed: str, best: Known) -> None:
    assert offered(typed)[0] is best


def test_what_fits_nobody_offers_nobody() -> None:
    assert offered("zzyzx") == []
    assert offered("") == []
    assert offered("   ") == []


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(rank("garcia", EVERYONE, limit=1)) == 1


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("ada crowe", ADA),
        ("ada crow", None),  # Adam Crowell begins so too
        ("adam cr", ADAM),
        ("Crowe Ada", ADA),
        ("maria elena", MARIA),
        ("maria garcia", None),  # both are
        ("maria garcia lo", GARCIA),
        ("maria garcia marion", MARIA),
        ("8285550112", ADA),
        ("555-0112", ADA),
        ("0112", None),  # four digits are too few
        ("ada 0112", None),
        ("ada 555 0112", ADA),
        ("bob 555 0112", None),
        ("ada@example.org", ADA),
        ("ada@example", None),
        ("ada", None),  # a first name alone is most walk-ins'
        ("moncef", None),
        ("adam c", None),  # one letter is too little
        ("adam library", None),
        ("bob oxendine", None),  # a nickname is offered, never taken
        ("robert oxendnie", None),  # a slip likewise
        ("ada crowe jones", None),
        ("crowell crowell", None),  # one word of theirs, typed twice
        ("", None),
    ],
)
def test_when_one_person_is_singled_out(typed: str, one: Known | None) -> None:
    assert taken(typed) is one


def test_two_of_one_name_single_out_neither() -> None:
    twins = (ADA, Known("7", "Ada Crowe", town="Sylva"))
    assert singles_out("ada crowe", rank("ada crowe", twins)) is None
    assert singles_out("ada crowe sylva", rank("ada crowe sylva", twins)) is twins[1]


words = st.text("abcdeéñ -'", max_size=12)


@given(words, st.lists(words, max_size=8))
def test_scores_stay_between_0_and_100_in_order_and_none_is_invented(typed: str, names: list[str]) -> None:
    people = [Known(str(at), name) for at, name in enumerate(names)]
    ranked = rank(typed, people)
    assert all(0 < one.score <= 100 and one.known in people for one in ranked)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    single = singles_out(typed, ranked)
    assert single is None or single in people


@given(st.lists(words, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_candidates_makes_no_difference(names: list[str], draw: random.Random) -> None:
    people = [Known(str(at), name) for at, name in enumerate(names)]
    shuffled = list(people)
    draw.shuffle(shuffled)
    assert rank(names[0], people) == rank(names[0], shuffled)
