"""What the window wears now: a theme and a text size, from which every colour, font and measure follows.

Like Qt's own palette and font it belongs to the application: :func:`wear` puts it on, :func:`look` tells what is worn.
Widgets ask at the moment they measure or paint, so a change of theme or text size needs no word to them.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetrics

from ui.look.tokens import Colours, Theme, Tokens, tokens

BOLD = QFont.Weight.DemiBold
_FIGURES = QFont.Tag("tnum")


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, a base text size in pixels, and how much larger the person wants text (1.0 to 2.0 and beyond)."""

    tokens: Tokens
    theme: Theme = Theme.LIGHT
    base: float = 14.0
    text: float = 1.0

    @property
    def colours(self) -> Colours:
        """The colours of the theme worn."""
        return self.tokens.themes[self.theme]

    def px(self, step: str = "body") -> int:
        """The height in pixels of a step of the type scale."""
        return round(self.base * self.text * self.tokens.type[step])

    def font(self, step: str = "body", *, bold: bool = False, mono: bool = False) -> QFont:
        """The font of a step of the type scale, its figures all of one width."""
        return QFont(_font(self.px(step), bold, mono))

    def metrics(self, step: str = "body", *, bold: bool = False, mono: bool = False) -> QFontMetrics:
        """How wide and high that font draws."""
        return QFontMetrics(self.font(step, bold=bold, mono=mono))

    def space(self, name: str) -> int:
        """A space in pixels. Spaces stay as they are when text grows, so that more of it fits."""
        return self.tokens.space[name]

    def radius(self, name: str) -> int:
        """A corner in pixels."""
        return self.tokens.radius[name]

    def size(self, name: str) -> int:
        """A size in pixels, as the tokens say it."""
        return self.tokens.size[name]

    def height(self, name: str, step: str = "body", lines: int = 1) -> int:
        """The height of a control: the token's, or more where ``lines`` of grown text with air need more."""
        return max(self.size(name), self.metrics(step).height() * lines + 2 * self.space("small"))

    def icon(self, name: str = "icon") -> int:
        """The side of an icon in pixels; it grows with the text."""
        return round(self.size(name) * self.text)

    def colour(self, name: str) -> QColor:
        """A colour by its token."""
        return QColor(getattr(self.colours, name))


@lru_cache(maxsize=128)
def _font(px: int, bold: bool, mono: bool) -> QFont:
    font = QFont()
    if mono:
        font.setFamilies(["Noto Sans Mono", "Cascadia Mono", "Consolas", "DejaVu Sans Mono", "monospace"])
        font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(px)
    if bold:
        font.setWeight(BOLD)
    font.setFeature(_FIGURES, 1)
    return font


_worn: Look | None = None


def look() -> Look:
    """What is worn now; before anything was put on, the light theme at its least size."""
    return _worn or _bare()


@lru_cache(maxsize=1)
def _bare() -> Look:
    return Look(tokens())


def put_on(new: Look) -> None:
    """Make ``new`` what :func:`look` tells. Use :func:`ui.look.wear`, which dresses the application too."""
    global _worn
    _worn = new
    _font.cache_clear()
