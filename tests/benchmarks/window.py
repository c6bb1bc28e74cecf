"""The real window: from the event of a key to all that it asked for painted, on a screen of memory and on an X screen.

The store is the one that ``search`` is measured on. What is typed is names of people of the store, letter by letter, at
*Find*, at the sign-in of an event and in the list of people; each must find its person. A key's time ends when nothing
is asked of the store any more and Qt has painted all that changed, which is later than what a person waits for; of a
save also the moment is taken at which the tile that counts it is painted, and the save durable. The time in which the
one of its threads that waited longest was ready, and the machine had no processor for it, is not counted.

Under X (Xvfb) the same hands do the same. Reads are counted as the program asks the system for them, a page of the
store each; and once more with the system's memory of the store's files emptied before every letter, as on a laptop just
started that has memory for nothing else: what then comes from the disk is all that a letter needs, and what is read
ahead beside it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import ROOT, Figure, cpu_of
from tests.benchmarks.people import filled
from tests.benchmarks.start import EMPTY

A_FRAME = 16.0  # ms
SCREENS = {"offscreen": "", "xcb": ", X"}
ACTS = {
    "find": "a letter at Find to its lines painted",
    "suggest": "a letter at the sign-in to its lines painted",
    "narrow": "a letter in the list of people to its rows painted",
    "list": "the list of people opened, painted",
    "scroll": "a page down in the list, painted",
    "jump": "a jump in the list, painted",
    "save": "Shift+Enter at the sign-in to the tile counting it, painted",
    "saved": "the same, until nothing is asked any more",
}
READS = {
    "reads": "pages of the store asked for by a letter",
    "disk": "pages from the disk for a letter, nothing kept",
    "cold": "a letter to its lines painted, nothing kept",
}
SHARES = {"50": "half of them", "99": "99 of 100"}
FIGURES = (
    *(
        Figure(f"{act}_{share}_{screen}", f"{what}, {said}{beside}", "ms", A_FRAME, large=50 if act == "find" else None)
        for screen, beside in SCREENS.items()
        for act, what in ACTS.items()
        for share, said in SHARES.items()
    ),
    *(
        Figure(f"{name}_{share}", f"{what}, {said}", "ms" if name == "cold" else "pages", 5 if name != "cold" else 50)
        for name, what in READS.items()
        for share, said in SHARES.items()
    ),
    Figure("unlock", "the passphrase to Today painted", "CPU s", 4.0, against="an empty PySide6 window"),
    Figure("unlocked", "the passphrase to Today painted", "ms", 1_000),
    Figure("held", "the most memory the whole window holds", "MB", 400),
    Figure("away", "the longest its thread stayed away from its loop", "ms", 50),
)
SIZES = (1_000, 10_000, 100_000)
LARGE = (1_000_000,)
ROUNDS = 1


def prepare(folder: Path, size: int) -> None:
    """Fill a store."""
    filled(folder, size)


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - every side is called alike
    """Start Python with a window that holds nothing, until it is drawn."""
    return {"unlock": cpu_of(sys.executable, "-c", EMPTY, QT_QPA_PLATFORM="offscreen")}


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """The hands' figures on either screen, each in a process of its own."""
    from tests.helpers.screens import screen

    told = _on("offscreen", folder, size, {})
    with screen() as x:
        on_x = _on("xcb", folder, size, {"DISPLAY": x.display})
    return {**told, **{name: value for name, value in on_x.items() if name.endswith("_xcb")}}


def _on(platform: str, folder: Path, size: int, surroundings: Mapping[str, str]) -> Mapping[str, float]:
    command = [sys.executable, "-m", "tests.helpers.typists", platform, str(folder), str(size)]
    surroundings = {**os.environ, **surroundings, "QT_QPA_PLATFORM": platform}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
