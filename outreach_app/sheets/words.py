"""The words of vocabularies and counties, as cells show them and as people type them back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from outreach_app.sheets.cells import canonical
from outreach_app.texts import LANGUAGES

Labels = Mapping[str, str]
"""Labels by code, in the order they are offered, with the retired ones at the end."""


class Named(NamedTuple):
    """What a cell says of another record: its title, and the code by which the cell is read back."""

    title: str
    code: str


NameOf = Callable[[str, str], Named | None]
"""(kind, id) -> what the record is called; None where it is not there (it may arrive later)."""

Resolve = Callable[[str, str], str | None]
"""(kind, code or title) -> the id of the one record it names; None where it names none, or several."""


def folded(text: str) -> str:
    """A text as it is compared with what people type: no case, no stray spaces."""
    return " ".join(canonical(text).casefold().split())


@dataclass(frozen=True)
class Words:
    """``choices`` gives a vocabulary's labels in a language; ``counties`` a county's name ("Swain, NC") by FIPS code."""

    choices: Callable[[str, str], Labels]
    counties: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    _codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """The label of a code; the code itself where the vocabulary does not have it."""
        return self.choices(vocabulary, language).get(code, code)

    def code(self, vocabulary: str, typed: str, language: str) -> str | None:
        """The code that somebody typed, as a code or as its label: in ``language`` first, then in any other of ours."""
        wanted = folded(typed)
        for each in (language, *self.languages):
            found = self._by_label(vocabulary, each).get(wanted)
            if found is not None:
                return found
        return None

    def county(self, typed: str) -> str | None:
        """The FIPS code of a county by its name ("Swain, NC"); None where it names none."""
        return self._by_county().get(folded(typed))

    def _by_label(self, vocabulary: str, language: str) -> dict[str, str]:
        if (vocabulary, language) not in self._codes:
            labels = self.choices(vocabulary, language)
            self._codes[vocabulary, language] = _told_apart((label, code) for code, label in labels.items()) | {
                folded(code): code for code in labels
            }
        return self._codes[vocabulary, language]

    def _by_county(self) -> dict[str, str]:
        if ("", "") not in self._codes:
            self._codes["", ""] = _told_apart((name, fips) for fips, name in self.counties.items())
        return self._codes["", ""]


def _told_apart(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes by folded label, without the labels that two codes share."""
    found: dict[str, str] = {}
    shared = set()
    for label, code in pairs:
        if found.setdefault(folded(label), code) != code:
            shared.add(folded(label))
    return {label: code for label, code in found.items() if label not in shared}
