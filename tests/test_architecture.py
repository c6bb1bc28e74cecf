"""The house stands as ARCHITECTURE.md says: who knows whom, what is loaded when, how long things are."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import starting

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("outreach_app", "ui")
LONGEST_FILE, LONGEST_TESTS, LONGEST_FUNCTION = 350, 500, 50
LONGER: dict[str, str] = {}  # a file, or file::function, that may be longer -> the reason
BANNED = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
HEAVY = {"sqlalchemy", "sqlcipher3", "alembic", "openpyxl", "python_calamine", "typst", "rapidfuzz", "phonenumbers"}
# Nothing tracked may name a machine's own folders or where packages were fetched from.
FOREIGN = re.compile(r"/(?:root|home/\w+|Users/\w+)/|pythonhosted\.org|//[\w.]*pypi\.org|registry\.npmjs")
TEXT = {".py", ".md", ".toml", ".spec", ".po", ".csv", ".json", ".typ", ".txt", ".yml", ".cfg", ".ini", ".run", ""}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def loaded(*arguments: str) -> set[str]:
    """The names of all modules that a start of Python loads."""
    done = python("-X", "importtime", *arguments)
    lines = done.stderr.splitlines()
    assert done.returncode == 0, [line for line in lines if not line.startswith("import time:")]
    return {line.split("|")[-1].strip() for line in lines if line.startswith("import time:")}


def test_the_import_contracts_hold() -> None:
    done = python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo")
    assert done.returncode == 0, done.stdout


def test_the_core_runs_with_no_qt_installed() -> None:
    done = python(
        "-c",
        "import importlib, pkgutil, sys\n"
        "sys.modules.update(dict.fromkeys(('PySide6', 'shiboken6', 'ui')))\n"  # None there: importing it is an error
        "import outreach_app\n"
        "names = [each.name for each in pkgutil.walk_packages(outreach_app.__path__, 'outreach_app.')]\n"
        "[importlib.import_module(name) for name in names\n"
        " if not name.endswith('__main__') and '.migrations' not in name]\n"
        "print(len(names))",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 50


@pytest.mark.parametrize("program", ["outreach_app", "ui"])
def test_help_and_version_load_neither_qt_nor_the_database(program: str) -> None:
    for asked in ("--help", "--version"):
        assert {name.partition(".")[0] for name in loaded("-m", program, asked)} & {"PySide6", *HEAVY} == set()


def test_the_unlock_page_loads_nothing_heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not needed to type a passphrase waits until one was typed: people start the program every day."""
    for name, value in starting.surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    found = python("-c", "from ui.app import DATABASE, own_folder; print(own_folder() / DATABASE)")
    database = Path(found.stdout.strip())
    assert database.is_relative_to(tmp_path), found.stderr
    database.parent.mkdir(parents=True)
    database.touch()
    names = loaded("-m", starting.MODULE)
    assert "ui.pages.unlock" in names
    assert {name for name in names if name.partition(".")[0] in HEAVY} == set()


def test_files_and_functions_stay_short() -> None:
    lengths: dict[str, tuple[int, int]] = {}
    for path in sources(*SHIPPED, "tests"):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        lengths[name] = (source.count("\n"), LONGEST_FILE if name.startswith(SHIPPED) else LONGEST_TESTS)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{name}::{node.name}"] = ((node.end_lineno or 0) - node.lineno + 1, LONGEST_FUNCTION)
    assert len(lengths) > 500
    assert {place: lines for place, (lines, most) in lengths.items() if lines > most and place not in LONGER} == {}
    assert LONGER.keys() <= lengths.keys()


def test_modules_are_named_for_what_they_hold() -> None:
    assert [str(path) for path in sources(*SHIPPED) if {path.stem, path.parent.name} & BANNED] == []


def test_the_readme_s_test_command_is_what_runs_in_ci() -> None:
    command = "python -m pip install uv && python -m uv run pytest"
    assert f"    {command}\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n{command} || exit 1\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """The files that git keeps, or would keep once added."""
    git = shutil.which("git")
    assert git, "these tests need git, which a checkout came with"
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_git_keeps_no_lock_file_and_nothing_that_is_built() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert "pyproject.toml" in names
    assert [
        name for name in names if re.search(r"(^|/)(uv\.lock|build|dist|__pycache__|.*\.pyc|.*\.db)(/|$)", name)
    ] == []


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    texts = (path for path in tracked() if path.suffix in TEXT and path != Path(__file__))
    assert [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in texts
        if (found := FOREIGN.search(path.read_text(encoding="utf-8", errors="replace")))
    ] == []
