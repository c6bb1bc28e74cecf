"""One word for one thing, in each language: the words that were turned down come back nowhere."""

import re

import pytest

from outreach_app.help_pages import help_page, help_pages
from outreach_app.texts import LANGUAGES
from tests import translations

TURNED_DOWN = {
    "en": {
        r"\b(which|whose) (laptop|version|copy) (wins|to keep|is right)|\b(keep|use) (mine|theirs)\b": "both values",
        r"\brevok": "give up",
        r"\bthumb ?drive|\bUSB key": "stick",
        r"\bresident": "community member",
    },
    "es": {
        r"\bclaves?\b": "llave",
        r"coordinador(es)?\b|persona coordinadora|quien coordina": "la coordinación",
        r"\badmit": "dejar entrar",
        r"\bdar(le|les)? acceso": "dejar entrar",
        r"\bportátil|\blaptop|\bordenador": "computadora",
        r"\brevoc|\banula": "dar por perdida",
        r"copias? de seguridad": "copia de respaldo",
        r"frase (de paso|secreta)": "frase de acceso",
        r"[“”]": "«»",
    },
}
ALSO = {  # where an English word stands, one of these Spanish ones does
    r"\bsticks?\b": "memorias? USB",
    r"\bstores?\b(?! \{)": "almacén|almacenes",
    r"\bbackup": r"\bcopias?\b",
    r"\bset aside\b": "apart",
    r"\bheld back\b": "reten",
    r"\brecovery sheet\b": "hoja de recuperación",
    r"\bkeyring\b": "llavero",
}


def forms(said: object) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (str(said),)


def spoken(language: str) -> list[tuple[str, str]]:
    """All that is said in a language, each with its English."""
    if language == "en":
        return [(each, each) for key in translations.gathered().said for each in forms(key)]
    entries, _faults = translations.read(language)
    return [
        pair
        for key, (message, _place) in entries.items()
        for pair in zip(forms(key), forms(message.string), strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_that_was_turned_down_is_said_or_stands_in_the_help(language: str) -> None:
    pages = [("", line) for name in help_pages() for line in help_page(name, language).splitlines()]
    told = [*spoken(language), *pages]
    assert len(told) > 1_000
    for pattern, better in TURNED_DOWN[language].items():
        found = [said for _english, said in told if re.search(pattern, re.sub("`.*?`", "", said), re.IGNORECASE)]
        assert found == [], f"say {better}"


@pytest.mark.parametrize("english", ALSO)
def test_what_has_one_name_in_english_has_one_in_spanish(english: str) -> None:
    about = [
        (said, spanish) for said, spanish in spoken("es") if re.search(english, re.sub(r"\{\w+\}", "", said), re.I)
    ]
    assert about
    assert [each for each in about if not re.search(ALSO[english], each[1], re.I)] == []
