"""Hands at the real window with a watch, for `tests.benchmarks.window`: `python -m tests.helpers.typists SCREEN FOLDER
SIZE` prints as JSON what they took, at the screen that Qt is to use. Stalls go to standard error.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.figures import peak_mb, percentile
from tests.benchmarks.people import PASSPHRASE, values
from tests.benchmarks.window import ACTS, READS, SHARES
from tests.helpers.disk_reads import forget, reads
from tests.helpers.keyboards import CTRL, SHIFT, Keyboard
from tests.helpers.watchdog import Watchdog, kept_waiting, waits_since
from ui.app import application
from ui.models.records import RecordTable
from ui.pages.event import EventPage
from ui.pages.lists import ListPage
from ui.widgets.suggestions import SuggestionList
from ui.widgets.tables import ListTable

NAMES = 25
PAGES, JUMPS, OPENINGS, SAVES, COLD = 80, 60, 12, 40, 5


class Typist:
    """Hands at the window with a watch: ``took`` has the seconds of each act, and the pages read at each letter."""

    def __init__(self, hands: Keyboard, size: int) -> None:
        self.hands, self.over = hands, 0.0
        self.took: dict[str, list[float]] = {act: [] for act in (*ACTS, *READS)}
        known = random.Random(size)
        names = [values(known, number)["name"] for number in range(min(size, 5_000))]
        self.names = random.Random(7).sample(names, NAMES)

    def timed(self, act: str, do: Callable[[], object]) -> None:
        """Do something, and wait until all of it is painted."""
        begun, waited = time.perf_counter(), kept_waiting()
        do()
        self.hands.settle()
        self.over = time.perf_counter()
        self.took[act].append(self.over - begun - max(waits_since(waited)))

    def letters(self, act: str, name: str, before: Callable[[], object] = lambda: None) -> None:
        """Type a name over what is written, letter by letter."""
        self.hands.press(Qt.Key.Key_A, CTRL)
        for letter in name:
            before()
            known = reads()
            self.timed(act, partial(self.hands.type, letter, settle=False))
            read = reads() - known
            if act == "cold":
                self.took["disk"].append(read.disk)
            else:
                self.took["reads"].append(read.asked)
        self.found(name)

    def found(self, name: str) -> None:
        """Whether the name written whole found its person, wherever it was written."""
        shown: list[str] = []
        for widget in QApplication.allWidgets():
            if isinstance(widget, SuggestionList) and widget.isVisible():
                shown += [line.text for line in widget.lines]
            if isinstance(widget, ListTable) and widget.isVisible() and isinstance(widget.model(), RecordTable):
                shown += [str(widget.model().index(row, 0).data()) for row in range(min(20, widget.model().rowCount()))]
        if name not in shown:
            raise LookupError("a whole name typed did not find its person")


def find(typist: Typist) -> None:
    """Ctrl+K, and names."""
    typist.hands.press(Qt.Key.Key_K, CTRL)
    for name in typist.names:
        typist.letters("find", name)
    typist.hands.press(Qt.Key.Key_Escape)  # the lines go, then the rest
    typist.hands.press(Qt.Key.Key_Escape)


def look_through(typist: Typist) -> None:
    """The list of people: opened, typed in, paged and jumped through."""
    hands = typist.hands
    for _time in range(OPENINGS):
        hands.press(Qt.Key.Key_1, CTRL)
        typist.timed("list", lambda: hands.press(Qt.Key.Key_3, CTRL, settle=False))
    for name in typist.names:
        typist.letters("narrow", name)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Down)
    table = hands.page(ListPage).in_view.table
    assert isinstance(table, ListTable)
    assert table.hasFocus()
    for _time in range(PAGES):
        typist.timed("scroll", lambda: hands.press(Qt.Key.Key_PageDown, settle=False))
        filled_in(table)
    for _time in range(JUMPS):
        place = random.randrange(table.verticalScrollBar().maximum() + 1)
        typist.timed("jump", partial(table.verticalScrollBar().setValue, place))
        filled_in(table)


def filled_in(table: ListTable) -> None:
    """The first row in view has words."""
    if not table.indexAt(table.viewport().rect().topLeft()).data():
        raise LookupError("a row in view is blank")


def sign_in(typist: Typist, event: str, folder: Path) -> None:
    """An event: known names typed, then people signed in as new, whoever is like them; then names with nothing kept of
    the store's files."""
    hands = typist.hands
    hands.go("event", event=event)
    for name in typist.names:
        typist.letters("suggest", name)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Delete)
    tile = hands.page(EventPage).tiles["sign_in"]
    for number in range(SAVES):
        hands.type(f"Walter In{number} Oxendine")
        before = tile.accessibleName()
        with hands.painted(tile, partial(is_other, tile, before)) as at:
            typist.timed("saved", lambda: hands.enter(SHIFT, settle=False))
        typist.took["save"].append(max(0.0, typist.took["saved"][-1] - max(0.0, typist.over - at[0])))
    for name in typist.names[:COLD]:
        typist.letters("cold", name, lambda: forget(folder))


def is_other(tile: QWidget, before: str) -> bool:
    """Whether a tile counts otherwise than before."""
    return tile.accessibleName() != before


def main() -> None:
    """What the hands did at one screen, as JSON: milliseconds, pages, CPU seconds, MB."""
    platform, folder, size = sys.argv[1], Path(sys.argv[2]) / "store", int(sys.argv[3])

    application("en")
    hands = Keyboard(folder)
    used, begun = time.process_time(), time.perf_counter()
    hands.unlock(PASSPHRASE)
    told = {"unlock": time.process_time() - used, "unlocked": (time.perf_counter() - begun) * 1000}
    typist = Typist(hands, size)
    events: list[str] = []
    hands.window.desk.read(lambda store: store.list("events", limit=1)[0].id, events.append)
    hands.settle()
    with Watchdog() as dog:
        find(typist)
        look_through(typist)
        sign_in(typist, events[0], folder)
    hands.close()
    for stall in dog.stalls:
        print(stall, file=sys.stderr)
    told |= {"held": peak_mb(), "away": dog.most * 1000}
    for name, each in typist.took.items():
        for share in SHARES:
            value = percentile(each, float(share)) * (1 if name in ("reads", "disk") else 1000)
            told[f"{name}_{share}" + (f"_{platform}" if name in ACTS else "")] = value
    print(json.dumps(told))


if __name__ == "__main__":
    main()
