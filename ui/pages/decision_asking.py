"""A laptop that asks to be let in, and that only a coordinator lets in: its invitation was used, late or unknown."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from outreach_app.operations import decisions as verbs
from outreach_app.operations.admissions import ask_first, let_in, said_let_in, why_in_words
from outreach_app.operations.deciding import Deciding
from outreach_app.texts import _
from ui.pages.decision_views import Answer, DecisionView
from ui.pages.decision_words import noted_words
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import flow


class AskingView(DecisionView):
    """Whose it is, why it waits, and letting it in."""

    def __init__(self, of: Deciding, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        device, name = bytes.fromhex(decision.record), decision.title
        self.answers = [
            lambda: Answer(let_in, (device,), said_let_in(name)),
            lambda: Answer(verbs.note, (decision,), _("Left outside.")),
        ]
        why = why_in_words(of.asks) if of.asks is not None else ""
        pieces = [
            Words(noted_words(decision), "heading", wrap=True),
            Words(why, wrap=True),
            muted(ask_first(device)),
            muted(_("Once let in, what was written on it is taken in, and it reads what all the others read.")),
            muted(_("No undoing puts it out again. Under Keys it can be given up.")),
        ]
        first = Button.of(can["first"], text=_("Let it in"), primary=True, size=ButtonSize.SMALL)
        second = Button.of(can["second"], text=_("Leave it outside"), size=ButtonSize.SMALL)
        super().__init__(of, can, [*pieces, flow(first, second, Button.of(can["later"]))])
