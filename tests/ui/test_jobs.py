"""Work off the window's thread: in order, told on the window's thread, stopped without a trace."""

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from outreach_app.model.errors import NotFound
from tests.helpers.logs import ExpectedLogs
from ui.jobs import Cancelled, Ended, Jobs, Progress, Tell


def test_the_database_has_one_thread_and_its_work_is_done_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[int] = []
    results: list[int] = []
    heard_on: list[int] = []

    def work(number: int) -> int:
        threads.append(threading.get_ident())
        return number

    def hear(result: int) -> None:
        heard_on.append(threading.get_ident())
        results.append(result)

    for number in range(20):
        jobs.database(lambda _tell, number=number: work(number), hear)  # type: ignore[misc]  # the default is the point
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    assert results == list(range(20))
    assert len(set(threads)) == 1
    assert set(heard_on) == {threading.get_ident()} != set(threads)


def test_the_window_goes_on_while_work_is_done(jobs: Jobs, qtbot: QtBot) -> None:
    go = threading.Event()
    ended: list[Ended] = []
    jobs.ended.connect(ended.append)
    jobs.database(lambda _tell: go.wait(5))
    jobs.aside(lambda _tell: "beside")
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert ended[0].result == "beside"
    go.set()
    qtbot.waitUntil(lambda: len(ended) == 2)


def test_a_fault_of_the_world_is_told_in_its_own_sentence(jobs: Jobs, qtbot: QtBot) -> None:
    def fail(_tell: Tell) -> None:
        raise NotFound("The folder is not there.")

    told: list[str] = []
    ended: list[Ended] = []
    jobs.ended.connect(ended.append)
    jobs.database(fail, done=lambda _result: told.append("done"), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["The folder is not there."]
    assert ended[0].fault == told[0]


def test_a_bug_is_logged_without_what_it_says_and_told_in_one_sentence(
    jobs: Jobs, qtbot: QtBot, expect_log: ExpectedLogs, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_tell: Tell) -> None:
        raise ValueError("Ada Crowe 828 555 0112")

    expect_log("ValueError")
    told: list[str] = []
    jobs.database(break_down, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert "Ada" not in told[0] + caplog.text
    assert "828" not in caplog.text
    assert "break_down" in caplog.text


def test_progress_is_told_and_cancelling_ends_the_work(jobs: Jobs, qtbot: QtBot) -> None:
    undone: list[str] = []

    def work(tell: Tell) -> None:
        try:
            for number in range(10_000):
                tell(number, 10_000, "Reading")
                time.sleep(0.001)
        except Exception:  # noqa: BLE001 - the point: cancelling is no Exception, so no work swallows it
            undone.append("swallowed")
        except Cancelled:
            undone.append("rolled back")
            raise

    steps: list[Progress] = []
    ended: list[Ended] = []
    jobs.progressed.connect(steps.append)
    jobs.ended.connect(ended.append)
    job = jobs.database(work, done=lambda _result: undone.append("done"), label="Merging")
    qtbot.waitUntil(lambda: len(steps) > 3)
    assert (steps[0].total, steps[0].doing) == (10_000, "Reading")
    job.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0].cancelled
    assert undone == ["rolled back"]


def test_what_is_cancelled_in_line_never_starts(jobs: Jobs, qtbot: QtBot) -> None:
    go = threading.Event()
    done: list[str] = []
    jobs.database(lambda _tell: go.wait(5))
    job = jobs.database(lambda _tell: done.append("second"))
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert done == []


def test_stopping_finishes_what_was_asked_then_does_the_last_thing_on_the_same_thread(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[object] = []
    threads: set[int] = set()

    def save(what: str) -> None:
        time.sleep(0.01)
        threads.add(threading.get_ident())
        done.append(what)

    for what in ("first", "second"):
        jobs.database(lambda _tell, what=what: save(what), lambda _result: done.append("called back"))  # type: ignore[misc]
    jobs.stop(lambda: save("closed"))
    assert done == ["first", "second", "closed"]
    assert len(threads) == 1
    jobs.stop(lambda: save("twice"))
    qtbot.wait(1)
    assert done == ["first", "second", "closed"]
    with pytest.raises(RuntimeError):
        jobs.database(lambda _tell: None)
    jobs.deleteLater()


def test_stopping_cancels_long_work(qtbot: QtBot) -> None:
    jobs = Jobs()
    running = threading.Event()

    def work(tell: Tell) -> None:
        for number in range(60_000):
            running.set()
            tell(number, 0)
            time.sleep(0.001)

    jobs.database(work, label="Long")
    qtbot.waitUntil(running.is_set)
    before = time.monotonic()
    jobs.stop()
    assert time.monotonic() - before < 5
    jobs.deleteLater()
