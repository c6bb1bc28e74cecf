"""Draw every page of the real window, to be looked at.

    uv run python -m tests.pictures DIR                         every page, light, plain text size, English
    uv run python -m tests.pictures DIR --all                   all themes, text sizes and languages
    uv run python -m tests.pictures DIR --theme dark --text 2 --language es --page today print
    uv run python -m tests.pictures DIR --size 1366x768 1920x1080
    uv run python -m tests.pictures DIR --store FOLDER          of a store there is; else the demo is played first

A picture is called page-theme-text-language.png, with the size behind it where that is not the usual one; those called
empty-... are of a store in which nothing is yet. Of a store that is named, a copy is shown. The day is that of the
first event after the last thing written in the store, so that the same store always gives the same pictures.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from outreach_app.model.dates import moment_of
from outreach_app.operations.filters import Condition, How
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.named_exports import named_exports, save_export
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.key_files import damaged
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from outreach_app.texts import LANGUAGES
from tests.helpers.keyboards import let_go
from tests.helpers.templates import own_template
from ui.app import Frame, application
from ui.look import Theme
from ui.main_window import MainWindow
from ui.pages.base import PageSpec
from ui.pages.decision_words import key_of
from ui.pages.decisions import DecisionsPage
from ui.pages.export_asked import Asked
from ui.pages.lists import ListPage
from ui.pages.merging import MergePage
from ui.pages.places import places
from ui.pages.unlock import Unlocking, UnlockPage
from ui.pages.visitor import VisitorPage
from ui.pages.visitor_forms import SignInStep, TellStep
from ui.pages.visitor_lock import ChoosePinStep
from ui.pages.welcome import WelcomePage
from ui.widgets.forms.lines import DayPart

PASSPHRASE = "demo"
QUIET = 0.35  # seconds in which nothing is asked any more: a preview is drawn by then
PATIENCE = 120.0
USUAL = "1366x768"
EMPTY = "empty-"
Keep = Callable[[Frame, str], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the store to show: a day, the event on it, somebody, workbooks and another program's table."""

    day: date
    event: str
    person: str
    workbooks: tuple[Path, ...]
    tables: tuple[Path, ...]
    template: Path


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, where to go, and what to do there first."""

    name: str
    page: str
    arguments: dict[str, Any]
    then: Callable[[Frame], object] = lambda _frame: None


def shown(store: Store, folder: Path) -> Shown:
    """Choose what is shown of a store."""
    last = store.recent(1, own=False)
    begins = moment_of(last[0].clock)[:10] if last else ""
    events = [view for view in store.list("events", order="starts") if (view.values["starts"] or "") >= begins]
    people = store.list("people", limit=1)
    exports = folder.parent.parent / "exports"
    return Shown(
        date.fromisoformat(events[0].values["starts"][:10]) if events else date.today(),
        events[0].id if events else "",
        people[0].id if people else "",
        tuple(sorted(exports.glob("*.xlsx"))) if exports.is_dir() else (),
        (_table(folder.parent),),
        own_template(folder.parent / "Our contacts.xlsx"),
    )


def _table(folder: Path) -> Path:
    """A list of contacts as a coalition might send it."""
    file = folder / "Coalition contacts.csv"
    rows = [
        "Full Name,Agency,Best number,Email,Town,Came in",
        "Thaddeus Oxendine,Swain Food Pantry,828 555 0101,,Sylva,May",
    ]
    rows += [
        "Carol Anne Pomerleau,,828 555 0102,carol.anne@pomerleau.example,Bryson City,June",
        "Lloyd Queen,,,,Almond,",
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def pictures(what: Shown) -> Iterator[Picture]:
    """Every place of the sidebar, and the pages behind them."""
    for spec in places():
        if spec.in_sidebar or spec.at_foot:
            yield Picture(spec.name, spec.name, {})
    yield Picture("groups-asked", "groups", {"kind": "interests"})
    yield Picture("groups-hand-out", "groups", {"kind": "hand_out"})
    yield Picture("decide-group", "decide", {}, _take_group)
    if what.workbooks:
        yield Picture("merge-looked", "merge", {}, partial(_look_at, what.workbooks))
    yield Picture("columns", "columns", {"paths": what.tables})
    yield Picture("returns", "returns", {})
    yield Picture("export_choices", "export_choices", {"lists": ("people",), "columns": ("people.name",)})
    yield Picture("named_exports", "named_exports", {"asked": Asked(Wanted())})
    yield Picture("template", "template", {"asked": Asked(Wanted()), "name": "Contacts", "path": what.template})
    yield Picture("help", "help", {})
    yield Picture("tour", "tour", {})
    yield Picture("help-groups", "help", {"name": "groups"})
    yield Picture("record-new", "record", {"kind": "events", "record": None})
    yield Picture("keys-sheet", "today", {}, lambda frame: inside(frame).open_keys())
    yield Picture("message", "today", {}, lambda frame: inside(frame).undo())
    if what.person:
        yield Picture("record", "record", {"kind": "people", "record": what.person})
    yield Picture("find", "people", {}, partial(_find, "mar"))
    yield Picture("people-filtered", "people", {}, _filter)
    yield Picture("people-chosen", "people", {}, _choose)
    yield Picture("compare", "people", {}, _compare)
    yield Picture("record-day", "record", {"kind": "follow_ups", "record": None}, _open_calendar)
    yield Picture("find-recent", "today", {}, partial(_find, ""))
    if what.event:
        yield Picture("event-find", "event", {"event": what.event}, partial(_find, "mraia"))
        for way in ("sign_in", "feedback", "partner"):
            yield Picture(f"event-{way}", "event", {"event": what.event, "way": f"to_{way}"}, _type)
        for name, then in _VISITOR.items():
            yield Picture(f"visitor-{name}", "visitor", {"event": what.event}, then)


def inside(frame: Frame) -> MainWindow:
    """The open window."""
    window = frame.open_window
    if window is None:
        raise ValueError("the passphrase does not open the store")
    return window


def _look_at(workbooks: Sequence[Path], frame: Frame) -> None:
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, MergePage)
    page.add(workbooks)
    page.look_first()


def _take_group(frame: Frame) -> None:
    """The largest group that may be one."""
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, DecisionsPage)
    groups = {key_of(each): len(each.records) for each in page.decisions if each.what == "duplicate"}
    if groups:
        page.list.line(max(groups, key=groups.__getitem__)).click()


def _find(letters: str, frame: Frame) -> None:
    """Whom or what one looks for, from where one is."""
    if frame.open_window is not None:
        frame.open_window.open_find()
        QTest.keyClicks(frame.open_window.finder.field.field, letters)


def _filter(frame: Frame) -> None:
    """A list with a filter, and room for another."""
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, ListPage)
    page.filter()
    page.in_view.filter_by((Condition("town", How.HOLDS, ("Bur",)), Condition("county", How.FILLED)))


def _compare(frame: Frame) -> None:
    """Two lines of a list beside each other."""
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, ListPage)
    rows = [page.in_view.model.record(row) for row in (0, 1)]
    page.desk.go("compare", kind="people", records=tuple(row.id for row in rows if row is not None))


def _open_calendar(frame: Frame) -> None:
    """A calendar beside a typed day."""
    page = frame.open_window.page if frame.open_window else None
    part = page.findChild(DayPart) if page is not None else None
    if part is not None:
        part.open.click()


def _choose(frame: Frame) -> None:
    """A list with its columns to choose, and some of its lines chosen."""
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, ListPage)
    page.in_view.show_all()
    page.in_view.filters.hide()
    page.columns()
    settle(frame)
    for row in (1, 2, 3):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.in_view.table.selectionModel().select(page.in_view.model.index(row, 0), flags)
    page.in_view.chosen.bar.field.choose("county")
    page.in_view.chosen.bar.field.changed.emit("county")


def _type(_frame: Frame) -> None:
    """Some letters where the focus is, as a person would."""
    focused = QApplication.focusWidget()
    if focused is not None:
        QTest.keyClick(focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)  # over what an earlier picture left
        QTest.keyClicks(focused, "Mar")


def _visitor(frame: Frame) -> VisitorPage:
    """The visitor screen, handed over."""
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, VisitorPage)
    if isinstance(page.step, ChoosePinStep):
        page.step.pin.setText("4821")
        page.step.again.setText("4821")
        page.step.send()
        settle(frame)
    return page


def _sign_in_alone(frame: Frame) -> None:
    step = _visitor(frame).step
    assert isinstance(step, SignInStep)
    step.who.name.setText("Tomás Arroyo")
    step.who.contact.setText("828 555 0133")


def _tell_alone(frame: Frame) -> None:
    step = _visitor(frame).step
    assert isinstance(step, SignInStep)
    step.tell.emit()


def _join_alone(frame: Frame) -> None:
    step = _visitor(frame).step
    assert isinstance(step, SignInStep)
    step.join.emit()


def _tell_and_send(frame: Frame) -> None:
    _tell_alone(frame)
    step = _visitor(frame).step
    assert isinstance(step, TellStep)
    step.words.write("The van only comes Tuesdays.")
    step.send()


_VISITOR: dict[str, Callable[[Frame], None]] = {
    "pin": lambda _frame: None,
    "sign_in": _sign_in_alone,
    "tell": _tell_alone,
    "join": _join_alone,
    "thanks": _tell_and_send,
    "staff": lambda frame: _visitor(frame).staff.click(),
}


def settle(frame: Frame) -> None:
    """Let everything that was asked for come, and be drawn."""
    quiet, until = time.monotonic(), time.monotonic() + PATIENCE
    while frame.jobs.busy or time.monotonic() - quiet < QUIET:
        QApplication.processEvents()
        if frame.jobs.busy:
            quiet = time.monotonic()
        if quiet > until:
            raise TimeoutError("the window is still at work")
        time.sleep(0.004)
    let_go()


@contextmanager
def framed(folder: Path, what: Callable[[], Sequence[PageSpec]]) -> Iterator[Frame]:
    """The real window on a folder, at its door."""
    frame = Frame(folder, what)
    frame.show()
    frame.activateWindow()
    try:
        yield frame
    finally:
        frame.close()
        frame.deleteLater()
        QApplication.processEvents()


@dataclass(frozen=True, slots=True)
class Drawing:
    """How it is drawn: into which folder, of which size, what ends each name, and which are wanted (none: all)."""

    into: Path
    size: str
    suffix: str
    wanted: Sequence[str]
    drawn: list[str] = field(default_factory=list)

    def wants(self, name: str) -> bool:
        """Whether a picture is asked for."""
        return not self.wanted or name in self.wanted

    def keep(self, frame: Frame, name: str) -> None:
        """Draw the window as it is once it has come to rest, with the dialogs over it, and close those."""
        wide, high = map(int, self.size.split("x"))
        settle(frame)
        if (frame.width(), frame.height()) != (wide, high):
            frame.resize(wide, high)  # also where it fills a screen that is none
            settle(frame)
        picture = frame.grab()
        painter = QPainter(picture)
        for over in QApplication.topLevelWidgets():
            if isinstance(over, QDialog) and over.isVisible():
                painter.drawPixmap((wide - over.width()) // 2, (high - over.height()) // 2, over.grab())
                over.reject()
        painter.end()
        file = self.into / f"{name}-{self.suffix}.png"
        if not picture.save(str(file)):
            raise OSError(f"{file} cannot be written")
        self.drawn.append(name)


def draw(drawing: Drawing, folder: Path, passphrase: str, what: Shown) -> None:
    """Draw the doors of a store and the pages behind them, as the application is dressed now."""
    with framed(folder, partial(places, lambda: what.day)) as frame:
        draw_doors(drawing, frame, passphrase)
        draw_inside(drawing, frame, passphrase, pictures(what))
    if drawing.wants("welcome") or drawing.wants("recovering-alone"):
        with framed(folder / "nowhere", places) as frame:
            door = frame.centralWidget()
            assert isinstance(door, WelcomePage)
            if drawing.wants("welcome"):
                drawing.keep(frame, "welcome")
            if drawing.wants("recovering-alone"):
                door.sheet_alone.emit()
                drawing.keep(frame, "recovering-alone")


def draw_doors(drawing: Drawing, frame: Frame, passphrase: str) -> None:
    """The passphrase, and where it leads when it is forgotten, or the store is damaged."""
    said = Unlocking(passphrase)
    doors: dict[str, Callable[[UnlockPage], object]] = {
        "unlock": lambda _door: None,
        "recovering": lambda door: door.forgotten.emit(),
        "damaged": lambda door: door.stay_shut(str(damaged()), damaged=True),
        "rescuing": lambda door: (door.stay_shut(str(damaged()), damaged=True), door.rescue.emit(said)),
        "going-back": lambda door: door.earlier.emit(said),
    }
    for name, go in doors.items():
        if drawing.wants(name):
            frame.show_door()
            door = frame.centralWidget()
            assert isinstance(door, UnlockPage)
            go(door)
            drawing.keep(frame, name)
    frame.show_door()


def draw_inside(drawing: Drawing, frame: Frame, passphrase: str, wanted: Iterable[Picture], before: str = "") -> None:
    """Unlock, and draw the pages; ``before`` begins their names."""
    some = [picture for picture in wanted if drawing.wants(before + picture.name)]
    if not some:
        return
    frame.unlock(Unlocking(passphrase))
    settle(frame)
    window = inside(frame)
    assert frame.daily is not None
    frame.daily.stop()  # a backup is of the moment, and no picture is
    for picture in some:
        window.desk.go(picture.page, **picture.arguments)
        settle(frame)
        picture.then(frame)
        drawing.keep(frame, before + picture.name)
        window.message_bar.close_message()


def draw_empty(drawing: Drawing, folder: Path, passphrase: str, day: date) -> None:
    """Draw every place of a store in which nothing is yet."""
    wanted = [Picture(spec.name, spec.name, {}) for spec in places() if spec.in_sidebar]
    if any(drawing.wants(EMPTY + picture.name) for picture in wanted):
        with framed(folder, partial(places, lambda: day)) as frame:
            draw_inside(drawing, frame, passphrase, wanted, EMPTY)


@contextmanager
def played(store: Path | None) -> Iterator[Path]:
    """The store to show: a copy of the one named, else the coordinator's of a demo played for this."""
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        if store is None:
            from outreach_app.demo.runs import play

            print("Playing the demo, which takes about a minute", flush=True)
            play(demo)
        else:
            shutil.copytree(store, demo / "stores" / "coordinator")
            if (store.parent.parent / "exports").is_dir():
                shutil.copytree(store.parent.parent / "exports", demo / "exports")
        yield demo / "stores" / "coordinator"


def _faults() -> list[str]:
    """From now on, what goes wrong in the window's own calls is told, and kept: Qt goes on as if nothing had been."""
    faults: list[str] = []
    before = sys.excepthook

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        faults.append(kind.__name__)
        before(kind, fault, trace)

    sys.excepthook = tell
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Draw every page of the window.")
    parser.add_argument("into", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="a store; else the demo is played")
    parser.add_argument("--passphrase", default=PASSPHRASE, help="what opens the store")
    parser.add_argument("--theme", nargs="+", choices=[str(theme) for theme in Theme], default=[str(Theme.LIGHT)])
    parser.add_argument("--text", nargs="+", type=float, default=[1.0], help="text sizes: 1 2")
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=["en"])
    parser.add_argument("--page", nargs="+", default=[], metavar="NAME", help="only these")
    parser.add_argument("--size", nargs="+", default=[USUAL], metavar="WIDTHxHEIGHT", help="sizes of the window")
    parser.add_argument("--all", action="store_true", help="all themes, text sizes 1 and 2, all languages")
    asked = parser.parse_args(arguments)
    if asked.all:
        asked.theme, asked.text, asked.language = [str(theme) for theme in Theme], [1.0, 2.0], list(LANGUAGES)
    asked.into.mkdir(parents=True, exist_ok=True)
    drawn, faults = 0, _faults()
    with played(asked.store) as folder:
        store = open_store(folder, asked.passphrase)
        what = shown(store, folder)
        if not named_exports(store):
            save_export(store, "Weekly contacts", Wanted(form="csv", lists=("people",)), since_last=True)
        store.close()
        empty = folder.parent / "empty"
        new_store(empty, asked.passphrase, "Ada Crowe", "Hill County Health", cost=DEMO_COST).close()
        for size, language, theme, text in product(asked.size, asked.language, asked.theme, asked.text):
            application(language, Theme(theme), text)
            suffix = f"{theme}-{text:g}-{language}" + ("" if size == USUAL else f"-{size}")
            drawing = Drawing(asked.into, size, suffix, asked.page)
            draw(drawing, folder, asked.passphrase, what)
            draw_empty(drawing, empty, asked.passphrase, what.day)
            drawn += len(drawing.drawn)
            print(suffix, flush=True)
    print(f"{drawn} pictures in {asked.into}")
    return 1 if faults else 0 if drawn else 2


if __name__ == "__main__":
    sys.exit(main())
