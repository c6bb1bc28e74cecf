"""Laptops as processes: each does what it is asked to on its own, so that they work side by side as real ones do."""

import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from outreach_app.demo.laptops import Here
from outreach_app.demo.plans import Season
from outreach_app.model.errors import OutreachError
from outreach_app.texts import _, language, speak

_PATIENCE = 10  # seconds a laptop has to end what it is doing when all go home early

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Errand(Generic[T]):
    """Something that a laptop was asked to do."""

    laptop: "Laptop"


class Laptop:
    """One laptop, from outside. It does one thing after the other."""

    def __init__(self, worker: int) -> None:
        context = _context()
        self.worker = worker
        self.end, theirs = context.Pipe()
        self._process = context.Process(target=_be_a_laptop, args=(theirs,))  # no daemon: it reads workbooks apart
        self._process.start()
        theirs.close()

    def prepare(self, season: Season, sheets: Path) -> None:
        """Tell it which season is played: the first thing it hears, when all laptops are starting."""
        self.end.send((season, sheets, language()))

    def ask(self, work: Callable[Concatenate[Here, P], T], *arguments: P.args, **named: P.kwargs) -> Errand[T]:
        """Ask it to do something, which is a function of a module."""
        self.end.send((work, arguments, named))
        return Errand(self)

    def do(self, work: Callable[Concatenate[Here, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """Ask it to do something, and wait."""
        return gather([self.ask(work, *arguments, **named)])[0]

    def close(self) -> None:
        """Let it close its store and end."""
        self.end.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
        self._process.close()


def _context() -> Any:
    """How processes are started: where it can be, by one that has loaded the program; nothing else of this one goes."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["outreach_app.demo.runs"])
    return context


def gather(errands: Iterable[Errand[T]], step: Callable[[int], None] = lambda _more: None) -> list[T]:
    """Wait until all that was asked is done; what came of each. Raises the first fault of the world that one met.

    ``step`` is told, as it goes, of how many more things are done.
    """
    asked = list(errands)
    came: dict[int, Any] = {}
    going = {each.laptop.end: place for place, each in enumerate(asked)}
    while going:
        for end in wait(list(going)):
            assert isinstance(end, Connection)
            try:
                what, said = end.recv()
            except EOFError as fault:
                raise OutreachError(_("A part of the demo was ended from outside. Please start it again.")) from fault
            if what == "step":
                step(said)
            elif what == "fault":
                raise said
            else:
                came[going.pop(end)] = said
    return [came[place] for place in range(len(asked))]


def _be_a_laptop(end: Connection) -> None:
    """What a laptop's process does: what it is asked to, until the one who asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is told to stop, and then lets go
    here = None
    try:
        season, sheets, spoken = end.recv()
        speak(spoken)
        here = Here(season, sheets, lambda more: end.send(("step", more)))
        while True:
            work, arguments, named = end.recv()
            try:
                end.send(("done", work(here, *arguments, **named)))
            except OutreachError as fault:
                end.send(("fault", fault))
    except (EOFError, ConnectionError):
        return
    finally:
        if here is not None:
            here.close()
