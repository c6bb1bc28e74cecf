"""While somebody or an organization is written down: who may be here already, with one key for each answer."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from outreach_app.operations.finding import HereAlready, here_already
from outreach_app.texts import _
from ui.actions import action, bind
from ui.desks import Desk
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.forms.forms import RecordForm
from ui.widgets.labels import Words
from ui.widgets.layouts import fill, flow, tab_on
from ui.widgets.rows import Row, RowList

KINDS = ("people", "organizations")
"""Of whom it can be said."""

_TOLD = ("name", "phones", "emails", "website")
"""The fields by which it is."""


class AlreadyHere(QFrame):
    """Hidden until somebody may be here already.

        here = AlreadyHere(desk, take=_("It is {name}"))
        here.look("people", {"name": "Ada Crowe", "phones": [{"number": "828 555 0144"}]})   # after every letter
        here.taken.connect(...)     # HereAlready: that one is meant

    Where a ``queue`` is looking, no towns are shown. The store is asked on its own thread, and an answer that comes too
    late is dropped. Who was said to be another is not named again until :meth:`clear`.
    """

    taken = Signal(object)  # HereAlready

    def __init__(self, desk: Desk, *, take: str, queue: bool = False) -> None:
        super().__init__()
        self._desk, self._queue = desk, queue
        self.setProperty("ground", "message")
        self.setProperty("kind", "waits")
        self.can = bind(self, self)
        self.heading = Words(_("May already be here"), "waits")
        self.list = RowList(name=self.heading.text(), opens=True)
        self.list.opened.connect(self._take)
        self._take_words = take
        self.take_button = Button.of(self.can["that_one"], size=ButtonSize.LARGE)
        self.another_button = Button.of(self.can["another"], size=ButtonSize.LARGE)
        body = QVBoxLayout(self)
        fill(body, (self.heading, self.list, flow(self.take_button, self.another_button)), "small", (14, 8, 14, 10))
        self._icons = {kind: desk.store.registry[kind].about.icon for kind in KINDS}
        self._asked: object = None
        self._kind = KINDS[0]
        self._others: set[str] = set()
        self.lines: Sequence[HereAlready] = ()
        self._show(())

    def look(self, kind: str, values: Mapping[str, Any]) -> None:
        """Ask who may be the one that is being written down; with nothing written, nobody."""
        asked = (kind, {name: value for name, value in values.items() if value})
        if asked == self._asked:
            return
        self._asked, self._kind = asked, kind
        if asked[1]:
            self._desk.read(lambda store: here_already(store, *asked), lambda found: self._on_found(asked, found))
        else:
            self._show(())

    def clear(self) -> None:
        """The next one is written down: nothing is asked or answered yet."""
        self._asked = None
        self._others = set()
        self._show(())

    @action("that_one", "This one is meant", shortcut="Alt+T")
    def that_one(self) -> None:
        """The first named is the one meant."""
        if self.lines:
            self._take(self.lines[0].id)

    @action("another", "It is another", shortcut="Alt+A")
    def another(self) -> None:
        """None of those named is."""
        inside = self.isAncestorOf(self.window().focusWidget())
        self._others.update(line.id for line in self.lines)
        self._show(())
        if inside:
            self.focusNextChild()

    def tab_after(self, before: QWidget) -> None:
        """Have Tab come here after a field that was there before."""
        for each, after in pairwise((before, self.list, self.take_button, self.another_button)):
            tab_on(each, after)

    def _row(self, line: HereAlready) -> Row:
        beside = [line.organization, "" if self._queue else line.town, *line.same]
        return Row(line.id, line.name, self._icons[self._kind], " · ".join(part for part in beside if part))

    def _take(self, key: str) -> None:
        line = next(line for line in self.lines if line.id == key)
        self._show(())
        self.taken.emit(line)

    def _on_found(self, asked: object, found: Sequence[HereAlready]) -> None:
        if isValid(self) and asked is self._asked:
            self._show([line for line in found if line.id not in self._others])

    def _show(self, lines: Sequence[HereAlready]) -> None:
        came = {line.id for line in lines} - {line.id for line in self.lines}
        self.lines = tuple(lines)
        self.list.show_rows([self._row(line) for line in lines])
        self.take_button.say(self._take_words.format(name=lines[0].name) if lines else "")
        self.setVisible(bool(lines))
        for each in self.can.values():
            each.setEnabled(bool(lines))
        if came:
            self.setAccessibleName(f"{self.heading.text()}: {', '.join(line.name for line in lines)}")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def watch(desk: Desk, kind: str, form: RecordForm) -> None:
    """Have a form for a new one of a kind say who may be here already, below the name."""
    here = AlreadyHere(desk, take=_("Open {name}"))
    form.put_below_first(here)
    here.tab_after(form.parts["name"].named)
    form.edited.connect(lambda: here.look(kind, form.readable(_TOLD)))
    here.taken.connect(lambda line: desk.go_to_record(kind, line.id))
