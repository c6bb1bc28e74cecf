"""What people say in the demo is varied, whole, in two languages, and fit to be shown."""

import re
from collections import Counter
from functools import cache

import pytest

from outreach_app.demo.captures import Feedback
from outreach_app.demo.season import plan_season
from outreach_app.demo.words import place, voices, words

SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z¿ÁÉÍÓÚÑ])")


@cache
def heard() -> tuple[Feedback, ...]:
    return plan_season().feedback


def test_no_two_say_the_same() -> None:
    said = Counter(" ".join(re.findall(r"\w+", each.words.casefold())) for each in heard())
    assert [words for words, times in said.items() if times > 1] == []


def test_no_sentence_is_heard_over_and_over() -> None:
    sentences = Counter(
        sentence for each in heard() if each.how != "flip_chart" for sentence in SENTENCE.split(each.words)
    )
    assert len(sentences) > 800
    assert sentences.most_common(1)[0][1] <= 10
    general = {
        piece for language in ("en", "es") for pieces in voices(language)["general"].values() for piece in pieces
    }
    assert max(times for sentence, times in sentences.items() if sentence not in general) <= 6


def test_a_quarter_or_so_is_spanish() -> None:
    spanish = [each for each in heard() if each.language == "es"]
    assert 0.25 <= len(spanish) / len(heard()) <= 0.31
    unmistakable = re.compile(r"[áéíóúñ¿]|\b(que|de|la|el|los|en|no|mi|por|para|del|un|con|y)\b")
    english = re.compile(r"\b(the|and|they|you|is|was|my|to|of)\b")
    for each in spanish:
        assert unmistakable.search(each.words), each.words
        assert not english.search(each.words), each.words
    for each in heard():
        if each.language == "en":
            assert not re.search(r"[¿¡]", each.words), each.words


def test_every_place_in_braces_is_filled_and_every_sentence_begins_well() -> None:
    for each in heard():
        assert not re.search(r"[{}@]", each.words), each.words
        assert not re.search(r"\s\s|\s[.,?]", each.words), each.words
        if each.how != "flip_chart":
            assert all(sentence[1 if sentence[0] in "¿¡" else 0].isupper() for sentence in SENTENCE.split(each.words))
            assert each.words[-1] in ".?", each.words


def test_many_kinds_ways_and_themes() -> None:
    kinds = Counter(each.what_kind for each in heard())
    assert min(kinds.values()) >= 15
    assert set(kinds) == {
        "experience",
        "problem",
        "suggestion",
        "question",
        "praise",
        "belief_heard",
        "observation",
        None,
    }
    assert len({each.how for each in heard()}) == 6
    themes = Counter(theme for each in heard() for theme in each.themes)
    assert len(themes) >= 24
    assert themes.most_common(2)[0][0] in ("transportation", "wait_and_distance")
    assert all((each.what_kind is None) == (each.themes == ()) for each in heard())
    assert 0.3 < sum(each.sentiment is not None for each in heard()) / len(heard()) < 0.7
    assert sum(each.agreed > 1 for each in heard()) > 100
    assert len({each.population for each in heard()}) > 8


def test_who_spoke_is_mostly_not_named() -> None:
    named = [each for each in heard() if each.said_by is not None]
    assert 0.03 < len(named) / len(heard()) < 0.25


def test_questions_ask_and_praise_is_not_negative() -> None:
    for each in heard():
        if each.what_kind == "question":
            assert "?" in each.words
        if each.what_kind == "praise":
            assert each.sentiment in (None, "positive", "neutral")


def test_texts_for_sharing_tell_of_no_place_and_nobody() -> None:
    season = plan_season()
    names = {town for county in words("places") for town, _zip in place(county)["towns"]}
    names |= {city for county in words("places") for city in place(county)["cities"]}
    assert len(season.reviews) > 80
    for review in season.reviews:
        assert season.feedback[review.feedback].may_share == "yes"
        assert review.text in season.feedback[review.feedback].words
        assert not re.search(r"\b(my|mine|mi|mis)\b", review.text, re.IGNORECASE), review.text
        assert not any(re.search(rf"\b{re.escape(name)}\b", review.text) for name in names), review.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_topic_has_its_pools_and_no_piece_twice(language: str) -> None:
    topics = voices(language)
    known = set(words("topics")["topics"])
    assert set(topics) - {"general"} <= known
    assert language == "es" or set(topics) - {"general"} == known
    for topic in set(topics) - {"general"}:
        assert {"lived", "more", "wish", "ask", "thanks", "noted", "chart"} <= set(topics[topic]), topic
    pieces = [piece for pools in topics.values() for pool in pools.values() for piece in pool]
    assert len(pieces) == len(set(pieces))


def test_every_topic_has_answers() -> None:
    assert set(words("answers")) == set(words("topics")["topics"])
    for answer in words("answers").values():
        assert len(answer["decided"]) >= 3
        assert len(answer["no"]) == 2
        assert answer["referred"]
        assert answer["unit"]
