"""Whose workbooks are believed in what they say of themselves: colleagues', met or not, and nobody else's."""

from dataclasses import replace
from pathlib import Path

import openpyxl

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.laptops import revoke
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import new_store
from outreach_app.sheets.reading import Reader
from outreach_app.store.journals import Journal
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import Department, names
from tests.helpers.memories import all_changes, memory

STRANGER = "Nobody here knows who made this workbook"


def emptied(store: Store, path: Path) -> Path:
    """The store's workbook with everybody's town gone from it, which its maker is to have known."""
    export_workbook(store, path)
    book = openpyxl.load_workbook(path)
    rows = list(book["People"].iter_rows())
    at = next(place for place, row in enumerate(rows) if "Town" in [cell.value for cell in row])
    town = [cell.value for cell in rows[at]].index("Town")
    for row in rows[at + 1 :]:
        row[town].value = None
    book.save(path)
    return path


def towns(store: Store) -> list[object]:
    return [view.values["town"] for view in store.list("people")]


def test_a_horizon_forged_by_a_stranger_is_not_believed(county: Department, tmp_path: Path) -> None:
    office = county.office
    make_record(office, "people", {"name": "Mae", "town": "Alarka"})
    stranger = memory("Eve")
    stranger.enter_space(replace(office.space, root=b""))
    stranger.apply(all_changes(office))
    said = import_path(office, emptied(stranger, tmp_path / "forged.xlsx"))
    stranger.close()
    assert said.files[0].remarks[0].startswith(STRANGER)
    assert towns(office) == ["Alarka"]
    assert [each for each in office.decisions() if each.kind] == []


def test_a_colleague_who_never_synced_is_believed_by_the_invitation_it_shows(
    county: Department, tmp_path: Path
) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(ben, "people", {"name": "Mae", "town": "Alarka"})
    export_workbook(ben, tmp_path / "first.xlsx")
    said = import_path(office, tmp_path / "first.xlsx")
    assert (said.files[0].remarks, names(office)) == ([], {"Mae"})
    assert import_path(office, emptied(ben, tmp_path / "second.xlsx")).files[0].remarks == []
    assert towns(office) == [None]
    with office.reading() as connection:
        assert all(each.device == office.device for each in Journal(connection).said())


def test_a_laptop_that_was_given_up_is_believed_no_longer(county: Department, tmp_path: Path) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(ben, "people", {"name": "Mae", "town": "Alarka"})
    county.sync(ben, office, ben)
    revoke(office, ben.device)
    said = import_path(office, emptied(ben, tmp_path / "stolen.xlsx"))
    assert said.files[0].remarks[0].startswith("This workbook was made on a laptop that was given up as lost.")
    assert towns(office) == ["Alarka"]


def test_another_departments_workbook_is_refused_as_that_and_none_of_its_rows_is_taken(
    county: Department, tmp_path: Path
) -> None:
    other = county.keep(new_store(tmp_path / "other", PASSPHRASE, "Zed Young", "Dale County", DEMO_COST))
    make_record(other, "people", {"name": "Stranger"})
    export_workbook(other, tmp_path / "other.xlsx")
    said = import_path(county.office, tmp_path / "other.xlsx")
    assert (said.files[0].error or "").startswith("This workbook is from another department (Dale County).")
    assert names(county.office) == set()


def merged(path: Path, *files: Path) -> Path:
    """What merging with no store makes of workbooks: signed by a key that nobody knows."""
    assert merge_workbooks(path, files).account.failed == []
    return path


def test_a_workbook_merged_with_no_store_is_believed_as_far_as_those_in_it(county: Department, tmp_path: Path) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(ben, "people", {"name": "Mae", "town": "Alarka"})
    export_workbook(ben, tmp_path / "ben.xlsx")
    master = merged(tmp_path / "master.xlsx", tmp_path / "ben.xlsx")
    said = import_path(office, merged(tmp_path / "again.xlsx", master))
    assert (said.files[0].remarks, said.files[0].set_aside, names(office)) == ([], [], {"Mae"})
    merged(tmp_path / "emptied.xlsx", emptied(ben, tmp_path / "second.xlsx"))
    import_path(office, tmp_path / "emptied.xlsx")
    assert towns(office) == [None]


def test_a_stranger_gains_nothing_by_enclosing_a_colleagues_page(county: Department, tmp_path: Path) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(office, "people", {"name": "Mae", "town": "Alarka"})
    export_workbook(ben, tmp_path / "ben.xlsx")  # who has not heard of Mae
    [page] = [Reader(ben.registry).read(tmp_path / "ben.xlsx").page]
    stranger = memory("Eve")
    stranger.enter_space(replace(office.space, root=b""))
    stranger.apply(all_changes(office))
    with stranger.writing("edit") as draft:
        draft.set("people", stranger.list("people")[0].id, "town", "Elsewhere")
    export_workbook(stranger, tmp_path / "forged.xlsx", enclosed=[page])
    stranger.close()
    import_path(office, tmp_path / "forged.xlsx")
    assert towns(office) == ["Alarka"]
