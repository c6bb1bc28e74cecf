"""Making a worker a coordinator and back, as every laptop enforces it."""

import pytest

from outreach_app.journal.statements import Accepted
from outreach_app.model.errors import BadInput
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.laptops import appoint, revoke, undo
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.shipping import Whereabouts
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, names

REPORT = "The inspector asked my uncle for money"


def reports(store: Store) -> list[str]:
    return [view.values["verbatim"] for view in store.list("feedback")]


def test_a_worker_who_is_made_a_coordinator_reads_lets_in_and_signs(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    record_feedback(cora, NewFeedback(REPORT, sensitive=True))
    appoint(office, ben.device, "coordinator")
    county.sync(cora, office, ben)
    assert (ben.role, reports(ben)) == ("coordinator", [REPORT])
    eli = county.joined("Eli", by=ben)
    make_record(eli, "people", {"name": "Otis"})
    county.sync(eli, ben, office, cora, eli)
    assert names(office) == names(cora) == {"Otis"}
    assert eli.whereabouts().received == 1
    folder = ben.folder
    assert folder is not None
    ben.close()
    assert county.keep(open_store(folder, OWN_PASSPHRASE)).role == "coordinator"


def test_a_coordinator_who_is_made_a_worker_reads_on_no_longer_and_its_word_does_not_count(
    county: Department,
) -> None:
    office, dee, cora = county.office, county.joined("Dee", "coordinator"), county.joined("Cora")
    county.sync(dee, cora, office, dee, cora)
    stick = county.folder_named("stick")
    eli = county.joined("Eli", by=dee)
    make_record(eli, "people", {"name": "Otis"})
    appoint(office, dee.device, "worker")
    county.sync(eli, dee, eli, cora, folder=stick)  # before anybody there has heard
    assert names(cora) == {"Otis"}
    county.sync(office, cora)
    assert names(cora) == set(), "who was let in by whoever could no longer do it waits"
    assert cora.left_segments()["stranger"] == 1
    record_feedback(cora, NewFeedback(REPORT, sensitive=True))
    county.sync(cora, office, dee, cora)
    assert (reports(office), reports(dee), dee.role) == ([REPORT], [], "worker")
    make_record(dee, "people", {"name": "As a worker"})
    county.sync(dee, office, cora)
    assert names(office) == names(cora) == {"As a worker"}
    with pytest.raises(BadInput, match="Only a coordinator"):
        invite(dee, county.place / "no.invitation")
    assert cora.check().healthy


def test_a_worker_who_says_that_it_is_a_coordinator_is_heard_by_nobody(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    with ben.writing("let_in") as draft:
        draft.statements.append(Accepted(bytes(32), b"k" * 32, "Nobody", "coordinator"))
    with pytest.raises(BadInput, match="Only a coordinator"):
        revoke(ben, cora.device)
    county.sync(ben, office, cora)
    for store in (office, cora):
        assert len(store.membership().members) == 3
        assert store.membership().coordinators == {office.device}


def test_a_role_is_taken_back_by_undo(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    made = appoint(office, ben.device, "coordinator")
    assert made.change is not None
    assert undo(office, made.change).change is not None
    county.sync(office, ben)
    assert (county.laptop(ben).role, ben.role) == ("worker", "worker")
    assert appoint(office, ben.device, "worker").change is None
    assert appoint(office, ben.device, "coordinator").change is not None
    county.sync(office, ben)
    assert ben.role == "coordinator"


def test_a_coordinators_own_work_is_received_where_another_coordinator_signed_for_it(county: Department) -> None:
    office = county.office
    make_record(office, "people", {"name": "Maria"})
    where = office.whereabouts()
    assert (where.only_here, where.copied, where.received, where.alone) == (1, 0, 0, True)
    county.sync(office)
    assert office.whereabouts() == Whereabouts(0, 1, 0, alone=True)
    dee = county.joined("Dee", "coordinator")
    county.sync(dee, office, dee, office, dee)
    make_record(dee, "people", {"name": "Otis"})
    assert dee.whereabouts() == Whereabouts(1, 0, 0)
    before = office.whereabouts()
    assert (before.only_here, before.copied, before.alone) == (0, 0, False)
    county.sync(dee, office, dee)
    assert dee.whereabouts() == Whereabouts(0, 0, 1)
    sent = [sync_folder(store, county.folder).exchange.sent_changes for store in (office, dee, office, dee)]
    assert sent[2:] == [0, 0], "they do not sign for each other's receipts for ever"
