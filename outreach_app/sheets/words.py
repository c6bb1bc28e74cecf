"""The words of vocabularies as cells show them and as people type them back, and what other records are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from outreach_app.model.vocabularies import folded, vocabulary, vocabulary_names
from outreach_app.sheets.cells import canonical
from outreach_app.texts import LANGUAGES

Labels = Mapping[str, str]
"""Labels by code, in the order they are offered."""


class Named(NamedTuple):
    """What a cell says of another record: its title, and the code by which the cell is read back."""

    title: str
    code: str


NameOf = Callable[[str, str], Named | None]
"""(kind, id) -> what the record is called; None where it is not there (it may arrive later)."""

Resolve = Callable[[str, str], str | None]
"""(kind, code or title) -> the id of the one record it names; None where it names none, or several."""


def program_choices(name: str, language: str) -> Labels:
    """The program's own vocabularies; one it does not have is empty."""
    if name not in vocabulary_names():
        return {}
    return {term.code: term.label_in(language) for term in vocabulary(name)}


@dataclass(frozen=True)
class Words:
    """The vocabularies in every language. ``choices`` gives the labels of one in one language."""

    choices: Callable[[str, str], Labels] = program_choices
    languages: tuple[str, ...] = LANGUAGES
    _labels: dict[tuple[str, str], Labels] = field(default_factory=dict, repr=False, compare=False)
    _codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def labels(self, name: str, language: str) -> Labels:
        """The labels of a vocabulary in a language."""
        known = self._labels.get((name, language))
        if known is None:
            known = self._labels[name, language] = self.choices(name, language)
        return known

    def label(self, name: str, code: str, language: str) -> str:
        """The label of a code; the code itself where the vocabulary does not have it."""
        return self.labels(name, language).get(code, code)

    def code(self, name: str, typed: str, language: str) -> str | None:
        """The code that somebody typed, as a code or as its label: in ``language`` first, then in any other of ours."""
        wanted = _heard(typed)
        for each in (language, *self.languages):
            found = self._by_label(name, each).get(wanted)
            if found is not None:
                return found
        return None

    def _by_label(self, name: str, language: str) -> dict[str, str]:
        known = self._codes.get((name, language))
        if known is None:
            labels = self.labels(name, language)
            known = self._codes[name, language] = _told_apart(labels) | {_heard(code): code for code in labels}
        return known


def _told_apart(labels: Labels) -> dict[str, str]:
    """Codes by folded label, without the labels that two codes share."""
    found: dict[str, str] = {}
    shared = set()
    for code, label in labels.items():
        if found.setdefault(_heard(label), code) != code:
            shared.add(_heard(label))
    return {label: code for label, code in found.items() if label not in shared}


def _heard(text: str) -> str:
    """A text as it is compared: without case, accents, doubled spaces, or any but straight quotation marks."""
    return folded(canonical(text))
