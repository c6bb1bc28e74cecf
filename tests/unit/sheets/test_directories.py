"""The partner directory becomes organizations, people and affiliations, and every row is accounted for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.assets import asset
from outreach_app.model.errors import BadInput, Damaged, NotFound
from outreach_app.model.fields import Field, Shape
from outreach_app.model.records import REGISTRY
from outreach_app.model.values import parse, shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.sheets.directories import Directory, FileAccount, NewRecord, is_directory, read_directory

REAL = asset("demo", "partner-directory")
FILES = {
    "organizations": "id,name,alternate_name,description,email,legal_status,tax_id,website",
    "locations": "id,organization_id,name,short_desc,languages,accessibility,email,website",
    "addresses": "id,location_id,address_1,address_2,city,state_province,postal_code,country",
    "mail_addresses": "id,location_id,attention,address_1,city,state_province,postal_code,country",
    "services": "id,location_id,name,description,eligibility,status",
    "contacts": "id,location_id,organization_id,service_id,name,title,email,department",
    "phones": "id,contact_id,location_id,organization_id,service_id,department,extension,number,number_type",
}
ROWS = {
    "organizations": ["1,Swain Food Pantry,SFP,Feeds people.,hello@pantry.example,,12-345,http://pantry.example"],
    "locations": ['7,1,Main Hall,In the old school,"Spanish, Klingon",ramp,,'],
    "addresses": ["1,7,4 Oak St,Suite 2,Bryson City,NC,28713,US"],
    "mail_addresses": ["1,7,,PO Box 3,Bryson City,North Carolina,28713,"],
    "services": ["3,7,Hot lunch,Serves lunch. Every Friday.,Anyone,active"],
    "contacts": ["5,7,,,Ada Crowe,Director,ada@pantry.example,Kitchen"],
    "phones": ["1,,7,,,Front desk,12,828 555 0112,voice", "2,,7,,,,,828 555 0113,fax", "3,5,,,,,,828 555 0114,sms"],
}


def one(records: tuple[NewRecord, ...]) -> NewRecord:
    (record,) = records
    return record


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """``folder(phones=[...], services=None)``: a small directory, its rows replaced or a file left out."""

    def make(**files: list[str] | None) -> Path:
        for name, headings in FILES.items():
            rows = files.get(name, ROWS[name])
            if rows is not None:
                (tmp_path / f"{name}.csv").write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
        return tmp_path

    return make


def account(directory: Directory, name: str) -> FileAccount:
    return next(account for account in directory.files if account.file == f"{name}.csv")


def reasons(directory: Directory, name: str) -> list[tuple[int, str]]:
    return [(aside.row, aside.reason) for aside in account(directory, name).set_aside]


def test_an_organization_gathers_its_places_services_and_phones(folder: Callable[..., Path]) -> None:
    record = one(read_directory(folder()).organizations)
    assert record.source_key == "ohana:organization:1:swain-food-pantry"
    assert record.values == {
        "name": "Swain Food Pantry",
        "other_names": ["SFP"],
        "description": "Feeds people.",
        "emails": ["hello@pantry.example"],
        "identifiers": ["12-345"],
        "website": "http://pantry.example",
        "languages": ["es"],
        "addresses": [
            {
                "kind": "physical",
                "name": "Main Hall",
                "street": "4 Oak St, Suite 2",
                "town": "Bryson City",
                "state": "NC",
                "zip": "28713",
            },
            {
                "kind": "postal",
                "name": "Main Hall",
                "street": "PO Box 3",
                "town": "Bryson City",
                "state": "NC",
                "zip": "28713",
            },
        ],
        "services_offered": ["Hot lunch: Serves lunch."],
        "phones": [
            {"number": "828 555 0112 ext. 12", "kind": "work"},
            {"number": "828 555 0113", "kind": "fax"},
        ],
        "status": "active",
        "notes": "Main Hall: In the old school. Accessible: ramp. "
        "Phone 828 555 0112 ext. 12 (Front desk); Fax 828 555 0113.\n"
        "Hot lunch: Every Friday. For: Anyone.\n"
        "Other languages: Klingon.",
    }


def test_a_contact_is_a_person_with_a_place_in_the_organization(folder: Callable[..., Path]) -> None:
    directory = read_directory(folder())
    person, place = one(directory.people), one(directory.affiliations)
    assert person.values == {"name": "Ada Crowe"}
    assert place.references == {"person": person.source_key, "organization": one(directory.organizations).source_key}
    assert place.values == {
        "job_title": "Director, Kitchen",
        "emails": ["ada@pantry.example"],
        "phones": [{"number": "828 555 0114", "kind": "other", "text_ok": True}],
    }


def test_one_name_at_two_places_of_one_organization_is_one_person(folder: Callable[..., Path]) -> None:
    contacts = ["1,7,,,Ada Crowe,Director,,", "2,,1,,ADA  Crowe,Director,,", "3,,1,,Ada Crowe,Cook,,"]
    directory = read_directory(folder(contacts=contacts))
    assert len(directory.people) == 1
    assert [record.values["job_title"] for record in directory.affiliations] == ["Director", "Cook"]
    assert len(account(directory, "contacts").used) == 3


def test_rows_that_belong_nowhere_are_set_aside_with_a_reason(folder: Callable[..., Path]) -> None:
    directory = read_directory(
        folder(
            organizations=[*ROWS["organizations"], "1,Another,,,,,,", "2,,,,,,,", ",Nameless number,,,,,,"],
            locations=[*ROWS["locations"], "8,99,Nowhere,,,,,", "7,1,Again,,,,,"],
            addresses=["1,8,4 Oak St,,Sylva,NC,28779,US", "2,7,1 Rue X,,Paris,,75001,FR"],
            services=["1,99,Lunch,,,active", "2,7,Old lunch,,,defunct"],
            contacts=["1,99,,,Ada Crowe,,,", "2,7,,,,Director,,"],
            phones=[
                "1,1,,,,,,828 555 0112,voice",
                "2,,99,,,,,828 555 0112,voice",
                "3,,7,,,,,,voice",
                "4,1,7,,,,,828 555 0117,voice",
            ],
        )
    )
    assert reasons(directory, "organizations") == [
        (3, "Another organization above has the same number (id)."),
        (4, "It has no name."),
        (5, "It has no number (id)."),
    ]
    assert reasons(directory, "locations") == [
        (3, "Its organization is not in this folder."),
        (4, "Another location above has the same number (id)."),
    ]
    assert reasons(directory, "addresses") == [
        (2, "Its location is not in this folder."),
        (3, "The address is outside the United States."),
    ]
    assert reasons(directory, "services") == [
        (2, "Its location is not in this folder."),
        (3, "The service is no longer offered (defunct)."),
    ]
    assert reasons(directory, "contacts") == [(2, "Its organization is not in this folder."), (3, "It has no name.")]
    assert reasons(directory, "phones") == [
        (2, "Its contact is not in this folder."),
        (3, "Its organization is not in this folder."),
        (4, "It has no number to call."),
        (5, "Its contact is not in this folder."),
    ]
    assert one(directory.organizations).values["status"] == "inactive"


def test_without_the_locations_their_rows_wait(folder: Callable[..., Path]) -> None:
    directory = read_directory(folder(locations=None))
    assert reasons(directory, "addresses") == [(2, "The file of locations is missing.")]
    assert len(directory.organizations) == 1


def test_files_are_known_by_their_headings_in_any_order_and_case(folder: Callable[..., Path]) -> None:
    path = folder()
    before = read_directory(path)
    (path / "phones.csv").rename(path / "Numbers (final).csv")
    text = (path / "organizations.csv").read_text("utf-8").splitlines()
    turned = [",".join(reversed(line.split(","))) for line in text]
    (path / "organizations.csv").write_text("\n".join([turned[0].upper(), *turned[1:]]).replace(",", ";"), "cp1252")
    assert read_directory(path).records == before.records


def test_other_files_of_the_folder_are_named_and_left_alone(folder: Callable[..., Path]) -> None:
    path = folder()
    (path / "budget.csv").write_text("Item,Amount\nRice,4\n", "utf-8")
    (path / "broken.csv").write_bytes(b"PK\x03\x04")
    shutil.copy(path / "phones.csv", path / "phones (1).csv")
    directory = read_directory(path)
    errors = {account.file: account.error for account in directory.files if account.error}
    assert errors == {
        "budget.csv": "Not a file of a partner directory; it was left alone.",
        "broken.csv": "“broken.csv” is no CSV file. If it is a workbook, save it as CSV and try again.",
        "phones (1).csv": "Holds the same as “phones.csv”; it was left alone.",
    }
    assert len(one(directory.organizations).values["phones"]) == 2


def test_a_second_website_and_mail_are_kept(folder: Callable[..., Path]) -> None:
    locations = ["7,1,Main Hall,,,,hall@pantry.example,http://hall.example"]
    values = one(read_directory(folder(locations=locations)).organizations).values
    assert values["website"] == "http://pantry.example"
    assert "Also http://hall.example" in values["notes"]
    assert values["emails"] == ["hello@pantry.example", "hall@pantry.example"]


def test_the_file_of_organizations_alone_is_a_directory(folder: Callable[..., Path]) -> None:
    directory = read_directory(folder() / "organizations.csv")
    assert one(directory.organizations).values["name"] == "Swain Food Pantry"
    assert [file.file for file in directory.files] == ["organizations.csv"]
    assert directory.people == directory.affiliations == ()


def test_bad_input_has_a_sentence_each(folder: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no folder “gone”"):
        read_directory(tmp_path / "gone")
    with pytest.raises(BadInput, match="is no partner directory"):
        read_directory(tmp_path)
    path = folder()
    with pytest.raises(BadInput, match="Choose the whole folder"):
        read_directory(path / "phones.csv")
    (path / "budget.csv").write_text("Item,Amount\nRice,4\n", "utf-8")
    with pytest.raises(BadInput, match="no file of a partner directory"):
        read_directory(path / "budget.csv")
    (path / "organizations.csv").write_text('id,name,tax_id\n1,"Swain', "utf-8")
    with pytest.raises(BadInput, match="breaks off"):
        read_directory(path)
    with pytest.raises(Damaged, match="breaks off"):
        read_directory(path / "organizations.csv")


def test_is_directory(folder: Callable[..., Path], tmp_path: Path) -> None:
    assert not is_directory(tmp_path)
    path = folder()
    assert is_directory(path)
    assert is_directory(path / "organizations.csv")
    assert is_directory(path / "phones.csv")
    assert not is_directory(path / "gone.csv")
    (path / "budget.csv").write_text("Item,Amount\nRice,4\n", "utf-8")
    assert not is_directory(path / "budget.csv")


def test_the_real_directory() -> None:
    directory = read_directory(REAL)
    assert len(directory.organizations) == 8
    assert len(directory.people) == 25
    assert len(directory.affiliations) == 26
    read = {file.file.removesuffix(".csv"): (file.read, len(file.used)) for file in directory.files}
    assert read == {
        "addresses": (21, 21),
        "contacts": (31, 31),
        "locations": (22, 22),
        "mail_addresses": (21, 21),
        "organizations": (8, 8),
        "phones": (54, 54),
        "services": (23, 21),
    }
    library = next(one for one in directory.organizations if one.values["name"] == "Redwood City Public Library")
    assert len([one for one in library.values["addresses"] if one["kind"] == "physical"]) == 5
    assert {"number": "650 780-7261", "kind": "work"} in library.values["phones"]
    assert {"number": "650 569-3371", "kind": "fax"} in library.values["phones"]


def test_every_value_is_one_its_field_can_hold_and_a_cell_can_carry() -> None:
    """A later import of an exported workbook must find the same: each element reads back from how it is shown."""
    for record in read_directory(REAL).records:
        kind = REGISTRY[record.kind]
        for name, value in record.values.items():
            declared = kind.by_name[name]
            assert isinstance(value, list) == declared.many, name
            for element in value if declared.many else [value]:
                assert holds(declared, element), (name, element)
        for name in record.references:
            assert kind.by_name[name].shape is Shape.REFERENCE


def holds(declared: Field, value: object) -> bool:
    if declared.shape is Shape.LONG_TEXT:
        return isinstance(value, str) and bool(value)
    if declared.shape is Shape.CHOICE:
        return value in vocabulary(declared.vocabulary).codes
    return parse(declared, shown(declared, value, "en"), "en") == value


def test_reading_twice_describes_the_same_records_with_keys_of_their_own() -> None:
    first, second = read_directory(REAL), read_directory(REAL)
    assert first == second
    keys = [record.source_key for record in first.records]
    assert len(keys) == len(set(keys))
    for record in first.affiliations:
        assert set(record.references.values()) <= set(keys)


@settings(max_examples=40)
@given(st.data())
def test_whatever_rows_are_lost_the_account_adds_up(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("directory")
    for path in REAL.glob("*.csv"):
        lines = path.read_text("utf-8").splitlines()
        rows = lines[1:]
        kept = data.draw(st.lists(st.sampled_from(rows), max_size=12, unique=True), label=path.name)
        (folder / path.name).write_text("\n".join([lines[0], *kept]) + "\n", "utf-8")
    directory = read_directory(folder)
    keys = {record.source_key for record in directory.records}
    for file in directory.files:
        assert file.read == len(file.used) + len(file.set_aside)
        assert {used.source_key for used in file.used} <= keys
        assert len({used.row for used in file.used} | {aside.row for aside in file.set_aside}) == file.read
