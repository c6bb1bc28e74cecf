"""A smoke run of the frozen program: `uv run python -m tests.smoke dist/outreach` (after `pyinstaller build.spec`).

Both programs are started as people start them, from another folder, with an empty home and none of this environment:
the command line says its version, plays the demo through, writes files for other programs and reads one back; the
window opens on the store that made, takes the passphrase, shows its first page and closes when it is asked to, on a
real X screen where there is one to be had.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from outreach_app import __version__
from tests.helpers.screens import screen

LONGEST = 300  # seconds any of it may take
SETTLED = 4  # seconds until a page has come up and takes keys, on a slow machine
PASSPHRASE = "demo"
KEPT = ("PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "DISPLAY", "XDG_RUNTIME_DIR")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of somebody who has just put the program on their computer."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))
    return {**kept, **homes, "QT_QPA_PLATFORM": "offscreen", "OUTREACH_PASSPHRASE": PASSPHRASE, "LC_ALL": "C.UTF-8"}


def start(program: Path, *arguments: str, home: Path) -> str:
    """Start a program and wait for its end; what it printed. A failure or a traceback ends the whole run."""
    done = subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        cwd=home,
        env=surroundings(home),
        timeout=LONGEST,
        check=False,
    )
    judge(program, arguments, done.returncode, done.stdout + done.stderr)
    return done.stdout


def judge(program: Path, arguments: Sequence[str], code: int, said: str) -> None:
    """Say that a program did well, or leave."""
    asked = f"{program.name} {' '.join(arguments)}"
    expect(code == 0 and "Traceback" not in said, f"{asked} ended with {code}:\n{said}")
    print(f"{asked}: good")


def open_and_close(window: Path, store: Path, home: Path) -> None:
    """Open the window on a store, unlock it, look that its first page came, and close it as people do."""
    with screen() as shown:
        environment = {**surroundings(home), "QT_QPA_PLATFORM": "xcb", "DISPLAY": shown.display}
        arguments = ["--store", str(store)]
        with (
            tempfile.TemporaryFile("w+") as said,
            subprocess.Popen([window, *arguments], cwd=home, env=environment, stdout=said, stderr=said) as process,
        ):
            unlocked = False
            try:
                door = shown.window("Outreach", LONGEST)
                time.sleep(SETTLED)
                shown.type(door, PASSPHRASE + "\n")
                time.sleep(SETTLED)
                unlocked = any(store.glob("*-wal"))  # the database's own file, there while it is open
                shown.close(shown.window("Outreach", LONGEST))
                code = process.wait(LONGEST)
            except (TimeoutError, subprocess.TimeoutExpired):
                process.kill()
                code = process.wait()
            said.seek(0)
            judge(window, arguments, code, said.read())
            expect(unlocked, "the window did not take the passphrase")


def expect(condition: bool, otherwise: str) -> None:
    """Leave with a sentence where something is not as it must be."""
    if not condition:
        sys.exit(otherwise)


def smoke(folder: Path) -> None:
    """The whole run, on the folder that the build made."""
    suffix = ".exe" if sys.platform == "win32" else ""
    window, line = folder.resolve() / f"outreach{suffix}", folder.resolve() / f"outreach-cli{suffix}"
    for name in ("LICENSE", "THIRD-PARTY-NOTICES.txt"):
        expect((folder / name).is_file(), f"{name} is missing beside the programs")
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        expect(__version__ in start(line, "--version", home=home), "outreach-cli does not say its version")
        demo = home / "demo"
        start(line, "demo", str(demo), "--no-window", home=home)
        account = json.loads((demo / "account.json").read_text(encoding="utf-8"))
        stages = [account[stage] for stage in ("captured", "exported", "merged", "synced")]
        expect(all(stage == stages[0] for stage in stages), f"the demo's account does not agree: {account}")
        expect(any((demo / "sheets").glob("*.pdf")), "the demo printed no sheets")
        store = demo / "stores" / "coordinator"
        for form, name in (("ics", "events.ics"), ("google", "people.csv")):
            start(line, "export", str(home / name), "--format", form, "--store", str(store), home=home)
        told = json.loads(start(line, "import", str(home / "people.csv"), "--store", str(store), "--json", home=home))
        people = told["account"]["total"]["people"]  # read in a process of its own, for which the program starts itself
        expect(people["read"] == people["same"] > 0, f"the people that left are not the same: {people}")
        if shutil.which("Xvfb") and shutil.which("xdotool"):
            open_and_close(window, store, home)
        else:
            start(window, "--version", home=home)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.smoke", description=__doc__)
    parser.add_argument("folder", type=Path, help="what pyinstaller made: dist/outreach")
    smoke(parser.parse_args().folder)


if __name__ == "__main__":
    main()
