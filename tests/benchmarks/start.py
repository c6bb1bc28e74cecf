"""From the start of the program to the unlock page one can type in, against an empty window."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import Figure, cpu_of

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
    """Make the store that is to be unlocked."""
    from outreach_app.operations.spaces import new_store

    new_store(folder / "store", "a passphrase", "Ada Crowe", "Hill County Health").close()


def ours(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Start the program until its unlock page is drawn and has the focus, when ``--smoke`` ends it."""
    store = str(folder / "store")
    return {"start": cpu_of(sys.executable, "-m", "ui", "--store", store, "--smoke", QT_QPA_PLATFORM="offscreen")}


def against(folder: Path, size: int) -> Mapping[str, float]:  # noqa: ARG001 - as above
    """Start Python with a window that holds nothing."""
    return {"start": cpu_of(sys.executable, "-c", EMPTY, QT_QPA_PLATFORM="offscreen")}
