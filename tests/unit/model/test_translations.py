"""Every label, help, section and choice stands in Spanish, with the same places to fill."""

from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from outreach_app.assets import asset
from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import first_themes, vocabulary, vocabulary_names
from outreach_app.texts import say


def declared() -> Iterator[str]:
    """What the model shows."""
    for kind in REGISTRY.values():
        yield from (kind.about.label, kind.about.one, kind.about.menu)
        for field in kind.fields:
            yield from (field.label, field.help, field.section)
    for name in vocabulary_names():
        for term in vocabulary(name):
            yield from (term.label, term.note)
    for theme in first_themes():
        yield from (theme.label, theme.meaning)


@pytest.fixture(scope="module")
def spanish() -> dict[str, str]:
    """The translations as they were written."""
    with asset("translations", "es", "model.po").open("rb") as file:
        catalogue = read_po(file, locale="es", abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if isinstance(message.id, str) and message.id}


def test_everything_declared_is_translated(spanish: dict[str, str]) -> None:
    texts = {text for text in declared() if text}
    assert len(texts) > 600
    assert sorted(text for text in texts if not spanish.get(text)) == []


def test_the_program_says_what_was_translated(spanish: dict[str, str]) -> None:
    assert [text for text in declared() if text and say(text, "es") != spanish[text]] == []


def test_a_translation_ends_as_its_text_does(spanish: dict[str, str]) -> None:
    for english, translated in spanish.items():
        assert english.endswith(".") == translated.endswith("."), english
        assert translated == translated.strip()


def test_the_themes_own_spanish_is_the_translation(spanish: dict[str, str]) -> None:
    assert [theme.code for theme in first_themes() if spanish[theme.label] != theme.label_es] == []
