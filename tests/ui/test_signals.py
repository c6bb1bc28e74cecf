"""Neither signals nor calls that return nothing end the program, however many (PySide6 6.12.0 with Python 3.11)."""

import subprocess
import sys

import pytest

MANY = """
import ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(50_000):
    {call}
print("still here")
"""


@pytest.mark.parametrize("call", ["bell.rung.emit()", "bell.setObjectName('one')"])
def test_fifty_thousand_calls_are_survived(call: str) -> None:
    done = subprocess.run([sys.executable, "-c", MANY.format(call=call)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr[-300:]
