"""Actions: what a person can do in a place, declared on the method that does it.

    class EventPage(Page):
        @action("sign_in", "Sign in", shortcut="Alt+S", icon="user-plus")
        def sign_in(self) -> None: ...

        def __init__(self, desk: Desk) -> None:
            super().__init__(desk)
            button = Button.of(self.can["sign_in"], primary=True)

:func:`bind` turns the declarations of an object into ``QAction``s owned by its widget. Menus, buttons, key caps and
the sheet of shortcuts are made from those, so a key stands in one place only. A shortcut works while its widget can be
seen, wherever the focus is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from outreach_app.texts import say

Method = TypeVar("Method", bound=Callable[..., Any])
_DECLARED = "__action__"
_SPEC = "spec"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One declared action. ``label`` and ``hint`` are English; they are translated where they are shown."""

    name: str
    label: str
    shortcut: str = ""  # in Qt's portable form, "Ctrl+Enter"
    icon: str = ""
    hint: str = ""
    also: tuple[str, ...] = ()  # other keys that do the same, not shown
    checkable: bool = False


def action(
    name: str,
    label: str,
    *,
    shortcut: str = "",
    icon: str = "",
    hint: str = "",
    also: tuple[str, ...] = (),
    checkable: bool = False,
) -> Callable[[Method], Method]:
    """Declare that the method does the action ``name``. A checkable one is called with whether it is on."""
    spec = ActionSpec(name, label, shortcut, icon, hint, also, checkable)

    def declare(method: Method) -> Method:
        setattr(method, _DECLARED, spec)
        return method

    return declare


def declared(owner: type) -> Mapping[str, tuple[ActionSpec, str]]:
    """The actions a class declares, in the order written, its bases' first: name -> (spec, the method's name)."""
    found: dict[str, tuple[ActionSpec, str]] = {}
    for base in reversed(owner.__mro__):
        for attribute, value in vars(base).items():
            spec = getattr(value, _DECLARED, None)
            if isinstance(spec, ActionSpec):
                found[spec.name] = (spec, attribute)
    return found


def bind(owner: object, widget: QWidget) -> dict[str, QAction]:
    """One ``QAction`` for each action that ``owner`` declares, added to ``widget``; keys work while that is seen."""
    made: dict[str, QAction] = {}
    for name, (spec, attribute) in declared(type(owner)).items():
        made[name] = made_action(spec, getattr(owner, attribute), widget)
    return made


def made_action(spec: ActionSpec, does: Callable[..., object], widget: QWidget) -> QAction:
    """A ``QAction`` that calls ``does``, for actions that are made from data and so declared on no method."""
    made = QAction(say(spec.label), widget)
    made.setObjectName(spec.name)
    made.setProperty(_SPEC, spec)
    made.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, *spec.also) for keys in _both_enters(keys)])
    made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.setToolTip(say(spec.hint) if spec.hint else say(spec.label))
    made.setCheckable(spec.checkable)
    if spec.checkable:
        made.toggled.connect(does)
    else:
        made.triggered.connect(lambda _checked=False: does())
    widget.addAction(made)
    return made


def spec_of(made: QAction) -> ActionSpec:
    """The declaration a ``QAction`` was made from; one from its own text where it was made otherwise."""
    spec = made.property(_SPEC)
    if isinstance(spec, ActionSpec):
        return spec
    keys = made.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
    return ActionSpec(made.objectName(), made.text(), keys)


_ENTER = "Enter"
_KEYS_SAID = {
    "Return": "Enter",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Page Up",
    "PgDown": "Page Down",
    "Left": "←",
    "Right": "→",
}


def _both_enters(keys: str) -> tuple[str, ...]:
    """Both keys that people call Enter, where ``keys`` ends in it."""
    if not keys:
        return ()
    return (keys.removesuffix(_ENTER) + "Return", keys) if keys.endswith(_ENTER) else (keys,)


def keys_said(shortcut: str) -> str:
    """A shortcut as a key cap shows it, in the language spoken: ``Ctrl+Enter``, ``Alt+S``."""
    if not shortcut:
        return ""
    held, _plus, key = shortcut.removesuffix("+").rpartition("+") if shortcut != "+" else ("", "", "")
    key = key + "+" if shortcut.endswith("+") else key
    return "+".join(say(_KEYS_SAID.get(part, part)) for part in (*held.split("+"), key) if part)


def keys_of(made: QAction) -> str:
    """The key cap of an action, "" where it has no key."""
    return keys_said(spec_of(made).shortcut)
