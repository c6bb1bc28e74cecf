"""Print: what is seen is what is made, and what is made is kept, printed, and made again just as it was."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from outreach_app.model.codes import spaced
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import expect
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.messages import Message, MessageKind
from ui.pages import printing
from ui.pages.printing import PrintPage

TODAY = date(2026, 11, 21)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def events(store: Store) -> dict[str, str]:
    """One event that is over, one that is next with two expected, and one after it."""
    made = {
        name: plan_event(store, {"name": name, "starts": f"{day}T10:00:00-05:00"})[0]
        for name, day in (("Town hall", "2026-11-14"), ("Listening session", "2026-11-22"), ("Fair", "2026-12-05"))
    }
    people = [make_record(store, "people", {"name": name})[0] for name in ("Ada Crowe", "Ben Arch")]
    expect(store, made["Listening session"], people)
    return made


@pytest.fixture
def on(qtbot: QtBot, desk: Desk, events: dict[str, str]) -> OnPage[PrintPage]:  # noqa: ARG001 - planned before it opens
    return OnPage(qtbot, desk, PrintPage(desk, lambda: TODAY))


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def change(on: OnPage[PrintPage], qtbot: QtBot, does: Callable[[], object]) -> None:
    """Change a choice, and wait until the preview has followed."""
    before = on.page._asked
    does()
    qtbot.waitUntil(lambda: on.page._asked > before)
    on.settle()


def test_the_next_event_s_sheet_is_shown_before_anything_was_pressed(on: OnPage[PrintPage], store: Store) -> None:
    page = on.page
    assert page.form.event_field.text == "Listening session"
    assert page.form.event_field.field.hasFocus()
    assert page.name.text() == "Not made yet"
    assert page.about.text() == "2 pages · 24 lines · Making it gives it a number of its own."
    assert page.preview.pages == 2
    assert not page.verbs.isVisible()
    assert page.none_made.isVisible()
    assert store.count("sheets") == 0


def test_every_choice_is_seen_at_once(on: OnPage[PrintPage], qtbot: QtBot) -> None:
    form = on.page.form
    change(on, qtbot, form.prefilled.click)
    assert on.page.about.text().startswith("3 pages · 26 lines")
    assert "Ada Crowe" in words_of(on.page._pdf)
    change(on, qtbot, form.language.chip("es").click)
    assert "Nombre" in words_of(on.page._pdf)
    assert "Name" not in words_of(on.page._pdf)
    size = on.page.preview.document().pagePointSize(0).width()
    change(on, qtbot, form.paper.chip("us-legal").click)
    assert on.page.preview.document().pagePointSize(0).width() > size
    pages = on.page.preview.pages
    change(on, qtbot, form.large.click)
    assert on.page.preview.pages > pages
    form.lines.setFocus()
    change(on, qtbot, lambda: on.press(Qt.Key.Key_Up, NONE))
    assert "27 lines" in on.page.about.text()


def test_making_it_records_it_and_gives_it_its_number(
    on: OnPage[PrintPage], store: Store, events: dict[str, str]
) -> None:
    on.press(Qt.Key.Key_M)
    [sheet] = store.list("sheets")
    assert (sheet.values["event"], sheet.values["pages"], sheet.values["lines"]) == (events["Listening session"], 2, 24)
    assert on.page.name.text() == f"Sheet {spaced(sheet.code)}"
    assert spaced(sheet.code) in words_of(on.page._pdf)
    assert [(line.key, line.text) for line in on.page.made.rows] == [(sheet.id, spaced(sheet.code))]
    assert on.page.made.line(sheet.id).isChecked()
    assert on.page.print_button.isVisible()
    assert on.page.print_button.hasFocus()


def test_another_choice_after_that_is_a_sheet_not_made_yet(on: OnPage[PrintPage], qtbot: QtBot, store: Store) -> None:
    on.press(Qt.Key.Key_M)
    change(on, qtbot, on.page.form.large.click)
    assert on.page.name.text() == "Not made yet"
    assert not on.page.verbs.isVisible()
    on.press(Qt.Key.Key_M)
    assert store.count("sheets") == 2
    assert len(on.page.made.rows) == 2


def test_print_to_pdf_keeps_typst_s_own_pages(
    on: OnPage[PrintPage], said: list[Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "asked_new_file", lambda *_asked: tmp_path / "sheet.pdf")
    on.press(Qt.Key.Key_F)
    assert not list(tmp_path.glob("*.pdf")), "nothing is kept of a sheet that has no number"
    on.press(Qt.Key.Key_M)
    on.press(Qt.Key.Key_F)
    kept = (tmp_path / "sheet.pdf").read_bytes()
    assert kept == on.page._pdf
    marks = PdfReader(BytesIO(kept)).root_object["/MarkInfo"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"], "it has its tags"
    assert said[-1].text == "Saved as sheet.pdf. It is not locked: whoever has the file can read it."


def test_a_folder_that_takes_nothing_is_told(
    on: OnPage[PrintPage], said: list[Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "asked_new_file", lambda *_asked: tmp_path / "missing" / "sheet.pdf")
    on.press(Qt.Key.Key_M)
    on.press(Qt.Key.Key_F)
    assert said[-1].kind is MessageKind.FAULT
    assert "missing" in said[-1].text


def printed_to(monkeypatch: pytest.MonkeyPatch, file: Path, *, answer: bool = True) -> list[int]:
    """Answer the system's dialog as a person would who prints into a file. What it offered as its last page."""
    offered: list[int] = []

    def answered(dialog: QPrintDialog) -> bool:
        offered.append(dialog.maxPage())
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(150)
        return answer

    monkeypatch.setattr(QPrintDialog, "exec", answered)
    return offered


def test_print_goes_through_the_system_s_dialog(
    on: OnPage[PrintPage], said: list[Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered = printed_to(monkeypatch, tmp_path / "printed.pdf")
    on.press(Qt.Key.Key_P)
    assert offered == [], "a sheet that has no number is not printed"
    on.press(Qt.Key.Key_M)
    on.press(Qt.Key.Key_P)
    assert offered == [2]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2
    assert said[-1].text == "2 pages went to the printer."


def test_thinking_better_of_it_prints_nothing(
    on: OnPage[PrintPage], said: list[Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed_to(monkeypatch, tmp_path / "printed.pdf", answer=False)
    on.press(Qt.Key.Key_M)
    on.press(Qt.Key.Key_P)
    assert not (tmp_path / "printed.pdf").exists()
    assert said == []


def test_one_page_of_a_sheet_made_before_is_made_again(
    on: OnPage[PrintPage], qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on.press(Qt.Key.Key_M)
    [sheet] = store.list("sheets")
    change(on, qtbot, on.page.form.large.click)
    change(on, qtbot, on.page.made.line(sheet.id).click)
    assert on.page.preview.pages == 2
    on.page.page_choice.choose("2")
    change(on, qtbot, lambda: on.page.page_choice.changed.emit("2"))
    assert on.page.preview.pages == 1
    words = words_of(on.page._pdf)
    assert "Page 2 of 2" in words
    assert spaced(sheet.code) in words
    printed_to(monkeypatch, tmp_path / "page.pdf")
    on.press(Qt.Key.Key_P)
    assert len(PdfReader(tmp_path / "page.pdf").pages) == 1
    assert store.count("sheets") == 1


def test_a_sheet_without_lines_is_refused_with_a_reason(on: OnPage[PrintPage], qtbot: QtBot) -> None:
    change(on, qtbot, on.page.form.lines.clear)
    assert on.page.about.text() == "A sign-in sheet needs at least one line. Please say how many."
    assert not on.page.preview.isVisible()
    change(on, qtbot, lambda: on.page.form.lines.setText("5"))
    assert on.page.preview.isVisible()
    assert on.page.preview.pages == 1


def test_another_event_is_typed_and_taken(on: OnPage[PrintPage], qtbot: QtBot) -> None:
    field = on.page.form.event_field.field
    field.selectAll()
    on.type("tow")
    assert [line.text for line in on.page.form.event_field.list.lines] == ["Town hall"]
    change(on, qtbot, lambda: on.press(Qt.Key.Key_Return, NONE))
    assert on.page.form.event_field.text == "Town hall"
    assert "Town hall" in words_of(on.page._pdf)
    assert not on.page.form.prefilled.isEnabled()


def test_it_opens_on_the_event_one_comes_from(qtbot: QtBot, desk: Desk, events: dict[str, str]) -> None:
    on = OnPage(qtbot, desk, PrintPage(desk, lambda: TODAY), event=events["Fair"])
    assert on.page.form.event_field.text == "Fair"


def test_with_no_event_there_is_nothing_to_make(qtbot: QtBot, desk: Desk, store: Store) -> None:
    on = OnPage(qtbot, desk, PrintPage(desk, lambda: TODAY))
    assert on.page.name.text() == "Choose an event"
    assert not on.page.make_button.isEnabled()
    on.press(Qt.Key.Key_M)
    assert store.count("sheets") == 0
