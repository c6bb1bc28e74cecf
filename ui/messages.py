"""The one door for everything the window has to say: never a box in the way, always the message bar.

messages.done(_("Exported 41 sign-ins."), link=_("Show the folder"), does=show)
messages.fault(_("The USB stick is full. Free some space and try again."))
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class MessageKind(StrEnum):
    """What a message is about."""

    DONE = "done"  # it worked; goes by itself
    WAITS = "waits"  # something waits on a person
    FAULT = "fault"  # something did not work; stays until closed


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said. ``link`` is the text of what can be done about it, ``does`` what it does."""

    text: str
    kind: MessageKind = MessageKind.DONE
    link: str = ""
    does: Callable[[], object] | None = None


class Messages(QObject):
    """Where everybody in the window says things."""

    said = Signal(object)  # Message

    def say(self, message: Message) -> None:
        """Say it."""
        self.said.emit(message)

    def done(self, text: str, link: str = "", does: Callable[[], object] | None = None) -> None:
        """Something worked."""
        self.say(Message(text, MessageKind.DONE, link, does))

    def waits(self, text: str, link: str = "", does: Callable[[], object] | None = None) -> None:
        """Something waits on a person."""
        self.say(Message(text, MessageKind.WAITS, link, does))

    def fault(self, text: str, link: str = "", does: Callable[[], object] | None = None) -> None:
        """Something did not work, and what to do."""
        self.say(Message(text, MessageKind.FAULT, link, does))
