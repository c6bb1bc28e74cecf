"""What is recorded and crashed: `python -m tests.helpers.two_stores FOLDER`.

A store is made, captures, is backed up and invites; a second one joins, captures; they sync through a folder. After
each step one word is said on standard output, and what was done before it must then outlive any crash.
"""

import os
import sys
from pathlib import Path

from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, new_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.durable_files import flush_folder
from outreach_app.store.keys import DEMO_COST
from tests.helpers.programs import PASSPHRASE

OFFICE, LAPTOP, STICK, BACKUP, INVITATION = "office", "laptop", "stick", "office.backup", "join.outreach"


def play(folder: Path) -> None:
    """All of it."""
    office = new_store(folder / OFFICE, PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST)
    _say("founded")
    make_record(office, "people", {"name": "First"})
    _say("first")
    code = invite(office, folder / INVITATION)
    _say("invited")
    office.back_up(folder / BACKUP)
    _say("backed_up")
    laptop = join(folder / LAPTOP, folder / INVITATION, code, "Ben Oxendine", PASSPHRASE, DEMO_COST)
    _say("joined")
    make_record(laptop, "people", {"name": "Second"})
    _say("second")
    (folder / STICK).mkdir()
    flush_folder(folder)  # it was there long since
    for store, word in ((laptop, "laptop_left"), (office, "office_took"), (laptop, "laptop_took")):
        sync_folder(store, folder / STICK)
        _say(word)
    make_record(office, "people", {"name": "Third"})
    _say("third")
    office.close()
    laptop.close()
    _say("closed")


def _say(word: str) -> None:
    os.write(1, word.encode())


if __name__ == "__main__":
    play(Path(sys.argv[1]))
