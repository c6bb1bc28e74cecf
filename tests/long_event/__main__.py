"""Play it: `uv run python -m tests.long_event [--sign-ins N] [--notes N] [--kills N] [--seed S]`.

Prints what was done, and what the window held at its beginning and end; lines on standard error tell how far it is.
Ends with 1 where something was lost.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach_app.operations.spaces import open_store
from tests.benchmarks.figures import ROOT
from tests.benchmarks.people import PASSPHRASE, filled
from tests.long_event.oracle import Lost, Oracle
from tests.long_event.worker import NOTE, SIGN_IN, holds

PEOPLE = 1_000


@dataclass
class Played:
    """What came of it. ``rests`` has, for each life of the program, what its window held each time it rested."""

    oracle: Oracle
    rests: list[list[dict[str, float]]] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)
    """What the program was at when it was killed."""
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """In figures: of the longest life the widgets, threads and memory after a tenth of it, and at its end."""
        longest = max(self.rests, key=len)
        return {
            "done": dict(self.oracle.done),
            "killed_at": dict(self.struck),
            "rests_of_the_longest_life": len(longest),
            "after_a_tenth": longest[len(longest) // 10],
            "at_its_end": longest[-1],
            "seconds": round(self.seconds, 1),
        }


def play(folder: Path, sign_ins: int, notes: int, kills: int, seed: int, asides: float = 1.0) -> Played:
    """Have the worker work, and be killed; Lost where something is lost. The kills all fall in the first half, so that
    one life of the program is long. ``asides``: so many times as often as usual it does something else between."""
    draw, begun = random.Random(seed), time.monotonic()
    store, wanted = filled(folder, PEOPLE), {SIGN_IN: sign_ins, NOTE: notes}
    played = Played(Oracle())
    strikes = sorted(draw.sample(range(3, (sign_ins + notes) // 2), kills))
    while True:
        strike = strikes.pop(0) if strikes else None
        if _live(store, played, wanted, strike, draw, asides):
            break
    opened = open_store(store, PASSPHRASE)
    try:
        played.oracle.compare(holds(opened))
        if not opened.check().healthy:
            raise Lost("the store is not sound")
    finally:
        opened.close()
    played.seconds = time.monotonic() - begun
    return played


def _live(
    store: Path, played: Played, wanted: dict[str, int], strike: int | None, draw: random.Random, asides: float
) -> bool:
    """One life of the program; whether it came to its end, and was not killed once so many things were begun."""
    left, seed = played.oracle.left(wanted), draw.randrange(1 << 32)
    numbers = [seed, played.oracle.number, left[SIGN_IN], left[NOTE], asides]
    command = [sys.executable, "-m", "tests.long_event.worker", str(store), *map(str, numbers)]
    rests: list[dict[str, float]] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        over = False
        for line in worker.stdout:
            told = json.loads(line)
            try:
                played.oracle.hear(told)
            except Lost:
                worker.kill()
                raise
            over = over or "over" in told
            if "rest" in told:
                rests.append(told["rest"])
                print(f"entry {len(played.oracle.may)}: {told['rest']}", file=sys.stderr, flush=True)
            if strike is not None and "begin" in told and len(played.oracle.may) > strike:
                time.sleep(draw.random() * 0.25)
                worker.kill()
                print(f"killed at {told['begin']}, entry {len(played.oracle.may)}", file=sys.stderr, flush=True)
                played.struck[told["begin"]] += 1
                strike = None
    if rests:
        played.rests.append(rests)
    if not over and worker.returncode != -signal.SIGKILL:
        raise Lost(f"the program ended by itself, with {worker.returncode}")
    return over


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.long_event", description="A long event in fast-forward.")
    parser.add_argument("--sign-ins", type=int, default=2_000)
    parser.add_argument("--notes", type=int, default=1_500)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=20261121)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "event").mkdir()
        try:
            played = play(Path(folder) / "event", asked.sign_ins, asked.notes, asked.kills, asked.seed)
        except Lost as lost:
            print(lost, file=sys.stderr)
            return 1
    print(json.dumps(played.as_json(), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
