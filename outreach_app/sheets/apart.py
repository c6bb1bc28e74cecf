"""Work on files of strangers, in a process of its own with limits of memory and time.

A cell far out makes the reader of workbooks abort its whole process, and no exception catches that; a file may unpack
to more than there is memory. Then that process ends, and this one says so.
"""

import os
import sys
import time
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from outreach_app.model.errors import Damaged, OutreachError
from outreach_app.texts import _, language, speak

SECONDS = 120.0
MEGABYTES = 2048  # of addresses, of which the program itself takes some hundreds
_LOOK = 0.1  # seconds between two looks at the one who waits
_PATIENCE = 5.0

P = ParamSpec("P")
T = TypeVar("T")


def apart(
    work: Callable[P, T], pause: Callable[[], object], seconds: float, megabytes: int, *given: P.args, **named: P.kwargs
) -> T:
    """What a function of a module gives, worked out apart. Raises what it raises of the world, and Damaged where it
    passed a limit or its process ended. ``pause`` is called meanwhile; what it raises ends the work."""
    context: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, language(), megabytes, work, given, named), daemon=True)
    process.start()
    theirs.close()
    try:
        until = time.monotonic() + seconds
        while not ours.poll(_LOOK):
            pause()
            if time.monotonic() > until:
                raise Damaged(_("Reading it took too long, so it was stopped. Nothing of the file was taken."))
        came = _received(ours)
    finally:
        ours.close()
        process.kill()
        process.join(_PATIENCE)
        process.close()
    if isinstance(came, OutreachError):
        raise came
    if isinstance(came, MemoryError):
        raise _ended()
    return came[0]  # type: ignore[no-any-return]  # what the work gave, as it came through the pipe


def _received(end: Connection) -> Any:
    try:
        return end.recv()
    except (EOFError, OSError):
        raise _ended() from None


def _ended() -> Damaged:
    return Damaged(
        _("The file cannot be read: it asks for more memory than a table needs, or it is damaged. Nothing was taken.")
    )


def _work(
    end: Connection, spoken: str, megabytes: int, work: Callable[..., Any], given: Any, named: Any
) -> None:  # pragma: no cover  # it runs elsewhere
    """In the process of its own: be limited and quiet, work, and send what came of it."""
    _limit(megabytes)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a reader says as it aborts is for nobody
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
