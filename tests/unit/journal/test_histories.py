"""A record's history tells who, when, what from and what to."""

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.journal.histories import history
from outreach_app.journal.standing import standing
from outreach_app.model.fields import Rule

RUN = b"r" * 16


def rule(_kind: str, _field: str) -> Rule:
    return Rule.VALUE


def stamped(number: int, value: str | None, *replaces: int, author: str = "Ada", clock: int = 0) -> Stamped:
    gone = tuple(WriteId(RUN, each) for each in replaces)
    write = Write(WriteId(RUN, number), Slot("people", "p", "name"), value, gone)
    return Stamped(write, clock or number, author, bytes(16), "live", WriteId(RUN, number - 1))


def test_newest_first_with_what_it_was_before_and_whether_it_stands() -> None:
    writes = [stamped(2, "Ada"), stamped(4, "Bo", 2, author="Ben"), stamped(6, "Cy", 2, 99)]
    lines = history(writes, standing(writes, {}), rule)
    assert [(line.author, line.before, line.after, line.stands) for line in lines] == [
        ("Ada", ("Ada",), "Cy", True),
        ("Ben", ("Ada",), "Bo", True),
        ("Ada", (), "Ada", False),
    ]
    assert [line.clock for line in lines] == [6, 4, 2]
    assert [line.change for line in lines] == [WriteId(RUN, 5), WriteId(RUN, 3), WriteId(RUN, 1)]


def test_the_same_write_told_twice_is_one_line() -> None:
    assert len(history([stamped(2, "Ada"), stamped(2, "Ada")], [], rule)) == 1
