"""The exact versions of everything installed, kept in pyproject.toml as ``constraint-dependencies`` of uv.

``uv run python -m tests.pins`` says what is out of date, and asks no network; ``--write`` resolves afresh from the
ranges pyproject.toml gives its direct dependencies, and puts the newest versions that agree into the block.

No lock file is kept: it would carry registry addresses. The block holds names, versions and markers, nothing else.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BLOCK = re.compile(r"(?:# Made by .*\n)?^constraint-dependencies = \[\n(?:.*\n)*?^\]\n", re.MULTILINE)
LINE = re.compile(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+(?: ; [^@/\\]+)?$")


def direct(settings: dict[str, Any]) -> dict[str, list[str]]:
    """The direct requirements as written, by group; the program's own under ``""``."""
    return {"": settings["project"]["dependencies"], **settings.get("dependency-groups", {})}


def digest(settings: dict[str, Any]) -> str:
    """Twelve hex digits that change when a direct requirement or the range of Pythons does."""
    asked = [settings["project"]["requires-python"], direct(settings)]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]


def block(lines: list[str], settings: dict[str, Any]) -> str:
    """The text between ``[tool.uv]``'s other settings: a comment that says how it was made, then the pins."""
    made = f"# Made by `uv run python -m tests.pins --write` from the ranges above ({digest(settings)}).\n"
    return made + "constraint-dependencies = [\n" + "".join(f"    {json.dumps(line)},\n" for line in lines) + "]\n"


def resolve(text: str) -> list[str]:
    """The exact set for every Python and system supported, one requirement a line, sorted. Asks the network."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        sys.exit("uv is not on the path; start this as: uv run python -m tests.pins --write")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(BLOCK.sub("", text), encoding="utf-8")
        command = [uv, "export", "--all-groups", "--no-hashes", "--no-emit-project", "--no-header", "--no-annotate"]
        done = subprocess.run([*command, "--quiet", "--project", folder], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    lines = sorted(line.strip() for line in done.stdout.splitlines() if line.strip())
    strange = [line for line in lines if not LINE.match(line)]
    if strange:
        sys.exit("These would carry an address or a path into pyproject.toml:\n" + "\n".join(strange))
    return lines


def write(text: str) -> str:
    """pyproject.toml's text with a new block, in the old one's place or at the end."""
    new = block(resolve(text), tomllib.loads(text))
    if BLOCK.search(text):
        return BLOCK.sub(lambda _: new, text)
    return text.rstrip("\n") + "\n" + new


def problems(text: str) -> list[str]:
    """What is out of date in pyproject.toml's block, judged by what is declared and what is installed here."""
    settings = tomllib.loads(text)
    lines: list[str] = settings["tool"]["uv"].get("constraint-dependencies", [])
    found = [f"an address, a path or no exact version: {line}" for line in lines if not LINE.match(line)]
    if f"({digest(settings)})" not in text:
        found.append("the direct dependencies have changed since the block was made")
    pins = {pin.name: pin for pin in map(_parsed, filter(LINE.match, lines)) if _here(pin)}
    for group, requirements in direct(settings).items():
        for requirement in map(_parsed, requirements):
            pin = pins.get(requirement.name)
            if _here(requirement) and (pin is None or not requirement.specifier.contains(_version(pin), True)):
                found.append(f"{group or 'outreach'} asks for {requirement}, pinned is {pin}")
    reached = dict(_installed(settings))
    for name, version in reached.items():
        if name not in pins:
            found.append(f"{name} is installed and needed, but not pinned")
        elif _version(pins[name]) != version:
            found.append(f"{name} {version} is installed, pinned is {pins[name]}")
    optional = {name for group in settings["dependency-groups"] if group != "dev" for name in _names(settings, group)}
    if not optional:
        found += [f"{name} is pinned and needed by nothing" for name in pins.keys() - reached.keys()]
    return found


def _parsed(line: str) -> Requirement:
    requirement = Requirement(line)
    requirement.name = canonicalize_name(requirement.name)
    return requirement


def _here(requirement: Requirement, extras: frozenset[str] = frozenset()) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


def _names(settings: dict[str, Any], group: str) -> set[str]:
    return {_parsed(line).name for line in direct(settings)[group]}


def _installed(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and version of every distribution that the program and its tests stand on here."""
    asked = [*direct(settings)[""], *direct(settings)["dev"]]
    waiting = [requirement for requirement in map(_parsed, asked) if _here(requirement)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        extras = frozenset(requirement.extras)
        if (requirement.name, extras) in seen:
            continue
        seen.add((requirement.name, extras))
        try:
            installed = distribution(requirement.name)
        except PackageNotFoundError:
            continue
        yield requirement.name, installed.version
        waiting += [part for part in map(_parsed, installed.requires or []) if _here(part, extras)]


def main() -> int:
    """The command: 0 when the block is current, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.pins", description=__doc__)
    parser.add_argument("--write", action="store_true", help="resolve afresh and write the block")
    asked = parser.parse_args()
    text = PYPROJECT.read_text(encoding="utf-8")
    if asked.write:
        PYPROJECT.write_text(write(text), encoding="utf-8")
        print("pyproject.toml holds the newest exact set; `uv sync` installs it.")
        return 0
    for problem in (found := problems(text)):
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
