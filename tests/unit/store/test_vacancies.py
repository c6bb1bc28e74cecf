"""A record is of the kind it began as, and a row that nothing speaks for is taken away, in whatever order all came."""

import random
from itertools import permutations

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.model.identifiers import digest_of, new_id
from outreach_app.store.clusters import link_id, link_values
from outreach_app.store.journals import digested
from outreach_app.store.shipping import State
from outreach_app.store.stores import Store
from tests.helpers.doings import read_back, workbook
from tests.helpers.memories import all_changes, all_shown


def said(kind: str, record: str, clock: int, **values: object) -> Change:
    """A change in a run of its own that writes one record."""
    run = digest_of("run", kind, record, str(clock), *map(str, values.values()))[:16]
    writes = tuple(
        Write(WriteId(run, number), Slot(kind, record, name), value, (), b"s" * 16)
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return digested(Change(WriteId(run, 1), "everyone", "Eve", b"D" * 16, clock, "live", "x", writes))


def gone_back(store: Store, change: Change) -> None:
    """What a change says is set back, as after its laptop was given up."""
    with store._changing() as connection:
        store._set_back(connection, {change.id.run: 0}, State.HELD)


class TestKind:
    @pytest.mark.parametrize("order", [*permutations(range(4))][::3])
    def test_a_record_is_of_the_kind_it_began_as_whatever_else_is_written_under_its_id(
        self, laptop: Store, order: tuple[int, ...]
    ) -> None:
        record = new_id()
        changes = [
            said("people", record, 10, name="Ada"),
            said("people", record, 12, town="Cherokee"),
            said("events", record, 11, name="Fair"),
            said("organizations", record, 13, name="Clinic"),
        ]
        for place in order:
            laptop.apply([changes[place]])
            assert laptop.check().healthy
        laptop.catch_up()
        assert [view.id for view in laptop.list("people")] == [record]
        assert (laptop.list("events"), laptop.list("organizations")) == ([], [])
        assert (found := laptop.get("people", record)) is not None
        assert (found.title, found.values["town"]) == ("Ada", "Cherokee")
        assert ([*laptop.find("fair")], [each.id for each in laptop.find("ada")]) == ([], [record])
        before = all_shown(laptop)
        laptop.rebuild()
        assert all_shown(laptop) == before

    def test_what_a_record_seemed_to_be_leaves_nothing_behind(self, laptops: list[Store]) -> None:
        late, early = laptops[:2]
        record, event = new_id(), new_id()
        began = said("people", record, 1, name="Ada Crowe", phones=None)
        seemed = said("events", record, 2, name="Fair", date="2026-07-04")
        beside = said("feedback", event, 3, event=record, said="Too far")
        for change in (seemed, beside):
            late.apply([change])
        late.catch_up()
        late.apply([began])
        early.apply([began, seemed, beside])
        for store in (late, early):
            store.catch_up()
            assert store.check().healthy
        assert all_shown(late) == all_shown(early)
        assert [view.title for view in late.list("feedback")] == [view.title for view in early.list("feedback")]

    def test_of_a_link_that_turns_out_to_be_another_thing_both_ends_part(self, laptop: Store) -> None:
        one, other = sorted((new_id(), new_id()))
        laptop.apply([said("people", one, 1, name="Ada"), said("people", other, 2, name="Ada C.")])
        laptop.apply([said("links", link_id(one, other), 5, **link_values("people", one, other, "same"))])
        assert len(laptop.list("people")) == 1
        laptop.apply([said("events", link_id(one, other), 4, name="Fair")])
        assert len(laptop.list("people")) == 2
        assert laptop.check().healthy


class TestSettingBack:
    def test_a_record_of_which_nothing_is_left_has_no_row_and_none_shows_its_title(self, laptop: Store) -> None:
        event, feedback = new_id(), new_id()
        made = said("events", event, 1, name="Fair")
        laptop.apply([made, said("feedback", feedback, 2, event=event, said="Too far")])
        laptop.catch_up()
        gone_back(laptop, made)
        laptop.catch_up()
        assert laptop.list("events") == []
        assert [*laptop.find("fair")] == []
        assert laptop.check().healthy
        laptop.apply([made])
        laptop.catch_up()
        assert laptop.check().healthy
        assert {each.id for each in laptop.find("fair")} == {event, feedback}

    def test_a_join_that_is_set_back_parts_its_two(self, laptop: Store) -> None:
        one, other = sorted((new_id(), new_id()))
        join = said("links", link_id(one, other), 3, **link_values("people", one, other, "same"))
        laptop.apply([said("people", one, 1, name="Ada"), said("people", other, 2, name="Ada C."), join])
        assert len(laptop.list("people")) == 1
        gone_back(laptop, join)
        assert len(laptop.list("people")) == 2
        assert laptop.check().healthy

    def test_an_undone_workbook_counts_again_where_the_undo_is_set_back(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        with ada.writing("make_people") as draft:
            record = draft.new("people", {"name": "Ada"})
        book, _ = workbook(ada, random.Random(3))
        read = read_back(ben, (book, [(Slot("people", record, "name"), "Ada Crowe")]))
        assert read is not None
        with ben.reading():
            pass
        ben.undo(read)
        undo = max(all_changes(ben), key=lambda change: change.clock)
        assert undo.undoes == read
        ben_before = all_shown(ben)
        with ben._changing() as connection:
            ben._set_back(connection, {undo.id.run: undo.id.number - 1}, State.HELD)
        assert ben.check().healthy
        assert all_shown(ben) != ben_before
        shown = all_shown(ben)
        ben.rebuild()
        assert all_shown(ben) == shown


@pytest.mark.parametrize("order", [*permutations(range(4))][::3])
def test_of_a_ring_the_row_shows_what_the_journal_does(laptop: Store, order: tuple[int, ...]) -> None:
    record = new_id()
    slot = Slot("people", record, "name")
    made = said("people", record, 1, name="Ada", town="Cherokee")
    ids = [WriteId(bytes([at]) * 16, 2) for at in (1, 2)]
    ring = [
        digested(
            Change(
                WriteId(own.run, 1), "everyone", "Eve", b"D" * 16, clock, "live", "x",
                (Write(own, slot, name, (made.writes[0].id, other), b"s" * 16),),
            )
        )
        for clock, own, other, name in ((2, *ids, "Bo"), (3, *reversed(ids), "Cy"))
    ]  # fmt: skip
    moved = said("people", record, 4, town="Sylva")
    for place in order:
        laptop.apply([[made, *ring, moved][place]])
        assert laptop.check().healthy
    assert standing_names(laptop, record) == {"Ada", "Bo", "Cy"}
    assert {each.field for each in laptop.decisions() if each.what == "conflict"} == {"name", "town"}


def standing_names(store: Store, record: str) -> set[object]:
    return {each.write.value for each in store.standing([record])[record] if each.write.slot.field == "name"}
