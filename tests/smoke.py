"""A smoke run of the frozen program: `uv run python -m tests.smoke dist/outreach` (after `pyinstaller build.spec`).

Both programs are started as people start them, from another folder, with an empty home and none of this environment:
the command line says its version and plays the demo through; the window opens on the store that made, and closes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from outreach_app import __version__

LONGEST = 300  # seconds any of it may take
KEPT = ("PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "DISPLAY", "XDG_RUNTIME_DIR")


def start(program: Path, *arguments: str, home: Path) -> str:
    """Start a program and wait for its end; what it printed. A failure or a traceback ends the whole run."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    surroundings = {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
    }
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "OUTREACH_PASSPHRASE": "demo", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, cwd=home, env=surroundings, timeout=LONGEST, check=False
    )
    if done.returncode or "Traceback" in done.stderr:
        sys.exit(f"{program.name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    print(f"{program.name} {' '.join(arguments)}: good")
    return done.stdout


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
        start(window, "--store", str(demo / "stores" / "coordinator"), "--smoke", home=home)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.smoke", description=__doc__)
    parser.add_argument("folder", type=Path, help="what pyinstaller made: dist/outreach")
    smoke(parser.parse_args().folder)


if __name__ == "__main__":
    main()
