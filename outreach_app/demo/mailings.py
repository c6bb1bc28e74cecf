"""The workbooks of a season: those that workers send, two of them edited, and what the coordinator makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.demo.edited_books import edit_workbook
from outreach_app.demo.laptops import Laptop
from outreach_app.demo.plans import Season
from outreach_app.demo.workbook_edits import NewRow, WorkbookEdit
from outreach_app.model.errors import OutreachError
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_paths
from outreach_app.operations.merging import Merged, merge_workbooks
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

    def editors(self) -> set[int]:
        """The workers who edit their workbooks."""
        return {edit.worker for edit in self.season.workbook_edits}

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

    def write_for_all(self, coordinator: Laptop, at: str, advance: Advance) -> None:
        """The coordinator's workbooks: for the department in both languages, for a partner, for everybody."""
        coordinator.clock.set(at)
        store = coordinator.store
        partner = next(view for view in store.list("organizations", {"name": PARTNER}))
        for name, more in (
            (INTERNAL, {}),
            ("internal-es.xlsx", {"language": "es"}),
            ("partner-nantahala-food-share.xlsx", {"profile": "partner", "partner": partner.code, "to_whom": PARTNER}),
            ("public.xlsx", {"profile": "public"}),
        ):
            export_workbook(store, self.folder / name, **more)
            if name.startswith("internal"):
                self.written.append(self.folder / name)
            advance()

    def merge(self, master: Path, review: Path) -> Merged:
        """What anybody can do who has the workbooks and no store: the coordinator's and all that were sent, as one."""
        files: Sequence[Path] = [self.folder / INTERNAL, *self.sent]
        return merge_workbooks(master, files, review=review)
