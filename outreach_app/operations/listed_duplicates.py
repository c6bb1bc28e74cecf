"""Who is on a list twice: any workbook or CSV file, by its headings, with no store. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach_app.apart import Pause
from outreach_app.matching.duplicates import DuplicatePair
from outreach_app.matching.groups import groups
from outreach_app.matching.lists import LEAST
from outreach_app.matching.lists import listed_twice as twice_listed
from outreach_app.matching.organizations import TOGETHER as OF_ORGANIZATIONS
from outreach_app.matching.organizations import OrganizationFacts, probable_duplicate_organizations
from outreach_app.matching.people import PersonFacts
from outreach_app.model.errors import BadInput
from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.column_guesses import Columns, Guesses, StrangeTable
from outreach_app.sheets.layouts import holds
from outreach_app.sheets.tables import tables_of
from outreach_app.sheets.words import Words
from outreach_app.texts import _

KINDS = ("people", "organizations")
JOIN, REVIEW = "join", "review"
_ALSO: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "people": {
        "born": ("Date of birth", "Birth date", "Birthdate", "DOB", "Birthday", "Fecha de nacimiento"),
        "number": ("Soc sec id", "SSN", "Social security number", "Medicaid ID", "Member ID", "Client ID", "ID number"),
        "house": ("Street number", "House number", "Número"),
        "street": ("Address 1", "Address line 1", "Street name"),
        "town": ("Suburb", "Town", "Municipality"),
        "zip": ("Postcode", "ZIP"),
        "phones": ("Phone", "Telephone", "Teléfono"),
        "emails": ("Email", "E-mail", "Correo electrónico"),
    },
    "organizations": {"phones": ("Phone", "Telephone", "Teléfono"), "emails": ("Email", "E-mail")},
}
"""Headings that lists of other offices have beside those that can be taken in, and what stands under them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found in one table. Rows are counted from 0, the first below the headings; ``numbers`` has what the file
    counts them by, ``names`` what each is called."""

    kind: str
    rows: int
    pairs: Sequence[tuple[int, int, float, str]]  # two rows, log2 of the odds, JOIN or REVIEW; likeliest first
    clusters: Sequence[Sequence[int]]  # the groups believed to be one
    found: Sequence[DuplicatePair]  # the pairs, with why
    numbers: Sequence[int]
    names: Sequence[str]

    def to_json(self) -> dict[str, object]:
        """As one JSON object."""
        return {"pairs": [list(each) for each in self.pairs], "clusters": [list(each) for each in self.clusters]}


def listed_twice(path: Path, kind: str = "", pause: Pause = lambda: None) -> Listed:
    """Who may be in a file twice. Raises NotFound, BadInput where no table of people or organizations is in it, and
    Damaged; what ``pause`` raises ends it."""
    guesses = Guesses(REGISTRY, Words())
    for raw in tables_of(path, pause):
        table = guesses.table(raw)
        if table is None:
            continue
        chosen = [guesses.columns(table.headings, each) for each in ([kind] if kind else KINDS)]
        columns = max((_with_more(table, each) for each in chosen), key=lambda each: (each.has_name, len(each.holds)))
        if columns.has_name:
            return _listed(table, columns, pause)
    raise BadInput(_("There is no column of names in this file. The first row has to say what each column holds."))


def _with_more(table: StrangeTable, columns: Columns) -> Columns:
    """With the columns that only such lists have."""
    more = {folded(heading): what for what, headings in _ALSO[columns.kind].items() for heading in headings}
    plain = {heading: folded(heading).replace("_", " ") for heading in table.headings if heading}
    also = {heading: more[text] for heading, text in plain.items() if text in more}
    told = {heading: what for heading, what in columns.holds.items() if what}
    return Columns(columns.kind, {**also, **told}, columns.program)


def _listed(table: StrangeTable, columns: Columns, pause: Pause) -> Listed:
    cells: list[tuple[int, str]] = []
    for place, heading in enumerate(table.headings):
        what = columns.holds.get(heading, "")
        told = holds(what) if what else None
        if told is not None and told.part not in ("kind", "label"):
            cells.append((place, told.part or told.field))
    rows = [_texts(row, cells) for row in table.rows]
    if columns.kind == "people":
        found, together = twice_listed((_person(place, texts) for place, texts in enumerate(rows)), pause)
    else:
        facts = (_organization(place, texts) for place, texts in enumerate(rows))
        found, together = probable_duplicate_organizations(facts, least=LEAST), OF_ORGANIZATIONS
    pairs = [(int(each.a), int(each.b), each.score, JOIN if each.certain else REVIEW) for each in found]
    made = groups(((one, other, score) for one, other, score, _verdict in pairs), together)
    names = [_called(texts) for texts in rows]
    return Listed(columns.kind, len(rows), pairs, [sorted(each) for each in made], found, table.numbers, names)


Texts = Mapping[str, tuple[str, ...]]


def _texts(row: Sequence[Cell], cells: Sequence[tuple[int, str]]) -> Texts:
    """What a row says, by what its columns hold."""
    said: dict[str, tuple[str, ...]] = {}
    for place, what in cells:
        text = canonical(row[place]).strip() if place < len(row) else ""
        if text:
            said[what] = (*said.get(what, ()), text)
    return said


def _first(texts: Texts, *names: str) -> str:
    return " ".join(texts[name][0] for name in names if name in texts)


def _called(texts: Texts) -> str:
    return _first(texts, "name") or _first(texts, "given_name", "middle_name", "family_name")


def _person(place: int, texts: Texts) -> PersonFacts:
    given, family = _first(texts, "given_name", "middle_name"), _first(texts, "family_name")
    return PersonFacts(
        f"{place:09}",
        _called(texts),
        given,
        family,
        _first(texts, "preferred_name"),
        texts.get("phones", ()),
        texts.get("emails", ()),
        _first(texts, "house", "street"),
        _first(texts, "town"),
        _first(texts, "zip"),
        texts.get("organization", ()),
        _first(texts, "born"),
        texts.get("number", ()),
    )


def _organization(place: int, texts: Texts) -> OrganizationFacts:
    return OrganizationFacts(
        f"{place:09}",
        _first(texts, "name"),
        texts.get("other_names", ()),
        texts.get("phones", ()),
        texts.get("emails", ()),
        _first(texts, "website"),
        texts.get("street", ()),
        texts.get("town", ()),
    )
