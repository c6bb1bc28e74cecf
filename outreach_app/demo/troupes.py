"""Five laptops playing a season together: each on its own between two syncs, and all through one folder at a sync."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from types import TracebackType

from outreach_app.assets import asset
from outreach_app.demo.beginnings import begin
from outreach_app.demo.laptops import Laptop, Numbers, first_laptop, joined_laptop
from outreach_app.demo.plans import Season
from outreach_app.demo.scenes import COORDINATOR, Numbered, Stage, worker_of
from outreach_app.operations.importing import import_path
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.durable_files import make_folder

_LOOK = 0.1  # seconds between two looks at how far the laptops are


class Troupe:
    """The coordinator and the workers, their stores open until the ``with`` block ends."""

    def __init__(self, season: Season, stores: Path, shared: Path, sheets: Path) -> None:
        self._stores = stores
        self._shared = shared
        self._sheets = sheets
        self._stop = Event()
        self._open = ExitStack()
        self.season = season
        self.numbers = Numbers()
        self.laptops: list[Laptop] = []

    def __enter__(self) -> "Troupe":
        for folder in (self._stores, self._shared, self._sheets):
            make_folder(folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def coordinator(self) -> Laptop:
        """The coordinator's laptop."""
        return self.laptops[COORDINATOR]

    def gather(self) -> None:
        """Make the space, write down what is known before the season, import partners, and let the workers in."""
        season, numbers = self.season, self.numbers
        first = first_laptop(self._stores / "coordinator", season.staff[0].name, season.department, season.begins)
        self._add(first)
        numbers.made["themes"] = {view.id for view in first.store.list("themes")}  # every new store begins with them
        begin(first, season, numbers)
        import_path(first.store, asset("demo", "partner-directory"))
        for write in first.store.recent(1)[0].writes:
            numbers.made.setdefault(write.slot.kind, set()).add(write.slot.record)
        invitation = self._stores / "invitation"
        for number, staff in enumerate(season.staff[1:], start=1):
            folder = self._stores / f"worker-{number}"
            self._add(joined_laptop(folder, number, staff.name, first, invitation, season.syncs[0]))

    def _add(self, laptop: Laptop) -> None:
        self._open.callback(laptop.store.close)
        self.laptops.append(laptop)

    def play(self, act: Sequence[Numbered], advance: Callable[[int], None]) -> None:
        """Play the items of one act, each laptop in a thread of its own: most of the time is spent on safe saving.

        ``advance`` is told now and then how many items are done.
        """
        stages = [Stage(self.season, each, self.numbers, self._sheets, self._stop) for each in self.laptops]
        with ThreadPoolExecutor(len(stages), "laptop") as threads:
            tasks = [
                threads.submit(stage.play_all, [each for each in act if worker_of(each[1]) == stage.laptop.worker])
                for stage in stages
            ]
            try:
                going = set(tasks)
                while going:
                    done, going = wait(going, _LOOK, FIRST_EXCEPTION)
                    for task in done:
                        task.result()
                    advance(sum(stage.played for stage in stages))
            finally:
                self._stop.set()
        self._stop.clear()

    def sync(self, at: str, advance: Callable[[], None]) -> None:
        """All sync through the shared folder, twice over, so that all hold everything. Each ends with ``advance``."""
        for _round in range(2):
            for laptop in self.laptops:
                laptop.clock.set(at)
                sync_folder(laptop.store, self._shared)
                advance()
