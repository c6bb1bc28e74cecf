"""Address books and calendars of other programs come in like tables."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from outreach_app.operations.exporting_files import export
from outreach_app.operations.importing import import_path
from outreach_app.operations.leaving import Wanted
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.cards import read_cards
from outreach_app.store.stores import Store
from tests.helpers.address_books import address_book
from tests.helpers.memories import memory

PHONE_BOOK = """BEGIN:VCARD
VERSION:3.0
UID:4711
N:Oxendine;Thaddeus;Lee;;
FN:Thaddeus Lee Oxendine
ORG:Swain Food Pantry;Volunteers
TITLE:Driver
item1.TEL;TYPE=CELL,VOICE:828 555 0101
TEL;type=HOME:tel:+1-828-555-0102
TEL:828 555 0103
EMAIL;TYPE=INTERNET:thad@example.org
EMAIL:t.oxendine@example.org
ADR;TYPE=HOME:;;1 Main St\\, rear;Bryson City;NC;28713;
NOTE:Speaks Spanish\\; likes
  mornings
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Luc=C3=ADa;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Luc=C3=ADa=
 Mu=C3=B1oz
TEL;WORK;FAX:828 555 0104
END:VCARD
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:fair-1
SUMMARY:County fair
DTSTART:20261121T150000Z
DTEND:20261121T190000Z
LOCATION:Fire hall\\, Alarka
END:VEVENT
BEGIN:VEVENT
UID:day-1
SUMMARY:Open day
DTSTART;VALUE=DATE:20261122
DTEND;VALUE=DATE:20261123
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(memory()) as made:
        yield made


def taken(store: Store, path: Path) -> FileAccount:
    [account] = import_path(store, path).files
    assert account.error is None
    return account


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def test_a_phones_address_book(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "book.vcf", PHONE_BOOK)
    assert taken(store, path).rows["people"].to_json() == {"read": 2, "new": 2, "changed": 0, "same": 0, "set_aside": 0}
    people = {view.title: view for view in store.list("people")}
    thad = people["Thaddeus Lee Oxendine"]
    numbers = {(each["number"], each.get("kind")) for each in thad.elements("phones")}
    assert numbers == {("828 555 0101", "mobile"), ("+1-828-555-0102", "home"), ("828 555 0103", None)}
    assert set(thad.elements("emails")) == {"thad@example.org", "t.oxendine@example.org"}
    told = [thad.values[name] for name in ("given_name", "family_name", "street", "town", "state", "zip", "notes")]
    assert told == [
        "Thaddeus", "Oxendine", "1 Main St, rear", "Bryson City", "NC", "28713", "Speaks Spanish; likes mornings",
    ]  # fmt: skip
    assert [view.title for view in store.list("organizations")] == ["Swain Food Pantry"]
    assert people["Lucía Muñoz"].elements("phones")[0]["kind"] == "fax"
    assert taken(store, path).rows["people"].same == 2


def test_a_calendar(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "events.ics", CALENDAR)
    assert taken(store, path).rows["events"].new == 2
    events = {view.title: view.values for view in store.list("events")}
    assert events["County fair"]["venue_name"] == "Fire hall, Alarka"
    assert events["Open day"]["starts"].startswith("2026-11-22T00:00:00")
    assert events["Open day"]["ends"] is None
    assert taken(store, path).rows["events"].same == 2


@pytest.mark.parametrize("form", ["vcard4", "vcard3", "ics"])
def test_what_left_from_here_comes_back_to_its_own_place(store: Store, tmp_path: Path, form: str) -> None:
    address_book(store)
    path = tmp_path / f"ours.{'ics' if form == 'ics' else 'vcf'}"
    export(store, path, Wanted(form=form))
    kind = "events" if form == "ics" else "people"
    before = store.count(kind)
    rows = taken(store, path).rows[kind]
    assert (rows.new, rows.set_aside, store.count(kind)) == (0, 0, before)
    assert store.decisions() == []


@pytest.mark.parametrize(
    "content", [b"", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\n", b"\0\1\2", b"Name,Town\n"]
)
@pytest.mark.parametrize("ending", ["vcf", "ics"])
def test_what_is_neither_is_said(store: Store, tmp_path: Path, content: bytes, ending: str) -> None:
    (tmp_path / f"odd.{ending}").write_bytes(content)
    [account] = import_path(store, tmp_path / f"odd.{ending}").files
    assert account.error
    assert store.count("events") == store.count("people") == 0


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"BEGIN:VCARD\nFN:Mae\nAGENT:\nBEGIN:VCARD\nFN:Lou\nEND:VCARD\nEND:VCARD\n", {"Mae", "Lou"}),
        (b"BEGIN:VCARD\nFN:Mae\nTEL:828 555 0100\n", {"Mae"}),
        (b"BEGIN:VCARD\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jos=E9 Pe=F1a\nEND:VCARD\n", {"José Peña"}),
        ("BEGIN:VCARD\nFN:José\nNOTE:one\u2028two\nEND:VCARD\n".encode("utf-16"), {"José"}),
    ],
)
def test_no_card_is_lost(store: Store, tmp_path: Path, content: bytes, names: set[str]) -> None:
    """One in another, one the file breaks off in, one in letters of long ago."""
    file = tmp_path / "book.vcf"
    file.write_bytes(content)
    assert import_path(store, file).files[0].error is None
    assert {view.title for view in store.list("people")} == names


def test_a_card_with_large_pictures_is_read_at_once() -> None:
    picture = b"PHOTO;ENCODING=b:" + b"A" * 60 + b"\r\n" + b" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n" * 200_000
    started = monotonic()
    _headings, [row] = read_cards(b"BEGIN:VCARD\r\nFN:Mae\r\n" + picture + b"END:VCARD\r\n", ".vcf")
    assert row[1] == "Mae"
    assert monotonic() - started < 5  # it was forty seconds


def test_an_old_calendar_says_its_words_as_they_were_written() -> None:
    event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Reunión\nSUMMARY:Meeting\nDTSTART:20260601T100000Z\nEND:VEVENT\n"
    _headings, [row] = read_cards(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n".encode("cp1252"), ".ics")
    assert row[1] == "Reunión"


def test_what_repeats_is_said_where_only_its_first_day_is_taken() -> None:
    repeats = "BEGIN:VEVENT\nUID:1\nSUMMARY:Pantry\nDTSTART:20260601T100000Z\nRRULE:FREQ=WEEKLY\n{more}END:VEVENT\n"
    for more, notes in (("DESCRIPTION:Bring bags\n", "Bring bags\nIn the calendar it"), ("", "In the calendar it")):
        event = repeats.format(more=more)
        headings, [row] = read_cards(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n".encode(), ".ics")
        assert str(row[headings.index("Notes")]).startswith(notes)
