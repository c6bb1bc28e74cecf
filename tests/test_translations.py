"""Every text of the program is translated, whole, into every language, and the catalogues are compiled from that."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest

from tests import translations
from tests.translations import Texts


@pytest.fixture(scope="module")
def texts() -> Texts:
    return translations.gathered()


def test_texts_are_written_so_that_they_can_be_translated(texts: Texts) -> None:
    assert len(texts.said) > 300
    assert texts.faults == []


@pytest.mark.parametrize("language", translations.languages())
def test_every_text_has_its_translation_and_every_translation_its_text(language: str, texts: Texts) -> None:
    assert translations.faults_of(language, texts) == []


@pytest.mark.parametrize("language", translations.languages())
def test_the_compiled_catalogue_is_current(language: str) -> None:
    current = translations.catalogue_path(language).read_bytes() == translations.compiled(language)
    assert current, "run: python -m tests.translations --write"  # comparing the bytes in words would take minutes


def gathered_from(folder: Path, source: str) -> Texts:
    path = folder / "sample.py"
    path.write_text(source, encoding="utf-8")
    texts = Texts()
    translations._gather_code(path, texts)
    return texts


def test_texts_are_found_where_they_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    texts = gathered_from(
        tmp_path,
        'LABELS = {"a": "From a mapping"}\n'
        '_("Plain " "and joined", time=1)\n'
        'count("{n} event", "{n} events", 3)\n'
        "say(LABELS[code])\n"
        '@action("new", "New event", help="Begin one")\n'
        "def new(): ...\n"
        '_("—")\n',
    )
    assert set(texts.said) == {
        "Plain and joined",
        ("{n} event", "{n} events"),
        "From a mapping",
        "New event",
        "Begin one",
    }
    assert texts.faults == []


@pytest.mark.parametrize("source", ['_(f"Hello {name}")', "_(words)", "say(f'{a} b')", "count(one, many, 2)"])
def test_texts_put_together_at_run_time_are_a_fault(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert len(gathered_from(tmp_path, source).faults) == 1


HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path)
    folder = tmp_path / "es"
    folder.mkdir()
    return folder / "area.po"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Sign in"\nmsgstr "Anotarme"\n', None),
        ('msgid "Saved {time}"\nmsgstr "Se guardó a las {time}"\n', None),
        ('msgid "Saved {time}"\nmsgstr "Se guardó a las {hora}"\n', "places"),
        ('msgid "Saved {time}"\nmsgstr "Se guardó {"\n', "braces"),
        ('msgid "Sign in"\nmsgstr ""\n', "not translated yet"),
        ('#, fuzzy\nmsgid "Sign in"\nmsgstr "Anotarme"\n', "not translated yet"),
        (
            'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "un evento"\nmsgstr[1] "{n} eventos"\n',
            None,
        ),
        (
            'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "{n} evento"\nmsgstr[1] ""\n',
            "not translated yet",
        ),
    ],
)
def test_wrong_entries_are_found(catalogue: Path, entry: str, fault: str | None) -> None:
    catalogue.write_text(HEADER + entry, encoding="utf-8")
    faults = translations.read("es")[1]
    assert (faults == []) if fault is None else (len(faults) == 1 and fault in faults[0])


def test_missing_contradicting_and_leftover_entries_are_found(catalogue: Path) -> None:
    catalogue.write_text(HEADER + 'msgid "Old"\nmsgstr "Viejo"\n\nmsgid "New"\nmsgstr "Nuevo"\n', encoding="utf-8")
    catalogue.with_name("other.po").write_text(HEADER + 'msgid "New"\nmsgstr "Nueva"\n', encoding="utf-8")
    texts = Texts(said={"New": "here", "Newest": "here"})
    found = translations.faults_of("es", texts)
    assert [fault.partition(": ")[2] for fault in found] == [
        "translated otherwise in es/area.po: 'New'",
        "no es for 'Newest'",
        "nobody says 'Old'",
    ]


def test_a_compiled_catalogue_speaks_and_says_nothing_of_when_or_where(catalogue: Path) -> None:
    catalogue.write_text(
        HEADER
        + 'msgid "Sign in"\nmsgstr "Anotarme"\n\n'
        + 'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "{n} evento"\nmsgstr[1] "{n} eventos"\n',
        encoding="utf-8",
    )
    made = translations.compiled("es")
    assert made == translations.compiled("es")
    assert b"Date" not in made
    assert b"Generated" not in made
    spoken = gettext.GNUTranslations(BytesIO(made))
    assert spoken.gettext("Sign in") == "Anotarme"
    assert [spoken.ngettext("{n} event", "{n} events", n) for n in (1, 2)] == ["{n} evento", "{n} eventos"]
