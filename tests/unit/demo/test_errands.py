"""Laptops are processes: they do what they are asked side by side, and end with whoever asked them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from outreach_app.demo.errands import Laptop, gather
from outreach_app.demo.laptops import Here
from outreach_app.demo.plans import Season
from outreach_app.demo.season import plan_season
from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.texts import _


@cache
def season() -> Season:
    return plan_season()


def number(here: Here, given: int) -> int:
    here.tell(given)
    here.numbers.people[given] = here.season.staff[0].name
    return given + len(here.numbers.people)


def fail(_here: Here) -> None:
    raise BadInput(_("Please choose a passphrase."))


def vanish(_here: Here) -> None:
    raise SystemExit


@pytest.fixture
def laptops() -> Iterator[list[Laptop]]:
    made = [Laptop(0), Laptop(1)]
    for laptop in made:
        laptop.prepare(season(), Path())
    yield made
    for laptop in made:
        laptop.close()


def test_each_keeps_its_own_and_answers_in_the_order_asked(laptops: list[Laptop]) -> None:
    told: list[int] = []
    assert gather([laptop.ask(number, laptop.worker + 5) for laptop in laptops], told.append) == [6, 7]
    assert sorted(told) == [5, 6]
    assert laptops[1].do(number, 7) == 9


def test_a_fault_of_the_world_comes_back_as_itself(laptops: list[Laptop]) -> None:
    with pytest.raises(BadInput, match="choose a passphrase"):
        laptops[0].do(fail)
    assert laptops[0].do(number, 1) == 2, "it goes on"


def test_one_that_was_ended_is_told(laptops: list[Laptop]) -> None:
    with pytest.raises(OutreachError, match="ended from outside"):
        laptops[0].do(vanish)
