"""What the program says, in the person's language.

One system for the core and the window alike: gettext catalogues, because workbooks and paper are translated with no Qt.
Text is written in English where it is used, marked by ``_`` (translated now, in the current language), or given as the
label or help of a declaration (translated when shown, by :func:`say`).
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from outreach_app.assets import asset

LANGUAGES = ("en", *sorted(each.parts[-3] for each in asset("translations").glob("*/LC_MESSAGES/outreach.mo")))
"""What it can speak: the English that it is written in, and whatever has been translated whole."""

_default = "en"
_here: ContextVar[str] = ContextVar("language spoken here", default="")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("outreach", asset("translations"), [language], fallback=language == "en")


def language() -> str:
    """The language the program speaks now."""
    return _here.get() or _default


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """A block that speaks another language, in this thread alone: what is done for others meanwhile speaks theirs."""
    before = _here.set(language)
    try:
        yield
    finally:
        _here.reset(before)


def speak(language: str) -> None:
    """Make ``language`` the program's language, in every thread."""
    global _default
    if language not in LANGUAGES:
        raise ValueError(language)
    _default = language


def say(text: str, language: str | None = None, **values: object) -> str:
    """``text`` in a language (the current one by default), with ``{name}`` places filled from ``values``."""
    wanted = language or _here.get() or _default
    said = text if wanted == "en" or not text else _catalogue(wanted).gettext(text)
    return said.format(**values) if values else said


def count(one: str, many: str, number: int, language: str | None = None, **values: object) -> str:
    """``one`` or ``many`` by ``number``, which also fills ``{n}`` with its thousands marked."""
    wanted = language or _here.get() or _default
    said = (one if number == 1 else many) if wanted == "en" else _catalogue(wanted).ngettext(one, many, number)
    return said.format(n=f"{number:,}", **values)


_ = say
