"""The simulator in the same worlds each time; `python -m tests.simulator` plays as many as one likes."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.programs import ROOT
from tests.simulator.__main__ import tell
from tests.simulator.deeds import DEEDS
from tests.simulator.machines import explore
from tests.simulator.memberships import MEMBERSHIPS
from tests.simulator.mishaps import INTRUDERS, MISHAPS, SPOILT, TROUBLES
from tests.simulator.plays import VERBS, drawn, played, short_play, shortened
from tests.simulator.recoveries import RECOVERIES
from tests.simulator.steps import Step
from tests.simulator.workbooks import WORKBOOKS

STEPS = 600
"""Of each part: six worlds."""

PARTS = (801, 901, 1001)
"""The seeds of what is played each time."""

OFTEN = {
    "gap": 15, "gap closed": 4, "fork": 8, "session forked": 5, "laptop restored": 8, "laptop given up": 5,
    "laptop cloned": 2, "field of a newer program": 5, "kept for a newer program": 5, "upgraded": 2,
    "change in a newer form": 2, "clock ten years off": 5, "killed": 2, "report sealed": 3, "only the sheet left": 4,
    "new recovery sheet": 3, "workbook of one who never syncs": 5, "written at a laptop given up": 5,
    "synced by a laptop given up": 10, "written to an old key": 4, "file edited": 1, "held work accepted": 2,
}  # fmt: skip
AT_LEAST_ONCE = (
    *(spoil.__name__.replace("_", " ") for spoil in SPOILT),
    *(name.replace("_", " ") for name in (*INTRUDERS, *TROUBLES)),
    *("stick pulled", "wrong carrier", "empty carrier", "old folder restored", "sync broken off", "reply lost"),
    *("two carriers at once", "laptop full", "keyring gone", "wrong passphrase", "another department's folder"),
    *("workbook edited", "workbook read again", "workbook read late", "180 days away", "given up by the sheet"),
    *("laptop found again", "made a coordinator", "made a worker", "held work left out", "file read late"),
    *("file read again", "file of one who never syncs", "file of a laptop given up"),
    *("clock backwards in mid-session",),
)
LEAST = {**dict.fromkeys(AT_LEAST_ONCE, 1), **OFTEN}
"""How often each fault must have come in each part, so that what it shows is worth something."""

TWICE, FIVE_TIMES = 2, 5
DREADED = (
    *("gap", "gap closed", "fork", "session forked", "laptop cloned", "laptop restored", "laptop given up"),
    *("field of a newer program", "kept for a newer program", "upgraded", "change in a newer form"),
)
"""What must come more often than anything else in all parts together: gaps, forks, clones, restores, mixed versions."""


@pytest.mark.parametrize("seed", PARTS)
def test_worlds_full_of_mishaps_end_equal_with_nothing_lost_and_had_enough_of_each(seed: int) -> None:
    told = tell(seed, STEPS)
    assert told["wrong"] == []
    happened = Counter(told["happened"])
    assert {name: happened[name] for name in LEAST if happened[name] < LEAST[name]} == {}
    assert happened.keys() <= LEAST.keys()
    assert (told["divergences"], told["losses"]) == (0, 0)


def test_all_parts_together_have_each_fault_twice_and_the_dreaded_ones_five_times() -> None:
    """What each part must have, times the parts."""
    assert all(LEAST[name] * len(PARTS) >= (FIVE_TIMES if name in DREADED else TWICE) for name in LEAST)
    assert {*DREADED} <= LEAST.keys()


def test_no_play_is_found_that_goes_wrong() -> None:
    assert explore(10, 25).total() > 100


def test_every_verb_is_played() -> None:
    assert {step.what for step in drawn(1, 300)} == VERBS.keys()
    assert len(VERBS) == len(DEEDS) + len(WORKBOOKS) + len(MEMBERSHIPS) + len(RECOVERIES) + len(MISHAPS)


def test_two_plays_of_one_seed_are_the_same_to_the_last_salt(tmp_path: Path) -> None:
    """One of them in another process, in which sets have another order."""
    told = tmp_path / "told.json"
    asked = [sys.executable, "-m", "tests.simulator", "--steps", "60", "--seed", "7", "--json", str(told)]
    subprocess.run(asked, cwd=ROOT, env={"PYTHONHASHSEED": "4711"}, check=True, capture_output=True, timeout=170)
    assert json.loads(told.read_text())["digests"] == [played(drawn(7, 60), 7).digest]
    assert played(drawn(8, 3), 8).digest != played(drawn(9, 3), 9).digest


def test_a_play_that_fails_is_told_by_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_world: object, _step: Step) -> None:
        raise AssertionError("the store is on fire")

    monkeypatch.setitem(VERBS, "lock_out", broken)
    play = [Step("write", 1), Step("meet", 1), Step("lock_out", 2), Step("write", 3), Step("meet_all")]
    told = short_play(play, 0)
    assert told == "AssertionError: the store is on fire\nplayed([\n    Step('lock_out', 2, 0, 0),\n], seed=0)"


def test_shortening_leaves_what_it_takes() -> None:
    play = [Step("write", who) for who in range(40)]
    needed = {play[3], play[17], play[39]}
    assert set(shortened(play, needed.issubset)) == needed
