"""What the end-to-end tests share: one demo played by the real program, and LibreOffice."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.programs import LONGEST, Said, done, let_go


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """Lets go, at the end, of what ran the program."""
    yield
    let_go()


@dataclass(frozen=True)
class Demo:
    """A demo that was played once for all tests that only look at it."""

    folder: Path
    said: Said

    def store(self, name: str) -> Path:
        """The folder of one of its stores."""
        return self.folder / "stores" / name


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """``outreach demo``, played by the real program. Nobody changes anything in its folder: copy what is to change."""
    folder = tmp_path_factory.mktemp("demos") / "demo"
    return Demo(folder, done("demo", folder, "--no-window", anew=True))


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Opens a workbook in LibreOffice and saves it again, as xlsx; the new file."""
    profile = tmp_path_factory.mktemp("libreoffice")

    def save(workbook: Path) -> Path:
        target = tmp_path_factory.mktemp("resaved")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                target,
                workbook,
            ],
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
        return target / workbook.name

    return save


@pytest.fixture(scope="session")
def two_offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folders of two stores of one space, ``office`` and ``laptop``, made by the real program; copy them before use."""
    folder = tmp_path_factory.mktemp("offices")
    office, laptop, file = folder / "office", folder / "laptop", folder / "join.outreach"
    done("new", office, "--worker", "Ada Crowe", "--department", "Hill County Health")
    code = done("invite", file, "--store", office, "--json").json["code"]
    done("join", file, "--code", code, "--store", laptop, "--worker", "Ben Oxendine")
    return office, laptop


@pytest.fixture
def office(two_offices: tuple[Path, Path], tmp_path: Path) -> Path:
    """The coordinator's store, to do anything to."""
    return Path(shutil.copytree(two_offices[0], tmp_path / "office"))


@pytest.fixture
def laptop(two_offices: tuple[Path, Path], tmp_path: Path) -> Path:
    """A worker's store in the same space."""
    return Path(shutil.copytree(two_offices[1], tmp_path / "laptop"))
