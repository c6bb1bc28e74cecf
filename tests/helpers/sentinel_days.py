"""A day with one unmistakable person, in a process that is killed: `python -m tests.helpers.sentinel_days FOLDER PART`.

Each part ends by saying a word on standard output, and then stays until it is killed. What a part leaves in FOLDER is
for tests to look through.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.events import plan_event
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.printing import SheetChoices, make_sheet
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.keys import DEMO_COST

if TYPE_CHECKING:
    from ui.app import Frame

PASSPHRASE = "Wrenchgladden morrowby"
NAME, FOLDED = "Xóchitl Qvarnzweig", "Qvarnzweig"
PHONE, EMAIL = "828 555 0173", "ox.qvarnz@zzyzxmail.example"
TOWN = "Vrbnikfold"
WORDS = "The blue kiosklamp frightens my zebrafinch."
SECRET = "My neighbour hides a quicksilverjar."
DRAFTED_NAME, DRAFTED_WORDS = "Ignatz Pfefferquist", "Someone wrote halfmoonticket here."
SENTINELS = (
    *(PASSPHRASE, NAME, FOLDED, "Xochitl", PHONE, "8285550173", EMAIL, TOWN),
    *("kiosklamp", "zebrafinch", "quicksilverjar", "Pfefferquist", "halfmoonticket"),
)
"""What may be readable nowhere, also as it is kept for searching: with no accents, of a number its digits."""

EVENT = "Fire hall"


def begin(folder: Path) -> None:
    """An office and a laptop; the person signs in on the laptop, and says two things, one of them sensitive."""
    office = new_store(folder / "office", PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST)
    code = invite(office, folder / "join.outreach")
    plan_event(office, {"name": EVENT, "starts": "2026-11-21T10:00:00-05:00"})
    laptop = join(folder / "laptop", folder / "join.outreach", code, "Ben Oxendine", PASSPHRASE, DEMO_COST)
    stick = folder / "stick"
    stick.mkdir()
    for store in (office, laptop, office, laptop):
        sync_folder(store, stick)
    office.close()
    event = laptop.list("events")[0].id
    phones = ({"number": PHONE, "kind": "mobile"},)
    for _twice in range(2):  # so that there is a duplicate to decide
        sign_in(laptop, NewSignIn(event, NAME, phones=phones, emails=(EMAIL,), details={"town": TOWN}))
    make_record(laptop, "sign_ins", {"event": event, "status": "expected", "name_as_written": NAME})
    sheet = make_sheet(laptop, event, SheetChoices(prefilled=True))
    (folder.parent / "sheet.pdf").write_bytes(sheet.pdf)
    record_feedback(laptop, NewFeedback(WORDS, event))
    record_feedback(laptop, NewFeedback(SECRET, event, sensitive=True))
    assert laptop.find("xochitl")
    look_for_duplicates(laptop)


def send_on(folder: Path) -> None:
    """The laptop syncs and is backed up; the office takes in what came, and signs for it."""
    laptop = open_store(folder / "laptop", PASSPHRASE)
    sync_folder(laptop, folder / "stick")
    laptop.back_up(folder / "laptop.backup")
    office = open_store(folder / "office", PASSPHRASE)
    sync_folder(office, folder / "stick")
    assert office.find("qvarnz")
    assert {view.values["verbatim"] for view in office.list("feedback")} == {WORDS, SECRET}
    office.back_up(folder / "office.backup")
    sync_folder(office, folder / "stick")


def draft(folder: Path) -> None:
    """In the laptop's window, forms are written in and not saved: a record's, then an event's."""
    from outreach_app.texts import speak
    from ui.app import Frame, application
    from ui.pages.places import places

    application("en")
    speak("en")
    frame = Frame(folder / "laptop", places)
    frame.show()
    _unlock(frame)
    _draft_a_record(frame)
    _unlock(frame)
    _draft_at_an_event(frame)


def _unlock(frame: "Frame") -> None:
    from ui.pages.unlock import Unlocking, UnlockPage

    _wait(lambda: isinstance(frame.centralWidget(), UnlockPage))
    frame.unlock(Unlocking(PASSPHRASE))
    _wait(lambda: frame.open_window is not None and not frame.jobs.busy)


def _draft_a_record(frame: "Frame") -> None:
    from PySide6.QtWidgets import QLineEdit

    from ui.pages.record import RecordPage

    assert frame.desk is not None
    assert frame.open_window is not None
    frame.desk.go("record", kind="people")
    page = frame.open_window.page
    assert isinstance(page, RecordPage)
    _wait(lambda: page.form is not None and not frame.jobs.busy)
    assert page.form is not None
    name = page.form.parts["name"].named
    assert isinstance(name, QLineEdit)
    name.setText(DRAFTED_NAME)
    _wait(lambda: not frame.jobs.busy)
    frame.desk.lock()


def _draft_at_an_event(frame: "Frame") -> None:
    from ui.pages.event import EventPage

    assert frame.desk is not None
    assert frame.open_window is not None
    event: list[str] = []
    frame.desk.read(lambda store: store.list("events")[0].id, event.append)
    _wait(lambda: event)
    frame.desk.go("event", event=event[0])
    page = frame.open_window.page
    assert isinstance(page, EventPage)
    _wait(lambda: not frame.jobs.busy)
    kept: list[object] = []
    page.feedback.keeper.kept.connect(kept.append)
    page.sign_in.keeper.kept.connect(kept.append)
    page.sign_in.name.write(DRAFTED_NAME)
    page.sign_in.contact.setText(EMAIL)
    page.feedback.words.write(DRAFTED_WORDS)
    _wait(lambda: len(kept) > 1)


def _wait(true: Callable[[], object]) -> None:
    """Let the window work until something is so."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        QApplication.processEvents()
        time.sleep(0.005)


def fail(folder: Path) -> NoReturn:
    """A bug in the midst of a save, with the person's words in hand: the program ends in a report of it."""
    laptop = open_store(folder / "laptop", PASSPHRASE)
    with laptop.writing("record_feedback") as draft:
        draft.new("people", {"name": NAME, "emails": [EMAIL]})
        draft.new("feedback", {"verbatim": WORDS})
        with laptop.reading() as connection:  # as good as any bug: the rows have nowhere to go
            connection.exec_driver_sql('DROP TABLE "feedback"')
    raise SystemExit("the bug was not met")


PARTS = {part.__name__: part for part in (begin, send_on, draft, fail)}


def main() -> None:
    """Play one part, say so, and stay until somebody kills it."""
    folder, part = sys.argv[1:]
    PARTS[part](Path(folder))
    print("done", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
