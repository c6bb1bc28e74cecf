"""Asking the system for files and folders, and showing one: the only places where pages meet its dialogs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from outreach_app.texts import _


def asked_folder(parent: QWidget, words: str, start: str = "") -> Path | None:
    """A folder the person chose; None where they chose none."""
    chosen = QFileDialog.getExistingDirectory(parent, words, start or _own_papers())
    return Path(chosen) if chosen else None


def asked_files(parent: QWidget, words: str, endings: Sequence[str], called: str = "") -> list[Path]:
    """Files the person chose, of these endings or any. ``called``: what such files are called, workbooks otherwise."""
    shown = " ".join(f"*{ending}" for ending in endings)
    kinds = f"{called} ({shown})" if called else _("Workbooks ({endings})", endings=shown)
    chosen, _kind = QFileDialog.getOpenFileNames(parent, words, _own_papers(), f"{kinds};;{_('All files')} (*)")
    return [Path(each) for each in chosen]


def asked_new_file(parent: QWidget, words: str, name: str, ending: str) -> Path | None:
    """Where the person wants a new file, with its ending; None where they thought better of it."""
    begins = str(Path(_own_papers()) / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, words, begins, f"*{ending}")
    if not chosen:
        return None
    return Path(chosen) if chosen.lower().endswith(ending) else Path(chosen + ending)


def _own_papers() -> str:
    """Where a person keeps what they write, by the system's own word."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def show_folder(file: Path) -> None:
    """Open the folder that a file is in, in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
