"""Play the world for many steps, and say what happened in it."""

import argparse
import json
import secrets
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.simulator.plays import short_play, tried, worlds


def main() -> int:
    """Play worlds until so many steps were taken; 1 where one ended otherwise than it should."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulator")
    asked.add_argument("--steps", type=int, default=3_000)
    asked.add_argument("--seed", default="1", help="a number, or fresh")
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    seed = secrets.randbelow(10**9) if options.seed == "fresh" else int(options.seed)
    told = tell(seed, options.steps)
    print(json.dumps({**told, "wrong": len(told["wrong"])}, indent=1))
    for each in told["wrong"]:
        print(f"\n{each}")
    if options.json:
        options.json.write_text(json.dumps(told, indent=1))
    return bool(told["wrong"])


def tell(seed: int, steps: int) -> dict[str, Any]:
    """Play so many steps of a seed; what happened in their worlds."""
    happened, digests = Counter[str](), list[str]()
    wrong: list[str] = []
    plays = worlds(seed, steps)
    for of, play in plays:
        ended, fault = tried(play, of)
        if ended is None:
            told = f"in the world of seed {of}, of the part of seed {seed}" if wrong else short_play(play, of)
            wrong.append(f"{fault}\n{told}")
            continue
        happened += +ended.happened
        digests.append(ended.digest)
    losses = sum(each.startswith("Loss") for each in wrong)
    return {
        "seed": seed, "worlds": len(plays), "steps": steps, "happened": dict(sorted(happened.items())),
        "divergences": len(wrong) - losses, "losses": losses, "wrong": wrong, "digests": digests,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
