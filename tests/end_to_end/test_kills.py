"""A program that is killed two hundred times, in mid-capture and in mid-sync, loses nothing that it acknowledged."""

import json
import subprocess
import sys
from pathlib import Path

from tests.helpers.killing import CAPTURING, OPENING, STORES, SYNCING
from tests.helpers.programs import LONGEST, ROOT

KILLS = 200
SEED = 20261121


def test_nothing_acknowledged_is_lost_by_two_hundred_kills(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killing", str(tmp_path), str(KILLS), str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    struck = told["struck"]
    assert sum(struck.values()) == KILLS
    assert struck[OPENING]
    assert min(struck[CAPTURING], struck[SYNCING]) > KILLS // 5  # in mid-action, not between two
    assert all(told["names"][store] and told["changes"][store] for store in STORES)
    assert told["exchanges"]
    assert told["signed_in"] >= sum(map(len, told["names"].values()))
