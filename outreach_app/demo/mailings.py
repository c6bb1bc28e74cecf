"""The workbooks of a season: those that workers send, two of them edited, and what the coordinator makes of them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.demo.edited_books import edit_workbook
from outreach_app.demo.laptops import Laptop
from outreach_app.demo.plans import Season
from outreach_app.demo.workbook_edits import NewRow, WorkbookEdit
from outreach_app.model.errors import OutreachError
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_paths
from outreach_app.store.durable_files import make_folder

Advance = Callable[[], None]
PARTNER = "Nantahala Food Share"
INTERNAL = "internal-en.xlsx"


@dataclass
class Mailings:
    """The workbooks so far, in one folder. ``sent``: those that reach the coordinator, as they were sent."""

    season: Season
    folder: Path
    written: list[Path] = field(default_factory=list)  # internal ones, which carry records
    sent: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        make_folder(self.folder)

    def send(self, laptop: Laptop, at: str) -> None:
        """A worker writes a workbook, edits it where the plan says so, and sends it."""
        laptop.clock.set(at)
        path = self.folder / f"worker-{laptop.worker}.xlsx"
        coordinator = self.season.staff[0].name
        export_workbook(laptop.store, path, to_whom=coordinator)
        self.written.append(path)
        edit = self._edit_of(laptop.worker)
        if edit is not None:
            edited = self.folder / edit.file_name
            edit_workbook(path, edited, edit)
            self.written.append(edited)
            path = edited
        self.sent.append(path)

    def new_rows(self) -> list[str]:
        """The kind of each row that somebody typed into a workbook."""
        steps = [step for edit in self.season.workbook_edits for step in edit.steps]
        return [step.kind for step in steps if isinstance(step, NewRow)]

    def _edit_of(self, worker: int) -> WorkbookEdit | None:
        return next((edit for edit in self.season.workbook_edits if edit.worker == worker), None)

    def take_in(self, coordinator: Laptop, at: str) -> None:
        """The coordinator takes in all that was sent. Raises OutreachError where a file could not be read."""
        coordinator.clock.set(at)
        account = import_paths(coordinator.store, self.sent)
        for each in account.failed:
            raise OutreachError(f"{each.file}: {each.error}")

    def write_for_department(self, coordinator: Laptop, at: str) -> None:
        """The coordinator's workbook of everything, in English."""
        coordinator.clock.set(at)
        self._write(coordinator, INTERNAL, "internal", "en")

    def write_for_others(self, coordinator: Laptop, advance: Advance) -> None:
        """The same in Spanish, a partner's own workbook, and one that may be published."""
        partner = coordinator.store.list("organizations", {"name": PARTNER})[0]
        self._write(coordinator, "internal-es.xlsx", "internal", "es")
        advance()
        path = self.folder / "partner-nantahala-food-share.xlsx"
        export_workbook(coordinator.store, path, profile="partner", partner=partner.code, to_whom=PARTNER)
        export_workbook(coordinator.store, self.folder / "public.xlsx", profile="public")
        advance()

    def _write(self, coordinator: Laptop, name: str, profile: str, language: str) -> None:
        export_workbook(coordinator.store, self.folder / name, profile=profile, language=language)
        self.written.append(self.folder / name)

    @contextmanager
    def merging(self, master: Path, review: Path) -> Iterator[None]:
        """Merge what was sent and the department's workbook, as anybody can who has no store, in a program beside this.

        It is done when the block ends. Raises OutreachError with what that program said.
        """
        files = [self.folder / INTERNAL, *self.sent]
        own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "outreach_app"]
        command = [*own, "merge", *map(str, (master, *files)), "--review", str(review), "--json"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as program:
            try:
                yield
                _, said = program.communicate()
            except BaseException:
                program.kill()
                raise
        if program.returncode:
            raise OutreachError(said.strip())
