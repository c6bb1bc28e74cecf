"""Fields that point at something known: an event, a partner. Type a few letters, Enter takes the line."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from outreach_app.store.searching import Found
from outreach_app.store.views import View
from ui.desks import Desk
from ui.widgets.suggestions import Suggestion, TypeAhead

_LINES = 5


class KnownField(TypeAhead):
    """Type to find one of a kind. ``chosen`` tells its id, and "" where what was chosen was typed over."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str, *, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, best_first=True)
        self._desk, self._kind, self._told = desk, kind, ""
        self.typed.connect(self._on_typed)
        self.taken.connect(lambda line: self._tell(line.key))

    @property
    def known(self) -> str:
        """The id of the one chosen; "" where none is."""
        return self.choice.key if self.choice is not None else ""

    def show_known(self, view: View | None) -> None:
        """Show one as chosen (None: none), without telling anybody."""
        icon = self._desk.store.registry[self._kind].about.icon
        self.write(view.title if view else "", Suggestion(view.id, view.title, icon=icon) if view else None)
        self._told = view.id if view else ""

    def _tell(self, known: str) -> None:
        if known != self._told:
            self._told = known
            self.chosen.emit(known)

    def _on_typed(self, text: str) -> None:
        self._tell("")
        if text:
            kinds = [self._kind]
            self._desk.read(lambda store: store.find(text, kinds, _LINES), lambda found: self._on_found(text, found))

    def _on_found(self, text: str, found: Sequence[Found]) -> None:
        icon = self._desk.store.registry[self._kind].about.icon
        self.offer(text, [Suggestion(each.id, each.title, icon=icon) for each in found])
