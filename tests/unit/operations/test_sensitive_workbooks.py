"""Sensitive feedback leaves in a workbook of its own, by a coordinator's laptop, and comes back to coordinators."""

from pathlib import Path

import openpyxl
import pytest

from outreach_app.journal.memberships import COORDINATOR
from outreach_app.model.errors import BadInput
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.exporting_files import export
from outreach_app.operations.feedback import NewFeedback, record_feedback, respond
from outreach_app.operations.importing import import_path
from outreach_app.operations.laptops import appoint
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.records import make_record
from outreach_app.store.identities import COORDINATORS
from outreach_app.store.stores import Store
from tests.helpers.departments import Department
from tests.helpers.memories import all_changes

SECRET = "The diesel tank leaks"


@pytest.fixture
def reported(county: Department) -> str:
    """A report on the office's laptop, with its answer, beside what is not sensitive; its id."""
    office = county.office
    event, _changes = make_record(office, "events", {"name": "Fire hall"})
    record_feedback(office, NewFeedback("Longer hours", event=event))
    report, _changes = record_feedback(office, NewFeedback(SECRET, event=event, sensitive=True))
    respond(office, report, state="passed_on", owner="Ada Crowe")
    make_record(office, "follow_ups", {"what": "Call the fire marshal", "for_feedback": report})
    return report


@pytest.fixture
def sealed(county: Department, reported: str, tmp_path: Path) -> Path:  # noqa: ARG001 - written before it leaves
    """The workbook of it."""
    export_workbook(county.office, tmp_path / "sealed.xlsx", "sensitive", to_whom="The county's counsel")
    return tmp_path / "sealed.xlsx"


def texts(path: Path) -> dict[str, list[str]]:
    """What people see, by sheet."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        for sheet in book
        if sheet.sheet_state == "visible"
    }


def edited(path: Path, heading: str, text: str) -> Path:
    """The workbook with something typed over in its one piece of feedback."""
    book = openpyxl.load_workbook(path)
    sheet = book["Feedback"]
    place = [cell.value for cell in sheet[1]].index(heading)
    sheet[2][place].value = text
    book.save(path)
    return path


def in_clear(store: Store) -> str:
    """All that a store's journal holds for everybody."""
    return repr([change for change in all_changes(store) if change.audience != COORDINATORS])


def test_it_holds_the_reports_and_what_belongs_to_them_alone(county: Department, sealed: Path) -> None:
    shown = texts(sealed)
    assert set(shown) == {"Read me", "Feedback", "Answers", "Follow-ups", "Data dictionary"}
    assert SECRET in shown["Feedback"]
    assert any(cell.startswith("Fire hall") for cell in shown["Feedback"])
    assert any(cell.startswith(SECRET) for cell in shown["Answers"])
    assert "Longer hours" not in shown["Feedback"]
    assert any("only coordinators may read" in cell for cell in shown["Read me"])
    assert not any("missing" in cell for cell in shown["Read me"])
    [left] = county.office.list("exports")
    assert (left.values["profile"], left.values["rows"], left.values["to_whom"]) == (
        "sensitive",
        3,
        "The county's counsel",
    )
    export_workbook(county.office, sealed.with_name("spanish.xlsx"), "sensitive", language="es")
    told = texts(sealed.with_name("spanish.xlsx"))["Léame"]
    assert any("solo la coordinación puede leer" in cell for cell in told)
    assert any(cell.startswith("Solo una computadora de la coordinación") for cell in told)
    export_workbook(county.office, sealed.with_name("internal.xlsx"))
    assert SECRET not in repr(texts(sealed.with_name("internal.xlsx")))


def test_only_a_coordinator_makes_it_and_only_as_a_workbook(county: Department, tmp_path: Path) -> None:
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    with pytest.raises(BadInput, match="Only coordinators read"):
        export(ben, tmp_path / "none.xlsx", Wanted("sensitive"))
    with pytest.raises(BadInput, match="workbook of its own"):
        export(county.office, tmp_path / "none.zip", Wanted("sensitive", "csv"))
    assert not (tmp_path / "none.xlsx").exists()


def test_what_was_typed_over_stays_with_the_coordinators(county: Department, reported: str, sealed: Path) -> None:
    office, ben = county.office, county.joined("Ben")
    import_path(office, edited(sealed, "Translation", "The tank of diesel leaks"))
    view = office.get("feedback", reported)
    assert view is not None
    assert view.values["translation"] == "The tank of diesel leaks"
    assert SECRET not in in_clear(office)
    assert "tank of diesel" not in in_clear(office)
    county.sync(office, ben, office, ben)
    assert "tank of diesel" not in repr(all_changes(ben))
    assert {each.values["verbatim"] for each in ben.list("feedback")} == {"Longer hours"}
    assert import_path(office, sealed).total["feedback"].same == 1


def test_another_coordinator_who_never_had_it_takes_it_in_sealed(
    county: Department, reported: str, sealed: Path
) -> None:
    office, cora, ben = county.office, county.joined("Cora"), county.joined("Ben")
    apart = county.folder_named("apart")
    county.sync(cora, office, cora, ben, office, folder=apart)
    appoint(office, cora.device, COORDINATOR)
    county.sync(office, cora, folder=apart)
    fresh = sealed.with_name("fresh.xlsx")
    record_feedback(office, NewFeedback("Nobody has this yet", sensitive=True))
    export_workbook(office, fresh, "sensitive")
    import_path(cora, fresh)
    assert {each.values["verbatim"] for each in cora.list("feedback", {"sensitive": True})} == {
        SECRET,
        "Nobody has this yet",
    }
    assert "Nobody has this yet" not in in_clear(cora)
    county.sync(cora, ben, folder=apart)
    assert "Nobody has this yet" not in repr(all_changes(ben))
    assert reported in {each.id for each in cora.list("feedback")}


@pytest.mark.parametrize("page", ["there", "gone", "all gone"])
def test_a_worker_who_is_handed_it_takes_nothing(county: Department, sealed: Path, page: str) -> None:
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    book = openpyxl.load_workbook(edited(sealed, "Translation", "The tank of diesel leaks"))
    if page != "there":
        del book["_outreach"]
        sheet = book["Feedback"]
        sheet.append([None if cell.column_letter != "A" else "Another one" for cell in sheet[1]])
        sheet.cell(sheet.max_row, [cell.value for cell in sheet[1]].index("Sensitive") + 1).value = "Yes"
    if page == "all gone":
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
    book.save(sealed)
    before = repr(all_changes(ben))
    account = import_path(ben, sealed)
    assert repr(all_changes(ben)) == before
    said = account.in_words()
    assert SECRET not in said
    if page == "all gone":
        assert account.total["feedback"].set_aside == account.total["feedback"].read == 2
        assert "It says that it is sensitive" in said
    else:
        assert "only a coordinator's laptop takes in" in said


def test_it_is_not_merged_with_no_store(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="only a coordinator's laptop takes in"):
        merge_workbooks(tmp_path / "merged.xlsx", [sealed])
    assert not (tmp_path / "merged.xlsx").exists()


@pytest.mark.parametrize("page", [True, False])
def test_nothing_is_made_sensitive_in_any_other_workbook(county: Department, tmp_path: Path, page: bool) -> None:
    office = county.office
    record_feedback(office, NewFeedback("Longer hours"))
    export_workbook(office, tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    sheet = book["Feedback"]
    sheet.insert_cols(1)
    sheet["A1"].value, sheet["A2"].value = "Sensitive", "Yes"
    if not page:
        del book["_outreach"]
    book.save(tmp_path / "all.xlsx")
    account = import_path(office, tmp_path / "all.xlsx")
    assert "this workbook left without it: Sensitive" in account.in_words()
    [kept] = office.list("feedback")
    assert kept.values["sensitive"] is None


@pytest.mark.parametrize("known", [True, False])
def test_without_its_column_it_is_sensitive_all_the_same(
    county: Department, sealed: Path, known: bool, tmp_path: Path
) -> None:
    office, cora = county.office, county.joined("Cora")
    apart = county.folder_named("apart")
    county.sync(cora, office, cora, folder=apart)
    appoint(office, cora.device, COORDINATOR)
    county.sync(office, cora, folder=apart)
    taker = office if known else cora
    if not known:
        record_feedback(office, NewFeedback("Nobody has this yet", sensitive=True))
        export_workbook(office, sealed, "sensitive")
    book = openpyxl.load_workbook(sealed)
    sheet = book["Feedback"]
    sheet.delete_cols([cell.value for cell in sheet[1]].index("Sensitive") + 1)
    sheet.cell(sheet.max_row + 1, 1).value = "One more, by hand"
    book.save(sealed)
    account = import_path(taker, sealed)
    assert (account.total["feedback"].read, account.total["feedback"].same) == ((2, 1) if known else (3, 1))
    told = {view.values["verbatim"]: view.values["sensitive"] for view in taker.list("feedback")}
    assert told.pop("Longer hours") is None
    assert set(told.values()) == {True}
    assert "One more, by hand" in told
    assert "by hand" not in in_clear(taker)
    export_workbook(taker, tmp_path / "internal.xlsx")
    assert texts(tmp_path / "internal.xlsx")["Feedback"].count("Longer hours") == 1
    assert "by hand" not in repr(texts(tmp_path / "internal.xlsx"))
    again = import_path(taker, sealed)
    assert again.total["feedback"].same == again.total["feedback"].read
