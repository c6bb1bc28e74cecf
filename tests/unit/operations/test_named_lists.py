"""Named lists: kept whole, one under each name, travelling as records do; columns are this laptop's own."""

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.filters import Condition, How
from outreach_app.operations.named_lists import (
    NamedList,
    columns_shown,
    named_lists,
    remove_list,
    save_list,
    show_columns,
)
from outreach_app.operations.records import undo_last
from outreach_app.store.stores import Store

SYLVA = NamedList("Sylva", "people", (Condition("town", How.HOLDS, ("Sylva",)),), ("name", "town"), "-town")


def unnamed(found: NamedList) -> NamedList:
    return NamedList(found.name, found.kind, found.conditions, found.columns, found.sorted_by)


def test_a_list_is_kept_under_its_name_replaced_removed_and_brought_back(laptop: Store) -> None:
    record, _changes = save_list(laptop, SYLVA)
    save_list(laptop, NamedList("Almond", "people"))
    save_list(laptop, NamedList("Sylva", "events"))
    assert [unnamed(each) for each in named_lists(laptop, "people")] == [NamedList("Almond", "people"), SYLVA]
    again, _changes = save_list(laptop, NamedList(" sylva ", "people", sorted_by="town"))
    assert again == record
    assert [each.sorted_by for each in named_lists(laptop, "people")] == ["", "town"]
    remove_list(laptop, record)
    assert [each.name for each in named_lists(laptop, "people")] == ["Almond"]
    undo_last(laptop)
    assert len(named_lists(laptop, "people")) == 2
    with pytest.raises(BadInput):
        save_list(laptop, NamedList("  ", "people"))


def test_what_a_newer_program_kept_is_left_out(laptop: Store) -> None:
    with laptop.writing("newer") as draft:
        draft.new(
            "named_lists",
            {"name": "New", "of_kind": "people", "conditions": '[["aura", "is", "red"]]', "columns": '["aura", "town"]',
             "sorted_by": "aura"},
        )  # fmt: skip
        draft.new("named_lists", {"name": "Torn", "of_kind": "people", "conditions": "{", "columns": "7"})
    assert [unnamed(each) for each in named_lists(laptop, "people")] == [
        NamedList("New", "people", (), ("town",)),
        NamedList("Torn", "people"),
    ]


def test_columns_are_chosen_for_each_kind(laptop: Store) -> None:
    assert columns_shown(laptop, "people") == ()
    show_columns(laptop, "people", ("town", "name", "aura"))
    assert columns_shown(laptop, "people") == ("town", "name")
    assert columns_shown(laptop, "events") == ()
