"""What a screen reader says by itself: that something was saved, or why something cannot be used.

A change of words on the screen is silent to whoever does not see it; so is a description, until one comes there again.
"""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have a screen reader say ``words`` of a widget: when it has finished, or at once where that is ``urgent``."""
    if not words:
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    how = QAccessible.AnnouncementPoliteness
    event.setPoliteness(how.Assertive if urgent else how.Polite)
    QAccessible.updateAccessibility(event)
