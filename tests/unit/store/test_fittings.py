"""A value of a form that this program does not know is kept and passed on, and stops nothing."""

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.store.journals import digested
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, all_shown

PERSON = "01a200f2-9075-7d97-91ec-fc63c0ab38f4"
ELEMENT = "00000000000000aa"


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (Slot("people", PERSON, "phones", ELEMENT), "828 555 0112"),
        (Slot("people", PERSON, "emails", ELEMENT), {"address": "a@b.example"}),
        (Slot("people", PERSON, "met_at", ELEMENT), {"event": "x"}),
        (Slot("people", PERSON, "name"), {"given": "Ada"}),
        (Slot("people", PERSON, "town"), True),
        (Slot("people", PERSON, "sheet_page"), 2**70),
        (Slot("people", PERSON, "sheet_page"), "2"),
        (Slot("people", PERSON, "deleted"), {}),
        (Slot("people", PERSON, "deleted"), {"saw": {"no run": [1]}}),
        (Slot("people", PERSON, "deleted"), {"saw": [1]}),
        (Slot("events", PERSON, "starts"), 7),
        (Slot("events", PERSON, "others_here"), 2**70),
        (Slot("sign_ins", PERSON, "person"), 5),
        (Slot("feedback", PERSON, "verbatim"), 5),
    ],
)
def test_an_odd_value_is_kept_and_stops_nothing(laptops: list[Store], slot: Slot, value: object) -> None:
    ada, ben, _cora = laptops
    run = b"o" * 16
    salt = b"s" * 16
    known = Write(WriteId(run, 2), Slot(slot.kind, PERSON, "notes"), "Known.", (), salt)
    odd = Write(WriteId(run, 3), slot, value, (), salt)  # type: ignore[arg-type]  # as a newer program may
    change = digested(Change(WriteId(run, 1), "everyone", "Zed", b"z" * 16, 5, "live", "make", (known, odd)))
    assert ada.apply([change]).new == 1
    ben.apply(all_changes(ada))
    assert ben.check().healthy
    assert ben.decisions() is not None
    view = ben.get(slot.kind, PERSON)
    assert view is not None
    assert not view.values.get(slot.field)
    assert change in all_changes(ben)
    assert all_shown(ada) == all_shown(ben)


@pytest.mark.parametrize(
    ("kind", "field", "true", "odd"),
    [
        ("feedback", "verbatim", "The road floods", 7),
        ("people", "name", "Ada", {"given": "Ada"}),
        ("events", "others_here", 2, 2**63 - 1),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_an_odd_value_hides_none_that_fits(
    laptop: Store, kind: str, field: str, true: object, odd: object, later: bool
) -> None:
    with laptop.writing("make") as draft:
        record = draft.new(kind, {field: true})
    at = max(change.clock for change in all_changes(laptop)) + (1 if later else -1)
    write = Write(WriteId(b"o" * 16, 2), Slot(kind, record, field), odd, (), b"s" * 16)  # type: ignore[arg-type]
    laptop.apply([digested(Change(WriteId(b"o" * 16, 1), "everyone", "Zed", b"z" * 16, at, "live", "x", (write,)))])
    view = laptop.get(kind, record)
    assert view is not None
    assert view.values[field] == true
    assert not [each for each in laptop.decisions() if each.what == "conflict"]
    assert laptop.check().healthy


def test_an_odd_value_among_several_that_fit_hides_none_of_them(laptop: Store) -> None:
    """A note and its correction; presses, of which some are more than anybody counts at once."""
    with laptop.writing("make") as draft:
        person = draft.new("people", {"notes": "Allergic to nuts"})
        event = draft.new("events", {"others_here": 3})
    with laptop.writing("correct") as draft:
        draft.append("people", person, "notes", "Not to nuts: to penicillin")
    odd = [
        (Slot("people", person, "notes"), 7),
        *((Slot("events", event, "others_here"), press) for press in (5 * 10**8, True, 6 * 10**8, -6 * 10**8)),
    ]
    for at, (slot, value) in enumerate(odd):
        run = bytes([at]) * 16
        write = Write(WriteId(run, 2), slot, value, (), b"s" * 16)  # type: ignore[arg-type]
        laptop.apply([digested(Change(WriteId(run, 1), "everyone", "Zed", b"z" * 16, 5, "live", "x", (write,)))])
        views = laptop.get("people", person), laptop.get("events", event)
        assert all(view is not None for view in views)
        assert [view.values[name] for view, name in zip(views, ("notes", "others_here"), strict=True) if view] == [
            "Allergic to nuts\nNot to nuts: to penicillin",
            3,
        ]
    assert laptop.check().healthy
