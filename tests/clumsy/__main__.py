"""Let the colleague make a thousand edits: `uv run python -m tests.clumsy [--edits N] [--seed S]`.

Each workbook gets a few of them and is merged; what came of it is judged. A failure is told with the fewest edits that
still bring it about.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from outreach_app.apart import lasting
from tests.clumsy.oracle import Wrong
from tests.clumsy.rounds import Deed, begun, deeds, play
from tests.helpers.memories import memory

ROUNDS = 8  # workbooks of one store, one after the other


def run(edits: int, seed: int) -> dict[str, object]:
    """Make so many edits; what came of them."""
    rng, began = random.Random(seed), time.monotonic()
    made, books, rows, wrong = 0, 0, Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as place, lasting():
        while made < edits:
            with closing(memory()) as store:
                begun(store)
                for _round in range(ROUNDS):
                    done, meanwhile = deeds(rng, rng.choice((1, 2, 3, 5))), rng.randrange(3) and rng.randrange(1, 99)
                    made, books = made + len(done), books + 1
                    try:
                        account = play(store, Path(place), done, meanwhile)
                    except Wrong as fault:
                        wrong.append(f"{fault}\n    {shortest(Path(place), done, meanwhile) or done}")
                        break
                    for each in account.rows.values():
                        rows += Counter({name: number for name, number in each.to_json().items() if number})
                    if made >= edits:
                        break
    told = {"edits": made, "books": books, "rows": dict(rows), "seconds": round(time.monotonic() - began, 1)}
    return told | {"wrong": wrong}


def shortest(folder: Path, done: Sequence[Deed], meanwhile: int) -> list[Deed]:
    """The fewest of some edits that still go wrong in a fresh store; none where they do not."""

    def fails(some: Sequence[Deed]) -> bool:
        with closing(memory()) as store:
            begun(store)
            try:
                play(store, folder, some, meanwhile)
            except Wrong:
                return True
            return False

    left = list(done)
    if not fails(left):
        return []
    for each in done:
        fewer = [deed for deed in left if deed is not each]
        if fewer and fails(fewer):
            left = fewer
    return left


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.clumsy", description=__doc__)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    told = run(asked.edits, asked.seed)
    print(json.dumps(told, indent=1))
    sys.exit(1 if told["wrong"] else 0)


if __name__ == "__main__":
    main()
