"""Bodies: what is written reads back the same, whatever it is, and plausible changes take few bytes."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import change_digest, derived_write, struck
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.sync.decoders import decoded
from outreach_app.sync.encoders import element_number, encoded
from outreach_app.sync.segments import seal

RUN, DEVICE = b"r" * 16, b"d" * 16
CLOCK = 1_760_000_000_000_000

runs = st.sampled_from([RUN, b"q" * 16, b"p" * 16])
ids = st.builds(WriteId, runs, st.integers(0, 2**40))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
records = st.uuids().map(str)
plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | words
values = (
    plain | records | records.map(str.upper) | st.dictionaries(words, plain | st.lists(plain, max_size=2), max_size=3)
)
elements = (
    st.just("") | st.integers(0, 2**64 - 1).map("{:016x}".format) | st.sampled_from(["0" * 15, "A" * 16, "é", "-1"])
)
slots = st.builds(Slot, words, records, words, elements)
salts = st.binary(min_size=16, max_size=16)
writes = st.builds(Write, ids, slots, values, st.lists(ids, max_size=2).map(tuple), salts)
either = st.builds(lambda write, gone: struck(write) if gone else write, writes, st.booleans())
clocks = st.integers(0, 2**53) | st.integers(CLOCK, CLOCK + 10**9)
stamped = st.builds(Stamped, either, clocks, words, st.binary(min_size=16, max_size=16), words, st.none() | ids)
horizons = st.builds(Horizon, st.dictionaries(runs, st.integers(0, 99), max_size=2), st.frozensets(ids, max_size=2))
cells = st.dictionaries(st.tuples(records, words), st.frozensets(ids, max_size=2), max_size=2)
readings = st.builds(
    Reading, st.binary(min_size=16, max_size=16), horizons, cells, st.lists(stamped, max_size=2).map(tuple)
)


def derived(write: Write) -> Write:
    """The same said under a derived id."""
    return derived_write(write.slot, write.value, write.replaces, write.salt, write.id.number, write.value_hash)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Changes that follow each other in one run, with writes under their numbers and derived ones among them."""
    number, made = draw(st.integers(0, 2**40)), []
    for _ in range(draw(st.integers(1, 4))):
        own = draw(st.lists(st.tuples(either, st.booleans()), max_size=4))
        change = Change(
            id=WriteId(RUN, number),
            audience="everyone",
            author=draw(words),
            device=DEVICE,
            clock=draw(clocks),
            source=draw(words),
            verb=draw(words),
            writes=tuple(
                replace(write, id=WriteId(RUN, number + 1 + place)) if numbered else derived(write)
                for place, (write, numbered) in enumerate(own)
            ),
            readings=draw(st.lists(readings, max_size=2).map(tuple)),
            undoes=draw(st.none() | ids),
            least=draw(st.integers(1, 3)),
        )
        number = change.last + 1
        made.append(replace(change, digest=change_digest(change)))
    return made


@given(histories())
def test_any_changes_read_back_the_same(changes: list[Change]) -> None:
    assert decoded(encoded(changes), RUN, changes[0].id.number, DEVICE, "everyone") == changes


@pytest.mark.parametrize("taken", [WriteId(b"q" * 16, 5), WriteId(RUN, 99), WriteId(b"q" * 16, 0)])
def test_a_write_takes_no_number_and_no_derived_id_of_another(taken: WriteId) -> None:
    write = Write(taken, Slot("people", str(UUID(int=1)), "name"), "Eve", (), b"s" * 16)
    change = Change(WriteId(RUN, 1), "everyone", "a", DEVICE, CLOCK, "live", "v", (write,))
    with pytest.raises(ValueError, match="id of nothing"):
        decoded(encoded([change]), RUN, 1, DEVICE, "everyone")


def test_true_stays_true_and_one_stays_one() -> None:
    made = [
        Write(WriteId(RUN, 2 + place), Slot("k", str(UUID(int=1)), "f"), value, (), b"s" * 16)
        for place, value in enumerate([True, 1, False, 0, None, "", {}, {"a": True}])
    ]
    change = Change(WriteId(RUN, 1), "everyone", "a", DEVICE, CLOCK, "live", "v", tuple(made))
    (back,) = decoded(encoded([change]), RUN, 1, DEVICE, "everyone")
    assert repr([write.value for write in back.writes]) == repr([write.value for write in made])


def test_a_struck_value_is_nowhere_in_the_body() -> None:
    write = Write(WriteId(RUN, 2), Slot("people", str(UUID(int=1)), "name"), "Sentinel", (), b"sentinel's salt.")
    change = Change(WriteId(RUN, 1), "everyone", "a", DEVICE, CLOCK, "live", "v", (struck(write),))
    body = encoded([change])
    assert b"entinel" not in body
    assert decoded(body, RUN, 1, DEVICE, "everyone")[0].writes == change.writes


@pytest.mark.parametrize(
    "write",
    [
        Write(WriteId(RUN, 2), Slot("k", str(UUID(int=1)), "f"), 1),
        Write(WriteId(RUN, 2), Slot("k", str(UUID(int=1)), "f"), 1, (), b"short"),
        Write(WriteId(RUN, 2), Slot("k", str(UUID(int=1)), "f"), 1, (), b"", b"h" * 32),
    ],
)
def test_a_value_without_its_salt_is_a_bug_of_ours(write: Write) -> None:
    with pytest.raises(ValueError, match="salt"):
        encoded([Change(WriteId(RUN, 1), "everyone", "a", DEVICE, CLOCK, "live", "v", (write,))])


@pytest.mark.parametrize(
    ("element", "number"),
    [("0" * 16, 0), ("f" * 16, 2**64 - 1), ("F" * 16, None), ("0" * 15, None), ("0x" + "0" * 14, None), ("", None)],
)
def test_only_elements_in_their_one_form_become_numbers(element: str, number: int | None) -> None:
    assert element_number(element) == number


def as_json(change: Change, salted: bool) -> bytes:
    """A change as compact JSON: what repeats within its run is left to the compressor."""

    def text(data: bytes) -> str:
        return b64encode(data).decode()

    found: dict[str, Any] = {
        "id": [text(change.id.run), change.id.number],
        "audience": change.audience,
        "author": change.author,
        "device": text(change.device),
        "clock": change.clock,
        "source": change.source,
        "verb": change.verb,
        "writes": [],
    }
    for write in change.writes:
        kind, record, field, element = write.slot
        row: dict[str, Any] = {"id": write.id.number, "kind": kind, "record": record, "field": field}
        row |= {"element": element} if element else {}
        row |= {"replaces": [[text(each.run), each.number] for each in write.replaces]} if write.replaces else {}
        row |= {"value": write.value} | ({"salt": text(write.salt)} if salted else {})
        found["writes"].append(row)
    return json.dumps(found, separators=(",", ":")).encode()


def test_a_change_takes_fewer_bytes_than_as_compact_json(
    season: Callable[..., list[Change]], device: DeviceIdentity, space: SpaceKeys, record_property: Any
) -> None:
    changes = season(2_000)
    sealed = len(seal(changes, device, space).data) / len(changes)
    salted = len(gzip.compress(b"\n".join(as_json(change, True) for change in changes), 9)) / len(changes)
    bare = len(gzip.compress(b"\n".join(as_json(change, False) for change in changes), 9)) / len(changes)
    record_property("bytes", {"sealed": sealed, "JSON": salted, "JSON without salts": bare})
    assert sealed < 0.75 * salted
    assert sealed < 1.5 * bare
