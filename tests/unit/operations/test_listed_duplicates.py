"""Who is on a list twice: any headings, any kind of file, rows counted from 0, nothing kept."""

from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.listed_duplicates import JOIN, REVIEW, listed_twice

PEOPLE = (
    "First Name,Last Name,Phone,City,Date of Birth\n"
    "Guadalupe,Ortiz,828 555 0112,Sylva,1984-03-02\n"
    "Tom,Crowe,828 555 0199,Murphy,1950-01-01\n"
    "Lupe,Ortis,(828) 555-0112,Sylva,3/2/1984\n"
    "Ada,Crowe,828 555 0199,Murphy,1952-05-05\n"
)
FEBRL = (
    "rec_id, given_name, surname, street_number, address_1, suburb, postcode, date_of_birth, soc_sec_id\n"
    "rec-1-org, matthew, nguyen, 12, oak place, sylva, 4171, 19840302, 5304218\n"
    "rec-2-org, ella, white, 7, pine court, murphy, 2000, 19520505, 8813702\n"
    "rec-1-dup-0, mathew, nguyem, 12, oak plce, sylva, 4171, 19840302, 5304218\n"
)


def saved(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_one_by_a_short_name_and_a_sound_and_not_a_household(tmp_path: Path) -> None:
    found = listed_twice(saved(tmp_path, PEOPLE))
    assert (found.kind, found.rows) == ("people", 4)
    assert [(one, other, verdict) for one, other, _score, verdict in found.pairs] == [(0, 2, JOIN)]
    assert found.clusters == [[0, 2]]
    assert found.to_json() == {"pairs": [[0, 2, found.pairs[0][2], "join"]], "clusters": [[0, 2]]}


def test_lists_of_other_offices_are_known_by_their_numbers_and_birthdays(tmp_path: Path) -> None:
    found = listed_twice(saved(tmp_path, FEBRL))
    assert [(one, other, verdict) for one, other, _score, verdict in found.pairs] == [(0, 2, REVIEW)]
    without = "\n".join(",".join(line.split(",")[:-2]) for line in FEBRL.splitlines())
    assert found.pairs[0][2] > listed_twice(saved(tmp_path, without, "bare.csv")).pairs[0][2]


def test_a_workbook_with_a_title_above_its_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["Our partners"],
        ["Agency", "Phone", "Website", "City"],
        ["Swain Food Pantry, Inc.", "828 555 0150", "swainpantry.example", "Sylva"],
        ["Library", "828 555 0160", "", "Sylva"],
        ["Swain Food Pantry", "(828) 555-0150", "www.swainpantry.example", "Sylva"],
    ):
        book.active.append(row)
    book.save(tmp_path / "partners.xlsx")
    for kind in ("", "organizations"):
        found = listed_twice(tmp_path / "partners.xlsx", kind)
        assert (found.kind, found.rows, found.clusters) == ("organizations", 3, [[0, 2]])


def test_a_file_without_names_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no column of names"):
        listed_twice(saved(tmp_path, "a,b\n1,2\n"))


def test_a_list_of_organizations_is_known_by_its_column_of_names(tmp_path: Path) -> None:
    """ "Organization" could also be where a person belongs: what has a name goes first."""
    text = (
        "Organization,Address,Phone\nSwain Food Pantry,1 Main St,828 555 0150\nSwain Food Pantry Inc,1 Main Street,\n"
    )
    found = listed_twice(saved(tmp_path, text))
    assert (found.kind, found.clusters) == ("organizations", [[0, 1]])
    assert ([*found.numbers], found.names) == ([2, 3], ["Swain Food Pantry", "Swain Food Pantry Inc"])
