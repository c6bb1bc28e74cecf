"""Files of strangers are read in a process of their own: whatever it comes to, this one goes on and says so."""

import os
import time
from collections.abc import Callable, Sequence
from itertools import chain
from multiprocessing import active_children, current_process
from pathlib import Path

import pytest

from outreach_app.apart import ALL, Share, apart, begin_apart, lasting, shared_out
from outreach_app.model.errors import BadInput, Damaged


def nothing() -> None:
    pass


def doubled(number: int) -> int:
    return 2 * number


def refused() -> None:
    raise BadInput("no")


def asleep() -> None:
    time.sleep(60)


def ended() -> None:
    os._exit(3)


def greedy() -> int:
    return len(bytearray(4_000_000_000))


def noted(path: str) -> int:
    """One more than before."""
    file = Path(path)
    times = int(file.read_text(encoding="utf-8")) + 1 if file.exists() else 1
    file.write_text(str(times), encoding="utf-8")
    return times


def test_what_it_gives_and_what_it_raises_come_back() -> None:
    assert apart(doubled, nothing, 30, 2048, 21) == 42
    with pytest.raises(BadInput, match="no"):
        apart(refused, nothing, 30, 2048)


def test_one_that_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(Damaged, match="took too long"):
        apart(asleep, nothing, 0.3, 2048)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("work", [ended, greedy])
def test_one_that_ends_or_asks_for_too_much_is_said(work: object) -> None:
    with pytest.raises(Damaged, match="cannot be read"):
        apart(work, nothing, 30, 1024)  # type: ignore[arg-type]


def test_who_is_asked_to_stop_stops_it(tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError(str(tmp_path))

    with pytest.raises(InterruptedError):
        apart(asleep, stop, 30, 2048)


def test_what_was_begun_before_anybody_waits_is_not_done_again(tmp_path: Path) -> None:
    made = tmp_path / "made"
    with lasting():
        begin_apart(noted, str(made))
        deadline = time.monotonic() + 20
        while not made.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert apart(noted, nothing, 30, 2048, str(made)) == 1
        assert apart(noted, nothing, 30, 2048, str(made)) == 2


def test_what_was_begun_gives_way_to_what_is_asked_for() -> None:
    with lasting():
        begin_apart(asleep)
        begin_apart(doubled, 4)
        assert apart(doubled, nothing, 30, 2048, 21) == 42


def test_what_ends_before_anybody_waits_is_said_to_whoever_does() -> None:
    with lasting():
        begin_apart(ended)
        with pytest.raises(Damaged, match="cannot be read"):
            apart(ended, nothing, 30, 2048)
        assert apart(doubled, nothing, 30, 2048, 21) == 42


def test_nothing_is_begun_where_no_process_lasts(tmp_path: Path) -> None:
    begin_apart(noted, str(tmp_path / "made"))
    assert apart(noted, nothing, 30, 2048, str(tmp_path / "made")) == 1


class Stopped(Exception):
    """Somebody does not want to wait any longer."""


def own(rows: Sequence[int], share: Share) -> list[int]:
    share.pause()
    return [row for row in rows if share.has(row)]


def own_here(rows: Sequence[int], share: Share) -> list[int]:
    """What ends whatever process is begun for it."""
    if current_process().daemon:
        os._exit(3)
    return own(rows, share)


def own_again(rows: Sequence[int], share: Share) -> list[list[int]]:
    return shared_out(own, rows, share.pause)


@pytest.mark.parametrize(("work", "at_once"), [(own, 1), (own, 3), (own_here, 2)])
def test_work_that_is_shared_out_comes_to_the_same_whoever_does_it(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[Sequence[int], Share], list[int]], at_once: int
) -> None:
    monkeypatch.setattr("outreach_app.apart._MANY", 6)
    monkeypatch.setattr("outreach_app.apart._AT_ONCE", at_once)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    made = shared_out(work, range(7), nothing)
    assert len(made) == at_once
    assert sorted(chain(*made)) == [*range(7)]


def test_work_on_few_rows_is_not_shared_out() -> None:
    assert shared_out(own, range(7), nothing) == [[*range(7)]]


def test_who_works_apart_shares_nothing_out() -> None:
    many = range(20_001)
    assert apart(own_again, nothing, 30, 2048, many, ALL) == [[*many]]


def test_who_is_asked_to_stop_stops_all_that_was_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach_app.apart._MANY", 6)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def stop() -> None:
        raise Stopped

    before = {*active_children()}  # one may be kept ready for what comes next
    with pytest.raises(Stopped):
        shared_out(own, range(7), stop)
    assert {*active_children()} <= before
