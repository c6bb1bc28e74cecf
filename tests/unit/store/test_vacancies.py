"""A record is a kind and an id, and a row that nothing speaks for is taken away, in whatever order all came."""

import random
from itertools import permutations

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.model.identifiers import digest_of, new_id
from outreach_app.operations.duplicates import look_at_new
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
        Write(WriteId(run, number), Slot(kind, record, *name.split("__")), value, (), b"s" * 16)
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return digested(Change(WriteId(run, 1), "everyone", "Eve", b"D" * 16, clock, "live", "x", writes))


def gone_back(store: Store, change: Change) -> None:
    """What a change says is set back, as after its laptop was given up."""
    with store._changing() as connection:
        store._set_back(connection, {change.id.run: 0}, State.HELD)


class TestKind:
    @pytest.mark.parametrize("order", [*permutations(range(4))][::3])
    def test_nobody_takes_a_record_by_writing_something_of_another_kind_under_its_id(
        self, laptop: Store, order: tuple[int, ...]
    ) -> None:
        record = new_id()
        changes = [
            said("people", record, 10, name="Ada", phones__1={"number": "828 555 0100"}),
            said("people", record, 12, town="Cherokee"),
            said("events", record, 1, name=None),
            said("organizations", record, 11, name="Ada Clinic"),
        ]
        for place in order:
            laptop.apply([changes[place]])
            assert laptop.check().healthy
        laptop.catch_up()
        assert [view.id for view in laptop.list("people")] == [view.id for view in laptop.list("organizations")]
        assert laptop.list("events") == []
        assert (found := laptop.get("people", record)) is not None
        assert (found.title, found.values["town"], found.made_at) == ("Ada", "Cherokee", 10)
        assert {(each.kind, each.id) for each in laptop.find("ada")} == {("people", record), ("organizations", record)}
        before = all_shown(laptop)
        laptop.rebuild()
        assert all_shown(laptop) == before
        for gone, left in ((changes[3], ["people"]), (changes[0], ["people"]), (changes[1], [])):
            gone_back(laptop, gone)
            laptop.catch_up()
            assert laptop.check().healthy
            assert [kind for kind in ("people", "organizations") if laptop.list(kind)] == left

    def test_who_is_found_to_be_the_same_is_of_one_kind(self, laptop: Store) -> None:
        one, other = sorted((new_id(), new_id()))
        for record in (one, other):
            laptop.apply([said("people", record, 1, name="Ada Crowe", emails__1="ada@example.org")])
            laptop.apply([said("organizations", record, 1, name="Ada Crowe", emails__1="ada@example.org")])
        look_at_new(laptop)
        assert {each.kind for each in laptop.decisions() if each.what == "duplicate"} == {"people", "organizations"}

    def test_of_another_kind_under_the_id_of_a_link_the_link_stays(self, laptop: Store) -> None:
        one, other = sorted((new_id(), new_id()))
        laptop.apply([said("people", one, 1, name="Ada"), said("people", other, 2, name="Ada C.")])
        laptop.apply([said("events", link_id(one, other), 4, name="Fair")])
        join = said("links", link_id(one, other), 5, **link_values("people", one, other, "same"))
        laptop.apply([join])
        assert len(laptop.list("people")) == 1
        gone_back(laptop, join)
        assert (len(laptop.list("people")), len(laptop.list("events"))) == (2, 1)
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

    def test_a_link_that_turns_out_to_join_others_parts_the_first(self, laptop: Store) -> None:
        people = [new_id() for _ in range(4)]
        for place, record in enumerate(people):
            laptop.apply([said("people", record, place + 1, name=f"Ada {place}")])
        link = new_id()
        first = said("links", link, 5, **link_values("people", *people[:2], "same"))
        laptop.apply([first])
        assert len(laptop.list("people")) == 3
        later = said("links", link, 6, **link_values("people", *people[2:], "same"))
        laptop.apply([later])
        assert laptop.check().healthy
        assert laptop.joined("people") == {people[3]: people[2]}
        gone_back(laptop, later)
        assert laptop.check().healthy
        assert laptop.joined("people") == {people[1]: people[0]}

    def test_an_odd_clock_is_noted_no_longer_where_what_it_was_of_is_set_back(self, laptop: Store) -> None:
        made = said("people", new_id(), 1, name="Ada")
        laptop.apply([made])
        assert [each.what for each in laptop.decisions()] == ["clock"]
        gone_back(laptop, made)
        assert laptop.decisions() == []

    def test_an_undone_workbook_counts_again_where_the_undo_is_set_back(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        with ada.writing("make_people") as draft:
            record = draft.new("people", {"name": "Ada"})
        book, _ = workbook(ada, random.Random(3))
        read = read_back(ben, (book, [(Slot("people", record, "name"), "Ada Crowe")]))
        assert read is not None
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
