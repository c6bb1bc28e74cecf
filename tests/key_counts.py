"""How many keys the commonest things take, counted at the real window: `uv run python -m tests.key_counts`.

Each line says what a person does, what it may take at most, and what it took; what it did is looked for in the store.
Ends with 1 where one takes more.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from rich.console import Console
from rich.table import Table

from outreach_app.operations.events import plan_event
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import new_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.helpers.keyboards import ALT, CTRL, Keyboard, keyboard
from ui.pages.event import EventPage
from ui.pages.record import RecordPage

PASSPHRASE = "four words in mind"
KNOWN, SINGLES_OUT, OTHER = "Thaddeus Oxendine", "Th Oxe", "Thea Oxley"
NEW, SAID, ANYONE = "Ada Crowe", "The van only comes Tuesdays.", "Quenby Marrak"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something people do: where it begins, the keys, and what then is so that was not before."""

    what: str
    keys: str
    most: int
    begin: Callable[[Keyboard], object]
    do: Callable[[Keyboard], object]
    done: Callable[[Keyboard], object]


@dataclass(frozen=True, slots=True)
class Counted:
    """A deed, how many keys it took, and whether it was done."""

    deed: Deed
    took: int
    done: bool

    @property
    def well(self) -> bool:
        """Whether it was done with as few keys as it may take."""
        return self.done and self.took <= self.deed.most


def tile(hands: Keyboard, verb: str) -> int:
    """What a tile of the event counts."""
    return int(hands.page(EventPage).tiles[verb].accessibleName().rpartition(", ")[2])


def ask(hands: Keyboard, question: Callable[[Store], Any]) -> Any:
    """What the store says."""
    answers: list[Any] = []
    hands.window.desk.read(question, answers.append)
    hands.settle()
    return answers[0]


def titles(hands: Keyboard, kind: str) -> list[str]:
    """What the records of a kind are called."""
    return [view.title for view in ask(hands, lambda store: store.list(kind))]


def at(key: Qt.Key) -> Callable[[Keyboard], object]:
    """At the event's form of this key."""
    return lambda hands: hands.press(key, ALT)


def known_person(hands: Keyboard) -> None:
    for letter in SINGLES_OUT:  # as one does who looks at what is offered
        hands.type(letter)
    hands.enter()


def walk_in(hands: Keyboard) -> None:
    hands.type(NEW)
    hands.enter()


def feedback(hands: Keyboard) -> None:
    hands.type(SAID)
    hands.enter(CTRL)


def anyone(hands: Keyboard) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type(ANYONE[:3])
    hands.enter()


DEEDS: Sequence[Deed] = (
    Deed(
        "sign in somebody known",
        "letters that single them out, Enter",
        len(SINGLES_OUT) + 1,
        at(Qt.Key.Key_S),
        known_person,
        lambda hands: tile(hands, "sign_in") == 1 and titles(hands, "people").count(KNOWN) == 1,
    ),
    Deed(
        "sign in a walk-in",
        "the name, Enter",
        len(NEW) + 1,
        at(Qt.Key.Key_S),
        walk_in,
        lambda hands: tile(hands, "sign_in") == 2 and NEW in titles(hands, "people"),
    ),
    Deed(
        "take the last save back",
        "Ctrl+Z",
        1,
        at(Qt.Key.Key_S),
        lambda hands: hands.press(Qt.Key.Key_Z, CTRL),
        lambda hands: tile(hands, "sign_in") == 1 and NEW not in titles(hands, "people"),
    ),
    Deed(
        "count a head",
        "Alt+H",
        1,
        at(Qt.Key.Key_S),
        lambda hands: hands.press(Qt.Key.Key_H, ALT),
        lambda hands: tile(hands, "count_heads") == 1,
    ),
    Deed(
        "take the head back",
        "Ctrl+Z",
        1,
        at(Qt.Key.Key_S),
        lambda hands: hands.press(Qt.Key.Key_Z, CTRL),
        lambda hands: tile(hands, "count_heads") == 0,
    ),
    Deed(
        "write down feedback",
        "the words, Ctrl+Enter",
        len(SAID) + 1,
        at(Qt.Key.Key_F),
        feedback,
        lambda hands: titles(hands, "feedback") == [SAID],
    ),
    Deed(
        "find anyone",
        "Ctrl+K, three letters, Enter",
        5,
        lambda hands: hands.go("today"),
        anyone,
        lambda hands: hands.page(RecordPage).title == ANYONE or hands.page(RecordPage).header.title.text() == ANYONE,
    ),
)


def counted(folder: Path) -> list[Counted]:
    """Do all of it, one after the other, at a window on a new store."""
    store = new_store(folder, PASSPHRASE, "Ada Hill", "Hill County Health", cost=DEMO_COST)
    event, _changes = plan_event(store, {"name": "Almond Fire Hall", "starts": "2026-10-03T18:00:00-04:00"})
    for name in (KNOWN, OTHER, ANYONE):
        make_record(store, "people", {"name": name})
    store.close()
    found = []
    with keyboard(folder, PASSPHRASE) as hands:
        hands.go("event", event=event)
        for deed in DEEDS:
            deed.begin(hands)
            hands.keys = 0
            deed.do(hands)
            took = hands.keys
            found.append(Counted(deed, took, bool(deed.done(hands))))
    return found


def table(lines: Sequence[Counted]) -> Table:
    """As a person reads it."""
    shown = Table(title="Keys, counted at the window")
    for heading in ("to", "keys", "at most", "took"):
        shown.add_column(heading, justify="right" if heading in ("at most", "took") else "left")
    for line in lines:
        took = (
            str(line.took) if line.well else f"[bold red]{line.took}{'' if line.done else ', and it was not done'}[/]"
        )
        shown.add_row(line.deed.what, line.deed.keys, str(line.deed.most), took)
    return shown


def main() -> int:
    """The command."""
    with tempfile.TemporaryDirectory() as folder:
        lines = counted(Path(folder) / "store")
    Console(width=None if sys.stdout.isatty() else 100).print(table(lines))
    return 0 if all(line.well for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
