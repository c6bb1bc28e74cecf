"""A partner directory taken in: again and again, changed meanwhile, on two laptops at once."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from outreach_app.operations.directories import import_directory
from outreach_app.operations.exporting_files import export
from outreach_app.operations.leaving import Wanted
from outreach_app.sheets import directory_files
from outreach_app.store.stores import Store
from tests.helpers.address_books import PANTRY, address_book
from tests.helpers.memories import all_changes, all_shown, memory


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    with ExitStack() as held:
        yield [held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Squirrel", "Cora Toineeta")]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return saying(tmp_path, "https://one.example")


def saying(folder: Path, website: str) -> Path:
    """The directory of one organization that has this website."""
    lines = (
        "id,name,alternate_name,description,email,legal_status,tax_id,website",
        f"1,Swain Food Pantry,SFP,Feeds people.,hello@pantry.example,,12-345,{website}",
    )
    (folder / "organizations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def website(store: Store) -> object:
    (view,) = store.list("organizations")
    return view.values["website"]


def outcomes(store: Store, folder: Path) -> tuple[int, int, int]:
    """How many organizations were new, changed and the same."""
    (account,) = import_directory(store, folder)
    rows = account.rows["organizations"]
    return rows.new, rows.changed, rows.same


def wrote(store: Store, site: str) -> None:
    (view,) = store.list("organizations")
    with store.writing("edit") as draft:
        draft.set("organizations", view.id, "website", site)


def test_twice_is_nothing_new_and_what_people_wrote_since_stands(laptops: list[Store], directory: Path) -> None:
    ada = laptops[0]
    assert outcomes(ada, directory) == (1, 0, 0)
    held = len(all_changes(ada))
    assert outcomes(ada, directory) == (0, 0, 1)
    wrote(ada, "https://ada.example")
    assert outcomes(ada, directory) == (0, 0, 1)
    assert website(ada) == "https://ada.example"
    assert len(all_changes(ada)) == held + 1


def test_a_dry_run_says_the_same_and_writes_nothing(laptops: list[Store], directory: Path) -> None:
    ada = laptops[0]
    (dry,) = import_directory(ada, directory, dry_run=True)
    assert dry.rows["organizations"].new == 1
    assert ada.count("organizations") == 0


def test_what_a_directory_takes_back_is_taken_back(laptops: list[Store], directory: Path) -> None:
    ada = laptops[0]
    outcomes(ada, directory)
    assert outcomes(ada, saying(directory, "https://two.example")) == (0, 1, 0)
    assert outcomes(ada, saying(directory, "https://one.example")) == (0, 1, 0)
    assert website(ada) == "https://one.example"


def test_two_laptops_over_different_standings_agree_and_stay_whole(laptops: list[Store], directory: Path) -> None:
    ada, ben, cora = laptops
    outcomes(ada, directory)
    ben.apply(all_changes(ada))
    wrote(ben, "https://ben.example")
    saying(directory, "https://two.example")
    for store in (ada, ben):
        assert outcomes(store, directory) == (0, 1, 0)
    of_ada, of_ben = all_changes(ada), all_changes(ben)
    ada.apply(of_ben)
    ben.apply(of_ada)
    cora.apply(all_changes(ada))
    shown = all_shown(ada)
    for store in laptops:
        assert store.check().healthy
        assert all_shown(store) == shown
        assert website(store) == "https://two.example"
        assert store.decisions() == []
    assert all_changes(cora) == all_changes(ben)


def test_two_laptops_over_the_same_make_one(laptops: list[Store], directory: Path) -> None:
    ada, ben, _cora = laptops
    for store in (ada, ben):
        outcomes(store, directory)
    ada.apply(all_changes(ben))
    assert ada.count("organizations") == 1
    lines = ada.history("organizations", ada.list("organizations")[0].id)
    (line,) = [line for line in lines if line.field == "website"]
    assert line.stands


def test_a_directory_that_left_is_the_same_when_it_comes_back(laptops: list[Store], tmp_path: Path) -> None:
    ada = laptops[0]
    address_book(ada)
    export(ada, tmp_path / "directory.zip", Wanted(form="hsds"))
    accounts = {account.file: account for account in import_directory(ada, tmp_path / "directory.zip")}
    assert all(not each.error for name, each in accounts.items() if name.endswith(".csv")), accounts
    assert all(rows.same == rows.read for account in accounts.values() for rows in account.rows.values()), accounts
    assert ada.decisions() == []
    with zipfile.ZipFile(tmp_path / "directory.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert all(
        rows.same == rows.read
        for account in import_directory(ada, tmp_path / "unpacked")
        for rows in account.rows.values()
    )


def test_another_department_gets_the_directory(laptops: list[Store], tmp_path: Path) -> None:
    ada, other = laptops[0], memory("Zed")
    address_book(ada)
    export(ada, tmp_path / "directory.zip", Wanted(form="hsds"))
    import_directory(other, tmp_path / "directory.zip")
    (pantry,) = other.list("organizations")
    values = {
        name: pantry.elements(name) if isinstance(value, list) else value for name, value in pantry.values.items()
    }
    for name in ("name", "other_names", "website", "emails", "identifiers", "counties_served", "description"):
        assert values[name] == PANTRY[name], name
    for name in ("services_offered", "languages"):
        assert sorted(values[name]) == sorted(PANTRY[name]), name  # type: ignore[call-overload]
    assert sorted(map(str, map(sorted_parts, values["addresses"]))) == sorted(
        map(str, map(sorted_parts, PANTRY["addresses"]))
    )  # type: ignore[call-overload]
    assert {each["number"] for each in values["phones"]} == {"828 555 0110", "828 555 0111"}
    assert not values["notes"]
    assert [view.values["name"] for view in other.list("people")] == ["María del Carmen García"]
    other.close()


def sorted_parts(address: dict[str, str]) -> dict[str, str]:
    return {part: address[part] for part in ("kind", "name", "street", "town", "state", "zip") if part in address}


def test_a_zip_that_is_none_or_holds_no_directory(laptops: list[Store], tmp_path: Path) -> None:
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04torn")
    (account,) = import_directory(laptops[0], tmp_path / "torn.zip")
    assert "cannot be unpacked" in str(account.error)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("list.csv", "Name\nAda\n")
    (account,) = import_directory(laptops[0], tmp_path / "other.zip")
    assert "no partner directory" in str(account.error)


def test_a_zip_that_unpacks_to_far_more_is_not_unpacked(
    laptops: list[Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_files, "LARGEST", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.csv", "id,name,tax_id\n" + "\n" * 100_000)
    (account,) = import_directory(laptops[0], tmp_path / "bomb.zip")
    assert "far more than a directory holds" in str(account.error)
