"""Each mistake that was planted in the program is caught by the simulator, in a play that ends well without it."""

import pytest

from tests.simulator.mistakes import MISTAKES
from tests.simulator.planted import LEAST, PLAYS, SEEDS, Mistake, caught
from tests.simulator.plays import tried

TRIES = SEEDS[: len(SEEDS) - LEAST + 1]
"""Of so many seeds one must catch it; `python -m tests.simulator.planted` plays all of them."""


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.__name__)
def test_it_is_caught_and_nothing_is_without_it(mistake: Mistake) -> None:
    seed = next((seed for seed in TRIES if caught(mistake, seed)), 0)
    assert seed
    assert tried(PLAYS[mistake.__name__](seed), seed)[1] == ""
