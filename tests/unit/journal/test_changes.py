"""A change says how far it reaches in its run, and what it touched."""

from outreach_app.journal.changes import Change, Changes, Slot, Write, WriteId

RUN = b"r" * 16


def test_its_writes_take_the_numbers_after_its_own() -> None:
    writes = tuple(Write(WriteId(RUN, 5 + at), Slot("people", "p", "name"), "Ada") for at in range(3))
    change = Change(WriteId(RUN, 4), "everyone", "Ada", bytes(16), 9, "live", "edit", writes)
    assert change.last == 7
    assert [(each.write.id.number, each.clock, each.change) for each in change.stamped()] == [
        (number, 9, change.id) for number in (5, 6, 7)
    ]


def test_what_a_verb_touched_is_told_by_kind() -> None:
    records = {"people": frozenset({"p"}), "links": frozenset({"l"})}
    assert Changes("join", None, records).kinds == {"people", "links"}
    assert Changes("look", None).kinds == frozenset()
