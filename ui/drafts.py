"""The keeper of drafts: whatever form stands in view, what is typed in it is kept every second or so, and once more
before the store is closed. A dead battery, a locked window or a save that failed loses nothing of it.

It is offered back once: in its place, when one comes there, and where one has not by then, by one message at the start.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from outreach_app.model.dates import short
from outreach_app.operations.drafts import (
    Draft,
    KeptDraft,
    Place,
    Typed,
    add_waiting,
    drop_draft,
    keep_draft,
    kept_draft,
    kept_drafts,
)
from outreach_app.texts import _, language, say
from ui.desks import Desk

_EVERY_MS = 1_000


class DraftKeeper(QObject):
    """Keeps what ``look`` shows of the place in view; ``kept`` tells when.

    ``look`` gives None where there is no form to look at: what is kept then stays as it is.
    """

    kept = Signal(object)  # datetime; None where there was nothing to keep

    def __init__(self, desk: Desk, look: Callable[[], Draft | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._look = desk, look
        self._place: Place | None = None
        self._last: Draft | None = None  # None: what was kept before has not been read yet
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        desk.ending.connect(self._end)

    def begin(self, place: Place, found: Callable[[KeptDraft], None]) -> None:
        """Go on in a place: ``found`` is told what was kept of it, if anything was."""
        self._place, self._last = place, None

        def told(before: KeptDraft | None) -> None:
            if self._place is not place:
                return
            self._last = before.draft if before else Draft()
            if before:
                found(before)
            self._timer.start()

        self._desk.read(lambda store: kept_draft(store, place), told)

    def keep(self) -> None:
        """Keep what there is now, if it is not kept already."""
        now, place = self._look(), self._place
        if place is None or now is None or self._last is None or now == self._last:
            return
        self._last = now
        when = datetime.now() if now.typed else None
        self._desk.work(
            lambda store, _tell: keep_draft(store, place, now),
            lambda _none: self.kept.emit(when),
            lambda _why: None,  # a full disk is said at the next save; what stands in the window is still there
        )

    def put_aside(self, place: Place, typed: Typed) -> None:
        """Keep something that was not saved with another place than the one in view."""
        self._desk.work(lambda store, _tell: add_waiting(store, place, typed), failed=lambda _why: None)

    def forget(self, place: Place) -> None:
        """What was typed in a place is saved, or gone."""
        self._desk.work(lambda store, _tell: drop_draft(store, place), failed=lambda _why: None)

    def _end(self) -> None:
        if self._timer.isActive():
            self.keep()
            self._timer.stop()


def when_typed(kept: KeptDraft) -> str:
    """When the last of a draft was typed: "10:41", and the day where it was another."""
    when = datetime.fromtimestamp(kept.when / 1_000_000).astimezone()
    day = "" if when.date() == date.today() else f"{short(when.date().isoformat(), date.today(), language())}, "
    return f"{day}{when:%H:%M}"


def remind(desk: Desk) -> None:
    """Say that something was typed and not saved, the latest first, and lead there; then of the next."""
    desk.read(kept_drafts, lambda kept: _tell(desk, kept))


def _tell(desk: Desk, kept: Sequence[KeptDraft]) -> None:
    if not kept:
        return
    *others, last = kept
    words = _("{what}: typed {time}, not saved yet.", what=say(last.place.what), time=when_typed(last))
    desk.messages.waits(words, _("Go back to it"), partial(_go_back, desk, last, others))


def _go_back(desk: Desk, to: KeptDraft, others: Sequence[KeptDraft]) -> None:
    desk.go(to.place.page, **to.place.arguments)
    _tell(desk, others)
