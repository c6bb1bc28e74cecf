"""Somebody at work at the event: `python -m tests.long_event.worker FOLDER SEED FIRST SIGN_INS NOTES ASIDES`.

A process of its own, so that it can be killed. It tells each thing it begins, and each that is done and must last, as a
line of JSON; first what the store holds, and what stands in the forms. What is next is drawn from the seed.
"""

import gc
import json
import os
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.store.stores import Store
from tests.benchmarks.people import PARTS, PASSPHRASE, values
from tests.helpers.keyboards import ALT, CTRL, SHIFT, Keyboard
from ui.app import application
from ui.pages.event import EventPage
from ui.pages.record import RecordPage
from ui.pages.unlock import UnlockPage

SIGN_IN, NOTE, HEAD = "sign_in", "note", "head"
UNDO, EDIT, DRAFT, LOCK = "undo", "edit", "draft", "lock"
CHANCES = {UNDO: 0.06, EDIT: 0.02, HEAD: 0.05, DRAFT: 0.012, LOCK: 0.008}
"""How often each follows a sign-in or a note."""

KNOWN = 0.25
"""The share of people who are known already."""

REST_EVERY = 8  # sign-ins and notes
_KEPT = 1.3  # seconds after which what stands in a form is kept
_SAID = (
    "the van only comes on Tuesdays",
    "nobody told us who pays for a ride to the clinic",
    "my mother cannot walk there",
    "there is no one who speaks Spanish at the desk",
    "the water tastes of iron since spring",
)


class Worker:
    """The hands, and what they know they did since the window was opened."""

    def __init__(self, folder: Path, seed: int, first: int, left: dict[str, int], asides: float) -> None:
        self.random, self.number, self.left, self.often = random.Random(seed), first, left, asides
        self.hands = Keyboard(folder)
        self.undoable: list[tuple[str, str, str]] = []  # which entry, what it said before, what it says now
        self.written: dict[str, str] = {}  # sign-ins, by entry
        self.event = ""
        self.known: list[str] = []
        self.enter()

    def enter(self) -> None:
        """Unlock, go to the event, and tell what is there."""
        self.hands.unlock(PASSPHRASE)
        there = self.ask(holds)
        self.event, known = there.pop("event"), there.pop("known")
        self.known = self.known or self.random.sample(known, 200)
        self.undoable.clear()
        self.hands.go("event", event=self.event)
        tell(held=there, drafts={SIGN_IN: self.page.sign_in.name.text, NOTE: self.page.feedback.words.text})
        self.empty()

    def ask(self, question: Callable[[Store], Any]) -> Any:
        """What the store says."""
        answers: list[Any] = []
        self.hands.window.desk.read(question, answers.append)
        self.hands.settle()
        return answers[0]

    @property
    def page(self) -> EventPage:
        """The event's page."""
        return self.hands.page(EventPage)

    def work(self) -> None:
        """Until everybody is signed in and every note taken."""
        done = 0
        while any(self.left.values()):
            what = self.random.choices(list(self.left), list(self.left.values()))[0]
            self.left[what] -= 1
            {SIGN_IN: self.sign_in, NOTE: self.take_note}[what]()
            done += 1
            for aside, chance in CHANCES.items():
                if self.random.random() < chance * self.often:
                    ASIDES[aside](self)
            if done % REST_EVERY == 0:
                self.rest()
        self.rest()
        self.hands.close()
        tell(over=True)

    def sign_in(self) -> None:
        """Somebody known, or somebody new."""
        self.hands.press(Qt.Key.Key_S, ALT)
        if self.known and self.random.random() < KNOWN:
            name, held = self.known.pop(), Qt.KeyboardModifier.NoModifier
        else:
            name, held = f"{values(self.random, 0)['name']} {_spelled(self.number)}", SHIFT
        entry = self.begin(SIGN_IN, name)
        self.hands.type(name, settle=held is not SHIFT)  # for somebody known one looks, and new ones are typed through
        self.hands.enter(held)
        self.end(entry, "", name)
        self.written[entry] = name

    def take_note(self) -> None:
        """Somebody's words."""
        self.hands.press(Qt.Key.Key_F, ALT)
        words = f"{', '.join(self.random.choices(_SAID, k=self.random.choice((1, 1, 2))))} {_spelled(self.number)}"
        entry = self.begin(NOTE, words)
        self.hands.type(words, settle=False)
        self.hands.enter(CTRL)
        self.end(entry, "", words)

    def count_head(self) -> None:
        """One who signs nothing."""
        entry = self.begin(HEAD, "one")
        self.hands.press(Qt.Key.Key_H, ALT)
        self.end(entry, "", "one")

    def undo(self) -> None:
        """Take the last back."""
        if self.undoable:
            entry, before, now = self.undoable.pop()
            tell(begin=UNDO, entry=entry, now=now, then=before)
            self.hands.press(Qt.Key.Key_Z, CTRL)
            tell(done=UNDO, entry=entry, then=before)

    def edit(self) -> None:
        """Write a name anew, on the sign-in's own page."""
        if not self.written:
            return
        entry, name = self.random.choice(list(self.written.items()))
        found = self.ask(lambda store: store.list("sign_ins", {"name_as_written": name}))
        if not found:  # it was taken back
            del self.written[entry]
            return
        self.hands.go("record", kind="sign_ins", record=found[0].id)
        form = self.hands.page(RecordPage).form
        assert form is not None
        form.parts["name_as_written"].named.setFocus()
        anew = f"{values(self.random, 0)['name']} {_spelled(self.number)}"
        self.number += 1
        tell(begin=EDIT, entry=entry, now=name, then=anew)
        self.hands.press(Qt.Key.Key_A, CTRL)
        self.hands.type(anew)
        self.hands.press(Qt.Key.Key_S, CTRL)
        self.end(entry, name, anew, EDIT)
        self.written[entry] = anew
        self.hands.go("event", event=self.event)

    def draft(self) -> None:
        """Begin something, and rest: it is kept. It then goes on, or is struck out."""
        way, key = self.random.choice(((SIGN_IN, Qt.Key.Key_S), (NOTE, Qt.Key.Key_F)))
        self.hands.press(key, ALT)
        text = f"Half {_spelled(self.number)}"
        self.number += 1
        self.hands.type(text)
        self.hands.rest(_KEPT)
        self.hands.settle()
        tell(draft=way, text=text)
        if self.random.random() < 0.5:
            self.lock()
        else:
            self.empty()

    def lock(self) -> None:
        """Lock, and open again."""
        tell(locked=True)
        self.hands.press(Qt.Key.Key_L, CTRL)
        self.hands.until(lambda: isinstance(self.hands.frame.centralWidget(), UnlockPage))
        self.enter()

    def empty(self) -> None:
        """Strike out what stands in the forms."""
        tell(draft=SIGN_IN, text="", struck=True)
        tell(draft=NOTE, text="", struck=True)
        for key in (Qt.Key.Key_F, Qt.Key.Key_S):
            self.hands.press(key, ALT)
            self.hands.press(Qt.Key.Key_A, CTRL)
            self.hands.press(Qt.Key.Key_Delete)

    def rest(self) -> None:
        """Tell what the window holds while it rests on the sign-in."""
        self.hands.press(Qt.Key.Key_S, ALT)
        gc.collect()
        threads = [each for each in threading.enumerate() if not each.name.startswith("aside")]  # which come as needed
        record = self.hands.window.open_pages.get("record")  # there since the first edit, with the form last shown
        widgets = len(QApplication.allWidgets()) - (len(record.findChildren(QWidget)) if record is not None else 0)
        tell(rest={"widgets": widgets, "threads": len(threads), "mb": round(_held_mb(), 1)})

    def begin(self, what: str, text: str) -> str:
        """Tell that something is begun; the name of its entry."""
        entry = f"{what} {self.number}"
        self.number += 1
        tell(begin=what, entry=entry, now="", then=text)
        return entry

    def end(self, entry: str, before: str, now: str, what: str = "") -> None:
        """Tell that it is done: the keys have settled, so it is in the store."""
        self.undoable.append((entry, before, now))
        tell(done=what or entry.split()[0], entry=entry, then=now)


ASIDES: dict[str, Callable[[Worker], None]] = {
    UNDO: Worker.undo,
    EDIT: Worker.edit,
    HEAD: Worker.count_head,
    DRAFT: Worker.draft,
    LOCK: Worker.lock,
}


def _spelled(number: int) -> str:
    """A number as syllables, so that no two texts are alike and all are words."""
    said = ""
    while number or not said:
        number, rest = divmod(number, len(PARTS))
        said += PARTS[rest]
    return f"Z{said}"


def holds(store: Store) -> dict[str, Any]:
    """What the store holds of the event."""
    event = store.list("events", limit=1)[0]
    return {
        "event": event.id,
        "known": [row[-1] for row in store.values("people", ["name"])][:1_000],
        SIGN_IN: [row[-1] for row in store.values("sign_ins", ["name_as_written"])],
        NOTE: [row[-1] for row in store.values("feedback", ["verbatim"])],
        HEAD: int(event.values["others_here"] or 0),
    }


def _held_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 2**10


def tell(**what: Any) -> None:
    """Say it to whoever started this."""
    os.write(1, (json.dumps(what) + "\n").encode())


def main() -> None:
    """Work, until it is done or killed."""
    folder, seed, first, sign_ins, notes, asides = sys.argv[1:]
    application("en")
    left = {SIGN_IN: int(sign_ins), NOTE: int(notes)}
    Worker(Path(folder), int(seed), int(first), left, float(asides)).work()


if __name__ == "__main__":
    main()
