"""``outreach demo``: a season played through from the first event planned to the last sheet printed.

In its folder stand ``stores/coordinator`` and ``stores/worker-1`` to ``worker-4``; ``shared``, the folder they sync
through; ``exports``, ``master.xlsx`` and ``review.xlsx``; ``sheets``; and, written last, ``account.json``.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from outreach_app.demo.errands import Laptop, gather
from outreach_app.demo.laptops import PASSPHRASE, Here
from outreach_app.demo.mailings import INTERNAL, SPANISH, new_rows, send, take_in, write_for_others, write_internal
from outreach_app.demo.moments import instant
from outreach_app.demo.performances import print_sheet
from outreach_app.demo.plans import Season
from outreach_app.demo.scenes import Numbered, acts
from outreach_app.demo.season import plan_season
from outreach_app.demo.tallies import STAGES, Tally, agree, in_store, in_workbooks, tally
from outreach_app.demo.troupes import Troupe
from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.operations.merging import merge_workbooks
from outreach_app.operations.printing import SheetChoices
from outreach_app.store.durable_files import make_folder, write_durably
from outreach_app.texts import _, count

__all__ = ["PASSPHRASE", "Played", "holds_demo", "play"]

Progress = Callable[[int, int, str], None]

ACCOUNT, MASTER, REVIEW = "account.json", "master.xlsx", "review.xlsx"
_UNFINISHED = "demo.unfinished"
_SYNC, _EXPORT, _MERGE = 60, 150, 900
"""How long a step takes, in captures: for the progress shown alone."""


@dataclass(frozen=True, slots=True)
class Played:
    """A demo that was played. ``account``: records by kind at each of the four stages."""

    folder: Path
    department: str
    account: Mapping[str, Tally]
    decisions: Mapping[str, int]

    @property
    def agrees(self) -> bool:
        """Whether the four stages hold the same."""
        return agree(self.account)

    def in_words(self) -> str:
        """What was done, and where to look."""
        sums = {stage: f"{sum(self.account[stage].values()):,}" for stage in STAGES}
        lines = [
            _("A season of {department}, in {folder}", department=self.department, folder=self.folder),
            "",
            _("captured {captured}, exported {exported}, merged {merged}, synced {synced}", **sums),
        ]
        if not self.agrees:
            lines.append(_("These figures do not agree. Please report it; account.json has them by kind."))
        lines += [
            count("{n} difference to decide", "{n} differences to decide", self.decisions["conflicts"]),
            count("{n} pair that may be the same", "{n} pairs that may be the same", self.decisions["duplicates"]),
            "",
            "    stores/        " + _("the coordinator's laptop and four workers'"),
            "    shared/        " + _("the folder they sync through"),
            "    exports/       " + _("workbooks: for the department, a partner, everybody; those that workers sent"),
            "    master.xlsx    " + _("all of those merged into one; review.xlsx says what a person must look at"),
            "    sheets/        " + _("sign-in sheets, to print"),
            "    account.json   " + _("the figures above, by kind"),
        ]
        return "\n".join(lines)


def holds_demo(folder: Path) -> bool:
    """Whether a demo was played in a folder, to its end."""
    store = folder / "stores" / "coordinator"
    return (folder / ACCOUNT).is_file() and store.is_dir() and not (folder / _UNFINISHED).exists()


def play(folder: Path, progress: Progress = lambda _done, _of, _doing: None) -> Played:
    """Play the season in a new or empty folder. Raises BadInput for any other, and NotWritable."""
    _begin(folder)
    played = _Run(folder, plan_season(), progress).play()
    account = json.dumps(played.account, indent=1) + "\n"
    write_durably(folder / ACCOUNT, account.encode())
    (folder / _UNFINISHED).unlink()
    return played


def _begin(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput(_("{folder} is a file. Choose a new or empty folder for the demo.", folder=folder))
    make_folder(folder)
    if (folder / _UNFINISHED).exists():
        raise BadInput(_("The demo in {folder} was not finished. Delete that folder and start again.", folder=folder))
    if any(folder.iterdir()):
        raise BadInput(_("{folder} is not empty. Choose a new or empty folder for the demo.", folder=folder))
    write_durably(folder / _UNFINISHED, b"")


class _Run:
    """One season in the playing."""

    def __init__(self, folder: Path, season: Season, progress: Progress) -> None:
        self._folder = folder
        self._exports = folder / "exports"
        self._season = season
        self._acts = list(acts(season))
        self._written: list[Path] = []  # workbooks that carry records
        self._sent: list[Path] = []  # those that reach the coordinator
        self._progress = progress
        self._doing = ""
        self._done = 0
        laptops = len(season.staff)
        self._of = sum(map(len, self._acts)) + 2 * laptops * _SYNC * (len(season.syncs) + 1)
        self._of += (laptops + 2) * _EXPORT + _MERGE

    def play(self) -> Played:
        """All of it, in order."""
        folder = self._folder
        make_folder(self._exports)
        with Troupe(self._season, folder / "stores", folder / "shared", folder / "sheets") as troupe:
            self._say(_("Before the season"))
            troupe.begin()
            self._capture(troupe)
            self._take_in(troupe)
            account = self._bring_together(troupe)
            decisions = troupe.coordinator.do(_decisions)
        return Played(folder, self._season.department, {stage: account[stage] for stage in STAGES}, decisions)

    def _capture(self, troupe: Troupe) -> None:
        """The events, and the syncs between them. One workbook leaves before its maker hears what another changes."""
        *earlier, last = self._season.syncs
        early = self._season.phone_dispute.workbook_worker
        for sync, act in zip(earlier, self._acts, strict=False):
            self._play(troupe, act)
            self._sync(troupe, sync)
        self._send([troupe.laptops[early]], earlier[-1])
        *_before, act, after = self._acts
        self._play(troupe, act)
        self._send([laptop for laptop in troupe.workers if laptop.worker != early], last)
        self._sync(troupe, last)
        self._play(troupe, after)

    def _play(self, troupe: Troupe, act: Sequence[Numbered]) -> None:
        self._say(_("At the events"))
        troupe.play(act, self._advance)

    def _sync(self, troupe: Troupe, at: str) -> None:
        self._say(_("Syncing"))
        troupe.sync(at, lambda more: self._advance(more * _SYNC))

    def _send(self, laptops: Sequence[Laptop], at: str) -> None:
        self._say(_("Writing workbooks"))
        for files in gather([laptop.ask(send, self._exports, laptop.worker, at) for laptop in laptops]):
            self._written += files
            self._sent.append(files[-1])
            self._advance(_EXPORT)

    def _take_in(self, troupe: Troupe) -> None:
        """The evening after the last sync: the workbooks come in, all hear of it, and the department's goes out."""
        self._say(_("Taking in workbooks"))
        troupe.coordinator.do(take_in, self._sent, self._evening(60))
        self._advance(_EXPORT)
        self._sync(troupe, self._evening(80))
        self._say(_("Writing workbooks"))
        path = self._exports / INTERNAL
        self._written.append(troupe.coordinator.do(write_internal, path, "en", self._evening(90)))
        self._advance(_EXPORT)

    def _bring_together(self, troupe: Troupe) -> dict[str, Tally]:
        """Merge the workbooks as anybody can who has no store, while the rest is written; and count.

        A worker's laptop merges: it is there and has nothing else to do, and its store plays no part.
        """
        folder, coordinator = self._folder, troupe.coordinator
        self._say(_("Merging workbooks"))
        files = [self._exports / INTERNAL, *self._sent]
        merging = troupe.workers[0].ask(_merge, folder / MASTER, files, folder / REVIEW)
        spanish = self._exports / SPANISH
        self._written.append(coordinator.do(write_internal, spanish, "es", self._evening(90)))
        coordinator.do(write_for_others, self._exports)
        coordinator.do(_print_next_sheet, self._evening(100))
        account = {
            "captured": tally(troupe.numbers.made, new_rows(self._season)),
            "exported": in_workbooks(self._written),
            "synced": coordinator.do(_count),
        }
        gather([merging])
        self._advance(self._of - self._done)
        return {**account, "merged": in_workbooks([folder / MASTER])}

    def _evening(self, minutes: int) -> str:
        return (instant(self._season.syncs[-1]) + timedelta(minutes=minutes)).isoformat()

    def _say(self, doing: str) -> None:
        self._doing = doing
        self._advance(0)

    def _advance(self, by: int) -> None:
        self._done += by
        self._progress(min(self._done, self._of), self._of, self._doing)


def _merge(_here: Here, master: Path, files: Sequence[Path], review: Path) -> None:
    for each in merge_workbooks(master, files, review=review).account.failed:
        raise OutreachError(f"{each.file}: {each.error}")


def _count(here: Here) -> Tally:
    return in_store(here.store)


def _decisions(here: Here) -> dict[str, int]:
    return here.store.decision_counts()


def _print_next_sheet(here: Here, at: str) -> None:
    """The sheet for the next event, with the names of those who are expected."""
    here.clock.set(at)
    number = next(number for number, event in enumerate(here.season.events) if event.starts[:10] > at[:10])
    print_sheet(here, number, SheetChoices(("en", "es"), 12, prefilled=True))
