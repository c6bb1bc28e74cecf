"""A walk over a page of the window: by Tab, by its keys, by the words on it, and by what is cut at a large text size.

Each look gives what is wrong in words; an empty list is a page that is well.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import Formatter

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tests.helpers.accessibility import focusable

LONGEST = 600  # presses of Tab after which a page is taken to have no end
_PIECES = re.compile(r" · |, |: | — |; ")
_SLACK = 1  # a pixel lost in rounding cuts nothing


def untabbed(window: QWidget, page: QWidget) -> list[str]:
    """What Tab never comes to, and where it stays for good."""
    wanted = {id(widget): widget for widget in focusable(page)}
    if not wanted:
        return ["nothing on it takes the focus"]
    start = next(iter(wanted.values()))
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[int] = set()
    for _press in range(LONGEST):
        focused = QApplication.focusWidget()
        if focused is None:
            return ["Tab leads nowhere"]
        if id(focused) in seen and focused is start:
            break
        seen.add(id(focused))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is focused:
            return [f"Tab never leaves {_name(focused)}"]
    else:
        return [f"Tab does not come round in {LONGEST} presses"]
    proxied = {id(widget.focusProxy()) for widget in wanted.values() if widget.focusProxy()}
    lost = [widget for key, widget in wanted.items() if key not in seen and key not in proxied]
    return [f"Tab never comes to {_name(widget)}" for widget in lost if widget.isVisible() and _takes(window, widget)]


def _takes(window: QWidget, widget: QWidget) -> bool:
    return window.isAncestorOf(widget) and widget.focusProxy() is None


def keys_in_use(window: QWidget) -> list[tuple[str, str]]:
    """Every key that works now in a window, with what it does: actions of widgets in view, and buttons in view."""
    found: list[tuple[str, str]] = []
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        for action in widget.actions():
            if action.isEnabled():
                found += [(_said(keys), action.text()) for keys in action.shortcuts()]
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty() and widget.isEnabled():
            found.append((_said(widget.shortcut()), widget.text()))
    return found


def _said(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def clashing(window: QWidget) -> list[str]:
    """Keys that two things in view both claim: Qt then does neither."""
    claimed: dict[str, list[str]] = {}
    for keys, does in keys_in_use(window):
        claimed.setdefault(keys, []).append(does)
    return [f"{keys} is claimed by {' and '.join(does)}" for keys, does in claimed.items() if len(does) > 1]


def unreachable(page: QWidget, actions: Iterable[tuple[str, bool]]) -> list[str]:
    """Actions (text, whether it has a key) that one can click here but no key and no Tab leads to."""
    tabbed = {_says(widget) for widget in focusable(page)}
    clicked = {_says(button) for button in page.findChildren(QAbstractButton) if button.isVisible()}
    return [f"no key leads to {text!r}" for text, key in actions if not key and text in clicked and text not in tabbed]


def _says(widget: QWidget) -> str:
    name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    return name.split(", ")[0]


# words


def english_texts(
    said: Iterable[str | tuple[str, str]], translate: Callable[[str], str]
) -> Mapping[str, re.Pattern[str]]:
    """The English texts that have another form in the language spoken, each with what it looks like on the screen."""
    found: dict[str, re.Pattern[str]] = {}
    for key in said:
        for text in (key,) if isinstance(key, str) else key:
            if translate(text) != text and len(re.sub(r"\{[^}]*\}", "", text).strip(" .,:·—“”")) > 1:
                found[text] = re.compile(_filled(text), re.DOTALL)
    return found


def _filled(text: str) -> str:
    parts = [(re.escape(before), name) for before, name, _spec, _conversion in Formatter().parse(text)]
    return "".join(before + ("" if name is None else ".+") for before, name in parts)


def untranslated(root: QWidget, english: Mapping[str, re.Pattern[str]]) -> list[str]:
    """Words in view, or read aloud, that stand in English."""
    plain = {text.casefold() for text in english if "{" not in text}
    shaped = [pattern for text, pattern in english.items() if "{" in text]
    found = []
    for widget, text in said_on(root):
        pieces = {text, *(piece.strip(" .") for piece in _PIECES.split(text))}
        wrong = [piece for piece in pieces if piece.casefold() in plain]
        if wrong or any(pattern.fullmatch(text) for pattern in shaped):
            found.append(f"{type(widget).__name__}: {text!r}")
    return sorted(set(found))


def said_on(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What is in view or read aloud, with what says it."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text().replace("&&", "&"))
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            said.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            said += [widget.itemText(at) for at in range(widget.count())]
        if isinstance(widget, QTableView):
            said += list(_cells(widget))
        said += [action.text() for action in widget.actions()]
        yield from ((widget, text.strip()) for text in said if text and text.strip())


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 20)):
            yield str(model.index(row, column).data() or "")


# what is cut


def cut(root: QWidget) -> list[str]:
    """Texts that do not find the room they need, and widgets that reach out of what holds them. What can be scrolled
    down to is not cut; what lies to the side of a page is."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            found += [f"{_name(widget)}: {why}" for why in _cramped(widget)]
            found += [f"{_name(widget)} reaches out of {where}" for where in _outside(widget, root)]
    sideways = [area for area in root.findChildren(QAbstractScrollArea) if area.isVisible()]
    found += [
        f"{_name(area)} scrolls sideways by {area.horizontalScrollBar().maximum()}"
        for area in sideways
        if area.horizontalScrollBar().maximum() > 0 and not isinstance(area, QTableView)
    ]
    return sorted(set(found))


def _cramped(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        if not widget.text():
            return
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + _SLACK:
                yield f"{widget.height()} high, needs {widget.heightForWidth(widget.width())}"
            return
    if isinstance(widget, QLineEdit):
        room = widget.contentsRect().width() - 2 * 8
        wide = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if not widget.text() and wide > room + 8:
            yield f"its hint {widget.placeholderText()!r} has {room} and needs {wide}"
    elif widget.width() + _SLACK < _least(widget):
        yield f"{widget.width()} wide, needs {_least(widget)}"
    high = widget.minimumSizeHint().height()
    if widget.height() + _SLACK < high:
        yield f"{widget.height()} high, needs {high}"


def _least(widget: QWidget) -> int:
    """The width a widget's words need: those that wrap or say so themselves need less than they would like."""
    return widget.sizeHint().width() if isinstance(widget, QLabel) else widget.minimumSizeHint().width()


def _outside(widget: QWidget, root: QWidget) -> Iterator[str]:
    """What holds it and does not hold all of it. A viewport that scrolls holds all that is below."""
    holder = widget.parentWidget()
    while holder is not None and holder is not root:
        place = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
        if isinstance(holder.parentWidget(), QAbstractScrollArea):
            return
        if not holder.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            yield _name(holder)
            return
        holder = holder.parentWidget()


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {(text or widget.accessibleName())[:60]!r}"
