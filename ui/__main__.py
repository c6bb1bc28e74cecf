"""``outreach``: the window where nothing else is asked for, else the command line, which loads no Qt."""

import sys
from pathlib import Path


def open_window(folder: Path | None) -> int:
    """Open the window on a store's folder (None: the person's own); the exit code when it was closed."""
    from ui.app import run

    return run(folder)


def main() -> None:
    """Run the program. The window alone is opened with no command line loaded: an old laptop feels the difference."""
    if len(sys.argv) == 1:
        sys.exit(open_window(None))
    from outreach_app.cli import main as command_line

    command_line(open_window)


if __name__ == "__main__":
    main()
