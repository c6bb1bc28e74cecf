"""A workbook takes along every write behind every cell, and what its maker knew beyond what is shown."""

import json

from outreach_app.journal.changes import Horizon
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes


def test_every_standing_write_by_field_and_what_is_dead_beyond_the_horizon(laptops: list[Store]) -> None:
    ada, ben, cora = laptops
    with ada.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada", "phones": [{"number": "1"}, {"number": "2"}]})
    ben.apply(all_changes(ada))
    changes = []
    for store, name in ((ada, "A"), (ben, "B")):
        with store.writing("edit_people") as draft:
            draft.set("people", record, "name", name)
        changes.append(draft.changes.change)
    assert changes[1] is not None
    undo = ben.undo(changes[1]).change
    assert undo is not None
    ben.undo(undo)
    ada.apply(all_changes(ben))
    [exported] = ada.exported("people")
    assert sorted(each.write.value for each in exported.standing["name"]) == ["A", "B"]
    assert len(exported.standing["phones"]) == 2
    assert {each.number for each in exported.dead} == {0}  # the undo's own: no run tells of it
    held = {each.write.id for journal in ada.journals([record]).values() for each in journal.writes}
    runs = Horizon(ada.known())
    shown = {each.write.id for writes in exported.standing.values() for each in writes}
    assert all(runs.covers(each) or each in exported.dead or each in shown for each in held)
    assert list(cora.exported("people")) == []


def test_what_one_change_wrote_is_told_by_the_change(laptops: list[Store]) -> None:
    ada, ben, _cora = laptops
    with ada.writing("make_people") as draft:
        draft.new("people", {"name": "Nobody"})
        record = draft.new("people", {"name": "Ada", "phones": [{"number": "1"}, {"number": "2"}], "zip": "02139"})
    ben.apply(all_changes(ada))
    for store in (ada, ben):
        exported = next(each for each in store.exported("people") if each.view.id == record)
        begun = exported.begun
        assert begun is not None
        assert begun.record == id_bytes(record)
        assert begun.code == exported.view.code
        writes = sorted((each for own in exported.standing.values() for each in own), key=lambda each: each.write.id)
        assert begun.names.split(",") == [each.write.slot.field for each in writes]
        assert begun.elements == "".join(each.write.slot.element for each in writes)
        for place, each in enumerate(writes):
            assert each.change == begun.stamp[:2]
            assert each.write.id == (begun.stamp[0], begun.stamp[1] + begun.at + place)
            assert (each.clock, each.author, each.device, each.source) == begun.stamp[2:]
        names = [each.name for each in store.registry["people"].fields]
        held = dict(zip(names, begun.columns, strict=True))
        assert held["zip"] == "02139"
        assert json.loads(held["phones"]) == exported.view.values["phones"]
        assert (exported.dead, exported.heard) == (frozenset(), [])


def test_what_was_written_to_again_is_told_by_the_rules(laptops: list[Store]) -> None:
    ada, ben, _cora = laptops
    made = {}
    for name in ("as made", "of a newer program", "edited", "added to", "emptied", "deleted", "undone"):
        more = {"shoe_size": 9} if name == "of a newer program" else {}
        with ada.writing("make_people") as draft:
            made[draft.new("people", {"name": name, "zip": "02139", **more})] = name
    undone = draft.changes.change
    assert undone is not None
    ada.undo(undone)
    by_name = {name: record for record, name in made.items()}
    for name, field, value in (("edited", "name", "B"), ("added to", "town", "Alarka"), ("emptied", "zip", None)):
        with ada.writing("edit_people") as draft:
            draft.set("people", by_name[name], field, value)
    with ada.writing("delete") as draft:
        draft.delete("people", by_name["deleted"])
    ben.apply(all_changes(ada))
    for store in (ada, ben):
        assert [made[each.view.id] for each in store.exported("people") if each.begun] == ["as made"]


def test_only_some_are_read_where_only_some_are_asked_for(laptops: list[Store]) -> None:
    with laptops[0].writing("make_people") as draft:
        made = [draft.new("people", {"name": f"Person {number}"}) for number in range(900)]
    wanted = {made[3], made[850]}
    assert [each.view.id for each in laptops[0].exported("people", wanted)] == [made[3], made[850]]
    assert [each.view.id for each in laptops[0].exported("people")] == made
