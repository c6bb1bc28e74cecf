"""What everybody is asked who signs in, by a worker or alone: how to reach them, and what they would like to join."""

from collections.abc import Sequence

from outreach_app.store.views import View
from outreach_app.texts import _
from ui.pages.event_forms import contact, part
from ui.pages.event_people import CHANNELS, channels_of
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.layouts import Pane, column

_MORE = "more"
_NO = "no"


class WaysAsked(Pane):
    """May we contact you that way? Asked only for ways there is an address for; nothing is chosen beforehand."""

    def __init__(self, question: str, *, keys: bool = True) -> None:
        self.chips = ChipRow(name=question, many=True)
        super().__init__(column(part(question, self.chips), space="none"))
        self._contact = ""
        self._words = {
            "phone": Choice("phone", _("Call"), "phone", "Alt+1" if keys else ""),
            "text": Choice("text", _("Text"), "message-circle", "Alt+2" if keys else ""),
            "email": Choice("email", _("E-mail"), "mail", "Alt+3" if keys else ""),
        }
        self._no = Choice(_NO, _("No"), "ban", "Alt+0" if keys else "", excludes=True)
        self._on_file: tuple[str, ...] = ()
        self._offered: tuple[Choice, ...] = ()
        self.hide()

    @property
    def on_file(self) -> tuple[str, ...]:
        """The ways there is an address for already, of somebody known."""
        return self._on_file

    @property
    def addressed(self) -> tuple[str, ...]:
        """The ways there is an address for."""
        told = contact(self._contact)
        opened = (*channels_of(bool(told["phones"]), bool(told["emails"])), *self._on_file)
        return tuple(way for way in CHANNELS if way in opened)

    @property
    def consents(self) -> dict[str, str]:
        """What was answered, by way: a no is one to all of them; what was not answered is not there."""
        chosen = self.chips.chosen
        return dict.fromkeys(self.addressed, "refused") if _NO in chosen else dict.fromkeys(chosen, "granted")

    def ask_for(self, contact_written: str, on_file: Sequence[str] = ()) -> None:
        """Ask for the ways of what is written and of what is on file."""
        self._contact, self._on_file = contact_written, tuple(on_file)
        ways = tuple(self._words[way] for way in self.addressed)
        offered = (*ways, self._no) if ways else ()
        if offered != self._offered:
            chosen, self._offered = self.chips.chosen, offered
            self.chips.offer(offered)
            self.chips.choose(chosen)
            self.setVisible(bool(offered))


class GroupsAsked(Pane):
    """Would you like to join or hear more? The first few groups, and all of them by one key."""

    def __init__(self, question: str, *, few: int, key: str = "Alt+J") -> None:
        self.chips = ChipRow(name=question, many=True)
        super().__init__(column(part(question, self.chips), space="none"))
        self._few = few
        self._more = Choice(_MORE, _("More…"), shortcut=key)
        self._groups: Sequence[View] = ()
        self.chips.changed.connect(self._on_chosen)
        self.hide()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all that are offered, in their order."""
        return tuple(view.id for view in self._groups)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the groups chosen."""
        return tuple(key for key in self.chips.chosen if key != _MORE)

    def offer(self, groups: Sequence[View]) -> None:
        """Offer these, the fitting ones first; what is chosen stays chosen."""
        if [view.id for view in groups] == [view.id for view in self._groups]:
            return
        chosen, self._groups = self.chosen, groups
        self.choose(chosen)

    def choose(self, keys: Sequence[str]) -> None:
        """Choose exactly these; as many are shown as that takes."""
        first = {view.id for view in self._groups[: self._few]}
        self._show(len(self._groups) if set(keys) - first - {_MORE} else self._few)
        self.chips.choose(keys)

    def _show(self, number: int) -> None:
        shown = self._groups[:number]
        choices = [Choice(view.id, view.title, "plus") for view in shown]
        if len(self._groups) > number:
            choices.append(self._more)
        self.chips.offer(choices)
        self.setVisible(bool(shown))

    def _on_chosen(self, chosen: tuple[str, ...]) -> None:
        if _MORE in chosen:
            self._show(len(self._groups))
            self.chips.choose(chosen)
            first = self.chips.chip(self._groups[self._few].id)
            first.show()  # Qt would show it a moment later, and give no focus to what is not shown
            first.setFocus()
