"""How the window looks: tokens kept as data, and the palette, style sheet, fonts and icons that follow from them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from outreach_app.assets import asset
from ui.look.looks import Look, look, put_on
from ui.look.palette import palette
from ui.look.style import style_sheet
from ui.look.tokens import Colours, Theme, Tokens, tokens

__all__ = ["Colours", "Look", "Theme", "Tokens", "dressed", "look", "tokens", "wear"]

_HALF = 128
_system_px: float | None = None
_system_dark: bool | None = None


def dressed(app: QApplication, theme: Theme | None = None, text: float = 1.0) -> Look:
    """The look for this machine: the system's text size (never smaller than the tokens' least) times ``text``, and
    ``theme`` or else the system's light or dark."""
    global _system_px, _system_dark
    if _system_px is None:
        _system_px = float(QFontInfo(app.font()).pixelSize())
        _system_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < _HALF
    if theme is None:
        theme = Theme.DARK if _system_dark else Theme.LIGHT
    all_tokens = tokens()
    return Look(all_tokens, theme, max(_system_px, float(all_tokens.size["least_text"])), text)


def wear(app: QApplication, new: Look) -> None:
    """Put ``new`` on the whole application: style, fonts, palette and style sheet."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    for effect in Qt.UIEffect:
        app.setEffectEnabled(effect, False)  # nothing moves by itself
    _ensure_font()
    put_on(new)
    app.setFont(new.font("body"))
    app.setPalette(palette(new.colours))
    app.setStyleSheet(style_sheet(new))


def _ensure_font() -> None:
    """Fonts of the program's own, only where the system has none at all."""
    if QFontDatabase.families():
        return
    for file in sorted(asset("fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
