"""Work off the window's thread: one thread that owns the database, and a small pool for everything else.

The window's thread never waits on disk, network or a long computation; it asks for work and is told, on its own
thread, what came of it. ``work`` is given a :class:`Tell` to report progress by, which is also how it learns that the
person cancelled: the report then raises :class:`Cancelled`, and the transaction round it rolls back.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from outreach_app.model.errors import DamagedStore, OutreachError
from outreach_app.texts import _

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Result = TypeVar("Result")


class Tell(Protocol):
    """How work says how far it is: ``tell(done, of)``, ``of`` 0 where nobody knows; and in words what it does."""

    def __call__(self, done: int, of: int, doing: str = "") -> None:
        """Say it. Raises :class:`Cancelled` where the person has cancelled."""


_log = logging.getLogger("outreach.window")


class Cancelled(BaseException):
    """The person cancelled; nothing of it was kept. No ``Exception``, so that no work takes it for its own fault."""


@dataclass(eq=False)
class Job(Generic[Result]):
    """One piece of work, in line or under way."""

    work: Callable[[Tell], Result]
    done: Callable[[Result], None] | None = None
    failed: Callable[[str], None] | None = None
    label: str = ""  # what a person is told is going on, "Merging workbooks"; "" for what takes no time
    yields: bool = False  # nobody asked for it: it is broken off when the window is locked or closed
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask it to stop at its next report; one still in line never starts."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, as the progress strip shows it. ``total`` 0: not known."""

    job: "Job[Any]"
    done: int
    total: int
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that is over. ``fault`` is the sentence for the person, "" where it went well or was cancelled; ``damaged``
    where it is that the store itself is damaged."""

    job: "Job[Any]"
    result: Any = None
    fault: str = ""
    cancelled: bool = False
    damaged: bool = False


class Jobs(QObject):
    """The window's only way to work off its thread. ``stop`` before it goes, or its threads outlive it."""

    started = Signal(object)  # Job
    progressed = Signal(object)  # Progress
    ended = Signal(object)  # Ended
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._pool: ThreadPoolExecutor | None = None
        self._thread: threading.Thread | None = None
        self._open: set[Job[Any]] = set()
        self._stopped = False
        self._arrived.connect(self._on_arrived)  # sent from another thread, so it waits for this one's turn

    def database(
        self,
        work: Callable[[Tell], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[str], None] | None = None,
        label: str = "",
    ) -> Job[Result]:
        """Do ``work`` on the database's thread, after all that was asked of it before. ``done`` gets its result,
        ``failed`` one sentence for the person; where there is no ``failed``, the message bar says it."""
        job = self._new(work, done, failed, label)
        if self._thread is None:
            self._thread = threading.Thread(target=self._own_database, name="database", daemon=True)
            self._thread.start()
        self._line.put(job)
        return job

    def aside(
        self,
        work: Callable[[Tell], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[str], None] | None = None,
        label: str = "",
        yields: bool = False,
    ) -> Job[Result]:
        """Do ``work`` that needs no turn of the database's thread (drawing paper, reading a file) beside everything
        else. What ``yields`` is broken off when the window is locked or closed, as what has a ``label`` is."""
        job = self._new(work, done, failed, label)
        job.yields = yields
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(2, thread_name_prefix="aside")
        self._pool.submit(self._carry_out, job)
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is in line or under way."""
        return bool(self._open)

    @property
    def stopped(self) -> bool:
        """Whether nothing can be asked of them any more."""
        return self._stopped

    def stop(self, last: Callable[[], object] | None = None) -> None:
        """Let what is under way end (cancelled, so soon), do ``last`` on the database's thread, and end all threads.

        What was saved is saved; nothing is called back after this.
        """
        if self._stopped:
            return
        self._stopped = True
        for job in self._open:
            if job.label or job.yields:
                job.cancel()
        if last is not None:
            final = last
            job = Job[Any](lambda _tell: final())
            if self._thread is None:
                self._carry_out(job)
            else:
                self._line.put(job)
        if self._thread is not None:
            self._line.put(None)
            self._thread.join()
            self._thread = None
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._open.clear()

    def _new(
        self,
        work: Callable[[Tell], Result],
        done: Callable[[Result], None] | None,
        failed: Callable[[str], None] | None,
        label: str,
    ) -> Job[Result]:
        if self._stopped:
            raise RuntimeError("The jobs were stopped.")
        job = Job(work, done, failed, label)
        self._open.add(job)
        self.started.emit(job)
        return job

    def _own_database(self) -> None:
        while (job := self._line.get()) is not None:
            self._carry_out(job)

    def _carry_out(self, job: Job[Any]) -> None:
        """Run one job, on whichever thread this is, and send word of it to the window's thread."""

        def tell(done: int, of: int, doing: str = "") -> None:
            if job.cancelled:
                raise Cancelled
            self._arrived.emit(Progress(job, done, of, doing))

        try:
            if job.cancelled:
                raise Cancelled
            ended = Ended(job, job.work(tell))
        except Cancelled:
            ended = Ended(job, cancelled=True)
        except OutreachError as fault:
            ended = Ended(job, fault=str(fault), damaged=isinstance(fault, DamagedStore))
        except BaseException as bug:  # noqa: BLE001 - the end of the line for bugs: logged, and one plain sentence said
            log_bug(bug)
            ended = Ended(job, fault=sorry())
        self._arrived.emit(ended)

    def _on_arrived(self, word: Progress | Ended) -> None:
        if self._stopped:
            return
        if isinstance(word, Progress):
            self.progressed.emit(word)
            return
        job = word.job
        self._open.discard(job)
        self.ended.emit(word)
        if word.fault and job.failed is not None:
            job.failed(word.fault)
        elif not word.fault and not word.cancelled and job.done is not None:
            job.done(word.result)


def sorry() -> str:
    """What a person is told of a bug."""
    return _("That did not work, and the fault is the program's. Nothing you saved is lost. Please try again.")


def log_bug(bug: BaseException) -> None:
    """Log where a bug happened, and its type; never its words, which may hold somebody's name."""
    places: list[str] = []
    trace = bug.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    _log.error("%s at %s", type(bug).__name__, " > ".join(places))
