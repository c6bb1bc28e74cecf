"""What somebody typed into a workbook is found precisely, cell by cell and element by element."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.sheets.books import Leaving
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.readings import Basis


def one(row: Any) -> Any:
    """The only thing typed into a row."""
    assert row.set_aside is None, row.set_aside
    assert row.basis is Basis.LEFT
    assert len(row.typed) == 1, row.typed
    return row.typed[0]


def elements(record: Any, name: str) -> list[str]:
    return [each["id"] for each in record.view.values[name]]


@pytest.mark.parametrize(
    ("field", "value", "heading", "typed", "meant"),
    [
        ("name", "Ada", "Name", "Ada Crowe", "Ada Crowe"),
        ("name", "Ada", "Name", None, None),
        ("story", "One", "Story", "Two\nlines ", "Two\nlines"),
        ("day", "2026-11-21", "Day", "2026-11-22", "2026-11-22"),
        ("day", "2026-11-21", "Day", "2026-11", "2026-11"),
        ("day", "2026-11-21", "Day", 2026, "2026"),
        ("day", "2026-11-21", "Day", "11/22/2026", "2026-11-22"),
        ("day", "2026-11-21", "Day", "22 Nov 2026", "2026-11-22"),
        ("seats", 3, "Seats", 4, 4),
        ("seats", 3, "Seats", "1,200", 1200),
        ("open", True, "Open", "no", False),
        ("open", True, "Open", "No", False),
        ("sort", "tabling", "Sort", "Health fair", "health_fair"),
        ("sort", "tabling", "Sort", "health_fair", "health_fair"),
        ("where", "37173", "County", "Graham County, NC", "37075"),
        ("where", "37173", "County", 37075, "37075"),
        ("zip", "02139", "ZIP", 2140, "02140"),
        ("zip", "02139", "ZIP", 287130001, "28713-0001"),
        ("site", "a.example", "Website", "b.example", "b.example"),
    ],
)
def test_a_value_typed_over(maker, field, value, heading, typed, meant):
    record = maker.thing(**{field: value}, words=["something else"])
    found = one(maker.typed(record, **{heading: typed}))
    standing = frozenset(each.write.id for each in record.standing[field])
    assert (found.field, found.element, found.value) == (field, "", meant)
    assert found.shown == found.displayed == standing


@pytest.mark.parametrize(
    ("field", "value", "heading", "typed"),
    [
        ("zip", "02139", "ZIP", 2139),
        ("zip", "02139", "ZIP", "2139"),
        ("zip", "02139-0001", "ZIP", 21390001),
        ("day", "2026-11-21", "Day", 46347),
        ("day", "2026-11-21", "Day", "11/21/2026"),
        ("day", "2026-11-21", "Day", "21/11/2026"),
        ("starts", "2026-11-21T10:42:07-05:00", "Starts", "2026-11-21 10:42"),
        ("starts", "2026-11-21T10:42:07-05:00", "Starts", "11/21/2026 10:42"),
        ("seats", 1200, "Seats", "1,200"),
        ("open", True, "Open", True),
        ("open", True, "Open", "yes"),
        ("open", True, "Open", "SÍ"),
        ("sort", "tabling", "Sort", "table at somebody else’s event "),
        ("sort", "tabling", "Sort", "tabling"),
        ("where", "37173", "County", "Swain County, NC"),
        ("where", "37173", "County", 37173.0),
        ("phones", [{"number": "8285550112"}], "Phones", 8285550112),
        ("phones", [{"number": "+18285550112"}], "Phones", 18285550112.0),
        ("tag", "00123", "Tag", 123),
        ("name", "José  Álvarez", "Name", "Jose\u0301  A\u0301lvarez\xa0"),
        ("words", ["a", "b"], "Words", "b;a"),
    ],
)
def test_a_cell_whose_type_a_program_changed_is_untouched(maker, field, value, heading, typed):
    record = maker.thing(**{field: value}, story="something else")
    row = maker.typed(record, **{heading: typed})
    assert row.untouched, (row.typed, row.set_aside)
    taught = [each.write.value for each in row.taught() if each.write.slot.field == field]
    assert taught == [each.write.value for each in record.standing[field]]


@pytest.mark.parametrize(
    ("field", "value", "heading", "typed", "reason"),
    [
        ("phones", [{"number": "9195550112"}], "Phones", "9.19E+09", "Phones: some of its digits are gone"),
        (
            "day",
            "2026-11-21",
            "Day",
            "03/04/2026",
            "Day: month and day cannot be told apart; please write it like 2026-11-21",
        ),
        ("day", "2026-11-21", "Day", "31/31/2026", "Day: the calendar has no such day"),
        ("seats", 3, "Seats", "many", "Seats: what it says is no whole number"),
        ("seats", 3, "Seats", 3.5, "Seats: what it says is no whole number"),
        ("open", True, "Open", "perhaps", "Open: it says neither yes nor no"),
        ("sort", "tabling", "Sort", "a stall", "Sort: what it says is not one of the choices"),
        ("where", "37173", "County", "Nowhere", "County: what it says is no county; please write its name and state"),
    ],
)
def test_what_cannot_be_read_is_set_aside(maker, field, value, heading, typed, reason):
    row = maker.typed(maker.thing(**{field: value}), **{heading: typed})
    assert row.set_aside == reason
    assert row.typed == ()
    assert row.cells == {}
    assert list(row.taught()) == []


def test_a_moment_keeps_its_offset(maker):
    record = maker.thing(starts="2026-07-04T10:00:00+02:00")
    for typed in ("2026-07-04 11:30", "July 4 2026 11:30 am", datetime(2026, 7, 4, 11, 30)):
        row = maker.typed(record, Starts=typed, Name="Ada")
        starts = next(each for each in row.typed if each.field == "starts")
        assert (starts.value, starts.before) == ("2026-07-04T11:30:00+02:00", ())


def test_a_tally_typed_over_is_the_difference(maker):
    record = maker.thing(heads=12, name="Ada")
    found = one(maker.typed(record, Heads=15))
    assert (found.value, found.before, found.displayed) == (3, (12,), frozenset())
    assert found.shown == {record.standing["heads"][0].write.id}
    assert one(maker.typed(record, Heads=None)).value == -12
    assert maker.typed(record, Heads=12.0).untouched


def test_what_was_said_is_never_altered(maker):
    record = maker.thing(said="The road floods", name="Ada")
    added = one(maker.typed(record, Said="The road floods\nEvery spring"))
    assert (added.value, added.displayed) == ("Every spring", frozenset())
    assert one(maker.typed(record, Said="The bridge floods")).value == "The bridge floods"
    emptied = maker.typed(record, Said=None)
    assert emptied.typed == ()
    assert emptied.remarks == ("Said: what was said stays, though its cell was emptied",)


def test_an_element_typed_over(maker):
    record = maker.thing(phones=[{"number": "828 555 0112", "kind": "mobile"}, {"number": "828 555 0113"}], name="Ada")
    found = one(maker.typed(record, Phones="828 555 0112 (Mobile); 828 555 0199 (Work, no texts)"))
    assert found.element == elements(record, "phones")[1]
    assert found.value == {"number": "828 555 0199", "kind": "work", "text_ok": False}
    assert found.displayed == {record.standing["phones"][1].write.id}


def test_an_element_removed_and_one_added(maker):
    record = maker.thing(emails=["a@b.example", "c@d.example"])
    gone = one(maker.typed(record, **{"E-mails": "c@d.example"}))
    assert (gone.element, gone.value) == (elements(record, "emails")[0], None)
    new = one(maker.typed(record, **{"E-mails": "a@b.example; c@d.example; e@f.example"}))
    assert new.value == "e@f.example"
    assert new.element not in elements(record, "emails")
    assert new.shown == frozenset()
    again = one(maker.typed(record, **{"E-mails": "a@b.example\nc@d.example\ne@f.example"}))
    assert again.element == new.element


def test_an_element_put_in_again_after_it_was_taken_out(maker):
    record = maker.thing(emails=["a@b.example"])
    added = one(maker.typed(record, **{"E-mails": "a@b.example; e@f.example"}))
    gone = WriteId(b"o" * 16, 41)
    slot = Slot("things", record.view.id, "emails", added.element)
    emptied = Stamped(Write(gone, slot, None), 1, "Ben Poe", b"d" * 16, "live", WriteId(b"o" * 16, 40))
    standing = {"emails": (*record.standing["emails"], emptied)}
    later = Leaving(record.view, standing)
    assert maker.read(maker.written(later)).rows[0].untouched
    again = one(maker.typed(later, **{"E-mails": "a@b.example; e@f.example"}))
    assert (again.element, again.shown, again.displayed) == (added.element, {gone}, {gone})


def test_a_list_emptied(maker):
    record = maker.thing(emails=["a@b.example", "c@d.example"], name="Ada")
    row = maker.typed(record, **{"E-mails": None})
    assert [(each.element, each.value) for each in row.typed] == [(each, None) for each in elements(record, "emails")]


def test_an_untouched_element_still_teaches(maker):
    record = maker.thing(emails=["a@b.example", "c@d.example"])
    row = maker.typed(record, **{"E-mails": "a@b.example; x@y.example"})
    assert [each.write.value for each in row.taught()] == ["a@b.example"]


def test_choices_by_their_columns(maker):
    record = maker.thing(needs=["food"], name="Ada")
    found = maker.typed(record, **{"Needs: Child care": 1, "Needs: Food": 0})
    assert {(each.value, bool(each.shown)) for each in found.typed} == {("child_care", False), (None, True)}
    by_list = maker.typed(record, Needs="Child care")
    assert {(each.element, each.value) for each in by_list.typed} == {
        (each.element, each.value) for each in found.typed
    }
    both = maker.typed(record, Needs="Child care", **{"Needs: Child care": 1, "Needs: Food": 0})
    assert {each.value for each in both.typed} == {None, "child_care"}
    torn = maker.typed(record, Needs="Child care", **{"Needs: Stipend": 1})
    assert torn.set_aside == "Needs: the list and its columns of 0 and 1 do not say the same"
    assert one(maker.typed(maker.thing(name="Ben"), **{"Needs: Stipend": "x"})).value == "stipend"


def test_a_choice_by_its_code_is_the_same_choice(maker):
    record = maker.thing(needs=["food", "child_care"], name="Ada")
    assert maker.typed(record, Needs="child_care; FOOD").untouched


def test_a_reference_typed_over(maker):
    library, hall = maker.place("Library"), maker.place("Fire hall")
    record = maker.thing(name="Ada", place=library.view.id, places=[library.view.id])

    def typed(text: Any, heading: str = "Place") -> Any:
        def edit(book: Any) -> None:
            sheet = book["Things"]
            heads = {cell.value: cell.column for cell in sheet[1]}
            sheet.cell(2, heads[heading]).value = text

        content = maker.written(record, library, hall)
        return next(row for row in maker.edited(content, edit).rows if row.kind == "things")

    assert one(typed(f"Whatever it is called [{hall.view.code}]")).value == hall.view.id
    assert one(typed("fire HALL")).value == hall.view.id
    assert {each.value for each in typed("Fire hall", "Places").typed} == {None, hall.view.id}
    assert typed(f"Renamed since [{library.view.code}]").untouched
    assert "is not known" in str(typed("Town hall").set_aside)
    assert typed("Fire hall [AAAAAAA]").set_aside == "Place: the code in brackets is not right"


def test_a_conflict_stays_while_another_cell_is_typed(maker):
    record = maker.thing(name="Ada", zip="28713")
    row = maker.typed(record, ZIP="28714")
    assert [each.write.value for each in row.taught()] == ["Ada"]
    assert row.cells["name"] == {each.write.id for each in record.standing["name"]}
    assert row.cells["zip"] == {each.write.id for each in record.standing["zip"]}
    assert row.cells["story"] == frozenset()


def test_an_error_is_no_emptying(maker):
    record = maker.thing(name="Ada", zip="28713", story="One")

    def edit(book: Any) -> None:
        cell = book["Things"]["A2"]
        cell.value, cell.data_type = "#REF!", "e"

    row = maker.edited(maker.written(record), edit).rows[0]
    assert row.set_aside == "Name: its cell holds an error or a formula without its result"

    def formula(book: Any) -> None:
        book["Things"]["A2"].value = "=B2"

    assert maker.edited(maker.written(record), formula).rows[0].set_aside is not None


def test_ids_of_what_was_typed_do_not_depend_on_the_reader(maker):
    content = maker.written(maker.thing(name="Ada"))

    def edit(workbook: Any) -> None:
        workbook["Things"].append(["Ben"])

    first, second = (maker.edited(content, edit).rows[1] for _reader in range(2))
    assert (first.record, first.typed) == (second.record, second.typed)
    assert first.basis is Basis.NEW
    assert first.typed[0].shown == frozenset()


LINES = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=20)
EDITS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from(["Name", "Story", "Website", "Seats"])), st.none() | LINES, max_size=6
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, st.permutations(range(5)))
def test_any_edits_and_any_order_of_rows(maker, edits, order):
    maker = type(maker)()  # a fresh one for each example
    before = {"Name": "Person", "Story": "A story", "Website": "a.example", "Seats": 12}
    things = [
        maker.thing(name=f"Person {n}", story="A story", site="a.example", seats=12, zip="02139") for n in range(5)
    ]
    edits = {(n, head): 7 if head == "Seats" and typed else typed for (n, head), typed in edits.items()}

    def edit(book: Any) -> None:
        sheet = book["Things"]
        head, *rows = [[cell.value for cell in row] for row in sheet]
        for (number, heading), typed in edits.items():
            rows[number][head.index(heading)] = typed
        sheet.delete_rows(1, sheet.max_row)
        for row in [head, *(rows[number] for number in order)]:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type

    book = maker.edited(maker.written(*things), edit)
    found = {}
    for row, number in zip(book.rows, order, strict=True):
        assert row.record == things[number].view.id
        assert row.set_aside is None
        for typed in row.typed:
            found[number, {"site": "Website"}.get(typed.field, typed.field.capitalize())] = typed.value
    expected = {}
    for (number, heading), typed in edits.items():
        was = f"Person {number}" if heading == "Name" else before[heading]
        if canonical(typed) != canonical(was):
            expected[number, heading] = meant(typed)
    assert found == expected


def meant(typed: Any) -> Any:
    """What a typed text or number means."""
    if isinstance(typed, str):
        return typed.strip(" \t\n\xa0") if canonical(typed) else None
    return typed
