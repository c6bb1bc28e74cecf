"""Those that may be one: all beside each other, why it seems so, and what differs, to choose from."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
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
from ui.look.looks import look
from ui.pages.decision_views import CHOICES, Answer, DecisionView
from ui.pages.decision_words import group_question, same_question
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Sideways
from ui.widgets.chips import Chip, ChipRow, Choice
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, flow, row
from ui.widgets.plain_tables import PlainTable, breakable

_SHORT = {2: 36, 3: 20}
_SHORTEST = 11  # letters of a value where more than three stand beside each other
_COLUMN = 144  # pixels a column keeps at the plain text size
_KEYED = 9


class GroupView(DecisionView):
    """Two or more beside each other, a field a line. Who is none of them is taken out by a digit; where the others
    differ one value is chosen, which all will say."""

    def __init__(self, of: Deciding, declared: Kind, can: Mapping[str, QAction]) -> None:
        self._of, self._declared, self._can = of, declared, can
        self.chips: dict[str, tuple[Chip, ...]] = {}
        self.names = [side.view.title or say(declared.about.one) for side in of.sides]
        many = len(of.sides) > 2
        digits = [str(at + 1) if many and at < _KEYED else "" for at in range(len(of.sides))]
        self._named = [f"{digit} · {name}" if digit else name for digit, name in zip(digits, self.names, strict=True)]
        self.heads = [Words(breakable(name), "label", wrap=True) for name in self._named]
        self.members = self._chips_of_members(digits) if many else None
        self.same_button = Button.of(can["same"], primary=True, size=ButtonSize.SMALL)
        why = self._why()
        self.table = PlainTable(
            ["", *self.heads],
            [*(why if many else ()), *self._lines()],
            shares=(0, *(1 for _side in of.sides)),
            stacks=True,
        )
        if many:
            self.table.setMinimumWidth(round(_COLUMN * look().text * len(of.sides)))
        self.across = Sideways(self.table)
        pieces: list[Any] = [
            Words(group_question(of.decision.kind, self.names), "heading", wrap=True),
            *(() if many else (_line(label, reasons) for label, _first, reasons in why)),
            flow(self.same_button, Button.of(can["not_same"]), Button.of(can["later"])),
            muted(_("Who is none of them is taken out by the digit.")) if many else None,
            self.members,
            muted(_("Where they differ, choose what is right. Phones, notes and the like of all are kept.")),
            self.across,
        ]
        super().__init__(of, can, [piece for piece in pieces if piece is not None])
        self._on_members(self.together)
        can["same"].enabledChanged.connect(self._enable)

    can_group = True

    @property
    def together(self) -> tuple[str, ...]:
        """Those that are one, as far as nobody took them out."""
        return self.members.chosen if self.members else tuple(side.view.id for side in self._of.sides)

    def same(self) -> None:
        """All that were not taken out are one, and none of the others."""
        together = self.together
        apart = [side.view.id for side in self._of.sides if side.view.id not in together]
        if len(together) > 1:
            done = _("They are one now.") if not apart else _("They are one now, without those taken out.")
            answer = Answer(verbs.join_all, (self.of.decision.kind, together, self.chosen(), apart), done)
            self.answered.emit(answer)

    def not_same(self) -> None:
        """No two of them are one."""
        number = len(self._of.sides)
        done = _("They stay two.") if number == 2 else _("All {n} stay by themselves.", n=number)
        self.answered.emit(Answer(verbs.not_the_same, (self.of.decision.kind, *self.of.decision.records), done))

    def chosen(self) -> dict[str, Any]:
        """The values chosen where they differ."""
        return {
            name: side.view.values[name]
            for name, chips in self.chips.items()
            for side, chip in zip(self._of.sides, chips, strict=True)
            if chip.isChecked()
        }

    def _chips_of_members(self, digits: Sequence[str]) -> ChipRow:
        sides = [side.view.id for side in self._of.sides]
        choices = [Choice(*each) for each in zip(sides, self.names, ("",) * len(sides), digits, strict=True)]
        made = ChipRow(choices, name=_("Which of them are one"), many=True)
        made.choose(sides)
        made.changed.connect(self._on_members)
        return made

    def _on_members(self, together: Sequence[str]) -> None:
        """Those taken out offer no values, and what was chosen of theirs is chosen of another."""
        for chips in self.chips.values():
            for side, chip in zip(self._of.sides, chips, strict=True):
                chip.setEnabled(side.view.id in together)
            offered = [chip for chip in chips if chip.isEnabled()]
            if offered and not any(chip.isChecked() for chip in offered):
                self._pick(chips, offered[0])
        for side, head, name in zip(self._of.sides, self.heads, self._named, strict=True):
            out = side.view.id not in together
            if out is not (head.property("role") == "muted"):
                self.across.ensureWidgetVisible(head)
            head.setText(f"{name}\n{_('taken out')}" if out else name)
            head.show_as("muted" if out else "label")
        number = len(together)
        all_in = number == len(self._of.sides)
        words = _("They are the same") if all_in else count("{n} is the same", "These {n} are the same", number)
        self.same_button.say(words)
        self._enable()

    def _enable(self) -> None:
        self.same_button.setEnabled(len(self.together) > 1 and self._can["same"].isEnabled())

    # what stands side by side

    def _why(self) -> list[list[str]]:
        """What speaks for it and against it, of each beside the first."""
        lines: list[list[str]] = []
        for label, said in ((_("Speaks for it"), "alike"), (_("Speaks against it"), "unlike")):
            cells = [_reasons(side, getattr(side, said)) for side in self._of.sides]
            if any(cells):
                lines.append([label, *cells])
        return lines

    def _lines(self) -> list[Sequence[str | QWidget]]:
        sides = self._of.sides
        lines: list[Sequence[str | QWidget]] = [[_("Written down"), *map(_written, sides)]]
        for field in self._declared.fields:
            values = [side.view.values.get(field.name) for side in sides]
            said = [shown(field, value, title_of=self._of.titles.get, on_screen=True) for value in values]
            if not any(said):
                continue
            choose = field.rule is Rule.VALUE and len({frozen(value) for value in values}) > 1
            label = say(field.label)
            differ = choose or len({*said}) > 1
            cells = self._choice(field, said, values) if choose else said
            lines.append([_differing(label) if differ else label, *cells])
        if any(side.organizations for side in sides):
            lines.append([_("Belongs to"), *("; ".join(side.organizations) for side in sides)])
        if any(side.sign_ins for side in sides):
            lines.append([_("Signed in"), *(count("{n} time", "{n} times", side.sign_ins) for side in sides)])
        return lines

    def _choice(self, field: Field, said: Sequence[str], values: Sequence[Any]) -> Sequence[QWidget]:
        """The values as chips of which one is on: the oldest's that says anything."""
        label = say(field.label)
        chips = tuple(self._chip(label, text) for text in said)
        first = next((at for at, value in enumerate(values) if value is not None), 0)
        chips[first].setChecked(True)
        for chip in chips:
            chip.clicked.connect(partial(self._pick, chips, chip))
        self.chips[field.name] = chips
        return chips

    def _chip(self, label: str, text: str) -> Chip:
        plain = " ".join(text.split()) or _("(nothing)")
        most = _SHORT.get(len(self._of.sides), _SHORTEST)
        chip = Chip(plain if len(plain) <= most else plain[:most].rstrip() + "…")
        chip.setAccessibleName(f"{label}: {plain}")
        chip.setToolTip(text)
        return chip

    @staticmethod
    def _pick(chips: Sequence[Chip], picked: Chip, _on: bool = False) -> None:
        for chip in chips:
            chip.setChecked(chip is picked)


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


def _differing(label: str) -> Words:
    """What a line is called in which they differ, with a sign that tells so without colour."""
    words = Words(f"≠ {label}", "strong", wrap=True)
    words.setAccessibleName(_("{field}, they differ", field=label))
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return words


def _line(label: str, reasons: str) -> Pane:
    """What speaks for it or against it, on a line of its own."""
    return Pane(row(Words(label, "label"), (Words(reasons, "small", wrap=True), 1), space="medium"))


def _written(side: Side) -> str:
    day = short(moment_of(side.view.made_at)[:10], date.today())
    return _("{day}, by {name}", day=day, name=side.view.made_by)


def _reasons(side: Side, reasons: Sequence[str]) -> str:
    """Reasons in a cell, with the name of the other where that is not the first."""
    said = " · ".join(reasons)
    return _("with {name}: {reasons}", name=side.beside, reasons=said) if said and side.beside else said
