"""The season is what ``outreach demo`` promises: enough of everything, in two languages, the same every time."""

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outreach_app.demo.captures import PartnerContact, Phone, SignIn
from outreach_app.demo.plans import Season
from outreach_app.demo.season import plan_season

SEEDS = (2026, 1, 7)


@cache
def season_of(seed: int) -> Season:
    return plan_season(seed)


@pytest.fixture(params=SEEDS)
def season(request: pytest.FixtureRequest) -> Season:
    return season_of(request.param)


def everything(thing: Any, path: str = "season") -> Iterator[tuple[str, Any]]:
    """Every value in a plan, with the path that leads to it."""
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from everything(getattr(thing, field.name), f"{path}.{field.name}")
    elif isinstance(thing, tuple):
        for place, each in enumerate(thing):
            yield from everything(each, f"{path}[{place}]")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from everything(value, f"{path}[{key!r}]")
    else:
        yield path, thing


def together(*lists: tuple[Any, ...]) -> list[Any]:
    """Items of several lists, whatever they are, in order of time."""
    return sorted((item for items in lists for item in items), key=lambda item: when(item.at))


def moments(season: Season) -> list[tuple[str, str]]:
    return [
        (path, value)
        for path, value in everything(season)
        if isinstance(value, str) and re.fullmatch(r"2026-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", value)
    ]


def when(at: str) -> datetime:
    return datetime.fromisoformat(at)


def digest(season: Season) -> str:
    return hashlib.sha256(repr(season).encode()).hexdigest()


def test_has_enough_of_everything(season: Season) -> None:
    assert len(season.staff) == 5
    assert len([each for each in season.closings if each.status == "held"]) >= 12
    assert len(season.events) >= 14
    assert 580 <= len(season.sign_ins) <= 640
    assert 880 <= len(season.feedback) <= 920
    assert 280 <= len(season.partner_contacts) <= 320
    assert 10 <= len(season.groups) <= 15
    assert len({group.name for group in season.groups}) == len(season.groups)
    assert len(season.sheets) >= 8
    assert len(season.follow_ups) >= 50
    assert {response.state for response in season.responses} == {
        "received",
        "sorted",
        "passed_on",
        "acting",
        "done",
        "not_feasible",
        "referred_out",
        "told_back",
    }
    assert {step.state for step in season.interest_steps} >= {"sent", "introduced", "joined"}


def test_is_the_same_every_time() -> None:
    assert digest(plan_season(2026)) == digest(plan_season(2026)) != digest(season_of(1))


def test_is_the_same_in_every_process() -> None:
    script = (
        "import hashlib; from outreach_app.demo.season import plan_season;"
        "print(hashlib.sha256(repr(plan_season(2026)).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert said == {digest(season_of(2026))}


def test_offsets_are_those_of_the_places(season: Season) -> None:
    zones = {"NC": ZoneInfo("America/New_York"), "OR": ZoneInfo("America/Los_Angeles")}
    seen = set()
    for path, at in moments(season):
        offset = when(at).utcoffset()
        possible = {when(at).astimezone(zone).utcoffset() for zone in zones.values()}
        assert offset in possible, (path, at)
        seen.add(at[-6:])
    assert seen == {"-04:00", "-05:00", "-07:00", "-08:00"}
    for event in season.events:
        assert when(event.starts).utcoffset() == when(event.starts).astimezone(zones[event.state]).utcoffset()
        assert when(event.starts) < when(event.ends)


def test_lists_are_in_order_of_time(season: Season) -> None:
    for field in dataclasses.fields(season):
        items = getattr(season, field.name)
        if isinstance(items, tuple) and items and hasattr(items[0], "at"):
            order = [when(each.at) for each in items]
            assert field.name == "sheets" or order == sorted(order), field.name
    starts = [when(event.starts) for event in season.events]
    assert starts == sorted(starts)


def test_has_something_for_today_and_the_days_after(season: Season) -> None:
    days = [event.starts[:10] for event in season.events]
    assert days[0] >= "2026-09-01"
    assert days[-1] <= "2026-11-30"
    assert "2026-11-21" in days
    closed = {closing.event for closing in season.closings}
    ahead = [event for number, event in enumerate(season.events) if number not in closed]
    assert [event.starts[:10] for event in ahead] == [day for day in days if day > "2026-11-20"]
    assert len(ahead) >= 4
    expected = Counter(each.event for each in season.sign_ins if each.status == "expected")
    assert expected[days.index("2026-11-21")] >= 10
    due = [each.due for each in season.follow_ups if each.state == "open"]
    assert "2026-11-21" in due
    assert any(day > "2026-11-21" for day in due)


def test_nothing_is_captured_before_its_event_or_after_the_last_sync(season: Season) -> None:
    for each in together(season.sign_ins, season.feedback, season.partner_contacts, season.head_counts):
        assert when(each.at) < when(season.syncs[-1])
        assert each.worker in season.events[each.event].staff
        if getattr(each, "status", "") != "expected":
            begins = when(season.events[each.event].starts) - timedelta(minutes=30)
            assert begins <= when(each.at) <= begins + timedelta(hours=15)


def test_only_what_a_sync_brought_is_answered(season: Season) -> None:
    for each in together(season.sortings, season.reviews, season.responses):
        heard = when(season.feedback[each.feedback].at)
        assert any(heard < when(sync) < when(each.at) for sync in season.syncs)
    answered = [response.feedback for response in season.responses]
    assert len(answered) == len(set(answered))


def test_answers_say_what_their_state_calls_for(season: Season) -> None:
    for response in season.responses:
        assert (response.decided is not None) == (response.state in DECIDED), response
        assert (response.told_back_on is not None) == (response.state == "told_back"), response
        if response.state == "not_feasible":
            assert response.why
        if response.told_back_on:
            assert season.feedback[response.feedback].at[:10] < response.told_back_on <= response.at[:10]
    assert any(response.told_back_at is not None for response in season.responses)


DECIDED = ("acting", "done", "not_feasible", "referred_out", "told_back")


def test_people_come_again_share_phones_and_may_be_a_name_only(season: Season) -> None:
    times = Counter(each.person for each in season.sign_ins if each.person is not None)
    assert sum(count > 1 for count in times.values()) >= 60
    first: dict[int, Any] = {}
    for each in season.sign_ins:
        if each.person is not None:
            first.setdefault(each.person, each)
    homes = Counter(digits(each.phone) for each in first.values() if each.phone)
    assert sum(count > 1 for count in homes.values()) >= 15
    names_only = [each for each in first.values() if not (each.phone or each.email or each.zip or each.town)]
    assert len(names_only) >= 15
    written = [each for each in season.sign_ins if each.person is None]
    assert 5 <= len(written) <= 40
    assert all(each.marks == ("illegible",) and each.source == "paper" for each in written)
    assert len([each for each in season.sign_ins if each.language == "es"]) >= 80
    assert {each.source for each in season.sign_ins} == {"live", "paper", "kiosk"}


def test_walk_ins_are_many_and_some_did_not_come(season: Season) -> None:
    statuses = Counter(each.status for each in season.sign_ins)
    assert statuses["walk_in"] >= 300
    assert set(statuses) == {"walk_in", "attended", "expected", "no_show", "cancelled"}


def test_nobody_is_asked_about_a_way_there_is_no_address_for(season: Season) -> None:
    for each in season.sign_ins:
        assert "phone" not in each.consents or each.phone
        assert "text" not in each.consents or (each.phone and each.phone.kind == "mobile")
        assert "email" not in each.consents or each.email


def test_people_and_organizations_stand_on_the_laptop_that_uses_them(season: Season) -> None:
    """A number's first item makes it; whoever uses it later made it themselves, or had it by a sync."""
    made: dict[tuple[str, int], tuple[int, str]] = {}
    for number, organization in enumerate(season.organizations):
        if organization.from_start:
            made["organization", number] = (0, season.begins)
    used: list[tuple[str, int, int, str, bool]] = []
    for item in together(season.sign_ins, season.partner_contacts, season.consent_answers, season.follow_ups):
        makes = isinstance(item, SignIn | PartnerContact)
        if item.person is not None:
            used.append(("person", item.person, item.worker, item.at, makes))
        if getattr(item, "organization", None) is not None:
            used.append(("organization", item.organization, item.worker, item.at, makes))
    used += [
        ("person", each.said_by, each.worker, each.at, False) for each in season.feedback if each.said_by is not None
    ]
    used += [("person", step.person, 0, step.at, False) for step in season.interest_steps]
    for kind, number, worker, at, makes in sorted(used, key=lambda use: (when(use[3]), not use[4])):
        if (kind, number) not in made:
            assert makes, (kind, number, at)
            made[kind, number] = (worker, at)
        maker, made_at = made[kind, number]
        brought = any(when(made_at) < when(sync) <= when(at) for sync in season.syncs)
        assert maker == worker or brought, (kind, number, worker, at)
    assert {number for kind, number in made if kind == "person"} == set(range(season.people))
    assert {number for kind, number in made if kind == "organization"} == set(range(len(season.organizations)))


def test_new_organizations_are_named_as_listed(season: Season) -> None:
    known = {number for number, organization in enumerate(season.organizations) if organization.from_start}
    for item in together(season.sign_ins, season.partner_contacts):
        if item.organization is not None:
            assert item.organization_name == season.organizations[item.organization].name
            assert getattr(item, "new_organization", item.organization not in known) == (item.organization not in known)
            known.add(item.organization)


def test_some_neighbors_were_written_down_twice(season: Season) -> None:
    names: dict[int, str] = {}
    for each in together(season.sign_ins, season.partner_contacts):
        if each.person is not None:
            names.setdefault(each.person, each.name)
    assert 20 <= len(season.same_people) <= 80
    assert any(len({names[number] for number in same}) > 1 for same in season.same_people)
    assert len({number for same in season.same_people for number in same}) == sum(map(len, season.same_people))
    twins = [number for number, each in enumerate(season.organizations) if each.same_as is not None]
    assert twins
    assert all(season.organizations[number].same_as != number for number in twins)


def test_paper_lines_are_lines_of_their_sheet(season: Season) -> None:
    seen = set()
    for each in season.sign_ins:
        assert (each.sheet is None) == (each.source != "paper")
        if each.sheet is not None and each.page is not None and each.line is not None:
            sheet = season.sheets[each.sheet]
            assert sheet.event == each.event
            assert when(sheet.at) < when(each.at)
            assert 1 <= (each.page - 1) * 11 + each.line <= sheet.lines
            seen.add((each.sheet, each.page, each.line))
    assert len(seen) == len([each for each in season.sign_ins if each.source == "paper"]) >= 60


def digits(phone: Phone) -> str:
    return "".join(filter(str.isdigit, phone.number))


def test_phones_and_addresses_are_nobodys(season: Season) -> None:
    seen = 0
    for path, value in everything(season):
        if not isinstance(value, str):
            continue
        for number in re.findall(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)", value):
            seen += 1
            assert re.fullmatch(r"[2-9]\d\d55501\d\d", re.sub(r"\D", "", number)), (path, value)
        for address in re.findall(r"\S+@\S+", value):
            assert re.fullmatch(r"[a-z0-9.-]+@([a-z-]+\.)?example\.(org|net)", address), (path, value)
    assert seen > 300


def test_the_disputed_phone_is_one_persons_on_both_laptops(season: Season) -> None:
    dispute = season.phone_dispute
    first = next(each for each in season.sign_ins if each.person == dispute.person)
    assert first.phone is not None
    assert first.phone.number == dispute.was
    assert first.name == dispute.name
    assert len({dispute.was, dispute.on_laptop, dispute.in_workbook}) == 3
    assert dispute.worker != dispute.workbook_worker
    assert when(first.at) < when(season.syncs[1]) < when(dispute.at) < when(season.syncs[2])
    names = [each.name for each in {each.person: each for each in season.sign_ins}.values()]
    assert names.count(dispute.name) == 1


def test_a_zip_that_begins_with_nought_waits_for_the_workbooks(season: Season) -> None:
    editors = {edit.worker for edit in season.workbook_edits}
    assert any(each.zip and each.zip.startswith("0") and each.worker in editors for each in season.sign_ins)


def test_head_counts_and_closings_belong_to_held_events(season: Season) -> None:
    held = {closing.event for closing in season.closings if closing.status == "held"}
    assert {count.event for count in season.head_counts} <= held
    assert all(count.n >= 1 for count in season.head_counts)
    assert [closing.status for closing in season.closings].count("cancelled") == 1


def test_each_follow_up_step_is_of_a_contact_that_has_one(season: Season) -> None:
    for step in season.follow_up_steps:
        contact = season.partner_contacts[step.contact]
        assert contact.follow_up is not None
        assert when(contact.at) < when(step.at) < when(season.syncs[-1])
    assert any(contact.follow_up and contact.follow_up.due > "2026-11-21" for contact in season.partner_contacts)


def test_reads_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            raise AssertionError(f"asked for the time in {tz or UTC}")

    monkeypatch.setattr("outreach_app.demo.moments.datetime", NoClock)
    monkeypatch.setattr("time.time", lambda: pytest.fail("asked for the time"))
    assert plan_season(3).department == season_of(1).department
