"""What people ask for by name is written whole or not at all, and never over a store."""

from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.store.folders import DATABASE
from outreach_app.store.handouts import hand_out, handing_out
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store's folder."""
    made = tmp_path / "store"
    Store.create(made, "a passphrase", worker="Ada Crowe", cost=DEMO_COST).close()
    return made


def test_a_file_gets_its_name_when_the_block_ends_well(tmp_path: Path) -> None:
    target = tmp_path / "file"
    with pytest.raises(FileNotFoundError), handing_out(target, b"new"):
        target.read_bytes()
    assert not list(tmp_path.iterdir())
    with handing_out(target, b"new"):
        pass
    assert target.read_bytes() == b"new"


def test_nothing_is_written_over_a_store(folder: Path) -> None:
    own = [DATABASE, DATABASE.upper(), f"{DATABASE}-wal", f"{DATABASE}.new", "keys.json", "outreach.lock"]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in own:
        with pytest.raises(BadInput, match="belongs to the store"):
            hand_out(folder / name, b"a workbook")
        with closing(Store.open(folder, "a passphrase")) as store, pytest.raises(BadInput, match="belongs to"):
            store.back_up(folder / name)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == before
    hand_out(folder / "week.xlsx", b"a workbook")
    hand_out(folder.parent / "keys.json", b"in a folder with no store")
