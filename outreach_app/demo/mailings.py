"""The workbooks of a season: those that workers send, two of them edited, and those that the coordinator writes."""

from pathlib import Path

from outreach_app.demo.edited_books import edit_workbook
from outreach_app.demo.laptops import Here
from outreach_app.demo.plans import Season
from outreach_app.demo.workbook_edits import NewRow, WorkbookEdit
from outreach_app.model.errors import OutreachError
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_paths

PARTNER = "Nantahala Food Share"
INTERNAL, SPANISH = "internal-en.xlsx", "internal-es.xlsx"


def send(here: Here, folder: Path, worker: int, at: str) -> list[Path]:
    """A worker writes a workbook, and edits it where that is planned; the files, the one that is sent last."""
    here.clock.set(at)
    path = folder / f"worker-{worker}.xlsx"
    export_workbook(here.store, path, to_whom=here.season.staff[0].name)
    edit = _edit_of(here.season, worker)
    if edit is None:
        return [path]
    edit_workbook(path, folder / edit.file_name, edit)
    return [path, folder / edit.file_name]


def _edit_of(season: Season, worker: int) -> WorkbookEdit | None:
    return next((edit for edit in season.workbook_edits if edit.worker == worker), None)


def new_rows(season: Season) -> list[str]:
    """The kind of each row that somebody types into a workbook."""
    return [step.kind for edit in season.workbook_edits for step in edit.steps if isinstance(step, NewRow)]


def take_in(here: Here, files: list[Path], at: str) -> None:
    """The coordinator takes in what was sent. Raises OutreachError where a file could not be read."""
    here.clock.set(at)
    for each in import_paths(here.store, files).failed:
        raise OutreachError(f"{each.file}: {each.error}")


def write_internal(here: Here, path: Path, language: str, at: str) -> Path:
    """The department's workbook of everything."""
    here.clock.set(at)
    export_workbook(here.store, path, language=language)
    return path


def write_for_others(here: Here, folder: Path) -> None:
    """A partner's own workbook, and one that may be published."""
    partner = here.store.list("organizations", {"name": PARTNER})[0]
    path = folder / "partner-nantahala-food-share.xlsx"
    export_workbook(here.store, path, profile="partner", partner=partner.code, to_whom=PARTNER)
    export_workbook(here.store, folder / "public.xlsx", profile="public")
