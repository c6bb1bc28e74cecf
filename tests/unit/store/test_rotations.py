"""Backups made by themselves: which are kept, where, when another is due; the last good one outlives a fault."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.model.errors import NotFound, NotWritable
from outreach_app.operations.backups import back_up_now, backups, keep_in, keeping
from outreach_app.operations.spaces import new_store
from outreach_app.store.backups import restore
from outreach_app.store.engines import dbapi2
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.rotations import KEPT, backups_in, due, kept, make_one
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = 86_400_000_000


def clock(when: datetime) -> int:
    return int(when.timestamp()) * 1_000_000


def held(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_the_newest_of_seven_days_four_weeks_and_six_months_is_kept() -> None:
    twice_a_day = [NOON - timedelta(hours=12 * each) for each in range(800)]
    keep = sorted(kept(twice_a_day), reverse=True)
    days = [NOON - timedelta(days=each) for each in range(7)]
    assert keep[:7] == days
    assert {f"{when:%G-%V}" for when in keep} >= {f"{NOON - timedelta(weeks=each):%G-%V}" for each in range(4)}
    assert {f"{when:%Y-%m}" for when in keep} == {"2026-11", "2026-10", "2026-09", "2026-08", "2026-07", "2026-06"}
    assert len(keep) <= sum(most for _period, most in KEPT)
    assert kept(keep) == set(keep)  # another turn takes nothing more away


def test_day_by_day_it_ends_with_the_same_ones() -> None:
    there: set[datetime] = set()
    for day in range(400):
        there = kept({*there, NOON + timedelta(days=day)})
    last = NOON + timedelta(days=399)
    assert {last - timedelta(days=each) for each in range(7)} <= there
    assert len({f"{when:%Y-%m}" for when in there}) == 6
    assert kept([]) == set()


def test_backups_are_rotated_in_their_place_and_others_are_left_alone(store: Store) -> None:
    place = keeping(store).place
    assert place == store.folder / "backups"  # type: ignore[operator]
    others = ["outreach-00000000-20200101-000000.backup", "office.backup", "outreach-x.backup", "notes.txt"]
    for day in range(9):
        made = make_one(store.as_source(), place, clock(NOON) + day * DAY)
        assert made.verified
        if not day:
            for name in others:
                (place / name).write_text("somebody's")
    mine = [each for each in held(place) if each not in others]
    dates = [each.split("-")[2] for each in mine]
    assert dates[-7:] == ["20261128", "20261129", "20261130", "20261201", "20261202", "20261203", "20261204"]
    assert dates[:-7] == []  # the newest of November, and of each of the two weeks, are among these days
    assert len(held(place)) == len(mine) + 4
    newest = backups(store)[0]
    assert (newest.file.name, newest.verified) == (mine[-1], True)


def test_once_a_day_and_again_after_a_clock_that_ran_ahead(store: Store) -> None:
    source, place = store.as_source(), keeping(store).place
    assert keeping(store).due
    back_up_now(store)
    assert not keeping(store).due
    made = backups_in(place, source.key)
    now = made[0].at
    assert not due(made, now + DAY - 1_000_000)
    assert due(made, now + DAY)
    assert due(made, now - DAY)  # made on a day that has not come yet


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another laptop's store, opened by the same passphrase, which keeps its backups in the same folder."""
    folder = tmp_path / "other"
    made = new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    yield made
    made.close()


def test_what_others_put_there_under_whatever_name_skews_nothing(store: Store, other: Store, tmp_path: Path) -> None:
    """Neither when one is due nor which are kept: names and dates are anybody's, labels are this store's alone."""
    stick = tmp_path / "stick"
    stick.mkdir()
    for each in (store, other):
        keep_in(each, stick)
    now = clock(NOON)
    for day in range(1, 9):
        make_one(other.as_source(), stick, now + day * DAY)
    theirs, mark = held(stick), store.as_source().mark
    name = "outreach-{}-{:%Y%m%d-%H%M%S}.backup"
    for day in range(9):
        shutil.copyfile(stick / theirs[0], stick / name.format(mark, NOON + timedelta(days=day)))
    assert backups_in(stick, store.as_source().key) == []
    assert due(backups_in(stick, store.as_source().key), now)
    made = make_one(store.as_source(), stick, now)
    shutil.copyfile(made.file, stick / name.format(mark, NOON + timedelta(days=1)))  # an older one under a newer name
    (stick / name.format(mark, NOON + timedelta(days=2))).write_bytes(made.file.read_bytes()[:-1])
    label = json.loads((archive := zipfile.ZipFile(made.file)).comment)
    archive.close()
    forged = stick / name.format(mark, NOON + timedelta(days=3))
    shutil.copyfile(made.file, forged)
    with zipfile.ZipFile(forged, "a") as archive:
        archive.comment = json.dumps({**label, "at": now + 3 * DAY, "changes": 10_000}).encode()
    there = backups_in(stick, store.as_source().key)
    assert {(each.at, each.changes) for each in there} == {(made.at, made.changes)}
    assert due(there, now + DAY)
    assert set(theirs) <= set(held(stick))


def test_one_that_is_damaged_stands_in_for_none_that_is_whole(store: Store) -> None:
    place = keeping(store).place
    for day in range(7):
        make_one(store.as_source(), place, clock(NOON) + day * DAY)
    first, second, *_more = held(place)
    content = bytearray((place / second).read_bytes())
    content[len(content) // 2] ^= 1
    (place / second).write_bytes(content)
    last = make_one(store.as_source(), place, clock(NOON) + 7 * DAY)
    assert {first, second, last.file.name} <= set(held(place)), "seven are whole, and the damaged one is a person's"


def test_a_clock_that_was_wrong_for_a_week_takes_nothing_away(store: Store) -> None:
    """Whether it ran ahead then, or runs behind now."""
    place, years = keeping(store).place, 3650 * DAY
    for day in range(9):
        make_one(store.as_source(), place, clock(NOON) + day * DAY)
    right = set(held(place))
    for day in range(9):
        make_one(store.as_source(), place, clock(NOON) - years + day * DAY)
    assert right <= set(held(place)), "made while the clock ran behind"
    for day in range(9, 18):
        make_one(store.as_source(), place, clock(NOON) + day * DAY)
    assert len([each for each in held(place) if "-2026" in each]) >= 7
    for file in place.glob("*-2016*"):
        file.unlink()
    for day in range(9):
        make_one(store.as_source(), place, clock(NOON) + years + day * DAY)
    ahead = set(held(place))
    for day in range(18, 30):
        make_one(store.as_source(), place, clock(NOON) + day * DAY)
    assert {each for each in ahead if "-2036" in each} <= set(held(place))
    assert len([each for each in held(place) if "-2026" in each]) >= 7


def test_a_folder_that_somebody_chose(store: Store, store_folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keep_in(store, stick)
    made = back_up_now(store)
    assert made.file.parent == stick
    assert not (store_folder / "backups").exists()
    assert str(stick) not in (store_folder / "keys.json").read_text()
    store.slots.add("Ben Squirrel", "another passphrase", DEMO_COST)
    store.close()
    again = Store.open(store_folder, PASSPHRASE)
    assert keeping(again).place == stick
    keep_in(again, None)
    assert keeping(again).own
    later = make_one(again.as_source(), keeping(again).place, made.at + DAY)
    assert [each.file for each in keeping(again).there()] == [later.file, made.file], "those of before are known still"
    again.close()


def test_a_stick_that_is_not_in_says_so_and_a_full_one_leaves_the_last(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    with pytest.raises(NotWritable, match="stick"):
        keep_in(store, stick)
    assert keeping(store).own
    stick.mkdir()
    keep_in(store, stick)
    stick.rmdir()
    with pytest.raises(NotFound, match="Is the stick in"):
        back_up_now(store)
    assert not stick.exists()
    stick.mkdir()
    last = back_up_now(store)
    content = last.file.read_bytes()

    def full(*_: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr("outreach_app.store.backups._copy", full)
    with pytest.raises(NotWritable, match="disk is full"):
        make_one(store.as_source(), stick, keeping(store).at + 60 * DAY)
    assert held(stick) == [last.file.name]
    assert last.file.read_bytes() == content


def test_one_that_was_damaged_since_is_told(store: Store, tmp_path: Path) -> None:
    made = back_up_now(store)
    content = bytearray(made.file.read_bytes())
    content[len(content) // 2] ^= 1
    made.file.write_bytes(content)
    assert [each.verified for each in backups(store)] == [False]
    made.file.write_bytes(content[:1000])
    assert [(each.verified, each.at) for each in backups(store)] == [(False, 0)]
    assert keeping(store).due
    whole = make_one(store.as_source(), made.file.parent, keeping(store).at + DAY)
    restore(whole.file, tmp_path / "back")
    Store.open(tmp_path / "back", PASSPHRASE).close()
