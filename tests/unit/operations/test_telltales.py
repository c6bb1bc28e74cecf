"""What of a text tells who or where: warned of by its shape, or because the store knows it."""

from collections.abc import Iterator
from contextlib import closing
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.operations.telltales import telltales
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture(scope="module")
def known() -> Iterator[Store]:
    """People, organizations and events of a county."""
    with closing(memory("Ada Crowe")) as store:
        with store.writing("make_all") as draft:
            draft.new("people", {"name": "María Elena Fuentes", "town": "Robbinsville"})
            draft.new("people", {"name": "Rex O'Dell", "town": "The Dalles"})
            speaker = draft.new("people", {"name": "Will Moody"})
            towns = [{"kind": "physical", "town": "Andrews"}]
            draft.new(
                "organizations", {"name": "Nantahala Food Share", "other_names": ["Despensa"], "addresses": towns}
            )
            draft.new("organizations", {"name": "Snowbird"})
            draft.new("events", {"name": "Spring fair", "venue_name": "Almond Fire Hall", "town": "Bryson City"})
            draft.new("feedback", {"verbatim": "The bus is late", "said_by": speaker})
        yield store


def told(store: Store, text: str, feedback: str = "") -> list[tuple[str, str]]:
    return [(each.what, each.words) for each in telltales(store, text, feedback)]


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Call me at 828 555-0144 please", "phone", "828 555-0144"),
        ("Call (828) 555.0144.", "phone", "(828) 555.0144"),
        ("Write to maria.f@example.org!", "email", "maria.f@example.org"),
        ("See www.example.org/give", "website", "www.example.org/give"),
        ("It was on 3 October 2026", "day", "3 October 2026"),
        ("since March 14th, then", "day", "March 14th"),
        ("el 3 de octubre", "day", "3 de octubre"),
        ("on 10/3/2026", "day", "10/3/2026"),
        ("every Tuesday", "day", "Tuesday"),
        ("los miércoles", "day", "miércoles"),
        ("at 4:30 pm", "day", "4:30 pm"),
        ("by 12 Fontana Road", "place", "12 Fontana Road"),
        ("la calle Sur Vieja", "place", "calle Sur Vieja"),
        ("in 28713", "place", "28713"),
        ("Then Maria told me", "name", "Maria"),
        ("the nurse, MARÍA ELENA FUENTES, left", "name", "MARÍA ELENA FUENTES"),
        ("then maria fuentes told me", "name", "maria fuentes"),
        ("it is Fuentes’s house", "name", "Fuentes’s"),
        ("ask Rex O'Dell", "name", "Rex O'Dell"),
        ("I live in Robbinsville now", "place", "Robbinsville"),
        ("over in Andrews", "place", "Andrews"),
        ("near The Dalles", "place", "The Dalles"),
        ("at the almond fire hall", "place", "almond fire hall"),
        ("in Bryson City", "place", "Bryson City"),
        ("all of Swain County", "place", "Swain County"),
        ("el Condado de Swain", "place", "Condado de Swain"),
        ("the nantahala food share helps", "organization", "nantahala food share"),
        ("la Despensa ayuda", "organization", "Despensa"),
        ("ask Snowbird", "organization", "Snowbird"),
    ],
)
def test_each_is_told_with_the_words_that_tell_it(known: Store, text: str, what: str, words: str) -> None:
    assert told(known, text) == [(what, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The bus comes late, and nobody says why.",
        "I waited 3 hours and paid 120 dollars; 40 of us did.",
        "It will snow and the snowbird left. We may march, in the fall.",
        "El autobús llega tarde y nadie dice por qué.",
        "Share the food with 12 families.",
        "",
    ],
)
def test_what_tells_nobody_and_no_place_is_not_remarked_on(known: Store, text: str) -> None:
    assert told(known, text) == []


def test_who_said_it_is_told_in_small_letters_too(known: Store) -> None:
    [said] = known.list("feedback")
    assert told(known, "then will moody came") == [("name", "will moody")], "both of one name"
    assert told(known, "i am moody") == []
    assert told(known, "i am moody", said.id) == [("name", "moody")]


def test_all_are_told_once_each_in_their_order(known: Store) -> None:
    text = "Maria and maria fuentes met at Almond Fire Hall on Tuesday; Maria called 828 555 0144 from Andrews."
    assert told(known, text) == [
        ("name", "Maria"),
        ("name", "maria fuentes"),
        ("place", "Almond Fire Hall"),
        ("day", "Tuesday"),
        ("phone", "828 555 0144"),
        ("place", "Andrews"),
    ]


@given(st.text(max_size=60))
def test_words_told_stand_in_the_text_where_they_are_said_to(text: str) -> None:
    with closing(memory("Ada Crowe")) as store:
        for each in telltales(store, text):
            assert text[each.at :].lstrip().startswith(each.words)


@pytest.mark.parametrize("word", ["a", "a.", "1", "a@a.", "(1", "-"])
def test_a_word_without_end_is_looked_at_as_soon_as_others(known: Store, word: str) -> None:
    began = process_time()
    telltales(known, word * 15_000)
    assert process_time() - began < 1.5
