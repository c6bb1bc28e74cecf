"""Each mistake that was planted in the program is caught by the simulator, in a play that ends well without it."""

from collections.abc import Callable

import pytest

from tests.simulator.mistakes import MISTAKES
from tests.simulator.plays import Play, drawn, tried
from tests.simulator.steps import Step

MAIL = ("write", "mail", "read", "meet_all")
AGAIN = ("write", "meet", "restore", "back_up", "clone", "unlock", "meet_all")


def _written(first: int, count: int) -> list[Step]:
    """What the second laptop's worker does."""
    return [Step("write", 1, 0, first + each) for each in range(count)]


CAUGHT: dict[str, tuple[int, Play]] = {
    "last_writer_wins": (4, drawn(4, 60)),
    "replaced_writes_forgotten": (1, drawn(1, 60)),
    "horizon_too_far": (1, drawn(1, 40, MAIL)),
    "reading_counted_without_its_horizon": (1, drawn(1, 40, MAIL)),
    "readings_not_synced": (1, drawn(1, 40, MAIL)),
    "delivery_without_waiting": (1, drawn(1, 60)),
    "cursor_that_skips_a_gap": (
        0,
        [
            *_written(0, 4),
            Step("meet", 1),
            *_written(4, 4),
            Step("meet", 1, 1),
            Step("torn", 0, 1, 1),
            Step("meet", 0, 1),
        ],
    ),
    "clamp_on_clocks": (3, drawn(3, 60)),
    "receipt_before_durable_write": (1, drawn(1, 60)),
    "listing_trusted": (0, [*_written(0, 4), Step("meet", 1), Step("torn"), Step("meet", 1, 1), Step("torn", 0, 1)]),
    "cursor_saved_before_apply": (0, [*_written(0, 8), Step("meet", 1), Step("disk_full")]),
    "run_id_reused": (2, drawn(2, 40, AGAIN)),
}
"""In which play: the seed of its world, and its steps."""


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.__name__)
def test_it_is_caught_and_nothing_is_without_it(mistake: Callable[[pytest.MonkeyPatch], None]) -> None:
    seed, play = CAUGHT[mistake.__name__]
    with pytest.MonkeyPatch.context() as patch:
        mistake(patch)
        assert tried(play, seed)[1]
    assert tried(play, seed)[1] == ""
