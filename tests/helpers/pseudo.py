"""A language that nobody speaks: every letter of the program's own texts accented, every word longer by a third. What
still stands in plain letters was never translated; what finds no room has none for a language of long words."""

import gettext
import re
from collections.abc import Sequence
from string import Formatter

import pytest
from PySide6.QtWidgets import QWidget

from outreach_app import texts
from tests.helpers.walks import said_on

NAME = "qps"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀçďéƒĝĥíĵķĺɱñóþǫŕšţúṽŵẋýžÁƁÇĎÉƑĜĤÍĴĶĹṀÑÓÞǪŔŠŢÚṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
_THIRD = 3
_WORD = re.compile(r"[A-Za-z]{3,}")
_CODE = re.compile(r"\b[0-9A-Z]{3,5}(?:-[0-9A-Z]+)+\b|\b[0-9a-f]{8}\b")  # of a record, and of a laptop


class Pseudo(gettext.NullTranslations):
    """The catalogue of it."""

    def gettext(self, message: str) -> str:
        """A text in it."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or many."""
        return pseudo(msgid1 if n == 1 else msgid2)


def pseudo(text: str) -> str:
    """A text of the program in it, with the places to fill left alone."""
    parts = Formatter().parse(text)
    return "".join(_longer(before) + ("" if name is None else f"{{{name}}}") for before, name, _spec, _how in parts)


def _longer(text: str) -> str:
    """Each word longer by a third and accented; braces stay braces."""
    words = re.sub(r"[A-Za-z]+", lambda found: found[0] + found[0][-1] * (len(found[0]) // _THIRD), text)
    return words.translate(_LETTERS).replace("{", "{{").replace("}", "}}")


def speak_pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program speak it."""
    catalogue = texts._catalogue
    monkeypatch.setattr(texts, "LANGUAGES", (*texts.LANGUAGES, NAME))
    monkeypatch.setattr(texts, "_catalogue", lambda language: Pseudo() if language == NAME else catalogue(language))
    texts.speak(NAME)


def plain_words(root: QWidget, data: Sequence[str]) -> list[str]:
    """Words in view, or read aloud, that stand in plain letters and are none of what people wrote (``data``)."""
    return sorted({f"{type(widget).__name__}: {text!r}" for widget, text in said_on(root) if _plain(text, data)})


def _plain(text: str, data: Sequence[str]) -> bool:
    for each in data:
        text = text.replace(each, "")
    return bool(_WORD.search(_CODE.sub("", text)))
