"""The program as people run it: a process of its own, told what to do by its arguments."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

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


def outreach(*arguments: object, passphrase: str = PASSPHRASE, language: str = "", largest: int = 0) -> Said:
    """Run ``python -m outreach_app``. ``largest``: no file may grow beyond so many bytes, as on a full disk."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [sys.executable, "-m", "outreach_app", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "OUTREACH_PASSPHRASE": passphrase, "OUTREACH_LANGUAGE": language, "COLUMNS": "200"},
        timeout=LONGEST,
        check=False,
        preexec_fn=limited if largest else None,
    )
    said = Said(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in said.out + said.err, f"{arguments}:\n{said.err}"
    assert said.code in (0, 1, 2), f"{arguments} ended with {said.code}"
    return said


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
    assert sentence.endswith("."), f"{arguments} said {sentence!r}"
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
