"""Starts the program in this process, and closes its window once one can type: `python -m tests.helpers.starting`.

It opens the store in the folder that a person's own store is in (see :func:`surroundings`), by the way that a plain
``outreach`` takes, up to the moment the page is drawn and a field of it has the focus.
"""

import sys
from pathlib import Path

MODULE = "tests.helpers.starting"
LONGEST_MS = 30_000


def surroundings(home: Path) -> dict[str, str]:
    """Environment variables that make ``home`` a person's home, with an offscreen window."""
    names = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    return {**dict.fromkeys(names, str(home)), "QT_QPA_PLATFORM": "offscreen"}


def main() -> None:
    """Start, and close the window when one can type."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.__main__ import main as program

    stay = QApplication.exec

    def close_when_one_can_type(_application: QApplication) -> int:
        def look() -> None:
            focused = QApplication.focusWidget()
            if isinstance(focused, QLineEdit) and focused.isVisible():
                QApplication.closeAllWindows()

        looking = QTimer()
        looking.timeout.connect(look)
        looking.start(0)
        QTimer.singleShot(LONGEST_MS, lambda: QApplication.exit(3))
        return stay()

    sys.argv = ["outreach"]
    name = "exec"  # set by name: unittest.mock alone takes a third of the start to load
    setattr(QApplication, name, close_when_one_can_type)
    program()


if __name__ == "__main__":
    main()
