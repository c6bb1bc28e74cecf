"""Merging the workbooks of fifty workers into one, duplicates found, against merely reading their cells."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, peak_mb, timed
from tests.benchmarks.people import PASSPHRASE, fill, values

FIGURES = (
    Figure("merge", "50 workbooks read and merged, duplicates found", "s", 5.0, against="calamine reading them"),
    Figure("merge_memory", "the most memory merging takes", "MB", 400),
)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
WORKBOOKS = 50
MET_TWICE = 0.05  # of the people of a workbook, those that another worker met too


def prepare(folder: Path, size: int) -> None:
    """Have fifty workers of one department each meet their share of people and mail a workbook."""
    from outreach_app.operations.exporting import export_workbook
    from outreach_app.operations.spaces import invite, join, new_store
    from outreach_app.store.keys import DEMO_COST

    office = new_store(folder / "office", PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    code = invite(office, folder / "invitation")
    office.close()
    (folder / "workbooks").mkdir()
    rng = random.Random(size)
    for number in range(WORKBOOKS):
        place = folder / f"laptop-{number}"
        laptop = join(place, folder / "invitation", code, f"Worker {number}", PASSPHRASE, cost=DEMO_COST)
        fill(laptop, _met(rng, number, size // WORKBOOKS))
        export_workbook(laptop, folder / "workbooks" / f"worker-{number}.xlsx")
        laptop.close()


def _met(rng: random.Random, worker: int, people: int) -> Iterator[Mapping[str, Any]]:
    for number in range(people):
        if rng.random() < MET_TWICE:
            shared = random.Random(number)
            yield values(shared, number) | {"emails": [f"shared{number}@example.org"]}
        else:
            yield values(rng, worker * people + number)


def ours(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - every side is called alike
    """Merge them as a coordinator with no store does."""
    from outreach_app.operations.merging import merge_workbooks

    took: list[float] = []
    with timed(took):
        merged = merge_workbooks(folder / "master.xlsx", sorted((folder / "workbooks").iterdir()), review=None)
    if merged.account.failed:
        raise ValueError("a workbook could not be merged")
    return {"merge": took[0], "merge_memory": peak_mb()}


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Read every cell of every sheet of the same workbooks."""
    from python_calamine import CalamineWorkbook

    took: list[float] = []
    with timed(took):
        for file in sorted((folder / "workbooks").iterdir()):
            book = CalamineWorkbook.from_path(str(file))
            for name in book.sheet_names:
                for _row in book.get_sheet_by_name(name).iter_rows():
                    pass
    return {"merge": took[0]}
