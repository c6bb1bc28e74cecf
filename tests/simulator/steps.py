"""One step of a play: what happens, at which laptop, with which folder, and the dice for the rest."""

import random
from typing import NamedTuple


class Step(NamedTuple):
    """Any numbers make a step that can be taken: they are counted around the laptops and folders there are."""

    what: str
    who: int = 0
    where: int = 0
    chance: int = 0

    @property
    def dice(self) -> random.Random:
        """Dice that fall alike each time."""
        return random.Random(self.chance)
