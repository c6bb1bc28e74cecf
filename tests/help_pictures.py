"""The pictures in the help, small, drawn of the demo's window in every language.

    uv run python -m tests.help_pictures                  the demo is played first
    uv run python -m tests.help_pictures --store FOLDER   of the demo's coordinator's store

They are kept beside the pages, ``resources/help/<language>/pictures/<name>.png``.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.operations.spaces import open_store
from outreach_app.texts import LANGUAGES
from tests.pictures import PASSPHRASE, framed, played, settle, shown
from ui.app import Frame, application
from ui.look.looks import look
from ui.pages.heard import HeardPage
from ui.pages.places import places
from ui.pages.unlock import Unlocking, UnlockPage

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "help"
WIDE = 620  # pixels: as wide as a page of the help is
COLOURS = 60  # so few, beside those that mean something, keep letters sharp and the file small


def _window(frame: Frame) -> QWidget:
    return frame


def _map(frame: Frame) -> QWidget:
    page = frame.open_window.page if frame.open_window else None
    assert isinstance(page, HeardPage)
    return page.map


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture: of which page, and what of it."""

    name: str
    part: Callable[[Frame], QWidget] = _window


PICTURES = (Drawn("today"), Drawn("groups"), Drawn("print"), Drawn("heard", _map))


def small(image: QImage) -> QImage:
    """A picture as the help shows it: no wider, and of few colours."""
    narrow = image.scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation) if image.width() > WIDE else image
    counted: dict[int, int] = {}
    for y in range(0, narrow.height(), 2):
        for x in range(0, narrow.width(), 2):
            colour = narrow.pixel(x, y)
            counted[colour] = counted.get(colour, 0) + 1
    worn = [look().colour(name).rgb() for name in ("waits", "waits_soft", "accent", "soft", "loss", "line")]
    table = [*worn, *sorted(counted, key=lambda colour: -counted[colour])[:COLOURS]]
    return narrow.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def draw(store: Path, language: str) -> None:
    """Draw them all in a language."""
    into = FOLDER / language / "pictures"
    into.mkdir(exist_ok=True)
    opened = open_store(store, PASSPHRASE)
    day = shown(opened, store).day
    opened.close()
    application(language)
    with framed(store, partial(places, lambda: day)) as frame:
        door = frame.centralWidget()
        assert isinstance(door, UnlockPage)
        door.asked.emit(Unlocking(PASSPHRASE))
        settle(frame)
        window = frame.open_window
        assert window is not None
        for each in PICTURES:
            window.desk.go(each.name)
            settle(frame)
            QApplication.processEvents()
            small(each.part(frame).grab().toImage()).save(str(into / f"{each.name}.png"))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.help_pictures", description="Draw the help's pictures.")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="a demo's coordinator's store; else one is played")
    with played(parser.parse_args(arguments).store) as folder:
        for language in LANGUAGES:
            draw(folder, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
