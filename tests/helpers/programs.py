"""The program as people run it: a process of its own, told what to do by its arguments."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "a passphrase for tests"
LONGEST = 240  # seconds any of it may take on a busy machine


@dataclass(frozen=True)
class Said:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that ``--json`` asks for."""
        return json.loads(self.out)


def outreach(
    *arguments: object, passphrase: str = PASSPHRASE, language: str = "", largest: int = 0, anew: bool = False
) -> Said:
    """Run ``python -m outreach_app``. ``largest``: no file may grow beyond so many bytes, as on a full disk.

    ``anew``: by a Python of its own, not by a fork of one that has loaded the program.
    """
    words = [str(each) for each in arguments]
    environment = {**os.environ, "OUTREACH_PASSPHRASE": passphrase, "OUTREACH_LANGUAGE": language, "COLUMNS": "200"}
    said = _anew(words, environment) if anew or not hasattr(os, "fork") else _forks().run(words, environment, largest)
    assert "Traceback" not in said.out + said.err, f"{words}:\n{said.err}"
    assert said.code in (0, 1, 2), f"{words} ended with {said.code}"
    return said


def _anew(words: Sequence[str], environment: Mapping[str, str]) -> Said:
    done = subprocess.run(
        [sys.executable, "-m", "outreach_app", *words],
        capture_output=True,
        text=True,
        env=environment,
        timeout=LONGEST,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


class Forks:
    """A Python that has loaded the program and forks for each run (see forking.py)."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def run(self, words: Sequence[str], environment: Mapping[str, str], largest: int) -> Said:
        """Run the program."""
        assert self._server.stdin
        assert self._server.stdout
        with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
            asked = {"arguments": words, "environment": dict(environment), "out": out.name, "err": err.name}
            print(json.dumps({**asked, "largest": largest}), file=self._server.stdin, flush=True)
            code = int(self._server.stdout.readline())
            return Said(code, out.read(), err.read())

    def close(self) -> None:
        """Let it go."""
        self._server.communicate()


@cache
def _forks() -> Forks:
    return Forks()


def let_go() -> None:
    """Close what runs the program, if anything ran it."""
    if _forks.cache_info().currsize:
        _forks().close()
        _forks.cache_clear()


def done(*arguments: object, **more: Any) -> Said:
    """The same, for a run that is to do what it was asked."""
    said = outreach(*arguments, **more)
    assert said.code == 0, f"{arguments} ended with {said.code}:\n{said.err}"
    return said


def refused(*arguments: object, **more: Any) -> str:
    """The same, for a run that the world stands in the way of; the sentence or two on standard error."""
    said = outreach(*arguments, **more)
    assert said.code == 1, f"{arguments} ended with {said.code}:\n{said.out}{said.err}"
    sentence = said.err.strip()
    assert sentence.endswith((".", "?")), f"{arguments} said {sentence!r}"
    assert len(sentence.splitlines()) == 1, f"{arguments} said more than a sentence or two:\n{sentence}"
    return sentence


def contents(folder: Path) -> dict[str, str]:
    """What lies in a folder: a digest of each file, by its path there. The lock's file may come and go."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "outreach.lock"
    }


def ids(store: Path, kind: str = "", text: str = "", **more: Any) -> dict[str, dict[str, str]]:
    """What ``find`` finds in a store, by title."""
    asked = ["find", text, "--store", store, "--json", *(["--kind", kind] if kind else [])]
    return {each["title"]: each for each in done(*asked, **more).json["results"]}
