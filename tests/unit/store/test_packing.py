"""What is packed into bytes comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Horizon, Slot, Stamped, Write, WriteId
from outreach_app.store.packing import (
    as_kept,
    packed_cells,
    packed_horizon,
    packed_ids,
    packed_taught,
    packed_value,
    unpacked_cells,
    unpacked_horizon,
    unpacked_ids,
    unpacked_taught,
    unpacked_value,
)

RUNS = st.binary(min_size=16, max_size=16)
IDS = st.builds(WriteId, RUNS, st.integers(0, 2**40))
SETS = st.frozensets(IDS, max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(max_size=8),
    lambda inner: st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
RECORD = "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb"


@given(SETS)
def test_ids(ids: frozenset[WriteId]) -> None:
    packed = packed_ids(ids)
    assert unpacked_ids(packed) == tuple(sorted(ids))
    assert (packed is None) is not ids or bool(packed)


@given(st.dictionaries(RUNS, st.integers(0, 2**40), max_size=3), SETS)
def test_horizons(runs: dict[bytes, int], beyond: frozenset[WriteId]) -> None:
    assert unpacked_horizon(packed_horizon(Horizon(runs, beyond))) == Horizon(runs, beyond)


@given(VALUES)
def test_values(value: object) -> None:
    assert unpacked_value(packed_value(value)) == value
    assert unpacked_value(None) is None


@given(st.dictionaries(st.text(max_size=8), SETS, max_size=3))
def test_cells(cells: dict[str, frozenset[WriteId]]) -> None:
    assert unpacked_cells(packed_cells(cells)) == cells


TAUGHT = st.builds(
    Stamped,
    st.builds(
        Write,
        IDS,
        st.builds(Slot, st.text(max_size=5), st.just(RECORD), st.text(max_size=5), st.text(max_size=5)),
        VALUES,
        st.lists(IDS, max_size=2).map(tuple),
        st.binary(max_size=16),
        st.binary(max_size=32),
    ),
    st.integers(0, 2**50),
    st.text(max_size=5),
    RUNS,
    st.text(max_size=5),
    st.none() | IDS,
)


@given(st.lists(TAUGHT, max_size=3))
def test_what_a_workbook_teaches(taught: list[Stamped]) -> None:
    assert unpacked_taught(packed_taught(taught), RECORD) == taught


@given(VALUES)
def test_a_value_as_it_is_kept_is_what_is_read_back_to_the_order_of_its_parts(value: object) -> None:
    assert str(as_kept(value)) == str(unpacked_value(packed_value(value)))


def test_the_parts_of_a_value_are_kept_in_the_order_of_their_names() -> None:
    assert list(as_kept({"number": "828 555 0184", "kind": "mobile"})) == ["kind", "number"]
