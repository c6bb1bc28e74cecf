"""What goes into the journal comes out of it as it went in, whatever came before or after."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import change_digest, derived_write
from outreach_app.model.identifiers import digest_of, id_bytes, new_id
from outreach_app.store.journals import Journal, digested
from outreach_app.store.record_journals import beginnings
from outreach_app.store.setbacks import set_back
from outreach_app.store.shipping import State
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings, as_told, read_back, send, workbook
from tests.helpers.memories import all_changes, all_shown

RUN, BOOK = b"r" * 16, b"b" * 16


def person(store: Store, name: str, **values: object) -> str:
    with store.writing("make_people") as draft:
        return draft.new("people", {"name": name, **values})


def edit(store: Store, record: str, **values: object) -> WriteId:
    with store.writing("edit_people") as draft:
        for name, value in values.items():
            draft.set("people", record, name, value)
    assert draft.changes.change is not None
    return draft.changes.change


def change_of(store: Store, change: WriteId) -> Change:
    with store.reading() as connection:
        found = Journal(connection).change(change)
    assert found is not None
    return found


def standing(store: Store, record: str, name: str) -> list[object]:
    return [each.write.value for each in store.standing([record])[record] if each.write.slot.field == name]


class TestReadBack:
    def test_a_change_with_everything_a_change_can_have(self, laptop: Store) -> None:
        record = new_id()
        slots = [Slot("people", record, "name"), Slot("people", record, "phones", "00000000000000ff")]
        derived = Write(WriteId(b"d" * 16, 0), slots[0], "Ada", (WriteId(b"x" * 16, 7),), b"1" * 16)
        own = Write(WriteId(RUN, 3), slots[1], {"number": "1", "text_ok": True}, (), b"2" * 16)
        struck = Write(WriteId(RUN, 4), Slot("people", record, "town"), None, (WriteId(RUN, 3),), b"", b"h" * 32)
        told = Stamped(
            Write(WriteId(b"t" * 16, 9), Slot("people", record, "zip"), "28713", (WriteId(b"t" * 16, 1),), b"3" * 16),
            *(77, "Ben", b"D" * 16, "paper", WriteId(b"t" * 16, 8)),
        )
        cells = {(record, "zip"): frozenset({told.write.id}), (new_id(), "name"): frozenset[WriteId]()}
        reading = Reading(BOOK, Horizon({RUN: 4, b"t" * 16: 2}, frozenset({told.write.id})), cells, (told,))
        plain = Reading(b"c" * 16, Horizon({}), {(record, "name"): frozenset()})
        made = digested(
            Change(WriteId(RUN, 1), "everyone", "Ada", b"D" * 16, 5, "paper", "merge_workbook",
                   (derived, own, struck), (reading, plain), WriteId(b"u" * 16, 3), 1)
        )  # fmt: skip
        laptop.apply([made])
        assert change_of(laptop, made.id) == made
        assert change_digest(change_of(laptop, made.id)) == made.digest
        assert laptop.check().broken_changes == 0

    def test_what_is_not_held_is_none(self, laptop: Store) -> None:
        with laptop.reading() as connection:
            journal = Journal(connection)
            assert journal.change(WriteId(RUN, 1)) is None
            assert journal.writes([WriteId(RUN, 1)]) == {}
            assert journal.load([b"x" * 16]) == {}
            assert journal.after(RUN, 0, 10) == []

    def test_what_stands_and_how_it_began_is_the_same_without_what_was_replaced(self, laptop: Store) -> None:
        record = person(laptop, "Ada", town="Sylva")
        for name in ("Bo", "Cy"):
            edit(laptop, record, name=name)
        raw = id_bytes(record)
        with laptop.reading() as connection:
            whole, less = (Journal(connection).load([raw], replaced)[raw] for replaced in (True, False))
        assert whole.standing() == less.standing()
        assert sorted(str(each.write.value) for each in less.writes) == ["Cy", "Sylva"]
        assert whole.kinds == less.kinds
        clocks, span = [each.clock for each in whole.writes], whole.kinds["people"]
        assert (span.made.clock, span.changed_at) == (min(clocks), max(clocks))

    def test_a_record_that_began_with_a_change_is_read_from_it_as_from_the_journal(self, laptop: Store) -> None:
        record = person(laptop, "Ada", phones=[{"number": "828 555 0184", "kind": "mobile"}])
        raw = id_bytes(record)
        with laptop.reading() as connection:
            held = Journal(connection).load([raw])
        made = beginnings(laptop.recent(1)[0], {record})
        assert made == held
        assert str(made[raw].standing()) == str(held[raw].standing())  # to the order of a value's parts

    def test_changes_come_in_the_order_asked_for_and_pages_follow_each_other(self, laptop: Store) -> None:
        for number in range(5):
            person(laptop, f"P{number}")
        run = next(change.id.run for change in all_changes(laptop) if change.verb == "make_people")
        with laptop.reading() as connection:
            journal = Journal(connection)
            every = journal.after(run, 0, 10)
            assert journal.after(run, every[1].last, 2) == every[2:4]
            wanted = [every[3].id, WriteId(RUN, 1), every[0].id]
            assert journal.changes(wanted) == [every[3], every[0]]

    def test_recent_changes_newest_first_own_or_all(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        person(ada, "Ada")
        ben.apply(all_changes(ada))
        person(ben, "Bo")
        assert [change.author for change in ben.recent()] == ["Ben Squirrel"]
        assert [change.author for change in ben.recent(2, own=False)] == ["Ben Squirrel", "Ada Crowe"]


class TestDerivedWrites:
    def test_two_laptops_undoing_one_thing_undo_it_once(self, laptops: list[Store]) -> None:
        ada, ben, cora = laptops
        record = person(ada, "Ada")
        change = edit(ada, record, name="Bo")
        ben.apply(all_changes(ada))
        first, second = ada.undo(change), ben.undo(change)
        send(ada, cora, random.Random(1))
        send(ben, cora, random.Random(1))
        send(cora, ben, random.Random(1))
        send(cora, ada, random.Random(1))
        assert standing(cora, record, "name") == ["Ada"]
        assert first.change != second.change
        assert all_shown(ada) == all_shown(ben) == all_shown(cora)
        assert all(store.check().healthy for store in laptops)
        [line] = {store.history("people", record)[0] for store in laptops}  # all name the same author and time
        assert line.author == "Ada Crowe"

    def test_the_earliest_of_the_changes_that_carry_it_is_named_whichever_comes_first(
        self, laptops: list[Store]
    ) -> None:
        write = Write(WriteId(b"d" * 16, 0), Slot("people", new_id(), "name"), "Ada", (), b"s" * 16)
        early, late = (
            digested(Change(WriteId(bytes([n]) * 16, 1), "everyone", f"A{n}", b"D" * 16, n, "live", "x", (write,)))
            for n in (1, 2)
        )
        for store, order in zip(laptops, ([early, late], [late, early]), strict=False):
            for change in order:
                store.apply([change])
            assert [line.author for line in store.history(write.slot.kind, write.slot.record)] == ["A1"]
            assert {change.author: change for change in all_changes(store)}["A2"] == late
            assert store.check().healthy

    def test_all_that_any_change_says_it_replaces_is_gone_and_each_change_stays_as_it_was_said(
        self, laptops: list[Store]
    ) -> None:
        slot = Slot("people", new_id(), "name")
        ids = [WriteId(b"r" * 16, number) for number in (2, 3)]
        two = tuple(Write(each, slot, name, (), b"s" * 16) for each, name in zip(ids, ("Bo", "Cy"), strict=True))
        first = digested(Change(WriteId(b"r" * 16, 1), "everyone", "A", b"D" * 16, 1, "live", "x", two))
        write = derived_write(slot, "Ada", (), b"s" * 16)
        portions = [
            digested(Change(WriteId(bytes([n]) * 16, 1), "everyone", f"A{n}", b"D" * 16, n, "live", "x", (said,)))
            for n, said in enumerate((replace(write, replaces=(each,)) for each in ids), 2)
        ]
        orders = ([first, *portions], [portions[1], portions[0], first], [portions[0], first, portions[1]])
        for store, order in zip(laptops, orders, strict=True):
            for change in order:
                store.apply([change])
            assert standing(store, slot.record, "name") == ["Ada"]
            assert {each.what for each in store.decisions()} == {"clock"}  # 1970
            assert {change.author: change for change in all_changes(store)}["A3"] == portions[1]
            assert store.check().healthy
        with laptops[0]._changing() as connection:
            set_back(connection, {portions[1].id.run: 0}, State.HELD)
            assert {
                each.write.value for each in Journal(connection).load([id_bytes(slot.record)]).popitem()[1].standing()
            } == {"Ada", "Cy"}

    def test_what_one_laptop_did_not_know_of_is_not_lost_in_its_undo(self, laptops: list[Store]) -> None:
        ada, ben, cora = laptops
        record = person(ada, "Ada")
        ben.apply(all_changes(ada))
        change = edit(ben, record, name="Bo")
        cora.apply([each for each in all_changes(ben) if each.author == "Ben Squirrel"])  # not what was replaced
        cora.undo(change)
        ben.undo(change)
        send(cora, ben, random.Random(1))
        assert set(standing(ben, record, "name")) == {"Ada", None}
        assert [decision.field for decision in ben.decisions()] == ["name"]


class TestReadings:
    def book(self, store: Store) -> Reading:
        return workbook(store, random.Random(3))[0]

    def test_a_workbook_teaches_what_was_never_synced(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        record = person(ada, "Ada", phones=[{"number": "1"}])
        change = read_back(ben, (self.book(ada), []))
        assert change is not None
        view = ben.get("people", record)
        assert view is not None
        assert (view.title, view.made_by, view.elements("phones")) == ("Ada", "Ada Crowe", [{"number": "1"}])
        assert all(line.change is None for line in ben.history("people", record))
        assert ben.check().healthy

    def test_where_a_segment_later_says_more_the_segment_is_right_and_the_reading_stays_as_it_was(
        self, laptops: list[Store]
    ) -> None:
        ada, ben, cora = laptops
        record = person(ada, "Ada")
        edit(ada, record, name="Ada Crowe")
        change = read_back(ben, (self.book(ada), []))
        assert change is not None
        before = change_of(ben, change)
        ben.apply(all_changes(ada))
        assert change_of(ben, change) == before
        assert [line.change is not None for line in ben.history("people", record)] == [True, True]
        assert ben.history("people", record)[0].before == ("Ada",)
        assert ben.check().healthy
        cora.apply(all_changes(ada))
        send(ben, cora, random.Random(1))
        assert change_of(cora, change) == before
        assert all_shown(cora) == all_shown(ben)

    def test_what_only_a_reading_that_is_set_back_taught_goes_with_it(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        record = person(ada, "Ada")
        change = read_back(ben, (self.book(ada), []))
        again = read_back(ben, (self.book(ada), []))
        assert change is not None
        assert again is not None
        for limit, left in ((again.number - 1, ["Ada"]), (change.number - 1, [])):
            with ben._changing() as connection:
                set_back(connection, {change.run: limit}, State.HELD)
                held = Journal(connection).load([id_bytes(record)])
            assert [each.write.value for one in held.values() for each in one.standing()] == left

    def test_of_two_workbooks_that_teach_one_write_otherwise_every_laptop_believes_the_same(
        self, laptops: list[Store]
    ) -> None:
        ada, ben, cora = laptops
        record, other = new_id(), new_id()
        true, forged = (
            Stamped(
                Write(WriteId(b"r" * 16, 2), Slot("people", at, "name"), name, (), b"s" * 16),
                1,
                name,
                b"D" * 16,
                "live",
                None,
            )
            for at, name in ((record, "Ada"), (other, "Eve"))
        )
        for store, order in ((ada, [true, forged]), (ben, [forged, true])):
            for each in order:
                book = digest_of("book", each.author)
                read_back(
                    store,
                    (
                        Reading(
                            book, Horizon({}), {(each.write.slot.record, "name"): frozenset({each.write.id})}, (each,)
                        ),
                        [],
                    ),
                )
        send(ada, cora, random.Random(1))
        send(ben, cora, random.Random(1))
        send(cora, ada, random.Random(1))
        send(cora, ben, random.Random(1))
        assert all_shown(ada) == all_shown(ben) == all_shown(cora)
        change = digested(Change(WriteId(b"r" * 16, 1), "everyone", "Ada", b"D" * 16, 1, "live", "x", (true.write,)))
        for store in laptops:
            store.apply([change])
            assert standing(store, record, "name") == ["Ada"]
            assert store.get("people", other) is None
            assert store.check().healthy

    def test_undone_it_counts_no_more_and_the_undo_undone_it_counts_again(self, laptops: list[Store]) -> None:
        ada, ben, cora = laptops
        record = person(ada, "Ada")
        early = self.book(ada)
        ben.apply(all_changes(ada))
        edit(ben, record, name="Bo")
        newer = Reading(
            BOOK, Horizon(ben.known()), {(record, "name"): frozenset(), (record, "town"): frozenset()}
        )  # a maker that knew all, and showed nothing
        change = read_back(cora, (early, []))
        send(ben, cora, random.Random(1))
        assert standing(cora, record, "name") == ["Bo"]
        emptied = read_back(cora, (newer, []))
        assert change is not None
        assert emptied is not None
        assert standing(cora, record, "name") == []
        undo = cora.undo(emptied).change
        assert undo is not None
        assert standing(cora, record, "name") == ["Bo"]
        cora.undo(undo)
        assert standing(cora, record, "name") == []
        assert cora.check().healthy
        for order in (False, True):  # whatever the order the undoings arrive in
            other = laptops[0] if order else laptops[1]
            changes = all_changes(cora)
            for each in reversed(changes) if order else changes:
                other.apply([each])
            send(cora, other, random.Random(2))
            assert standing(other, record, "name") == []
            assert other.check().healthy

    def test_a_ring_of_undoings_undoes_nothing_and_ends(self, laptop: Store) -> None:
        ids = [WriteId(bytes([n]) * 16, 1) for n in range(3)]
        ring = [
            digested(Change(ids[n], "everyone", "X", b"D" * 16, 1, "live", "undo", (), (), ids[(n + 1) % 3]))
            for n in range(3)
        ]
        assert laptop.apply(ring).new == 3

    def test_a_long_chain_of_undoings_is_followed_to_its_end(self, laptop: Store) -> None:
        record = person(laptop, "Ada")
        reading = Reading(BOOK, Horizon(laptop.known()), {(record, "name"): frozenset()})
        change = read_back(laptop, (reading, []))
        for _ in range(3):
            assert change is not None
            change = laptop.undo(change).change
        assert standing(laptop, record, "name") == ["Ada"]
        chain, before = [], WriteId(b"c" * 16, 1)
        for number in range(1, 1500):
            chain.append(
                Change(WriteId(b"c" * 16, number), "everyone", "X", b"D" * 16, 1, "live", "undo", (), (), before)
            )
            before = chain[-1].id
        assert laptop.apply([digested(each) for each in chain]).new == len(chain)

    def test_what_a_workbook_tells_is_salted_by_the_workbook(self, laptop: Store) -> None:
        record = person(laptop, "Ada")
        [true] = laptop.standing([record])[record]
        assert as_told(true).write.salt != true.write.salt


@pytest.mark.parametrize("seed", range(3))
def test_every_change_of_random_days_is_as_it_was_saved(laptop: Store, seed: int) -> None:
    doings = Doings(laptop, random.Random(seed))
    for _ in range(40):
        doings.something()
    read_back(laptop, workbook(laptop, doings.dice))
    changes = all_changes(laptop)
    assert len(changes) > 20
    assert [change_digest(change) for change in changes] == [change.digest for change in changes]


def test_what_one_derived_write_costs_grows_with_the_changes_that_carry_it(laptops: list[Store]) -> None:
    slot = Slot("people", new_id(), "name")
    write = derived_write(slot, "Ada", (), b"s" * 16)

    def carried(by: int) -> list[Change]:
        ids = (digest_of("carrier", str(by), str(place)) for place in range(by))
        return [
            digested(
                Change(
                    WriteId(run, 1), "everyone", "Ada", b"D" * 16, 1, "live", "x",
                    (replace(write, replaces=(WriteId(run, 9),)),),
                )
            )
            for run in ids
        ]  # fmt: skip

    def calls(work: Callable[[], object]) -> int:
        count = 0

        def note(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            work()
        finally:
            sys.setprofile(None)
        return count

    few, many = carried(200), carried(800)
    laptops[2].apply(few[:1])  # what is done the first time only
    assert calls(lambda: laptops[1].apply(many)) < 5 * calls(lambda: laptops[0].apply(few))
    with laptops[1]._changing() as connection:
        limits = {change.id.run: 0 for change in many[1:]}
        assert calls(lambda: set_back(connection, limits, State.HELD)) < 200 * len(many)
        held = Journal(connection).load([id_bytes(slot.record)])[id_bytes(slot.record)]
        assert [each.write.replaces for each in held.writes] == [many[0].writes[0].replaces]
