"""Each mistake that was planted in the program is caught by the simulator, in a play that ends well without it."""

import time
from pathlib import Path

import pytest

from outreach_app.model import identifiers
from tests.simulator import plays
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


def test_a_world_that_cannot_be_made_leaves_nothing_drawn_from_its_seed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class NotMadeError(Exception):
        pass

    def not_made(*_given: object) -> None:
        raise NotMadeError

    monkeypatch.setattr(plays, "World", not_made)
    with pytest.raises(NotMadeError) as kept:
        plays.Stage(1, tmp_path)
    assert kept.tb is not None  # it holds the stage that was not set
    assert identifiers.time is time  # type: ignore[attr-defined]
