"""Tables of other programs taken in: each layout out and in again is the same, and no row is lost on the way."""

from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.codes import record_code
from outreach_app.model.identifiers import new_id
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.exporting_files import ENDINGS, export
from outreach_app.operations.importing import import_path
from outreach_app.operations.importing_tables import preview, remember
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.records import edit_record
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.column_guesses import Columns
from outreach_app.sheets.reading_choices import Choices
from outreach_app.store.stores import Store
from tests.helpers.address_books import MARIA, PANTRY, address_book
from tests.helpers.office_programs import needs_office, saved_as

GOOGLE_OLD = (
    "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Organization 1 - Name\n"
    "Tom Oxendine,Tom,Oxendine,* Work,tom@x.example,Mobile,828 555 0101 ::: 828 555 0102,Swain Food Pantry\n"
)


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def taken(store: Store, path: Path, **more: object) -> FileAccount:
    (account,) = import_path(store, path, **more).files  # type: ignore[arg-type]
    assert account.error is None, account.error
    return account


def told(store: Store, kind: str) -> list[dict[str, object]]:
    """What a store shows of a kind, lists as plain elements."""
    return [
        {
            name: [each["value"] for each in value] if isinstance(value, list) else value
            for name, value in view.values.items()
            if value
        }
        for view in store.list(kind)
    ]


def test_a_column_that_is_told_later_fills_in_what_is_there(laptop: Store, tmp_path: Path) -> None:
    rows = ("Full Name,Best number,Mail to", "Ada Crowe,828 555 0101,", "Bo Bell,,bo@x.example", "Cy Dew,,")
    path = written(tmp_path, "\n".join(rows) + "\n")
    assert taken(laptop, path).rows["people"].new == 3
    assert not any(view.elements("phones") or view.elements("emails") for view in laptop.list("people"))
    again = taken(laptop, path, choices=Choices({"Best number": "phones:mobile", "Mail to": "emails"}))
    assert again.rows["people"].to_json() == {"read": 3, "new": 0, "changed": 2, "same": 1, "set_aside": 0}
    numbers = {
        view.title: len(view.elements("phones")) + len(view.elements("emails")) for view in laptop.list("people")
    }
    assert numbers == {"Ada Crowe": 1, "Bo Bell": 1, "Cy Dew": 0}


@pytest.mark.parametrize("form", ["google", "outlook", "civicrm", "csv"])
def test_what_leaves_in_a_layout_is_the_same_when_it_comes_back(laptop: Store, tmp_path: Path, form: str) -> None:
    address_book(laptop)
    target = tmp_path / "people.csv"
    export(laptop, target, Wanted(form=form, lists=("people",) if form == "csv" else ()))
    account = taken(laptop, target)
    assert account.rows["people"].to_json() == {"read": 3, "new": 0, "changed": 0, "same": 3, "set_aside": 0}
    assert account.change is None
    assert laptop.decisions() == []


@pytest.mark.parametrize("kind", ["organizations", "events"])
def test_our_own_csv_of_a_kind_is_the_same_when_it_comes_back(laptop: Store, tmp_path: Path, kind: str) -> None:
    address_book(laptop)
    export(laptop, tmp_path / "kind.csv", Wanted(form="csv", lists=(kind,)))
    rows = taken(laptop, tmp_path / "kind.csv").rows[kind]
    assert (rows.same, rows.read) == (laptop.count(kind), laptop.count(kind))


@pytest.mark.parametrize("form", ["google", "outlook"])
def test_another_department_gets_what_a_layout_carries(laptops: list[Store], tmp_path: Path, form: str) -> None:
    ours, theirs = laptops
    address_book(ours)
    target = tmp_path / f"people{ENDINGS[form]}"
    export(ours, target, Wanted(form=form))
    account = taken(theirs, target)
    assert account.rows["people"].new == 3
    maria = next(each for each in told(theirs, "people") if each["name"] == MARIA["name"])
    for name in ("given_name", "family_name", "preferred_name", "street", "town", "state", "zip"):
        assert maria[name] == MARIA[name], name
    assert sorted(maria["emails"]) == sorted(MARIA["emails"])  # type: ignore[call-overload]
    numbers = {(each["number"], each.get("kind")) for each in maria["phones"]}  # type: ignore[attr-defined]
    assert numbers == {("828 555 0101", "mobile"), ("+1 828 555 0102", "work"), ("828 555 0110", None)}
    assert {each["name"] for each in told(theirs, "people")} == {MARIA["name"], "=Ana Bird", "Cold Shoulder"}
    assert [each["name"] for each in told(theirs, "organizations")] == [PANTRY["name"]]
    assert {each.get("job_title") for each in told(theirs, "affiliations")} == {"Director", None}
    assert taken(theirs, target).rows["people"].same == 3


def test_older_headings_of_google_are_read_and_several_numbers_in_one_cell(laptop: Store, tmp_path: Path) -> None:
    account = taken(laptop, written(tmp_path, GOOGLE_OLD))
    assert any("Google Contacts" in each for each in account.remarks)
    (tom,) = told(laptop, "people")
    assert tom["name"] == "Tom Oxendine"
    assert {each["number"] for each in tom["phones"]} == {"828 555 0101", "828 555 0102"}  # type: ignore[attr-defined]


def test_twice_is_nothing_new_and_what_a_person_wrote_stands_beside(laptop: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Full Name,Email,City\nAda Crowe,ada@x.example,Sylva\n")
    assert taken(laptop, path).rows["people"].new == 1
    assert taken(laptop, path).rows["people"].same == 1
    (ada,) = laptop.list("people")
    edit_record(laptop, "people", ada.id, {"town": "Boone"})
    assert taken(laptop, path).rows["people"].same == 1
    assert laptop.list("people")[0].values["town"] == "Boone"
    other = written(tmp_path, "Full Name,Email,City,Zip code\nAda Crowe,ada@x.example,Cherokee,28719\n", "later.csv")
    assert taken(laptop, other).rows["people"].changed == 1
    assert [each.field for each in laptop.decisions()] == ["town"]
    assert laptop.list("people")[0].values["zip"] == "28719"


def test_a_later_file_replaces_what_files_said_and_an_older_one_undoes_nothing(laptop: Store, tmp_path: Path) -> None:
    first = written(tmp_path, "Name,Email,Town\nAda Crowe,ada@x.example,Sylva\n", "first.csv")
    later = written(tmp_path, "Name,Email,Town\nAda Crowe,ada@x.example,Boone\n", "later.csv")
    for path in (first, later, first):
        taken(laptop, path)
    assert [each["town"] for each in told(laptop, "people")] == ["Boone"]
    assert laptop.decisions() == []


@needs_office
@pytest.mark.parametrize("form", ["google", "outlook", "civicrm", "csv"])
def test_a_file_that_libreoffice_saved_as_a_workbook_is_the_same(laptop: Store, tmp_path: Path, form: str) -> None:
    address_book(laptop)
    export(laptop, tmp_path / "people.csv", Wanted(form=form, lists=("people",) if form == "csv" else ()))
    utf8 = "CSV:44,34,76"  # a window of LibreOffice finds that out, or asks; this way it has to be told
    account = taken(laptop, saved_as(tmp_path / "people.csv", "xlsx", tmp_path, reads=utf8))
    assert account.rows["people"].to_json() == {"read": 3, "new": 0, "changed": 0, "same": 3, "set_aside": 0}
    assert laptop.decisions() == []


def test_two_laptops_over_the_same_file_make_one(laptops: list[Store], tmp_path: Path) -> None:
    from tests.helpers.memories import all_changes, all_shown

    path = written(tmp_path, "Name,Email,Company,Job title\nAda,ada@x.example,Pantry,Cook\n")
    ada, ben = laptops
    for store in laptops:
        taken(store, path)
    of_ada, of_ben = all_changes(ada), all_changes(ben)
    ada.apply(of_ben)
    ben.apply(of_ada)
    assert all_shown(ada) == all_shown(ben)
    assert [ada.count(kind) for kind in ("people", "organizations", "affiliations")] == [1, 1, 1]
    assert ada.check().healthy


def test_every_row_is_accounted_for_and_a_cell_that_cannot_be_read_is_said(laptop: Store, tmp_path: Path) -> None:
    text = "Name,Phone,State\nAda,9.19E+09,NC\n,828 555 0101,NC\n\nTom,828 555 0102,Nowhere\nTom,,\nTom,,\n"
    account = taken(laptop, written(tmp_path, text))
    assert account.rows["people"].to_json() == {"read": 5, "new": 4, "changed": 0, "same": 0, "set_aside": 1}
    assert [(each.row, each.reason) for each in account.set_aside] == [(3, "It has no name.")]
    assert any("row 2: Phone: some of its digits are gone" in each for each in account.remarks)
    assert any("row 5: State" in each for each in account.remarks)
    assert "Nowhere" not in str(account.to_json())


def test_a_dry_run_says_the_same_and_changes_nothing(laptop: Store, tmp_path: Path) -> None:
    path = written(tmp_path, GOOGLE_OLD)
    dry = taken(laptop, path, dry_run=True)
    assert laptop.count("people") == 0
    assert dry.to_json()["rows"] == taken(laptop, path).to_json()["rows"]


def test_columns_told_by_hand_are_remembered_for_their_layout(laptop: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Where from,Ring\nAda,Sylva,828 555 0101\n")
    (failed,) = import_path(laptop, path).files
    assert "--map" in str(failed.error)
    taken(laptop, path, choices=Choices({"who": "name", "Ring": "phones:home"}))
    (ada,) = told(laptop, "people")
    assert (ada["name"], ada["phones"]) == ("Ada", [{"number": "828 555 0101", "kind": "home"}])
    later = written(tmp_path, "Ring,Who,Where from\n828 555 0102,Tom,Boone\n", "later.csv")
    assert taken(laptop, later).rows["people"].new == 1
    (shown,) = preview(laptop, later)
    assert (shown.remembered, shown.columns.holds["Who"]) == (True, "name")


def test_a_mapping_that_cannot_be_is_refused(laptop: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Ring\nAda,828 555 0101\n")
    for columns, said in (
        ({"Who": "nobody"}, "cannot hold nobody"),
        ({"Ring": "phones"}, "which column holds the name"),
        ({"Else": "name"}, "no heading “Else”"),
    ):
        (failed,) = import_path(laptop, path, choices=Choices(columns)).files
        assert said in str(failed.error)


def test_a_column_that_somebody_left_out_is_not_said_to_be_unknown(laptop: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Shoes\nAda,9\n")
    (account,) = import_path(laptop, path, choices=Choices({"Who": "name"})).files
    assert [each for each in account.remarks if "Shoes" in each] == ["Columns left out: Shoes"]


def test_a_table_with_no_name_is_named_once_by_its_account(laptop: Store, tmp_path: Path) -> None:
    (failed,) = import_path(laptop, written(tmp_path, "Who,Ring\nAda,828 555 0101\n")).files
    assert str(failed.error).startswith("It is not known which column holds the name")


def test_events_and_organizations_are_known_by_their_headings(laptop: Store, tmp_path: Path) -> None:
    events = (
        "Subject,Start Date,Start Time,End Date,End Time,Location\nFair,11/28/2026,6:00 PM,11/28/2026,8:00 PM,Hall\n"
    )
    assert taken(laptop, written(tmp_path, events)).rows["events"].new == 1
    (fair,) = told(laptop, "events")
    assert (fair["name"], str(fair["starts"])[:16], fair["venue_name"]) == ("Fair", "2026-11-28T18:00", "Hall")
    text = (
        "Agency,Phone,Website,Street,City,State,Zip Code\n"
        "Pantry,828 555 0101,x.example,4 Oak St,Sylva,North Carolina,28779\n"
    )
    assert taken(laptop, written(tmp_path, text, "agencies.csv")).rows["organizations"].new == 1
    address = {"kind": "physical", "street": "4 Oak St", "town": "Sylva", "state": "NC", "zip": "28779"}
    assert told(laptop, "organizations")[0]["addresses"] == [address]


def test_any_workbook_is_read_below_a_title_with_its_numbers_mended(laptop: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Contacts of the coalition"],
        [],
        ["First name", "Last name", "Zip code", "Phone"],
        ["Ada", "Crowe", 2139, 8285550101],
    ):
        sheet.append(row)
    book.create_sheet("Notes").append(["nothing", "here"])
    book.save(tmp_path / "coalition.xlsx")
    taken(laptop, tmp_path / "coalition.xlsx")
    (ada,) = told(laptop, "people")
    assert (ada["name"], ada["zip"], ada["phones"]) == ("Ada Crowe", "02139", [{"number": "8285550101"}])


def test_a_preview_shows_the_first_rows_and_what_columns_may_hold(laptop: Store, tmp_path: Path) -> None:
    (shown,) = preview(laptop, written(tmp_path, GOOGLE_OLD))
    assert shown.columns.kind == "people"
    assert shown.rows[0][0] == "Tom Oxendine"
    assert shown.choices["people"]["phones:mobile"] == "Phones: Mobile"
    remember(laptop, shown.fingerprint, Columns("organizations", {"Name": "name"}))
    (again,) = preview(laptop, written(tmp_path, GOOGLE_OLD))
    assert again.columns == Columns("organizations", {"Name": "name"})


def test_an_unusual_encoding_and_separator_are_found_out_and_said(laptop: Store, tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes("Nombre completo;Teléfono;Ciudad\nJosé Peña;828 555 0101;Sylva\n".encode("cp1252"))
    account = taken(laptop, path)
    assert "cp1252, ;" in account.remarks[0]
    assert [(each["name"], each["town"]) for each in told(laptop, "people")] == [("José Peña", "Sylva")]


def test_what_is_no_email_address_is_noted_without_its_content(laptop: Store, tmp_path: Path) -> None:
    account = taken(laptop, written(tmp_path, "Name,Email\nMae,12\nLou,lou@example\nZoe,zoe@x.example\n"))
    assert account.rows["people"].new == 3
    assert [each for each in account.remarks if "mail" in each] == [
        "row 2: Email: it is no e-mail address",
        "row 3: Email: it may be half an e-mail address; it was taken as it stands",
    ]
    emails = {each["name"]: each.get("emails") for each in told(laptop, "people")}
    assert emails == {"Mae": None, "Lou": ["lou@example"], "Zoe": ["zoe@x.example"]}


def test_what_a_column_holds_is_remembered_where_the_file_is_taken_in_or_not_at_all(
    laptop: Store, tmp_path: Path
) -> None:
    path = written(tmp_path, "Who,Best number\nMae,828 555 0101\n")
    holds = {"Who": "name", "Best number": "phones:mobile"}
    assert taken(laptop, path, choices=Choices(holds), dry_run=True).rows["people"].new == 1
    [table] = preview(laptop, path)
    assert not table.remembered

    def stopped(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_path(laptop, path, choices=Choices(holds), progress=stopped)
    assert not preview(laptop, path)[0].remembered
    taken(laptop, path, choices=Choices(holds))
    assert preview(laptop, path)[0].remembered


def test_a_heading_may_be_told_that_only_one_sheet_of_a_workbook_has(laptop: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (("Kin", [("Name", "Town"), ("Lou", "Murphy")]), ("Club", [("Who", "City"), ("Mae", "Alarka")])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    taken(laptop, tmp_path / "two.xlsx", choices=Choices({"Who": "name"}))
    assert {view.title for view in laptop.list("people")} == {"Lou", "Mae"}
    (account,) = import_path(laptop, tmp_path / "two.xlsx", choices=Choices({"Whom": "name"})).files
    assert account.error == "The file has no heading “Whom”."


def test_our_own_workbook_is_merged_whatever_is_told_of_columns(laptops: list[Store], tmp_path: Path) -> None:
    with laptops[1].writing("make_people") as draft:
        mae = draft.new("people", {"name": "Mae"})
    export_workbook(laptops[1], tmp_path / "ours.xlsx")
    taken(laptops[0], tmp_path / "ours.xlsx", choices=Choices({"Who": "name"}))
    assert [view.id for view in laptops[0].list("people")] == [mae]


def test_rows_with_codes_of_ours_stay_as_many_people_where_the_codes_are_unknown(laptop: Store, tmp_path: Path) -> None:
    rows = [f"Ada,ada@x.example,{record_code(new_id())}" for _each in range(2)]
    rows.append(rows[0].replace("Ada,", "Zoe,"))
    path = written(tmp_path, "\n".join(["Name,E-mails,Record", *rows]) + "\n")
    assert taken(laptop, path).rows["people"].new == 3
    assert taken(laptop, path).rows["people"].same == 3
