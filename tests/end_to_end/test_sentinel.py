"""One unmistakable person is captured, searched, drafted, synced, backed up and crashed; no byte on disk tells of them.

Each part is a process of its own, with home and temporary files in the folder that is looked through, and ends by being
killed. Exports and printed sheets are the places where the person may be found, and is: so the search can find.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from outreach_app.operations.drafts import kept_drafts
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.spaces import open_store
from tests.helpers.programs import LONGEST, ROOT, done
from tests.helpers.sentinel_days import (
    DRAFTED_NAME,
    DRAFTED_WORDS,
    EMAIL,
    NAME,
    PASSPHRASE,
    PHONE,
    SENTINELS,
    TOWN,
    WORDS,
)
from tests.helpers.sightings import files, seen_in, sightings
from tests.helpers.starting import surroundings

KILLED = -signal.SIGKILL


def played(folder: Path, part: str) -> int:
    """Play a part of the day and kill it when it is done; the exit code. What it says on the way lies in the folder."""
    home, temporary = folder / "home", folder / "tmp"
    for each in (home, temporary):
        each.mkdir(exist_ok=True)
    environment = {**os.environ, **surroundings(home), "TMPDIR": str(temporary)}
    with (folder / f"{part}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.sentinel_days", str(folder), part],
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=ROOT,
            env=environment,
        )
        assert process.stdout
        try:
            process.stdout.readline()  # it is done, or has ended by itself
        finally:
            process.kill()
            process.communicate(timeout=LONGEST)
    return process.returncode


def test_a_person_is_readable_nowhere_but_in_exports_and_on_paper(tmp_path: Path) -> None:
    day, looked = tmp_path / "day", set()
    day.mkdir()
    for part, ends in (("begin", KILLED), ("draft", KILLED), ("fail", 1), ("send_on", KILLED)):
        assert played(day, part) == ends, (day / f"{part}.log").read_text()
        assert sightings(day, SENTINELS) == {}
        looked |= {path.name for path in files(day)}
    assert "Traceback" in (day / "fail.log").read_text()
    assert {"outreach.db", "outreach.db-wal", "keys.json", "laptop.backup", "office.backup", "carrier.id"} <= looked
    assert sum(name.endswith(".segment") for name in looked) >= 4

    store = open_store(day / "laptop", PASSPHRASE)  # the crash lost neither what was saved nor what was drafted
    assert [store.count("people"), store.count("sign_ins"), store.count("feedback")] == [2, 3, 1]
    drafts = {kept.place.what: kept.draft.typed for kept in kept_drafts(store)}
    assert drafts["Sign-in"]["name"][0] == DRAFTED_NAME
    assert drafts["Piece of feedback"]["words"] == DRAFTED_WORDS
    assert "name" in drafts["New person"]
    export_workbook(store, tmp_path / "all.xlsx")
    store.close()
    assert sightings(day, SENTINELS) == {}
    found = seen_in((tmp_path / "all.xlsx").read_bytes(), SENTINELS)
    assert {NAME, EMAIL, TOWN, "kiosklamp", "zebrafinch"} <= found
    assert found & {PHONE, "8285550173"}
    assert not found & {PASSPHRASE, "Pfefferquist", "halfmoonticket"}
    printed = subprocess.run(["pdftotext", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True)
    assert NAME in printed.stdout  # who is expected is on the sheet, by name alone
    assert not {PHONE, EMAIL, TOWN} & seen_in(printed.stdout.encode(), SENTINELS)

    done("restore", day / "laptop.backup", "--store", day / "again", passphrase=PASSPHRASE)
    assert sightings(day, SENTINELS) == {}
    assert WORDS in done("find", "kiosk", "--store", day / "again", "--json", passphrase=PASSPHRASE).out
