"""Segments: opened by whoever should, whole and true, and a fault of its own for everything else."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import cbor2
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Write
from outreach_app.journal.digests import canonical, struck
from outreach_app.journal.statements import KeyGiven, stated
from outreach_app.model.errors import Damaged, OutreachError, WrongSpace
from outreach_app.store.identities import DeviceIdentity, Epoch, SpaceKeys, sealed_to
from outreach_app.sync import segments
from outreach_app.sync.encoders import encoded
from outreach_app.sync.frames import Foreign, Short, framed
from outreach_app.sync.segments import (
    FORMAT,
    MAGIC,
    Chain,
    NewerChange,
    SealedForOthers,
    Tampered,
    open_segment,
    padded_size,
    read_label,
    seal,
    wrap,
)

Season = Callable[..., list[Change]]


def bare(changes: Sequence[Change]) -> list[Change]:
    return [replace(change, digest=b"") for change in changes]


def test_what_is_sealed_is_opened_the_same(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    changes = season(30)
    segment = seal(changes, device, space, Chain(b"p" * 32, b"f" * 32))
    opened = open_segment(segment.data, space)
    assert bare(opened.changes) == changes
    assert opened.segment == segment
    header = opened.header
    assert (header.first, header.last, header.count) == (1, changes[-1].last, 30)
    assert (header.previous, header.follows) == (b"p" * 32, b"f" * 32)
    assert (header.device, header.run) == (device.device, changes[0].id.run)
    assert segment.name.split("/")[:2] == [space.space[:8].hex(), device.device[:8].hex()]


def test_a_chain_and_a_name_follow_from_what_is_signed_alone(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    one, again = seal(season(3), device, space), seal(season(3), device, space)
    assert one.data != again.data
    assert (one.name, one.label) == (again.name, again.label)
    assert seal(season(4), device, space).name != one.name


def test_a_segment_tells_its_size_only_roughly(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    assert padded_size(1) == padded_size(1024) == 1024
    sizes = {padded_size(size) for size in range(1, 100_000)}
    assert len(sizes) < 130
    assert all(size <= padded_size(size) < size * 1.125 for size in range(1024, 100_000))
    assert padded_size(max(sizes)) == max(sizes)
    data = seal(season(1), device, space).data
    assert len(data) > 1024


def test_nothing_is_readable_in_it(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    data = seal(season(20), device, space).data
    for hidden in (b"sign_in", b"Nell", b"everyone", b"people"):
        assert hidden not in data


@pytest.mark.parametrize("spoil", ["device", "run", "audience", "hole"])
def test_only_one_device_s_unbroken_changes_are_sealed(
    season: Season, device: DeviceIdentity, space: SpaceKeys, spoil: str
) -> None:
    one, two = season(2)
    bad = {
        "device": replace(two, device=b"x" * 16),
        "run": replace(two, id=two.id._replace(run=b"x" * 16)),
        "audience": replace(two, audience="coordinators"),
        "hole": replace(two, id=two.id._replace(number=two.id.number + 1)),
    }
    with pytest.raises(ValueError, match="no hole"):
        seal([one, bad[spoil]], device, space)


def resigned(space: SpaceKeys, device: DeviceIdentity, changes: list[Change], /, **said: Any) -> bytes:
    """A segment whose header says what it should not, signed as if it did not."""
    signed = canonical(cbor2.loads(open_segment(seal(changes, device, space).data, space, least=9).signed) | said)
    return wrap(changes, device, space, signed, device.sign(b"outreach segment\0" + signed)).data


def inner(space: SpaceKeys, device: DeviceIdentity, changes: list[Change], /, **instead: Any) -> bytes:
    """A segment with something else in its sealed map."""
    opened = open_segment(seal(changes, device, space).data, space)
    body = zstandard.compress(encoded(changes))
    held = {"header": opened.signed, "signature": opened.signature, "body": body} | instead
    return labelled(space, device, opened.segment.label, space.seal("everyone", canonical(held)))


def labelled(
    space: SpaceKeys, device: DeviceIdentity, label: segments.Label, sealed: bytes, version: int = FORMAT
) -> bytes:
    """A segment with a true label around whatever is sealed."""
    numbers = (label.run, label.first, label.last, label.digest)
    told = [space.space, label.device, *numbers, hashlib.sha256(sealed).digest()]
    signature = device.sign(b"outreach label\0" + canonical(told))
    outside = [space.space, label.device, *numbers, device.public, signature, sealed]
    return framed(MAGIC, version, canonical(outside))


def test_every_fault_has_a_kind_and_a_sentence_of_its_own(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    changes = season(3)
    data = seal(changes, device, space).data
    others = SpaceKeys.new("Hill County")
    newer = SpaceKeys(space.space, space.department, {"everyone": (Epoch.new(2),)})
    faults: list[tuple[type[OutreachError], bytes]] = [
        (Foreign, b"PK\x03\x04"),
        (Short, data[:-1]),
        (Damaged, data[:-40] + b"!" + data[-39:]),
        (NewerChange, labelled(space, device, read_label(data, space.space)[0].label, b"of tomorrow", FORMAT + 1)),
        (WrongSpace, seal(changes, device, others).data),
        (SealedForOthers, seal(changes, device, newer).data),
        (Tampered, inner(space, device, changes, signature=b"s" * 64)),
    ]
    said = set()
    for kind, bad in faults:
        with pytest.raises(kind) as fault:
            open_segment(bad, space)
        assert type(fault.value) is kind
        said.add(str(fault.value))
    assert len(said) == len(faults)
    newer_change = resigned(space, device, [replace(changes[0], least=2)])
    with pytest.raises(NewerChange):
        open_segment(newer_change, space)
    assert len(open_segment(newer_change, space, least=2).changes) == 1


def test_every_lie_is_found(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    changes = season(3)
    other = DeviceIdentity.new()
    both = SpaceKeys(space.space, space.department, {**space.audiences, "coordinators": (Epoch.new(1),)})
    lies: dict[str, Any] = {
        "count": 4, "last": 999, "least": 0, "changes": b"c" * 32, "space": b"s" * 16,
        "device": other.device, "key": other.public, "run": other.device, "first": -1, "audience": "coordinators",
        "previous": None, "epoch": "1",
    }  # fmt: skip
    for name, lie in lies.items():
        with pytest.raises(Tampered):
            open_segment(resigned(both, device, changes, **{name: lie}), both)
    open_segment(resigned(space, device, changes), space)


def test_nobody_writes_in_another_device_s_run(
    season: Season, space: SpaceKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = DeviceIdentity.new()
    theirs = [replace(each, device=other.device) for each in season(2)]
    with pytest.raises(ValueError, match="run of another"):
        seal(theirs, other, space)
    with monkeypatch.context() as patched:
        patched.setattr(segments, "is_run_of", lambda _run, _device: True)  # a program that asks nobody
        data = seal(theirs, other, space).data
        open_segment(data, space)
    with pytest.raises(Tampered):
        open_segment(data, space)
    with pytest.raises(Tampered):
        read_label(data, space.space)


def test_nobody_signs_in_another_device_s_name(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    other = DeviceIdentity.new()
    changes = season(2)
    with pytest.raises(Tampered):
        open_segment(resigned(space, device, changes, key=other.public), space)
    signed = canonical(
        cbor2.loads(open_segment(seal(changes, device, space).data, space).signed) | {"key": other.public}
    )
    with pytest.raises(Tampered):
        open_segment(wrap(changes, other, space, signed, other.sign(b"outreach segment\0" + signed)).data, space)


def test_nobody_makes_a_file_under_the_name_of_another_device_s(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    """Who can open neither would carry it on in the true one's place."""
    opened = open_segment(seal(season(2), device, space).data, space)
    made_up = wrap(opened.changes, DeviceIdentity.new(), space, opened.signed, opened.signature)
    assert made_up.name == opened.segment.name
    with pytest.raises(Tampered):
        read_label(made_up.data, space.space)


@pytest.mark.parametrize("field", ["clock", "author", "verb", "source", "least", "undoes"])
def test_no_change_can_be_altered_under_its_signature(
    season: Season, device: DeviceIdentity, space: SpaceKeys, field: str
) -> None:
    one, two, three = season(3)
    altered = {"clock": 5, "author": "x", "verb": "x", "source": "x", "least": 3, "undoes": one.id}[field]
    body = zstandard.compress(encoded([one, replace(two, **{field: altered}), three]))  # type: ignore[arg-type]  # by name
    with pytest.raises(Tampered):
        open_segment(inner(space, device, [one, two, three], body=body), space)


def test_no_value_can_be_altered_under_its_signature(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    changes = season(2)
    first = changes[0].writes[0]
    for write in (replace(first, value="Other"), replace(first, salt=b"o" * 16), replace(first, replaces=(first.id,))):
        body = zstandard.compress(encoded([replace(changes[0], writes=(write, *changes[0].writes[1:])), changes[1]]))
        with pytest.raises(Tampered):
            open_segment(inner(space, device, changes, body=body), space)


@pytest.mark.parametrize(
    "body",
    [
        zstandard.compress(b"\0" * 2**20),
        zstandard.compress(b""),
        b"no zstandard",
        zstandard.compress(b"\xa0") + b"more",
        zstandard.ZstdCompressor(write_content_size=False).compress(b"\xa0"),
        None,
        7,
    ],
)
def test_what_is_no_body_is_tampering(season: Season, device: DeviceIdentity, space: SpaceKeys, body: Any) -> None:
    with pytest.raises(Tampered):
        open_segment(inner(space, device, season(1), body=body), space)


def test_a_bomb_is_not_unpacked(
    season: Season, device: DeviceIdentity, space: SpaceKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = season(50)
    data = seal(changes, device, space).data
    size = len(encoded(changes))
    monkeypatch.setattr(segments, "MOST_BODY", size)
    assert len(open_segment(data, space).changes) == 50
    monkeypatch.setattr(segments, "MOST_BODY", size - 1)
    monkeypatch.setattr(segments, "decoded", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(Tampered):
        open_segment(data, space)


def test_a_file_of_any_size_is_not_read_into_memory_twice(space: SpaceKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_FILE", 10)
    with pytest.raises(Damaged, match="larger"):
        open_segment(b"x" * 11, space)


def test_what_a_newer_program_says_in_a_header_is_kept(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    changes = season(2)
    opened = open_segment(resigned(space, device, changes, moods=["glad"]), space)
    header = opened.header
    assert dict(header.more) == {"moods": ["glad"]}
    again = open_segment(wrap(opened.changes, device, space, opened.signed, opened.signature).data, space)
    assert again.header == header
    assert bare(again.changes) == changes


def test_kinds_and_fields_of_a_newer_program_are_kept(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    (change,) = season(1)
    strange = replace(change.writes[0], slot=change.writes[0].slot._replace(kind="moods", field="hue"))
    changes = [replace(change, writes=(strange,))]
    assert bare(open_segment(seal(changes, device, space).data, space).changes) == changes


def test_a_value_struck_by_hand_leaves_everything_verified(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    opened = open_segment(seal(season(5), device, space, Chain(b"p" * 32)).data, space)

    def without(write: Write) -> Write:
        return struck(write) if write.slot.field == "name" else write

    stricken = [replace(each, writes=tuple(map(without, each.writes))) for each in opened.changes]
    assert stricken != list(opened.changes)
    again = open_segment(wrap(stricken, device, space, opened.signed, opened.signature).data, space)
    assert list(again.changes) == stricken
    assert again.segment.name == opened.segment.name
    assert again.header == opened.header
    assert [each.digest for each in again.changes] == [each.digest for each in opened.changes]
    with pytest.raises(Tampered):  # whoever else strikes something out of it
        open_segment(wrap(stricken, DeviceIdentity.new(), space, opened.signed, opened.signature).data, space)


def test_a_later_epoch_still_opens_what_was_sealed_before(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    later = SpaceKeys(space.space, space.department, {"everyone": (*space.audiences["everyone"], Epoch.new(2))})
    assert open_segment(seal(season(1), device, space).data, later).header.epoch == 1
    assert open_segment(seal(season(1), device, later).data, later).header.epoch == 2


def test_whoever_cannot_open_it_reads_its_label_and_nothing_else_is_believed(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    segment = seal(season(3), device, space)
    stranger = SpaceKeys(space.space, space.department, {"everyone": (Epoch.new(9),)})
    read, sealed = read_label(segment.data, stranger.space)
    assert read == segment
    assert read.name == segment.name
    for lie in (
        {"first": 0}, {"last": 2**63}, {"run": b"r" * 16}, {"digest": b"d" * 31}, {"device": b"d"},
    ):  # fmt: skip
        with pytest.raises(Tampered):
            read_label(labelled(space, device, replace(segment.label, **lie), sealed), space.space)
    outside = cbor2.loads(segment.data[18:-32])
    for place, other in ((1, b"o" * 16), (3, 2), (5, b"o" * 32), (6, DeviceIdentity.new().public), (8, sealed + b"x")):
        spoilt = framed(MAGIC, FORMAT, canonical([*outside[:place], other, *outside[place + 1 :]]))
        with pytest.raises(Tampered):
            read_label(spoilt, space.space)
    with pytest.raises(Short):
        read_label(segment.data[:-1], space.space)


def test_a_label_that_belongs_to_another_segment_is_found(
    season: Season, device: DeviceIdentity, space: SpaceKeys
) -> None:
    one, other = seal(season(3), device, space), seal(season(4), device, space)
    _segment, sealed = read_label(one.data, space.space)
    with pytest.raises(Tampered):
        open_segment(labelled(space, device, other.label, sealed), space)


def test_a_key_is_given_under_the_one_before(season: Season, device: DeviceIdentity, space: SpaceKeys) -> None:
    (change,) = season(1)
    new = Epoch.new(2)
    given = KeyGiven("everyone", 2, new.recipient, {device.device: sealed_to(device.public, new.secret.encode())})
    later = space.taught([given], device)
    assert later.current("everyone") == new
    told = seal([replace(change, statements=(stated(given),))], device, later)
    assert open_segment(told.data, space).changes[0].statements == (stated(given),)
    with pytest.raises(SealedForOthers):
        open_segment(seal([change], device, later).data, space)
    other = DeviceIdentity.new()
    assert space.taught([given], other).current("everyone") == space.current("everyone")  # never what it cannot read
    false = KeyGiven("everyone", 2, new.recipient, {other.device: sealed_to(other.public, b"AGE-SECRET-KEY-1FALSE")})
    assert space.taught([false], other).current("everyone") == space.current("everyone")


@given(st.binary(max_size=400))
def test_no_bytes_at_all_crash_it(space: SpaceKeys, data: bytes) -> None:
    for payload in (data, framed(MAGIC, FORMAT, data), framed(MAGIC, FORMAT, canonical([space.space, data]))):
        with pytest.raises(OutreachError):
            open_segment(payload, space)


@given(st.binary(max_size=400))
def test_no_sealed_bytes_at_all_crash_it(space: SpaceKeys, data: bytes) -> None:
    with pytest.raises(OutreachError):
        open_segment(framed(MAGIC, FORMAT, canonical([space.space, space.seal("everyone", data)])), space)
