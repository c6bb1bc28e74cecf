"""Five laptops playing a season: side by side between two syncs, and all through one folder at a sync."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from outreach_app.demo.beginnings import found, invite_to, join_in
from outreach_app.demo.errands import Laptop, gather
from outreach_app.demo.laptops import Here, Numbers
from outreach_app.demo.performances import play
from outreach_app.demo.plans import Season
from outreach_app.demo.scenes import COORDINATOR, Numbered, worker_of
from outreach_app.model.errors import OutreachError
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.durable_files import make_folder

Step = Callable[[int], None]


class Troupe:
    """The coordinator's laptop and the workers', until the ``with`` block ends."""

    def __init__(self, season: Season, stores: Path, shared: Path, sheets: Path) -> None:
        for folder in (stores, shared, sheets):
            make_folder(folder)
        self._season = season
        self._stores = stores
        self._shared = shared
        self.numbers = Numbers()
        self.laptops = [Laptop(worker) for worker in range(len(season.staff))]
        for laptop in self.laptops:
            laptop.prepare(season, sheets)

    def __enter__(self) -> "Troupe":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for laptop in self.laptops:
            laptop.close()

    @property
    def coordinator(self) -> Laptop:
        """The coordinator's laptop."""
        return self.laptops[COORDINATOR]

    @property
    def workers(self) -> Sequence[Laptop]:
        """The workers' laptops."""
        return self.laptops[COORDINATOR + 1 :]

    def begin(self) -> None:
        """Make the space with what is known before the season, and let the workers in."""
        at = self._season.syncs[0]
        self.coordinator.do(found, self._stores / "coordinator")
        joining = []
        for laptop in self.workers:
            folder = self._stores / f"worker-{laptop.worker}"
            invitation = folder.with_suffix(".invitation")
            code = self.coordinator.do(invite_to, invitation, at)
            joining.append(laptop.ask(join_in, folder, invitation, code, laptop.worker, at))
        gather(joining)

    def play(self, act: Sequence[Numbered], step: Step) -> None:
        """Play the items of one act. ``step`` is told, as it goes, of how many more are done."""
        parts = {laptop: [each for each in act if worker_of(each[1]) == laptop.worker] for laptop in self.laptops}
        gather([laptop.ask(play, part) for laptop, part in parts.items() if part], step)

    def sync(self, at: str, step: Step) -> None:
        """All leave in the shared folder what is new, then all take in what the others left."""
        for _round in range(2):
            told = gather([laptop.ask(_sync, self._shared, at, self.numbers) for laptop in self.laptops], step)
            for numbers in told:
                self.numbers.learn(numbers)


def _sync(here: Here, folder: Path, at: str, numbers: Numbers) -> Numbers:
    """Sync a laptop, which also hears which numbers the others gave; those it knows itself."""
    here.clock.set(at)
    done = sync_folder(here.store, folder).exchange
    for reason in (done.not_sent, *(each.reason for each in done.set_aside if not each.waits)):
        if reason:
            raise OutreachError(reason)
    here.numbers.learn(numbers)
    here.tell(1)
    return here.numbers
