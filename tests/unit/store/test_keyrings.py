"""The computer's keyring: it has it, or it has not, and nothing else ever comes of asking."""

import os
import subprocess
import sys

import pytest

from outreach_app.store.keyrings import dropped, kept, recalled
from tests.helpers.keyrings import Broken, Forgetful, Remembering, in_use


def test_what_is_kept_is_recalled_until_it_is_dropped() -> None:
    with in_use(Remembering()):
        assert recalled("a") is None
        assert kept("a", "secret")
        assert recalled("a") == "secret"
        assert dropped("a")
        assert recalled("a") is None
        assert not dropped("a")


@pytest.mark.parametrize("backend", [Forgetful, Broken])
def test_one_that_does_not_work_is_like_none(backend: type[Remembering]) -> None:
    with in_use(backend()):
        assert not kept("a", "secret")
        assert recalled("a") is None
        assert backend is Forgetful or not dropped("a")


def test_a_computer_without_one_is_an_ordinary_computer() -> None:
    """The backend that the library itself falls back to, where a system has no service for it."""
    asks = """
from outreach_app.store.keyrings import dropped, kept, recalled
print(kept("tests", "secret"), recalled("tests"), dropped("tests"))
"""
    own = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "XDG_RUNTIME_DIR": "/nowhere"}
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, env=own | nowhere)
    wanted = "False None False" if sys.platform == "linux" else "True secret True"
    assert done.stdout.strip() == wanted
    assert not done.stderr
