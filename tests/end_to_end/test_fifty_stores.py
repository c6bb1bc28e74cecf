"""Stores that exchange what they hold through one folder end equal, at a small size."""

from pathlib import Path

from tests.simulator.fifty import measured


def test_a_few_stores_end_equal(tmp_path: Path) -> None:
    told = measured(4, 202, tmp_path)
    assert told["equal"]
    assert told["files"] >= 4
    assert told["bytes"] > 1_000
