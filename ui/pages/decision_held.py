"""What is held back of a laptop: to be looked at, and accepted or left out."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from outreach_app.operations import decisions as verbs
from outreach_app.operations.deciding import Deciding
from outreach_app.operations.held import accept, first_audience
from outreach_app.store.identities import EVERYONE
from outreach_app.store.shipping import State
from outreach_app.texts import _, count
from ui.pages.decision_views import Answer, DecisionView
from ui.pages.decision_words import noted_words
from ui.pages.history_words import when
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import flow
from ui.widgets.plain_tables import PlainTable

_LISTED = 200


class HeldView(DecisionView):
    """Each change that is held back, and what to do with them all."""

    def __init__(self, of: Deciding, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        number = sum(line.changes for line in decision.lines)
        first = first_audience([each.audience for each in of.held] or [EVERYONE])
        at_once = sum(each.audience == first for each in of.held)
        done = count("{n} change accepted.", "{n} changes accepted.", at_once)
        if at_once < len(of.held):
            done = f"{done} {_('What only coordinators read is accepted by itself: it waits here still.')}"
        self.answers = [
            lambda: Answer(accept, (decision,), done),
            lambda: Answer(verbs.note, (decision,), _("Left out.")),
        ]
        lines = [[when(each.at), each.author, " · ".join(each.says) or _("(marks and choices)")] for each in of.held]
        unread = number - len(lines)
        pieces = [
            Words(noted_words(decision), "heading", wrap=True),
            muted(_why(decision.lines[0].reason)),
            PlainTable([_("When"), _("Who"), _("What it says")], lines[:_LISTED], shares=(0, 1, 3)),
        ]
        if len(lines) > _LISTED:
            pieces.append(muted(count("and {n} more", "and {n} more", len(lines) - _LISTED)))
        if unread > 0:
            pieces.append(muted(count("{n} that cannot be read here", "{n} that cannot be read here", unread)))
        accepting = Button.of(can["first"], text=_("Accept"), primary=True, size=ButtonSize.SMALL)
        leaving = Button.of(can["second"], text=_("Leave out"), size=ButtonSize.SMALL)
        super().__init__(of, can, [*pieces, flow(accepting, leaving, Button.of(can["later"]))])


def _why(reason: str) -> str:
    if reason == State.FORKED:
        return _(
            "This laptop was copied, or put back from a backup, while it was open: it wrote two things under one "
            "number. None of it counts until it is accepted; then all of it stands side by side."
        )
    return _(
        "This had not been received when the laptop was given up as lost. Accept it, as a whole, where you know who "
        "wrote it."
    )
