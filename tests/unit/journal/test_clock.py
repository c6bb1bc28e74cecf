"""The clock runs forward, whatever the laptop's does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, WriteId
from outreach_app.journal.clock import DAY, Clock, clock_of, odd_clocks
from outreach_app.model.dates import moment_of


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


class TestOddClocks:
    NOW = clock_of("2026-11-21T10:00:00+00:00")
    RUN, OTHER = b"r" * 16, b"o" * 16

    def change(self, number: int, clock: int, run: bytes = RUN, device: bytes = b"d" * 16) -> Change:
        return Change(WriteId(run, number), "everyone", "Ada", device, clock, "live", "edit", ())

    def odd(self, *changes: Change, before: dict[bytes, int] | None = None) -> list[tuple[int, str]]:
        return [(change.id.number, why.value) for change, why in odd_clocks(changes, before or {}, self.NOW)]

    def test_what_can_be_right_is_not_flagged(self) -> None:
        day_ahead = self.NOW + DAY
        assert self.odd(self.change(1, self.NOW), self.change(2, self.NOW), self.change(3, day_ahead)) == []
        assert self.odd(self.change(1, clock_of("2020-01-01T00:00:00+00:00"))) == []

    def test_more_than_a_day_ahead_and_before_the_year_2020(self) -> None:
        assert self.odd(self.change(1, self.NOW + DAY + 1)) == [(1, "ahead")]
        assert self.odd(self.change(1, clock_of("2019-12-31T23:59:59+00:00"))) == [(1, "long_ago")]

    def test_backwards_against_the_change_before_it_in_its_own_run_alone(self) -> None:
        assert self.odd(self.change(1, self.NOW), self.change(2, self.NOW - 1), self.change(3, self.NOW)) == [
            (2, "backwards")
        ]
        assert self.odd(self.change(1, self.NOW), self.change(1, self.NOW - 1, self.OTHER)) == []
        assert self.odd(self.change(5, self.NOW - 1), before={self.RUN: self.NOW}) == [(5, "backwards")]
        assert self.odd(self.change(5, self.NOW - 1), before={self.OTHER: self.NOW}) == []

    def test_what_the_program_ships_was_written_by_nobody_s_clock(self) -> None:
        assert self.odd(self.change(1, 0, device=bytes(16))) == []
        assert self.odd(self.change(1, 0)) == [(1, "long_ago")]

    def test_looking_moves_no_clock(self) -> None:
        clock = Clock(lambda: 5)
        assert [clock.now(), clock.tick(), clock.now(), clock.tick()] == [5, 5, 5, 6]
