"""What stands in a page's fields, carried over to the same page made anew in another language or size of text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit


@dataclass(frozen=True, slots=True)
class Written:
    """What stood in each field, in their order, and which of them had the focus and its cursor where; -1: none."""

    texts: Sequence[str] = ()
    focused: int = -1
    cursor: int = 0


def written_on(page: QWidget) -> Written:
    """What stands there now."""
    fields = _fields(page)
    has_focus = page.window().focusWidget()
    focused = next((at for at, field in enumerate(fields) if field is has_focus), -1)
    return Written([_text(field) for field in fields], focused, _cursor(fields[focused]) if focused >= 0 else 0)


def write_again(page: QWidget, written: Written) -> None:
    """Write it again; where the page has other fields now, nothing is written in the wrong one."""
    fields = _fields(page)
    if len(fields) != len(written.texts):
        return
    for field, text in zip(fields, written.texts, strict=True):
        if _text(field) != text and not field.isReadOnly():
            _write(field, text)
    if written.focused >= 0:
        field = fields[written.focused]
        field.setFocus()
        _set_cursor(field, written.cursor)


def _fields(page: QWidget) -> list[Field]:
    return [each for each in page.findChildren(QWidget) if isinstance(each, QLineEdit | QPlainTextEdit)]


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _write(field: Field, text: str) -> None:
    """As if it were typed: what listens to typing hears of it."""
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.textEdited.emit(text)
    else:
        field.setPlainText(text)


def _cursor(field: Field) -> int:
    return field.cursorPosition() if isinstance(field, QLineEdit) else field.textCursor().position()


def _set_cursor(field: Field, at: int) -> None:
    if isinstance(field, QLineEdit):
        field.setCursorPosition(at)
        return
    cursor = field.textCursor()
    cursor.setPosition(min(at, len(field.toPlainText())))
    field.setTextCursor(cursor)
