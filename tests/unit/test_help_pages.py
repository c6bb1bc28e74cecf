"""The pages of the help: in every language, and true of the buttons they name."""

import re
from functools import cache

import pytest

from outreach_app.assets import asset
from outreach_app.help_pages import help_folder, help_found, help_page, help_pages, help_title
from outreach_app.texts import LANGUAGES, say
from tests.translations import gathered

PAGES = [(name, language) for name in help_pages() for language in LANGUAGES]


the_texts = cache(gathered)


def named(page: str) -> list[str]:
    """What stands in bold: the names of buttons, cards and places, in the order of the page."""
    return [" ".join(bold.split()) for bold in re.findall(r"\*\*(.+?)\*\*", page, re.DOTALL)]


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_every_page_has_a_title_and_is_in_every_language(name: str, language: str) -> None:
    assert help_title(name, language)
    assert help_page(name, language).startswith("# ")
    assert language == "en" or help_page(name, language) != help_page(name, "en")


@pytest.mark.parametrize("name", help_pages())
def test_the_buttons_it_names_are_there_and_are_called_so_in_every_language(name: str) -> None:
    texts = the_texts()
    english = named(help_page(name, "en"))
    assert len(english) > 5
    assert [each for each in english if each not in texts.said] == []
    for language in LANGUAGES:
        assert named(help_page(name, language)) == [say(each, language) for each in english]


@pytest.mark.parametrize("name", help_pages())
def test_a_page_says_the_same_in_every_language_point_by_point(name: str) -> None:
    shapes = {
        language: [line[:2] for line in help_page(name, language).splitlines() if re.match(r"#|- |\d\.", line)]
        for language in LANGUAGES
    }
    assert all(shape == shapes["en"] for shape in shapes.values())


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_its_pictures_are_there_are_told_in_words_and_are_small(name: str, language: str) -> None:
    for told, file in re.findall(r"!\[(.*?)\]\((.+?)\)", help_page(name, language)):
        assert len(told.split()) > 1
        assert 1_000 < (help_folder(language) / file).stat().st_size < 60_000
    kept = help_folder(language).rglob("*.png")
    assert sum(file.stat().st_size for file in kept) < 500_000


def test_there_is_no_other_page() -> None:
    with pytest.raises(KeyError):
        help_page("../styles/tokens", "en")


def test_a_page_is_found_by_the_beginnings_of_its_words_in_each_language() -> None:
    assert help_pages()[0] == "capture"
    assert help_found("", "en") == help_pages()
    assert help_found("forgot passph", "en")[0] == "recovery-sheet"
    assert help_found("frase olvid", "es")[0] == "recovery-sheet"
    assert help_found("invitacion", "es")[0] == "joining", "without its accent"
    assert help_found("stolen", "en")[0] == "stolen-laptop", "what the title says comes first"
    assert help_found("batter", "en") == ["capture"]
    assert help_found("xylophone", "en") == []


@pytest.mark.parametrize(
    ("language", "asked", "first"),
    [
        ("en", "forgot password", "recovery-sheet"),
        ("en", "I forgot my password!", "recovery-sheet"),
        ("en", "locked out", "recovery-sheet"),
        ("en", "theft", "stolen-laptop"),
        ("en", "left in the car", "stolen-laptop"),
        ("en", "lost laptop", "stolen-laptop"),
        ("en", "flash drive", "sync"),
        ("en", "nothing came", "sync"),
        ("en", "restore", "backups"),
        ("en", "corrupt", "backups"),
        ("en", "deleted by mistake", "deciding"),
        ("en", "duplicates", "deciding"),
        ("en", "invite", "joining"),
        ("es", "olvidé la contraseña", "recovery-sheet"),
        ("es", "ladrón", "stolen-laptop"),
        ("es", "perdí la computadora", "stolen-laptop"),
        ("es", "pendrive", "sync"),
        ("es", "no llegó", "sync"),
        ("es", "dañada", "backups"),
        ("es", "borré", "deciding"),
        ("es", "duplicado", "deciding"),
        ("es", "computadora nueva", "joining"),
    ],
)
def test_what_somebody_asks_in_a_fright_is_found_in_their_own_words(language: str, asked: str, first: str) -> None:
    assert help_found(asked, language)[0] == first


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_words_that_a_page_is_looked_for_by_are_not_shown(name: str, language: str) -> None:
    assert "<!--" not in help_page(name, language)
    assert asset("help", language, f"{name}.md").read_text("utf-8").rstrip().endswith("-->")
