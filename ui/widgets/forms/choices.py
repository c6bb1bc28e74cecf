"""Parts that choose from a list: chips where there are few, a list that opens where there are more, else by typing."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy

from outreach_app.model import counties
from outreach_app.model.edits import ListEdit
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.values import parse
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.texts import _, say
from ui.widgets.chips import ChipRow, Choice, TakenChips
from ui.widgets.choices import ChoiceBox
from ui.widgets.forms.parts import FieldPart
from ui.widgets.layouts import Pane, column
from ui.widgets.suggestions import Suggestion, TypeAhead

FEW, SEVERAL = 5, 20
"""So many fit on a line or two as chips; so many are looked through in a list that opens."""
_OFFERED = 6


def choices_of(field: Field) -> list[Choice]:
    """What a choice field's list offers."""
    return [Choice(term.code, term.label_in()) for term in vocabulary(field.vocabulary)]


def labelled(field: Field, code: str) -> str:
    """What is shown for one code of a choice or county field."""
    return counties.label(code) if field.shape is Shape.COUNTY else vocabulary(field.vocabulary).label(code)


def terms_for(field: Field, typed: str) -> list[Suggestion]:
    """What a choice or county field offers for what was typed: what begins with it, then what holds it."""
    if field.shape is Shape.COUNTY:
        found = counties.search(typed, _OFFERED)
        return [Suggestion(each.fips, counties.label(each.fips), icon="map-pin") for each in found]
    wanted = folded(typed)
    offered = choices_of(field)
    begins = [each for each in offered if folded(each.text).startswith(wanted)]
    holds = [each for each in offered if wanted in folded(each.text) and each not in begins]
    return [Suggestion(each.key, each.text, icon="") for each in [*begins, *holds][:_OFFERED]]


class ChipsPart(FieldPart):
    """One of a few, as chips; tapping the chosen one takes it back."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.chips = ChipRow(choices_of(field), name=say(field.label))
        self.chips.changed.connect(lambda _chosen: self._on_edited())
        self.lay(self.chips, self.chips.chip(vocabulary(field.vocabulary).codes[0]))

    def write(self, value: Any) -> None:
        """Show it; one this program does not know gets a chip of its own."""
        known = choices_of(self.declared)
        if value is not None and value not in {each.key for each in known}:
            self.chips.offer([*known, Choice(value, labelled(self.declared, value))])
        self.chips.choose([value] if value is not None else [])

    def value(self) -> Any:
        """The code chosen."""
        return self.chips.one

    def state(self) -> object:
        """The same."""
        return self.chips.one

    def restore(self, draft: Any) -> None:
        """Choose it again."""
        self.write(draft)


class BoxPart(FieldPart):
    """One of several, in a list that opens."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.box = ChoiceBox(choices_of(field), name=say(field.label), empty=_("Not said"))
        self.box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # its longest answer may be cut
        self.box.changed.connect(lambda _key: self._on_edited())
        self.lay(self.box)

    def write(self, value: Any) -> None:
        """Show it; one this program does not know is offered as it is."""
        known = choices_of(self.declared)
        if value is not None and value not in {each.key for each in known}:
            self.box.offer([*known, Choice(value, labelled(self.declared, value))], _("Not said"))
        self.box.choose(value or "")

    def value(self) -> Any:
        """The code chosen."""
        return self.box.chosen or None

    def state(self) -> object:
        """The same."""
        return self.box.chosen

    def restore(self, draft: Any) -> None:
        """Choose it again."""
        self.write(draft)


def taken_or_typed(line: TypeAhead) -> tuple[str, str]:
    """The letters in a line, and the key of what was taken for them, or ""."""
    return line.text, line.choice.key if line.choice else ""


def take_or_type(line: TypeAhead, draft: Sequence[str]) -> None:
    """Put back what :func:`taken_or_typed` told."""
    text, key = draft
    line.write(text, Suggestion(key, text) if key else None)


class TypedPart(FieldPart):
    """One of many, by typing the beginning of it: a language, a state, a county."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.line = TypeAhead(placeholder=_("Type the first letters"), best_first=True)
        self.line.typed.connect(self._on_typed)
        self.line.taken.connect(lambda _line: self._on_edited())
        self.lay(self.line, self.line.field)

    def _on_typed(self, typed: str) -> None:
        self.line.offer(typed, terms_for(self.declared, typed))
        self._on_edited()

    def write(self, value: Any) -> None:
        """Show its label."""
        label = labelled(self.declared, value) if value else ""
        self.line.write(label, Suggestion(value, label) if value else None)
        self.line.field.setCursorPosition(0)

    def value(self) -> Any:
        """The code taken, or that of what is typed."""
        return self.line.choice.key if self.line.choice else parse(self.declared, self.line.text)

    def state(self) -> object:
        """What is taken, or the letters typed."""
        return self.line.choice.key if self.line.choice else self.line.text

    def draft(self) -> Any:
        """The letters, and what was taken for them."""
        return taken_or_typed(self.line)

    def restore(self, draft: Any) -> None:
        """Type or take it again."""
        take_or_type(self.line, draft)


class PickedPart(FieldPart):
    """Any number of things, each picked: what is picked is compared with the elements that stand.

    A part of this sort says what is picked now (``picked``), how to show that (``pick``), and what is typed but not
    picked yet (``pending``).
    """

    wide = True

    def picked(self) -> tuple[str, ...]:
        """What is picked, in order."""
        raise NotImplementedError

    def pick(self, values: Iterable[str]) -> None:
        """Show these as picked, and nothing else."""
        raise NotImplementedError

    def pending(self) -> str:
        """Letters typed of which nothing was picked yet."""
        return ""

    def type(self, letters: str) -> None:
        """Show letters of which nothing was picked yet."""

    def label_of(self, value: str) -> str:
        """What a value is called."""
        return labelled(self.declared, value)

    def read(self, typed: str) -> str:
        """What is meant by letters nobody picked anything for; BadInput."""
        return str(parse(self.declared, typed))

    def write(self, value: Any) -> None:
        """Show the elements."""
        self.pick([element["value"] for element in value or ()])

    def value(self) -> Any:
        """What is picked, with what is still only typed."""
        more = [self.read(self.pending())] if self.pending() else []
        return list(dict.fromkeys([*self.picked(), *more]))

    def state(self) -> object:
        """What is picked and typed."""
        return frozenset(self.picked()), self.pending()

    def draft(self) -> Any:
        """What is picked, each with its words, and the letters typed."""
        return [[value, self.label_of(value)] for value in self.picked()], self.pending()

    def restore(self, draft: Any) -> None:
        """Pick it again."""
        picked, pending = draft
        self.titles = {**dict(picked), **self.titles}
        self.pick([value for value, _label in picked])
        self.type(pending)

    def edit(self) -> Any:
        """Those that went and those that came."""
        wanted = self.value()
        stood = self.base or []
        gone = {element["id"]: None for element in stood if element["value"] not in wanted}
        held = {element["value"] for element in stood}
        return ListEdit(gone, tuple(value for value in wanted if value not in held))

    def _says(self, value: Any) -> bool:
        try:
            return {element["value"] for element in value or ()} == set(self.value())
        except BadInput:
            return False


class ManyChipsPart(PickedPart):
    """Any of several, as chips."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.chips = ChipRow(choices_of(field), name=say(field.label), many=True)
        self.chips.changed.connect(lambda _chosen: self._on_edited())
        self.lay(self.chips, self.chips.chip(vocabulary(field.vocabulary).codes[0]))

    def picked(self) -> tuple[str, ...]:
        """The chips that are on."""
        return self.chips.chosen

    def pick(self, values: Iterable[str]) -> None:
        """Turn these on; those this program does not know get chips of their own."""
        wanted = list(values)
        known = choices_of(self.declared)
        strange = [value for value in wanted if value not in {each.key for each in known}]
        if strange:
            self.chips.offer([*known, *(Choice(value, labelled(self.declared, value)) for value in strange)])
        self.chips.choose(wanted)


class ManyTypedPart(PickedPart):
    """Any of many: typed for, taken, and shown as chips with a cross."""

    def __init__(self, field: Field, *, new: bool, icon: str = "") -> None:
        super().__init__(field, new=new)
        self._icon = icon
        self.line = TypeAhead(placeholder=_("Type the first letters"), best_first=True)
        self.line.typed.connect(self._on_typed)
        self.line.taken.connect(self._on_taken)
        self.chips = TakenChips(name=say(field.label))
        self.chips.changed.connect(self._on_changed)
        self.lay(Pane(column(self.chips, self.line, space="small")), self.line.field)
        self.chips.hide()

    def offer(self, typed: str) -> None:
        """Offer what may be meant by what was typed."""
        self.line.offer(typed, terms_for(self.declared, typed))

    def picked(self) -> tuple[str, ...]:
        """The chips."""
        return self.chips.keys

    def pick(self, values: Iterable[str]) -> None:
        """These chips and no others."""
        self.chips.clear()
        for value in values:
            self.chips.add(Choice(value, self.label_of(value), self._icon))
        self.line.clear()

    def pending(self) -> str:
        """The letters in the line."""
        return self.line.text

    def type(self, letters: str) -> None:
        """Write them in the line."""
        self.line.write(letters)

    def _on_typed(self, typed: str) -> None:
        if typed:
            self.offer(typed)
        self._on_edited()

    def _on_taken(self, line: Suggestion) -> None:
        self.line.clear()
        self.chips.add(Choice(line.key, line.text, self._icon))
        self._on_edited()

    def _on_changed(self, keys: Sequence[str]) -> None:
        self.chips.setVisible(bool(keys))
        self._on_edited()


def choice_part(field: Field, *, new: bool) -> FieldPart:
    """The part for a choice or county field."""
    number = 0 if field.shape is Shape.COUNTY else len(vocabulary(field.vocabulary).terms)
    if field.many:
        return ManyChipsPart(field, new=new) if 0 < number <= FEW * 2 else ManyTypedPart(field, new=new)
    if 0 < number <= FEW:
        return ChipsPart(field, new=new)
    return BoxPart(field, new=new) if 0 < number <= SEVERAL else TypedPart(field, new=new)
