"""What somebody who belongs to the department can do with a program of their own: nothing to the others' work."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Write, WriteId
from outreach_app.journal.digests import canonical
from outreach_app.journal.standing import DELETED
from outreach_app.journal.statements import COORDINATOR, Accepted, KeyGiven, Revoked, Statement, run_of
from outreach_app.model.errors import BadInput
from outreach_app.model.identifiers import new_id
from outreach_app.operations import keys as recovery_verbs
from outreach_app.operations import syncing
from outreach_app.operations.deciding import in_words
from outreach_app.operations.decisions import note
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.keys import Recovery, new_sheet, prove_recovery, recovery
from outreach_app.operations.laptops import appoint, revoke, undo
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.spaces import invite
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.handovers import NOTES, noted_at
from outreach_app.store.identities import EVERYONE, DeviceIdentity, Epoch, SpaceKeys, sealed_to
from outreach_app.store.journals import digested
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.sheet_words import made_for, said_by
from outreach_app.store.shipping import Kept, State
from outreach_app.store.stores import Store
from outreach_app.sync import segments
from outreach_app.sync.decoders import plain_cbor
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.frames import framed, unframed
from outreach_app.sync.segments import FORMAT, MAGIC, Label, seal
from tests.helpers.departments import Department, names


@pytest.fixture
def dee(county: Department) -> Store:
    """A coordinator's laptop that the office let in."""
    store = county.joined("Dee", "coordinator")
    county.sync(store, county.office, store)
    assert store.role == "coordinator"
    return store


@pytest.fixture
def ben(county: Department) -> Store:
    """A worker's laptop."""
    store = county.joined("Ben")
    county.sync(store, county.office, store)
    return store


def slip(store: Store, folder: Path, what: Sequence[tuple[str, Any]] = (), clock: int = 0, **more: Any) -> None:
    """Leave a change in a folder that no program of ours makes: of a person with these fields, at that clock."""
    run, record = run_of(store.device, os.urandom(8)), new_id()
    clock = clock or store.clock.tick()
    writes = tuple(
        Write(WriteId(run, 2 + place), Slot("people", record, name, "0" * 16 if name == "phones" else ""), value,
              (), b"s" * 16)
        for place, (name, value) in enumerate(what)
    )  # fmt: skip
    change = Change(WriteId(run, 1), EVERYONE, store.worker, store.device, clock, "live", "make", writes, **more)
    segment = seal([digested(change)], store.identity, store.space)
    FolderCarrier(folder).write(segment.name, segment.data)


def say(store: Store, *statements: Statement) -> None:
    with store.writing("say") as draft:
        draft.statements += statements


def leave(store: Store, folder: Path, *writes: Write) -> WriteId:
    """Leave a change of these writes in a folder, each under its derived id, or the next number; the change's id."""
    run = run_of(store.device, os.urandom(8))
    numbered = (
        each if each.id.run and not each.id.number else replace(each, id=WriteId(run, 2 + place))
        for place, each in enumerate(writes)
    )
    change = Change(
        WriteId(run, 1), EVERYONE, store.worker, store.device, store.clock.tick(), "live", "edit", tuple(numbered)
    )
    segment = seal([digested(change)], store.identity, store.space)
    FolderCarrier(folder).write(segment.name, segment.data)
    return change.id


class TestWrites:
    def test_undoing_what_somebody_wrote_reads_out_nothing_from_elsewhere(self, county: Department, ben: Store) -> None:
        """The numbers of what is sealed to coordinators stand on its outside, for whoever carries it."""
        office = county.office
        otis, _ = make_record(office, "people", {"name": "Otis"})
        record_feedback(office, NewFeedback("The inspector asked for money", sensitive=True))
        county.sync(office, ben)
        with ben.shipping() as shipping:
            kept = [shipping.segment(name) for name in shipping.kept()]
        sealed = [each for each in kept if each.state == "sealed"]
        ids = tuple(WriteId(each.run, number) for each in sealed for number in range(each.first, each.last + 1))
        assert ids
        name = Slot("people", otis, "name")
        scrawled = leave(ben, county.folder, Write(WriteId(b"", 1), name, "XXXX", ids, b"s" * 16))
        county.sync(office)
        office.undo(scrawled)
        county.sync(office, ben)
        for store in (office, ben):
            [decision] = [each for each in store.decisions() if each.what == "conflict"]
            assert {each.value for each in decision.options} == {"Otis", None}
            assert [view.id for view in store.list("people")] == [otis], "it is shown while this is to be decided"

    def test_a_write_that_replaces_itself_is_refused(self, county: Department, ben: Store) -> None:
        office = county.office
        maria, _ = make_record(office, "people", {"name": "Maria"})
        made = edit_record(office, "people", maria, {"name": "Marie"}).change
        assert made is not None
        office.undo(made)
        county.sync(office, ben)
        [undone] = [each.write for each in ben.standing([maria])[maria]]
        leave(ben, county.folder, replace(undone, replaces=(undone.id,)))
        county.sync(office)
        assert names(office) == {"Maria"}


class TestTheSheet:
    def test_no_other_coordinator_makes_a_sheet_that_speaks(self, county: Department, dee: Store) -> None:
        office, own = county.office, RecoveryKey.new()
        before = office.space.recovery
        say(dee, made_for(own, dee.space, before[1]))
        say(dee, said_by(own, dee.space.space, Revoked(office.device, {}, 1)))
        county.sync(dee, office, dee, office)
        for store in (office, dee):
            assert office.device in store.membership().coordinators
            assert store.space.recovery == before
        make_record(office, "people", {"name": "Maria"})
        county.sync(office, dee)
        assert names(dee) == {"Maria"}

    def test_one_that_silences_its_own_making_holds_nobody_up(self, county: Department, dee: Store, ben: Store) -> None:
        office, own = county.office, RecoveryKey.new()
        say(office, made_for(own, office.space, office.space.recovery[1]))
        say(office, said_by(own, office.space.space, Revoked(office.device, {}, 1)))
        county.sync(office, dee, ben, office, dee, ben, rounds=2)
        members = [store.membership() for store in (dee, ben)]
        assert members[0] == members[1]
        assert office.device not in members[0].coordinators
        make_record(ben, "people", {"name": "Maria"})
        county.sync(ben, dee)
        assert names(dee) == {"Maria"}

    def test_a_coordinator_makes_a_new_one_with_the_words_of_the_present_one(
        self, county: Department, dee: Store
    ) -> None:
        office = county.office
        words = " ".join(RecoveryKey(office.setting("recovery_seed")).words)
        prove_recovery(office, words)
        assert recovery(office) is Recovery.PROVEN
        with pytest.raises(BadInput, match="words of the present one"):
            new_sheet(dee)
        with pytest.raises(BadInput, match="another recovery sheet"):
            new_sheet(dee, words=" ".join(RecoveryKey.new().words))
        new_sheet(dee, words=words)
        county.sync(dee, office, dee)
        assert office.space.recovery == dee.space.recovery
        assert (recovery(dee), recovery(office)) == (Recovery.TO_PRINT, Recovery.ELSEWHERE)
        with pytest.raises(BadInput, match="another recovery sheet"):
            prove_recovery(office, words)

    def test_a_new_one_is_made_whole_or_not_at_all(self, county: Department, monkeypatch: pytest.MonkeyPatch) -> None:
        office = county.office
        before = office.setting("recovery_seed"), office.space.recovery
        with monkeypatch.context() as patch:
            patch.setattr(recovery_verbs, "made_for", lambda *_known: {}["power cut"])
            with pytest.raises(KeyError):
                new_sheet(office)
            patch.setattr(Store, "_take_own", lambda *_known: {}["power cut"])
            with pytest.raises(KeyError):
                new_sheet(office)
        assert (office.setting("recovery_seed"), office.space.recovery) == before
        new_sheet(office)
        assert RecoveryKey(office.setting("recovery_seed")).recipient == office.space.recovery[0] != before[1][0]


class TestInvitations:
    def test_one_that_was_taken_back_lets_nobody_in(self, county: Department) -> None:
        office = county.office
        eli = county.joined("Eli")
        made = office.recent(1)[0]
        assert made.verb == "invite"
        assert undo(office, made.id).change is not None
        county.sync(eli, office, eli)
        assert eli.device not in office.membership().members
        county.joined("Fay")
        county.sync(county.joined("Gus"), office)
        used = next(each for each in office.recent(8) if each.verb == "invite")
        with pytest.raises(BadInput, match="let in by this invitation already"):
            undo(office, used.id)

    def test_those_of_a_laptop_given_up_let_nobody_in(self, county: Department, dee: Store) -> None:
        eli = county.joined("Eli", by=dee)
        county.sync(dee, county.office)
        revoke(county.office, dee.device)
        county.sync(eli, county.office, eli)
        assert eli.device not in county.office.membership().members
        assert county.office.left_segments()["stranger"] == 1


class TestKeys:
    @pytest.mark.parametrize(
        ("number", "recipient", "to_all"),
        [(2, None, False), (2, "age1nonsense", True), (2**63 - 1, None, True), (2, "", True)],
        ids=["to nobody", "nonsense", "the last number", "empty"],
    )
    def test_one_that_opens_nothing_stops_nobody(
        self, county: Department, dee: Store, ben: Store, number: int, recipient: str | None, to_all: bool
    ) -> None:
        office, epoch = county.office, Epoch.new(number)
        sealed = {each.device: b"nothing" for each in (office, ben, dee)} if to_all else {}
        for audience in ("everyone", "coordinators"):
            say(dee, KeyGiven(audience, number, epoch.recipient if recipient is None else recipient, sealed))
        county.sync(dee, office, ben, dee)
        make_record(ben, "people", {"name": "Maria"})
        record_feedback(ben, NewFeedback("The inspector asked for money", sensitive=True))
        lost = county.joined("Lost")
        county.sync(lost, office, ben, office)
        revoke(office, lost.device)
        make_record(office, "people", {"name": "Otis"})
        county.sync(office, ben, dee, office, ben)
        assert names(office) == names(ben) == names(dee) == {"Maria", "Otis"}
        assert [view.values["verbatim"] for view in office.list("feedback")] == ["The inspector asked for money"]

    def test_who_was_not_given_the_newest_writes_with_the_one_before(
        self, county: Department, dee: Store, ben: Store
    ) -> None:
        epoch = Epoch.new(2)
        to = {each.device: sealed_to(each.identity.public, epoch.secret.encode()) for each in (county.office, dee)}
        say(dee, KeyGiven("everyone", 2, epoch.recipient, to))
        county.sync(dee, ben)  # and no other coordinator's laptop, which would give it to this one too
        make_record(ben, "people", {"name": "Maria"})
        cora = county.joined("Cora")
        county.sync(ben, county.office, cora, county.office, cora)
        assert names(ben) == names(county.office) == names(cora) == {"Maria"}
        assert ben.left_segments().get("forked") is None

    def test_one_that_is_taken_back_still_opens_what_was_sealed_to_it(
        self, county: Department, dee: Store, ben: Store
    ) -> None:
        office, epoch = county.office, Epoch.new(2)
        stick = county.folder_named("stick")
        to = {each.device: sealed_to(each.identity.public, epoch.secret.encode()) for each in (office, dee, ben)}
        appoint(office, dee.device, "worker")  # which dee does not know yet: what it says now does not count
        say(dee, KeyGiven("everyone", 2, epoch.recipient, to))
        county.sync(dee, ben, folder=stick)
        make_record(ben, "people", {"name": "Maria"})
        county.sync(ben, folder=stick)
        sealed = list(stick.rglob("*.segment"))
        county.sync(office, dee, ben)
        assert [each.number for each in ben.space.audiences["everyone"]] == [1]
        assert names(ben) == {"Maria"}
        for file in sealed:  # what ben wrote with that key is read by whoever held it
            assert file.exists()
        county.sync(dee, folder=stick)
        assert names(dee) == {"Maria"}

    def test_a_laptop_whose_key_nothing_can_be_sealed_to_stops_nobody(
        self, county: Department, dee: Store, ben: Store
    ) -> None:
        say(dee, Accepted(b"j" * 32, bytes(32), "Nobody", "worker"))
        county.sync(dee, county.office, ben)
        revoke(county.office, ben.device)
        make_record(county.office, "people", {"name": "Maria"})
        county.sync(county.office, dee)
        assert names(dee) == {"Maria"}


class TestWhoWasGivenUp:
    """A laptop that was given up, while somebody made it a coordinator's, and who would have it back."""

    def test_no_accomplice_and_not_itself_brings_it_back_by_letting_it_in_anew(
        self, county: Department, dee: Store, ben: Store
    ) -> None:
        fay = county.joined("Fay", "coordinator")
        county.sync(fay, county.office, fay, dee)
        revoke(dee, ben.device)
        appoint(county.office, ben.device, COORDINATOR)
        county.sync(dee, county.office, ben, fay)
        assert county.laptop(ben).lost
        for accomplice in (ben, fay):
            say(accomplice, Accepted(b"j" * 32, ben.identity.public, "Ben", COORDINATOR))
        county.sync(ben, fay, county.office, dee)
        for store in (county.office, dee, fay):
            assert store.membership().members[ben.device].lost
            assert ben.device not in store.membership().coordinators

    def test_an_accomplice_who_is_its_equal_has_no_more_of_it_count(
        self, county: Department, dee: Store, ben: Store
    ) -> None:
        office = county.office
        appoint(office, ben.device, COORDINATOR)
        county.sync(office, ben, dee)
        make_record(ben, "people", {"name": "Maria"})
        revoke(office, ben.device)
        far = dict.fromkeys(ben.known(), 2**60)
        say(dee, Revoked(ben.device, far, 1))
        county.sync(ben, dee, office, dee)
        assert names(office) == names(dee) == set()


class TestTheFolder:
    def test_a_label_made_up_by_whoever_has_the_folder_keeps_nothing_from_being_carried(
        self, county: Department, ben: Store
    ) -> None:
        office, stranger = county.office, DeviceIdentity.new()
        make_record(ben, "people", {"name": "Maria"})
        county.sync(ben)
        with ben.shipping() as shipping:
            own = [shipping.segment(name) for name in shipping.kept() if name.split("/")[1] == ben.device[:8].hex()]
        for last, digest in ((own[-1].last, own[-1].digest), (2**60, b"e" * 32)):
            segment = seal([_nothing(stranger)], stranger, SpaceKeys.new("Creek County"))
            label = Label(ben.space.space, ben.device, own[-1].run, own[-1].first, last, digest, stranger.public)
            told = [*plain_cbor(unframed(MAGIC, FORMAT, segment.data))]
            outside = [label.space, label.device, label.run, label.first, label.last, label.digest, label.key]
            made_up = [*outside, stranger.sign(segments._to_sign(label, told[8])), told[8]]
            place = f"{ben.space.space[:8].hex()}/{stranger.device[:8].hex()}/{last}.segment"
            FolderCarrier(county.folder).write(place, framed(MAGIC, FORMAT, canonical(made_up)))
        cora = county.joined("Cora")
        county.sync(cora, ben, office)
        make_record(ben, "people", {"name": "Otis"})
        county.sync(ben, office, cora, ben, office)
        assert names(office) == {"Maria", "Otis"}
        county.sync(cora)
        assert names(cora) == {"Maria", "Otis"}


def _nothing(identity: DeviceIdentity) -> Change:
    run = run_of(identity.device, b"drawn...")
    return digested(Change(WriteId(run, 1), EVERYONE, "", identity.device, 1, "live", "make", ()))


class TestWhatIsNothing:
    @pytest.mark.parametrize("says", [[], {}, None, b"x", 7])
    def test_a_statement_that_says_nothing_is_passed_over(self, county: Department, ben: Store, says: Any) -> None:
        slip(ben, county.folder, [("name", "Maria")], statements=({"says": says},))
        county.sync(county.office)
        assert names(county.office) == {"Maria"}

    @pytest.mark.parametrize("phone", [{"number": 8285550184}, {"number": None}, {"kind": "home"}, {"number": []}])
    def test_a_phone_that_is_none_is_kept_apart(self, county: Department, ben: Store, phone: Any) -> None:
        slip(ben, county.folder, [("name", "Maria"), ("phones", phone)])
        slip(ben, county.folder, [("name", "Maria"), ("phones", {"number": "828 555 0184"})])
        county.sync(county.office)
        assert sorted(len(view.values["phones"] or []) for view in county.office.list("people")) == [0, 1]
        assert county.office.check().healthy

    def test_a_clock_beyond_all_years_is_shown_as_the_last_of_them(self, county: Department, ben: Store) -> None:
        slip(ben, county.folder, [("name", "Maria")], clock=2**62)
        county.sync(county.office)
        assert names(county.office) == {"Maria"}
        (decision,) = county.office.decisions()
        assert decision.what == "clock"
        assert "9999" in in_words(decision.lines[0], decision.what)

    def test_a_strangers_segment_that_opens_no_longer_stops_nothing(self, county: Department) -> None:
        office = county.office
        with office.shipping() as shipping:
            device = b"d" * 16
            run = run_of(device, b"drawn...")
            shipping.keep(Kept("x/y/z/1.segment", b"d" * 32, device, run, 1, 1, 1, State.STRANGER, b"gone"))
        eli = county.joined("Eli")
        county.sync(eli, office)
        assert eli.device in office.membership().members


def test_a_coordinator_who_was_given_up_syncs_and_is_told(county: Department, dee: Store, ben: Store) -> None:
    make_record(ben, "people", {"name": "Maria"})
    revoke(county.office, dee.device)
    county.sync(county.office, ben, dee, ben)
    assert dee.membership().members[dee.device].lost
    make_record(dee, "people", {"name": "Otis"})
    county.sync(dee, county.office)
    assert county.office.left_segments()["held"] >= 1
    with pytest.raises(BadInput, match="Only a coordinator"):
        invite(dee, county.place / "no.invitation")


def test_what_is_held_or_stands_outside_is_opened_once(
    county: Department, ben: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = county.office
    revoke(office, ben.device)
    for name in ("Maria", "Otis"):
        make_record(ben, "people", {"name": name})
        county.sync(ben)
    county.sync(office)
    assert office.left_segments()["held"] == 2
    opened: list[bytes] = []
    true = syncing.open_segment
    monkeypatch.setattr(syncing, "open_segment", lambda data, *more: opened.append(data) or true(data, *more))  # type: ignore[func-returns-value]
    StoreReplica(office).retry()
    county.sync(office)
    assert opened == []


class TestWhatCannotBe:
    """Somebody says to have seen what another laptop has not written yet: it leaves that run, and is not hidden."""

    @pytest.mark.parametrize("how", ["replaces", "horizon", "deletion"])
    def test_what_is_written_from_then_on_is_hidden_by_nobody(self, county: Department, ben: Store, how: str) -> None:
        office = county.office
        otis, made = make_record(office, "people", {"name": "Otis", "town": "Sylva"})
        county.sync(office, ben)
        assert made.change is not None
        run = made.change.run
        ahead = tuple(WriteId(run, number) for number in range(1, 60))
        name = Slot("people", otis, "name")
        if how == "replaces":
            leave(ben, county.folder, Write(WriteId(b"", 1), name, "XXXX", ahead, b"s" * 16))
        elif how == "deletion":
            saw = {"saw": {run.hex(): [each.number for each in ahead]}}
            leave(ben, county.folder, Write(WriteId(b"", 1), Slot("people", otis, DELETED), saw, (), b"s" * 16))
        else:
            cells = {(otis, field): frozenset[WriteId]() for field in ("name", "town")}
            slip(ben, county.folder, readings=(Reading(b"b" * 16, Horizon({run: 2**60}), cells),))
        county.sync(office)
        edit_record(office, "people", otis, {"name": "Otis Crowe"})
        county.sync(office, ben)
        for store in (office, ben):
            view = store.get("people", otis)
            assert view is not None
            assert (view.shown, view.title) == (True, "Otis Crowe")
            assert not [each for each in store.decisions() if each.what == "conflict"]

    def test_what_was_written_of_that_run_before_is_gone_on_in(self, county: Department, ben: Store) -> None:
        office = county.office
        otis, made = make_record(office, "people", {"name": "Otis"})
        county.sync(office, ben)
        edit_record(ben, "people", otis, {"name": "Otis Crowe"})
        county.sync(ben, office)
        again = edit_record(office, "people", otis, {"town": "Sylva"})
        assert made.change is not None
        assert again.change is not None
        assert made.change.run == again.change.run


def test_what_is_held_back_is_noted_by_coordinators_alone(county: Department, ben: Store) -> None:
    office, eve = county.office, county.joined("Eve")
    county.sync(eve, office, eve)
    revoke(office, ben.device)
    make_record(ben, "people", {"name": "Maria"})
    county.sync(ben, office, eve)
    [held] = [each for each in office.decisions() if each.what == "held"]
    notes = [
        Write(WriteId(b"", 1), Slot(NOTES, noted_at(held, line), "noted", "0" * 16), line.mark, (), b"s" * 16)
        for line in held.lines
    ]
    leave(eve, county.folder, *notes)
    county.sync(office)
    assert held in office.decisions()
    assert office.left_segments() == {"held": len(held.lines)}
    note(office, held)
    assert "held" not in {each.what for each in office.decisions()}
