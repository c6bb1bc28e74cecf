"""Export: whom it is for says what it carries; what left is said out loud and listed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.exporting_files import FORMATS
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.named_exports import save_export
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.messages import Message, MessageKind
from ui.pages import exporting
from ui.pages.exporting import ExportPage

TODAY = date(2026, 11, 21)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names the system's dialog was opened with; it is answered with that name, in a folder of the test's."""
    names: list[str] = []

    def answered(_parent: object, _words: str, name: str, ending: str) -> Path:
        assert name.endswith(ending)
        names.append(name)
        return tmp_path / name

    monkeypatch.setattr(exporting, "asked_new_file", answered)
    return names


@pytest.fixture
def season(store: Store) -> dict[str, str]:
    """Two events with a person each, and a partner."""
    made = {}
    for name, who in (("Listening session", "Ada Crowe"), ("Library table", "Ben Arch")):
        made[name] = make_record(store, "events", {"name": name, "starts": "2026-11-14T10:00:00-05:00"})[0]
        sign_in(store, NewSignIn(made[name], who))
    made["partner"] = make_record(store, "organizations", {"name": "Nantahala Food Share"})[0]
    return made


@pytest.fixture
def on(qtbot: QtBot, desk: Desk, season: dict[str, str]) -> OnPage[ExportPage]:  # noqa: ARG001 - written before it opens
    return OnPage(qtbot, desk, ExportPage(desk, lambda: TODAY))


@pytest.fixture
def sheets(tmp_path: Path) -> Callable[[str], dict[str, int]]:
    """The sheets of a written workbook, with their rows under the heading."""

    def read(name: str) -> dict[str, int]:
        book = load_workbook(tmp_path / name)
        return {sheet.title: sheet.max_row for sheet in book.worksheets if sheet.sheet_state == "visible"}

    return read


def test_the_department_s_workbook_is_one_key_away(
    on: OnPage[ExportPage], asked: list[str], store: Store, said: list[Message], tmp_path: Path
) -> None:
    assert on.page.button.hasFocus()
    on.press(Qt.Key.Key_Space, NONE)
    assert asked == ["outreach 2026-11-21.xlsx"]
    assert (tmp_path / asked[0]).is_file()
    rows = {line.text: line.trailing for line in on.page.rows.rows}
    assert (rows["Events"], rows["People"], rows["Sign-ins"]) == ("2", "2", "2")
    assert on.page.made_card.isVisible()
    assert on.page.receipt.text().startswith("Receipt: ")
    total = sum(int(number.replace(",", "")) for number in rows.values())
    assert said[-1].text == (
        f"Wrote outreach 2026-11-21.xlsx: {total} rows. It is not locked: whoever has it can read it."
    )
    [left] = store.list("exports")
    assert (left.title, left.values["profile"], left.values["rows"]) == (asked[0], "internal", total)


def test_everything_that_left_is_listed_latest_first(on: OnPage[ExportPage], asked: list[str], store: Store) -> None:
    assert on.page.nothing_left.isVisible()
    on.page.to_whom.setText("Vital Records")
    on.press(Qt.Key.Key_X)
    on.page.profile.line("public").click()
    on.press(Qt.Key.Key_X)
    assert [line.text for line in on.page.log.rows] == [asked[1], asked[0]]
    first = on.page.log.rows[1]
    assert first.detail.startswith("The department · Vital Records · ")
    assert first.detail.endswith(f" rows · {store.worker}")
    assert not on.page.nothing_left.isVisible()


def test_a_partner_has_to_be_named(
    on: OnPage[ExportPage], asked: list[str], store: Store, season: dict[str, str]
) -> None:
    assert not on.page.partner_field.isVisible()
    on.page.profile.line("partner").click()
    assert on.page.partner.field.hasFocus()
    on.press(Qt.Key.Key_X)
    assert asked == []
    assert on.page.partner_field.reason.text() == "Please choose the partner it is for."
    on.type("nantahala")
    on.press(Qt.Key.Key_Return, NONE)
    on.press(Qt.Key.Key_X)
    assert asked == ["for a partner 2026-11-21.xlsx"]
    [left] = store.list("exports")
    assert (left.values["partner"], left.values["to_whom"]) == (season["partner"], "Nantahala Food Share")
    on.page.profile.line("internal").click()
    on.press(Qt.Key.Key_X)
    latest = store.list("exports", order="-made_at")[0]
    assert latest.values["partner"] is None, "a partner chosen before is not meant any more"


def test_one_event_alone_in_spanish(
    on: OnPage[ExportPage], asked: list[str], store: Store, season: dict[str, str]
) -> None:
    on.page.only.field.setFocus()
    on.type("libr")
    on.press(Qt.Key.Key_Return, NONE)
    on.page.language.chip("es").click()
    on.press(Qt.Key.Key_X)
    rows = {line.text: line.trailing for line in on.page.rows.rows}
    assert (rows["Events"], rows["People"]) == ("1", "1")
    [left] = store.list("exports")
    assert (left.values["event"], left.values["language"]) == (season["Library table"], "es")
    assert len(asked) == 1


def test_the_public_one_names_nobody(
    on: OnPage[ExportPage], asked: list[str], tmp_path: Path, sheets: Callable[[str], dict[str, int]]
) -> None:
    on.page.profile.line("public").click()
    on.press(Qt.Key.Key_X)
    assert asked == ["for everybody 2026-11-21.xlsx"]
    assert sheets(asked[0])
    assert b"Ada Crowe" not in (tmp_path / asked[0]).read_bytes()
    book = load_workbook(tmp_path / asked[0])
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any("Ada" in cell or "Ben Arch" in cell for cell in cells)


def test_a_folder_that_takes_nothing_is_told_and_nothing_is_logged(
    on: OnPage[ExportPage], store: Store, said: list[Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(exporting, "asked_new_file", lambda *_asked: tmp_path / "missing" / "a.xlsx")
    on.press(Qt.Key.Key_X)
    assert said[-1].kind is MessageKind.FAULT
    assert store.count("exports") == 0
    assert not on.page.made_card.isVisible()


def test_thinking_better_of_it_writes_nothing(
    on: OnPage[ExportPage], store: Store, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "asked_new_file", lambda *_asked: None)
    on.press(Qt.Key.Key_X)
    assert store.count("exports") == 0
    assert said == []


def test_a_file_for_another_program(on: OnPage[ExportPage], asked: list[str], tmp_path: Path, store: Store) -> None:
    on.page.form.choose("google")
    on.press(Qt.Key.Key_X)
    assert asked == ["outreach 2026-11-21.csv"]
    assert (tmp_path / asked[0]).read_text("utf-8-sig").startswith("First Name,")
    assert [left.values["rows"] for left in store.list("exports")] == [2]
    assert not on.page.receipt.isVisible()
    on.page.profile.line("public").click()
    assert not on.page.form_field.isVisible()
    on.press(Qt.Key.Key_X)
    assert asked[-1] == "for everybody 2026-11-21.xlsx", "what is published is a workbook whatever was chosen before"


def test_every_format_can_be_chosen(on: OnPage[ExportPage]) -> None:
    assert [str(on.page.form.itemData(at)) for at in range(on.page.form.count())] == list(FORMATS)


def test_lists_and_columns_are_chosen_on_a_page_of_their_own(
    on: OnPage[ExportPage], asked: list[str], sheets: Callable[[str], dict[str, int]], store: Store
) -> None:
    on.press(Qt.Key.Key_L)
    assert on.went == [Destination("export_choices", {"profile": "internal", "lists": (), "columns": (), "since": ""})]
    assert not on.page.carried.isVisible()
    on.page.shown(lists=("people", "events"), columns=("people.name",), since="2020-01-01")
    on.settle()
    assert on.page.carried.text() == "People, Events, 1 column, changed since 2020-01-01"
    on.press(Qt.Key.Key_X)
    assert set(sheets(asked[0])) == {"Read me", "Events", "People", "Data dictionary"}
    [left] = store.list("exports")
    assert left.values["since"] == "2020-01-01"
    on.page.profile.line("partner").click()
    assert on.page.lists == (), "others carry other columns"


def test_what_has_a_name_is_made_again_by_one_key(
    on: OnPage[ExportPage], asked: list[str], store: Store, tmp_path: Path
) -> None:
    assert not on.page.again_card.isVisible()
    kept, _changes = save_export(store, "Weekly", Wanted(form="csv", lists=("people",)))
    on.page.shown()
    on.settle()
    on.page.again.line(kept).setFocus()
    on.press(Qt.Key.Key_Return, NONE)
    assert asked == ["Weekly 2026-11-21.csv"]
    assert "Ada Crowe" in (tmp_path / asked[0]).read_text("utf-8-sig")
    [left] = store.list("exports")
    assert left.values["named"] == kept
    assert on.page.again.rows[0].trailing


def test_keeping_hands_on_what_was_chosen(on: OnPage[ExportPage], season: dict[str, str]) -> None:
    on.page.only.field.setFocus()
    on.type("libr")
    on.press(Qt.Key.Key_Return, NONE)
    on.press(Qt.Key.Key_K)
    [went] = on.went
    assert went.page == "named_exports"
    assert went.arguments["asked"].event == season["Library table"]


def test_sensitive_feedback_is_for_coordinators_alone(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, on: OnPage[ExportPage], asked: list[str], store: Store
) -> None:
    record_feedback(store, NewFeedback("The tank leaks", sensitive=True))
    on.page.profile.line("sensitive").click()
    assert not on.page.form_field.isVisible()
    on.press(Qt.Key.Key_X)
    assert asked == ["for coordinators 2026-11-21.xlsx"]
    assert store.list("exports")[0].values["profile"] == "sensitive"
    monkeypatch.setattr(store, "role", "worker")
    other = OnPage(qtbot, desk, ExportPage(desk, lambda: TODAY))
    assert [line.key for line in other.page.profile.rows] == ["internal", "partner", "public"]
