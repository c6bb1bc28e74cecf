"""Two contents of one number, of unlike length: a copy of a running laptop wrote on."""

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.statements import run_of
from outreach_app.model.identifiers import new_id
from outreach_app.store.journals import Journal, digested
from outreach_app.store.shipping import Kept, State
from outreach_app.store.stores import Store

DEVICE = bytes(range(16))
RUN = run_of(DEVICE, bytes(8))


def test_a_change_that_reaches_beyond_what_is_held_clashes_with_it_all_the_same(laptop: Store) -> None:
    laptop.apply([_of(DEVICE, RUN, 1, "name")])
    done = laptop.apply([_of(DEVICE, RUN, 1, "name", "town")])
    assert (done.clashing, done.waiting, done.new) == (1, 0, 0)


def test_what_a_copy_of_this_laptop_wrote_between_is_not_mixed_with_its_own(laptop: Store) -> None:
    run = run_of(laptop.device, bytes(8))
    laptop.apply([_of(laptop.device, run, 1, "name", "town", "notes")])
    done = laptop.apply([_of(laptop.device, run, 1, "name"), _of(laptop.device, run, 3, "town")])
    assert (done.clashing, done.new) == (2, 0)


def test_what_follows_a_content_that_is_not_here_waits_for_it(laptop: Store) -> None:
    run = run_of(laptop.device, bytes(8))
    first, second, other = (_of(laptop.device, run, number, "name") for number in (1, 3, 3))
    root, branch, stray = (_kept(name, change) for name, change in (("a", first), ("b", second), ("c", other)))
    assert laptop.receive(root, [first]).state is State.APPLIED
    assert laptop.receive(branch, [second], root.digest).state is State.APPLIED
    assert laptop.receive(stray, [other], b"not here").state is State.WAITING
    anew = _kept("d", second)
    assert laptop.receive(anew, [second], b"cut anew").state is State.APPLIED
    with laptop.reading() as connection:
        assert [each.digest for each in Journal(connection).after(run, 0, 9)] == [first.digest, second.digest]


@pytest.mark.parametrize("order", ["abcd", "dbac", "cadb"])
def test_the_earliest_fork_of_a_run_counts_whichever_is_told_first(laptop: Store, order: str) -> None:
    run = run_of(laptop.device, bytes(8))
    root, left, right, far, farther = (_of(laptop.device, run, number, "name") for number in (1, 3, 3, 5, 5))
    told = {"a": [root, left, far], "b": [root, right], "c": [root], "d": [root, left, farther]}
    for name in order:
        laptop.receive(_kept(name, told[name][-1]), told[name])
    with laptop.reading() as connection:
        assert [each.digest for each in Journal(connection).after(run, 0, 9)] == [root.digest]
    assert laptop.left_segments() == {"forked": 3}
    assert laptop.check().healthy


def _kept(name: str, change: Change) -> Kept:
    digest = name.encode().ljust(32, b"-")
    return Kept(name, digest, change.device, change.id.run, change.id.number, change.last, 1, State.WAITING, b"sealed")


def _of(device: bytes, run: bytes, number: int, *fields: str) -> Change:
    record = new_id()
    writes = tuple(
        Write(WriteId(run, number + at), Slot("people", record, field), "A", (), bytes(16))
        for at, field in enumerate(fields, 1)
    )
    return digested(Change(WriteId(run, number), "everyone", "Ben", device, 1, "live", "edit_people", writes))
