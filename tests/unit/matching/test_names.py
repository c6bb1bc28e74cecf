"""People's names as they are written, read and compared."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.matching.agreements import Level
from outreach_app.matching.names import (
    compatible_first_names,
    family_name_agreement,
    first_name_agreement,
    fold,
    read_name,
    tokens,
)

_NAMES = st.lists(st.text(string.ascii_letters + "áéíóúñü'-.", min_size=1, max_size=9), max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  José   Ángel ", "jose angel"),
        ("O’Brien", "obrien"),
        ("García-López", "garcia lopez"),
        ("Mª Carmen", "maria carmen"),
        ("M.ª Carmen", "maria carmen"),
        ("Ma. Elena", "maria elena"),
        ("Jose\u0301", "jose"),
        ("Đặng", "dang"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert set(fold(text)) <= set(string.ascii_lowercase + string.digits + " ")


@pytest.mark.parametrize(
    ("written", "given_names", "family"),
    [
        ("Ada Crowe", ("ada",), ("crowe",)),
        ("Moncef", ("moncef",), ()),
        ("CROWE, Ada", ("ada",), ("crowe",)),
        ("María Elena García", ("maria", "elena"), ("garcia",)),
        ("María García López", ("maria",), ("garcia", "lopez")),
        ("Ma. Elena García de la Cruz", ("maria", "elena"), ("garcia", "cruz")),
        ("María de la Luz García", ("maria", "luz"), ("garcia",)),
        ("María de los Ángeles Ruiz Soto", ("maria", "angeles"), ("ruiz", "soto")),
        ("María del Carmen López", ("maria", "carmen"), ("lopez",)),
        ("Juan de Dios Pérez", ("juan", "dios"), ("perez",)),
        ("María de la Cruz", ("maria",), ("cruz",)),
        ("José Luis Mtz.", ("jose", "luis"), ("martinez",)),
        ("Fco. Javier Rdz", ("francisco", "javier"), ("rodriguez",)),
        ("J. R. Smith", ("j", "r"), ("smith",)),
        ("John Q. Public", ("john", "q"), ("public",)),
        ("Dr. Kim Do", ("kim",), ("do",)),
        ("Sr. Juan López", ("juan",), ("lopez",)),
        ("Howard Lader, LCSW", ("howard",), ("lader",)),
        ("Ana García-López", ("ana",), ("garcia", "lopez")),
        ("Robert Van Der Berg", ("robert",), ("berg",)),
        ("", (), ()),
    ],
)
def test_where_first_names_end(written: str, given_names: tuple[str, ...], family: tuple[str, ...]) -> None:
    read = read_name(written)
    assert (read.given, read.family) == (given_names, family)


def test_what_stands_beside_a_name() -> None:
    assert read_name("Thaddeus Oxendine III").generation == "iii"
    assert read_name("Smith, John, Jr.").generation == "jr"
    assert read_name("Robert (Bob) Smith").called == ("bob",)
    assert read_name("Elizabeth Smith", preferred="Liz").called == ("liz",)
    assert read_name("Maria Garcia Lopez", given="Maria Garcia", family="Lopez").family == ("lopez",)
    assert read_name("Mary Elena Lopez Cruz", family="Cruz").given == ("mary", "elena", "lopez")


@given(_NAMES)
def test_no_word_of_a_plain_name_is_lost(written: str) -> None:
    read = read_name(written)
    kept = set("".join(read.given) + read.whole_family)
    assert kept <= set("".join(tokens(written)) + "maria" + "".join(read.words))
    if "." not in written and 0 < len(tokens(written)) <= 2 and "'" not in written:
        assert read.given


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Ada", "ADA", Level.SAME),
        ("Bob", "Robert", Level.NICKNAME),
        ("Peggy", "Margaret", Level.NICKNAME),
        ("Pepe", "José", Level.NICKNAME),
        ("Paco", "Francisco", Level.NICKNAME),
        ("Lupe", "Guadalupe", Level.NICKNAME),
        ("Chuy", "Jesús", Level.NICKNAME),
        ("Stephen", "Steven", Level.NICKNAME),
        ("Mª Elena", "Maria Elena", Level.SAME),
        ("María Elena", "Elena", Level.PART),
        ("Mary Ann", "Maryann", Level.SAME),
        ("Ysabel", "Isabel", Level.SOUND),
        ("Guadaulpe", "Guadalupe", Level.CLOSE),
        ("J.", "John", Level.INITIAL),
        ("R.", "Bob", Level.INITIAL),
        ("María Elena", "María Luisa", Level.DIFFERENT),
        ("Mario", "María", Level.DIFFERENT),
        ("Juan", "Juana", Level.DIFFERENT),
        ("Daniel", "Daniela", Level.DIFFERENT),
        ("Dan", "Don", Level.DIFFERENT),
        ("Erin", "Eric", Level.DIFFERENT),
        ("Aaron", "Erin", Level.DIFFERENT),
        ("Ada", "", Level.MISSING),
    ],
)
def test_first_names(one: str, other: str, level: Level) -> None:
    a, b = (read_name("", given=name, family="Crowe") for name in (one, other))
    assert first_name_agreement(a, b) == first_name_agreement(b, a) == level
    assert compatible_first_names(one, other) == (level not in (Level.DIFFERENT, Level.MISSING))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Ana García", "Ana Garcia", Level.SAME),
        ("Ana de la Cruz", "Ana Delacruz", Level.SAME),
        ("Ana García López", "Ana López García", Level.SAME),
        ("Ana García López", "Ana García", Level.PART),
        ("Ana García López", "Ana García Pérez", Level.HALF),
        ("Ana Vásquez", "Ana Basquez", Level.SOUND),
        ("Ana Oxendine", "Ana Oxendime", Level.CLOSE),
        ("John McDonald", "John Mc Donald", Level.SAME),
        ("Ada C.", "Ada Crowe", Level.INITIAL),
        ("Ada Crowe", "Ada Crane", Level.DIFFERENT),
        ("Ada Lee", "Ada Le", Level.DIFFERENT),
        ("Ada", "Ada Crowe", Level.MISSING),
    ],
)
def test_last_names(one: str, other: str, level: Level) -> None:
    a, b = read_name(one), read_name(other)
    assert family_name_agreement(a, b) == family_name_agreement(b, a) == level


@given(_NAMES, _NAMES)
def test_agreement_has_no_direction(one: str, other: str) -> None:
    a, b = (read_name("", given=name, family="Crowe") for name in (one, other))
    assert first_name_agreement(a, b) == first_name_agreement(b, a)
    assert family_name_agreement(a, b) == family_name_agreement(b, a)


@given(_NAMES)
def test_a_name_agrees_with_itself(written: str) -> None:
    read = read_name(written)
    assert first_name_agreement(read, read) in (Level.SAME, Level.INITIAL, Level.MISSING, Level.NICKNAME)
    assert family_name_agreement(read, read) in (Level.SAME, Level.MISSING)
