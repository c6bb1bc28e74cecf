"""What every test stands on: an offscreen window, a home of its own, and strictness about what is left behind.

A test fails on an unexpected log line or warning, a message from Qt, a thread, timer or window still alive after it, a
connection to any other machine and, with ``CI`` set, on being skipped.
"""

import logging
import os
import shutil
import socket
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.helpers import leaks
from tests.helpers.logs import ExpectedLogs

if TYPE_CHECKING:
    from outreach_app.store.stores import Store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "America/New_York"  # anywhere but UTC, so that a time without its offset is found out
for name in ("LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES", "OUTREACH_PASSPHRASE", "OUTREACH_STORE"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the one of whoever runs the tests
if hasattr(time, "tzset"):
    time.tzset()

CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
PASSPHRASE = "a passphrase for tests"

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.target],  # making an example smaller can take longer than a test may
)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if CI else "default"))

leaks.watch()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run named files in this process; leave the number of workers for a whole run to xdist."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI set, a skipped test has failed."""
    return _no_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With CI set, a skipped file has failed."""
    return _no_skip((yield))


def _no_skip(report: Report) -> Report:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of its own: nothing is read from or written to the real one."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Refuse connections to other machines."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _loopback(str(address[0])):
            raise AssertionError("a test reached for another machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail when the test leaves a thread, a running timer or a window; also put the language back."""
    before = leaks.alive()
    yield
    from outreach_app.texts import speak

    speak("en")
    if words := leaks.left_behind(before):
        pytest.fail("left behind: " + "; ".join(words))


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[ExpectedLogs]:
    """Fail on log lines from WARNING up, but those announced: ``expect_log("could not be read")``."""
    logs = ExpectedLogs()
    root = logging.getLogger()
    root.addHandler(logs)
    yield logs
    root.removeHandler(logs)
    if faults := logs.faults():
        pytest.fail("\n".join(faults))


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty store on disk, made once a run: tests copy it, which is faster than making one."""
    from outreach_app.operations.spaces import new_store
    from outreach_app.store.keys import DEMO_COST

    folder = tmp_path_factory.mktemp("template") / "store"
    new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST).close()
    return folder


@pytest.fixture
def store_folder(store_template: Path, tmp_path: Path) -> Path:
    """The folder of an empty store that the test may do anything to; it opens with ``PASSPHRASE``."""
    return Path(shutil.copytree(store_template, tmp_path / "store"))


@pytest.fixture
def store(store_folder: Path) -> "Iterator[Store]":
    """An open, empty store on disk, closed after the test."""
    from outreach_app.operations.spaces import open_store

    opened = open_store(store_folder, PASSPHRASE)
    yield opened
    opened.close()
