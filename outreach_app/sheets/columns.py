"""The columns of a kind's sheet, derived from its fields.

A list of choices has a readable column and one column of 0 and 1 for each choice. The last two columns, *Record* and
*Version*, say which row this is, so that the workbook can be read back after it was sorted, filtered and copied about.
The field's own name is findable in three places: the note on its heading, the data dictionary, and the page that the
program keeps for itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach_app.model.fields import Field, Privacy, Shape
from outreach_app.model.kinds import Kind
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.words import Words
from outreach_app.texts import say

RECORD, VERSION, ROW = "_record", "_version", "_row"
"""Names of the columns that are no field: the record's code, where the row comes from, a partner's row mark."""

TEXT_FORMAT, DATE_FORMAT, MOMENT_FORMAT = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_FORMATS = {
    Shape.DATE: DATE_FORMAT,
    Shape.MOMENT: MOMENT_FORMAT,
    Shape.NUMBER: "0",
    Shape.CODE: TEXT_FORMAT,
    Shape.PHONE: TEXT_FORMAT,
    Shape.COUNTY: TEXT_FORMAT,
}
_WIDTHS = {
    Shape.LONG_TEXT: 48,
    Shape.DATE: 12,
    Shape.MOMENT: 17,
    Shape.NUMBER: 9,
    Shape.YES_NO: 8,
    Shape.CHOICE: 18,
    Shape.REFERENCE: 34,
    Shape.COUNTY: 24,
    Shape.CODE: 12,
    Shape.EMAIL: 28,
    Shape.WEB: 28,
    Shape.ADDRESS: 40,
}
_NARROWEST, _WIDEST, _TEXT_WIDTH, _IDENTITY_WIDTH = 8, 60, 22, 15
_IDENTITIES = {RECORD: "Record", VERSION: "Version", ROW: "Row"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``choice``: it holds 0 or 1 for this code of the field's vocabulary."""

    name: str  # the field's name, "field=choice", or one of those above
    heading: str
    field: Field | None = None
    choice: str = ""
    width: float = _TEXT_WIDTH
    format: str = "General"

    @property
    def is_value(self) -> bool:
        """Whether it is a field's own column."""
        return self.field is not None and not self.choice

    @property
    def wraps(self) -> bool:
        """Whether long content goes on below itself."""
        return self.is_value and self.width >= _WIDTHS[Shape.LONG_TEXT]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind's sheet, and its title."""

    kind: Kind
    title: str
    columns: tuple[Column, ...]
    fields: tuple[Field, ...] = field(default=())

    def at(self, name: str) -> int:
        """The place of a column by its name."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


def layout(
    kind: Kind,
    words: Words,
    language: str,
    fields: Sequence[Field] | None = None,
    identities: Sequence[str] = (RECORD, VERSION),
    used: Mapping[str, Collection[str]] | None = None,
) -> Layout:
    """The sheet of a kind.

    ``fields``: those it carries (default: all but the sensitive ones). ``used``: by field, the choices that occur;
    a field named there gets 0/1 columns for those alone, for a long vocabulary would bury the rest.
    """
    carried = tuple(fields) if fields is not None else carried_fields(kind)
    columns: list[Column] = []
    for each in carried:
        label = say(each.label, language)
        columns.append(Column(each.name, label, each, "", _width(each), _format(each)))
        if each.many and each.shape is Shape.CHOICE:
            for code, choice in words.labels(each.vocabulary, language).items():
                if used is None or each.name not in used or code in used[each.name]:
                    columns.append(Column(f"{each.name}={code}", f"{label}: {choice}", each, code, 9, "0"))
    columns.extend(
        Column(name, say(_IDENTITIES[name], language), None, "", _IDENTITY_WIDTH, TEXT_FORMAT) for name in identities
    )
    return Layout(kind, sheet_title(say(kind.about.label, language)), _unlike(columns), carried)


def carried_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields an internal workbook carries: all but the sensitive ones."""
    return tuple(each for each in kind.fields if each.privacy is not Privacy.SENSITIVE)


def sheet_title(label: str) -> str:
    """A label as the title of a sheet: no signs that spreadsheets forbid there, 31 characters at most."""
    return label.translate(str.maketrans("", "", "[]:*?/\\")).strip("'")[:31].strip()


def known_headings(kind: Kind, words: Words) -> dict[str, str]:
    """Column names by every folded heading they may have: the label in any of our languages, or the field's name.

    A label that means two columns is not among them; where one column's label is another's name, the label counts.
    """
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for language in words.languages:
        for column in layout(kind, words, language, kind.fields, (RECORD, VERSION, ROW)).columns:
            if found.setdefault(folded(column.heading), column.name) != column.name:
                doubtful.add(folded(column.heading))
    names = {folded(each.name): each.name for each in kind.fields}
    return names | {heading: name for heading, name in found.items() if heading not in doubtful}


def fitted(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> tuple[Column, ...]:
    """The columns with widths that fit these rows, the first of the sheet."""
    wide = []
    for place, column in enumerate(columns):
        if not column.is_value:
            wide.append(column)
            continue
        lengths = sorted(max(map(len, str(row[place] or "").split("\n"))) for row in rows)
        usual = lengths[len(lengths) * 9 // 10] if lengths else 0
        fits = min(usual * 1.1 + 2, max(column.width, _WIDEST)) if usual else column.width
        wide.append(replace(column, width=max(_NARROWEST, fits)))
    return tuple(wide)


def _width(each: Field) -> float:
    width = _WIDTHS.get(each.shape, _TEXT_WIDTH)
    return min(_WIDEST, width * 1.4) if each.many else width


def _format(each: Field) -> str:
    if each.many:
        return "General"
    if each.shape is Shape.TEXT and (each.name == "zip" or each.name.endswith("_zip")):
        return TEXT_FORMAT
    return _FORMATS.get(each.shape, "General")


def _unlike(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with no two headings alike, for a table's headings must differ."""
    seen: set[str] = set()
    made = []
    for column in columns:
        heading, number = column.heading, 1
        while heading.casefold() in seen:
            number += 1
            heading = f"{column.heading} ({number})"
        seen.add(heading.casefold())
        made.append(replace(column, heading=heading))
    return tuple(made)
