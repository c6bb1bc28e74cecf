"""What the window wears follows from the tokens, at any text size and in any theme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app.assets import asset
from ui.look import Theme, dressed, look, wear
from ui.look.icons import icon, pixmap
from ui.look.palette import palette
from ui.look.style import style_sheet
from ui.look.tokens import tokens
from ui.widgets.buttons import Button, ButtonSize


@pytest.fixture
def twice(qapp: QApplication) -> Iterator[None]:
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    yield
    wear(qapp, dressed(qapp, Theme.LIGHT))


@pytest.mark.parametrize("theme", Theme)
def test_the_style_sheet_names_only_colours_of_its_theme(qapp: QApplication, theme: Theme) -> None:
    sheet = style_sheet(dressed(qapp, theme))
    own = {value.upper() for value in vars_of(theme)}
    used = {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}", sheet)}
    assert used
    assert used <= own
    assert "$" not in sheet


def vars_of(theme: Theme) -> list[str]:
    colours = tokens().themes[theme]
    return [getattr(colours, name) for name in colours.__dataclass_fields__]


@pytest.mark.parametrize("theme", Theme)
def test_the_tick_is_drawn_in_the_colour_that_stands_on_the_accent(theme: Theme) -> None:
    assert tokens().themes[theme].on_accent in asset("styles", f"tick-{theme}.svg").read_text()


@pytest.mark.parametrize("theme", Theme)
def test_the_palette_is_the_theme(theme: Theme) -> None:
    colours = tokens().themes[theme]
    made = palette(colours)
    assert made.color(QPalette.ColorRole.Window).name().upper() == colours.background
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name().upper() == colours.muted


def test_text_is_never_smaller_than_the_least(qapp: QApplication) -> None:
    worn = dressed(qapp, Theme.LIGHT)
    assert worn.px("small") >= tokens().size["least_text"]
    assert worn.px("body") > worn.px("small")


def test_everything_grows_with_the_text(twice: None) -> None:
    del twice
    worn = look()
    assert worn.px("body") == round(2 * worn.base * tokens().type["body"])
    assert worn.height("control", "small") >= worn.metrics("small").height()
    assert worn.icon() == 2 * tokens().size["icon"]


def test_a_font_that_is_changed_is_not_the_next_ones() -> None:
    first = look().font("small")
    first.setUnderline(True)
    assert not look().font("small").underline()


def test_a_button_is_larger_with_larger_text(qapp: QApplication) -> None:
    button = Button("Sign in", size=ButtonSize.LARGE, keys="Enter")
    plain = button.sizeHint()
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    grown = button.sizeHint()
    wear(qapp, dressed(qapp, Theme.LIGHT))
    assert plain.height() >= 44
    assert grown.width() > 1.7 * plain.width() - 40
    assert button.sizeHint() == plain


def test_labels_in_their_roles_follow_the_theme(qapp: QApplication) -> None:
    label = QLabel("late")
    label.setProperty("role", "waits")
    label.ensurePolished()
    light = label.palette().color(QPalette.ColorRole.WindowText).name()
    wear(qapp, dressed(qapp, Theme.DARK))
    label.ensurePolished()
    dark = label.palette().color(QPalette.ColorRole.WindowText).name()
    wear(qapp, dressed(qapp, Theme.LIGHT))
    assert (light.upper(), dark.upper()) == (tokens().themes[Theme.LIGHT].waits, tokens().themes[Theme.DARK].waits)


def test_an_icon_is_drawn_in_the_colour_asked_for() -> None:
    drawn = pixmap("plus", look().colour("loss"), 24).toImage()
    middle = drawn.pixelColor(12, 12)
    assert middle.name().upper() == look().colours.loss
    assert drawn.pixelColor(1, 1).alpha() == 0
    assert pixmap("plus", look().colour("loss"), 24, 2.0).size() == QSize(48, 48)
    assert not icon("plus", look().colour("ink"), 18).isNull()


def test_an_icon_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", look().colour("ink"), 18)


def test_icons_come_with_their_licence_and_every_one_is_a_drawing() -> None:
    folder = asset("icons")
    assert "ISC" in (folder / "LICENSE").read_text()
    assert "lucide-static" in (folder / "SOURCE.md").read_text()
    drawings: list[Path] = list(folder.glob("*.svg"))
    assert drawings
    assert all("currentColor" in each.read_text() for each in drawings)


def test_every_icon_the_window_names_is_there() -> None:
    root = Path(__file__).resolve().parents[3]
    named = set()
    for path in (root / "ui").rglob("*.py"):
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    assert len(named) > 10
    assert sorted(name for name in named if not asset("icons", f"{name}.svg").exists()) == []
