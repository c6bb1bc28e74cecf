"""Return files: what came of the workbooks of a laptop that only ever sends workbooks."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.decisions import join, use
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path, import_paths
from outreach_app.operations.records import make_record
from outreach_app.operations.returning import make_returns, returnable, returnable_named
from outreach_app.sheets.accounts import FileAccount
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, names


def sent(store: Store, path: Path) -> Path:
    export_workbook(store, path)
    return path


def taken(store: Store, path: Path) -> FileAccount:
    [account] = import_path(store, path).files
    return account


def returned(county: Department, folder: Path, name: str = "Ben") -> Path:
    folder.mkdir(exist_ok=True)
    [(_whose, path, _rows)] = make_returns(
        county.office, folder, [returnable_named(county.office, name).device]
    ).files
    return path


@pytest.fixture
def ben(county: Department) -> Store:
    """A worker's laptop that never syncs, with two people on it."""
    store = county.joined("Ben")
    for name in ("Mae", "Lou"):
        make_record(store, "people", {"name": name, "town": "Alarka"})
    return store


def test_a_worker_hears_that_what_was_sent_is_received(county: Department, ben: Store, tmp_path: Path) -> None:
    assert (ben.whereabouts().only_here, ben.whereabouts().received) == (2, 0)
    assert taken(county.office, sent(ben, tmp_path / "week.xlsx")).error is None
    make_record(ben, "people", {"name": "Not sent"})
    account = taken(ben, returned(county, tmp_path / "back"))
    assert account.error is None
    where = ben.whereabouts()
    assert (where.received, where.only_here) == (3, 1)  # two people and the log of the export; who was not sent waits
    assert any("week.xlsx: People exported 2, merged 2" in each for each in account.remarks)
    assert any("3 of 4 changes" in each for each in account.remarks)
    assert names(ben) == {"Mae", "Lou", "Not sent"}
