"""The clock runs forward, whatever the laptop's does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.clock import Clock, clock_of, moment_of


@given(st.lists(st.integers(0, 10**17), min_size=1, max_size=20))
def test_it_never_stands_still_or_goes_back(readings: list[int]) -> None:
    times = iter(readings)
    clock = Clock(lambda: next(times))
    ticks = [clock.tick() for _ in readings]
    assert ticks == sorted(set(ticks))
    assert all(tick >= reading for tick, reading in zip(ticks, readings, strict=True))


def test_it_follows_the_laptop_s_clock_where_that_runs() -> None:
    times = iter([100, 200, 300])
    clock = Clock(lambda: next(times))
    assert [clock.tick() for _ in range(3)] == [100, 200, 300]


@given(st.integers(0, 4 * 10**9))
def test_a_moment_is_read_back_to_the_second(seconds: int) -> None:
    assert clock_of(moment_of(seconds * 1_000_000)) == seconds * 1_000_000


def test_a_moment_is_local_with_its_offset() -> None:
    assert moment_of(clock_of("2026-10-03T18:00:00-04:00")) == "2026-10-03T18:00:00-04:00"


def test_a_time_without_offset_is_no_moment() -> None:
    with pytest.raises(ValueError, match="2026"):
        clock_of("2026-10-03T18:00:00")
