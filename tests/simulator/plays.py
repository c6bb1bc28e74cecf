"""Plays: steps drawn from a seed or written down, taken in a world of their own; and the short play of a long one."""

import random
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

from tests.simulator.chances import drawn_from
from tests.simulator.deeds import DEEDS
from tests.simulator.endings import settle
from tests.simulator.laptops import template
from tests.simulator.memberships import MEMBERSHIPS
from tests.simulator.mishaps import MISHAPS
from tests.simulator.recoveries import RECOVERIES
from tests.simulator.steps import Step
from tests.simulator.workbooks import WORKBOOKS
from tests.simulator.worlds import World

Verb = Callable[[World, Step], None]
_OFTEN: dict[Verb, int] = {**DEEDS, **WORKBOOKS, **MEMBERSHIPS, **RECOVERIES, **MISHAPS}
VERBS: dict[str, Verb] = {verb.__name__: verb for verb in _OFTEN}

Play = Sequence[Step]
STEPS_A_WORLD = 100

_SHARED = Path("/dev/shm")
_ROOM = 2**30  # bytes
MEMORY = _SHARED if _SHARED.is_dir() and disk_usage(_SHARED).free > _ROOM else None
"""Where worlds lie: in files that no disk has to be waited for, where the system has them; else where it likes. What a
program that is killed leaves is the same there."""


def worlds(seed: int, steps: int) -> list[tuple[int, Play]]:
    """So many steps of a seed as the plays of several worlds, each with the world's seed: each verb comes as often as
    it is in the deck over all of them."""
    whole = drawn(seed, steps)
    return [(seed + at // STEPS_A_WORLD, whole[at : at + STEPS_A_WORLD]) for at in range(0, steps, STEPS_A_WORLD)]


def drawn(seed: int, steps: int, only: Collection[str] = ()) -> list[Step]:
    """The steps of a seed: of as many as there are cards, each verb comes as often as it is in the deck.

    ``only``: the verbs in the deck, where it is not all of them.
    """
    dice, dealt = random.Random(seed), list[str]()
    while len(dealt) < steps:
        deck = [verb.__name__ for verb, often in _OFTEN.items() for _card in range(often)]
        deck = [what for what in deck if what in only] if only else deck
        dice.shuffle(deck)
        dealt += deck
    return [Step(what, dice.randrange(60), dice.randrange(2), dice.randrange(10**6)) for what in dealt[:steps]]


class Stage:
    """A new world in which steps are taken; everything in it is drawn from the seed."""

    def __init__(self, seed: int, place: Path) -> None:
        self.seed, self.taken = seed, list[Step]()
        self._world: World | None = None
        template()  # or the first play of a process would draw more than the others
        with ExitStack() as held:
            held.enter_context(drawn_from(random.Random(seed), lambda: self._world.now() if self._world else 0))
            self._world = self.world = World(seed, place)
            held.callback(self.world.close)
            self._held = held.pop_all()  # where no world could be made, nothing goes on being drawn from its seed

    def take(self, step: Step) -> None:
        """Take a step."""
        self.taken.append(step)
        self.world.tell(*step)
        VERBS[step.what](self.world, step)

    def end(self) -> World:
        """All meet, and everything is compared; the world as it was left. Raises Divergence."""
        settle(self.world)
        return self.world

    def close(self) -> None:
        """Let go of everything."""
        self._held.close()


def played(play: Play, seed: int = 0) -> World:
    """Take the steps in a new world, and end it; the world as it was left. Raises Divergence."""
    with (
        TemporaryDirectory(prefix="outreach-world-", dir=MEMORY) as place,
        closing(Stage(seed, Path(place))) as stage,
    ):
        for step in play:
            stage.take(step)
        return stage.end()


def tried(play: Play, seed: int = 0) -> tuple[World | None, str]:
    """The world of a play as it was left, and what went wrong in it: "" where it ended as it must."""
    try:
        return played(play, seed), ""
    except Exception as fault:  # noqa: BLE001 (whatever it is, it is what is looked for)
        return None, f"{type(fault).__name__}: {fault}"


def short_play(play: Play, seed: int) -> str:
    """A short part of a play that fails, as it is written down to be played again, and what goes wrong in it."""
    short = shortened(play, lambda part: bool(tried(part, seed)[1]))
    lines = "".join(f"    Step({each.what!r}, {each.who}, {each.where}, {each.chance}),\n" for each in short)
    return f"{tried(short, seed)[1]}\nplayed([\n{lines}], seed={seed})"


def shortened(play: Play, fails: Callable[[Play], bool], seconds: float = 60) -> list[Step]:
    """A short part of a play that fails still: parts are left out, ever smaller ones, as long as it does (ddmin)."""
    left, part, end = list(play), max(1, len(play) // 2), time.monotonic() + seconds
    while time.monotonic() < end:
        at, before = 0, len(left)
        while at < len(left) and time.monotonic() < end:
            shorter = left[:at] + left[at + part :]
            if fails(shorter):
                left = shorter
            else:
                at += part
        if part == 1 and len(left) == before:
            break
        part = max(1, part // 2)
    return left
