"""How two facts agree, and the words in which a person is told why two may be the same."""

from dataclasses import dataclass
from enum import StrEnum

from outreach_app.texts import say


class Level(StrEnum):
    """How far two values of one part agree, from most to least; MISSING is neither for nor against."""

    SAME = "same"
    NICKNAME = "nickname"
    PART = "part"  # one of two surnames or given names, where the other side has only one
    SOUND = "sound"
    CLOSE = "close"
    SWAPPED = "swapped"  # first and last name the other way round
    INITIAL = "initial"
    HALF = "half"  # one of two surnames agrees, the other does not
    DIFFERENT = "different"
    MISSING = "missing"


class Part(StrEnum):
    """What is compared."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    GENERATION = "generation"
    PHONE = "phone"
    EMAIL = "email"
    STREET = "street"
    TOWN = "town"
    ZIP = "zip"
    ORGANIZATION = "organization"
    WEBSITE = "website"
    PERSON = "person"
    BIRTH_DATE = "birth_date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part on which two agree or differ."""

    part: Part
    level: Level


_SENTENCES: dict[tuple[Part, Level], str] = {
    (Part.NAME, Level.SAME): "Same name",
    (Part.NAME, Level.PART): "One name is part of the other",
    (Part.NAME, Level.CLOSE): "Names are spelled almost alike",
    (Part.NAME, Level.INITIAL): "One name is the initials of the other",
    (Part.NAME, Level.SWAPPED): "Same names the other way round",
    (Part.NAME, Level.DIFFERENT): "Names differ",
    (Part.FIRST_NAME, Level.SAME): "Same first name",
    (Part.FIRST_NAME, Level.NICKNAME): "One first name is short for the other",
    (Part.FIRST_NAME, Level.PART): "Share one of two first names",
    (Part.FIRST_NAME, Level.SOUND): "First names sound alike",
    (Part.FIRST_NAME, Level.CLOSE): "First names are spelled almost alike",
    (Part.FIRST_NAME, Level.INITIAL): "First initial agrees",
    (Part.FIRST_NAME, Level.DIFFERENT): "First names differ",
    (Part.LAST_NAME, Level.SAME): "Same last name",
    (Part.LAST_NAME, Level.PART): "Share one of two last names",
    (Part.LAST_NAME, Level.SOUND): "Last names sound alike",
    (Part.LAST_NAME, Level.CLOSE): "Last names are spelled almost alike",
    (Part.LAST_NAME, Level.INITIAL): "Last initial agrees",
    (Part.LAST_NAME, Level.HALF): "One of two last names differs",
    (Part.LAST_NAME, Level.DIFFERENT): "Last names differ",
    (Part.GENERATION, Level.DIFFERENT): "Jr. or Sr. differs",
    (Part.PHONE, Level.SAME): "Same phone",
    (Part.PHONE, Level.CLOSE): "Phones differ by one digit",
    (Part.PHONE, Level.DIFFERENT): "Phones differ",
    (Part.EMAIL, Level.SAME): "Same e-mail",
    (Part.EMAIL, Level.CLOSE): "E-mails are spelled almost alike",
    (Part.EMAIL, Level.DIFFERENT): "E-mails differ",
    (Part.STREET, Level.SAME): "Same street address",
    (Part.STREET, Level.CLOSE): "Street addresses are written almost alike",
    (Part.STREET, Level.DIFFERENT): "Street addresses differ",
    (Part.TOWN, Level.SAME): "Same town",
    (Part.TOWN, Level.CLOSE): "Towns are spelled almost alike",
    (Part.TOWN, Level.DIFFERENT): "Towns differ",
    (Part.ZIP, Level.SAME): "Same ZIP",
    (Part.ZIP, Level.CLOSE): "ZIPs are written almost alike",
    (Part.ZIP, Level.DIFFERENT): "ZIPs differ",
    (Part.ORGANIZATION, Level.SAME): "Same organization",
    (Part.ORGANIZATION, Level.CLOSE): "Organizations are spelled almost alike",
    (Part.ORGANIZATION, Level.DIFFERENT): "Organizations differ",
    (Part.WEBSITE, Level.SAME): "Same website",
    (Part.WEBSITE, Level.DIFFERENT): "Websites differ",
    (Part.PERSON, Level.SAME): "Same person at the same event",
    (Part.BIRTH_DATE, Level.SAME): "Same date of birth",
    (Part.BIRTH_DATE, Level.CLOSE): "Dates of birth are written almost alike",
    (Part.BIRTH_DATE, Level.DIFFERENT): "Dates of birth differ",
    (Part.NUMBER, Level.SAME): "Same number of a person",
    (Part.NUMBER, Level.CLOSE): "Numbers of a person differ by one digit",
    (Part.NUMBER, Level.DIFFERENT): "Numbers of a person differ",
}


def explain(reason: Reason, language: str | None = None) -> str:
    """A reason as people read it, in a language (the current one by default)."""
    return say(_SENTENCES[reason.part, reason.level], language)
