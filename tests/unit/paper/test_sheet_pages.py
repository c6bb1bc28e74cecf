"""A page of a sheet: found again by its square code and its corner marks, printed again alone."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import segno

from outreach_app.model.errors import BadInput
from outreach_app.paper.sheets import SheetLine, SheetRequest, render_sheet

Read = Callable[[bytes], list[str]]


def test_a_page_printed_again_is_the_page_it_was(request_for_both: SheetRequest, pages_of: Read, opened: Any) -> None:
    names = tuple(SheetLine(f"Person {at} " + "of the Valley " * (at % 7)) for at in range(30))
    request = replace(request_for_both, names=names, blank_lines=10)
    whole = render_sheet(request)
    assert whole.pages > 3
    for number, page in enumerate(pages_of(whole.pdf), start=1):
        alone = render_sheet(replace(request, only_page=number))
        assert pages_of(alone.pdf) == [page]
        assert (alone.pages, alone.lines, alone.spans) == (whole.pages, whole.lines, whole.spans)
        assert opened(alone.pdf).page_labels == [str(number)]
        assert modules(alone.pdf, 1) == modules(whole.pdf, number)


@pytest.mark.parametrize("large", [False, True])
def test_the_square_code_says_sheet_and_page(request_for_both: SheetRequest, large: bool) -> None:
    pdf = render_sheet(replace(request_for_both, large_print=large)).pdf
    for number in (1, 2):
        assert modules(pdf, number) == [[bool(dark) for dark in row] for row in code(f"OUTREACH:K7Q4M2X:{number}")]


def test_corner_marks_stand_in_all_four_corners(request_for_both: SheetRequest) -> None:
    pdf = render_sheet(replace(request_for_both, only_page=2)).pdf
    picture = subprocess.run(["pdftoppm", "-r", "100", "-gray", "-"], input=pdf, capture_output=True, check=True).stdout
    width, height = (int(word) for word in picture.split(maxsplit=4)[1:3])
    pixels = picture[-width * height :]
    for x in (36, width - 37):
        for y in (36, height - 37):
            assert pixels[y * width + x] == 0
            assert pixels[(y - 12) * width + x] == 255
            assert pixels[y * width + (x - 12)] == 255


def code(content: str) -> Any:
    return segno.make(content, error="m", micro=False).matrix


def modules(pdf: bytes, number: int) -> list[list[bool]]:
    """The modules of a page's square code, read off a picture of it; its quiet zone must be white."""
    dots = 300
    command = ["pdftoppm", "-r", str(dots), "-f", str(number), "-l", str(number), "-gray", "-"]
    picture = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    width, height = (int(word) for word in picture.split(maxsplit=4)[1:3])
    pixels = picture[-width * height :]

    def dark(x: float, y: float) -> bool:
        return pixels[round(y) * width + round(x)] < 128

    right = round(width - 0.6 * dots) - 1
    top = next(y for y in range(height) if dark(right - 3, y))
    count = len(code("OUTREACH:K7Q4M2X:1"))
    step = next(run for run in range(1, 400) if not dark(right - run, top + 2)) / 7  # the corner pattern is seven wide
    around = [
        (x, y)
        for near in (1, 2, 3)
        for x in range(round(right - count * step), right)
        for y in (top - near * step, top + (count + near) * step)
    ] + [(right + near * step, y) for near in (1, 2, 3) for y in range(top, round(top + count * step))]
    assert not any(dark(x, y) for x, y in around)
    left = right + 1 - count * step
    return [
        [dark(left + (column + 0.5) * step, top + (row + 0.5) * step) for column in range(count)]
        for row in range(count)
    ]


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_page_that_is_not_there_is_said_so(request_for_both: SheetRequest, number: int) -> None:
    with pytest.raises(BadInput, match=f"pages 1 to 3. There is no page {number}"):
        render_sheet(replace(request_for_both, only_page=number))
