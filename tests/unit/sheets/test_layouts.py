"""Each layout is one table for both ways: what it writes it knows again, and a program's file is told from others."""

import pytest

from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.sheets.column_guesses import KINDS, Guesses
from outreach_app.sheets.layouts import COMMON, CONTACT_LAYOUTS, LAYOUTS, PHONE_LABELS, FileLayout, holds, phone_kind
from outreach_app.sheets.tables import RawTable
from outreach_app.sheets.words import Words
from outreach_app.texts import LANGUAGES, say

GUESSES = Guesses(REGISTRY, Words())
EVERY = (*LAYOUTS, *COMMON)


@pytest.mark.parametrize("layout", EVERY, ids=lambda each: each.name)
def test_what_its_columns_hold_is_there(layout: FileLayout) -> None:
    beside = {"middle_name", "organization", "job_title", "record", "identifier"}
    for column in layout.columns:
        told = holds(column.holds)
        assert told is not None
        field = REGISTRY[layout.kind].field(told.field)
        assert field is not None or told.field in beside, column
        if told.sort:
            sorts = "phone_kinds" if told.field == "phones" else "address_kinds"
            assert told.sort in vocabulary(sorts).codes


@pytest.mark.parametrize("layout", EVERY, ids=lambda each: each.name)
def test_no_heading_means_two_things_that_leave(layout: FileLayout) -> None:
    heads = [folded(column.heading) for column in layout.leaving]
    assert len(heads) == len(set(heads))
    for column in layout.leaving:
        assert layout.known[folded(column.heading)] == column.holds


@pytest.mark.parametrize("name", CONTACT_LAYOUTS)
def test_a_programs_file_is_known_by_its_headings(name: str) -> None:
    layout = CONTACT_LAYOUTS[name]
    columns = GUESSES.columns([column.heading for column in layout.leaving])
    assert (columns.kind, columns.program) == ("people", layout.called)
    assert columns.holds == {column.heading: column.holds for column in layout.leaving}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_headings_are_known_in_every_language(kind: str, language: str) -> None:
    headings = [say(field.label, language) for field in REGISTRY[kind].fields]
    columns = GUESSES.columns(headings)
    assert columns.kind == kind
    assert columns.has_name
    assert len(columns.holds) == len(set(headings))


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["Full name", "Phone", "Email"], "people"),
        (["Nombre completo", "Teléfono", "Correo electrónico"], "people"),
        (["First", "Last", "Company"], "people"),
        (["Agency", "Web site", "Street", "City"], "organizations"),
        (["Event", "Date", "Time", "Location"], "events"),
    ],
)
def test_headings_that_many_use(headings: list[str], kind: str) -> None:
    columns = GUESSES.columns(headings)
    assert (columns.kind, columns.program, columns.has_name) == (kind, "", True)
    assert set(columns.holds) == set(headings)


def test_a_table_below_a_title_and_a_fingerprint_whatever_the_order() -> None:
    raw = RawTable("x", (1, 3, 4), (("Our contacts", ""), ("Name", "Town"), ("Ada", "Sylva")))
    table = GUESSES.table(raw)
    assert table is not None
    assert (table.headings, list(table.numbers)) == (("Name", "Town"), [4])
    turned = GUESSES.table(RawTable("y", (1, 2), (("town", "NAME"), ("Sylva", "Ada"))))
    assert turned is not None
    assert turned.fingerprint == table.fingerprint


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_a_name_of_its_own(kind: str, language: str) -> None:
    from outreach_app.texts import speak

    speak(language)
    names = GUESSES.choices(kind).values()
    assert len(names) == len(set(names))


def test_phone_labels_come_back() -> None:
    assert set(PHONE_LABELS) == set(vocabulary("phone_kinds").codes)
    for kind, labels in PHONE_LABELS.items():
        assert {phone_kind(label) for label in labels} == {kind}
    assert phone_kind("* Mobile") == "mobile"
    assert phone_kind("Bat cave") == ""


def test_what_the_help_says_stays_behind_is_what_has_no_column() -> None:
    """``resources/help/*/other-programs.md``, "What stays behind"."""
    counted = {}
    for name, layout in CONTACT_LAYOUTS.items():
        held = [told for column in layout.leaving if (told := holds(column.holds)) is not None]
        plain = [told for told in held if told.part == ""]
        phones = [told.sort for told in plain if told.field == "phones"]
        emails = sum(told.field == "emails" for told in plain)
        sorts = {sort: phones.count(sort) for sort in ("mobile", "home", "work") if sort in phones}
        labelled = any(told.part == "kind" for told in held if told.field == "phones")
        counted[name] = (emails, sorts or phones.count(""), labelled)
    assert counted == {
        "google": (4, 6, True),
        "outlook": (3, {"mobile": 1, "home": 2, "work": 2}, False),
        "civicrm": (2, 2, False),
    }
