"""Trying a built program: it opens, shows its first page, and closes."""

import os
from pathlib import Path

from PySide6.QtCore import QTimer

from ui.app import Frame, all_places, application, own_folder
from ui.pages.unlock import Unlocking


def smoke(folder: Path | None = None) -> int:
    """Open the store with the passphrase in OUTREACH_PASSPHRASE, show its first page, and close: 0 if all that went
    well, 3 if it did not within a minute. For trying a built program."""
    app = application()
    frame = Frame(folder or own_folder(), all_places)
    looking = QTimer()

    def look() -> None:
        inside = frame.open_window
        if inside is not None and inside.page is not None and not frame.jobs.busy:
            app.exit(0)

    looking.timeout.connect(look)
    looking.start(50)
    QTimer.singleShot(60_000, lambda: app.exit(3))
    frame.show()
    frame.unlock(Unlocking(os.environ.get("OUTREACH_PASSPHRASE", "")))
    code = app.exec()
    looking.stop()
    frame.close()
    return code
