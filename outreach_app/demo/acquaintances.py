"""Which laptop has met whom: person and organization numbers, given out as the laptops themselves would know them.

A worker who meets a neighbor again picks the person the laptop already holds; one whose laptop has never heard of
them writes a second person down, as happens when there is no signal.
"""

import random
from dataclasses import dataclass

from outreach_app.demo.moments import instant
from outreach_app.demo.neighbors import Neighbor, written_again

_OVERLOOKED = 0.1
"""How often somebody is written down anew although the laptop holds them."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record written down: its number, by whom, when, and under which name."""

    number: int
    worker: int
    at: str
    name: str


def holds(worker: int, made: Made, at: str, syncs: tuple[str, ...]) -> bool:
    """Whether a worker's laptop holds a record by a moment: its own, or one that came by an earlier sync."""
    made_at, now = instant(made.at), instant(at)
    if made_at > now:
        return False
    return made.worker == worker or any(made_at < instant(sync) <= now for sync in syncs)


class Acquaintances:
    """Gives out person numbers."""

    def __init__(self, rng: random.Random, syncs: tuple[str, ...]) -> None:
        self._rng = rng
        self._syncs = syncs
        self._known: dict[int, list[Made]] = {}  # by the neighbor's place in the season
        self.count = 0

    def meet(self, neighbor: Neighbor, key: int, worker: int, at: str, sure: bool = False) -> tuple[int, str]:
        """The number and name under which a worker writes a neighbor down. ``sure``: never overlooked."""
        made = self._known.setdefault(key, [])
        held = [each for each in made if holds(worker, each, at, self._syncs)]
        if held and (sure or self._rng.random() >= _OVERLOOKED):
            return held[0].number, held[0].name
        name = written_again(self._rng, neighbor) if made and not sure else neighbor.name
        number = self.count
        self.count += 1
        made.append(Made(number, worker, at, name))
        return number, name

    def held(self, key: int, worker: int, at: str) -> Made | None:
        """The person a worker's laptop already holds for a neighbor."""
        return next((each for each in self._known.get(key, ()) if holds(worker, each, at, self._syncs)), None)

    def same_people(self) -> tuple[tuple[int, ...], ...]:
        """The numbers that are one neighbor, where there are several."""
        return tuple(tuple(each.number for each in made) for made in self._known.values() if len(made) > 1)
