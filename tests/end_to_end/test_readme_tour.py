"""The README's tour of the commands works as it is printed: every line of it is run, in order, in an empty folder."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A short tour")[2].partition("\n## ")[0]


@pytest.mark.xdist_group("demo")  # its last line plays the demo
def test_the_tour_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", "a passphrase")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "stick").mkdir()
    said = ""
    for line in re.findall(r"^    outreach (.*)$", TOUR, re.MULTILINE):
        command = re.split(r"\s{2,}", line)[0]  # what follows two spaces says what it does
        command = command.replace("/media/stick", "stick").replace("DIR", "demo")
        if "--code" in command:
            command = command.replace('"..."', shlex.quote(str(json.loads(said)["code"])))
        if "--event CODE" in command:
            found = run(tmp_path, "find", "Fire hall", "--store", "laptop", "--kind", "events", "--json")
            command = command.replace("CODE", json.loads(found)["results"][0]["code"])
        wanted = shlex.split(command) + (["--json"] if command.startswith("invite") else [])
        said = run(tmp_path, *(part for word in wanted for part in expanded(tmp_path, word)))
    made = {path.name for path in tmp_path.iterdir()}
    assert {"office", "laptop", "copy", "sheet.pdf", "week.xlsx", "master.xlsx", "office.backup", "demo"} <= made


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "outreach_app", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def expanded(folder: Path, word: str) -> list[str]:
    """What a shell makes of a word with a star in it."""
    return sorted(path.name for path in folder.glob(word)) if "*" in word else [word]
