"""The design's tokens: colours of the three themes, spaces, corners, type scale and sizes, kept as data.

Everything that is drawn takes its colours and measures from here; nothing else in the window names a colour.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from outreach_app.assets import asset


class Theme(StrEnum):
    """Which set of colours is worn."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours, each ``#RRGGBB``."""

    background: str  # behind everything
    panel: str  # cards, fields, sidebar, status bar
    desk: str  # what a picture of paper lies on
    ink: str
    muted: str
    line: str  # one pixel, between things; tells nothing by itself
    field_line: str  # round a field, which must be seen
    accent: str
    accent_deep: str  # accent under the pointer
    on_accent: str
    soft: str  # behind what is chosen
    waits: str  # waits on a person
    waits_soft: str
    loss: str  # only where something is lost or broken
    loss_soft: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens. Spaces, corners and sizes are pixels; type is a factor of the base text size."""

    themes: Mapping[Theme, Colours]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    type: Mapping[str, float]
    size: Mapping[str, int]


@cache
def tokens() -> Tokens:
    """The tokens of ``resources/styles/tokens.json``, read once."""
    said = json.loads(asset("styles", "tokens.json").read_text("utf-8"))
    themes = {Theme(name): Colours(**colours) for name, colours in said["themes"].items()}
    return Tokens(themes, said["space"], said["radius"], said["type"], said["size"])


TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, behind) for text in ("ink", "muted", "accent", "waits", "loss") for behind in ("background", "panel")),
    *((text, "soft") for text in ("ink", "muted", "accent", "waits")),
    *((text, "waits_soft") for text in ("ink", "muted", "waits")),
    *((text, "loss_soft") for text in ("ink", "muted", "loss")),
    ("accent_deep", "panel"),
    ("on_accent", "accent"),
    ("on_accent", "accent_deep"),
)
"""Every colour of text and what it is drawn on: 4.5 to 1 or better."""

EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    ("field_line", "panel"),
    ("field_line", "background"),
    ("accent", "panel"),
    ("accent", "background"),
    ("accent", "soft"),
)
"""Every edge that must be seen to know what a thing is or where the focus stands: 3 to 1 or better."""


def contrast(one: str, other: str) -> float:
    """The contrast of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
