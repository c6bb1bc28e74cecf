"""Parts that name other records: found by typing, opened by a link."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from shiboken6 import isValid

from outreach_app.model.fields import Field
from outreach_app.model.values import parse
from outreach_app.texts import _
from ui.widgets.buttons import LinkButton
from ui.widgets.forms.choices import ManyTypedPart, take_or_type, taken_or_typed
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.suggestions import Suggestion, TypeAhead


def _alike(offered: Sequence[Suggestion], typed: str) -> str | None:
    """The one offered record that is called just what was typed."""
    found = [line.key for line in offered if line.text.casefold() == typed.casefold()]
    return found[0] if len(found) == 1 else None


class ReferencePart(FieldPart):
    """One other record."""

    opened = Signal(str, str)  # kind, id

    def __init__(self, field: Field, lookups: Lookups, icon: str, *, new: bool) -> None:
        super().__init__(field, new=new)
        self._lookups, self._icon = lookups, icon
        self._offered: tuple[str, Sequence[Suggestion]] = ("", ())
        self.line = TypeAhead(placeholder=_("Type to find"), best_first=True)
        self.line.typed.connect(self._on_typed)
        self.line.taken.connect(lambda _line: self._on_changed())
        self.open = LinkButton(_("Open"), self._open)
        self.lay(self.line, self.line.field, beside=self.open)
        self.open.setAccessibleName(_("Open: {field}", field=self.label.text()))
        self.open.hide()

    def write(self, value: Any) -> None:
        """Show what it is called; where it has not arrived yet, say so."""
        title = self.titles.get(value) or _("Not on this laptop yet") if value else ""
        self.line.write(title, Suggestion(value, title) if value else None)
        self.line.field.setCursorPosition(0)
        self.open.setVisible(value in self.titles)

    def value(self) -> Any:
        """The id of the record taken, or of the one that is called just what is typed."""
        if self.line.choice:
            return self.line.choice.key
        asked, offered = self._offered
        found = _alike(offered if asked == self.line.text else (), self.line.text)
        return parse(self.declared, self.line.text, find=lambda _kind, _typed: found)

    def state(self) -> object:
        """What is taken, or the letters typed."""
        return self.line.choice.key if self.line.choice else self.line.text

    def draft(self) -> Any:
        """The letters, and what was taken for them."""
        return taken_or_typed(self.line)

    def restore(self, draft: Any) -> None:
        """Type or take it again."""
        take_or_type(self.line, draft)
        self.open.setVisible(self.line.choice is not None)

    def _on_typed(self, typed: str) -> None:
        if typed:
            self._lookups.records(self.declared.refers_to, typed, lambda lines: self._offer(typed, lines))
        self._on_changed()

    def _offer(self, typed: str, lines: Sequence[Suggestion]) -> None:
        if not isValid(self):
            return  # taken away while the answer was on its way
        self._offered = typed, lines
        self.line.offer(typed, lines)

    def _on_changed(self) -> None:
        self.open.setVisible(self.line.choice is not None)
        self._on_edited()

    def _open(self) -> None:
        if self.line.choice is not None:
            self.opened.emit(self.declared.refers_to, self.line.choice.key)


class ReferencesPart(ManyTypedPart):
    """Any number of other records."""

    def __init__(self, field: Field, lookups: Lookups, icon: str, *, new: bool) -> None:
        self._lookups = lookups
        self._offered: tuple[str, Sequence[Suggestion]] = ("", ())
        super().__init__(field, new=new, icon=icon)
        self.line.field.setPlaceholderText(_("Type to find"))

    def offer(self, typed: str) -> None:
        """Ask what may be meant."""
        self._lookups.records(self.declared.refers_to, typed, lambda lines: self._offer(typed, lines))

    def label_of(self, value: str) -> str:
        """What it is called."""
        return self.titles.get(value) or _("Not on this laptop yet")

    def read(self, typed: str) -> str:
        """The one that is called just what is typed."""
        asked, offered = self._offered
        found = _alike(offered if asked == typed else (), typed)
        return str(parse(self.declared, typed, find=lambda _kind, _typed: found))

    def _offer(self, typed: str, lines: Sequence[Suggestion]) -> None:
        if not isValid(self):
            return  # taken away while the answer was on its way
        self._offered = typed, lines
        self.line.offer(typed, lines)
