"""Whatever people are called, a contact that leaves in a layout reads back as it was; any table is read to its end."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import vocabulary
from outreach_app.sheets.column_guesses import KINDS, Guesses
from outreach_app.sheets.contacts import Contact, contacts, rows_of
from outreach_app.sheets.csv_files import table_of
from outreach_app.sheets.csv_writing import csv_bytes, meant
from outreach_app.sheets.layouts import CONTACT_LAYOUTS
from outreach_app.sheets.parsing import Parsing
from outreach_app.sheets.strange_rows import StrangeRow, StrangeRows
from outreach_app.sheets.tables import RawTable
from outreach_app.sheets.words import Words

GUESSES = Guesses(REGISTRY, Words())
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
DIGITS = st.text("0123456789", min_size=10, max_size=10)
PHONES = st.lists(
    st.fixed_dictionaries({"number": DIGITS}, optional={"kind": st.sampled_from(vocabulary("phone_kinds").codes)}),
    max_size=2,
    unique_by=lambda phone: phone["number"],
)


def read(raw: RawTable, kind: str = "") -> list[StrangeRow]:
    table = GUESSES.table(raw)
    if table is None:
        return []
    columns = GUESSES.columns(table.headings, kind)
    return list(StrangeRows(table, columns, REGISTRY[columns.kind], Parsing(Words(), "en", lambda _k, _t: None)).read())


def back(layout: str, contact: Contact) -> StrangeRow:
    """One contact, written in a layout and read again."""
    chosen = CONTACT_LAYOUTS[layout]
    table = table_of(csv_bytes([column.heading for column in chosen.leaving], rows_of(chosen, [contact]).rows), "x.csv")
    rows = [[meant(cell) for cell in row] for row in (table.headings, *table.rows)]
    (row,) = read(RawTable("x.csv", (1, *table.numbers), rows))
    return row


@pytest.mark.parametrize("layout", CONTACT_LAYOUTS)
@given(NAMES, PHONES, st.lists(WORDS.map(lambda word: f"{word}@x.example"), max_size=2, unique=True), NAMES)
@example("=1+1", [{"number": "+18285550101"}], ["@x"], "-2+3")
@example("'=x", [], [], "''@y")
@example("José O’Brien", [], [], "Nana’s “Kitchen”")
def test_a_contact_reads_back(layout: str, name: str, phones: Any, emails: list[str], organization: str) -> None:
    texts = {"name": name, "given_name": name, "organization": organization}
    row = back(layout, Contact("0193", texts, phones, emails))
    assert row.values["name"] == name
    assert row.beside["organization"] == organization
    assert not {"given_name", "family_name"} & row.values.keys()
    kinds = layout != "civicrm"
    if not (layout == "outlook" and [each.get("kind") for each in phones].count(None) > 1):
        told = {(each["number"], each.get("kind") if kinds else None) for each in row.values.get("phones", ())}
        left = {(each["number"], each.get("kind") if kinds else None) for each in phones}
        assert told <= left | {(number, "other") for number, _kind in left}
    semicolons = any(";" in email for email in emails)
    assert semicolons or set(row.values.get("emails", ())) == set(emails)


@pytest.mark.parametrize("layout", CONTACT_LAYOUTS)
@given(st.lists(WORDS, min_size=2, max_size=4))
def test_the_parts_of_a_name_read_back(layout: str, parts: list[str]) -> None:
    given, *between, family = parts
    texts = {"name": " ".join(parts), "given_name": given, "middle_name": " ".join(between), "family_name": family}
    row = back(layout, Contact("0193", texts))
    assert (row.values["name"], row.values["given_name"], row.values["family_name"]) == (" ".join(parts), given, family)


def test_nobody_leaves_where_nothing_does() -> None:
    assert contacts([], lambda _kind, _record: "", {}) == []


CELLS = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats()),
    *(st.text(max_size=12), st.datetimes(), st.times()),
)
HEADINGS = st.sampled_from(sorted({heading for kind in KINDS for heading in GUESSES._known[kind]}))


@settings(max_examples=300)
@given(st.sampled_from(KINDS), st.lists(HEADINGS, min_size=2, max_size=8, unique=True), st.data())
def test_any_cells_under_known_headings_are_read_or_named(kind: str, headings: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=4))
    raw = RawTable("x", tuple(range(1, len(rows) + 2)), [headings, *rows])
    told = read(raw, kind)
    assert [each.number for each in told] == list(range(2, len(rows) + 2))
    for each in told:
        assert each.key()


@pytest.mark.parametrize("column", ["event date", "starts"])
def test_a_number_beyond_all_numbers_is_no_day(column: str) -> None:
    (row,) = read(RawTable("x", (1, 2), [["event name", column], ["Fair", float("inf")]]), "events")
    assert row.values == {"name": "Fair"}
    assert row.remarks
