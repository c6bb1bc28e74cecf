"""The order in which a season is played."""

from itertools import chain

from outreach_app.demo.captures import SignIn
from outreach_app.demo.moments import instant
from outreach_app.demo.plans import PaperSheet
from outreach_app.demo.scenes import acts, scenes, worker_of
from outreach_app.demo.season import plan_season


def test_every_item_is_played_once_between_the_right_syncs() -> None:
    season = plan_season()
    played = list(acts(season))
    assert len(played) == len(season.syncs) + 1
    assert list(chain.from_iterable(played)) == scenes(season)
    for act, sync in zip(played, season.syncs, strict=False):
        assert all(instant(item.at) < instant(sync) for _number, item in act)
    lists = (
        season.sheets, season.sign_ins, season.partner_contacts, season.feedback, season.head_counts, season.closings,
        season.follow_ups, season.follow_up_steps, season.consent_answers, season.sortings, season.reviews,
        season.responses, season.interest_steps,
    )  # fmt: skip
    assert sum(map(len, played)) == sum(map(len, lists)) + 1


def test_a_sheet_is_printed_before_its_lines_are_typed_in() -> None:
    printed = set()
    for number, item in scenes(plan_season()):
        if isinstance(item, PaperSheet):
            printed.add(number)
        if isinstance(item, SignIn) and item.sheet is not None:
            assert item.sheet in printed


def test_what_nobody_else_does_is_the_coordinators() -> None:
    season = plan_season()
    assert worker_of(season.responses[0]) == 0
    assert {worker_of(each) for each in season.sign_ins} == {1, 2, 3, 4}
