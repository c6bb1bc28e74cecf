"""How the program appears: its language, which way that is read, its colors and the size of its text.

It begins with what was asked for at the start, or the computer's own; what is chosen on this laptop goes over that.
"""

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import LANGUAGES, language, speak
from ui.look import Theme, dressed, look, wear

_begun: tuple[str, Theme | None, float] = ("", None, 1.0)
_buttons: QTranslator | None = None


def application(spoken: str = "", theme: Theme | None = None, text: float = 1.0) -> QApplication:
    """The Qt application, dressed, in the language asked for (else OUTREACH_LANGUAGE's, else the system's)."""
    global _begun
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    wanted = spoken or os.environ.get("OUTREACH_LANGUAGE", "") or QLocale.system().name()[:2]
    _begun = (wanted if wanted in LANGUAGES else LANGUAGES[0], theme, text)
    _speak(app, _begun[0])
    app.setApplicationName("Outreach")
    wear(app, dressed(app, theme, text))
    return app


def appear(chosen: Mapping[str, str | None]) -> bool:
    """Appear as was chosen on this laptop (``language``, ``theme``, ``text_size`` in percent), where it was; whether
    anything is other than before. What cannot be is passed over."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    spoken, theme, text = _begun
    asked, colours, size = (chosen.get(name) or "" for name in ("language", "theme", "text_size"))
    spoken = asked if asked in LANGUAGES else spoken or language()
    theme = Theme(colours) if colours in set(Theme) else theme
    text *= int(size) / 100 if size.isascii() and size.isdigit() and 50 <= int(size) <= 400 else 1
    new, before = dressed(app, theme, text), (language(), look())
    if before == (spoken, new):
        return False
    _speak(app, spoken)
    wear(app, new)
    return True


def next_language() -> str:
    """The language after the one spoken."""
    return LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)]


def next_theme() -> str:
    """The theme after the one worn."""
    themes = list(Theme)
    return themes[(themes.index(look().theme) + 1) % len(themes)].value


def text_size(by: int) -> str:
    """The size of text so many steps from the present one, in percent of what the program began with."""
    sizes = vocabulary("text_sizes").codes
    now = look().text / _begun[2] * 100
    nearest = min(range(len(sizes)), key=lambda at: abs(int(sizes[at]) - now))
    return sizes[max(0, min(len(sizes) - 1, nearest + by))]


def _speak(app: QApplication, wanted: str) -> None:
    """Have the program, and Qt's own buttons, speak a language, and be read in its direction."""
    global _buttons
    speak(wanted)
    if _buttons is not None:
        app.removeTranslator(_buttons)
        _buttons.deleteLater()
        _buttons = None
    if wanted != LANGUAGES[0]:
        _buttons = QTranslator(app)
        if _buttons.load(f"qtbase_{wanted}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(_buttons)
    app.setLayoutDirection(QLocale(wanted).textDirection())
