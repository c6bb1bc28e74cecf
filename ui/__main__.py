"""``outreach``: the window where nothing else is asked for, else the command line, which loads no Qt."""

import sys
from pathlib import Path

SMOKE = "--smoke"
"""Opens the window, and closes it when its first page is shown: how a built program is tried."""


def open_window(folder: Path | None) -> int:
    """Open the window on a store's folder (None: the person's own); the exit code when it was closed."""
    from ui.app import run

    return run(folder)


def open_for_a_moment(folder: Path | None) -> int:
    """Open the window and close it again; 0 if it came as far as its first page."""
    from ui.trials import smoke

    return smoke(folder)


def main() -> None:
    """Run the program. The window alone is opened with no command line loaded: an old laptop feels the difference."""
    if len(sys.argv) == 1:
        sys.exit(open_window(None))
    from outreach_app.cli import main as command_line

    opens = open_for_a_moment if SMOKE in sys.argv else open_window
    sys.argv = [each for each in sys.argv if each != SMOKE]
    command_line(opens)


if __name__ == "__main__":
    main()
