"""A sheet's columns follow from the fields, and nothing else need be told of a new one."""

from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.model.fields import text, yes_no
from outreach_app.model.kinds import About, RecordColumns, Registry
from outreach_app.model.records import REGISTRY
from outreach_app.sheets.books import KindRows
from outreach_app.sheets.columns import RECORD, VERSION, known_headings, layout, sheet_title
from outreach_app.sheets.words import Words
from outreach_app.texts import LANGUAGES

WORDS = Words()


def test_every_kind_of_the_program_has_its_columns():
    for kind in REGISTRY.values():
        for language in LANGUAGES:
            made = layout(kind, WORDS, language)
            heads = [column.heading.casefold() for column in made.columns]
            assert len(heads) == len(set(heads))
            assert all(heads)
            assert [column.name for column in made.columns if column.is_value] == [each.name for each in made.fields]
            assert [column.name for column in made.columns][-2:] == [RECORD, VERSION]
            assert 0 < len(made.title) <= 31


def test_the_program_knows_its_own_headings_in_every_language():
    for kind in REGISTRY.values():
        known = known_headings(kind, WORDS)
        assert {each.name for each in kind.fields} <= set(known.values())
        for language in LANGUAGES:
            for column in layout(kind, WORDS, language).columns:
                assert known.get(_heard(column.heading), column.name) == column.name


def _heard(heading: str) -> str:
    from outreach_app.model.vocabularies import folded

    return folded(heading)


def test_a_declared_field_is_all_it_takes(maker):
    class Base(DeclarativeBase):
        pass

    class Thing(RecordColumns, Base):
        __tablename__ = "things"
        about = About("Things", "Thing")
        name: Mapped[str | None] = text("Name")
        brand_new: Mapped[bool | None] = yes_no("Brand new", "Whether it is.")

    maker.registry = Registry(Base)
    record = maker.thing(name="Ada", brand_new=True)
    content = maker.written(record)
    book = openpyxl.load_workbook(BytesIO(content))
    assert [cell.value for cell in book["Things"][1]][:2] == ["Name", "Brand new"]
    assert [cell.value for cell in book["Things"][2]][:2] == ["Ada", "Yes"]
    assert ["brand_new", "Whether it is."] in [[row[2].value, row[3].value] for row in book["Data dictionary"]]
    assert maker.read(content).rows[0].untouched

    def edit(workbook: Any) -> None:
        workbook["Things"]["B2"].value = "No"

    assert [(each.field, each.value) for each in maker.edited(content, edit).rows[0].typed] == [("brand_new", False)]


def test_widths_fit_what_the_first_rows_hold(maker):
    wide, narrow = "x" * 55, "x"
    for name, low, high in ((wide, 55, 66), (narrow, 8, 9)):
        content = maker.written(
            maker.thing(name=name), kinds=[KindRows(maker.registry["things"], [maker.thing(name=name)])]
        )
        width = openpyxl.load_workbook(BytesIO(content))["Things"].column_dimensions["A"].width
        assert low <= width <= high


def test_titles_that_spreadsheets_forbid():
    assert sheet_title("A/B: [c]?") == "AB c"
    assert len(sheet_title("x" * 60)) == 31
