"""What a figure is, and the ways to take one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
_BETWEEN = 0.1  # seconds between two looks at what a command holds


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ``against`` names the other side; ``limit`` is then a ratio, else in the figure's unit."""

    name: str
    what: str
    unit: str
    limit: float
    against: str = ""
    large: float | None = None  # the limit at the sizes of ``LARGE``, where it is another

    def limit_at(self, size: int, largest: int) -> float:
        """The limit at a size; ``largest`` is the largest of those that ``limit`` is for."""
        return self.large if self.large is not None and size > largest else self.limit


class Subject(Protocol):
    """A module of this folder that measures something.

    It may also have ``LARGE``, sizes for a run with ``--large``, and has ``against``, called like ``ours``, where a
    figure names another side.
    """

    FIGURES: Sequence[Figure]
    SIZES: Sequence[int]
    ROUNDS: int

    def prepare(self, folder: Path, size: int) -> None:
        """Fill an empty folder with what both sides work on."""

    def ours(self, folder: Path, size: int) -> Mapping[str, float]:
        """The value of every figure, by name."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure as taken: medians of the rounds."""

    figure: Figure
    size: int
    limit: float
    ours: float
    against: float | None

    @property
    def ratio(self) -> float | None:
        """Ours to the other side's; None where there is no other side."""
        return self.ours / self.against if self.against else None

    @property
    def within(self) -> bool:
        """Whether it keeps its limit."""
        return (self.ours if self.ratio is None else self.ratio) <= self.limit

    def as_json(self) -> dict[str, float | int | str | None]:
        """As the file of results has it."""
        return {
            "ours": self.ours,
            "against": self.against,
            "ratio": self.ratio,
            "limit": self.limit,
            "unit": self.figure.unit,
            "size": self.size,
        }


def cpu_of(*command: str, **environment: str) -> float:
    """CPU seconds, user's and system's, of a process and all it waited for, from its start to its end."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read().decode()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """The most memory this process has held so far, in MB of 2**20 bytes.

    Linux passes on ``ru_maxrss`` to what a process begins, so a benchmark that was begun by one that filled a large
    store would count that store."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 2**10
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def watched(command: Sequence[str]) -> tuple[str, float]:
    """Run a command; what it printed, and the most memory it and what it began held at once, in MB, looked at ten times
    a second where the system tells; else 0. Ends this program where the command failed."""
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process,
        ThreadPoolExecutor() as pool,
    ):
        assert process.stdout is not None
        said, most = pool.submit(process.stdout.read), 0.0
        while not said.done():
            most = max(most, sum(_held_mb(each) for each in _with_children(process.pid)))
            time.sleep(_BETWEEN)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return said.result(), most


def _with_children(process: int) -> Iterator[int]:
    """A process, what it began, and so on."""
    yield process
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended since
            for child in tasks.read_text(encoding="ascii").split():
                yield from _with_children(int(child))


def _held_mb(process: int) -> float:
    """What a process holds now, its share of what it holds with others; nothing where it has ended."""
    with suppress(OSError, IndexError):
        held = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        return int(held.split("Pss:")[1].split()[0]) / 2**10
    return 0.0


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Append the seconds on the wall that the block took."""
    begun = time.perf_counter()
    yield
    into.append(time.perf_counter() - begun)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
