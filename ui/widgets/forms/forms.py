"""The form of a kind of record: its fields in their sections, a part for each, two side by side where there is room."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.values import shown
from outreach_app.texts import say
from ui.look.looks import look
from ui.widgets.forms.choices import choice_part
from ui.widgets.forms.elements import ElementsPart
from ui.widgets.forms.lines import LongPart, OncePart, line_part
from ui.widgets.forms.parts import FieldPart, Lookups, Titles
from ui.widgets.forms.references import ReferencePart, ReferencesPart
from ui.widgets.labels import Words, heading
from ui.widgets.layouts import Pane, Settling, column

_TWO = 560
"""Two parts stand side by side from so many pixels on, at the plain text size."""


def part_for(field: Field, lookups: Lookups, icon: str = "", *, new: bool = False) -> FieldPart:
    """The part of one field. ``icon``: of the kind it refers to."""
    if field.rule is Rule.ONCE:
        return OncePart(field, new=new)
    if field.shape in (Shape.CHOICE, Shape.COUNTY):
        return choice_part(field, new=new)
    if field.shape is Shape.REFERENCE:
        made = ReferencesPart if field.many else ReferencePart
        return made(field, lookups, icon, new=new)
    if field.many:
        return ElementsPart(field, lookups, new=new)
    if field.shape is Shape.LONG_TEXT:
        return LongPart(field, new=new)
    return line_part(field, lookups, new=new)


class PartGrid(Settling):
    """Parts two by two; one below the other where the width is too small for the text size."""

    def __init__(self, parts: Sequence[FieldPart]) -> None:
        super().__init__()
        self._parts = parts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().space("wide"))
        self._grid.setVerticalSpacing(look().space("medium"))
        self._across = 0
        self._below_first: QWidget | None = None
        self._place(2)

    def put_below_first(self, widget: QWidget) -> None:
        """Show something that is no part below the first."""
        self._below_first = widget
        self._place(self._across)

    def _place(self, across: int) -> None:
        self._across = across
        line = side = 0
        for part in self._parts:
            self._grid.removeWidget(part)
            below = self._below_first if part is self._parts[0] else None
            span = across if part.wide or below else 1
            if side + span > across:
                line, side = line + 1, 0
            self._grid.addWidget(part, line, side, 1, span)
            side += span
            if below is not None:
                line, side = line + 1, across
                self._grid.addWidget(below, line, 0, 1, across)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: two by two, or not."""
        super().resizeEvent(event)
        across = 2 if self.width() >= _TWO * look().text else 1
        if across != self._across:
            self._place(across)


class RecordForm(Settling):
    """A form made from fields.

    form = RecordForm(kind.fields, lookups, icons={"events": "map-pin"}, new=False)
    form.show_values(view.values, view.titles)
    edits = form.edits()        # {field: what edit_record takes}; None where something cannot be used, and it says why
    """

    edited = Signal()
    opened = Signal(str, str)  # a record it names was asked for: kind, id
    decide_asked = Signal()

    def __init__(
        self, fields: Sequence[Field], lookups: Lookups, icons: Mapping[str, str] | None = None, *, new: bool = False
    ) -> None:
        super().__init__()
        self.parts: dict[str, FieldPart] = {}
        for field in fields:
            part = part_for(field, lookups, (icons or {}).get(field.refers_to, ""), new=new)
            part.edited.connect(self.edited)
            part.decide_asked.connect(self.decide_asked)
            if isinstance(part, ReferencePart):
                part.opened.connect(self.opened)
            self.parts[field.name] = part
        named = list(_by_section(self.parts.values()))
        self._grids = [PartGrid(parts) for _name, parts in named]
        sections = [
            Pane(column(heading(say(name)) if name else None, grid, space="small"))
            for (name, _parts), grid in zip(named, self._grids, strict=True)
        ]
        self.setLayout(column(*sections, 1, space="wide"))

    def put_below_first(self, widget: QWidget) -> None:
        """Show something of its own below the first part, which then has its line for itself."""
        self._grids[0].put_below_first(widget)

    def show_values(self, values: Mapping[str, Any], titles: Titles) -> None:
        """Show these values, in place of anything written."""
        for name, part in self.parts.items():
            part.show_value(values.get(name), titles)

    def meet(self, values: Mapping[str, Any], titles: Titles) -> None:
        """Other values stand now; what somebody is writing stays, and is told of what it would replace."""
        for name, part in self.parts.items():
            part.meet(values.get(name), titles)

    def show_undecided(self, names: Collection[str]) -> None:
        """Mark the fields that wait for a decision."""
        for name, part in self.parts.items():
            part.show_undecided(name in names)

    @property
    def touched(self) -> bool:
        """Whether anything is written that was not shown."""
        return any(part.touched for part in self.parts.values())

    def drafts(self) -> dict[str, Any]:
        """What is written and not saved, field by field, to be kept."""
        return {name: part.draft() for name, part in self.parts.items() if part.touched}

    def restore(self, drafts: Mapping[str, Any]) -> None:
        """Write again what :meth:`drafts` told; a field that is there no more is passed over."""
        for name, draft in drafts.items():
            if name in self.parts:
                self.parts[name].restore(draft)
        self.edited.emit()

    def edits(self) -> dict[str, Any] | None:
        """What was changed, field by field; None where something written cannot be used."""
        touched = {name: part for name, part in self.parts.items() if part.touched}
        return {name: part.edit() for name, part in touched.items()} if self._check(touched.values()) else None

    def values(self) -> dict[str, Any] | None:
        """Everything that is written, for a new record; None where something cannot be used or is missing."""
        if not self._check(self.parts.values()):
            return None
        values = {name: part.value() for name, part in self.parts.items()}
        return {name: value for name, value in values.items() if value not in (None, [], "")}

    def readable(self, names: Collection[str]) -> dict[str, Any]:
        """What is written so far in some of the fields, without what cannot be used yet."""
        found = {}
        for name in self.parts.keys() & {*names}:
            with suppress(BadInput):
                found[name] = self.parts[name].value()
        return found

    def _check(self, parts: Collection[FieldPart]) -> bool:
        wrong = [part for part in parts if not part.check()]
        if wrong:
            wrong[0].focus_fault()
        return not wrong

    def saved(self) -> None:
        """What was written has been saved."""
        for part in self.parts.values():
            if part.touched:
                part.saved()

    def take_focus(self, given: Collection[str] = ()) -> None:
        """To the first thing to write, those apart that are ``given``."""
        first = [part for name, part in self.parts.items() if name not in given] or list(self.parts.values())
        first[0].named.setFocus()


class Facts(Settling):
    """Fields that can only be read, those that are empty left out."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], titles: Titles) -> None:
        super().__init__()
        said = [
            (say(field.label), shown(field, values.get(field.name), title_of=titles.get, on_screen=True))
            for field in fields
        ]
        self.facts = [(label, text) for label, text in said if text]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().space("wide"))
        grid.setVerticalSpacing(look().space("small"))
        for line, (label, text) in enumerate(self.facts):
            grid.addWidget(Words(label, "muted"), line, 0)
            grid.addWidget(Words(text, wrap=True), line, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.facts), 1)


def _by_section(parts: Collection[FieldPart]) -> Iterator[tuple[str, list[FieldPart]]]:
    """The parts by section, each section where its first field stands."""
    sections: dict[str, list[FieldPart]] = {}
    for part in parts:
        sections.setdefault(part.declared.section, []).append(part)
    yield from sections.items()
