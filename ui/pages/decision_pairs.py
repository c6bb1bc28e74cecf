"""Two that may be one: why it seems so, and both beside each other with what differs to choose from."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from outreach_app.journal.standing import frozen
from outreach_app.model.dates import moment_of, short
from outreach_app.model.fields import Field, Rule
from outreach_app.model.kinds import Kind
from outreach_app.model.values import shown
from outreach_app.operations import decisions as verbs
from outreach_app.operations.deciding import Deciding, Side
from outreach_app.store.decisions import Decision
from outreach_app.texts import _, count, say
from ui.pages.decision_views import CHOICES, Answer, DecisionView
from ui.pages.decision_words import same_question
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import Chip
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, flow, row
from ui.widgets.plain_tables import PlainTable

_SHORT = 36


class PairView(DecisionView):
    """Two records beside each other. Where they differ one is chosen, which both will say if they are the same."""

    def __init__(self, of: Deciding, declared: Kind, can: Mapping[str, QAction]) -> None:
        decision, self._declared = of.decision, declared
        self.chips: dict[str, tuple[Chip, Chip]] = {}
        self._of = of
        one, other = (side.view.title or say(declared.about.one) for side in of.sides)
        self.answers = [
            lambda: Answer(
                verbs.join, (decision.kind, decision.record, decision.other, self.chosen()), _("They are one now.")
            ),
            lambda: Answer(verbs.not_the_same, (decision.kind, decision.record, decision.other), _("They stay two.")),
        ]
        same = Button.of(can["first"], text=_("They are the same"), primary=True, size=ButtonSize.SMALL)
        two = Button.of(can["second"], text=_("Not the same"), size=ButtonSize.SMALL)
        self.table = PlainTable(
            ["", *(side.view.title for side in of.sides)], self._lines(of), shares=(0, 1, 1), stacks=True
        )
        pieces: list[Any] = [
            Words(same_question(decision.kind, one, other), "heading", wrap=True),
            _reasons(_("Speaks for it"), of.alike),
            _reasons(_("Speaks against it"), of.unlike),
            flow(same, two, Button.of(can["later"])),
            muted(_("Where they differ, choose what is right. Phones, notes and the like of both are kept.")),
            self.table,
        ]
        super().__init__(of, can, [piece for piece in pieces if piece is not None])

    def chosen(self) -> dict[str, Any]:
        """The values chosen where they differ."""
        older, younger = (side.view.values for side in self._of.sides)
        return {name: (younger if pair[1].isChecked() else older)[name] for name, pair in self.chips.items()}

    def _lines(self, of: Deciding) -> list[Sequence[str | QWidget]]:
        lines: list[Sequence[str | QWidget]] = [[_("Written down"), *map(_written, of.sides)]]
        older, younger = of.sides
        for field in self._declared.fields:
            values = [side.view.values.get(field.name) for side in of.sides]
            said = [shown(field, value, title_of=of.titles.get, on_screen=True) for value in values]
            if not any(said):
                continue
            differ = field.rule is Rule.VALUE and frozen(values[0]) != frozen(values[1])
            lines.append([say(field.label), *(self._choice(field, said, values) if differ else said)])
        if older.organizations or younger.organizations:
            lines.append([_("Belongs to"), "; ".join(older.organizations), "; ".join(younger.organizations)])
        if older.sign_ins or younger.sign_ins:
            times = [count("{n} time", "{n} times", side.sign_ins) for side in of.sides]
            lines.append([_("Signed in"), *times])
        return lines

    def _choice(self, field: Field, said: Sequence[str], values: Sequence[Any]) -> Sequence[QWidget]:
        """Both values as chips of which one is on: the older's, unless only the other says anything."""
        label = say(field.label)
        pair = tuple(self._chip(label, text) for text in said)
        first = 0 if values[0] is not None else 1
        pair[first].setChecked(True)
        for at, chip in enumerate(pair):
            chip.clicked.connect(partial(self._pick, (pair[at], pair[1 - at])))
        self.chips[field.name] = (pair[0], pair[1])
        return pair

    def _chip(self, label: str, text: str) -> Chip:
        plain = " ".join(text.split()) or _("(nothing)")
        chip = Chip(plain if len(plain) <= _SHORT else plain[:_SHORT].rstrip() + "…")
        chip.setAccessibleName(f"{label}: {plain}")
        chip.setToolTip(text)
        return chip

    @staticmethod
    def _pick(pair: tuple[Chip, Chip], _on: bool = False) -> None:
        pair[0].setChecked(True)
        pair[1].setChecked(False)


class ApartView(DecisionView):
    """Two that are not the same, somebody said, and that others join: one after all, or which does not belong."""

    def __init__(self, of: Deciding, declared: Kind, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        names = [side.view.title or say(declared.about.one) for side in of.sides]
        self.answers = [
            lambda: Answer(verbs.stand_as_one, (decision,), _("They are one now.")),
            *(partial(self._part, decision, side.view.id, name) for side, name in zip(of.sides, names, strict=True)),
        ]
        same = Button.of(can["first"], text=_("They are the same"), primary=True, size=ButtonSize.SMALL)
        parts = [
            Button.of(can[at], text=_("{name} does not belong", name=name), size=ButtonSize.SMALL)
            for at, name in zip(CHOICES[1:], names, strict=False)
        ]
        pieces = [
            Words(same_question(decision.kind, *names), "heading", wrap=True),
            muted(_("Somebody said that they are not the same, but both were joined to others that stand as one.")),
            flow(same, *parts, Button.of(can["later"])),
        ]
        super().__init__(of, can, pieces)

    @staticmethod
    def _part(decision: Decision, record: str, name: str) -> Answer:
        return Answer(verbs.part, (decision, record), _("{name} stands alone again.", name=name))


def _written(side: Side) -> str:
    day = short(moment_of(side.view.made_at)[:10], date.today())
    return _("{day}, by {name}", day=day, name=side.view.made_by)


def _reasons(label: str, reasons: Sequence[str]) -> Pane | None:
    """What speaks for it or against it, on a line."""
    if not reasons:
        return None
    return Pane(row(Words(label, "label"), (Words(" · ".join(reasons), "small", wrap=True), 1), space="medium"))
