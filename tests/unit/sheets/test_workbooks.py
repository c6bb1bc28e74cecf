"""Workbooks are written whole, open with nothing to repair, and give back the very writes they left with."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.journal.changes import Horizon, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import NotWritable
from outreach_app.sheets.books import KindRows, Leaving
from outreach_app.sheets.readings import Basis
from outreach_app.sheets.workbooks import write_workbook

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
ODD = st.sampled_from(
    [" padded ", "=1+1", "+1", "-2", "@SUM(A1)", "_x0041_", "_x005F_", "a; b; c", "(mobile)", "x (mobile)", "“curly”"]
)
LIKE_OTHERS = st.sampled_from(
    ["007", "9.19E+09", "2026-11-21", "TRUE", "e\u0301", "two\nlines", "a\r\nb", "\t", "\x00\x1f", "[K7Q4M2X]", "#REF!"]
)
TEXTS = TEXT | ODD | LIKE_OTHERS
DAYS = st.dates().map(str) | st.sampled_from(
    ["2026-11", "2026", "1899-12-31", "1900-02-28", "1900-03-01", "9999-12-31"]
)
MOMENTS = st.builds(
    lambda when, offset: when.replace(microsecond=0).isoformat() + offset,
    st.datetimes(),
    st.sampled_from(["-05:00", "+00:00", "+05:45", "-04:00"]),
) | st.sampled_from(["2026-11-21T00:00:00-05:00", "2026-11-21T10:42:07Z", "2026-11-21T10:42-05:00"])
PHONES = st.fixed_dictionaries(
    {"number": TEXTS}, optional={"kind": st.sampled_from(["mobile", "home", "odd one"]), "text_ok": st.booleans()}
)
ADDRESSES = st.dictionaries(
    st.sampled_from(["kind", "name", "street", "town", "state", "zip"]),
    TEXTS | st.sampled_from(["NC", "28713", "physical"]),
)
COUNTIES = st.sampled_from(["37173", "51770", "no county"])
NEEDS = st.sampled_from(["food", "child_care", "asl", "not in the list"])

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS,
        "story": TEXTS,
        "said": TEXTS,
        "day": DAYS,
        "starts": MOMENTS,
        "seats": st.integers(-(2**70), 2**70) | st.sampled_from([10**15, 10**15 - 1, -(10**15), 2**53, 0]),
        "heads": st.integers(0, 500),
        "open": st.booleans(),
        "sort": st.sampled_from(["tabling", "town_hall", "a code of a newer program"]),
        "where": COUNTIES,
        "zip": st.from_regex(r"\d{5}(-\d{4})?", fullmatch=True),
        "tag": TEXTS,
        "site": TEXTS,
        "phones": st.lists(PHONES, min_size=1, max_size=3),
        "emails": st.lists(TEXTS, min_size=1, max_size=3),
        "addresses": st.lists(ADDRESSES, min_size=1, max_size=2),
        "needs": st.lists(NEEDS, min_size=1, max_size=3, unique=True),
        "words": st.lists(TEXTS, min_size=1, max_size=4),
        "counties": st.lists(COUNTIES, min_size=1, max_size=3),
    },
)


def known(record: Leaving, *fields: str) -> list[tuple[Any, ...]]:
    """A record's standing writes as they are compared: without salts, which a workbook does not carry."""
    writes = [each for name, writes in record.standing.items() if not fields or name in fields for each in writes]
    return sorted(_plain(each) for each in writes)


def _plain(each: Stamped) -> tuple[Any, ...]:
    return (
        each.write.id,
        each.write.slot,
        repr(frozen(each.write.value)),
        each.clock,
        each.author,
        each.device,
        each.change,
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=4), st.sampled_from(["en", "es"]))
def test_what_left_comes_back(maker, rows, language):
    maker = type(maker)()  # a fresh one for each example
    places = [maker.place("Library"), maker.place("=Fire; hall")]
    links = {"place": places[1].view.id, "places": [places[0].view.id, places[1].view.id]}
    things = [maker.thing(**values, **links) for values in rows]
    book = maker.read(maker.written(*things, *places, language=language))
    assert book.signer is not None
    assert book.language == language
    assert {row.record for row in book.rows} == {each.view.id for each in [*things, *places]}
    for record in [*things, *places]:
        row = next(row for row in book.rows if row.record == record.view.id)
        assert row.untouched, (row.typed, row.set_aside)
        assert sorted(_plain(each) for each in row.taught()) == known(record)
        for name, writes in record.standing.items():
            assert row.cells[name] == {each.write.id for each in writes}
        empty = {each.name for each in maker.registry[row.kind].fields} - set(record.standing) - {"secret"}
        assert all(row.cells[name] == frozenset() for name in empty)


def test_a_field_with_several_standing_writes(maker):
    record = maker.thing(name="Ada", said="First words", heads=3)
    change = WriteId(b"o" * 16, 40)
    other = _written(record, "name", "Ida", WriteId(b"o" * 16, 41), change)
    added = _written(record, "said", "A correction", WriteId(b"o" * 16, 42), change)
    press = _written(record, "heads", 4, WriteId(b"o" * 16, 43), change)
    derived = _written(record, "zip", "28713", WriteId(b"x" * 16, 0), change)
    known_only_here = _written(record, "tag", "T1", WriteId(b"q" * 16, 7), None)
    standing = {
        **record.standing,
        "name": (*record.standing["name"], other),
        "said": (*record.standing["said"], added),
        "heads": (*record.standing["heads"], press),
        "zip": (derived,),
        "tag": (known_only_here,),
    }
    view = record.view
    view.values.update(name="Ida", said="First words\nA correction", heads=7, zip="28713", tag="T1")
    dead = WriteId(b"y" * 16, 0)
    both = Leaving(view, standing, {dead})
    book = maker.read(maker.written(both))
    row = book.rows[0]
    assert row.untouched
    assert sorted(_plain(each) for each in row.taught()) == known(both)
    assert book.horizon == Horizon({b"r" * 16: 9_999}, frozenset({dead}))


def _written(record: Leaving, name: str, value: Any, write: WriteId, change: WriteId | None) -> Stamped:
    made = Write(write, Slot("things", record.view.id, name), value)
    return Stamped(made, 1_790_000_100_000_000, "Ben Poe", b"D" * 16, "import", change)


def test_fields_without_a_column_travel_along(maker):
    record = maker.thing(name="Ada")
    newer = _written(record, "of_a_newer_program", {"any": ["thing", 1]}, WriteId(b"o" * 16, 2), WriteId(b"o" * 16, 1))
    both = Leaving(record.view, {**record.standing, "of_a_newer_program": (newer,)})
    row = maker.read(maker.written(both)).rows[0]
    assert row.cells["of_a_newer_program"] == {newer.write.id}
    assert row.cells["deleted"] == frozenset()
    assert _plain(newer) in [_plain(each) for each in row.taught()]


def test_deletions_and_what_has_no_sheet_travel_along(maker, emptied):
    gone, joined = emptied(maker.thing(name="Ada")), maker.place("Library")
    book = maker.book(gone)
    kinds = [book.kinds[0], KindRows(maker.registry["places"], [joined], visible=False)]
    content = maker.written(gone, kinds=kinds)
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == ["Read me", "Things", "Data dictionary", "_outreach"]
    read = maker.read(content)
    assert list(read.rows) == []
    deletion = next(row for row in read.unseen if row.record == gone.view.id)
    assert sorted(_plain(each) for each in deletion.taught()) == known(gone)
    assert [each.write.replaces for each in deletion.taught()] == [gone.standing["deleted"][0].write.replaces]
    assert deletion.cells["deleted"] == {WriteId(b"r" * 16, 5_001)}
    assert [row.kind for row in read.unseen] == ["things", "places"]
    assert sorted(_plain(each) for each in read.unseen[1].taught()) == known(joined)


def test_sensitive_fields_stay(maker):
    record, joined = maker.thing(name="Ada", secret="the-secret"), maker.thing(name="Ben", secret="the-secret")
    unseen = Leaving(replace(joined.view, shown=False), joined.standing)
    content = maker.written(record, unseen)
    book = maker.read(content)
    for row in (*book.rows, *book.unseen):
        assert [each.write.slot.field for each in row.taught()] == ["name"]
        assert "secret" not in row.cells
    sheet = openpyxl.load_workbook(BytesIO(content))["Things"]
    assert "the-secret" not in [cell.value for row in sheet for cell in row]


def test_only_the_fields_that_were_chosen_leave(maker):
    record = maker.thing(name="Ada", zip="28713", story="not for this one")
    fields = tuple(each for each in maker.registry["things"].fields if each.name in ("name", "zip"))
    book = maker.read(maker.written(kinds=[KindRows(maker.registry["things"], [record], fields=fields)]))
    assert {each.write.slot.field for each in book.rows[0].taught()} == {"name", "zip"}
    assert set(book.rows[0].cells) == {"name", "zip", "deleted"}


def test_the_same_salt_for_every_reader(maker):
    content = maker.written(maker.thing(name="Ada"))
    salts = [[each.write.salt for each in maker.read(content).rows[0].taught()] for _reader in range(2)]
    assert salts[0] == salts[1]
    assert len(salts[0][0]) == 16


def test_who_made_it_and_the_receipt(maker):
    content = maker.written(maker.thing(name="Ada"), maker.thing(name="Ben"), maker.place("Library"))
    book = maker.read(content)
    assert (book.made_by, book.department, book.profile, book.space) == (
        "Ada Crowe",
        "Pine County Health",
        "internal",
        b"s" * 16,
    )
    assert book.export == b"e" * 16
    assert book.counts == {"things": 2, "places": 1}
    front = [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content))["Read me"]]
    assert ["Receipt", book.receipt] in front
    assert ["Things", 2] in front
    assert ["Together", 3] in front


def test_missing_rows_are_said(maker):
    kinds = [KindRows(maker.registry["things"], [maker.thing(name="Ada")], expected=3)]
    front = openpyxl.load_workbook(BytesIO(maker.written(kinds=kinds)))["Read me"]
    assert ["Things", "1 of 3; some are missing"] in [[cell.value for cell in row] for row in front]


def test_the_same_records_give_the_same_receipt(maker):
    thing = maker.thing(name="Ada")
    assert maker.read(maker.written(thing)).receipt == maker.read(maker.written(thing)).receipt
    assert maker.read(maker.written(thing)).receipt != maker.read(maker.written(maker.thing(name="Ben"))).receipt


def test_tables_lists_and_print_setup(maker):
    things = [maker.thing(name=f"Thing {number}", needs=["food"]) for number in range(30)]
    book = openpyxl.load_workbook(BytesIO(maker.written(*things, maker.place("Library"))))
    assert book.sheetnames == ["Read me", "Things", "Places", "Data dictionary", "_outreach"]
    assert book["_outreach"].sheet_state == "hidden"
    sheet = book["Things"]
    table = sheet.tables["things"]
    heads = [cell.value for cell in sheet[1]]
    assert table.ref == f"A1:{sheet.cell(1, len(heads)).column_letter}31"
    assert table.autoFilter.ref == table.ref
    assert [column.name for column in table.tableColumns] == heads
    assert heads[-2:] == ["Record", "Version"]
    assert sheet.freeze_panes == "B2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.merged_cells.ranges == set()
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    sort = sheet.cell(1, heads.index("Sort") + 1).column_letter
    assert re.fullmatch(r"'Data dictionary'!\$C\$\d+:\$C\$\d+", lists[f"{sort}2:{sort}1048576"])
    first, last = map(int, re.findall(r"\$C\$(\d+)", lists[f"{sort}2:{sort}1048576"]))
    labels = [book["Data dictionary"].cell(row, 3).value for row in range(first, last + 1)]
    assert labels[0] == "Listening session"
    assert len(labels) == 11


def test_the_field_name_is_findable(maker):
    book = openpyxl.load_workbook(BytesIO(maker.written(maker.thing(name="Ada"))))
    notes = {str(each.sqref): each.prompt for each in book["Things"].data_validations.dataValidation if each.prompt}
    assert notes["A1"] == "What it is called.\n[name]"
    told = [[cell.value for cell in row] for row in book["Data dictionary"]]
    assert ["Things", "Name", "name", "What it is called.", "Text", None, "Stays in the department"] in told
    assert ["Things", "Needs", "needs"] in [row[:3] for row in told]


def test_an_empty_kind_has_an_empty_table(maker):
    book = openpyxl.load_workbook(BytesIO(maker.written(maker.thing(name="Ada"))))
    assert book["Places"].tables["places"].ref == "A1:C2"
    assert book["Places"].max_row == 1


def test_choices_both_ways(maker):
    content = maker.written(maker.thing(name="Ada", needs=["food", "asl"]), maker.thing(name="Ben"))
    sheet = openpyxl.load_workbook(BytesIO(content))["Things"]
    heads = [cell.value for cell in sheet[1]]
    rows = {
        row[0].value: dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)
    }
    marks = {head: value for head, value in rows["Ada"].items() if head.startswith("Needs: ")}
    assert len(marks) == 8
    assert {head for head, value in marks.items() if value == 1} == {"Needs: Food", "Needs: Sign language interpreter"}
    assert {value for head, value in marks.items()} == {0, 1}
    assert {value for head, value in rows["Ben"].items() if head.startswith("Needs")} == {None}


def test_only_the_choices_used_have_columns(maker):
    kinds = [KindRows(maker.registry["things"], [maker.thing(needs=["food"])], used={"needs": {"food"}})]
    content = maker.written(kinds=kinds)
    heads = [cell.value for cell in openpyxl.load_workbook(BytesIO(content))["Things"][1]]
    assert [head for head in heads if head.startswith("Needs: ")] == ["Needs: Food"]
    assert maker.read(content).rows[0].untouched


def test_no_text_is_ever_a_formula(maker):
    payloads = [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        '=HYPERLINK("http://a.example")',
        "\t=1",
        "\n=1",
        "=cmd|' /C calc'!A0",
    ]
    things = [maker.thing(name=each, story=each, words=[each], phones=[{"number": each}]) for each in payloads]
    content = maker.written(*things, department="=1+1", made_by="=2+2")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert b"<f " not in archive.read(name)
    sheet = openpyxl.load_workbook(BytesIO(content))["Things"]
    for row, payload in zip(sheet.iter_rows(min_row=2), payloads, strict=True):
        assert row[0].value == payload
        assert row[0].data_type in ("s", "inlineStr")
        assert row[0].quotePrefix
        assert not row[-1].quotePrefix
    assert all(row.untouched for row in maker.read(content).rows)


def test_ten_thousand_characters_and_more(maker):
    long = "word " * 9_000
    record = maker.thing(story=long.strip(), words=["x" * 20_000, "y" * 20_000])
    row = maker.read(maker.written(record)).rows[0]
    assert row.untouched
    assert sorted(_plain(each) for each in row.taught()) == known(record)


def test_many_rows_in_several_blocks(maker):
    things = [maker.thing(name=f"Ada {number}", story=f"{number} " * 20) for number in range(1_500)]
    book = maker.read(maker.written(*things))
    assert sum(row.untouched for row in book.rows) == 1_500
    assert {row.code for row in book.rows} == {each.view.code for each in things}


def test_pages_of_other_workbooks_are_passed_on(maker):
    inner = maker.read(maker.written(maker.thing(name="Ada")))
    outer = maker.read(maker.written(maker.thing(name="Ben"), enclosed=[inner.page]))
    assert outer.enclosed == (inner.page,)


def test_written_to_a_path_whole_or_not_at_all(maker, tmp_path: Path):
    target = tmp_path / "out.xlsx"
    written = write_workbook(target, maker.book(maker.thing(name="Ada")))
    assert written.size == target.stat().st_size
    assert [each.name for each in tmp_path.iterdir()] == ["out.xlsx"]
    with pytest.raises(NotWritable):
        write_workbook(tmp_path / "missing" / "out.xlsx", maker.book(maker.thing(name="Ada")))


def test_unknown_basis_when_the_page_is_touched(maker):
    def edit(book: Any) -> None:
        cell = book["_outreach"]["A3"]
        cell.value = cell.value[:40] + ("A" if cell.value[40] != "A" else "B") + cell.value[41:]

    book = maker.edited(maker.written(maker.thing(name="Ada")), edit)
    assert book.signer is None
    assert book.remarks == (
        "This workbook's own notes of what it showed are damaged; its rows were read without them.",
    )
    assert [row.basis for row in book.rows] == [Basis.UNKNOWN]
    assert book.export == b"e" * 16


def test_a_stranger_is_not_trusted(maker):
    book = maker.read(maker.written(maker.thing(name="Ada")), knows=lambda _key: False)
    assert book.signer is None
    assert book.rows[0].basis is Basis.UNKNOWN
    assert len(book.remarks) == 1
