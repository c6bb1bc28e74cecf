"""The data dictionary of a workbook: every column, what it means, what it holds, and who may be given it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from outreach_app.model.fields import Field, Privacy, Shape
from outreach_app.sheets.cells import Cell, writable
from outreach_app.sheets.columns import RECORD, ROW, VERSION, Column, Layout
from outreach_app.sheets.streams import Line
from outreach_app.sheets.words import Words
from outreach_app.texts import say

_HOLDS = {
    Shape.TEXT: "Text",
    Shape.LONG_TEXT: "Text of any length",
    Shape.DATE: "A day; or its month or year alone, as 2026-11 or 2026",
    Shape.MOMENT: "A day and a local time",
    Shape.NUMBER: "A whole number",
    Shape.YES_NO: "Yes or No; empty where nobody asked",
    Shape.CHOICE: "One of the choices listed below",
    Shape.REFERENCE: "What it is called, and in brackets the code of its row on its own sheet",
    Shape.COUNTY: "A county of the United States, with its five-digit number",
    Shape.CODE: "A short code",
    Shape.PHONE: "A phone number, and in brackets what kind it is",
    Shape.EMAIL: "An e-mail address",
    Shape.WEB: "A web address",
    Shape.ADDRESS: "An address, and in brackets what kind it is",
}
_GIVEN_TO = {
    Privacy.PUBLIC: "May be published",
    Privacy.PARTNER: "The partner it concerns",
    Privacy.INTERNAL: "Stays in the department",
    Privacy.SENSITIVE: "Coordinators only",
}
_IDENTITY = {
    RECORD: "The code of this row. By it the program finds the row again; please leave it.",
    VERSION: "Which workbook this row left in, and what it held then; please leave it.",
    ROW: "A mark by which the department finds this row again.",
}
HEADINGS = ("Sheet", "Column", "Field", "What it means", "What it holds", "Choices", "Who may be given it")
CHOICE_HEADINGS = ("Choices", "Code", "Label")
WIDTHS = (22, 28, 22, 52, 40, 22, 24)


@dataclass
class Dictionary:
    """``rows`` from row 1 on; ``headings``: the numbers of those that are headings; ``ranges``: where in the column
    *Label* the labels of each vocabulary stand, first and last row, for the lists that cells offer."""

    title: str
    rows: list[list[Cell]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)

    def heading(self, texts: Sequence[str], language: str) -> None:
        """A heading row."""
        self.rows.append([say(text, language) for text in texts])
        self.headings.append(len(self.rows))

    def lines(self) -> list[Line]:
        """The rows; those of style 1 are headings."""
        return [Line(tuple(row), int(number in self.headings)) for number, row in enumerate(self.rows, start=1)]

    def source(self, vocabulary: str) -> str:
        """The cells that hold a vocabulary's labels, as a list of choices refers to them."""
        first, last = self.ranges[vocabulary]
        title = self.title.replace("'", "''")
        return f"'{title}'!$C${first}:$C${last}"


def dictionary(layouts: Sequence[Layout], words: Words, language: str) -> Dictionary:
    """The dictionary of the sheets."""
    made = Dictionary(say("Data dictionary", language))
    made.heading(HEADINGS, language)
    for each in layouts:
        told: set[str] = set()
        for column in each.columns:
            if column.choice and column.field and column.field.name in told:
                continue
            if column.choice and column.field:
                told.add(column.field.name)
            made.rows.append([each.title, *_described(column, language)])
    made.rows.append([])
    made.heading(CHOICE_HEADINGS, language)
    for name in dict.fromkeys(each.vocabulary for sheet in layouts for each in sheet.fields if each.vocabulary):
        labels = words.labels(name, language)
        if labels:
            made.ranges[name] = (len(made.rows) + 1, len(made.rows) + len(labels))
            made.rows += [[name, code, writable(label)] for code, label in labels.items()]
    return made


def _described(column: Column, language: str) -> list[Cell]:
    about = column.field
    if about is None:
        return [column.heading, "", say(_IDENTITY.get(column.name, ""), language)]
    if column.choice:
        label = say("{column}: one column a choice", language, column=say(about.label, language))
        meaning = say("1 where it was chosen, 0 where it was not, empty where nothing was asked", language)
        return [label, f"{about.name}={column.choice} …", meaning, say("0 or 1", language), about.vocabulary]
    return [
        column.heading,
        about.name,
        say(about.help, language),
        _holds(about, language),
        about.vocabulary,
        say(_GIVEN_TO[about.privacy], language),
    ]


def _holds(about: Field, language: str) -> str:
    holds = say(_HOLDS[about.shape], language)
    return say("{what}; several, with semicolons between", language, what=holds) if about.many else holds
