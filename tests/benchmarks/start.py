"""From the start of the program to the unlock page one can type in, against an empty window."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import Figure, cpu_of
from tests.helpers.starting import MODULE, surroundings

FIGURES = (
    Figure("start", "start to the unlock page one can type in", "CPU s", 1.5, against="an empty PySide6 window"),
)
SIZES = (1,)
ROUNDS = 9

EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Empty(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, QApplication.quit)


application = QApplication([])
window = Empty()
window.resize(1366, 768)
window.show()
application.exec()
"""


def prepare(folder: Path, size: int) -> None:  # noqa: ARG001 - every benchmark is prepared alike
    """Make the store that is to be unlocked, where the program looks for a person's own."""
    import os

    from outreach_app.operations.spaces import new_store

    os.environ.update(surroundings(folder))
    from ui.app import own_folder

    new_store(own_folder(), "a passphrase", "Ada Crowe", "Hill County Health").close()


def ours(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Start the program until its unlock page is drawn and its field has the focus."""
    return {"start": cpu_of(sys.executable, "-m", MODULE, **surroundings(folder))}


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Start Python with a window that holds nothing, until it is drawn."""
    return {"start": cpu_of(sys.executable, "-c", EMPTY, **surroundings(folder))}
