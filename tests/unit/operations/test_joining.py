"""Joining, sealing and receipts between real stores and a folder."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.journal.clock import Clock
from outreach_app.journal.members import Said
from outreach_app.journal.statements import run_of
from outreach_app.model.errors import BadInput
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store import stores
from outreach_app.store.journals import Journal, digested
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.shipping import Whereabouts
from outreach_app.store.stores import Store
from outreach_app.sync import segments
from outreach_app.sync.invitations import DAY
from tests.conftest import PASSPHRASE

WORDS = "The inspector asked my uncle for money"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path / "office", PASSPHRASE, "Ada Crowe", "Hill County", DEMO_COST)
    with closing(store):
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def joined(office: Store, place: Path, name: str, role: str = "worker", words: tuple[Path, str] | None = None) -> Store:
    if words is None:
        file = place.with_suffix(".invitation")
        words = file, invite(office, file, role)
    return join(place, *words, name, "a passphrase of its own", DEMO_COST)


def names(store: Store) -> set[str]:
    return {view.title for view in store.list("people")}


def test_what_a_new_laptop_wrote_counts_once_a_coordinator_has_let_it_in(
    office: Store, folder: Path, tmp_path: Path
) -> None:
    with (
        closing(joined(office, tmp_path / "ben", "Ben")) as ben,
        closing(joined(office, tmp_path / "cora", "Cora")) as cora,
    ):
        make_record(ben, "people", {"name": "Maria"})
        sync_folder(ben, folder)
        account = sync_folder(cora, folder).exchange
        assert account.adds_up
        assert (account.received, account.waiting, names(cora)) == (0, 2, set())
        assert cora.left_segments() == {"stranger": 1}
        account = sync_folder(office, folder).exchange
        assert (account.adds_up, account.waiting, names(office)) == (True, 0, {"Maria"})
        account = sync_folder(cora, folder).exchange
        assert (account.late, names(cora), cora.left_segments()) == (2, {"Maria"}, {})


def test_an_invitation_lets_in_one_laptop_and_not_after_its_time(office: Store, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "once"
    words = file, invite(office, file)
    with (
        closing(joined(office, tmp_path / "ben", "Ben", words=words)) as ben,
        closing(joined(office, tmp_path / "eve", "Eve", words=words)) as eve,
    ):
        for store, name in ((ben, "Maria"), (eve, "False")):
            make_record(store, "people", {"name": name})
        sync_folder(ben, folder)
        sync_folder(office, folder)
        sync_folder(eve, folder)
        sync_folder(office, folder)
        assert names(office) == {"Maria"}
        assert office.left_segments() == {"stranger": 1}
    late = joined(office, tmp_path / "late", "Late")
    with closing(late):
        make_record(late, "people", {"name": "Too late"})
        sync_folder(late, folder)
        then = Clock().tick() + 15 * DAY
        office.clock = Clock(lambda: then)
        sync_folder(office, folder)
        assert names(office) == {"Maria"}


def test_a_worker_cannot_invite(office: Store, tmp_path: Path) -> None:
    with closing(joined(office, tmp_path / "ben", "Ben")) as ben:
        with pytest.raises(BadInput, match="Only a coordinator"):
            invite(ben, tmp_path / "no.invitation")
        assert not (tmp_path / "no.invitation").exists()


def test_a_sensitive_report_is_sealed_as_it_is_saved_and_carried_unread(
    office: Store, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other stick"
    other.mkdir()
    with (
        closing(joined(office, tmp_path / "ben", "Ben")) as ben,
        closing(joined(office, tmp_path / "cora", "Cora")) as cora,
    ):
        report, changes = record_feedback(ben, NewFeedback(WORDS, sensitive=True))
        assert changes.records == {}
        assert ben.get("feedback", report) is None
        assert (ben.find("inspector"), ben.history("feedback", report)) == ([], [])
        assert WORDS.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "ben").iterdir())
        assert ben.whereabouts() == Whereabouts(1, 0, 0)
        sync_folder(ben, other)
        assert ben.whereabouts() == Whereabouts(0, 1, 0)
        account = sync_folder(cora, other).exchange
        assert account.adds_up
        assert cora.left_segments() == {"sealed": 1, "stranger": 1}
        assert cora.get("feedback", report) is None
        assert sync_folder(cora, folder).exchange.carried_segments >= 1
        sync_folder(office, folder)
        found = office.get("feedback", report)
        assert found is not None
        assert found.values["verbatim"] == WORDS
        sync_folder(ben, folder)
        assert ben.whereabouts() == Whereabouts(0, 0, 1)
        assert ben.get("feedback", report) is None
        assert ben.check().healthy
        assert office.check().healthy


def test_what_hangs_on_a_sealed_report_is_sealed_too(office: Store, folder: Path, tmp_path: Path) -> None:
    with closing(joined(office, tmp_path / "ben", "Ben")) as ben:
        report, _ = record_feedback(ben, NewFeedback(WORDS, sensitive=True))
        sync_folder(ben, folder)
        sync_folder(office, folder)
        answer, made = make_record(office, "responses", {"feedback": report, "state": "acting"})
        changed = edit_record(office, "feedback", report, {"what_kind": "problem"})
        assert made.change is not None
        undone = office.undo(made.change)
        for each in (made, changed, undone):
            assert each.change is not None
            assert office.recent(9)[0].audience == "coordinators"
        sync_folder(office, folder)
        sync_folder(ben, folder)
        assert ben.get("responses", answer) is None
        assert ben.get("feedback", report) is None


def test_what_turns_out_to_be_sensitive_is_sealed_anew_and_the_old_is_to_be_struck(
    office: Store, folder: Path, tmp_path: Path
) -> None:
    with closing(joined(office, tmp_path / "ben", "Ben")) as ben:
        old, _ = record_feedback(ben, NewFeedback(WORDS, themes=()))
        sync_folder(ben, folder)
        sync_folder(office, folder)
        edit_record(ben, "feedback", old, {"sensitive": True})
        assert not ben.list("feedback")
        for store in (ben, office, ben):
            sync_folder(store, folder)
        (found,) = office.list("feedback")
        assert found.id != old
        assert (found.values["verbatim"], found.values["sensitive"]) == (WORDS, True)
        assert [each.what["says"] for each in _said(office)].count("strike") == 1


def _said(store: Store) -> list[Said]:
    with store.reading() as connection:
        return Journal(connection).said()


def test_a_new_coordinator_reads_what_was_sealed_before_it_came(office: Store, folder: Path, tmp_path: Path) -> None:
    with (
        closing(joined(office, tmp_path / "ben", "Ben")) as ben,
        closing(joined(office, tmp_path / "dee", "Dee", "coordinator")) as dee,
    ):
        report, _ = record_feedback(ben, NewFeedback(WORDS, sensitive=True))
        assert not dee.space.reads("coordinators")
        for store in (ben, dee, office, dee):
            sync_folder(store, folder)
        assert dee.space.reads("coordinators")
        found = dee.get("feedback", report)
        assert found is not None
        assert dee.left_segments() == {}
        with closing(joined(dee, tmp_path / "eli", "Eli")) as eli:
            make_record(eli, "people", {"name": "Otis"})
            for store in (eli, dee, office):
                sync_folder(store, folder)
            assert "Otis" in names(office)


def test_a_receipt_comes_back_by_any_road_and_two_coordinators_do_not_answer_each_other_for_ever(
    office: Store, folder: Path, tmp_path: Path
) -> None:
    with (
        closing(joined(office, tmp_path / "ben", "Ben")) as ben,
        closing(joined(office, tmp_path / "dee", "Dee", "coordinator")) as dee,
    ):
        make_record(ben, "people", {"name": "Maria"})
        for _ in range(4):
            for store in (ben, office, dee):
                sync_folder(store, folder)
        assert ben.whereabouts() == Whereabouts(0, 0, 1)
        before = sorted(folder.rglob("*.segment"))
        for store in (ben, office, dee, office, dee):
            assert sync_folder(store, folder).exchange.sent_changes == 0
        assert sorted(folder.rglob("*.segment")) == before


def test_receipts_are_made_anew_from_the_journal(office: Store, folder: Path, tmp_path: Path) -> None:
    with closing(joined(office, tmp_path / "ben", "Ben")) as ben:
        make_record(ben, "people", {"name": "Maria"})
        for store in (ben, office, ben):
            sync_folder(store, folder)
        before = ben.whereabouts()
        ben.rebuild()
        assert ben.whereabouts() == before == Whereabouts(0, 0, 1)


def test_what_a_newer_program_wrote_is_kept_carried_and_taken_in_once_this_one_is_newer(
    office: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other stick"
    other.mkdir()
    with (
        closing(joined(office, tmp_path / "ben", "Ben")) as ben,
        closing(joined(office, tmp_path / "cora", "Cora")) as cora,
    ):
        for store in (ben, cora, office, ben, cora):
            sync_folder(store, folder)
        ben._runs.clear()  # a new run, all of it of a newer form
        with monkeypatch.context() as newer:
            newer.setattr(stores, "digested", lambda change: digested(replace(change, least=2)))
            make_record(ben, "people", {"name": "Maria"})
            newer.setattr(segments, "LEAST", 2)
            sync_folder(ben, folder)
        for place in (folder, other):
            assert sync_folder(cora, place).exchange.adds_up
        assert (cora.left_segments(), names(cora)) == ({"newer": 1}, set())
        make_record(cora, "people", {"name": "Capture goes on"})
        account = sync_folder(office, other).exchange
        assert (account.adds_up, office.left_segments()) == (True, {"newer": 1})
        monkeypatch.setattr(segments, "LEAST", 2)
        assert sync_folder(office, other).exchange.late == 1
        assert (office.left_segments(), "Maria" in names(office)) == ({}, True)
        assert office.check().healthy


def test_two_contents_of_one_number_are_both_kept_and_told(office: Store, folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.mkdir()
    with closing(joined(office, tmp_path / "ben", "Ben")) as ben:
        sync_folder(ben, folder)
        sync_folder(office, folder)
        ben.close()
        shutil.copytree(tmp_path / "ben", tmp_path / "twin")
    for place, stick, name in ((tmp_path / "ben", one, "Maria"), (tmp_path / "twin", two, "Otis")):
        with closing(open_store(place, "a passphrase of its own")) as store:
            store._runs["everyone"] = run_of(
                store.device, b"r" * 8
            )  # what a copied memory would do: both go on in one run
            make_record(store, "people", {"name": name})
            sync_folder(store, stick)
            make_record(store, "people", {"name": name + " again"})
            sync_folder(store, stick)
    assert sync_folder(office, one).exchange.clashing == 0
    account = sync_folder(office, two).exchange
    assert account.adds_up
    assert account.clashing == 2
    assert office.left_segments() == {"forked": 4}
    assert names(office) == set()
    assert sync_folder(office, folder).exchange.carried_segments >= 4
    assert office.check().healthy
