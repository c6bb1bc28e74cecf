"""The hand-out of groups: what is known of each is on it, in the reader's language."""

from io import BytesIO

import pypdf
import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.group_sheets import MOST_GROUPS, GroupSheetChoices, group_sheet
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Food · Swain County, NC", "How to join", "Free seats", "Last checked 3 October 2026"]),
     ("es", ["Alimentos", "Condado de Swain, NC", "Cómo unirse", "3 de octubre de 2026"])],
)  # fmt: skip
def test_it_says_what_is_known_of_each(laptop: Store, language: str, said: list[str]) -> None:
    known = {"name": "Food [council]", "openings": 2, "how_to_join": "Call *first*", "verified_on": "2026-10-03",
             "phones": [{"number": "8285550144"}], "counties": ["37173"]}  # fmt: skip
    made = [make_record(laptop, "groups", values)[0] for values in (known, {"name": "Only a name"})]
    pdf = group_sheet(laptop, made, GroupSheetChoices((language,), interests=("food",), county="37173"))
    text = read(pdf)
    for words in ["Food [council]", "Call *first*", "(828) 555-0144", "Only a name", laptop.department, *said]:
        assert words in text
    assert b"pdfuaid" in pdf


def test_large_print_and_two_languages_fit_on_their_pages(laptop: Store) -> None:
    made = [make_record(laptop, "groups", {"name": f"Group {at}", "purpose": "It meets. " * 20})[0] for at in range(9)]
    pages = pypdf.PdfReader(BytesIO(group_sheet(laptop, made, GroupSheetChoices(large_print=True)))).pages
    assert len(pages) > 1
    assert all(f"Group {at}" in read(group_sheet(laptop, made)) for at in range(9))


def test_none_and_too_many_are_refused_with_what_to_do(laptop: Store) -> None:
    with pytest.raises(BadInput, match="No group fits"):
        group_sheet(laptop, [])
    many = [make_record(laptop, "groups", {"name": str(at)})[0] for at in range(MOST_GROUPS + 1)]
    with pytest.raises(BadInput, match="too many"):
        group_sheet(laptop, many)
