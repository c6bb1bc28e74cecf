"""What the journal holds of one record, as it is put together."""

from outreach_app.journal.changes import Horizon, Slot, Stamped, Write, WriteId
from outreach_app.store.record_journals import ShownRows, taught_journal

RUN = bytes(16)
RECORD = "00000000-0000-4000-8000-000000000001"
ONE, TWO = WriteId(RUN, 2), WriteId(RUN, 3)
FAR = Horizon({RUN: 9})


def taught(write: WriteId, name: str, value: object = "Ada", struck: bytes = b"", clock: int = 5) -> Stamped:
    made = Write(write, Slot("people", RECORD, name), value, (), b"salt", struck)
    return Stamped(made, clock, "Ada Crowe", b"d" * 16, "live", WriteId(RUN, 1))


def test_a_workbook_that_shows_all_it_teaches_lets_go_of_nothing() -> None:
    said = [taught(ONE, "name", clock=7), taught(TWO, "town", {"b": 1, "a": 2})]
    journal = taught_journal(said, FAR, {"name": frozenset({ONE}), "town": frozenset({TWO}), "notes": frozenset()})
    assert not journal.cells
    assert [each.write.id for each in journal.standing()] == [ONE, TWO]
    assert list(journal.writes[1].write.value) == ["a", "b"]  # as it will be read back
    span = journal.kinds["people"]
    assert (span.made.clock, span.made.number, span.changed_at) == (5, 3, 7)


def test_what_a_workbook_teaches_and_does_not_show_is_let_go_of() -> None:
    journal = taught_journal(
        [taught(ONE, "name"), taught(TWO, "town")], FAR, {"name": frozenset({ONE, TWO}), "town": frozenset()}
    )
    assert [each.write.id for each in journal.standing()] == [ONE]


def test_what_a_workbook_says_nothing_of_stands() -> None:
    journal = taught_journal([taught(ONE, "name")], FAR, {})
    assert [each.write.id for each in journal.standing()] == [ONE]


def test_a_value_that_was_struck_out_is_not_taken_from_a_workbook() -> None:
    assert taught_journal([taught(ONE, "name", struck=b"h" * 32)], FAR, {}).writes[0].write.value is None


def test_what_a_workbook_showed_is_held_by_record_and_told_by_cell() -> None:
    told = {("a", "name"): frozenset({ONE}), ("a", "town"): frozenset[WriteId](), ("b", "name"): frozenset({TWO})}
    shown = ShownRows.of(told)
    assert shown == told
    assert len(shown) == 3
    assert shown.records["b"] == {"name": frozenset({TWO})}
    assert ShownRows.of(shown) is shown
