"""Import & merge: workbooks that came back, tables of others, directories. Look first, then merge; all rows told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from outreach_app.journal.changes import Changes
from outreach_app.operations.duplicates import how_many_wait
from outreach_app.operations.importing import TABLES, import_paths
from outreach_app.operations.reviewing import ReviewWritten, make_review
from outreach_app.sheets.accounts import Account
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.tables import OTHERS_ENDINGS
from outreach_app.store.stores import Store
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Cancelled, Tell
from ui.pages.accounts import AccountCard
from ui.pages.base import Page
from ui.pages.folders import asked_files, asked_folder, asked_new_file, show_folder
from ui.pages.reading_choices import ReadingChoices
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, Pane, column, flow
from ui.widgets.rows import Row, RowList

_NARROW, _WIDE = 320, 740  # the shares of the two columns
_LEAST = 120  # pixels of the list of files, however low the window is
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of looking at files, or of merging them. ``stopped``: the account is of those that were done."""

    account: Account
    dry_run: bool
    decisions: int
    changes: Changes | None  # None: nothing was changed
    stopped: bool = False


def take_in(store: Store, paths: Sequence[Path], dry_run: bool, tell: Tell, choices: Choices = AS_IT_IS) -> Taken:
    """Look at files (``dry_run``) or merge them. Stopped between two files, those before stay merged, each whole."""
    touched = dict.fromkeys(store.registry, frozenset[str]())
    account, stopped = Account(), False
    try:
        import_paths(store, paths, dry_run=dry_run, progress=tell, choices=choices, account=account)
    except Cancelled:
        stopped = True
    changes = None if dry_run else Changes("merge", account.change, touched)
    return Taken(account, dry_run, how_many_wait(store), changes, stopped)


class MergePage(Page):
    """At the left the files and the next step; at the right what would happen, or what did. Files may be dropped."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self.paths: list[Path] = []
        self._taken: Taken | None = None
        self.files = RowList(name=_("Files"), choosing=True)
        self.files.opened.connect(self._on_opened)
        self.hint = muted(_("Drop workbooks, tables or a folder here, or choose them."))
        self.steps = {name: Button.of(self.can[name], primary=True) for name in ("choose", "look", "merge")}
        self.others = {
            "choose": Button.of(self.can["choose"], text=_("Add files…")),
            "folder": Button.of(self.can["folder"], text=_("A folder…")),
            "merge": Button.of(self.can["merge"], text=_("Merge without looking")),
            "columns": Button.of(self.can["columns"]),
            "clear": Button.of(self.can["clear"]),
        }
        self.reading = ReadingChoices()
        self.reading.changed.connect(self._on_read_otherwise)
        listed = Scroll(Pane(column(self.files, 1)))
        listed.setMinimumHeight(_LEAST)
        self.card = Card(
            _("Files"),
            self.hint,
            flow(*self.steps.values()),
            flow(*self.others.values()),
            self.reading,
            (listed, 1),
            space="medium",
        )
        self.after = Card(
            _("After merging"),
            flow(Button.of(self.can["review"]), Button.of(self.can["returns"])),
            space="small",
        )
        self.account = AccountCard(desk)
        about = _(
            "Workbooks that came back, tables of other programs, directories. The same file twice changes nothing."
        )
        self.lay(
            PageHeader(_("Import & merge"), about),
            Columns((self.card, _NARROW), (Pane(column((self.account, 1), self.after, space="large")), _WIDE)),
        )
        self._show_step()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Import & merge")

    def shown(self, **arguments: Any) -> None:
        """It comes into view; the next step has the focus. ``look``: read the files anew."""
        self._show_step()
        if arguments.get("look"):
            self.look_first()

    @action("choose", "Choose files…", shortcut="Alt+C", icon="file-spreadsheet")
    def choose(self) -> None:
        """Choose workbooks with the system's dialog."""
        self.add(asked_files(self, _("Choose the files"), (*TABLES, ".zip"), _("Workbooks and tables")))

    @action("folder", "Choose a folder…", shortcut="Alt+O", icon="folder-open")
    def choose_folder(self) -> None:
        """Choose a folder: all workbooks in it, or a partner directory."""
        folder = asked_folder(self, _("Choose a folder of workbooks, or a partner directory"))
        self.add([folder] if folder is not None else [])

    @action("look", "Look first", shortcut="Alt+L", icon="eye", hint="Read everything and change nothing")
    def look_first(self) -> None:
        """Read everything, change nothing, and say what would happen."""
        self._take_in(dry_run=True)

    @action("merge", "Merge", shortcut="Alt+M", icon="merge")
    def merge(self) -> None:
        """Take it in."""
        self._take_in(dry_run=False)

    @action("columns", "What the columns hold…", shortcut="Alt+W", icon="table-2")
    def say_columns(self) -> None:
        """Say what the columns of another program's table hold."""
        self.desk.go("columns", paths=self._tables())

    @action("review", "Review workbook…", shortcut="Alt+V", icon="split", hint="What is to be decided, to be filled in")
    def write_review(self) -> None:
        """Write what is to be decided into a workbook, which is filled in anywhere and merged again."""
        file = asked_new_file(self, _("Where should the review go?"), _("To decide"), ".xlsx")
        if file is not None:
            self.desk.work(
                lambda store, _tell: make_review(store, file), self._on_reviewed, label=_("Writing the file")
            )

    @action("returns", "Return files…", shortcut="Alt+R", icon="file-spreadsheet")
    def go_to_returns(self) -> None:
        """Write to the workers who sent workbooks what came of them."""
        self.desk.go("returns")

    @action("clear", "Start over", icon="x")
    def clear(self) -> None:
        """Put the files away; nothing that was merged is undone by it."""
        self.paths, self._taken = [], None
        self.reading.clear()
        self.account.clear()
        self._show_step()

    def add(self, paths: Sequence[Path]) -> None:
        """More files to look at. After a merge, a new batch begins."""
        if paths and self._taken is not None and not self._taken.dry_run and not self._taken.stopped:
            self.paths = []
        self.paths = list(dict.fromkeys([*self.paths, *paths]))
        if paths:
            self._taken = None
            self.account.clear()
        self._show_step()

    def _tables(self) -> tuple[Path, ...]:
        """The tables of other programs among the files: CSV files, and what turned out to be one."""
        files = self._taken.account.files if self._taken is not None else ()
        others = {each.file for each in files if each.of_others}
        return tuple(path for path in self.paths if path.suffix.lower() in OTHERS_ENDINGS or path.name in others)

    def _take_in(self, *, dry_run: bool) -> None:
        if not self.paths:
            return
        choices = self.reading.choices
        paths, label = tuple(self.paths), _("Looking") if dry_run else _("Merging")
        for name in ("look", "merge"):
            self.can[name].setEnabled(False)
        self.desk.work(
            lambda store, tell: take_in(store, paths, dry_run, tell, choices),
            self._on_taken,
            self._on_failed,
            label=label,
        )

    def _on_taken(self, taken: Taken) -> None:
        if taken.stopped and (taken.dry_run or not taken.account.files):
            self.desk.messages.done(_("Stopped. Nothing was changed."))
        else:
            self._taken = taken
            self._show_account(taken)
        self._show_step()

    def _on_reviewed(self, made: ReviewWritten) -> None:
        waits = count("{n} thing to decide", "{n} things to decide", made.conflicts + made.pairs)
        said = _("Wrote {file}: {rows}. It is not locked: whoever has it can read it.", file=made.file.name, rows=waits)
        self.desk.messages.done(said, _("Show the folder"), lambda: show_folder(made.file))

    def _on_read_otherwise(self) -> None:
        """The files are to be read otherwise: what was seen of them says nothing any more."""
        if self._taken is not None and self._taken.dry_run:
            self._taken = None
            self.account.clear()
            self._show_step()

    def _on_failed(self, sentence: str) -> None:
        self.desk.messages.fault(sentence)
        self._show_step()

    def _show_account(self, taken: Taken) -> None:
        account = taken.account
        self.account.show_account(account, dry_run=taken.dry_run, decisions=taken.decisions)
        if not taken.dry_run:
            good = len(account.files) - len(account.failed)
            said = count("Merged {n} file.", "Merged {n} files.", good)
            if taken.stopped:
                said = _("Stopped. Files that were done stay merged; merging all again changes nothing twice.")
            waits = count("{n} thing to decide", "{n} things to decide", taken.decisions)
            self.desk.messages.done(said, waits if taken.decisions else "", lambda: self.desk.go("decide"))

    def _show_step(self) -> None:
        """The files, and the button of the next step: choose, look, merge, and choose again."""
        taken = self._taken
        stopped = taken is not None and taken.stopped
        over = taken is not None and not stopped and (not taken.dry_run or not _any_read(taken))
        step = "choose" if not self.paths or over else "merge" if taken and not stopped else "look"
        for name in ("look", "merge"):
            self.can[name].setEnabled(bool(self.paths))
        for name, button in self.steps.items():
            button.setVisible(name == step)
        self.others["choose"].setVisible(step != "choose")
        self.others["merge"].setVisible(step == "look")
        self.others["columns"].setVisible(bool(self._tables()))
        self.others["clear"].setVisible(bool(self.paths))
        self.after.setVisible(self.desk.store.role == "coordinator")
        looked = taken is not None and taken.dry_run and _any_read(taken)  # before that, nobody knows what is left open
        self.reading.setVisible(bool(self.paths) and (looked or self.reading.chosen))
        self.hint.setVisible(not self.paths)
        self.files.show_rows(self._rows(), _ALL)
        if self.isVisible():
            self.steps[step].setFocus()

    def _rows(self) -> list[Row]:
        """The files chosen; once they were read, each with what it holds."""
        if self._taken is None:
            return [Row(str(path), path.name, _icon(path), hover=str(path)) for path in self.paths]
        return [Row(_ALL, _("All together"), "table-2"), *self.account.file_rows()]

    def _on_opened(self, key: str) -> None:
        if self._taken is not None:
            self.account.show_file(None if key == _ALL else int(key))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: take files, and show that they may be let go here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.card.choose(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt's: they are gone again."""
        self.card.choose(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: files were let go here."""
        event.acceptProposedAction()
        self.card.choose(False)
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _any_read(taken: Taken) -> bool:
    """Whether one of the files could be read: else there is nothing to merge."""
    return len(taken.account.failed) < len(taken.account.files)


def _icon(path: Path) -> str:
    return "folder-open" if path.is_dir() else "file-spreadsheet"
