"""Taking in workbooks of this program, tables of others, partner directories: every row accounted for."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from outreach_app.apart import Pause, lasting
from outreach_app.model.errors import BadInput, NotFound, OutreachError
from outreach_app.operations.directories import import_directory
from outreach_app.operations.duplicates import look_at_new
from outreach_app.operations.importing_tables import import_table
from outreach_app.operations.readings import WorkbookReading, reader_for
from outreach_app.operations.returned import note_merged
from outreach_app.operations.reviews_taken import take_review
from outreach_app.sheets.accounts import Account, FileAccount
from outreach_app.sheets.column_guesses import KINDS
from outreach_app.sheets.openings import content_of, holds_macros
from outreach_app.sheets.reading import NotOurs, Reader, ReviewCameBack, says_it_is_ours
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.tables import CSV_ENDINGS, OTHERS_ENDINGS, tables_of
from outreach_app.store.stores import Store
from outreach_app.texts import _

Progress = Callable[[int, int], None]
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TABLES = (*WORKBOOKS, ".csv", ".tsv", ".vcf", ".ics")
"""Files that are taken in."""


def import_path(
    store: Store,
    path: Path,
    kind: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: Choices = AS_IT_IS,
    account: Account | None = None,
) -> Account:
    """Take in one file, or all of a folder (see :func:`import_paths`)."""
    return import_paths(store, [path], kind, dry_run, progress, choices, account)


def import_paths(
    store: Store,
    paths: Iterable[Path],
    kind: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: Choices = AS_IT_IS,
    account: Account | None = None,
) -> Account:
    """Take in files, all or nothing of each; a file that fails is named, and the others go on. ``choices``: what a
    person says of how they are to be read. ``account``: one that is filled as the files are done, for whoever has
    ``progress`` stop it by what it raises.

    Raises NotFound or BadInput where a path names nothing that could be taken in.
    """
    from outreach_app.sheets.directories import is_directory

    account, tell = account or Account(), progress or (lambda _done, _of: None)
    wanted: list[Path] = []
    for path in paths:
        if not path.exists():
            raise NotFound(_("There is no file or folder “{name}”. Check the name and try again.", name=path.name))
        if not choices.told and path.suffix.lower() not in WORKBOOKS and is_directory(path):
            account.files += import_directory(store, path, kind, dry_run, partial(tell, 0, 0))
        else:
            wanted += _workbooks(path)
    reader = reader_for(store, choices, learns=not dry_run)
    with lasting():
        for place, path in enumerate(wanted):
            tell(place, len(wanted))
            pause = partial(tell, place, len(wanted))  # who is asked to stop says so here, however long the file is
            account.files.append(_import_one(store, path, reader, kind, dry_run, pause, choices))
    tell(len(wanted), len(wanted))
    if account.anything_new and not dry_run:
        look_at_new(store)
    return account


def _import_one(
    store: Store,
    path: Path,
    reader: Reader,
    kind: str,
    dry_run: bool,
    pause: Pause,
    choices: Choices,
) -> FileAccount:
    """Take in one file: a workbook of ours, else whatever table it is."""
    strange = False
    try:
        if path.suffix.lower() not in OTHERS_ENDINGS and says_it_is_ours(path):
            return import_workbook(store, path, reader, kind, dry_run, pause)
        if path.suffix.lower() in CSV_ENDINGS and reader.sheet_of(path) not in ("", *KINDS):
            return _merged(store, path, reader, kind, dry_run, pause)  # a table that makes people would make them of it
        read = tables_of(path, pause, fill=choices.fill)
        if not choices.told and path.suffix.lower() not in OTHERS_ENDINGS:
            try:
                return _merged(store, path, reader, kind, dry_run, pause)
            except NotOurs:
                pass  # then it is another program's
        strange = True
        account = import_table(store, path, kind, dry_run, pause, choices, read)
    except OutreachError as fault:
        return FileAccount(path.name, error=str(fault), of_others=strange)
    return _noted(store, path, account, dry_run)


def import_workbook(
    store: Store,
    path: Path,
    reader: Reader,
    kind: str = "",
    dry_run: bool = False,
    pause: Pause = lambda: None,
) -> FileAccount:
    """Take in one workbook, or say in its account why nothing of it was taken. ``pause`` is called every so many rows;
    what it raises ends the work, and nothing of the file is kept."""
    try:
        return _merged(store, path, reader, kind, dry_run, pause)
    except OutreachError as fault:
        return FileAccount(path.name, error=str(fault))


def _merged(store: Store, path: Path, reader: Reader, kind: str, dry_run: bool, pause: Pause) -> FileAccount:
    account = FileAccount(path.name)
    try:
        WorkbookReading(store, path, reader, kind, pause=pause).take_in(account, dry_run)
    except ReviewCameBack as found:
        account = take_review(store, found.opened, path.name, dry_run, pause)
    return _noted(store, path, account, dry_run)


def _noted(store: Store, path: Path, account: FileAccount, dry_run: bool) -> FileAccount:
    """Have the store know what of a file is set aside. A program that it brings along is said, and never run."""
    if path.suffix.lower() in WORKBOOKS and holds_macros(content_of(path)):
        account.remarks.append(_("It brings macros along. They were not run, and nothing of them was taken."))
    if not dry_run:
        rows = [(_("{sheet}, row {row}", sheet=each.sheet, row=each.row), each.reason) for each in account.set_aside]
        store.set_aside("row", path.name, path.name, rows)
        note_merged(store, account)
    return account


def _workbooks(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    # Excel keeps a file named ~$… beside each workbook that is open
    found = sorted(each for each in path.iterdir() if each.suffix.lower() in TABLES and not each.name.startswith("~$"))
    if not found:
        raise BadInput(
            _(
                "There is no workbook, no CSV file and no partner directory in “{name}”. Choose another folder.",
                name=path.name,
            )
        )
    return found
