"""The lists that fields choose from: codes are stored, labels are shown in every language.

The lists are data (``resources/vocabularies``), read when one is first asked for.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from outreach_app.assets import asset
from outreach_app.texts import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its English label. ``label_in`` and ``note_in`` give it in a language."""

    code: str
    label: str
    group: str = ""  # a part of the list, such as the scale of an engagement level
    note: str = ""  # for an engagement level, what is promised to the public
    other_end: str = ""  # for a tie, the code of the same tie told from the other end

    def label_in(self, language: str | None = None) -> str:
        """The label in a language (the current one by default)."""
        return say(self.label, language)

    def note_in(self, language: str | None = None) -> str:
        """The note in a language."""
        return say(self.note, language)


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms, in the order they are offered."""

    name: str
    terms: tuple[Term, ...]
    by_department: bool = False  # a department may change it
    others: tuple[Term, ...] = ()  # known, and offered no longer

    @cached_property
    def by_code(self) -> Mapping[str, Term]:
        """The terms by code, with those that are only known."""
        return {term.code: term for term in (*self.terms, *self.others)}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(term.code for term in self.terms)

    def label(self, code: str, language: str | None = None) -> str:
        """What is shown for a code; the code itself where this program does not know it."""
        term = self.by_code.get(code)
        return term.label_in(language) if term else code

    def labels(self, language: str | None = None) -> dict[str, str]:
        """What is shown, by code, in the order they are offered."""
        return {term.code: term.label_in(language) for term in self.terms}

    def code_of(self, text: str) -> str | None:
        """The code somebody wrote as code or as label in any language; None where it is neither."""
        return self._heard.get(folded(text))

    @cached_property
    def _heard(self) -> Mapping[str, str]:
        heard: dict[str, str] = {folded(term.code): term.code for term in self.terms}
        for term in self.terms:
            heard.setdefault(folded(term.code.replace("_", " ")), term.code)
            for language in LANGUAGES:
                heard.setdefault(folded(term.label_in(language)), term.code)
        return heard

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)


@dataclass(frozen=True, slots=True)
class FirstTheme:
    """A theme every new department starts with. ``parent`` is a code, empty at the top.

    Its Spanish stands beside its English, because both are written into every new store and must stay the same there.
    """

    code: str
    parent: str
    label: str
    label_es: str
    meaning: str


def folded(text: str) -> str:
    """Text as it is compared: without case, accents or doubled spaces."""
    if text.isascii():  # nothing to take apart: most of what is compared
        return " ".join(text.casefold().split())
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


@cache
def _all() -> Mapping[str, Vocabulary]:
    terms: dict[str, list[Term]] = {}
    by_department: set[str] = set()
    with asset("vocabularies", "vocabularies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            term = Term(row["code"], row["label"], row["group"], row["note"], row["other_end"])
            terms.setdefault(row["vocabulary"], []).append(term)
            if row["department"] == "yes":
                by_department.add(row["vocabulary"])
    terms["spoken"] = [term for term in terms["languages"] if term.code in LANGUAGES]
    return {name: Vocabulary(name, tuple(listed), name in by_department) for name, listed in terms.items()}


def vocabulary(name: str) -> Vocabulary:
    """A vocabulary by its name, or ``name:group`` for one that offers a group of it; KeyError where there is none."""
    whole, _colon, group = name.partition(":")
    return _part(whole, group) if group else _all()[whole]


@cache
def _part(name: str, group: str) -> Vocabulary:
    whole = _all()[name]
    offered = tuple(term for term in whole.terms if term.group == group)
    return replace(whole, terms=offered, others=tuple(term for term in whole.terms if term not in offered))


def vocabulary_names() -> tuple[str, ...]:
    """The names of all vocabularies."""
    return tuple(_all())


@cache
def first_themes() -> tuple[FirstTheme, ...]:
    """The themes every new department starts with, each after its parent."""
    with asset("vocabularies", "themes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(FirstTheme(**row) for row in csv.DictReader(file))
