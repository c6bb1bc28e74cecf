"""What the columns of a stranger's table hold, guessed from their headings: ours, other programs', those many use."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Registry
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.columns import RECORD, ROW, VERSION, known_headings
from outreach_app.sheets.layouts import COMMON, IDENTIFIER, LAYOUTS, NAMES, RECORD_CODE, FileLayout, holds
from outreach_app.sheets.tables import RawTable
from outreach_app.sheets.words import Words
from outreach_app.texts import _, say

KINDS = ("people", "organizations", "events")
"""The kinds that tables from elsewhere are taken in as."""

LEFT_OUT = ""
"""What a column holds that is not to be taken in."""

_SEARCHED = 15  # rows in which headings are looked for
_RECOGNIZED, _SHARE = 3, 0.6  # headings of a program that tell its file, and their share of all
_IN_ADDRESSES = ("name", "street", "town", "state", "zip")
_BESIDE = {"organization": "affiliations", "job_title": "affiliations"}


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns hold. ``holds``: by heading, as written; ``program``: whose layout it is, "" for none."""

    kind: str
    holds: Mapping[str, str]
    program: str = ""

    @property
    def has_name(self) -> bool:
        """Whether a row says what its record is called: without that nothing can be taken in."""
        names = NAMES if self.kind == "people" else NAMES[:1]
        return any(what in names for what in self.holds.values())


@dataclass(frozen=True, slots=True)
class StrangeTable:
    """A table whose headings were found. ``first``: the place of its first row below them."""

    raw: RawTable
    headings: tuple[str, ...]
    first: int

    @property
    def fingerprint(self) -> str:
        """The same for every file with these headings, in whatever order."""
        told = "\x1f".join(sorted(folded(heading) for heading in self.headings if heading))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of its rows."""
        return self.raw.numbers[self.first :]

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """Its rows."""
        return self.raw.rows[self.first :]


class Guesses:
    """Guesses for the tables of one go."""

    def __init__(self, registry: Registry, words: Words, kinds: Sequence[str] = KINDS) -> None:
        self._registry = registry
        self._words = words
        self._kinds = kinds

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        """By kind, what a column holds by its folded heading."""
        return {kind: self._known_of(kind) for kind in self._kinds if kind in self._registry}

    def _known_of(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for layout in (*COMMON, *LAYOUTS):
            if layout.kind == kind:
                found = layout.known | found
        own = {RECORD: RECORD_CODE, VERSION: LEFT_OUT, ROW: LEFT_OUT}
        for heading, name in known_headings(self._registry[kind], self._words).items():
            field = self._registry[kind].field(name.partition("=")[0])
            found[heading] = own[name] if field is None else LEFT_OUT if field.shape is Shape.CODE else name
        for name, of in _BESIDE.items() if kind == "people" else ():
            field = self._registry[of].by_name[name]
            found |= {folded(say(field.label, language)): name for language in self._words.languages}
        return found

    def table(self, raw: RawTable) -> StrangeTable | None:
        """A table with its headings: of its first rows the one with most known, else the first of several cells."""
        best, most = None, 0
        for place, row in enumerate(raw.rows[:_SEARCHED]):
            texts = [canonical(cell) for cell in row]
            if sum(map(bool, texts)) < 2 and len(texts) > 1:
                continue
            known = len({folded(text) for text in texts if text} & self._every_heading)
            if best is None or known > most:
                best, most = place, known
        if best is None:
            return None
        return StrangeTable(raw, tuple(canonical(cell) for cell in raw.rows[best]), best + 1)

    @cached_property
    def _every_heading(self) -> frozenset[str]:
        return frozenset(heading for known in self._known.values() for heading in known)

    def columns(self, headings: Sequence[str], kind: str = "") -> Columns:
        """What columns under these headings hold, of a kind that is told or the one that fits best."""
        heard = {heading: folded(heading) for heading in headings if heading}
        program = self._program(heard)
        kinds = [kind] if kind else [each for each in self._kinds if each in self._known]
        guesses = [self._of_kind(each, heard, program) for each in kinds]
        return max(guesses, key=lambda each: (each.has_name, sum(1 for what in each.holds.values() if what)))

    def _of_kind(self, kind: str, heard: Mapping[str, str], program: FileLayout | None) -> Columns:
        fits = program is not None and program.kind == kind
        known = {**self._known[kind], **(program.known if program and fits else {})}
        told = {heading: known[text] for heading, text in heard.items() if text in known}
        return Columns(kind, told, program.called if program and fits else "")

    def _program(self, heard: Mapping[str, str]) -> FileLayout | None:
        """The program whose file it is, where enough headings are its own and no other has as many."""
        scored = sorted(
            ((len(each.known.keys() & set(heard.values())), each) for each in LAYOUTS), key=lambda it: -it[0]
        )
        (most, best), (next_most, _next) = scored[0], scored[1]
        ours = max(len(self._own(kind) & set(heard.values())) for kind in self._known)
        enough = most >= _RECOGNIZED and most >= _SHARE * len(heard)
        return best if enough and most > next_most and most >= ours else None

    def _own(self, kind: str) -> frozenset[str]:
        return frozenset(known_headings(self._registry[kind], self._words))

    def choices(self, kind: str) -> dict[str, str]:
        """What a column may hold, each with what it is called, in the order of the fields."""
        found: dict[str, str] = {}
        for field in self._registry[kind].fields:
            if field.shape is Shape.CODE:
                continue
            found |= {each: self.called(kind, each) for each in _ways(field)}
            if kind == "people" and field.name == "family_name":
                found |= {each: self.called(kind, each) for each in ("middle_name", *_BESIDE)}
        found |= {each: self.called(kind, each) for each in (RECORD_CODE, IDENTIFIER)}
        return found

    def called(self, kind: str, what: str) -> str:
        """What people call what a column holds."""
        told = holds(what)
        if not what or told is None:
            return _("Leave it out")
        named = {
            "middle_name": _("Middle name"),
            RECORD_CODE: _("Our code"),
            IDENTIFIER: _("The other program's number"),
        }
        if told.field in named:
            return named[told.field]
        field = self._registry[_BESIDE.get(told.field, kind) if kind == "people" else kind].field(told.field)
        if field is None:
            return what
        more = [vocabulary(_SORTS[field.shape]).label(told.sort)] if told.sort and field.shape in _SORTS else []
        more += [str(told.number)] if told.number else []
        more += [self._part(field, told.part)] if told.part else []
        return say(field.label) + (": " + ", ".join(more) if more else "")

    def _part(self, field: Field, part: str) -> str:
        if field.shape is Shape.CHOICE:
            return vocabulary(field.vocabulary).label(part)
        named = self._registry["people"].field(part)
        plain = {"day": _("day"), "time": _("time"), "kind": _("sort"), "label": _("sort")}
        return plain.get(part) or (say(named.label) if named else part)


_SORTS = {Shape.PHONE: "phone_kinds", Shape.ADDRESS: "address_kinds"}


def _ways(field: Field) -> list[str]:
    """The ways a column may hold a field: whole, or a sort or part of it."""
    ways = [field.name]
    if field.shape is Shape.MOMENT:
        ways += [f"{field.name}.day", f"{field.name}.time"]
    sorts = vocabulary(_SORTS[field.shape]).codes if field.shape in _SORTS else ()
    for sort in sorts:
        ways += [f"{field.name}:{sort}"] if field.shape is Shape.PHONE else []
        ways += [f"{field.name}:{sort}.{part}" for part in _IN_ADDRESSES] if field.shape is Shape.ADDRESS else []
    return ways


def mapped(columns: Columns, told: Mapping[str, str]) -> Columns:
    """The columns, with what somebody said of some of them by their headings."""
    return replace(columns, holds={**columns.holds, **told})
