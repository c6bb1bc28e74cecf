"""Digests: blind to a value being struck out, and to nothing else."""

from dataclasses import fields, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import (
    canonical,
    change_digest,
    derived_salt,
    derived_write,
    is_derived,
    reading_digest,
    struck,
    value_hash,
    write_digest,
)
from outreach_app.model.fields import Rule

runs = st.binary(min_size=16, max_size=16)
ids = st.builds(WriteId, runs, st.integers(0, 2**40))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | words
values = plain | st.dictionaries(words, plain, max_size=4)
slots = st.builds(Slot, words, words, words, words)
writes = st.builds(Write, ids, slots, values, st.lists(ids, max_size=3).map(tuple), st.binary(min_size=16, max_size=16))
stamped = st.builds(Stamped, writes, st.integers(0, 2**53), words, runs, words, st.none() | ids)
horizons = st.builds(Horizon, st.dictionaries(runs, st.integers(0, 99), max_size=3), st.frozensets(ids, max_size=3))
readings = st.builds(
    Reading,
    runs,
    horizons,
    st.dictionaries(st.tuples(words, words), st.frozensets(ids, max_size=3), max_size=3),
    st.lists(stamped, max_size=2).map(tuple),
)
changes = st.builds(
    Change,
    id=ids,
    audience=st.sampled_from(["everyone", "coordinators"]),
    author=words,
    device=runs,
    clock=st.integers(0, 2**53),
    source=words,
    verb=words,
    writes=st.lists(writes, max_size=3).map(tuple),
    readings=st.lists(readings, max_size=2).map(tuple),
    undoes=st.none() | ids,
    least=st.integers(1, 9),
)


def test_a_value_hash_is_what_the_description_says() -> None:
    assert value_hash(b"s" * 16, "Ada") == sha256(b"s" * 16 + b"\x63Ada").digest()
    assert value_hash(b"s" * 16, {"bb": 1, "a": None}) == sha256(b"s" * 16 + b"\xa2\x61a\xf6\x62bb\x01").digest()


def test_canonical_takes_any_mapping_sequence_and_set() -> None:
    assert canonical(MappingProxyType({"a": (1, 2)})) == canonical({"a": [1, 2]})
    assert canonical(frozenset([3, 10, 2])) == canonical([2, 3, 10])


@pytest.mark.parametrize(("one", "other"), [(True, 1), (False, 0), (None, ""), ("1", 1), (None, {})])
def test_values_that_look_alike_differ(one: Any, other: Any) -> None:
    assert value_hash(b"s" * 16, one) != value_hash(b"s" * 16, other)


@given(values, st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_the_salt_blinds_the_value(value: Any, salt: bytes, other: bytes) -> None:
    assert (value_hash(salt, value) == value_hash(other, value)) == (salt == other)


@given(writes)
def test_striking_leaves_a_write_digest_as_it_was(write: Write) -> None:
    gone = struck(write)
    assert (gone.value, gone.salt) == (None, b"")
    assert write_digest(gone) == write_digest(write)
    assert struck(gone) == gone


@given(writes)
def test_a_hash_beside_a_value_does_not_hide_the_value(write: Write) -> None:
    assert write_digest(replace(write, value_hash=b"h" * 32)) == write_digest(write)


@given(changes)
def test_striking_everything_leaves_a_change_digest_as_it_was(change: Change) -> None:
    gone = replace(
        change,
        writes=tuple(map(struck, change.writes)),
        readings=tuple(
            replace(reading, taught=tuple(replace(taught, write=struck(taught.write)) for taught in reading.taught))
            for reading in change.readings
        ),
    )
    assert change_digest(gone) == change_digest(change)


@given(changes, st.binary(max_size=32))
def test_a_change_digest_does_not_read_the_digest_it_is_compared_with(change: Change, digest: bytes) -> None:
    assert change_digest(replace(change, digest=digest)) == change_digest(change)


@given(changes, changes)
def test_altering_any_part_of_a_change_alters_its_digest(change: Change, other: Change) -> None:
    for part in fields(Change):
        if part.name == "digest":
            continue
        altered = replace(change, **{part.name: getattr(other, part.name)})
        same = canonical_parts(getattr(change, part.name)) == canonical_parts(getattr(other, part.name))
        assert (change_digest(altered) == change_digest(change)) == same, part.name


@given(writes, writes)
def test_altering_any_part_of_a_write_alters_its_digest(write: Write, other: Write) -> None:
    for name in ("id", "slot", "value", "replaces", "salt"):
        altered = replace(write, **{name: getattr(other, name)})
        same = canonical_parts(getattr(write, name)) == canonical_parts(getattr(other, name))
        assert (write_digest(altered) == write_digest(write)) == same, name


@given(readings, readings)
def test_altering_any_part_of_a_reading_alters_its_digest(reading: Reading, other: Reading) -> None:
    for part in fields(Reading):
        altered = replace(reading, **{part.name: getattr(other, part.name)})
        same = canonical_parts(getattr(reading, part.name)) == canonical_parts(getattr(other, part.name))
        assert (reading_digest(altered) == reading_digest(reading)) == same, part.name


@given(stamped, stamped)
def test_altering_any_part_of_what_a_workbook_taught_alters_its_digest(taught: Stamped, other: Stamped) -> None:
    def digest(what: Stamped) -> bytes:
        return reading_digest(Reading(b"b" * 16, Horizon({}), {}, (what,)))

    for part in fields(Stamped):
        altered = replace(taught, **{part.name: getattr(other, part.name)})
        same = canonical_parts(getattr(taught, part.name)) == canonical_parts(getattr(other, part.name))
        assert (digest(altered) == digest(taught)) == same, part.name


@given(st.lists(ids, max_size=4), st.randoms())
def test_what_a_write_replaces_has_no_order(replaced: list[WriteId], random: Any) -> None:
    write = Write(WriteId(b"r" * 16, 1), Slot("people", "p", "name"), "Ada", tuple(replaced), b"s" * 16)
    shuffled = random.sample(replaced, len(replaced))
    assert write_digest(replace(write, replaces=tuple(shuffled))) == write_digest(write)


def test_the_order_of_writes_counts() -> None:
    one = Write(WriteId(b"r" * 16, 2), Slot("people", "p", "name"), "Ada", (), b"s" * 16)
    two = replace(one, id=WriteId(b"r" * 16, 3))
    change = Change(WriteId(b"r" * 16, 1), "everyone", "a", b"d" * 16, 1, "live", "sign_in", (one, two))
    assert change_digest(change) != change_digest(replace(change, writes=(two, one)))


def test_a_derived_id_is_what_is_said_whatever_it_replaces_and_wherever_it_stands() -> None:
    slot, salt = Slot("people", "p", "name"), derived_salt("typed", "p", "name", "Ada")
    shown = [WriteId(b"r" * 16, 1), WriteId(b"q" * 16, 7)]
    one = derived_write(slot, "Ada", shown, salt)
    assert one.id == derived_write(slot, "Ada", [], salt).id
    assert one.replaces == tuple(sorted(shown))
    assert (len(one.id.run), one.id.number) == (16, 0)
    later = derived_write(slot, "Ada", shown, salt, 2**24 + 3)
    assert later.id.run[:3] == b"\0\0\3"
    assert all(map(is_derived, (one, later, struck(one))))
    assert struck(one).id == one.id
    assert len(derived_salt("typed")) == 16


@pytest.mark.parametrize(
    "other",
    [
        {"value": "Bo"},
        {"slot": Slot("people", "p", "town")},
        {"slot": Slot("people", "q", "name")},
        {"salt": b"t" * 16},
        {"id": WriteId(b"r" * 16, 0)},
        {"id": WriteId(b"r" * 16, 9)},
    ],
)
def test_nobody_says_anything_else_under_a_derived_id(other: dict[str, Any]) -> None:
    made = derived_write(Slot("people", "p", "name"), "Ada", [], b"s" * 16)
    assert not is_derived(replace(made, **other))


@given(words, words, st.lists(plain, max_size=3), st.lists(plain, max_size=3))
def test_other_parts_derive_other_salts(label: str, other: str, parts: list[Any], others: list[Any]) -> None:
    same = label == other and canonical(parts) == canonical(others)
    assert (derived_salt(label, *parts) == derived_salt(other, *others)) == same


def canonical_parts(part: Any) -> Any:
    """A part in a form whose equality tells True from 1, as Python's own does not; sets stay sets."""
    if isinstance(part, Write):
        return ("write", part.id, part.slot, sorted(part.replaces), value_hash(part.salt, part.value))
    if isinstance(part, (Reading, Stamped, Horizon)):
        return (type(part).__name__, *(canonical_parts(getattr(part, each.name)) for each in fields(part)))
    if isinstance(part, tuple) and not isinstance(part, WriteId):
        inner = [canonical_parts(each) for each in part]
        return sorted(inner) if part and all(isinstance(each, WriteId) for each in part) else inner
    if isinstance(part, dict) and all(isinstance(key, tuple) for key in part):
        return part
    return canonical(part) if part is None or isinstance(part, (bool, int, str, dict)) else part


def test_a_text_of_a_class_of_its_own_is_the_text_it_is() -> None:
    assert canonical(Rule.VALUE) == canonical("value")
