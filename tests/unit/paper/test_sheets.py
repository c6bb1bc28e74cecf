"""The sign-in sheet: its words, its lines, its pages, whoever is on it."""

import itertools
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.paper import sheets
from outreach_app.paper.renderer import ask
from outreach_app.paper.sheets import COLUMNS, MOST_LINES, SheetLine, SheetRequest, render_sheet
from outreach_app.texts import say

Read = Callable[[bytes], list[str]]
INCH = 72.0  # points


def laid_out(request: SheetRequest) -> list[list[dict[str, Any]]]:
    """The lines of each page with their heights in points."""
    layout: list[list[dict[str, Any]]] = ask("sign-in-sheet", sheets._data(request))
    return layout


def together(words: str) -> str:
    """Words without spaces: what stays the same however a line was broken."""
    return re.sub(r"\s+", "", words)


def test_every_page_says_what_when_where_who_and_which(request_for_both: SheetRequest, pages_of: Read) -> None:
    sheet = render_sheet(request_for_both)
    pages = pages_of(sheet.pdf)
    assert len(pages) == sheet.pages == 3
    for number, page in enumerate(pages, start=1):
        for words in (
            "Listening session, Almond Fire Hall",
            "Saturday 21 November 2026, 10:00–13:00 · Almond Fire Hall, Bryson City",
            "sábado 21 de noviembre de 2026",
            "Hill County Health Department, with Nantahala Food Share",
            "K7Q-4M2-X",
            f"Page {number} of 3",
            f"Página {number} de 3",
        ):
            assert words in page


def test_the_notice_names_the_department_its_readers_and_how_to_withdraw(
    request_for_both: SheetRequest, pages_of: Read
) -> None:
    for page in pages_of(render_sheet(request_for_both).pdf):
        assert "Hill County Health Department keeps this sheet; its staff and those who sign after you can read" in page
        assert "may be a public record" in page
        assert "puede ser un registro público" in page
        assert "To change your mind, call 828-555-0100." in page
        assert "Para cambiar de opinión, llame al 828-555-0100." in page
    (alone,) = pages_of(render_sheet(replace(request_for_both, contact="", blank_lines=5)).pdf)
    assert "To change your mind, tell any of our staff." in alone


def test_the_departments_own_notice_takes_the_place_of_ours(request_for_both: SheetRequest, pages_of: Read) -> None:
    (page,) = pages_of(render_sheet(replace(request_for_both, blank_lines=5, notice={"en": "Ours to keep."})).pdf)
    assert "Ours to keep." in page
    assert "A name is enough" not in page
    assert "Basta con un nombre." in page  # no Spanish was given, so the neutral one stands


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_a_sheet_in_one_language_says_nothing_in_the_other(
    request_for_both: SheetRequest, pages_of: Read, language: str, other: str
) -> None:
    (page,) = pages_of(render_sheet(replace(request_for_both, languages=(language,), blank_lines=5)).pdf)
    for column in COLUMNS.values():
        assert say(column.label, language) in page
        assert say(column.label, other) not in page


def test_all_that_a_sheet_says_is_translated(request_for_both: SheetRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()

    def heard(text: str, language: str | None = None, **values: object) -> str:
        said.add(text)
        return say(text, language, **values)

    monkeypatch.setattr(sheets, "say", heard)
    for contact in ("", "828-555-0100"):
        render_sheet(replace(request_for_both, contact=contact, names=(SheetLine("Ada Crowe"),), languages=("es",)))
    assert len(said) > 15
    alike = {text for text in said if say(text, "es") == text}
    assert alike == {"no"}


def test_a_word_alike_in_both_languages_stands_once(request_for_both: SheetRequest, pages_of: Read) -> None:
    (page,) = pages_of(render_sheet(replace(request_for_both, blank_lines=3)).pdf)
    assert len(re.findall(r"\bno\b", page)) == 3


def test_lines_are_numbered_through_and_counted(request_for_both: SheetRequest, pages_of: Read) -> None:
    sheet = render_sheet(request_for_both)
    assert sheet.lines == 33
    assert sheet.spans[0][0] == 1
    assert sheet.spans[-1][1] == 33
    for (first, last), page, then in zip(sheet.spans, pages_of(sheet.pdf), [*sheet.spans[1:], (34, 34)], strict=True):
        assert {str(line) for line in range(first, last + 1)} <= set(page.split())
        assert then[0] == last + 1


@pytest.mark.parametrize("paper", sheets.PAPERS)
@pytest.mark.parametrize(("large", "least"), [(False, 0.45), (True, 0.6)])
@pytest.mark.parametrize("languages", [("en",), ("es",), ("en", "es")])
def test_rows_are_tall_enough_to_write_in(
    request_for_both: SheetRequest, paper: str, large: bool, least: float, languages: tuple[str, ...]
) -> None:
    layout = laid_out(replace(request_for_both, paper=paper, large_print=large, languages=languages))
    heights = [line["height"] for page in layout for line in page]
    assert len(heights) == 33
    assert min(heights) >= least * INCH
    assert max(heights) < 2 * least * INCH


@pytest.mark.parametrize(
    ("paper", "width", "height"), [("us-letter", 792, 612), ("us-legal", 1008, 612), ("a4", 842, 595)]
)
@pytest.mark.parametrize("large", [False, True])
def test_the_page_lies_on_its_side_and_nothing_runs_over(
    request_for_both: SheetRequest, opened: Any, paper: str, width: int, height: int, large: bool
) -> None:
    sheet = render_sheet(replace(request_for_both, paper=paper, large_print=large))
    pages = opened(sheet.pdf).pages
    assert len(pages) == sheet.pages
    assert all((round(page.mediabox.width), round(page.mediabox.height)) == (width, height) for page in pages)


def test_large_print_has_no_small_letters(request_for_both: SheetRequest, opened: Any) -> None:
    def smallest(large: bool) -> float:
        names = (SheetLine("Maximiliana " * 6, "Association " * 5),)
        pdf = render_sheet(replace(request_for_both, large_print=large, names=names, blank_lines=3)).pdf
        sizes: list[float] = []

        def note(text: str, _matrix: Any, _place: Any, _font: Any, size: float) -> None:
            if text.strip():
                sizes.append(abs(size))

        for page in opened(pdf).pages:
            page.extract_text(visitor_text=note)
        return min(sizes)

    assert smallest(large=False) < 9
    assert smallest(large=True) >= 14


def test_who_is_expected_stands_first_then_blank_lines(request_for_both: SheetRequest, pages_of: Read) -> None:
    names = (SheetLine("Ada Crowe", "Almond Volunteers"), SheetLine("Thaddeus Oxendine"))
    sheet = render_sheet(replace(request_for_both, names=names, blank_lines=4))
    (page,) = pages_of(sheet.pdf)
    assert sheet.lines == 6
    assert re.search(r"1 .*Ada Crowe Almond Volunteers.* 2 .*Thaddeus Oxendine.* 3 ", page)
    assert "Here" in page
    assert "Presente" in page
    (blank,) = pages_of(render_sheet(replace(request_for_both, blank_lines=4)).pdf)
    assert "Here" not in blank


def test_five_hundred_names_give_five_hundred_lines(request_for_both: SheetRequest, pages_of: Read) -> None:
    names = tuple(SheetLine(f"Person{at:03} Fernández-Montealegre", f"Group{at:03} of Neighbors") for at in range(500))
    sheet = render_sheet(replace(request_for_both, names=names, blank_lines=0))
    words = " ".join(pages_of(sheet.pdf))
    assert sheet.lines == 500
    assert sheet.spans[-1][1] == 500
    assert all(words.count(f"Person{at:03}") == words.count(f"Group{at:03}") == 1 for at in range(500))


HOSTILE = [
    'Robert "Bo" O’Neil \\ // /* */',
    "#panic(1) #sys.inputs.data #[x]",
    "*Smith* _Jones_ `Ng` $x$ ~ -- @ref <label> = Title",
    "[Lee] {Kim} (Paz) | & % ^",
    "- one + two / three",
    "Zoë 🙂 Núñez 👩‍👩‍👧",
    '</script>{"a":"b"}',
    "Nguyễn Thị Hạnh",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_printed_as_it_is_written(request_for_both: SheetRequest, pages_of: Read, name: str) -> None:
    sheet = render_sheet(
        replace(
            request_for_both, names=(SheetLine(name, name),), title=name, place=name, department=name, blank_lines=1
        )
    )
    words = together(" ".join(pages_of(sheet.pdf)))
    assert words.count(together(name)) >= 3


def test_control_characters_do_no_harm(request_for_both: SheetRequest, pages_of: Read) -> None:
    names = (SheetLine("Ada\x00 \x1bCrowe\ufeff\ud800\ufffe", "one\ttwo\nthree\u2028four"),)
    (page,) = pages_of(render_sheet(replace(request_for_both, names=names, blank_lines=1)).pdf)
    assert "Ada Crowe one two three four" in page


@pytest.mark.parametrize("name", ["مريم العلي", "מרים כהן", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "Ѓорѓи Ωμέγα"])
def test_other_scripts_are_drawn_with_our_fonts_alone(request_for_both: SheetRequest, opened: Any, name: str) -> None:
    reader = opened(render_sheet(replace(request_for_both, names=(SheetLine(name),), blank_lines=1)).pdf)
    fonts = {font["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert all("NotoSans" in font or "NotoEmoji" in font for font in fonts)
    assert "pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert set(together(name)) <= set(reader.pages[0].extract_text())


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "María Guadalupe Hernández de la Cruz y Fernández-Montealegre de Todos los Santos",
        "Wolfeschlegelsteinhausenbergerdorff" * 3,
        "Ana " * 300,
        "x" * 3000,
    ],
)
def test_a_long_name_is_never_cut(request_for_both: SheetRequest, opened: Any, name: str, large: bool) -> None:
    sheet = render_sheet(
        replace(request_for_both, names=(SheetLine(name, name),), blank_lines=2, large_print=large, languages=("en",))
    )
    reader = opened(sheet.pdf)
    assert len(reader.pages) == sheet.pages
    words = together(" ".join(page.extract_text() for page in reader.pages)).replace("\u200b", "")
    letters = together(name)
    assert words.count(letters[:40]) >= 2
    assert words.count(letters[-1]) >= 2 * letters.count(letters[-1])
    assert inside(sheet.pdf)


def inside(pdf: bytes) -> bool:
    """Whether all words stand within the page's margins."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    width, height = (float(side) for side in re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', done)[0])
    boxes = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', done)
    return bool(boxes) and all(
        float(left) >= 42 and float(top) >= 20 and float(right) <= width - 42 and float(bottom) <= height - 20
        for left, top, right, bottom in boxes
    )


@pytest.mark.parametrize("letters", [17, 25])
@pytest.mark.parametrize("large", [False, True])
def test_headings_of_long_words_fit_their_columns(
    request_for_both: SheetRequest, monkeypatch: pytest.MonkeyPatch, letters: int, large: bool
) -> None:
    def said(text: str, language: str | None = None, **values: object) -> str:
        long = text in {column.label for column in COLUMNS.values()}
        return text[0] * letters if long and language == "es" else say(text, language, **values)

    monkeypatch.setattr(sheets, "say", said)
    pdf = render_sheet(replace(request_for_both, names=(SheetLine("Ada Crowe"),), large_print=large, blank_lines=1)).pdf
    assert inside(pdf)
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    wide = re.findall(rf'xMin="([\d.]+)"[^>]* xMax="([\d.]+)"[^>]*>\w{{{letters}}}<', done)
    assert len(wide) == len(COLUMNS)
    for (_, right), (left, _) in itertools.pairwise(wide):
        assert float(right) < float(left)


def test_a_name_shrinks_before_it_wraps(request_for_both: SheetRequest) -> None:
    def steps(name: str) -> float:
        page = laid_out(replace(request_for_both, names=(SheetLine(name),), blank_lines=1))[0]
        return float(page[0]["height"] / page[1]["height"])

    assert steps("Ada Crowe") == pytest.approx(1)
    assert steps("Maximiliana Fernández de la Cruz y Montealegre") == pytest.approx(1)
    assert steps("Maximiliana Fernández de la Cruz " * 4) == pytest.approx(2)


@pytest.mark.parametrize("changed", ["title", "place", "host", "department", "notice"])
def test_whatever_is_long_leaves_room_for_lines(request_for_both: SheetRequest, changed: str) -> None:
    words = "Community conversation " * 120
    long: Any = {"en": words} if changed == "notice" else words
    sheet = render_sheet(replace(request_for_both, **{changed: long}))
    assert sheet.spans[-1][1] == 33
    assert sheet.pages <= 11
    assert inside(sheet.pdf)


def test_columns_are_chosen(request_for_both: SheetRequest, pages_of: Read) -> None:
    (page,) = pages_of(render_sheet(replace(request_for_both, columns=("name", "place"), blank_lines=3)).pdf)
    assert "ZIP or town" in page
    assert "Organization" not in page
    assert "May we contact you?" not in page
    assert "box you mark" not in page  # there is none to mark
    assert "To change your mind" in page


def test_a_sheet_read_from_the_right_is_laid_out_from_the_right(
    request_for_both: SheetRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(text: str, language: str | None = None, **values: object) -> str:
        arabic = {"Name": "الاسم", "ZIP or town": "البلدة", "May we contact you?": "هل نتصل بك؟"}
        words = arabic.get(text, text) if language == "ar" else text
        return words.format(**values) if values else words

    monkeypatch.setattr(sheets, "say", said)
    pdf = render_sheet(replace(request_for_both, languages=("ar", "en"), blank_lines=3)).pdf
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)"[^>]*>([^<]+)</word>', done)
    places = {word: float(left) for left, word in reversed(found)}  # the first of each is the heading's
    assert places["Name"] > places["town"] > places["contact"]
    assert places["May"] < places["contact"] < places["you?"]


@pytest.mark.parametrize("lines", [0, -5, MOST_LINES + 1, 10**12])
def test_no_lines_and_too_many_are_refused(request_for_both: SheetRequest, lines: int) -> None:
    with pytest.raises(BadInput, match="line"):
        render_sheet(replace(request_for_both, blank_lines=lines))


@pytest.mark.parametrize(
    "wrong", [{"paper": "a3"}, {"languages": ()}, {"columns": ("name", "health")}, {"columns": ("place",)}]
)
def test_what_no_screen_offers_is_a_bug(request_for_both: SheetRequest, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="of a sheet"):
        render_sheet(replace(request_for_both, **wrong))


def test_nothing_that_is_said_is_spliced_into_the_template(request_for_both: SheetRequest) -> None:
    data = sheets._data(replace(request_for_both, names=(SheetLine('"]}'),)))
    assert json.loads(json.dumps(data))["names"] == [{"name": '"]}', "organization": ""}]
