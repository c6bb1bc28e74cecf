"""What workbooks showed of one record, by field."""

import pytest

from outreach_app.journal.changes import Horizon, WriteId
from outreach_app.journal.standing import ShownCell, ShownCells

RUN = bytes(16)
ONE, TWO = WriteId(RUN, 2), WriteId(RUN, 3)
NEAR, FAR = Horizon({RUN: 2}), Horizon({RUN: 9})


def test_what_workbooks_showed_is_told_by_field() -> None:
    cells = ShownCells()
    assert not cells
    cells.show(NEAR, {"name": frozenset({ONE}), "town": frozenset()})
    assert cells["name"] == [ShownCell(NEAR, frozenset({ONE}))]
    cells.show(FAR, {"name": frozenset({TWO})})
    assert cells
    assert list(cells) == ["name", "town"]
    assert len(cells) == 2
    assert cells["name"] == [ShownCell(NEAR, frozenset({ONE})), ShownCell(FAR, frozenset({TWO}))]
    assert cells["town"] == [ShownCell(NEAR, frozenset())]
    assert cells.get("notes") is None
    with pytest.raises(KeyError):
        cells["notes"]


def test_cells_are_the_same_in_either_form() -> None:
    told = {"name": [ShownCell(NEAR, frozenset({ONE})), ShownCell(FAR, frozenset({TWO}))], "town": []}
    cells = ShownCells.of(told)
    assert dict(cells) == {"name": told["name"]}
    assert ShownCells.of(cells) is cells
