"""The real window, on a screen nobody sees, killed in mid-word: the words are there again, where they were typed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach_app.operations.drafts import kept_drafts
from outreach_app.operations.events import plan_event
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.helpers.programs import PASSPHRASE, ROOT
from tests.helpers.screens import Screen, screen

NAME = "Thaddeus Oxendine of Almond"
PAUSE = 1.5  # seconds: longer than between two times that a draft is kept
SETTLED = 3  # seconds until the door takes keys
LONGEST = 60


@contextmanager
def running(shown: Screen, store: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The program with its store open, and its window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": shown.display, "OUTREACH_LANGUAGE": "en"}
    arguments = [sys.executable, "-m", "ui", "--store", str(store)]
    with subprocess.Popen(arguments, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            door = shown.window("Outreach", LONGEST)
            time.sleep(SETTLED)
            shown.type(door, PASSPHRASE + "\n")
            until = time.monotonic() + LONGEST
            while not any(store.glob("*-wal")) and time.monotonic() < until:  # there while the database is open
                time.sleep(0.1)
            time.sleep(PAUSE)
            yield process, door
        finally:
            process.kill()


def open_the_event(shown: Screen, window: int) -> None:
    """Go to the only event there is, by keys."""
    shown.press(window, "ctrl+2")
    shown.titled(window, "Events", LONGEST)
    time.sleep(PAUSE)
    shown.press(window, "Down", "Return")
    shown.titled(window, "Event ", LONGEST)
    time.sleep(PAUSE)


def within(store: Path) -> Store:
    return open_store(store, PASSPHRASE)


def test_words_outlive_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "laptop"
    made = new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST)
    plan_event(made, {"name": "Fire hall"})
    made.close()
    with screen() as shown:
        with running(shown, folder) as (process, window):
            open_the_event(shown, window)
            shown.type(window, NAME[:10])
            time.sleep(PAUSE)
            shown.type(window, NAME[10:])
            process.send_signal(signal.SIGKILL)
            process.wait(LONGEST)
        left = within(folder)
        (kept,) = kept_drafts(left)
        assert kept.place.what == "Sign-in"
        words = kept.draft.typed["name"][0]
        assert len(words) >= 10
        assert NAME.startswith(words)
        left.close()
        with running(shown, folder) as (process, window):
            open_the_event(shown, window)
            shown.press(window, "shift+Return")
            time.sleep(PAUSE)
            shown.close(window)
            assert process.wait(LONGEST) == 0
    saved = within(folder)
    assert [view.title for view in saved.list("people")] == [words]
    assert kept_drafts(saved) == []
    saved.close()
