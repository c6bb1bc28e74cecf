"""What happens in a world, drawn from its seed."""

from collections import Counter
from pathlib import Path

from tests.simulator.worlds import World

_OFTEN = {
    "write": 40, "meet": 30, "report": 3, "unlock": 6, "back_up": 4, "restore": 3, "clone": 1, "spoil": 8, "pull": 3,
    "swap": 1, "set_clock": 2,
}  # fmt: skip


def play(seed: int, steps: int, place: Path) -> Counter[str]:
    """Play one world and settle it; the faults that came, by kind. Raises Divergence."""
    folders = [place / "stick", place / "share"]
    for folder in folders:
        folder.mkdir()
    world = World(seed, folders)
    try:
        for world.steps in range(steps):
            (verb,) = world.dice.choices(list(_OFTEN), list(_OFTEN.values()))
            step(world, verb)
        world.settle()
    finally:
        world.close()
    return world.faults


def step(world: World, verb: str) -> None:
    """One thing that happens."""
    who, where = world.dice.randrange(len(world.laptops)), world.dice.randrange(len(world.folders))
    if verb in ("spoil", "pull"):
        getattr(world, verb)(where)
    elif verb == "swap":
        world.swap()
    elif verb == "meet":
        world.meet(who, where)
    else:
        getattr(world, verb)(who)
