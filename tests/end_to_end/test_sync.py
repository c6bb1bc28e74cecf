"""Two laptops and a folder, by the real program: they end equal, and what both changed is a person's to decide."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outreach_app.operations.decisions import hand_over, use
from outreach_app.operations.records import edit_record
from outreach_app.operations.spaces import open_store
from outreach_app.store.shipping import Whereabouts
from outreach_app.store.stores import Store
from tests.helpers.programs import PASSPHRASE, contents, done, ids, outreach, refused


def within(folder: Path, work: Callable[[Store], Any]) -> Any:
    """Do something in a store, as its window would."""
    store = open_store(folder, PASSPHRASE)
    try:
        return work(store)
    finally:
        store.close()


def edit(folder: Path, person: str, **values: str) -> None:
    """Give fields of a person new values."""
    within(folder, lambda store: edit_record(store, "people", person, values))


def standing(folder: Path) -> dict[str, Any]:
    """All that stands in a store, by id."""

    def read(store: Store) -> dict[str, Any]:
        kinds = [name for name, kind in store.registry.items() if kind.about.in_forms]
        return {view.id: (view.title, view.values, view.to_decide) for kind in kinds for view in store.list(kind)}

    found: dict[str, Any] = within(folder, read)
    return found


def test_two_laptops_that_both_wrote_end_equal(office: Path, laptop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = done("record", "people", "name=Ada Crowe", "town=Alarka", "--store", office, "--json").json["id"]
    done("record", "people", "name=Ben Arch", "--store", laptop)
    first = done("sync", stick, "--store", office, "--json").json
    assert first["sent_changes"] == 3  # the invitation it made, the person, and what the recovery sheet is
    assert first["adds_up"] is True
    assert set(first["decisions"]) == {"conflicts", "duplicates"}
    assert done("sync", stick, "--store", laptop, "--json").json["received"] == 3
    assert done("sync", stick, "--store", office, "--json").json["received"] == 2  # it asks to be let in, and a person
    assert standing(office) == standing(laptop)
    assert within(laptop, lambda store: store.whereabouts()) == Whereabouts(0, 1, 0)
    done("sync", stick, "--store", laptop)
    assert within(laptop, lambda store: store.whereabouts()) == Whereabouts(0, 0, 1)

    for folder, town in ((office, "Almond"), (laptop, "Bryson City")):
        edit(folder, made, town=town)
    edit(office, made, zip="28713")
    edit(laptop, made, pronouns="she")
    for folder in (office, laptop, office, laptop):
        done("sync", stick, "--store", folder)
    assert standing(office) == standing(laptop)
    for folder in (office, laptop):
        decisions = within(folder, lambda store: store.decisions())
        assert [(each.what, each.record, each.field) for each in decisions] == [("conflict", made, "town")]
        assert {option.value for option in decisions[0].options} == {"Almond", "Bryson City"}
        held = standing(folder)[made][1]
        assert (held["zip"], held["pronouns"]) == ("28713", "she")

    within(office, lambda store: hand_over(store, store.decisions()[0], within(laptop, lambda other: other.worker)))
    for folder in (office, laptop):
        done("sync", stick, "--store", folder)
    within(laptop, lambda store: use(store, store.decisions()[0], "Almond"))
    for folder in (laptop, office):
        assert "conflicts" in done("sync", stick, "--store", folder, "--json").out
    assert standing(office) == standing(laptop)
    assert standing(office)[made][1]["town"] == "Almond"
    assert not within(office, lambda store: store.decisions())
    for folder in (office, laptop):
        assert done("doctor", "--store", folder, "--json").json["healthy"] is True


def test_a_sync_with_nothing_new_changes_nothing(office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done("record", "people", "name=Ada Crowe", "--store", office)
    done("sync", stick, "--store", office)
    before, held = contents(stick), standing(office)
    said = done("sync", stick, "--store", office, "--json").json
    assert (said["sent_changes"], said["received"]) == (0, 0)
    assert contents(stick) == before
    assert standing(office) == held


def test_another_departments_folder_is_left_alone(office: Path, other: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done("record", "people", "name=Stranger", "--store", other)
    done("record", "people", "name=Ada Crowe", "--store", office)
    done("sync", stick, "--store", other)
    before = contents(stick)
    assert "another department's" in refused("sync", stick, "--store", office)
    assert contents(stick) == before
    assert set(ids(office, "people")) == {"Ada Crowe"}


def test_a_segment_from_another_space_among_ones_own_is_set_aside(
    office: Path, laptop: Path, other: Path, tmp_path: Path
) -> None:
    theirs, stick = tmp_path / "theirs", tmp_path / "stick"
    theirs.mkdir()
    stick.mkdir()
    done("record", "people", "name=Stranger", "--store", other)
    done("record", "people", "name=Ada Crowe", "--store", office)
    done("sync", theirs, "--store", other)
    done("sync", stick, "--store", office)
    segment = next(path for path in sorted(theirs.rglob("*")) if path.is_file() and path.stat().st_size > 300)
    own = next(stick.rglob("*.segment"))
    shutil.copy(segment, own.parent / segment.name)
    said = outreach("sync", stick, "--store", laptop, "--json")
    assert said.code == 0
    assert said.json["received"] == 3
    assert len(said.json["set_aside"]) == 1
    assert said.json["set_aside"][0]["reason"]
    assert set(ids(laptop, "people")) == {"Ada Crowe"}


def test_a_torn_segment_waits_and_stops_nothing(office: Path, laptop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done("record", "people", "name=Ada Crowe", "--store", office)
    done("sync", stick, "--store", office)
    whole = {path: path.read_bytes() for path in stick.rglob("*.segment")}
    for path, data in whole.items():
        path.write_bytes(data[: len(data) // 2])
    said = done("sync", stick, "--store", laptop, "--json").json
    assert said["received"] == 0
    assert not ids(laptop, "people")
    for path, data in whole.items():
        path.write_bytes(data)
    assert done("sync", stick, "--store", laptop, "--json").json["received"] == 3
    assert set(ids(laptop, "people")) == {"Ada Crowe"}
