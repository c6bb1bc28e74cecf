"""The recovery sheet: one page whose words and code are the key, and which says what to do with it."""

import re
from collections.abc import Callable

import pypdf
import pytest

from outreach_app.paper.codes import qr_svg
from outreach_app.paper.recovery_sheets import render_recovery_sheet
from outreach_app.store.recovery_keys import RecoveryKey

Read = Callable[[bytes], list[str]]
KEY = RecoveryKey(bytes(range(200, 232)))
LONG = "Department of Health, Human Services, Environmental Protection and Emergency Preparedness of Hill County"


def made(languages: tuple[str, ...] = ("en", "es"), paper: str = "us-letter", department: str = "Hill County") -> bytes:
    return render_recovery_sheet(department, KEY.words, KEY.qr_text, languages, paper)


@pytest.mark.parametrize("paper", ["us-letter", "us-legal", "a4"])
@pytest.mark.parametrize("languages", [("en",), ("es",), ("en", "es"), ("es", "en")])
def test_it_is_one_page_whose_numbered_words_are_the_key(
    languages: tuple[str, ...], paper: str, pages_of: Read
) -> None:
    (page,) = pages_of(made(languages, paper, LONG))
    assert LONG in page
    words = dict(re.findall(r"\b(\d{1,2})\. ([a-z]+)\b", page.partition("24")[2]))
    assert RecoveryKey.typed(" ".join(words[str(number)] for number in range(1, 25))) == KEY


def test_a_screen_reader_hears_the_words_in_their_order(opened: Callable[[bytes], pypdf.PdfReader]) -> None:
    pdf = opened(made())
    text = pdf.pages[0].extract_text()
    places = [text.index(word, text.index("24")) for word in KEY.words]
    assert places == sorted(places)
    assert b"pdfuaid" in made()


def test_it_says_in_both_languages_what_to_do(pages_of: Read) -> None:
    (page,) = pages_of(made())
    for words in ("Recovery sheet", "Hoja de recuperación", "Lock it away", "Guárdela bajo llave", "Kept at"):
        assert words in page
    (page,) = pages_of(made(("es",)))
    assert "Recovery" not in page


def test_the_square_code_is_of_the_words_and_easy_to_scan() -> None:
    drawn = qr_svg(KEY.qr_text)
    assert drawn != qr_svg(RecoveryKey(bytes(32)).qr_text)
    side = re.search(r'width="(\d+)"', drawn)
    assert side is not None
    assert int(side[1]) <= 49  # squares a side; on 1.9 inches each is a millimetre, which any scanner reads


def test_the_same_key_gives_the_same_bytes() -> None:
    assert made() == made()
