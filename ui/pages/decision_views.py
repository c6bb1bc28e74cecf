"""One decision as a person sees it: the question, the answers beside each other, and how it came about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.kinds import Kind
from outreach_app.operations import decisions as verbs
from outreach_app.operations.deciding import Deciding
from outreach_app.store.decisions import Option
from outreach_app.texts import _, say
from ui.pages.decision_words import question, use_words
from ui.pages.history_words import line_words, value_words, when, when_exactly, who
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.fields import LineEdit
from ui.widgets.forms.editors import ElementEditor, editor_for
from ui.widgets.forms.forms import part_for
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.labels import Words, heading, muted
from ui.widgets.layouts import Columns, Pane, column, flow
from ui.widgets.plain_tables import PlainTable

CHOICES = ("first", "second", "third", "fourth")
"""The page's actions that take the answers shown, in their order."""

_SHORT = 28


@dataclass(frozen=True, slots=True)
class Answer:
    """What settles a decision: the verb with what it is given, and what is said when it is done."""

    verb: Callable[..., Changes]
    arguments: tuple[Any, ...]
    said: str


class DecisionView(Pane):
    """A decision. ``answers``: what each of the page's choices means here, asked for when it is taken."""

    answered = Signal(object)  # Answer

    def __init__(self, of: Deciding, can: Mapping[str, QAction], pieces: Sequence[Any]) -> None:
        self.of, self.can = of, can
        super().__init__(column(*pieces, 1, space="medium"))

    answers: Sequence[Callable[[], Answer]] = ()
    can_keep_both = False
    can_write_another = False
    can_group = False

    def choose(self, at: int) -> None:
        """Take the answer at a place."""
        if at < len(self.answers):
            self.answered.emit(self.answers[at]())

    def keep_both(self) -> None:
        """Keep all of them, where that can be."""

    def write_another(self) -> None:
        """Make room to write an answer of one's own, where that can be."""

    def same(self) -> None:
        """Of those that may be one: they are."""

    def not_same(self) -> None:
        """They are not."""


class ConflictView(DecisionView):
    """Two or more answers to one question, written without knowing of each other."""

    can_write_another = True

    def __init__(self, of: Deciding, declared: Kind, lookups: Lookups, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        self.field = declared.field(decision.field)
        label = say(self.field.label) if self.field else decision.field
        self._lookups = lookups
        self.can_keep_both = decision.can_keep_both
        self.can_write_another = self.field is not None
        self.answers = [partial(self._use, option) for option in decision.options]
        cards = [self._card(at, option, of, can) for at, option in enumerate(decision.options)]
        pairs = [Columns(*((card, 1) for card in cards[at : at + 2]), least=420) for at in range(0, len(cards), 2)]
        buttons = [Button.of(can[name]) for name in ("keep_both", "another", "later") if self._offers(name)]
        self.another: AnotherAnswer | None = None
        lines = [
            [
                when(line.clock),
                who(line.author, line.source, line.undone),
                self._words(line.after, of) or _("(nothing)"),
            ]
            for line in of.history
        ]
        self.history = PlainTable([_("When"), _("Who"), label], lines, shares=(0, 1, 1))
        self._room = Pane(column())
        pieces = [
            _wrapped(question(self.field, label, decision.title)),
            muted(_("They were written without knowing of each other. Nothing is lost whichever you use.")),
            *pairs,
            flow(*buttons),
            self._room,
            heading(_("How it came about")),
            self.history,
        ]
        super().__init__(of, can, pieces)

    def _offers(self, name: str) -> bool:
        return {"keep_both": self.can_keep_both, "another": self.can_write_another}.get(name, True)

    def _card(self, at: int, option: Option, of: Deciding, can: Mapping[str, QAction]) -> Card:
        said = self._words(option.value, of)
        shown = Words(said or _("(nothing)"), "title" if len(said) <= _SHORT else "heading", wrap=True)
        here = _("on this laptop") if option.device == of.own_device else _("on another laptop")
        told = muted(f"{who(option.author, option.source)}, {here}\n{when(option.clock)}")
        told.setToolTip(when_exactly(option.clock))
        words = use_words(self.field, option.value is None)
        if at < len(CHOICES):
            take = Button.of(can[CHOICES[at]], text=words, primary=at == 0, size=ButtonSize.SMALL)
        else:
            take = Button(words, does=partial(self.choose, at))
        take.setAccessibleDescription(said)
        card = Card("", shown, told, 1, take, space="small")
        card.choose(at == 0)
        return card

    def _words(self, value: Any, of: Deciding) -> str:
        return value_words(self.field, value, of.titles) if self.field else str(value or "")

    def _use(self, option: Option) -> Answer:
        return Answer(
            verbs.use, (self.of.decision, option.value), _("Decided: {value}", value=self._said(option.value))
        )

    def _said(self, value: Any) -> str:
        return self._words(value, self.of) or _("(nothing)")

    def keep_both(self) -> None:
        """Every answer stays, each for itself."""
        if self.can_keep_both:
            self.answered.emit(Answer(verbs.keep_both, (self.of.decision,), _("Both are kept.")))

    def write_another(self) -> None:
        """A line to write in, with the answer shown now in it."""
        if self.field is None:
            return
        if self.another is None:
            self.another = AnotherAnswer(self.field, self.of, self._lookups)
            self.another.written.connect(
                lambda value: self.answered.emit(
                    Answer(verbs.use, (self.of.decision, value), _("Decided: {value}", value=self._said(value)))
                )
            )
            layout = self._room.layout()
            assert layout is not None
            layout.addWidget(self.another)
        self.another.take_focus()


class AnotherAnswer(Pane):
    """An answer of one's own, instead of any of those that stand beside each other."""

    written = Signal(object)

    def __init__(self, field: Field, of: Deciding, lookups: Lookups) -> None:
        value = of.decision.options[0].value if of.decision.options else None
        self.editor: ElementEditor | None = None
        self.part: FieldPart | None = None
        body: QWidget
        if field.many and field.shape not in (Shape.CHOICE, Shape.COUNTY, Shape.REFERENCE):
            body = self.editor = editor_for(field, lookups)
            self.editor.write(value)
            self.editor.first.setAccessibleName(_("Another answer"))
        else:
            body = self.part = part_for(replace(field, rule=Rule.VALUE), lookups)
            self.part.show_value(value, of.titles)
        self.reason = Words("", "fault", wrap=True)
        self.reason.hide()
        self.take = Button(_("Use what is written here"), does=self.use)
        super().__init__(column(body, self.reason, flow(self.take), space="small"))
        line = self.editor.first if self.editor else self.part.named if self.part else None
        if isinstance(line, LineEdit):
            line.returnPressed.connect(self.use)

    def take_focus(self) -> None:
        """To what is written in."""
        if self.editor is not None:
            self.editor.first.setFocus()
        elif self.part is not None:
            self.part.named.setFocus()

    def use(self) -> None:
        """Take it, or say why it cannot be used."""
        if self.part is not None:
            if self.part.check():
                self.written.emit(self.part.value())
            return
        assert self.editor is not None
        try:
            value = self.editor.value()
        except BadInput as fault:
            self.reason.setText(str(fault))
            self.reason.show()
            return
        self.written.emit(value)


class DeletionView(DecisionView):
    """Somebody deleted what somebody else went on writing in."""

    def __init__(self, of: Deciding, declared: Kind, can: Mapping[str, QAction]) -> None:
        decision = of.decision
        who_deleted = ", ".join(dict.fromkeys(option.author for option in decision.options))
        self.answers = [
            lambda: Answer(verbs.keep_after_all, (decision,), _("Kept.")),
            lambda: Answer(verbs.delete_after_all, (decision,), _("Deleted.")),
        ]
        keep = Button.of(can["first"], text=_("Keep this"), primary=True, size=ButtonSize.SMALL)
        drop = Button.of(can["second"], text=_("Delete this"), size=ButtonSize.SMALL)
        title = decision.title or say(declared.about.one)
        written = [
            words
            for line in of.history
            if (words := line_words(declared, line, of.titles)) and line.field in declared.by_name
        ]
        since = [Words(words, "small", wrap=True) for words in written[-4:]]
        kept = Card("", _wrapped(_("Keep this")), *since, 1, keep, space="small")
        kept.choose(True)
        latest = max((option.clock for option in decision.options), default=0)
        told = muted(f"{who_deleted}\n{when(latest)}")
        dropped = Card("", _wrapped(_("Delete this")), told, 1, drop, space="small")
        lines = [
            [when(line.clock), who(line.author, line.source, line.undone), line_words(declared, line, of.titles)]
            for line in of.history
        ]
        self.history = PlainTable([_("When"), _("Who"), _("What")], lines, shares=(0, 1, 2))
        pieces = [
            _wrapped(_("Keep or delete {title}?", title=title)),
            muted(_("{name} deleted this without knowing what somebody else was writing here.", name=who_deleted)),
            Columns((kept, 1), (dropped, 1), least=420),
            flow(Button.of(can["later"])),
            heading(_("How it came about")),
            self.history,
        ]
        super().__init__(of, can, pieces)


def _wrapped(text: str) -> Words:
    """A heading that may go on in a second line."""
    return Words(text, "heading", wrap=True)
