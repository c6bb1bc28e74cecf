"""A few worlds of the simulator, always the same; `python -m tests.simulator` plays as many as one likes."""

from pathlib import Path

import pytest

from outreach_app.journal import standing
from outreach_app.journal.changes import WriteId
from outreach_app.store import receivers
from outreach_app.store.shipping import Shipping, State
from tests.simulator.plays import play
from tests.simulator.worlds import Divergence


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_world_ends_equal_with_nothing_lost(seed: int, tmp_path: Path) -> None:
    assert play(seed, 60, tmp_path).total() > 5


def test_taking_in_what_follows_a_gap_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(known: dict[bytes, int], offered: dict[tuple[bytes, int, int], object]) -> list[tuple[bytes, int, int]]:
        return sorted(place for place in offered if place[1] > known.get(place[0], 0))

    def careless(_shipping: Shipping, _digest: bytes) -> State:
        return State.APPLIED  # a segment would wait for the one it follows, too

    monkeypatch.setattr(receivers, "ready", hasty)
    monkeypatch.setattr(Shipping, "state_of", careless)
    with pytest.raises((Divergence, AssertionError)):
        _any_of(range(100, 140), tmp_path)


def test_forgetting_what_was_replaced_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = standing.stands
    monkeypatch.setattr(
        standing, "stands", lambda write, replaced, cells: true(write, replaced - {_first(replaced)}, cells)
    )
    with pytest.raises((Divergence, AssertionError)):
        _any_of(range(1, 20), tmp_path)


def _first(ids: frozenset[WriteId]) -> WriteId | None:
    return min(ids, default=None)


def _any_of(seeds: range, place: Path) -> None:
    """Play worlds until one ends otherwise than it should."""
    for seed in seeds:
        (place / str(seed)).mkdir()
        play(seed, 60, place / str(seed))
