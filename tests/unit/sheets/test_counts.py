"""No published count tells of a few people, and none gives back one that was left out."""

import itertools
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.records import REGISTRY
from outreach_app.model.reviewed_texts import reviewed
from outreach_app.sheets.counts import THRESHOLD, Counted, publishable, published_total
from outreach_app.sheets.public_books import PublicBook, write_public

GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)


def counted(groups: dict[str, int], adds_up: bool = True) -> Counted:
    return Counted("t", "T", "things", groups, sum(groups.values()), adds_up)


@given(GROUPS, st.integers(0, 10_000))
def test_small_counts_are_left_out_and_cannot_be_worked_out(groups, seed):
    table = counted(groups)
    shown = publishable([table], str(seed))[0].groups
    if shown is None:
        return
    hidden = [group for group, number in shown.items() if number is None]
    assert all(number == groups[group] for group, number in shown.items() if number is not None)
    assert {group for group, number in groups.items() if 0 < number <= THRESHOLD} <= set(hidden)
    if hidden:
        rest = table.total - sum(number for number in shown.values() if number is not None)
        for group in hidden:
            # each of those left out is at least 1; so this one is anything from 1 to what the others then leave
            most = rest - (len(hidden) - 1)
            assert most > THRESHOLD, (groups, shown, group)


@given(GROUPS)
def test_where_nothing_is_small_all_is_shown(groups):
    large = {group: number + THRESHOLD + 1 for group, number in groups.items()}
    assert publishable([counted(large)], "salt")[0].groups == large


def test_what_is_left_out_beside_a_small_count_says_nothing_of_its_size():
    groups = {"small": 10, "b": 20, "c": 20, "d": 500}
    chosen = set()
    for seed in range(40):
        shown = publishable([counted(groups)], str(seed))[0].groups or {}
        chosen |= {group for group, number in shown.items() if number is None}
    assert chosen == {"small", "b", "c", "d"}


@pytest.mark.parametrize("groups", [{"a": 3}, {"a": 3, "b": 4}, {"a": 1, "b": 1, "c": 9}, {"a": 11, "b": 0, "c": 1}])
def test_every_small_table_solved_by_trying_all(groups):
    """Try every filling of the hidden cells: each must leave several possible values, below and above the threshold."""
    table = counted(groups)
    for seed in range(10):
        shown = publishable([table], str(seed))[0].groups
        if shown is None:
            continue
        hidden = [group for group, number in shown.items() if number is None]
        rest = table.total - sum(number for number in shown.values() if number is not None)
        fits = [each for each in itertools.product(range(1, rest + 1), repeat=len(hidden)) if sum(each) == rest]
        for place, _group in enumerate(hidden):
            assert len({each[place] for each in fits}) > THRESHOLD


def test_a_total_too_small_hides_its_table():
    assert published_total(7) is None
    assert published_total(0) == 0
    assert publishable([counted({"a": 3, "b": 2})], "salt")[0].groups is None


def test_groups_that_overlap_need_no_others_left_out():
    shown = publishable([counted({"a": 3, "b": 40}, adds_up=False)], "salt")[0].groups
    assert shown == {"a": None, "b": 40}


def test_the_public_workbook(maker: Any):
    maker.registry = REGISTRY
    event = [
        maker.record(
            "events", {"name": f"Secret place {n}", "county": ["37173", "37075"][n % 2], "event_type": "tabling"}
        )
        for n in range(40)
    ]
    theme = maker.record("themes", {"name": "Housing", "name_es": "Vivienda"})
    signs = [
        maker.record("sign_ins", {"event": event[0].view.id, "name_as_written": "Ada", "status": "attended"})
        for _ in range(12)
    ]
    absent = maker.record("sign_ins", {"event": event[0].view.id, "name_as_written": "Ben", "status": "no_show"})
    feedback = [
        maker.record(
            "feedback",
            {
                "verbatim": f"w{n}",
                "themes": [theme.view.id],
                "language": ["en", "es"][n < 4],
                "may_share": "yes",
                "text_for_sharing": f"Text {n}",
                "reviewed_by": reviewed("Zed", f"Text {n}"),
            },
        )
        for n in range(30)
    ]
    sealed = maker.record("feedback", {"verbatim": "fraud", "sensitive": True, "themes": [theme.view.id]})
    made = {"events": event, "themes": [theme], "sign_ins": [*signs, absent], "feedback": [*feedback, sealed]}
    views = {name: [each.view for each in own] for name, own in made.items()}
    target = BytesIO()
    rows = write_public(target, PublicBook("Pine County Health", 1_790_000_000_000_000, REGISTRY, views))
    book = openpyxl.load_workbook(target)
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    assert rows["texts"] == 30
    assert sheets["Events by county"][1:] == [["Graham County, NC", 20], ["Swain County, NC", 20]]
    assert sheets["What was said, by theme"][1:] == [["Housing", 30]]
    assert ["Feedback", 30] in sheets["Read me"]
    assert ["Sign-ins", 12] in sheets["Read me"]
    by_language = dict(row for row in sheets["What was said, by language"][1:])
    assert set(by_language.values()) == {"10 or fewer, or left out to protect a smaller count"}
    everything = repr(sheets) + repr([book.custom_doc_props.names])
    assert not any(word in everything for word in ("Secret", "Ada", "fraud", "w1", "Zed", event[0].view.code))
    assert "_outreach" not in book.sheetnames
    texts = [row[0] for row in sheets["In people's words"][1:]]
    assert sorted(texts) == sorted(f"Text {n}" for n in range(30))
    assert texts != [f"Text {n}" for n in range(30)]


def test_the_public_workbook_does_not_say_when_it_was_made():
    target = BytesIO()
    write_public(target, PublicBook("Pine County Health", 1_790_000_000_000_000, REGISTRY, {}))
    properties = openpyxl.load_workbook(target).properties
    assert properties.modified == properties.created
    assert {part.date_time[0] for part in ZipFile(target).infolist()} == {1980}
