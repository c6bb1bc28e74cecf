"""What the end-to-end tests share: one demo played by the real program, and LibreOffice."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from outreach_app.operations.spaces import invite, join, new_store
from outreach_app.store.keys import DEMO_COST
from tests.helpers.office_programs import saved_as
from tests.helpers.programs import PASSPHRASE, done, let_go


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """Lets go, at the end, of what ran the program."""
    yield
    let_go()


@dataclass(frozen=True)
class Demo:
    """A demo that was played once, for all tests: they look at its files, and copy what they open or change."""

    folder: Path
    said: str

    def copy(self, name: str, to: Path) -> Path:
        """A copy of one of its stores in the folder ``to``."""
        return Path(shutil.copytree(self.folder / "stores" / name, to / name))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """``outreach demo``, played by the real program, once for all the processes that run tests."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, said = base / "demo", base / "demo.said"
    with FileLock(base / "demo.lock"):
        if not said.exists():
            said.write_text(done("demo", folder, "--no-window", anew=True).out, encoding="utf-8")
    return Demo(folder, said.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Opens a workbook in LibreOffice and saves it again, as xlsx; the new file."""
    return lambda workbook: saved_as(workbook, "xlsx", tmp_path_factory.mktemp("resaved"))


@dataclass(frozen=True)
class Offices:
    """Store folders that are quick to open: two of one space, and one of another department's."""

    office: Path
    laptop: Path
    other: Path


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    """Made once a run; copied before anything is done to them."""
    folder = tmp_path_factory.mktemp("offices")
    made = Offices(folder / "office", folder / "laptop", folder / "other")
    office = new_store(made.office, PASSPHRASE, "Ada Crowe", "Hill County Health", DEMO_COST)
    code = invite(office, folder / "join.outreach")
    join(made.laptop, folder / "join.outreach", code, "Ben Oxendine", PASSPHRASE, DEMO_COST).close()
    office.close()
    new_store(made.other, PASSPHRASE, "Zed Young", "Dale County Health", DEMO_COST).close()
    return made


@pytest.fixture
def office(offices: Offices, tmp_path: Path) -> Path:
    """The coordinator's store, to do anything to."""
    return Path(shutil.copytree(offices.office, tmp_path / "office"))


@pytest.fixture
def laptop(offices: Offices, tmp_path: Path) -> Path:
    """A worker's store in the same space."""
    return Path(shutil.copytree(offices.laptop, tmp_path / "laptop"))


@pytest.fixture
def other(offices: Offices, tmp_path: Path) -> Path:
    """A store of another department."""
    return Path(shutil.copytree(offices.other, tmp_path / "other"))
