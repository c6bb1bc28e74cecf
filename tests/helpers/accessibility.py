"""What a screen reader and a keyboard need of a window, looked for in any widget tree."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QScrollBar, QWidget

_DRAWN = {"CountyMap", "PaperPreview"}
"""Pictures: what they show is told by their names and descriptions; Qt gives Python no way to say what they are."""
_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


def nameless(root: QWidget) -> list[str]:
    """The widgets below ``root`` that take the focus and have no name a screen reader could say."""
    buddies = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(root)
        if not widget.accessibleName() and widget not in buddies and not getattr(widget, "text", str)()
    ]


def focusable(root: QWidget) -> list[QWidget]:
    """The visible widgets below ``root`` that Tab comes to, in the order it does."""
    found: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        part = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        if tabs and not part and root.isAncestorOf(widget) and widget.isVisibleTo(root) and widget.isEnabled():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def small(root: QWidget, least: int) -> list[str]:
    """The focusable widgets below ``root`` lower than ``least`` pixels: too small to hit."""
    return [
        f"{type(widget).__name__} {widget.accessibleName()!r}: {widget.height()}"
        for widget in focusable(root)
        if widget.height() < least and not isinstance(widget, QAbstractScrollArea)
    ]


def roleless(root: QWidget) -> list[str]:
    """The focusable widgets below ``root`` of which a screen reader could not say what they are."""
    roles = [(widget, QAccessible.queryAccessibleInterface(widget)) for widget in focusable(root)]
    return [
        f"{type(widget).__name__} {widget.accessibleName()!r} has no role"
        for widget, found in roles
        if type(widget).__name__ not in _DRAWN and (found is None or found.role() in _NO_ROLE)
    ]


def unseen(root: QWidget) -> list[str]:
    """The widgets below ``root`` that look the same with the focus and without it."""
    found = []
    for widget in focusable(root):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        has_focus = root.window().focusWidget()
        if has_focus is None or not has_focus.isVisible():
            continue
        with_it = widget.grab().toImage()
        has_focus.clearFocus()
        if widget.grab().toImage() == with_it:
            found.append(f"{type(widget).__name__} {widget.accessibleName()!r} does not show the focus")
    return found


def narrow(root: QWidget, least: int) -> list[str]:
    """The focusable widgets below ``root`` narrower than ``least`` pixels."""
    return [
        f"{type(widget).__name__} {widget.accessibleName()!r}: {widget.width()}"
        for widget in focusable(root)
        if widget.width() < least
    ]
