"""The command line: the same verbs as the window. Exit code 0 done, 1 the world's fault, 2 wrong usage."""

import sys
from collections.abc import Callable
from pathlib import Path

OpenWindow = Callable[[Path | None], int]
"""Opens the window on a store folder (None: the person's own) and gives the exit code when it closes."""


def main(open_window: OpenWindow | None = None) -> None:
    """Run the command line; with nothing asked for, the window where there is one."""
    if getattr(sys, "frozen", False):  # the demo's laptops are processes, for which the program starts itself
        from multiprocessing import freeze_support

        freeze_support()
    from outreach_app.cli.programs import run

    run(open_window)
