"""Exchanges: whatever a carrier does to files, laptops end equal, nothing is lost, and every file is accounted for."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.statements import run_of
from outreach_app.model.errors import NotFound, NotWritable, WrongSpace
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.shipping import Kept, State
from outreach_app.sync import exchanges
from outreach_app.sync.carriers import Listed
from outreach_app.sync.exchanges import Applied, ExchangeAccount, Seen, exchange
from outreach_app.sync.segments import Chain, OpenedSegment, open_segment, seal

SPACE = SpaceKeys.new("Creek County")
RECORD = "0190a0b0-0000-7000-8000-000000000001"


class Laptop:
    """A replica in memory, by the rules a store follows."""

    def __init__(self, seed: int, space: SpaceKeys = SPACE, relays: bool = True) -> None:
        self.identity = DeviceIdentity(bytes([seed]) * 32)
        self.space = space
        self.journal: dict[bytes, list[Change]] = {}
        self.segments: dict[str, Kept] = {}
        self.memory: dict[str, dict[str, Seen]] = {}
        self._relays = relays
        self._dice = random.Random(seed)
        self.unlock()

    def unlock(self) -> None:
        self.run = run_of(self.identity.device, self._dice.randbytes(8))

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            number = self.held().get(self.run, 0) + 1
            made = Write(WriteId(self.run, number + 1), Slot("people", RECORD, "name"), f"{number}", (), b"s" * 16)
            change = Change(
                WriteId(self.run, number), "everyone", "a", self.identity.device, number, "live", "sign_in", (made,)
            )
            self.journal.setdefault(self.run, []).append(change)

    def held(self) -> Mapping[bytes, int]:
        return {run: changes[-1].last for run, changes in self.journal.items()}

    def everything(self) -> set[WriteId]:
        return {change.id for changes in self.journal.values() for change in changes}

    def apply(self, opened: OpenedSegment) -> Applied:
        header, changes = opened.header, opened.changes
        held = self.held().get(header.run, 0)
        state = State.WAITING if header.first > held + 1 else State.APPLIED
        self.keep(opened.segment.kept(state, len(changes)))
        if state is State.WAITING:
            return Applied(waiting=len(changes), state=state)
        new = [replace(change, digest=b"") for change in changes if change.id.number > held]
        self.journal.setdefault(header.run, []).extend(new)
        return Applied(new=len(new), known=len(changes) - len(new))

    reads = 1

    def retry(self) -> Mapping[str, Applied]:
        done: dict[str, Applied] = {}
        while True:
            waiting = [each for each in self.segments.values() if each.state == State.WAITING]
            tried = {each.name: self.apply(open_segment(each.data, self.space)) for each in waiting}
            helped = {name: applied for name, applied in tried.items() if applied.state is State.APPLIED}
            if not helped:
                return done
            done |= helped

    def confirm(self) -> None:
        self.confirmed = self.held()

    def changes_to_carry(self, most: int) -> Sequence[Change]:
        for run, changes in self.journal.items():
            cut = max((each.last for each in self.segments.values() if each.run == run), default=0)
            left = [each for each in changes if each.device == self.identity.device and each.id.number > cut]
            if left:
                return left[:most]
        return []

    def chain(self, run: bytes) -> Chain:
        own = [each for each in self.segments.values() if each.device == self.identity.device]
        same = [each for each in own if each.run == run]
        return Chain(*(some[-1].digest if some else b"" for some in (own, same)))

    def keep(self, segment: Kept) -> None:
        self.segments[segment.name] = segment

    def kept(self) -> Sequence[str]:
        own = self.identity.device
        return [name for name, each in self.segments.items() if self._relays or each.device == own]

    def segment(self, name: str) -> Kept:
        return self.segments[name]

    def seen(self, carrier: str) -> Mapping[str, Seen]:
        return self.memory.get(carrier, {})

    def remember(self, carrier: str, seen: Mapping[str, Seen]) -> None:
        self.memory.setdefault(carrier, {}).update(seen)


@dataclass
class Box:
    """A carrier in memory that does what it is told to."""

    id: str = "box"
    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    reads: list[str] = field(default_factory=list)
    room: int = 10**9
    time: int = 0

    def listing(self) -> list[Listed]:
        return [Listed(name, len(data), str(at)) for name, (data, at) in self.files.items() if name not in self.hidden]

    def read(self, name: str) -> bytes:
        self.reads.append(name)
        if name not in self.files:
            raise NotFound("gone")
        return self.files[name][0]

    def write(self, name: str, data: bytes) -> Listed:
        if len(data) > self.room:
            raise NotWritable("full")
        self.room -= len(data)
        self.put(name, data)
        return Listed(name, len(data), str(self.time))

    def put(self, name: str, data: bytes) -> None:
        self.time += 1
        self.files[name] = (data, self.time)

    def data(self, name: str) -> bytes:
        return self.files[name][0]


def met(laptop: Laptop, box: Box) -> ExchangeAccount:
    account = exchange(laptop, box)
    assert account.adds_up, account
    return account


@pytest.fixture
def ada() -> Laptop:
    return Laptop(1)


@pytest.fixture
def ben() -> Laptop:
    return Laptop(2)


def test_two_laptops_end_equal_and_say_what_they_did(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(5)
    ben.write(3)
    first, second, third = met(ada, box), met(ben, box), met(ada, box)
    assert (first.sent_segments, first.sent_changes, first.received) == (1, 5, 0)
    assert (second.files, second.read, second.received, second.sent_changes) == (1, 1, 5, 3)
    assert (third.unchanged, third.read, third.received, third.sent_changes) == (1, 1, 3, 0)
    assert ada.everything() == ben.everything()
    assert len(ada.everything()) == 8


def test_nothing_new_means_nothing_is_read_or_written(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    for _ in range(5):
        ada.write(2)
        met(ada, box)
        met(ben, box)
    before, box.reads, files = box.time, [], len(box.files)
    account = met(ben, box)
    assert (account.files, account.unchanged, box.reads, box.time) == (files, files, [], before)
    ada.write()
    met(ada, box)
    box.reads.clear()
    assert met(ben, box).received == 1
    assert len(box.reads) == 1


def test_ten_thousand_changes_are_a_few_files(ada: Laptop, ben: Laptop) -> None:
    ada.journal[ada.run] = []
    made = Write(WriteId(ada.run, 2), Slot("people", RECORD, "name"), "Ada", (), b"s" * 16)
    for turn in range(10_000):
        number = 2 * turn + 1
        ada.journal[ada.run].append(
            Change(
                WriteId(ada.run, number), "everyone", "a", ada.identity.device, number, "live", "sign_in",
                (replace(made, id=WriteId(ada.run, number + 1)),),
            )
        )  # fmt: skip
    box = Box()
    assert met(ada, box).sent_segments == 5
    assert met(ben, box).received == 10_000


def test_a_change_of_very_many_writes_gets_a_segment_of_its_own(ada: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "MOST_WRITES", 3)
    ada.write(8)
    many = tuple(Write(WriteId(ada.run, 18 + n), Slot("people", RECORD, "name"), n, (), b"s" * 16) for n in range(9))
    ada.journal[ada.run].append(replace(ada.journal[ada.run][0], id=WriteId(ada.run, 17), writes=many))
    ada.journal[ada.run].append(replace(ada.journal[ada.run][0], id=WriteId(ada.run, 27), writes=()))
    box = Box()
    assert met(ada, box).sent_segments == 5
    assert [open_segment(data, SPACE).header.count for data, _ in box.files.values()] == [3, 3, 2, 1, 1]


def test_each_segment_names_the_one_before_across_runs(ada: Laptop) -> None:
    box = Box()
    for _ in range(3):
        ada.write(2)
        met(ada, box)
        ada.unlock()
    headers = [open_segment(data, SPACE).header for data, _ in box.files.values()]
    assert [header.previous for header in headers] == [b"", headers[0].digest, headers[1].digest]


def test_a_gap_is_waited_for_and_then_filled(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    for _ in range(3):
        ada.write(2)
        met(ada, box)
    middle = list(box.files)[1]
    box.hidden.add(middle)
    account = met(ben, box)
    assert (account.received, account.waiting) == (2, 2)
    assert [(each.name, each.waits) for each in account.set_aside] == [(list(box.files)[2], True)]
    box.hidden.clear()
    account = met(ben, box)
    assert (account.received, account.late, account.waiting, account.set_aside) == (2, 2, 0, ())
    assert ben.everything() == ada.everything()


def test_files_are_taken_in_whatever_order_they_are_listed(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    for _ in range(4):
        ada.write(2)
        met(ada, box)
    box.files = {f"{place}.segment": box.files[name] for place, name in enumerate(reversed(list(box.files)))}
    account = met(ben, box)
    assert (account.received, account.waiting, account.set_aside) == (8, 0, ())


def test_a_file_is_judged_by_its_content(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    ((name, (data, _)),) = box.files.items()
    box.files.clear()
    box.put("New folder/Copy of segment (1).segment", data)
    box.put(name.replace(".segment", " (Ada's conflicted copy).segment"), data)
    account = met(ben, box)
    assert (account.received, account.read, account.set_aside) == (2, 2, ())


def test_broken_files_are_set_aside_each_with_its_reason_and_stop_nothing(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    data = next(iter(box.files.values()))[0]
    stranger = Laptop(3, SpaceKeys.new("Hill County"))
    stranger.write()
    box.put("a/empty.segment", b"")
    box.put("a/torn.segment", data[:-5])
    box.put("a/flipped.segment", data[:100] + bytes([data[100] ^ 4]) + data[101:])
    box.put("a/holiday.jpg", b"\xff\xd8\xff")
    box.put("a/theirs.segment", seal(stranger.journal[stranger.run], stranger.identity, stranger.space).data)
    account = met(ben, box)
    assert account.received == 2
    reasons = {each.name.split("/")[-1]: each for each in account.set_aside}
    assert set(reasons) == {"empty.segment", "torn.segment", "flipped.segment", "holiday.jpg", "theirs.segment"}
    assert len({each.reason for each in account.set_aside}) == 4
    assert {name for name, each in reasons.items() if each.waits} == {"empty.segment", "torn.segment"}
    assert met(ben, box).unchanged == 1


def test_a_file_that_was_half_uploaded_is_taken_once_it_is_whole(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    ((name, (data, at)),) = box.files.items()
    box.files[name] = (data[:200], at)
    assert met(ben, box).received == 0
    box.files[name] = (data, at)
    assert met(ben, box).received == 2


def test_a_torn_file_is_nobody_s_worry_where_another_left_a_whole_copy_and_its_maker_writes_it_anew(
    ada: Laptop, ben: Laptop
) -> None:
    box, cora = Box(), Laptop(4)
    ada.write(2)
    met(ada, box)
    met(ben, box)
    ((name, (data, _at)),) = box.files.items()
    for broken in (b"", data[:200], data[:100] + bytes([data[100] ^ 4]) + data[101:]):
        box.put(name, broken)
        for laptop in (ben, cora, ben):
            account = met(laptop, box)
            assert [(each.name, each.waits, each.replaced) for each in account.set_aside] == [(name, False, True)]
        assert cora.everything() == ada.everything()
        account = met(ada, box)
        assert (account.mended, account.set_aside) == (1, ())
        assert box.files[name][0] == data
    (carried,) = set(box.files) - {name}
    box.put(carried, b"")
    assert [(each.name, each.replaced) for each in met(cora, box).set_aside] == [(carried, True)]


def test_another_department_s_folder_is_left_alone(ada: Laptop) -> None:
    box = Box()
    stranger = Laptop(3, SpaceKeys.new("Hill County"))
    stranger.write()
    met(stranger, box)
    ada.write()
    with pytest.raises(WrongSpace, match="another department"):
        exchange(ada, box)
    assert len(box.files) == 1
    assert met(stranger, box).unchanged == 1


def test_a_damaged_file_of_one_s_own_is_mended(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    (name,) = box.files
    box.put(name, box.data(name)[:-1])
    account = met(ada, box)
    assert (account.mended, account.set_aside, account.sent_segments) == (1, (), 1)
    assert met(ben, box).received == 2


def test_what_vanished_is_left_again_and_is_never_a_deletion(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    met(ben, box)
    box.files.clear()
    account = met(ada, box)
    assert (account.sent_segments, account.received) == (1, 0)
    assert len(ben.everything()) == 2


def test_another_carrier_is_not_taken_for_the_first(ada: Laptop) -> None:
    one, other = Box("one"), Box("other")
    ada.write(2)
    met(ada, one)
    assert met(ada, other).sent_segments == 1
    assert set(ada.memory) == {"one", "other"}


def test_a_laptop_restored_from_before_takes_back_its_own(ada: Laptop) -> None:
    box = Box()
    ada.write(2)
    met(ada, box)
    restored = Laptop(1)
    restored.memory = ada.memory  # even where it remembers what it no longer holds
    restored.unlock()
    assert met(restored, box).received == 2
    assert restored.everything() == ada.everything()


def test_anyone_carries_anyone_s_segments(ada: Laptop, ben: Laptop) -> None:
    stick, share, desk = Box("stick"), Box("share"), Laptop(3)
    ada.write(2)
    met(ada, stick)
    ben.write()
    met(ben, stick)
    account = met(ben, share)
    assert (account.sent_segments, account.carried_segments) == (1, 1)
    assert all(name.split("/")[1] == ben.identity.device[:8].hex() for name in share.files)
    assert met(desk, share).received == 3
    assert desk.everything() >= ada.everything()
    assert met(ada, share).carried_segments == 0


def test_a_full_stick_takes_what_it_can_and_the_rest_is_told(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ben.write()
    met(ben, box)
    for _ in range(3):
        ada.write(2)
        ada.unlock()
    box.room = 3_600
    account = met(ada, box)
    assert (account.received, account.sent_segments, account.not_sent) == (1, 2, "full")
    box.room = 10**9
    account = met(ada, box)
    assert (account.sent_segments, account.not_sent) == (1, "")


def test_a_carrier_without_an_id_is_read_and_nothing_is_remembered_of_it(ada: Laptop, ben: Laptop) -> None:
    box = Box("")
    ada.write(2)
    met(ada, box)
    assert met(ben, box).received == 2
    assert met(ben, box).known == 2
    assert ben.memory == {}


def test_progress_is_told_and_may_end_it_between_two_files(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    for _ in range(3):
        ada.write()
        met(ada, box)
    told: list[tuple[int, int]] = []

    def stop_after_two(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange(ben, box, stop_after_two)
    assert told == [(1, 3), (2, 3)]
    assert len(ben.everything()) == 2
    account = met(ben, box)
    assert (account.unchanged, account.received) == (2, 1)


def test_a_file_gone_between_listing_and_reading_is_waited_for(ada: Laptop, ben: Laptop) -> None:
    box = Box()
    ada.write()
    met(ada, box)
    listing = box.listing()
    box.files.clear()
    box.listing = lambda: listing  # type: ignore[method-assign]  # a stale listing
    account = met(ben, box)
    assert [each.waits for each in account.set_aside] == [True]


Step = tuple[str, int, int]
steps = st.tuples(
    st.sampled_from(["write", "meet", "meet", "unlock", "spoil", "swap"]), st.integers(0, 2), st.integers(0, 9)
)


@given(st.lists(steps, max_size=25), st.booleans())
def test_laptops_end_equal_whatever_happened_between(script: list[Step], relays: bool) -> None:
    laptops, boxes = [Laptop(seed, relays=relays) for seed in (1, 2, 3)], [Box("one"), Box("two")]
    for verb, who, what in script:
        laptop, box = laptops[who], boxes[what % 2]
        if verb == "write":
            laptop.write(what + 1)
        elif verb == "unlock":
            laptop.unlock()
        elif verb == "meet":
            met(laptop, box)
        elif box.files:
            name = sorted(box.files)[what % len(box.files)]
            spoil_or_swap(box, verb, name, what)
    written = set().union(*(laptop.everything() for laptop in laptops))
    for _ in range(3):
        for laptop in laptops:
            met(laptop, boxes[0])
    assert [laptop.everything() for laptop in laptops] == [written] * 3
    assert all([change.id.number for change in changes] == sorted(change.id.number for change in changes)
               for laptop in laptops for changes in laptop.journal.values())  # fmt: skip


def spoil_or_swap(box: Box, verb: str, name: str, what: int) -> None:
    """Do to one file what folders do: tear it, empty it, delete it, or exchange its name with another's."""
    other = sorted(box.files)[-1]
    if verb == "swap":
        box.files[name], box.files[other] = box.files[other], box.files[name]
    elif what % 3 == 0:
        box.put(name, box.data(name)[: what * 20])
    elif what % 3 == 1:
        del box.files[name]
    else:
        box.put(name, b"")


def test_the_figures_of_an_account_are_checked() -> None:
    account = ExchangeAccount("box", 3, 1, 1, 0, (), 2, 1, 1, 0, 0, 0, 0, 0, 0)
    assert not account.adds_up
    assert replace(account, files=2).adds_up
    assert not replace(account, files=2, received=2).adds_up
