"""Laptops that hold the same changes show the same, whatever the order, grouping, repetition and road."""

import random

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.digests import change_digest
from outreach_app.model.identifiers import new_id
from outreach_app.store.journals import digested
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings, read_back, send, workbook
from tests.helpers.memories import all_changes, all_shown


def meet(laptops: list[Store], dice: random.Random) -> None:
    """All exchange everything."""
    for one in laptops:
        for other in laptops:
            if one is not other:
                send(one, other, dice)


@pytest.mark.parametrize("seed", range(12))
def test_any_days_converge_and_stay_healthy(laptops: list[Store], seed: int) -> None:
    dice = random.Random(seed)
    everyone = [Doings(store, dice) for store in laptops]
    for _ in range(60):
        dice.choice(everyone).something()
        if dice.random() < 0.15:
            one, other = dice.sample(laptops, 2)
            send(one, other, dice, loss=dice.choice((0, 0, 0.3)))
        elif dice.random() < 0.1:
            one, other = dice.sample(everyone, 2)
            read_back(other.store, workbook(one.store, dice))
    for store in laptops:
        found = store.check()
        assert found.healthy, found
    meet(laptops, dice)
    shown = [all_shown(store) for store in laptops]
    for store, others in zip(laptops[1:], shown[1:], strict=True):
        for table in shown[0]:
            assert others[table] == shown[0][table], (table, store.worker)
        assert all_changes(store) == all_changes(laptops[0])
    for store in laptops:
        found = store.check()
        assert found.healthy, found


def test_replay_changes_nothing(laptops: list[Store]) -> None:
    dice = random.Random(1)
    ada, ben, _ = laptops
    doings = Doings(ada, dice)
    for _ in range(30):
        doings.something()
    ben.apply(all_changes(ada))
    before = all_shown(ben)
    done = ben.apply(all_changes(ada) * 2)
    assert (done.new, done.waiting, done.clashing, done.changes.records) == (0, 0, 0, {})
    assert done.known == 2 * len(all_changes(ada))
    assert all_shown(ben) == before


def test_every_change_offered_is_counted_once(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    for name in ("Ada", "Bo", "Cy"):
        with ada.writing("make_people") as draft:
            draft.new("people", {"name": name})
    founding, first, _second, third = sorted(all_changes(ada), key=lambda change: change.clock)
    done = ben.apply([founding, first, first, third, third])
    assert (done.new, done.known, done.waiting, done.clashing) == (1, 3, 1, 0)


def test_a_change_waits_for_the_one_before_it(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    for name in ("Ada", "Bo", "Cy"):
        with ada.writing("make_people") as draft:
            draft.new("people", {"name": name})
    first, second, third = (change for change in all_changes(ada) if change.verb != "found")
    done = ben.apply([third, first])
    assert (done.new, done.waiting) == (1, 1)
    assert [view.title for view in ben.list("people")] == ["Ada"]
    done = ben.apply([second, third])
    assert (done.new, done.waiting) == (2, 0)
    assert ben.count("people") == 3


def test_another_content_under_a_known_number_is_told_and_not_taken(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    with ada.writing("make_people") as draft:
        draft.new("people", {"name": "Ada"})
    true = next(change for change in all_changes(ada) if change.verb == "make_people")
    ben.apply([true])
    forged = digested(Change(true.id, "everyone", "X", true.device, 1, "live", "make_people", true.writes))
    assert ben.apply([forged]).clashing == 1
    assert true in all_changes(ben)
    assert forged not in all_changes(ben)


def test_a_newer_program_s_kinds_and_fields_are_kept_and_passed_on(laptops: list[Store]) -> None:
    ada, ben, cora = laptops
    with ada.writing("make_people") as draft:
        person = draft.new("people", {"name": "Ada"})
    run, dance = b"n" * 16, new_id()
    slots: list[tuple[Slot, object]] = [
        (Slot("people", person, "shoe_size"), 41),
        (Slot("people", person, "hats", "00000000000000aa"), {"brim": "wide"}),
        (Slot("dances", dance, "name"), "Reel"),
        (Slot("dances", dance, "deleted"), None),
    ]
    writes = tuple(
        Write(WriteId(run, 2 + at), slot, value, (), bytes([at]) * 16)  # type: ignore[arg-type]
        for at, (slot, value) in enumerate(slots)
    )
    newer = digested(Change(WriteId(run, 1), "everyone", "Zed", b"z" * 16, 5, "live", "dance", writes, least=1))
    ben.apply(all_changes(ada))
    touched = ben.apply([newer]).changes.records
    assert touched == {"people": frozenset({person})}
    with ben.reading() as connection:
        extra = connection.exec_driver_sql("SELECT extra FROM people WHERE id = ?", (person,)).scalar()
    assert extra == '{"hats": {"brim": "wide"}, "shoe_size": 41}'
    assert ben.check().healthy
    assert newer in all_changes(ben)
    cora.apply(all_changes(ben))
    assert all_changes(cora) == all_changes(ben)
    assert all_shown(cora) == all_shown(ben)
    assert [change_digest(change) for change in all_changes(cora)] == [change.digest for change in all_changes(cora)]


def test_a_record_that_only_a_newer_field_makes_is_still_shown(laptops: list[Store]) -> None:
    write = Write(WriteId(b"n" * 16, 2), Slot("people", new_id(), "shoe_size"), 41, (), b"s" * 16)
    newer = digested(Change(WriteId(b"n" * 16, 1), "everyone", "Zed", b"z" * 16, 5, "live", "x", (write,)))
    laptops[0].apply([newer])
    assert laptops[0].count("people") == 1
