"""One text for each value, and the value of each text: for every field of every kind, in every language."""

import random
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.model import counties
from outreach_app.model.codes import draw_short_code, record_code
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.identifiers import derived_id, new_id
from outreach_app.model.records import REGISTRY
from outreach_app.model.values import parse, parse_many, plain, same, shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import LANGUAGES, speak

FIELDS = [field for kind in REGISTRY.values() for field in kind.fields]
LANGUAGE = st.sampled_from(LANGUAGES)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters='";|(),')).map(str.strip)
WORD = st.text(string.ascii_letters + string.digits + ";-_é", min_size=1)


def _days() -> st.SearchStrategy[str]:
    whole = st.dates().filter(lambda day: 1800 <= day.year < 2200).map(str)
    return st.tuples(whole, st.sampled_from([4, 7, 10])).map(lambda cut: cut[0][: cut[1]])


def _moments() -> st.SearchStrategy[str]:
    days = st.dates().filter(lambda day: 1971 <= day.year < 2200).map(str)
    times = st.times().map(lambda time: time.replace(microsecond=0).isoformat())
    offsets = st.sampled_from(["-05:00", "-04:00", "+00:00", "+05:45", "-08:00"])
    return st.tuples(days, times, offsets).map(lambda parts: f"{parts[0]}T{parts[1]}{parts[2]}")


def _phones() -> st.SearchStrategy[dict[str, Any]]:
    bare = LINE.filter(lambda text: any(sign.isdigit() for sign in text) and not text.endswith(")"))
    kinds = st.sampled_from(vocabulary("phone_kinds").codes)
    return st.fixed_dictionaries({"number": bare}, optional={"kind": kinds, "text_ok": st.booleans()})


def _addresses() -> st.SearchStrategy[dict[str, Any]]:
    parts = {part: LINE.filter(bool) for part in ("name", "street", "town", "state", "zip")}
    kinds = st.sampled_from(["physical", "postal"])
    return st.fixed_dictionaries({"kind": kinds}, optional=parts).filter(lambda address: len(address) > 1)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Values a field (or one element of it) can have."""
    match field.shape:
        case Shape.CHOICE:
            return st.sampled_from(vocabulary(field.vocabulary).codes)
        case Shape.COUNTY:
            return st.sampled_from([*counties.labels(), "51770", "06081", "72001"])
        case _:
            return BY_SHAPE[field.shape]


BY_SHAPE: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: LINE.filter(bool),
    Shape.LONG_TEXT: st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool),
    Shape.DATE: _days(),
    Shape.MOMENT: _moments(),
    Shape.NUMBER: st.integers(0, 10**15 - 1),
    Shape.YES_NO: st.booleans(),
    Shape.REFERENCE: st.text().map(derived_id),
    Shape.CODE: st.one_of(
        st.text().map(record_code), st.integers().map(lambda seed: draw_short_code(random.Random(seed)))
    ),
    Shape.PHONE: _phones(),
    Shape.EMAIL: st.tuples(WORD, WORD).map("@".join),
    Shape.WEB: st.tuples(WORD, WORD).map(".".join),
    Shape.ADDRESS: _addresses(),
}


@settings(max_examples=400)
@given(st.data(), st.sampled_from(FIELDS), LANGUAGE)
def test_what_is_shown_reads_back(data: st.DataObject, field: Field, language: str) -> None:
    value = data.draw(values_of(field))
    assert parse(field, shown(field, value, language), language) == value


@settings(max_examples=200)
@given(st.data(), st.sampled_from([field for field in FIELDS if field.many]), LANGUAGE)
def test_lists_read_back(data: st.DataObject, field: Field, language: str) -> None:
    values = data.draw(st.lists(values_of(field), max_size=4))
    elements = [{"id": f"{at:016x}", "value": value} for at, value in enumerate(values)]
    assert shown(field, elements, language) == shown(field, values, language)
    assert parse_many(field, shown(field, elements, language), language) == values


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.label}-{field.name}")
def test_nothing_is_nothing(field: Field) -> None:
    assert shown(field, [] if field.many else None) == ""
    assert parse(field, " \xa0\n") is None
    assert parse_many(field, " ;\n; ") == []


@given(st.sampled_from(FIELDS), st.text(), LANGUAGE)
def test_whatever_is_typed_is_read_or_refused_with_the_fields_name(field: Field, text: str, language: str) -> None:
    refusal, value = "", None
    try:
        value = parse(field, text, language)
    except BadInput as fault:
        refusal = str(fault)
    if refusal:
        assert refusal.startswith(f"{field.label}: ")
    else:
        assert value is None or parse(field, shown(field, value, language), language) == value


@given(
    st.sampled_from(FIELDS),
    st.one_of(st.text(), st.integers(), st.booleans(), st.dictionaries(st.text(), st.text()), st.lists(st.text())),
)
def test_showing_what_a_newer_program_wrote_never_fails(field: Field, value: object) -> None:
    assert isinstance(shown(field, value), str)


PEOPLE, EVENTS, FEEDBACK = (REGISTRY[kind].by_name for kind in ("people", "events", "feedback"))


def test_values_are_shown_in_the_readers_language() -> None:
    for language, texts in {
        "en": ("Swain County, NC", "Yes", "Listening session", "21 November 2026", "Spanish; Other", "1,234"),
        "es": ("Condado de Swain, NC", "Sí", "Sesión de escucha", "21 de noviembre de 2026", "Español; Otro", "1,234"),
    }.items():
        assert texts == (
            shown(EVENTS["county"], "37173", language),
            shown(EVENTS["rural"], True, language),
            shown(EVENTS["event_type"], "listening_session", language),
            shown(FEEDBACK["heard_on"], "2026-11-21", language),
            shown(EVENTS["languages"], ["es", "other"], language),
            shown(EVENTS["others_here"], 1234, language),
        )


def test_a_phone_is_shown_as_it_was_typed_and_alike_on_screen() -> None:
    phone = {"number": "828 555 0184", "kind": "mobile", "text_ok": False}
    assert shown(PEOPLE["phones"], phone, "en") == "828 555 0184 (mobile, no text)"
    assert shown(PEOPLE["phones"], [phone], "en", on_screen=True) == "(828) 555-0184 (mobile, no text)"
    assert shown(PEOPLE["phones"], phone, "es") == "828 555 0184 (celular, sin mensajes)"
    assert parse(PEOPLE["phones"], "828 555 0184 (ask for Ada)", "en") == {"number": "828 555 0184 (ask for Ada)"}


def test_references_are_shown_by_title_and_found_by_name() -> None:
    event = new_id()
    field = FEEDBACK["event"]
    assert shown(field, event, "en", lambda each: {event: "Almond Fire Hall"}[each]) == "Almond Fire Hall"
    assert shown(field, event, "en", lambda _each: None) == event
    asked: list[tuple[str, str]] = []

    def find(kind: str, text: str) -> str | None:
        asked.append((kind, text))
        return event if text == "Almond Fire Hall" else None

    assert parse(field, "Almond Fire Hall", "en", find) == event
    assert asked == [("events", "Almond Fire Hall")]
    assert parse(field, event, "en", find) == event
    for finder in (find, None):
        with pytest.raises(BadInput, match=r"^Event: .*“Nowhere Hall”"):
            parse(field, "Nowhere Hall", "en", finder)


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("Sí", True), ("1", True), ("X", True), ("n", False), ("NO", False)]
)
def test_yes_and_no_are_heard_in_every_language(text: str, value: bool) -> None:
    assert parse(EVENTS["rural"], text) is value


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("1,234", 1234), ("3.0", 3), (" 7 ", 7)])
def test_whole_numbers(text: str, value: int) -> None:
    assert parse(EVENTS["others_here"], text) == value


@pytest.mark.parametrize(
    ("field", "text", "help_given"),
    [
        (EVENTS["others_here"], "-3", "whole number"),
        (EVENTS["others_here"], "3.5", "whole number"),
        (EVENTS["others_here"], "12,34", "whole number"),
        (EVENTS["rural"], "maybe", "yes, no, or nothing"),
        (EVENTS["event_type"], "fokus group", "Focus group"),
        (PEOPLE["preferred_language"], "Spanisch", "Spanish"),
        (PEOPLE["preferred_language"], "zzzzzz", "is not in its list of 41, such as English, Spanish"),
        (EVENTS["starts"], "soon", "2026-11-21 10:30"),
        (FEEDBACK["heard_on"], "soon", "2026-11-21"),
        (PEOPLE["emails"], "ada at example.org", "@"),
        (PEOPLE["emails"], "ada@", "@"),
        (PEOPLE["phones"], "none yet", "no digits"),
        (EVENTS["short_code"], "K7Q4M2Z", "compare"),
        (REGISTRY["organizations"].by_name["website"], "none", "example.org"),
    ],
)
def test_a_refusal_names_the_field_and_what_would_help(field: Field, text: str, help_given: str) -> None:
    with pytest.raises(BadInput) as fault:
        parse(field, text, "en")
    assert str(fault.value).startswith(f"{field.label}: ")
    assert help_given in str(fault.value)


def test_a_refusal_speaks_the_persons_language() -> None:
    speak("es")
    with pytest.raises(BadInput, match=r"^Rural: «quizás» no es ni sí ni no"):
        parse(EVENTS["rural"], "quizás")


def test_lists_are_parted_at_semicolons_and_lines() -> None:
    staff = EVENTS["staff"]
    assert parse_many(staff, "Ada Crowe; Ben Arch\nRosa Delgado;") == ["Ada Crowe", "Ben Arch", "Rosa Delgado"]
    assert shown(staff, ["Crowe; Ada", "Ben"]) == '"Crowe; Ada"; Ben'


def test_a_number_written_otherwise_is_the_same_number() -> None:
    phones = PEOPLE["phones"]
    one = {"number": "828 555 0184", "kind": "mobile"}
    assert same(phones, one, {"number": "(828) 555-0184", "kind": "mobile"})
    assert not same(phones, one, {"number": "(828) 555-0184", "kind": "home"})
    assert not same(phones, one, {"number": "828 555 0185", "kind": "mobile"})
    assert same(PEOPLE["emails"], "a@b.org", "a@b.org")
    assert not same(PEOPLE["emails"], "a@b.org", "A@b.org")


def test_an_element_is_told_from_a_value_that_is_a_mapping() -> None:
    assert plain({"id": "00aa", "value": {"number": "5"}}) == {"number": "5"}
    assert plain({"number": "5"}) == {"number": "5"}
