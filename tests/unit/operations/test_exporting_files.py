"""Files for other programs: what leaves is what was meant to leave, each is logged, and they can be read there."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from outreach_app.model.errors import BadInput
from outreach_app.operations.exporting import ExportAccount
from outreach_app.operations.exporting_files import ENDINGS, FORMATS, export
from outreach_app.operations.leaving import Wanted
from outreach_app.sheets.layouts import CONTACT_LAYOUTS
from outreach_app.store.stores import Store
from tests.helpers.address_books import address_book

OTHERS = [each for each in FORMATS if each != "xlsx"]


@pytest.fixture
def book(laptop: Store) -> dict[str, str]:
    return address_book(laptop)


def rows(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def made(store: Store, folder: Path, form: str, profile: str = "internal", **more: Any) -> tuple[bytes, ExportAccount]:
    target = folder / f"out{ENDINGS[form]}"
    account = export(store, target, Wanted(profile, form, **more))
    return target.read_bytes(), account


@pytest.mark.parametrize("form", OTHERS)
def test_every_file_is_logged_and_none_is_published(
    laptop: Store, book: dict[str, str], tmp_path: Path, form: str
) -> None:
    code = laptop.get("organizations", book["pantry"]).code  # type: ignore[union-attr]
    for profile, partner in (("internal", ""), ("partner", code)):
        _raw, account = made(laptop, tmp_path, form, profile, partner=partner, to_whom="Zed")
        (left,) = laptop.list("exports", {"profile": profile})
        assert (left.values["rows"], left.values["to_whom"]) == (sum(account.rows.values()), "Zed")
        assert account.changes.records["exports"] == {left.id}
    with pytest.raises(BadInput, match="never published"):
        made(laptop, tmp_path, form, "public")
    assert laptop.count("exports") == 2


@pytest.mark.parametrize("form", OTHERS)
def test_no_notes_nothing_sensitive_and_to_a_partner_only_its_own(
    laptop: Store, book: dict[str, str], tmp_path: Path, form: str
) -> None:
    code = laptop.get("organizations", book["pantry"]).code  # type: ignore[union-attr]
    inside, _account = made(laptop, tmp_path, form)
    outside, _account = made(laptop, tmp_path, form, "partner", partner=code)
    texts = []
    for raw in (inside, outside):
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist() if raw.startswith(b"PK") else []
        parts = [zipfile.ZipFile(io.BytesIO(raw)).read(name) for name in names] or [raw]
        texts.append(b"\n".join(parts).replace(b"\r\n ", b"").decode())
    assert all("Sealed secret" not in text for text in texts)
    if form != "csv":  # which is the department's own table of everything
        assert "brother" not in texts[0]
        assert "Bring the ramp" not in texts[0]
    for word in ("brother", "Ana Bird", "Cold Shoulder", "Elm St", "Too far away", "Bring the ramp", *book.values()):
        assert word not in texts[1], word
    assert all(view.code not in texts[1] for kind in ("people", "organizations") for view in laptop.list(kind))


@pytest.mark.parametrize("form", CONTACT_LAYOUTS)
@pytest.mark.usefixtures("book")
def test_contacts_have_the_headings_of_the_program(laptop: Store, tmp_path: Path, form: str) -> None:
    raw, account = made(laptop, tmp_path, form)
    told = {row["First Name"]: row for row in rows(raw)}
    assert set(told) == {"María", "'=Ana Bird", "Cold Shoulder"}
    maria = told["María"]
    assert (maria["Middle Name"], maria["Last Name"]) == ("del Carmen", "García")
    assert account.rows == {"people": 3}
    assert account.left_out == (1 if form == "civicrm" else 0)  # it has columns for two phones
    values = list(maria.values())
    assert {"02139", "Swain Food Pantry", "Director", "maria@pantry.example", "mari@home.example"} <= set(values)
    assert "+1 828 555 0102" in values
    assert maria[{"google": "Custom Field 1 - Value", "outlook": "User 1", "civicrm": "External Identifier"}[form]]


def test_what_a_layout_has_no_place_for_is_counted_and_said(laptop: Store, tmp_path: Path) -> None:
    with laptop.writing("make_people") as draft:
        phones = [{"number": f"828 555 010{n}", "kind": "mobile"} for n in range(3)]
        draft.new("people", {"name": "Ada", "phones": phones})
    _raw, account = made(laptop, tmp_path, "outlook")
    assert account.left_out == 2
    assert "2 values have no place" in account.in_words()


def test_csv_of_one_kind_and_of_all(laptop: Store, book: dict[str, str], tmp_path: Path) -> None:
    raw, account = made(laptop, tmp_path, "csv", lists=("people",))
    assert account.rows == {"people": 3}
    names = {row["Name"] for row in rows(raw)}
    assert names == {"María del Carmen García", "'=Ana Bird", "Cold Shoulder"}
    raw, account = made(laptop, tmp_path, "csv")
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert {f"{kind}.csv" for kind in account.rows} == set(archive.namelist())
    assert [row["In their words"] for row in rows(archive.read("feedback.csv"))] == ["Too far away."]
    (event,) = [row for row in rows(archive.read("events.csv")) if row["Starts"]]
    assert event["Starts"] == "2026-11-28T18:00:00"
    code = laptop.get("organizations", book["pantry"]).code  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="nothing of that kind"):
        made(laptop, tmp_path, "csv", "partner", partner=code, lists=("consents",))


@pytest.mark.parametrize(("form", "version"), [("vcard4", "4.0"), ("vcard3", "3.0")])
def test_cards_have_short_lines_stable_ids_and_escaped_texts(
    laptop: Store, book: dict[str, str], tmp_path: Path, form: str, version: str
) -> None:
    raw, account = made(laptop, tmp_path, form)
    assert account.rows == {"people": 3}
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    cards = raw.decode().replace("\r\n ", "").split("END:VCARD")
    card = next(each for each in cards if "García" in each)
    assert f"VERSION:{version}" in card
    assert f"UID:urn:uuid:{book['maria']}" in card
    assert "N:García;María;del Carmen;;" in card
    assert r"12 Elm St\; rear;Sylva;NC;02139;" in card
    assert ('TEL;TYPE="cell,text":828 555 0101' if version == "4.0" else "TEL;TYPE=CELL:828 555 0101") in card
    assert raw == made(laptop, tmp_path, form)[0]


def test_a_calendar_holds_the_events_that_have_a_time(laptop: Store, book: dict[str, str], tmp_path: Path) -> None:
    raw, account = made(laptop, tmp_path, "ics")
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["summary"] == "Fire hall, Alarka"
    assert event["uid"] == f"urn:uuid:{book['fair']}"
    assert event.decoded("dtstart").isoformat() == "2026-11-28T23:00:00+00:00"
    assert event["location"] == "Fire hall, Alarka"
    assert (account.rows, account.left_out, account.without_time) == ({"events": 1}, 0, 1)
    assert "1 event has no day yet, so it is not in the calendar." in account.in_words()
    assert "value" not in account.in_words()


@pytest.mark.usefixtures("book")
def test_the_directory_joins_its_files_and_leaves_out_who_said_no(laptop: Store, tmp_path: Path) -> None:
    raw, account = made(laptop, tmp_path, "hsds")
    archive = zipfile.ZipFile(io.BytesIO(raw))
    tables = {
        name.removesuffix(".csv"): rows(archive.read(name)) for name in archive.namelist() if name.endswith(".csv")
    }
    resources = json.loads(archive.read("datapackage.json"))["resources"]
    assert {each["path"] for each in resources} == {f"{name}.csv" for name in tables}
    ids = {row["id"] for table in tables.values() for row in table}
    for table in tables.values():
        for row in table:
            for name, value in row.items():
                assert not name.endswith("_id") or not value or value in ids or name == "tax_id"
    assert [row["name"] for row in tables["contacts"]] == ["María del Carmen García"]
    assert [row["name"] for row in tables["services"]] == ["Hot lunch", "Pantry boxes"]
    assert {row["address_type"] for row in tables["addresses"]} == {"physical", "postal"}
    assert account.rows == {"organizations": 1, "affiliations": 1}
