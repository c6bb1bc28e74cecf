"""Play the world for many steps, and say what happened in it."""

import argparse
import json
import secrets
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulator.plays import play
from tests.simulator.worlds import Divergence

STEPS_A_WORLD = 60


def main() -> int:
    """Play worlds until so many steps were taken; 1 where one ended otherwise than it should."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulator")
    asked.add_argument("--steps", type=int, default=3_000)
    asked.add_argument("--seed", default="1", help="a number, or fresh")
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    seed = secrets.randbelow(10**9) if options.seed == "fresh" else int(options.seed)
    steps, worlds, faults = 0, 0, Counter[str]()
    wrong: list[str] = []
    while steps < options.steps:
        with TemporaryDirectory() as place:
            try:
                faults += play(seed + worlds, STEPS_A_WORLD, Path(place))
            except Divergence as found:
                wrong.append(f"seed {seed + worlds}: {found}")
        steps, worlds = steps + STEPS_A_WORLD, worlds + 1
    losses = sum("gone" in each for each in wrong)
    told = {"seed": seed, "worlds": worlds, "steps": steps, "faults": dict(sorted(faults.items())),
            "divergences": len(wrong) - losses, "losses": losses, "wrong": wrong}  # fmt: skip
    print(json.dumps(told, indent=1))
    if options.json:
        options.json.write_text(json.dumps(told))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
