"""What stands beside a record's form: what belongs to it, what a person allows, and how it came to be as it is."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.journal.changes import WriteId
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.surroundings import Pointing, Surroundings, Told
from outreach_app.texts import _, say
from ui.pages.history_words import change_words, when, when_exactly, who
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card, Line
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, emptied, row
from ui.widgets.rows import Row, RowList

_PREVIEW = 48  # letters of what points at it
_CHANGES = 12


class RelatedCard(Card):
    """The records that name this one, by kind: opened by a click, added to by *Add*."""

    opened = Signal(object)  # Pointing
    add_asked = Signal(object)  # Pointing

    def __init__(self) -> None:
        self.list = RowList(name=_("Belongs to it"), opens=True)
        super().__init__(_("Belongs to it"), self.list, space="hair")
        self._by_key: dict[str, Pointing] = {}
        self.list.opened.connect(lambda key: self.opened.emit(self._by_key[key]))

    def show_pointing(self, registry: Registry, pointing: Sequence[Pointing]) -> None:
        """Show those that are, and those that could be."""
        offered = [each for each in pointing if each.count or not registry[each.kind].by_name[each.field].many]
        self._by_key = {f"{each.kind}.{each.field}": each for each in offered}
        lines = [_row(registry, key, each, offered) for key, each in self._by_key.items()]
        self.list.show_rows(lines)
        for key, each in self._by_key.items():
            if not registry[each.kind].by_name[each.field].many:
                self.list.line(key).link_to(_("Add"), partial(self.add_asked.emit, each))
        self.setVisible(bool(lines))


def _row(registry: Registry, key: str, each: Pointing, offered: Sequence[Pointing]) -> Row:
    about = registry[each.kind].about
    several = sum(other.kind == each.kind for other in offered) > 1
    beside = say(registry[each.kind].by_name[each.field].label) if several else ""
    number = f"{each.count:,}" if each.count else ""
    latest = [one if len(one) <= _PREVIEW else one[: _PREVIEW - 1].rstrip() + "…" for one in each.latest]
    detail = "\n".join(filter(None, (beside, *latest)))
    return Row(key, say(about.label), about.icon, detail=detail, trailing=number, strong=True)


class AllowedCard(Card):
    """What a person allows now, way by way."""

    def __init__(self) -> None:
        self.list = RowList(name=_("What they allow"))
        super().__init__(_("What they allow"), self.list, space="hair")

    def show_allowed(self, allowed: dict[str, str]) -> None:
        """Show the answers that hold, in the order of the list of ways; nothing where nothing was ever asked."""
        channels, states = vocabulary("consent_channels"), vocabulary("consent_states")
        ordered = sorted(allowed, key=lambda code: channels.codes.index(code) if code in channels.codes else 99)
        self.list.show_rows(
            [Row(code, channels.label(code), trailing=states.label(allowed[code]), strong=True) for code in ordered]
        )
        self.setVisible(bool(allowed))


class HistoryCard(Card):
    """Who changed what, when, from what to what; newest first, each with Undo where that is possible."""

    undo_asked = Signal(object)  # WriteId

    def __init__(self) -> None:
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.all = Button(_("Show all"), icon="history", does=self._show_all)
        super().__init__(_("History"), self._lines, row(self.all, 1), space="small")
        self._shown: tuple[Kind, Surroundings] | None = None
        self._whole = False
        self.entries: list[tuple[str, list[str]]] = []

    def show_history(self, declared: Kind, around: Surroundings) -> None:
        """Show the latest changes."""
        before = self._shown
        self._whole = self._whole and before is not None and before[1].view.id == around.view.id
        self._shown = declared, around
        self._fill()

    def _show_all(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        assert self._shown is not None
        declared, around = self._shown
        history = around.history if self._whole else around.history[:_CHANGES]
        emptied(self._lines)
        self.entries = []
        for at, told in enumerate(history):
            if at:
                self._lines.addWidget(Line())
            self._lines.addWidget(self._entry(declared, told, around))
        self.all.setVisible(len(history) < len(around.history))

    def _entry(self, declared: Kind, told: Told, around: Surroundings) -> QWidget:
        head = Words(f"{when(told.clock)} · {who(told.author, told.source, told.undone)}", "muted", wrap=True)
        head.setToolTip(when_exactly(told.clock))
        lines = change_words(declared, told.lines, around.titles)
        if told.made:
            lines = [_("Written down")]
        self.entries.append((head.text(), lines))
        undo = self._undo_link(told.change, head.text()) if told.undoable and told.change else None
        return Pane(column(row((head, 1), undo), *(Words(line, "small", wrap=True) for line in lines), space="none"))

    def _undo_link(self, change: WriteId, of: str) -> LinkButton:
        does: Callable[[], object] = partial(self.undo_asked.emit, change)
        link = LinkButton(_("Undo"), does, step="tiny")
        link.setAccessibleName(_("Undo: {change}", change=of))
        return link


class SideColumn(Pane):
    """The cards beside the form."""

    def __init__(self) -> None:
        self.related, self.allowed, self.history = RelatedCard(), AllowedCard(), HistoryCard()
        self.note = muted(_("What belongs to it, and its history, stand here once it is saved."))
        super().__init__(column(self.allowed, self.related, self.history, self.note, 1, space="large"))

    def show_new(self) -> None:
        """There is nothing to show of one that is not saved yet."""
        for card in (self.related, self.allowed, self.history):
            card.hide()
        self.note.show()

    def show_around(self, registry: Registry, around: Surroundings) -> None:
        """Show what stands round a record."""
        self.note.hide()
        self.related.show_pointing(registry, around.pointing)
        self.allowed.show_allowed(dict(around.allowed))
        self.history.show_history(registry[around.view.kind], around)
        self.history.show()
