"""In which plays each planted mistake is caught, and on how many seeds.

python -m tests.simulator.planted [MISTAKE...]
"""

import sys
from collections.abc import Callable

import pytest

from tests.simulator.mistakes import MISTAKES
from tests.simulator.plays import Play, drawn, tried
from tests.simulator.steps import Step

Mistake = Callable[[pytest.MonkeyPatch], None]

SEEDS = (1, 2, 3, 4, 5)
LEAST = 4
"""On so many of the seeds each must be caught."""


def _dealt(steps: int, *verbs: str) -> Callable[[int], Play]:
    """So many steps of these verbs."""
    return lambda seed: drawn(seed, steps, verbs)


def _told(*lines: str) -> Callable[[int], Play]:
    """What is told, five times over: each line a verb, the laptop and the folder; the seed has all else fall."""
    said = [line.split() for line in lines] * 5
    return lambda seed: [
        Step(what, int(who), int(where), 100 * seed + at) for at, (what, who, where) in enumerate(said)
    ]


_BOOKS = ("write", "mail", "read", "meet_all")
_WROTE = ("write 1 0", "write 1 0")
_MET = ("meet 1 0", "meet 0 0")
_TORN = ("torn 0 1",) * 4  # one of them is what the rest of a run follows
_GAP = _told(*_WROTE, "meet 1 0", "empty_stick 0 1", *_WROTE, "meet 1 1", *_TORN, "meet 0 1", "unlock 1 0")

PLAYS: dict[str, Callable[[int], Play]] = {
    "last_writer_wins": _told(*_WROTE, *_MET, "move_all 0 0", "move_all 1 0", *_MET),
    "replaced_writes_forgotten": _dealt(20, "write", "meet"),
    "horizon_too_far": _told("write 1 0", *_MET, "mail 0 0", "move_all 1 0", "read 1 0"),
    "horizon_too_near": _told(
        *("write 0 0", "write 0 0", "write 0 0", "meet 0 0", "meet 1 0", "move_all 1 0", "unlock 1 0"),
        *(*_MET, "move_all 0 0", "mail 0 0", "read 1 0"),
    ),
    "reading_counted_without_its_horizon": _dealt(40, *_BOOKS),
    "readings_not_synced": _dealt(40, *_BOOKS),
    "delivery_without_waiting": _GAP,
    "cursor_that_skips_a_gap": _GAP,
    "clamp_on_clocks": _dealt(30, "write", "meet", "set_clock"),
    "receipt_before_durable_write": _GAP,
    "listing_trusted": _told(*_WROTE, "meet 1 0", "torn 1 0", "meet 1 1", "torn 0 1"),
    "cursor_saved_before_apply": _told(*_WROTE, *_WROTE, "meet 1 0", *["disk_full 0 0"] * 3),
    "run_id_reused": _told("write 1 0", "meet 1 0", "back_up 1 0", "write 1 0", "restore 1 0", "write 1 0"),
}
"""In which plays, by their seed."""


def caught(mistake: Mistake, seed: int) -> str:
    """What a mistake led to in its play of a seed; "" where it was not caught."""
    with pytest.MonkeyPatch.context() as patch:
        mistake(patch)
        return tried(PLAYS[mistake.__name__](seed), seed)[1]


def main() -> int:
    """Play all; 1 where one was caught on too few of the seeds."""
    few = 0
    for mistake in MISTAKES:
        if not sys.argv[1:] or mistake.__name__ in sys.argv[1:]:
            seeds = [seed for seed in SEEDS if caught(mistake, seed)]
            few += len(seeds) < LEAST
            told = f"{len(seeds)} of {len(SEEDS)} seeds, in {len(PLAYS[mistake.__name__](1))} steps"
            print(f"{mistake.__name__}: {told}", flush=True)
    return bool(few)


if __name__ == "__main__":
    sys.exit(main())
