"""The README's tour of the commands works as printed: every line but two is run, in order."""

import itertools
import json
import os
import re
import shlex
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from outreach_app.cli.programs import program
from tests.helpers.little_pictures import png
from tests.helpers.templates import own_template

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A short tour")[2].partition("\n## ")[0]


def test_the_tour_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", "a passphrase")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stick").mkdir()
    own_template(tmp_path / "own.xlsx")
    (tmp_path / "seal.png").write_bytes(png())
    said = ""
    news = itertools.count(1)
    # the demo has tests of its own, and so has rescuing, which a store that is whole has no need of
    for line in re.findall(r"^    outreach ((?!demo |rescue ).*)$", TOUR, re.MULTILINE):
        command = re.split(r"\s{2,}", line)[0]  # what follows two spaces says what it does
        command = command.replace("/media/stick", "stick")
        if "--code" in command:
            command = command.replace('"..."', shlex.quote(str(json.loads(said)["code"])))
        if "--event CODE" in command:
            found = run("find", "Fire hall", "--store", "laptop", "--kind", "events", "--json")
            command = command.replace("CODE", json.loads(found)["results"][0]["code"])
        if "--words-file" in command:
            (tmp_path / "words.txt").write_text(words_of(tmp_path / "recovery.pdf"))
        monkeypatch.setenv("OUTREACH_NEW_PASSPHRASE", f"new passphrase {next(news)}")
        wanted = shlex.split(command) + (["--json"] if command.startswith("invite") else [])
        said = run(*(part for word in wanted for part in expanded(tmp_path, word)))
        if (
            command.startswith("recover ") and "--from" not in command
        ):  # what follows in the tour goes on with the new passphrase
            monkeypatch.setenv("OUTREACH_PASSPHRASE", os.environ["OUTREACH_NEW_PASSPHRASE"])
        elif command.startswith("passphrase "):
            monkeypatch.setenv("OUTREACH_PASSPHRASE", "a passphrase")
    made = {path.name for path in tmp_path.iterdir()}
    assert {"office", "laptop", "copy", "sheet.pdf", "week.xlsx", "master.xlsx", "office.backup"} <= made


def words_of(sheet: Path) -> str:
    """The words of a printed recovery sheet, as a person reads them off it."""
    found = re.findall(r"\b(\d{1,2})\.\s*([a-z]+)\b", pypdf.PdfReader(sheet).pages[0].extract_text())
    by_number = {int(number): word for number, word in found}
    return " ".join(by_number[number] for number in range(1, 25))


def run(*arguments: str) -> str:
    done = CliRunner().invoke(program(None), arguments)
    assert done.exit_code == 0, f"{' '.join(arguments)}:\n{done.output}{done.exception!r}"
    return done.stdout


def expanded(folder: Path, word: str) -> list[str]:
    """What a shell makes of a word with a star in it; one that names no file, as a code's check sign, stays."""
    return (sorted(path.name for path in folder.glob(word)) if "*" in word else []) or [word]


def test_a_code_that_ends_in_a_star_is_given_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "week1.xlsx").touch()
    assert [expanded(tmp_path, word) for word in ("7QX2M0*", "week*.xlsx", "laptop")] == [
        ["7QX2M0*"],
        ["week1.xlsx"],
        ["laptop"],
    ]
