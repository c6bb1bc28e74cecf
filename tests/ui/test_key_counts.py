"""The commonest things take as few keys as they may (`python -m tests.key_counts` prints how many)."""

from pathlib import Path

from tests.key_counts import DEEDS, counted


def test_nothing_takes_more_keys_than_it_may(tmp_path: Path, qapp: object) -> None:  # noqa: ARG001 - a window needs it
    found = counted(tmp_path / "store")
    assert len(found) == len(DEEDS)
    assert [(each.deed.what, each.took, each.done) for each in found if not each.well] == []
