"""Codes, their labels in every language, and codes found again from what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.records import REGISTRY
from outreach_app.model.settings import LAPTOP
from outreach_app.model.vocabularies import first_themes, folded, vocabulary, vocabulary_names
from outreach_app.texts import LANGUAGES


@pytest.mark.parametrize("name", vocabulary_names())
def test_every_code_and_label_gives_its_code_back(name: str) -> None:
    terms = vocabulary(name)
    assert len(set(terms.codes)) == len(terms.terms) > 0
    for term in terms:
        assert terms.code_of(term.code) == term.code
        for language in LANGUAGES:
            assert terms.code_of(terms.label(term.code, language)) == term.code
            assert terms.code_of(f"  {terms.label(term.code, language).upper()} ") == term.code


@pytest.mark.parametrize("name", vocabulary_names())
def test_labels_of_a_list_are_told_apart_in_every_language(name: str) -> None:
    for language in LANGUAGES:
        labels = list(vocabulary(name).labels(language).values())
        assert len({folded(label) for label in labels}) == len(labels)


def test_every_vocabulary_is_of_some_use() -> None:
    used = {field.vocabulary for kind in REGISTRY.values() for field in kind.fields if field.vocabulary}
    used |= {field.vocabulary for field in LAPTOP}
    assert set(vocabulary_names()) == used | {"source", "phone_kinds", "address_kinds"}


def test_a_label_is_found_without_case_accents_or_doubled_spaces() -> None:
    assert vocabulary("languages").code_of("inglés") == "en"
    assert vocabulary("languages").code_of(" INGLES ") == "en"
    assert vocabulary("event_types").code_of("listening   session") == "listening_session"
    assert vocabulary("event_types").code_of("Sesión de escucha") == "listening_session"
    assert vocabulary("event_types").code_of("séance d'écoute") is None
    assert vocabulary("event_types").code_of("") is None


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert vocabulary("event_types").label("moon_walk", "es") == "moon_walk"


def test_the_words_are_the_products_own() -> None:
    assert vocabulary("came_as").label("community_member", "en") == "Community member"
    assert vocabulary("feedback_kinds").label("problem", "en") == "Problem"
    assert vocabulary("feedback_kinds").label("belief_heard", "en") == "Belief heard"
    assert vocabulary("response_states").label("passed_on", "en") == "Passed on"
    assert vocabulary("source").codes == ("live", "kiosk", "paper", "import")


def test_each_level_of_each_scale_promises_something() -> None:
    levels = vocabulary("engagement_levels")
    groups = [term.group for term in levels]
    assert groups == ["iap2"] * 5 + ["power"] * 6
    promises = {(term.note, term.note_in("es")) for term in levels}
    assert len(promises) == 11
    assert all(english and spanish and english != spanish for english, spanish in promises)


def test_ties_are_named_from_both_ends() -> None:
    ties = vocabulary("organization_relations")
    for term in ties:
        assert ties.by_code[term.other_end].other_end == term.code
    assert ties.by_code["co_hosts_with"].other_end == "co_hosts_with"


def test_departments_change_their_own_lists_only() -> None:
    assert vocabulary("event_types").by_department
    assert not vocabulary("consent_states").by_department
    assert not vocabulary("source").by_department


def test_themes_stand_in_two_levels_each_after_its_parent() -> None:
    seen: set[str] = set()
    themes = {theme.code: theme for theme in first_themes()}
    for theme in first_themes():
        assert theme.code not in seen
        assert not theme.parent or theme.parent in seen
        assert not theme.parent or not themes[theme.parent].parent
        assert theme.label
        assert theme.label_es
        assert theme.meaning
        seen.add(theme.code)
    assert sum(not theme.parent for theme in first_themes()) == 8
    assert themes["wait_and_distance"].label == "Wait and distance"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
