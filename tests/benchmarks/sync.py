"""Syncing through a folder with nothing new, and with one sign-in new, beside the same on a store of a thousand people.

What it takes is to follow what is new, not what is stored: the ratio says how far that holds.
"""

from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure, timed
from tests.benchmarks.people import PASSPHRASE, fill, people

FEW = 1_000  # people in the store of the other side
TOGETHER = 20  # people a change
TIMES = 5
FIGURES = (
    Figure("sync_nothing", "a sync with nothing new", "ms", 1.5, against=f"with {FEW:,} people stored"),
    Figure("sync_one", "a sync with one new sign-in", "ms", 1.5, against=f"with {FEW:,} people stored"),
)
SIZES = (1_000, 10_000, 100_000)
LARGE = (1_000_000,)
ROUNDS = 3


def prepare(folder: Path, size: int) -> None:
    """Have two laptops hold the same people, by a folder."""
    for name, count in (("ours", size), ("against", FEW)):
        (folder / name).mkdir()
        _met(folder / name, count)


def _met(folder: Path, size: int) -> None:
    from outreach_app.operations.events import plan_event
    from outreach_app.operations.spaces import invite, join, new_store
    from outreach_app.operations.syncing import sync_folder
    from outreach_app.store.keys import DEMO_COST

    ada = new_store(folder / "ada", PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    code = invite(ada, folder / "invitation")
    ben = join(folder / "ben", folder / "invitation", code, "Ben Long", PASSPHRASE, cost=DEMO_COST)
    (folder / "stick").mkdir()
    plan_event(ada, {"name": "Fire hall, Alarka", "starts": "2026-10-03T18:00:00-04:00"})
    fill(ada, people(size), TOGETHER)
    for store in (ben, ada, ben, ada):  # he asks, she lets him in and leaves what she has, he takes it in
        sync_folder(store, folder / "stick")
    if ben.count("people") != size:
        raise ValueError("they do not hold the same")
    ada.close()
    ben.close()


def ours(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - every side is called alike
    """With all those people stored."""
    return _synced(folder / "ours")


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """With few."""
    return _synced(folder / "against")


def _synced(folder: Path) -> Mapping[str, float]:
    from outreach_app.operations.sign_ins import NewSignIn, sign_in
    from outreach_app.operations.spaces import open_store
    from outreach_app.operations.syncing import sync_folder

    ada, ben = (open_store(folder / name, PASSPHRASE) for name in ("ada", "ben"))
    event = ada.list("events", limit=1)[0].id
    took: dict[str, list[float]] = {"sync_nothing": [], "sync_one": []}
    for number in range(TIMES):
        sync_folder(ben, folder / "stick")
        with timed(took["sync_nothing"]):
            sync_folder(ben, folder / "stick")
        sign_in(ada, NewSignIn(event, name=f"Walter In{number} Oxendine"))
        sync_folder(ada, folder / "stick")
        with timed(took["sync_one"]):
            done = sync_folder(ben, folder / "stick")
        if done.exchange.received != 1:
            raise ValueError("the sign-in did not arrive")
    ada.close()
    ben.close()
    return {name: median(each) * 1000 for name, each in took.items()}
