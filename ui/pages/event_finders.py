"""The fields of the event screen in which letters find somebody or something already known.

Fingers may be quicker than the store. A line is taken from a list only while the list answers what is written; where it
does not yet, whoever saves looks once more, on the store's own thread, so that what Enter means never hangs on speed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from outreach_app.matching.names import fold
from outreach_app.operations.finding import Suggested, Suggestions, suggest_organizations, suggest_people
from outreach_app.texts import _
from ui.desks import Desk
from ui.widgets.chips import Choice, TakenChips
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import Pane, column
from ui.widgets.suggestions import NEW, Suggestion, TypeAhead

Described = Callable[[Suggested], Suggestion]


class Finder(TypeAhead):
    """A type-ahead that knows whether its list answers what is written."""

    _answered = ""

    @property
    def settled(self) -> bool:
        """Whether it is known what the text means: something was taken, or the list answers just these letters."""
        return self.choice is not None or self._answered == self.text

    @property
    def known(self) -> str:
        """The id of what was taken from the list; "" where the text is only text."""
        return self.choice.key if self.choice is not None else ""

    def offer(self, typed: str, lines: Sequence[Suggestion], at: int | None = None) -> None:
        """Show what is known for ``typed``, and remember that it was asked."""
        super().offer(typed, lines, at)
        if typed == self.text:
            self._answered = typed

    def write(self, text: str, choice: Suggestion | None = None) -> None:
        """Put text in the field, without telling anybody; nobody was asked about it yet."""
        super().write(text, choice)
        self._answered = ""

    def take_highlighted(self) -> None:
        """Take the line highlighted, if there is one for just these letters."""
        chosen = self.list.chosen
        if chosen is not None and self.settled and self.list.isVisibleTo(self) and self.may_take(chosen):
            self.take(chosen)

    def may_take(self, line: Suggestion) -> bool:  # noqa: ARG002 - for those who take less than what is highlighted
        """Whether saving, or going on to the next field, takes this line when it is highlighted."""
        return True

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only the field is watched
        """Qt's: Tab takes what is highlighted and goes on."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self.take_highlighted()
        return super().eventFilter(watched, event)

    def _enter(self, chosen: Suggestion | None) -> None:
        super()._enter(chosen if self.settled else None)


class OrganizationField(Finder):
    """Type to find an organization, or to add one. Written in full it is found without being taken from the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(placeholder=_("Type to find or add"), new=_("New: {typed}"), new_icon="building-2")
        self._desk = desk
        self.typed.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        self._desk.read(lambda store: suggest_organizations(store, text), self._on_found)

    def _on_found(self, found: Suggestions) -> None:
        lines = [
            Suggestion(line.id, line.name, line.organization, icon="building-2", matched=begun(found.typed, line.name))
            for line in found.lines
        ]
        same = [at for at, line in enumerate(lines, 1) if line.text.casefold() == found.typed.casefold()]
        self.offer(found.typed, lines, same[0] if same else 0)


class PersonField(Finder):
    """Type to find a person; the one whom the letters single out is highlighted, else the line for somebody new.

    Where nobody new can be added (``new`` is ""), only the one singled out is taken without being chosen: whose words
    these are is not for the program to guess. ``described`` makes the line that is shown of somebody.
    """

    def __init__(self, desk: Desk, *, placeholder: str = "", new: str = "", described: Described | None = None) -> None:
        super().__init__(placeholder=placeholder, new=new)
        self._desk = desk
        self._adds = bool(new)
        self._described = described or _plainly
        self._single = ""
        self.event_id = ""
        self.letters = ""  # what was typed by hand, before a line was taken
        self.anew = False  # somebody new is meant, whomever the letters single out
        self.typed.connect(self._on_typed)

    def write(self, text: str, choice: Suggestion | None = None) -> None:
        """Put text in the field; whoever is meant by it is anybody again."""
        super().write(text, choice)
        self.letters, self.anew = "" if choice else text.strip(), False

    def may_take(self, line: Suggestion) -> bool:
        """Whether it is taken without being chosen."""
        return self._adds or line.key == self._single

    def look_again(self) -> None:
        """What is offered may have changed."""
        if self.text and self.choice is None:
            self._on_typed(self.text)

    def _on_typed(self, text: str) -> None:
        event, self.letters = self.event_id, text
        self._desk.read(lambda store: suggest_people(store, text, event), self._on_found)

    def _on_found(self, found: Suggestions) -> None:
        self._single = "" if self.anew else found.single
        above = 1 if self._adds else 0
        lines = [self._described(line) for line in found.lines]
        single = next((at for at, line in enumerate(lines, above) if line.key == self._single), 0)
        self.offer(found.typed, [_marked(line, found.typed) for line in lines], single)


class Picker(Pane):
    """Letters find something to pick, any number of times; what was picked stands below and can be taken away again.

    ``new`` offers what is written itself, where no list can hold all there is: ``written`` tells those.
    """

    def __init__(self, label: str, *, placeholder: str, hint: str = "", icon: str = "tags", new: str = "") -> None:
        super().__init__()
        self._icon, self._offered = icon, 7
        self._all: Sequence[tuple[str, str]] = ()
        self._names: dict[str, str] = {}
        self.finder = Finder(placeholder=placeholder, new=new, new_icon="pencil", best_first=True)
        self.taken = TakenChips(name=label)
        self.field = LabelledField(label, self.finder, hint=hint, buddy=self.finder.field)
        self.finder.typed.connect(self._on_typed)
        self.finder.taken.connect(self._on_taken)
        self.taken.changed.connect(lambda keys: self.taken.setVisible(bool(keys)))
        self.setLayout(column(self.field, self.taken, 1, space="small"))
        self.taken.hide()
        self.setFocusProxy(self.finder.field)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """What there is to pick from: (key, name)."""
        self._all = choices

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of what was picked."""
        return tuple(key for key in self.taken.keys if not key.startswith(_WRITTEN))

    @property
    def written(self) -> tuple[str, ...]:
        """What was picked in words of its own."""
        return tuple(self._names[key] for key in self.taken.keys if key.startswith(_WRITTEN))

    @property
    def picked(self) -> list[list[str]]:
        """All that was picked, for a draft: [key, name] each."""
        return [[key, self._names[key]] for key in self.taken.keys]

    def pick(self, key: str, name: str) -> None:
        """Pick one."""
        self._names[key] = name
        self.taken.add(Choice(key, name))

    def clear(self) -> None:
        """Nothing is picked, nothing written."""
        self.finder.clear()
        self.taken.clear()
        self.field.refuse("")

    def finish(self, reason: str) -> bool:
        """Take what is highlighted. False, with the reason shown, where something is written that is on no list."""
        self.finder.take_highlighted()
        self.field.refuse(reason if self.finder.text else "")
        return not self.finder.text

    def _on_typed(self, text: str) -> None:
        self.field.refuse("")
        wanted = fold(text)
        fitting = [(key, name) for key, name in self._all if wanted in fold(name) and key not in self.taken.keys]
        self.finder.offer(text, [Suggestion(key, name, icon=self._icon) for key, name in fitting[: self._offered]])

    def _on_taken(self, line: Suggestion) -> None:
        if line.key == NEW:
            self.pick(_WRITTEN + self.finder.text, self.finder.text)
        else:
            self.pick(line.key, line.text)
        self.finder.clear()


_WRITTEN = "written: "


def begun(typed: str, name: str) -> int:
    """How many letters of ``name``, from its first, the words typed are the beginning of; 0 where they stand otherwise.

    "maria elena f" of "Mª Elena Fuentes" is "Mª Elena F": all words but the last count whole.
    """
    words = typed.split()
    of_name = name.split()
    if not words or len(words) > len(of_name):
        return 0
    for word, other in zip(words, of_name, strict=False):
        if fold(word)[:1] != fold(other)[:1]:
            return 0
    last, other = words[-1], of_name[len(words) - 1]
    if not fold(other).startswith(fold(last)):
        return 0
    before = sum(len(each) + 1 for each in of_name[: len(words) - 1])
    return before + min(len(last), len(other)) if name.startswith(" ".join(of_name)) else 0


def _marked(line: Suggestion, typed: str) -> Suggestion:
    return Suggestion(line.key, line.text, line.detail, line.flag, line.icon, begun(typed, line.text))


def _plainly(line: Suggested) -> Suggestion:
    return Suggestion(line.id, line.name, line.organization)
