"""A row said at once is, to the byte, the row that is worked out write by write."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings

from outreach_app.journal.changes import Horizon, Stamped
from outreach_app.model.identifiers import id_bytes
from outreach_app.sheets.begun_rows import REMEMBERED, BegunRows
from outreach_app.sheets.books import Leaving
from outreach_app.store.exported import BegunRecord, Taught
from outreach_app.store.words import column_value
from tests.unit.sheets.test_workbooks import VALUES

PLAIN = {
    "name": "Ada Crowe",
    "said": "Rides to the clinic.",
    "seats": 12,
    "open": False,
    "where": "37173",
    "zip": "02139",
    "phones": [{"kind": "mobile", "number": "828 555 0184", "text_ok": True}, {"number": "828 555 0185"}],
    "emails": ["ada@example.org"],
    "needs": ["food", "asl"],
    "words": ["one", "<two>", "three"],
}
ODD = {
    "name": " = padded ",
    "story": "x" * 40_000,
    "said": "=1+1",
    "starts": "2026-10-03T18:00:00-04:00",
    "seats": 2**60,
    "tag": "_x0041_",
    "phones": [{"number": "0", "odd": {"number": "5"}}, {"number": "1 (mobile)"}, {"kind": "a (b", "number": "7"}],
    "emails": ["a;b", ",c,", "“d”", "\\", '"'],
    "needs": ["not in the list", "food"],
    "words": ["x" * 20_000, "y" * 20_000],
}


def begun(record: Leaving) -> Leaving:
    """A record with what a store says of it where one change wrote it all."""
    kind = record.view
    from tests.unit.sheets.conftest import REGISTRY

    fields = REGISTRY[kind.kind].fields
    writes = sorted((each for own in record.standing.values() for each in own), key=lambda each: each.write.id)
    first = writes[0]
    assert first.change is not None
    stamp = (*first.change, first.clock, first.author, first.device, first.source)
    columns = tuple(None if (value := kind.values.get(each.name)) is None else column_value(value) for each in fields)
    slots = [each.write.slot for each in writes]
    names, elements = ",".join(slot.field for slot in slots), "".join(slot.element for slot in slots)
    at = first.write.id.number - first.change.number
    return replace(record, begun=BegunRecord(id_bytes(kind.id), kind.code, columns, stamp, at, names, elements))


def taught(record: Leaving, by: dict[bytes, Taught]) -> tuple[Leaving, Leaving]:
    """A record of which a workbook alone tells, to be worked out and to be said at once."""
    made = begun(record).begun
    assert made is not None
    run, number, *stamp = made.stamp
    assert run is not None
    own = by.setdefault(run, Taught(run, [(Horizon({run: 900, b"o" * 16: 7}), ("deleted", "name"))]))
    standing = {name: tuple(replace(each, change=None) for each in own) for name, own in record.standing.items()}
    record = replace(record, standing=standing, heard=own.heard)
    return record, replace(record, begun=made._replace(stamp=(None, 0, *stamp), at=number + made.at, taught=own))


def said(maker: Any, records: list[Leaving], language: str = "en") -> tuple[dict[str, bytes], Any]:
    """What each sheet of a workbook of these records holds, and the rows of its hidden page with the receipt."""
    content = maker.written(*records, language=language)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")}
    hidden = max(parts)
    book = maker.read(content)
    rows = [
        (row.record, row.untouched, [*map(saltless, row.taught())], row.cells, row.left and row.left.raw[8])
        for row in book.rows
    ]
    return {name: part for name, part in parts.items() if name != hidden}, (rows, book.receipt, book.counts)


def saltless(each: Stamped) -> tuple[str, Any]:
    """A write that was read back, without the salt, which is another in each workbook; it tells True from 1."""
    return repr(each.write.value), replace(each, write=replace(each.write, salt=b""))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(VALUES, VALUES)
@example(PLAIN, PLAIN)
@example(ODD, PLAIN)
def test_a_row_is_the_same_either_way(maker, one, other):
    maker = type(maker)()
    records = [maker.thing(**values) for values in (one, other, one) if values]
    parts, told = said(maker, [begun(each) for each in records])
    expected, worked_out = said(maker, records)
    assert parts == expected
    assert told == worked_out


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(VALUES, VALUES)
@example(PLAIN, PLAIN)
@example(ODD, PLAIN)
def test_what_a_workbook_taught_is_the_same_either_way(maker, one, other):
    maker, by = type(maker)(), {}
    records = [taught(maker.thing(**values), by) for values in (one, other, one) if values]
    parts, told = said(maker, [at_once for _record, at_once in records])
    expected, worked_out = said(maker, [record for record, _at_once in records])
    assert parts == expected
    assert told == worked_out


def test_what_people_write_is_said_at_once(maker, monkeypatch):
    rows = []
    row = BegunRows.row
    monkeypatch.setattr(BegunRows, "row", lambda *args: rows.append(row(*args)) or rows[-1])
    sheets = [openpyxl.load_workbook(BytesIO(maker.written(*made))) for made in ([begun(maker.thing(**PLAIN))],)]
    assert len(rows) == 1
    assert rows[0] is not None
    heads = [cell.value for cell in sheets[0]["Things"][1]]
    cells = dict(zip(heads, [cell.value for cell in sheets[0]["Things"][2]], strict=True))
    assert cells["Phones"] == "828 555 0184 (Mobile, texts are fine); 828 555 0185"
    assert cells["Words"] == "one; <two>; three"
    assert cells["ZIP"] == "02139"


def test_the_same_in_spanish(maker):
    record = maker.thing(**PLAIN)
    assert said(maker, [begun(record)], "es")[0] == said(maker, [record], "es")[0]


def test_many_values_of_one_column(maker):
    records = [maker.thing(name=f"{number}é", emails=[f"{number}&@example.org"]) for number in range(REMEMBERED + 50)]
    parts, told = said(maker, [begun(each) for each in records])
    expected, worked_out = said(maker, records)
    assert parts == expected
    assert told == worked_out


@pytest.mark.parametrize(
    "change",
    [
        {"names": "name"},  # a value that nobody wrote
        {"names": "name,zip,of_a_newer_program"},
        {"names": "name,zip,name"},
        {"names": "name,heads"},  # presses add up by a rule
        {"names": "name,emails", "elements": "0" * 16},  # elements that are not there
        {"names": "name,zip", "elements": "0" * 16},
        {"columns": ()},
    ],
)
def test_more_than_one_change_tells_is_left_to_the_rules(maker, change, monkeypatch):
    rows = []
    row = BegunRows.row
    monkeypatch.setattr(BegunRows, "row", lambda *args: rows.append(row(*args)) or rows[-1])
    record = begun(maker.thing(name="Ada", zip="28713"))
    assert record.begun is not None
    assert maker.read(maker.written(replace(record, begun=record.begun._replace(**change)))).rows[0].untouched
    assert rows == [None]
