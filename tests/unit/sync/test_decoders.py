"""Bodies from a hostile or broken maker: refused as what they are, never taken half and never a crash."""

from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change
from outreach_app.sync.decoders import decoded, plain_cbor
from outreach_app.sync.encoders import encoded

REFUSED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, cbor2.CBORDecodeError)
SMALL = 12


@pytest.fixture
def body(season: Callable[..., list[Change]]) -> dict[str, Any]:
    found: dict[str, Any] = cbor2.loads(encoded(season(SMALL)))
    return found


@pytest.fixture
def read(season: Callable[..., list[Change]]) -> Callable[[Any], list[Change]]:
    first = season(1)[0]

    def reading(body: Any) -> list[Change]:
        return decoded(cbor2.dumps(body), first.id.run, 1, first.device, "everyone")

    return reading


def test_the_body_reads_before_it_is_broken(body: Any, read: Any, season: Any) -> None:
    assert [change.writes for change in read(body)] == [change.writes for change in season(SMALL)]


@pytest.mark.parametrize("broken", [None, 7, [], "x", {}, [[]], b"", -1])
def test_no_table_or_column_can_be_something_else(body: Any, read: Any, broken: Any) -> None:
    for name in body:
        if body[name] != broken and not (body[name] == b"" and broken == b""):
            with pytest.raises(REFUSED):
                read(body | {name: broken})


def test_no_table_or_column_can_be_missing(body: Any, read: Any) -> None:
    for name in body:
        with pytest.raises(REFUSED):
            read({other: column for other, column in body.items() if other != name})


def test_columns_of_other_lengths_are_refused(body: Any, read: Any) -> None:
    for name in ("of", "named", "values", "sizes", "clocks", "verbs", "stems", "salts", "tails"):
        column = body[name]
        for altered in (column[:-1], column + column[-16:] if isinstance(column, bytes) else [*column, column[-1]]):
            if name in ("named", "values") and len(altered) > len(column):
                continue  # an item that no row asks for is passed over
            with pytest.raises(REFUSED):
                read(body | {name: altered})


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        b"bytes",
        [99_999],
        [0, 0],
        [],
        ["x"],
        2**63,
        {1: 2},
        {"a": b""},
        {"a": 2**64},
        cbor2.undefined,
        {"a": {"b": 0.5}},
    ],
)
def test_a_value_that_no_program_writes_is_refused(body: Any, read: Any, value: Any) -> None:
    body["values"][0] = value
    with pytest.raises(REFUSED):
        read(body)


def test_a_value_that_holds_itself_is_refused(body: Any) -> None:
    body["values"][0] = "here"
    cyclic = b"\xd8\x1c\xa1\x61a\xd8\x1d\x00"  # a shared map whose one value is itself
    raw = cbor2.dumps(body).replace(b"\x64here", cyclic, 1)
    with pytest.raises(REFUSED):
        decoded(raw, b"r" * 16, 1, b"d" * 16, "everyone")


@pytest.mark.parametrize(("name", "item"), [("clocks", -1), ("clocks", 2**63), ("sizes", 10**12), ("clocks", 0.5)])
def test_numbers_out_of_bounds_are_refused(body: Any, read: Any, name: str, item: Any) -> None:
    body[name][0] = item
    with pytest.raises(REFUSED):
        read(body)


def test_a_time_before_1970_or_beyond_what_a_store_holds_is_refused(body: Any, read: Any) -> None:
    for far in (-(10**18), 2**63):
        with pytest.raises(ValueError, match="time"):
            read(body | {"clocks": [*body["clocks"][:-1], far]})


@pytest.mark.parametrize("data", [b"", b"\x9b" + b"\xff" * 8, b"\x81" * 10_000, b"\x9f\x00\xff", b"\x5b" + b"\x7f" * 8])
def test_hostile_cbor_is_refused(data: bytes) -> None:
    with pytest.raises(REFUSED):
        plain_cbor(data)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_crash_it(data: bytes) -> None:
    with pytest.raises(REFUSED):
        decoded(data, b"r" * 16, 1, b"d" * 16, "everyone")


def test_what_a_newer_program_adds_is_passed_over(body: Any, read: Any, season: Any) -> None:
    assert len(read(body | {"moods": ["glad"]})) == len(season(SMALL))
