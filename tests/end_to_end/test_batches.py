"""Fifty workbooks in one go: each whole or not at all, whoever stops it, however often it is repeated."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_paths
from outreach_app.operations.merging import merge_workbooks
from outreach_app.sheets.accounts import Account
from outreach_app.store.stores import Store
from tests.helpers.memories import memory

MANY, BROKEN = 50, 17


class Stopped(BaseException):
    """Somebody pressed Cancel, or Ctrl+C."""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Fifty workbooks of a laptop that wrote on between them; one of them was cut short on its way."""
    folder, paths = tmp_path_factory.mktemp("sent"), []
    with closing(memory("Ben Squirrel")) as ben:
        with ben.writing("make_people") as draft:
            first = draft.new("people", {"name": "Mae", "town": "Alarka"})
        for number in range(MANY):
            with ben.writing("edit_people") as draft:
                draft.set("people", first, "town", f"Town {number}")
                draft.new("people", {"name": f"Person {number}"})
            paths.append(folder / f"week {number:02}.xlsx")
            export_workbook(ben, paths[-1])
    paths[BROKEN].write_bytes(paths[BROKEN].read_bytes()[:3_000])
    return paths


@pytest.fixture
def desk() -> Iterator[Store]:
    with closing(memory("Ada Crowe")) as store:
        yield store


def town(store: Store) -> object:
    return next(view.values["town"] for view in store.list("people") if view.title == "Mae")


def test_fifty_at_once_and_again_in_any_order(desk: Store, sent: list[Path]) -> None:
    told: list[tuple[int, int]] = []
    account = import_paths(desk, sent, progress=lambda done, of: told.append((done, of)))
    assert [each.file for each in account.failed] == [sent[BROKEN].name]
    assert "damaged or cut short" in (account.failed[0].error or "")
    assert (desk.count("people"), town(desk)) == (MANY + 1, f"Town {MANY - 1}")
    assert told[-1] == (MANY, MANY)
    assert {done for done, _of in told} == set(range(MANY + 1))
    known = desk.known()
    again = import_paths(desk, [*reversed(sent)])
    assert not again.anything_new
    assert (desk.known(), town(desk)) == (known, f"Town {MANY - 1}")
    assert desk.decisions() == [] or all(each.what == "row" for each in desk.decisions())


@pytest.mark.parametrize("at", [0, 8])
def test_stopped_in_the_middle_what_was_done_stays_whole_and_is_told(desk: Store, sent: list[Path], at: int) -> None:
    asked = 0

    def tell(done: int, _of: int) -> None:
        nonlocal asked
        asked += done == at
        if asked == 3:  # within the file: it is open, and not all of it is read
            raise Stopped

    account = Account()
    with pytest.raises(Stopped):
        import_paths(desk, sent, progress=tell, account=account)
    assert [each.file for each in account.files] == [path.name for path in sent[:at]]
    whole = [each for each in account.files if each.error is None]
    assert desk.count("people") == (at + 1 if whole else 0)
    assert desk.check().healthy
    import_paths(desk, sent[: at + 2])
    assert (desk.count("people"), town(desk)) == (at + 3, f"Town {at + 1}")


@pytest.mark.parametrize("at", [0, 7])
def test_a_merge_with_no_store_that_is_stopped_writes_nothing(sent: list[Path], tmp_path: Path, at: int) -> None:
    def tell(done: int, _of: int) -> None:
        if done == at:
            raise Stopped

    with pytest.raises(Stopped):
        merge_workbooks(tmp_path / "master.xlsx", sent[:9], review=tmp_path / "review.xlsx", progress=tell)
    assert list(tmp_path.iterdir()) == []


def test_with_no_store_fifty_make_one_that_says_what_the_latest_says(sent: list[Path], tmp_path: Path) -> None:
    merged = merge_workbooks(tmp_path / "master.xlsx", [*reversed(sent)])
    assert [each.file for each in merged.account.failed] == [sent[BROKEN].name]
    with closing(memory("Ada Crowe")) as store:
        import_paths(store, [tmp_path / "master.xlsx"])
        assert (store.count("people"), town(store)) == (MANY + 1, f"Town {MANY - 1}")
