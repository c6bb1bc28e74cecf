"""Lists from elsewhere: with households as our own people are compared, without by what the list itself tells."""

import random
from dataclasses import replace
from itertools import product

import pytest

from outreach_app.apart import ALL, Share
from outreach_app.matching.agreements import Level, Part, Reason, explain
from outreach_app.matching.lists import _PARTS, _compared, _why, listed_twice
from outreach_app.matching.people import PersonFacts

GIVEN = ("Ada", "Bruno", "Clara", "Dario", "Edith", "Fabian", "Greta", "Hugo", "Ilse", "Jonas")
FAMILY = ("Abbott", "Bendix", "Corvin", "Dresner", "Elwood", "Farrow", "Gantry", "Hexter", "Isley", "Jarvis")


def strangers(count: int, seed: int) -> list[PersonFacts]:
    """People who live each for themselves."""
    dice = random.Random(seed)
    return [
        PersonFacts(
            f"{at:04}", f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}",
            street=f"{dice.randrange(1, 999)} {dice.choice(('Oak', 'Elm', 'Mill', 'Lake'))} Street",
            town=dice.choice(("Sylva", "Murphy", "Almond")), zip=str(dice.randrange(28700, 28790)),
        )
        for at in range(count)
    ]  # fmt: skip


def again(person: PersonFacts, at: int, **other: str) -> PersonFacts:
    return replace(person, id=f"{at:04}", **other)  # type: ignore[arg-type]


def test_where_nobody_shares_an_address_it_tells_people_apart_however_the_names_are_written() -> None:
    people = strangers(300, 7)
    dice = random.Random(3)
    twice = []
    for at, person in enumerate(people[:120]):
        given, family = person.name.split()
        name = (f"{family} {given}", f"{given[:-1]} {family}", f"{given} {family[:-2]}x", person.name)[at % 4]
        twice.append(again(person, 1_000 + at, name=name, zip=person.zip if dice.random() < 0.8 else "28999"))
    found, together = listed_twice([*people, *twice])
    pairs = {(int(pair.a), int(pair.b)) for pair in found if pair.score >= together}
    true = {(at, 1_000 + at) for at in range(120)}
    assert len(pairs & true) >= 0.95 * len(true)
    assert len(pairs - true) <= 0.05 * len(true)
    assert not any(pair.certain for pair in found), "an address alone joins nobody"


def test_where_households_share_addresses_they_are_not_joined() -> None:
    dice = random.Random(5)
    homes = strangers(150, 9)
    people = []
    for at, home in enumerate(homes):
        family = home.name.split()[1]
        people += [again(home, 2 * at, name=f"{one} {family}") for one in dice.sample(GIVEN, 1)]
        others = [name for name in GIVEN if name != people[-1].name.split()[0]]
        people.append(again(home, 2 * at + 1, name=f"{dice.choice(others)} {family}"))
    found, together = listed_twice(people)
    assert [pair for pair in found if pair.score >= together and int(pair.a) // 2 == int(pair.b) // 2] == []


def test_an_empty_list_and_one_of_one_hold_nobody_twice() -> None:
    assert listed_twice([])[0] == []
    assert listed_twice(strangers(1, 1))[0] == []


LEVELS = (Level.SAME, Level.CLOSE, Level.PART, Level.DIFFERENT)


@pytest.mark.parametrize(
    ("part", "level"),
    [(Part.NAME, Level.SWAPPED), *product([each for each in _PARTS if each is not Part.NAME], LEVELS)],
)
def test_all_that_is_learned_can_be_said(part: Part, level: Level) -> None:
    nothing = {each: Level.SAME if each is Part.NAME else Level.MISSING for each in _PARTS}
    agree, differ = _why(tuple({**nothing, part: level}.values()))
    assert len(agree) + len(differ) == 1
    assert all(explain(Reason(each.part, each.level), "es") for each in (*agree, *differ))


def test_shares_of_the_work_together_compare_what_one_compares() -> None:
    people = [*strangers(60, 7), *(again(each, 1_000 + at) for at, each in enumerate(strangers(60, 7)))]
    whole = _compared(people, ALL)
    shared = [_compared(people, Share(part, 3)) for part in range(3)]
    assert len(whole.patterns) == sum(len(each.patterns) for each in shared) > 60
    assert dict(whole.patterns) == {pair: how for each in shared for pair, how in each.patterns.items()}
    assert [each.strangers for each in shared] == [whole.strangers] * 3
