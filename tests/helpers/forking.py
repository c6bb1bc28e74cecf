"""Runs of the program without its start: `python -m tests.helpers.forking` loads it once and forks for each run.

Loading the program takes longer than most of its commands, and the end-to-end tests run a hundred of them. Each run is
still a process of its own with its own arguments, environment, standard streams and exit code. Asked by a JSON line on
standard input; answers with the exit code on a line of its own. Where there is no fork, programs.py starts Python anew.
"""

import importlib
import json
import os
import pkgutil
import resource
import sys
import traceback
from typing import Any

import outreach_app.operations
import outreach_app.sheets
from outreach_app import cli

_BUG = 70
"""The exit code of a run that ended in a traceback."""


def load() -> None:
    """Load what commands load when they are run."""
    for package in (outreach_app.operations, outreach_app.sheets, cli):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def run(asked: dict[str, Any]) -> int:
    """Run the program in a forked process; its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = _BUG
    try:
        code = _be_the_program(asked)
    finally:
        if code == _BUG:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(code)


def _be_the_program(asked: dict[str, Any]) -> int:
    os.environ.clear()
    os.environ.update(asked["environment"])
    for stream, path, how in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["out"], os.O_WRONLY),
        (2, asked["err"], os.O_WRONLY),
    ):
        os.dup2(os.open(path, how), stream)
    if asked["largest"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"], asked["largest"]))
    sys.argv = ["outreach", *asked["arguments"]]
    try:
        cli.main()
        code: Any = 0
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    return int(code)


def main() -> None:
    """Serve until there is nobody to ask."""
    load()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        print(run(json.loads(line)), file=answers, flush=True)


if __name__ == "__main__":
    main()
