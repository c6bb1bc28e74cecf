"""Work on files of strangers, in a process of its own with limits of memory and time; and much work, shared out.

A cell far out makes the reader of workbooks abort its whole process, and no exception catches that; a file may unpack
to more than there is memory. Then that process ends, and this one says so.
"""

import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from multiprocessing import current_process, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, ParamSpec, TypeAlias, TypeVar

from outreach_app.model.errors import Damaged, OutreachError
from outreach_app.texts import _, language, speak

SECONDS = 120.0
MEGABYTES = 2048  # of addresses, of which the program itself takes some hundreds
_LOOK = 0.1  # seconds between two looks at the one who waits
_PATIENCE = 5.0

Pause: TypeAlias = Callable[[], object]
"""Called now and then in long work. Whoever wants it to end raises something there."""

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

_MANY = 20_000  # rows: work on fewer is done sooner than another process has them
_AT_ONCE = 2  # processes; each holds all the rows, and what it makes of them before their work parts


def _nothing() -> None:
    """Nobody wants it to end."""


class Share(NamedTuple):
    """Which part of some work is to be done, of how many."""

    part: int = 0
    of: int = 1
    pause: Pause = _nothing

    def has(self, number: int) -> bool:
        """Whether what has this number is done in this part."""
        return number % self.of == self.part


ALL = Share()


class Ended(Damaged):
    """The process that worked ended: it asked for too much memory, or met what made it abort."""


class _Worker:
    """A process that does one piece of work after the other, and is begun anew where it was ended."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._process: Any = None
        self._end: Any = None
        self._ahead: Any = None  # what was asked for before anybody waits for it

    def do(self, work: Callable[..., Any], pause: Pause, seconds: float, given: Any, named: Any) -> Any:
        """What the work gives, or what it raised."""
        asked = (language(), work, given, named)
        if self._ahead is not None and self._ahead != asked:
            self.close()
        whole = False
        try:
            if self._ahead is None:
                self._ask(asked)
            until = time.monotonic() + seconds
            while not self._end.poll(_LOOK):
                pause()
                if time.monotonic() > until:
                    raise Damaged(_("Reading it took too long, so it was stopped. Nothing of the file was taken."))
            came = _received(self._end)
            self._ahead, whole = None, True
            return came
        finally:
            if not whole:
                self.close()

    def begin(self, work: Callable[..., Any], given: Any, named: Any) -> None:
        """Have work begun that is going to be asked for next."""
        if self._ahead is None:
            asked = (language(), work, given, named)
            try:
                self._ask(asked)
                self._ahead = asked
            except Damaged:
                self.close()  # whoever asks for it is told, if it ends that time too

    def _ask(self, asked: Any) -> None:
        if self._process is None:
            self._begin()
        try:
            self._end.send(asked)
        except OSError:
            raise _ended() from None

    def _begin(self) -> None:
        context: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        self._end, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._megabytes), daemon=True)
        process.start()
        self._process = process
        theirs.close()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._end.close()
            self._process.kill()
            self._process.join(_PATIENCE)
            self._process.close()
            self._process = self._ahead = None


_lasting: ContextVar[_Worker | None] = ContextVar("lasting", default=None)


@contextmanager
def lasting(megabytes: int = MEGABYTES) -> Iterator[None]:
    """Do all that is worked out apart meanwhile, in this thread, in one process: each file is spared a start."""
    if _lasting.get() is not None:  # a block in another has that one's
        yield
        return
    worker = _Worker(megabytes)
    before = _lasting.set(worker)
    try:
        yield
    finally:
        _lasting.reset(before)
        worker.close()


def apart(work: Callable[P, T], pause: Pause, seconds: float, megabytes: int, *given: P.args, **named: P.kwargs) -> T:
    """What a function of a module gives, worked out apart. Raises what it raises of the world, and Damaged where it
    passed a limit or its process ended. ``pause`` is called meanwhile; what it raises ends the work."""
    kept = _lasting.get()
    worker = kept or _Worker(megabytes)
    try:
        came = worker.do(work, pause, seconds, given, named)
    finally:
        if worker is not kept:
            worker.close()
    return _given(came)  # type: ignore[no-any-return]  # what the work gave, as it came through the pipe


def shared_out(work: Callable[[Sequence[S], Share], T], rows: Sequence[S], pause: Pause) -> list[T]:
    """What a function of a module gives for each share of the work on some rows: all of it done here, or of many rows
    one share here and meanwhile one apart. Where that process ends, its share is done here after all; what ``pause``
    raises ends both."""
    alone = len(rows) <= _MANY or current_process().daemon  # who works apart may begin no process
    shares = 1 if alone else min(_AT_ONCE, os.cpu_count() or 1)
    with ExitStack() as open_ones:
        workers = [open_ones.enter_context(closing(_Worker(MEGABYTES))) for _share in range(1, shares)]
        for part, worker in enumerate(workers, 1):
            worker.begin(work, (rows, Share(part, shares)), {})
        made = [work(rows, Share(0, shares, pause))]
        for part, worker in enumerate(workers, 1):
            try:
                made.append(_given(worker.do(work, pause, math.inf, (rows, Share(part, shares)), {})))
            except Damaged:
                made.append(work(rows, Share(part, shares, pause)))
    return made


def begin_apart(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> None:
    """Within :func:`lasting`, have work begun that :func:`apart` is going to be asked for next, in the same words."""
    kept = _lasting.get()
    if kept is not None:
        kept.begin(work, given, named)


def _given(came: Any) -> Any:
    if isinstance(came, OutreachError):
        raise came
    if isinstance(came, MemoryError):
        raise _ended()
    return came[0]


def _received(end: Connection) -> Any:
    try:
        return end.recv()
    except (EOFError, OSError):
        raise _ended() from None


def _ended() -> Ended:
    return Ended(
        _("The file cannot be read: it asks for more memory than a table needs, or it is damaged. Nothing was taken.")
    )


def _work(end: Connection, megabytes: int) -> None:  # pragma: no cover  # it runs elsewhere
    """In the process of its own: be limited and quiet; work, and send what came of it, as long as somebody asks."""
    _limit(megabytes)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a reader says as it aborts is for nobody
    while True:
        try:
            spoken, work, given, named = end.recv()
        except (EOFError, OSError):
            return
        speak(spoken)
        try:
            came: Any = (work(*given, **named),)
        except (OutreachError, MemoryError) as fault:
            came = fault
        try:
            end.send(came)
        except MemoryError as fault:
            end.send(fault)


def _limit(megabytes: int) -> None:
    """Limit this process's memory, where the system can."""
    if sys.platform != "win32":
        import resource

        most = megabytes * 2**20
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
