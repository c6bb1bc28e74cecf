"""Return files: what came of the workbooks of a laptop that only ever sends workbooks."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from nacl.signing import SigningKey

from outreach_app.model.errors import BadInput
from outreach_app.operations.decisions import join, use
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.importing import import_path, import_paths
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.returning import make_returns, returnable, returnable_named
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.books import Signer
from outreach_app.sheets.hidden_pages import PageWriter, read_page
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, department, names


def sent(store: Store, path: Path) -> Path:
    export_workbook(store, path)
    return path


def taken(store: Store, path: Path) -> FileAccount:
    [account] = import_path(store, path).files
    return account


def returned(county: Department, folder: Path, name: str = "Ben") -> Path:
    folder.mkdir(exist_ok=True)
    [(_whose, path, _rows)] = make_returns(county.office, folder, [returnable_named(county.office, name).device]).files
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
    assert (account.error, set(account.rows)) == (None, {"people"})
    assert len(account.remarks) == 3
    where = ben.whereabouts()
    assert (where.received, where.only_here) == (3, 1)  # two people and the log of the export; who was not sent waits
    assert any("week.xlsx: People exported 2, merged 2" in each for each in account.remarks)
    assert any("3 of 4 changes" in each for each in account.remarks)
    assert names(ben) == {"Mae", "Lou", "Not sent"}


def test_the_same_return_file_twice_changes_nothing_more(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    file = returned(county, tmp_path / "back")
    taken(ben, file)
    before, where = ben.known(), ben.whereabouts()
    again = taken(ben, file)
    assert (again.change, ben.known(), ben.whereabouts()) == (None, before, where)


def test_looking_first_notes_nothing(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    [account] = import_path(ben, returned(county, tmp_path / "back"), dry_run=True).files
    assert "merged 2" in "".join(account.remarks)
    assert ben.whereabouts().received == 0


def test_what_was_decided_reaches_the_worker(county: Department, ben: Store, tmp_path: Path) -> None:
    office = county.office
    taken(office, sent(ben, tmp_path / "week.xlsx"))
    [mae] = [view.id for view in office.list("people") if view.title == "Mae"]
    for store, town in ((office, "Bryson City"), (ben, "Whittier")):
        with store.writing("edit") as draft:
            draft.set("people", mae, "town", town)
    taken(office, sent(ben, tmp_path / "later.xlsx"))
    [conflict] = [each for each in office.decisions() if each.what == "conflict"]
    use(office, conflict, "Cherokee")
    file = returned(county, tmp_path / "back")
    taken(ben, file)
    view = ben.get("people", mae)
    assert view is not None
    assert view.values["town"] == "Cherokee"
    assert [each for each in ben.decisions() if each.what == "conflict"] == []
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file)["What was decided"].iter_rows()]
    assert rows[1][1:7] == ["Mae", view.code, "Town", "Whittier", "Cherokee", "Ada Crowe"]


def test_what_was_joined_stands_as_one_at_the_worker(county: Department, ben: Store, tmp_path: Path) -> None:
    office = county.office
    make_record(office, "people", {"name": "Mae Crowe", "town": "Alarka"})
    taken(office, sent(ben, tmp_path / "week.xlsx"))
    one, other = [view.id for view in office.list("people") if view.title.startswith("Mae")]
    join(office, "people", one, other)
    taken(ben, returned(county, tmp_path / "back"))
    assert len(ben.list("people")) == 2
    assert {view.id for view in ben.list("people")} >= {min(one, other)}


def test_others_records_stay_out_of_it(county: Department, ben: Store, tmp_path: Path) -> None:
    make_record(county.office, "people", {"name": "Somebody else's"})
    record_feedback(county.office, NewFeedback("My neighbour is ill", sensitive=True))
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    file = returned(county, tmp_path / "back")
    held = b"".join(
        str(cell.value).encode() for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row
    )
    assert b"Somebody else" not in held
    assert b"neighbour" not in held
    taken(ben, file)
    assert names(ben) == {"Mae", "Lou"}


def test_what_took_the_place_of_a_write_before_the_export_accounts_for_it(
    county: Department, ben: Store, tmp_path: Path
) -> None:
    [mae] = [view.id for view in ben.list("people") if view.title == "Mae"]
    with ben.writing("edit") as draft:
        draft.set("people", mae, "town", "Whittier")
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    with ben.writing("edit") as draft:
        draft.set("people", mae, "town", "Cherokee")
    taken(ben, returned(county, tmp_path / "back"))
    where = ben.whereabouts()
    assert (where.received, where.only_here) == (4, 1)


def test_what_a_colleague_made_of_it_on_this_laptop_alone_is_not_received(county: Department, tmp_path: Path) -> None:
    office, ben, cy = county.office, county.joined("Ben"), county.joined("Cy")
    county.sync(ben, cy, office, ben, cy)
    make_record(ben, "people", {"name": "Mae", "town": "Alarka"})
    taken(office, sent(ben, tmp_path / "week.xlsx"))
    [mae] = [view.id for view in ben.list("people")]
    for store, town in ((ben, "Whittier"), (cy, "Cherokee")):
        with store.writing("edit") as draft:
            draft.set("people", mae, "town", town)
        taken(*((cy, sent(ben, tmp_path / "cy.xlsx")) if store is ben else (ben, sent(cy, tmp_path / "back.xlsx"))))
    view = ben.get("people", mae)
    assert view is not None
    assert view.values["town"] == "Cherokee"
    taken(ben, returned(county, tmp_path / "back"))
    where = ben.whereabouts()
    assert (where.received, where.only_here) == (2, 3)  # the edit, the export to the colleague and the merge wait
    taken(office, sent(ben, tmp_path / "all.xlsx"))
    taken(ben, returned(county, tmp_path / "back"))
    where = ben.whereabouts()
    assert (where.received, where.only_here) == (4, 2)  # it gave way to what the department has by now


def test_what_no_workbook_carries_is_not_received(county: Department, ben: Store, tmp_path: Path) -> None:
    """That something is to be struck out, and that what was merged is not to count."""
    report, _changes = record_feedback(ben, NewFeedback("My neighbour is ill"))
    cy = county.joined("Cy")
    county.sync(cy, county.office, ben, cy)
    make_record(cy, "people", {"name": "Zoe"})
    change = taken(ben, sent(cy, tmp_path / "cy.xlsx")).change
    assert change is not None
    ben.undo(change)
    edit_record(ben, "feedback", report, {"sensitive": True})
    make_record(ben, "people", {"name": "Ida"})
    before = ben.whereabouts()
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    taken(ben, returned(county, tmp_path / "back"))
    left = ben.whereabouts().only_here
    assert (left, before.only_here) == (4, 5)


def test_nothing_sensitive_is_in_it(county: Department, ben: Store, tmp_path: Path) -> None:
    """Neither what was sealed at once and edited at the coordinator's, nor what turned out to be sensitive later."""
    office = county.office
    record_feedback(ben, NewFeedback("My neighbour is ill", sensitive=True))
    record_feedback(ben, NewFeedback("Mr. Lambert drinks"))
    county.sync(ben, office)
    ill, drinks = sorted(office.list("feedback"), key=lambda view: not view.values["sensitive"])
    with office.writing("edit") as draft:
        draft.set("feedback", ill.id, "language", "es")
    edit_record(office, "feedback", drinks.id, {"sensitive": True})
    taken(office, sent(ben, tmp_path / "week.xlsx"))
    book = openpyxl.load_workbook(returned(county, tmp_path / "back"))
    seen = "".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "Deleted" in seen
    assert "neighbour" not in seen
    assert "Lambert" not in seen


def test_a_sealed_report_is_not_called_received(county: Department, ben: Store, tmp_path: Path) -> None:
    record_feedback(ben, NewFeedback("My neighbour is ill", sensitive=True))
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    taken(ben, returned(county, tmp_path / "back"))
    assert ben.whereabouts().only_here == 1  # no workbook carries it: it has to be synced


def test_rows_set_aside_are_told_with_their_reason(county: Department, ben: Store, tmp_path: Path) -> None:
    path = sent(ben, tmp_path / "week.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["People"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("Name")].value == "Lou")
    row[heads.index("Town")].value = "#REF!"
    row[heads.index("Town")].data_type = "e"
    book.save(path)
    [account] = import_path(county.office, path).files
    assert len(account.set_aside) == 1
    back = taken(ben, returned(county, tmp_path / "back"))
    assert not any("no column of Outreach" in each for each in back.remarks)
    reason = account.set_aside[0].reason
    assert any(each.endswith(f"People, row {account.set_aside[0].row}: {reason}") for each in back.remarks)
    where = ben.whereabouts()
    assert where.only_here == 1  # Lou's row gave nothing


def test_one_for_another_laptop_is_refused(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    file = returned(county, tmp_path / "back")
    other = county.joined("Cy")
    account = taken(other, file)
    assert (account.error or "").startswith(f"This return file is for another laptop, {ben.device.hex()[:8]};")
    assert names(other) == set()


def test_one_of_another_department_is_refused(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    (tmp_path / "else").mkdir()
    with department(tmp_path / "else") as elsewhere:
        account = taken(elsewhere.joined("Ben"), returned(county, tmp_path / "back"))
    assert "another department" in (account.error or "")


def signed_anew(file: Path, signer: Signer, title: str = "_outreach_return", **header: object) -> Path:
    """The file with another header, signed by somebody."""
    book = openpyxl.load_workbook(file)
    sheet = book[title]
    page = read_page([str(row[0].value) for row in sheet.iter_rows()])
    writer = PageWriter({**page.header, "key": signer.public_key, **header}, "en")
    for kind, rows in page.rows:
        for row in rows:
            writer.add(kind, row)
    sheet.delete_rows(1, sheet.max_row)
    for at, string in enumerate(writer.close(page.trailer, (), signer), start=1):
        sheet.cell(at, 1, string)
    book.save(file)
    return file


def test_one_that_no_coordinator_made_is_refused(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    forger = SigningKey.generate()
    signer = Signer(lambda digest: forger.sign(digest).signature, bytes(forger.verify_key))
    for returned_so in ({}, {"returned": 7}, {"returned": {"who_belongs": [b"nothing", 7]}}):
        account = taken(ben, signed_anew(returned(county, tmp_path / "back"), signer, **returned_so))
        assert (account.error or "").startswith("Nobody whom this laptop knows made this return file.")
    assert ben.whereabouts().received == 0


@pytest.mark.parametrize(
    "told",
    [
        7,
        {},
        {"device": 10**12, "numbered": {}, "derived": [], "books": [], "merged": []},
        {"device": b"", "numbered": {7: []}, "derived": [], "books": [], "merged": []},
        {"device": b"", "numbered": {}, "derived": [[]], "books": [], "merged": []},
        {"device": b"", "numbered": {}, "derived": [], "books": [10**12], "merged": []},
        {"device": b"", "numbered": {}, "derived": [], "books": [], "merged": [{"file": "x", "rows": 7}]},
    ],
)
def test_what_makes_no_sense_takes_nothing(county: Department, ben: Store, tmp_path: Path, told: object) -> None:
    office = county.office
    taken(office, sent(ben, tmp_path / "week.xlsx"))
    signer = Signer(office.identity.sign, office.identity.public)
    account = taken(ben, signed_anew(returned(county, tmp_path / "back"), signer, returned=told))
    assert account.error == "This return file is damaged. Please ask for it again."
    assert ben.whereabouts().received == 0


@pytest.mark.parametrize("header", [{"made_at": -(10**18)}, {"made_at": "x"}, {"export": "x"}, {"made_by": 7}])
def test_a_colleagues_page_that_makes_no_sense_is_not_believed(
    county: Department, ben: Store, tmp_path: Path, header: dict[str, object]
) -> None:
    """Its rows are read all the same, and nothing of it is in the way of anybody's return file."""
    signer = Signer(ben.identity.sign, ben.identity.public)
    account = taken(county.office, signed_anew(sent(ben, tmp_path / "week.xlsx"), signer, "_outreach", **header))
    assert account.error is None
    assert "own notes of what it showed are damaged" in account.remarks[0]
    taken(county.office, sent(ben, tmp_path / "later.xlsx"))
    assert taken(ben, returned(county, tmp_path / "back")).error is None


def test_a_damaged_one_is_refused_and_does_not_pass_for_a_workbook(
    county: Department, ben: Store, tmp_path: Path
) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    file = returned(county, tmp_path / "back")
    book = openpyxl.load_workbook(file)
    cell = book["_outreach_return"].cell(2, 1)
    cell.value = str(cell.value)[:-8] + "AAAAAAAA"
    book.save(file)
    assert (taken(ben, file).error or "").startswith("This return file is damaged")


def test_only_a_coordinator_makes_them(ben: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Only a coordinator"):
        make_returns(ben, tmp_path)


def test_with_no_workbook_merged_there_is_nobody_to_write_to(county: Department, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nobody to write to"):
        make_returns(county.office, tmp_path)


def test_each_laptop_gets_its_own_and_each_is_in_the_log(county: Department, ben: Store, tmp_path: Path) -> None:
    cy = county.joined("Cy")
    make_record(cy, "people", {"name": "Zoe"})
    import_paths(county.office, [sent(ben, tmp_path / "b.xlsx"), sent(cy, tmp_path / "c.xlsx")])
    assert [(each.name, each.workbooks) for each in returnable(county.office)] == [("Ben", 1), ("Cy", 1)]
    made = make_returns(county.office, tmp_path)
    assert [rows for _whose, _path, rows in made.files] == [2, 1]
    assert [view.values["to_whom"] for view in county.office.list("exports")] == ["Ben", "Cy"]
    for store, (_whose, path, _rows) in zip((ben, cy), made.files, strict=True):
        assert taken(store, path).error is None
        assert store.whereabouts().only_here == 0


def test_what_came_by_a_workbook_merged_with_no_store_is_received_too(
    county: Department, ben: Store, tmp_path: Path
) -> None:
    merge_workbooks(tmp_path / "master.xlsx", [sent(ben, tmp_path / "week.xlsx")])
    taken(county.office, tmp_path / "master.xlsx")
    taken(ben, returned(county, tmp_path / "back"))
    assert ben.whereabouts().only_here == 0


def test_what_was_told_outlives_a_repair_and_a_first_sync(county: Department, ben: Store, tmp_path: Path) -> None:
    taken(county.office, sent(ben, tmp_path / "week.xlsx"))
    taken(ben, returned(county, tmp_path / "back"))
    ben.rebuild()
    assert ben.whereabouts().received == 3
    county.sync(ben, county.office, ben)
    assert ben.whereabouts().only_here == 0
    assert returnable(county.office)[0].workbooks == 1


def test_another_coordinator_tells_who_they_are(county: Department, tmp_path: Path) -> None:
    office, cora = county.office, county.joined("Cora", "coordinator")
    county.sync(cora, office, cora)
    ben = county.joined("Ben", by=cora)
    make_record(ben, "people", {"name": "Mae"})
    taken(cora, sent(ben, tmp_path / "week.xlsx"))
    [(_whose, path, _rows)] = make_returns(cora, tmp_path).files
    [looked] = import_path(ben, path, dry_run=True).files
    assert (looked.error or "").startswith("Nobody whom this laptop knows made this return file. If you only looked")
    assert cora.device not in ben.membership().members
    assert taken(ben, path).error is None
    assert cora.device in ben.membership().coordinators
    assert ben.whereabouts().only_here == 0
    assert taken(ben, path).change is None
    county.sync(cora, ben, cora, ben, office)
    assert names(office) == {"Mae"}


def test_a_made_up_coordinator_introduces_nobody(county: Department, ben: Store, tmp_path: Path) -> None:
    """A worker signs a return file, and encloses what it likes."""
    cy = county.joined("Cy")
    county.sync(cy, county.office, cy)
    taken(cy, sent(ben, tmp_path / "week.xlsx"))
    county.sync(cy, county.office, cy)
    honest = cy.membership()
    forged = replace(
        honest, members={**honest.members, cy.device: replace(honest.members[cy.device], role="coordinator")}
    )
    cy.membership = lambda: forged  # type: ignore[method-assign]
    [path] = [path for whose, path, _rows in make_returns(cy, tmp_path).files if whose.device == ben.device]
    account = taken(ben, path)
    assert (account.error or "").startswith("This return file was not made by a coordinator whom this laptop knows.")
    assert ben.whereabouts().received == 0
