"""A clumsy colleague's edits, many at once: what was captured is kept, nothing is made up, and every row is told."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.apart import lasting
from outreach_app.sheets import comparing
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.comparing import Comparing
from outreach_app.sheets.margin_notes import MarginNotes
from outreach_app.sheets.sheet_readings import SheetReading
from outreach_app.sheets.sheet_rows import SheetRows
from tests.clumsy.__main__ import run
from tests.clumsy.edits import EDITS
from tests.clumsy.oracle import Wrong
from tests.clumsy.rounds import SHEETS, Deed, begun, play
from tests.helpers.memories import memory

DEEDS = st.builds(Deed, st.sampled_from(list(EDITS)), st.sampled_from(list(SHEETS)), *[st.integers(0, 99)] * 2)


@pytest.fixture(scope="module", autouse=True)
def reading_apart() -> Iterator[None]:
    """One process reads for all of these tests."""
    with lasting():
        yield


def test_sixty_edits_of_a_seed() -> None:
    told = run(60, 1)
    assert told["wrong"] == []


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(DEEDS, min_size=1, max_size=4), st.integers(0, 9))
def test_any_edits_of_one_workbook(tmp_path: Path, done: list[Deed], meanwhile: int) -> None:
    with closing(memory()) as store:
        begun(store)
        play(store, tmp_path, done, meanwhile)


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_alone(tmp_path: Path, name: str) -> None:
    with closing(memory()) as store:
        begun(store)
        for sheet, where in zip(SHEETS, (7, 2), strict=True):
            play(store, tmp_path, [Deed(name, sheet, where, where + 3)])


PLANTED = {
    "errors taken for emptied cells": (
        SheetRows, "failed", lambda *_given: False, [Deed("break_a_formula", "People", 1, 0)],
    ),
    "merged cells taken for emptied ones": (
        SheetRows, "covered", lambda *_given: (), [Deed("merge_cells", "People", 1, 0)],
    ),
    "what a program made of a cell taken for typed": (
        comparing, "restored", lambda _about, cell, _order: [canonical(cell)],
        [Deed("zip_becomes_a_number", "People", 1, 0)],
    ),
    "typed cells not taken": (Comparing, "_one", lambda *_given: None, [Deed("type_over_a_cell", "People", 1, 0)]),
    "the copy taken for the original": (
        SheetReading, "_original", lambda _self, _left, indices: indices[0],
        [Deed("type_over_a_cell", "People", 2, 3), Deed("copy_a_row_for_somebody_new", "People", 2, 0)],
    ),
    "rows lost on the way": (
        MarginNotes, "add_to", lambda _self, read: read.clear() or [], [Deed("sort_rows", "People", 1, 0)],
    ),
}  # fmt: skip
"""Mistakes that somebody might make, each with edits by which it is found out."""


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_caught(tmp_path: Path, mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, wrong, done = PLANTED[mistake]
    with closing(memory()) as store:
        begun(store)
        play(store, tmp_path, done)
    monkeypatch.setattr(where, name, wrong)
    with closing(memory()) as store:
        begun(store)
        with pytest.raises(Wrong):
            play(store, tmp_path, done)
