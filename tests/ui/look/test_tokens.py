"""The colours of all three themes can be told apart by people who see little."""

from dataclasses import fields

import pytest

from ui.look.tokens import EDGE_PAIRS, TEXT_PAIRS, Colours, Theme, contrast, tokens

TEXTS = ("ink", "muted", "accent", "waits", "loss", "on_accent", "accent_deep")


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("text", "behind"), TEXT_PAIRS)
def test_text_can_be_read_on_what_it_stands_on(theme: Theme, text: str, behind: str) -> None:
    colours = tokens().themes[theme]
    assert contrast(getattr(colours, text), getattr(colours, behind)) >= 4.5


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("edge", "behind"), EDGE_PAIRS)
def test_edges_that_tell_something_can_be_seen(theme: Theme, edge: str, behind: str) -> None:
    colours = tokens().themes[theme]
    assert contrast(getattr(colours, edge), getattr(colours, behind)) >= 3


def test_high_contrast_goes_further() -> None:
    colours = tokens().themes[Theme.CONTRAST]
    assert all(contrast(getattr(colours, text), colours.panel) >= 7 for text in TEXTS if text != "on_accent")


def test_every_colour_of_text_is_checked_on_every_ground_it_is_drawn_on() -> None:
    assert {text for text, _ in TEXT_PAIRS} == set(TEXTS)
    grounds = {field.name for field in fields(Colours)} - {*TEXTS, "line", "field_line", "desk"}
    assert {behind for _, behind in TEXT_PAIRS} == grounds | {"accent", "accent_deep"}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_sizes_leave_room_for_a_finger() -> None:
    assert tokens().size["target"] >= 44
    assert tokens().size["control"] >= 34
    assert tokens().size["field"] >= 46
