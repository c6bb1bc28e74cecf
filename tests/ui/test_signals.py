"""Signals do not end the program, however many there are (PySide6 6.12.0 with Python 3.11)."""

import subprocess
import sys

MANY = """
import ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(50_000):
    bell.rung.emit()
print("still here")
"""


def test_fifty_thousand_signals_are_survived() -> None:
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr[-300:]
