"""Asking the system for files: what was chosen comes back as paths, nothing chosen as nothing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.pages.folders import asked_files, asked_folder, asked_new_file


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def answered(monkeypatch: pytest.MonkeyPatch, dialog: str, answer: object) -> list[tuple[object, ...]]:
    """Answer one of the system's dialogs; what it was asked."""
    asked: list[tuple[object, ...]] = []

    def answer_it(*arguments: object) -> object:
        asked.append(arguments)
        return answer

    monkeypatch.setattr(QFileDialog, dialog, staticmethod(answer_it))
    return asked


@pytest.mark.parametrize(
    ("chosen", "file"),
    [
        ("/papers/a.pdf", Path("/papers/a.pdf")),
        ("/papers/A.PDF", Path("/papers/A.PDF")),
        ("/papers/3 Oct. report", Path("/papers/3 Oct. report.pdf")),
        ("", None),
    ],
)
def test_a_new_file_has_its_ending(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, chosen: str, file: Path | None
) -> None:
    asked = answered(monkeypatch, "getSaveFileName", (chosen, ""))
    assert asked_new_file(parent, "Where?", "a.pdf", ".pdf") == file
    [(_parent, words, begins, kinds)] = asked
    assert (words, kinds) == ("Where?", "*.pdf")
    assert Path(str(begins)).name == "a.pdf"
    assert Path(str(begins)).is_absolute()


def test_files_are_asked_for_by_their_endings(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answered(monkeypatch, "getOpenFileNames", (["/papers/a.xlsx", "/papers/b.ods"], ""))
    assert asked_files(parent, "Which?", (".xlsx", ".ods")) == [Path("/papers/a.xlsx"), Path("/papers/b.ods")]
    assert asked[0][3] == "Workbooks (*.xlsx *.ods);;All files (*)"


def test_a_folder_is_asked_for_from_where_one_was(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answered(monkeypatch, "getExistingDirectory", "/stick")
    assert asked_folder(parent, "Which?", "/before") == Path("/stick")
    assert asked[0][2] == "/before"
    answered(monkeypatch, "getExistingDirectory", "")
    assert asked_folder(parent, "Which?") is None
