"""Every row is accounted for."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.sheets.accounts import CHANGED, NEW, OUTCOMES, SAME, Account, FileAccount, in_short


def account() -> Account:
    one, two = FileAccount("one.xlsx"), FileAccount("two.xlsx")
    for outcome in (NEW, NEW, SAME):
        one.note("people", outcome)
    one.put_aside("people", "People", 7, "Phones: some of its digits are gone")
    two.note("people", CHANGED)
    two.note("events", SAME)
    two.remarks.append("Notes: what was said stays")
    return Account([one, two, FileAccount("three.xlsx", error="The file is empty.")])


def test_as_json():
    figures = {"read": 4, "new": 2, "changed": 0, "same": 1, "set_aside": 1}
    made = account().to_json()
    assert json.loads(json.dumps(made)) == made
    assert made["files"][0] == {
        "file": "one.xlsx",
        "error": None,
        "rows": {"people": figures},
        "set_aside": [{"sheet": "People", "row": 7, "reason": "Phones: some of its digits are gone"}],
    }
    assert made["files"][2] == {"file": "three.xlsx", "error": "The file is empty.", "rows": {}, "set_aside": []}
    assert made["total"]["people"] == {"read": 5, "new": 2, "changed": 1, "same": 1, "set_aside": 1}
    assert list(made) == ["files", "total"]
    assert [each.file for each in account().failed] == ["three.xlsx"]
    assert account().anything_new


def test_as_people_read_it():
    words = account().in_words()
    for part in (
        "People, row 7: Phones: some of its digits are gone",
        "three.xlsx: The file is empty.",
        "what was said stays",
    ):
        assert part in words
    assert in_short(account(), "en") == "6 read: 2 new, 1 changed, 2 the same, 1 set aside"


@given(st.lists(st.tuples(st.sampled_from(["people", "events"]), st.sampled_from(OUTCOMES)), max_size=30))
def test_the_figures_add_up(rows: list[tuple[str, Any]]):
    files = [FileAccount("one.xlsx"), FileAccount("two.xlsx")]
    for place, (kind, outcome) in enumerate(rows):
        files[place % 2].note(kind, outcome)
    total = Account(files).to_json()["total"]
    assert sum(figures["read"] for figures in total.values()) == len(rows)
    for figures in total.values():
        assert figures["read"] == sum(figures[name] for name in OUTCOMES)
