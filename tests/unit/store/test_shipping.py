"""What a store keeps of exchanges, and where its own changes are."""

from dataclasses import replace

from outreach_app.journal.statements import Received, run_of
from outreach_app.store.shipping import Kept, LastExchange, SeenFile, State, Whereabouts
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes


def add(store: Store, name: str) -> None:
    with store.writing("make_people") as draft:
        draft.new("people", {"name": name})


def kept(name: str, device: bytes, run: bytes, last: int, state: State = State.APPLIED, first: int = 1) -> Kept:
    return Kept(name, name.encode(), device, run, first, last, 1, state, b"sealed " + name.encode())


def test_only_own_changes_that_are_in_no_segment_are_carried_in_order(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    add(ben, "Bo")
    ada.apply(all_changes(ben))
    for name in ("A", "B", "C"):
        add(ada, name)
    own = [change for change in all_changes(ada) if change.author == ada.worker]
    with ada.shipping() as shipping:
        assert shipping.to_carry(ada.device, 10) == own
        assert shipping.to_carry(ada.device, 2) == own[:2]
        shipping.keep(kept("first", ada.device, own[0].id.run, own[1].last))
        assert shipping.to_carry(ada.device, 10) == own[2:]
        shipping.keep(kept("second", ada.device, own[0].id.run, own[2].last))
        assert shipping.to_carry(ada.device, 10) == []
        assert shipping.chain(ada.device, own[0].id.run) == (b"second", b"second")
        assert shipping.kept() == ["first", "second"]
        assert shipping.segment("first").data == b"sealed first"


def test_a_hole_between_the_segments_kept_is_carried_anew_with_all_that_follows_it(laptop: Store) -> None:
    """As where one that was kept could not be read any more: the highest number says nothing of what is before it."""
    for name in "ABCDE":
        add(laptop, name)
    own = [change for change in all_changes(laptop) if change.author == laptop.worker]
    run = own[0].id.run
    ends = [(change.id.number, change.last) for change in own]
    with laptop.shipping() as shipping:

        def keep(name: str, begin: int, end: int, state: State = State.APPLIED) -> None:
            shipping.keep(kept(name, laptop.device, run, ends[end][1], state, ends[begin][0]))

        keep("last", 3, 4, State.WAITING)  # what it follows is nowhere
        keep("first", 0, 1)
        assert shipping.carried(run) == ends[1][1]
        assert shipping.to_carry(laptop.device, 10) == own[2:]
        assert shipping.chain(laptop.device, run) == (b"first", b"first")
        shipping.note(LastExchange("stick", "/stick", 1, {}))
        assert shipping.exchanges(laptop.device)[0].to_leave == 3 + 1  # the one segment says that it holds one
        keep("applied, with a hole before it", 3, 4)
        assert shipping.to_carry(laptop.device, 10) == own[2:]
        keep("anew", 2, 3)
        assert shipping.carried(run) == own[-1].last
        assert shipping.to_carry(laptop.device, 10) == []
        assert shipping.chain(laptop.device, run)[1] == b"applied, with a hole before it"


def test_what_is_sealed_from_this_laptop_carries_nothing_of_a_run_that_it_holds(laptop: Store) -> None:
    """A copy's that learned a key, or one that somebody with the folder made up: what is only here is carried on."""
    add(laptop, "A")
    (own,) = [change for change in all_changes(laptop) if change.author == laptop.worker]
    for state in (State.SEALED, State.NEWER):
        with laptop.shipping() as shipping:
            shipping.keep(kept("anybody's", laptop.device, own.id.run, 2**60, state))
            assert shipping.to_carry(laptop.device, 10) == [own]
    blind = run_of(laptop.device, b"blind...")
    with laptop.shipping() as shipping:
        shipping.keep(kept("as it was saved", laptop.device, blind, 4, State.SEALED))
        assert shipping.carried(blind) == 4


def test_of_two_files_of_one_name_the_one_that_opens_is_kept(laptop: Store) -> None:
    run = run_of(b"d" * 16, b"drawn...")
    true = kept("x", b"d" * 16, run, 4)
    with laptop.shipping() as shipping:
        shipping.keep(true._replace(state=State.SEALED, data=b"made up"))
        shipping.keep(true._replace(state=State.NEWER, data=b"another"))
        assert (shipping.segment("x").state, shipping.segment("x").data) == (State.NEWER, b"made up")
        shipping.keep(true)
        shipping.keep(true._replace(state=State.SEALED, data=b"made up"))
        assert shipping.segment("x") == true
        shipping.keep(true._replace(state=State.HELD))
        assert shipping.segment("x").state == State.HELD


def test_no_laptop_signs_for_what_it_wrote_itself(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    run = run_of(ben.device, b"drawn...")
    with ada.shipping() as shipping:
        shipping._do("INSERT INTO receipts VALUES (?,?,0,?)", (ben.device, run, 2**40))
        shipping._do("INSERT INTO receipts VALUES (?,?,0,?)", (ada.device, run, 7))
        assert shipping.received_of(ben.device, [ada.device, ben.device]) == {run: 7}


def test_a_segment_is_kept_once_and_those_of_others_are_no_link_of_the_own_chain(laptop: Store) -> None:
    with laptop.shipping() as shipping:
        assert shipping.chain(laptop.device, b"r" * 16) == (b"", b"")
        for _ in range(2):
            shipping.keep(kept("mine", laptop.device, b"r" * 16, 3))
        shipping.keep(kept("theirs", b"t" * 16, b"s" * 16, 3))
        assert shipping.kept() == ["mine", "theirs"]
        assert shipping.chain(laptop.device, b"s" * 16) == (b"mine", b"theirs")


def test_what_is_kept_and_not_applied_is_told_by_why_and_set_anew(laptop: Store) -> None:
    with laptop.shipping() as shipping:
        for name, state in (("a", State.WAITING), ("b", State.SEALED), ("c", State.APPLIED)):
            shipping.keep(kept(name, b"t" * 16, name.encode() * 16, 3, state))
        assert [each.name for each in shipping.left([State.WAITING, State.SEALED])] == ["a", "b"]
        shipping.keep(kept("a", b"t" * 16, b"a" * 16, 3))
        assert [each.name for each in shipping.left([State.WAITING])] == []
    assert laptop.left_segments() == {"sealed": 1}


def test_files_seen_are_remembered_by_carrier_and_newest_stamp(laptop: Store) -> None:
    first, second = SeenFile("1", "segment", b"r" * 16, 3), SeenFile("2", "segment", b"r" * 16, 5)
    with laptop.shipping() as shipping:
        shipping.remember("stick", {"a": first, "b": first})
        shipping.remember("stick", {"a": second})
        shipping.remember("stick", {})
        assert shipping.seen("stick") == {"a": second, "b": first}
        assert shipping.seen("share") == {}


def test_a_change_is_only_here_then_copied_and_at_a_coordinator_s_received(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    add(ben, "Bo")
    ada.apply(all_changes(ben))
    for name in ("A", "B", "C"):
        add(ada, name)
    own = [change for change in all_changes(ada) if change.author == ada.worker]
    assert ada.whereabouts().only_here == 3
    run = own[0].id.run
    with ada.shipping() as shipping:
        for change in own:
            shipping.keep(kept(f"{change.id.number}", ada.device, run, change.last, first=change.id.number))
        for carrier, seen in (("stick", own[0]), ("share", own[2])):
            shipping.remember(carrier, {"a": SeenFile("1", f"{seen.id.number}", run, seen.last)})
    found = ada.whereabouts()
    assert (found.only_here, found.copied, found.received) == (1, 2, 0)
    receipt = Received({own[0].id.run: own[1].last})
    for store in (ben, ada):
        with store.writing("receive") as draft:
            draft.statements.append(receipt)
    ada.apply(all_changes(ben))
    assert ada.whereabouts().received == 0  # neither is a coordinator's, and nobody signs for itself
    ada.space = replace(ada.space, root=ben.identity.public)
    found = ada.whereabouts()
    assert (found.only_here, found.copied, found.received) == (0, 1, 2)
    ada.space = replace(ada.space, root=ada.identity.public)
    assert ada.whereabouts() == Whereabouts(1, 2, 0, alone=True), "a coordinator's own work is no safer for that"


def test_the_latest_exchange_with_each_carrier_newest_first(laptop: Store) -> None:
    with laptop.shipping() as shipping:
        for carrier, at in (("stick", 1), ("share", 3), ("stick", 2)):
            shipping.note(LastExchange(carrier, f"/{carrier}", at, {"files": at}))
        assert [(each.carrier, each.at, each.account["files"]) for each in shipping.exchanges(laptop.device)] == [
            ("share", 3, 3),
            ("stick", 2, 2),
        ]
