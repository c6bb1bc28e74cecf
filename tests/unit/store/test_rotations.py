"""Backups made by themselves: which are kept, where, when another is due; the last good one outlives a fault."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.model.errors import NotFound, NotWritable
from outreach_app.operations.backups import back_up_now, backups, keep_in, keeping
from outreach_app.store import rotations
from outreach_app.store.backups import restore
from outreach_app.store.engines import dbapi2
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.rotations import KEPT, due, kept, make_one, moment_in
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
    for day in range(9):
        made = make_one(store.as_source(), place, clock(NOON) + day * DAY)
        assert made.verified
        if not day:
            for name in ("outreach-00000000-20200101-000000.backup", "office.backup", "outreach-x.backup", "notes.txt"):
                (place / name).write_text("somebody's")
    mine = [each for each in held(place) if each.startswith(f"outreach-{store.as_source().mark}")]
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
    files = rotations.files(place, source.mark)
    now = clock(moment_in(files[0]))
    assert not due(files, now + DAY - 1)
    assert due(files, now + DAY)
    assert due(files, now - DAY)  # made on a day that has not come yet


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
    again.close()


def test_a_stick_that_is_not_in_says_so_and_a_full_one_leaves_the_last(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    keep_in(store, stick)
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
    whole = make_one(store.as_source(), made.file.parent, keeping(store).at + DAY)
    restore(whole.file, tmp_path / "back")
    Store.open(tmp_path / "back", PASSPHRASE).close()
