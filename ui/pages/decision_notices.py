"""What is only to be noted: clocks that cannot be right, files and rows that were set aside."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from outreach_app.operations import decisions as verbs
from outreach_app.operations.deciding import Deciding, in_words
from outreach_app.texts import _, say
from ui.pages.decision_views import Answer, DecisionView
from ui.pages.decision_words import noted_words
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import flow

_ABOUT = {
    "clock": "Nothing is held up by this, and nothing is lost. "
    "Please have the clock set right: it dates what is written.",
    "file": "The other files there were taken in all the same.",
    "row": "The other rows were taken in all the same.",
}


class NoticeView(DecisionView):
    """Nothing waits for an answer; somebody is to know of it."""

    def __init__(self, of: Deciding, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        self.answers = [lambda: Answer(verbs.note, (decision,), _("Noted."))]
        noted = Button.of(can["first"], text=_("Noted"), primary=True, size=ButtonSize.SMALL)
        super().__init__(
            of,
            can,
            [
                Words(noted_words(decision), "heading", wrap=True),
                muted(say(_ABOUT[decision.what])),
                *(Words(in_words(line, decision.what), "small", wrap=True) for line in decision.lines),
                flow(noted, Button.of(can["later"])),
            ],
        )
