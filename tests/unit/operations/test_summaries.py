"""The counts that a department's workbook shows in pictures: what is in it, once, with what was sealed left out."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import delete_record, make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.operations.summaries import pictured, summary
from outreach_app.sheets.words import Words
from outreach_app.store.stores import Store


@pytest.fixture
def season(laptop: Store) -> tuple[str, str]:
    """Two events; three came to the one, one to the other; two said something of one theme, one of them sealed."""
    fair, _changes = make_record(
        laptop, "events", {"name": "=Fair", "starts": "2026-11-21T10:00:00-05:00", "county": "37173"}
    )
    hall, _changes = make_record(laptop, "events", {"name": "Hall", "starts": "2026-11-22T10:00:00-05:00"})
    theme = laptop.list("themes")[0].id
    for event, names in ((fair, ("Ada", "Bo", "Cy")), (hall, ("Di",))):
        for name in names:
            sign_in(laptop, NewSignIn(event, name))
    record_feedback(laptop, NewFeedback("The van is late", fair, themes=(theme,)))
    record_feedback(laptop, NewFeedback("He asked for money", fair, themes=(theme,), sensitive=True))
    return fair, hall


def written(file: Path) -> dict[str, int]:
    sheet = openpyxl.load_workbook(file)["Summary"]
    return {str(row[0]): row[1] for row in sheet.iter_rows(max_col=2, values_only=True) if isinstance(row[1], int)}


def test_who_came_by_event_and_county_and_what_was_said_by_theme(
    laptop: Store, season: tuple[str, str], tmp_path: Path
) -> None:
    assert len(season) == 2
    file = tmp_path / "all.xlsx"
    export_workbook(laptop, file)
    theme = laptop.list("themes")[0].title
    assert written(file) == {
        "=Fair · 2026-11-21": 3, "Hall · 2026-11-22": 1, "Swain County, NC": 3, "Not said": 1, theme: 1,
    }  # fmt: skip
    with zipfile.ZipFile(file) as book:
        charts = [name for name in book.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawn = [re.findall(r"<(?:c:)?f>([^<]*)</(?:c:)?f>", book.read(name).decode()) for name in charts]
    assert len(charts) == 3
    assert all(place.startswith("'Summary'!") for places in drawn for place in places)
    again = import_path(laptop, file).files[0]
    assert again.error is None
    assert again.rows["events"].to_json() == {"read": 2, "new": 0, "changed": 0, "same": 2, "set_aside": 0}
    assert not again.remarks


def test_of_one_event_what_was_there_alone(laptop: Store, season: tuple[str, str], tmp_path: Path) -> None:
    hall = laptop.get("events", season[1])
    assert hall is not None
    export_workbook(laptop, tmp_path / "one.xlsx", event=hall.code)
    assert written(tmp_path / "one.xlsx") == {"Hall · 2026-11-22": 1, "Not said": 1}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_window_and_the_workbook_show_the_same_counts(
    laptop: Store, season: tuple[str, str], tmp_path: Path, language: str
) -> None:
    assert len(season) == 2
    export_workbook(laptop, tmp_path / "all.xlsx", language=language)
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets
    rows = {
        str(row[0]): row[1]
        for row in next(each for each in sheet if each._charts).iter_rows(max_col=2, values_only=True)
    }
    shown = pictured(laptop, language)
    assert {group: number for each in shown for group, number in each.counted.groups.items()}.items() <= rows.items()
    assert [each.counted for each in shown] == summary(laptop, Words(), language)
    assert {each.counted.title for each in shown} <= rows.keys()


def test_each_group_leads_to_the_records_it_counts(laptop: Store, season: tuple[str, str]) -> None:
    gone, _changes = make_record(laptop, "events", {"name": "Gone"})
    sign_in(laptop, NewSignIn(gone, "Eve"))
    delete_record(laptop, "events", gone)
    make_record(laptop, "sign_ins", {"event": season[0], "name_as_written": "Fay", "status": "expected"})
    theme = laptop.list("themes")[0].id
    for told in (False, None):
        make_record(laptop, "feedback", {"verbatim": "The van", "themes": [theme], "sensitive": told})
    shown = pictured(laptop, "en")
    assert [each.counted.total for each in shown] == [5, 5, 3]
    for each in shown:
        counted = {group: laptop.count(each.counted.of, each.where[group]) for group in each.counted.groups}
        assert counted == each.counted.groups


def test_an_empty_store_has_a_summary_of_nothing(laptop: Store, tmp_path: Path) -> None:
    export_workbook(laptop, tmp_path / "none.xlsx")
    assert written(tmp_path / "none.xlsx") == {}
    assert [each.counted.groups for each in pictured(laptop, "en")] == [{}, {}, {}]
