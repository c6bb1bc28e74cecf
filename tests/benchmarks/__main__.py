"""The command: takes the figures, prints them as a table, writes them as JSON. Ends with 1 where a limit is passed."""

import argparse
import importlib
import json
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import cast

from rich.console import Console
from rich.table import Table

import tests.benchmarks
from tests.benchmarks.figures import Result, Subject, watched

SIDES = ("ours", "against")


def subjects() -> dict[str, Subject]:
    """The modules that measure something, by name."""
    names = [each.name for each in pkgutil.iter_modules(tests.benchmarks.__path__) if each.name != "__main__"]
    modules = {name: importlib.import_module(f"tests.benchmarks.{name}") for name in names}
    return {name: cast(Subject, module) for name, module in modules.items() if hasattr(module, "FIGURES")}


def take(name: str, subject: Subject, size: int, rounds: int, run: Path) -> list[Result]:
    """The figures of one module at one size. ``run`` is the folder of this whole run, which modules may share."""
    folder = run / f"{name}-{size}"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was broken off
    folder.mkdir(parents=True)
    subject.prepare(folder, size)
    values: dict[str, list[Mapping[str, float]]] = {side: [] for side in SIDES}
    for _ in range(rounds):
        for side in SIDES:
            if side == "ours" or any(figure.against for figure in subject.FIGURES):
                values[side].append(_in_a_process(name, side, folder, size))
    shutil.rmtree(folder)
    results = []
    for figure in subject.FIGURES:
        ours = median(round_[figure.name] for round_ in values["ours"])
        against = median(round_[figure.name] for round_ in values["against"]) if figure.against else None
        results.append(Result(figure, size, figure.limit_at(size, max(subject.SIZES)), ours, against))
    return results


def _in_a_process(name: str, side: str, folder: Path, size: int) -> Mapping[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks", "--side", name, side, str(folder), str(size)]
    said, most = watched(command)
    values: dict[str, float] = json.loads(said.splitlines()[-1])
    return {each: max(value, most) if each.endswith("_memory") else value for each, value in values.items()}


def table(results: Sequence[Result]) -> Table:
    """The results as a person reads them."""
    shown = Table(title="Benchmarks: medians, ours and the other side in turn on this machine")
    for heading in ("figure", "size", "ours", "against", "", "ratio", "at most"):
        shown.add_column(heading, justify="left" if heading in ("figure", "") else "right")
    for result in results:
        figure = result.figure
        limit = f"{result.limit:g}" + ("x" if figure.against else f" {figure.unit}")
        shown.add_row(
            figure.what,
            f"{result.size:,}",
            f"{result.ours:,.3g} {figure.unit}",
            f"{result.against:,.3g} {figure.unit}" if result.against is not None else "-",
            figure.against,
            f"{result.ratio:.2f}x" if result.ratio is not None else "-",
            limit if result.within else f"[bold red]{limit}: exceeded[/]",
        )
    return shown


def sizes(subject: Subject, large: bool) -> Sequence[int]:
    """The sizes to measure, the one that the limits are for last."""
    *growing, stated = subject.SIZES
    return [*growing, *(getattr(subject, "LARGE", ()) if large else ()), stated]


def key(result: Result, subject: Subject) -> str:
    """A result's name in the file: the figure's, with the size behind it where the limit is for another."""
    return result.figure.name if result.size == subject.SIZES[-1] else f"{result.figure.name}@{result.size}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=tests.benchmarks.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which to run; all if none is named")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the results to a file")
    parser.add_argument("--sizes", type=int, nargs="+", help="how many people, instead of the sizes declared")
    parser.add_argument("--large", action="store_true", help="also at the largest sizes, which take minutes to prepare")
    parser.add_argument("--rounds", type=int, help="how often, instead of the rounds declared")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the stores made there, for the next run to find")
    parser.add_argument("--side", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    known = subjects()
    if asked.side:
        name, side, folder, size = asked.side
        print(json.dumps(dict(getattr(known[name], side)(Path(folder), int(size)))))
        return 0
    if unknown := set(asked.names) - known.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    written: dict[str, object] = {}
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="outreach-benchmarks-") as made:
        run = asked.keep or Path(made)
        for name in asked.names or known:
            for size in asked.sizes or sizes(known[name], asked.large):
                print(f"{name} at {size:,} ...", file=sys.stderr, flush=True)
                for result in take(name, known[name], size, asked.rounds or known[name].ROUNDS, run):
                    results.append(result)
                    written[key(result, known[name])] = result.as_json()
                    if asked.json:
                        asked.json.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    Console(width=None if sys.stdout.isatty() else 150).print(table(results))
    return 0 if all(result.within for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
