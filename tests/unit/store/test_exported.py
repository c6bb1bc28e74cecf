"""A workbook takes along every write behind every cell, and what its maker knew beyond what is shown."""

from outreach_app.journal.changes import Horizon
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
    [exported] = ada.exported(ada.list("people"))
    assert sorted(each.write.value for each in exported.standing["name"]) == ["A", "B"]
    assert len(exported.standing["phones"]) == 2
    assert {each.number for each in exported.dead} == {0}  # the undo's own: no run tells of it
    held = {each.write.id for journal in ada.journals([record]).values() for each in journal.writes}
    runs = Horizon(ada.known())
    shown = {each.write.id for writes in exported.standing.values() for each in writes}
    assert all(runs.covers(each) or each in exported.dead or each in shown for each in held)
    assert cora.exported([]) == []
