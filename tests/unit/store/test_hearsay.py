"""What members of a space may say, honest or not, and what it must not come to: one test for each that did."""

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations

import pytest

from outreach_app.journal.changes import Slot, Write, WriteId
from outreach_app.journal.statements import COORDINATOR, WORKER, Appointed, KeyGiven, Revoked
from outreach_app.model.identifiers import derived_id, new_id
from outreach_app.store.clusters import link_id
from outreach_app.store.decisions import Decision
from outreach_app.store.identities import EVERYONE, Epoch, sealed_to
from outreach_app.store.stores import Store
from tests.helpers.speakers import LAPTOPS, RECORDS, Speaker, founding, hear, store_of

PERSON = RECORDS[0]


@pytest.fixture
def root() -> Speaker:
    return Speaker("root")


@pytest.fixture
def dee(root: Speaker) -> Iterator[Store]:
    with closing(hear(store_of("dee"), founding(root))) as made:
        yield made


def people(store: Store) -> list[str]:
    return sorted(view.values["name"] for view in store.list("people"))


@pytest.mark.parametrize("kind", ["organizations", "nonsense", None])
@pytest.mark.parametrize("link_first", [False, True])
def test_a_link_of_another_kind_joins_no_people(dee: Store, kind: str | None, link_first: bool) -> None:
    one, other = sorted((new_id(), new_id()))
    said = {"one_record": one, "other_record": other, "says": "same", **({"of_kind": kind} if kind else {})}
    link = Speaker("ben").writes(*((Slot("links", link_id(one, other), name), value) for name, value in said.items()))
    made = Speaker("cora").writes((Slot("people", one, "name"), "Maria"), (Slot("people", other, "name"), "Otto"))
    hear(dee, *((link, made) if link_first else (made, link)))
    assert people(dee) == ["Maria", "Otto"]
    assert dee.check().healthy
    dee.rebuild()
    assert people(dee) == ["Maria", "Otto"]


def test_of_two_contents_the_one_within_the_limit_counts_whatever_is_heard_first(root: Speaker) -> None:
    """Of two copies of a laptop the one wrote more in one change than the other, and it is given up as far as that."""
    begun, copy = Speaker("cora"), Speaker("cora")
    first = begun.writes((Slot("people", RECORDS[0], "name"), "Rosa"))
    copy = begun.copied()
    short = copy.writes((Slot("people", RECORDS[1], "name"), "Short"))
    long = begun.writes((Slot("people", RECORDS[2], "name"), "Long"), (Slot("people", RECORDS[2], "town"), "Elm"))
    made = founding(root)
    lost = root.says(Revoked(copy.device, {copy.run: copy.number}, 5))
    for order in permutations((short, long, lost)):
        with closing(hear(store_of("dee"), made, first, *order)) as store:
            assert people(store) == ["Rosa", "Short"]
            assert store.left_segments() == {"held": 1}
            assert store.check().healthy


@pytest.mark.parametrize("saw", [["a"], [None], "a", [[]], [{}], [-1], [True], 7])
def test_a_deletion_that_saw_nonsense_stops_nothing(dee: Store, saw: object) -> None:
    with dee.writing("make") as draft:
        made = draft.new("people", {"name": "Ada"})
    (run,) = {change.id.run for change in dee.recent()}
    hear(dee, Speaker("ben").writes((Slot("people", made, "deleted"), {"saw": {run.hex(): saw}})))
    assert people(dee) == ["Ada"]
    assert dee.check().healthy


def test_a_claim_that_a_workbook_teaches_hides_nothing_that_is_written_next(dee: Store) -> None:
    ben = Speaker("ben")
    notes = Slot("people", PERSON, "notes")
    hear(dee, ben.writes((Slot("people", PERSON, "name"), "Bob"), (notes, "First.")))
    with dee.writing("make") as draft:
        draft.new("people", {"name": "Ada"})
    own = next(change.id for change in dee.recent() if change.device == dee.device)
    claimed = tuple(WriteId(own.run, own.number + ahead) for ahead in range(1, 9))
    hear(dee, ben.teaches(bytes(16), Write(WriteId(bytes(range(16)), 7), notes, "Evil", claimed, b"s" * 16)))
    with dee.writing("edit") as draft:
        draft.append("people", PERSON, "notes", "Allergic to nuts")
    view = dee.get("people", PERSON)
    assert view is not None
    assert "Allergic to nuts" in view.values["notes"]


def held(store: Store) -> list[Decision]:
    return [each for each in store.decisions() if each.what == "held"]


class TestWhoNotesWhatIsHeld:
    """What was held back of a lost laptop is noted by a coordinator, or by whom a coordinator handed it to."""

    @pytest.fixture
    def ann(self, root: Speaker) -> Iterator[Store]:
        cora = Speaker("cora")
        known, late = (cora.writes((Slot("people", each, "name"), "Rosa")) for each in RECORDS[:2])
        with closing(hear(store_of("ann"), founding(root), known)) as store:
            hear(store, root.says(Revoked(cora.device, {cora.run: 2}, 5)), late)
            yield store

    @pytest.fixture
    def noted(self, ann: Store) -> tuple[Slot, str]:
        (decision,) = held(ann)
        (line,) = decision.lines
        return Slot("decision_notes", derived_id("held", line.mark), "noted", "0000000000000001"), line.mark

    def test_not_by_a_worker_nor_by_one_who_was_a_coordinator(
        self, ann: Store, root: Speaker, noted: tuple[Slot, str]
    ) -> None:
        ben = Speaker("ben")
        hear(ann, ben.writes(noted))
        assert held(ann)
        hear(ann, root.says(Appointed(ben.device, COORDINATOR, {}, 1)))
        hear(ann, root.says(Appointed(ben.device, WORKER, {}, 2)))
        hear(ann, ben.writes(noted))
        assert len(held(ann)) == 1

    def test_by_one_who_was_a_coordinator_then(self, ann: Store, root: Speaker, noted: tuple[Slot, str]) -> None:
        ben = Speaker("ben")
        hear(ann, root.says(Appointed(ben.device, COORDINATOR, {}, 1)), ben.writes(noted))
        assert held(ann) == []
        hear(ann, root.says(Appointed(ben.device, WORKER, {ben.run: ben.number}, 2)))
        assert held(ann) == []

    def test_not_by_a_workbook_that_says_a_coordinator_did(self, ann: Store, noted: tuple[Slot, str]) -> None:
        where = WriteId(bytes(range(16)), 7)
        hear(ann, Speaker("ben").teaches(LAPTOPS["root"].device, Write(where, *noted, (), b"s" * 16)))
        assert len(held(ann)) == 1

    def test_by_whom_a_coordinator_handed_it_to_and_nobody_else(
        self, ann: Store, root: Speaker, noted: tuple[Slot, str]
    ) -> None:
        (decision,) = held(ann)
        hear(ann, root.writes((Slot("decision_notes", decision.place, "handed_to"), "Dee")))
        hear(ann, Speaker("ben").writes(noted))
        assert len(held(ann)) == 1
        hear(ann, Speaker("dee").writes(noted))
        assert held(ann) == []


def test_keys_of_an_audience_that_nobody_knows_yet_are_the_same_in_any_order(root: Speaker) -> None:
    epochs = [Epoch.new(1), Epoch.new(1)]
    to = LAPTOPS["dee"]
    made, given = founding(root), []
    for epoch in epochs:
        secret = {to.device: sealed_to(to.public, epoch.secret.encode())}
        given.append(Speaker("ann", epoch.recipient[-8:].encode()).says(KeyGiven("county", 1, epoch.recipient, secret)))
    found = []
    for order in permutations(given):
        with closing(hear(store_of("dee"), made, *order)) as store:
            found.append(store.space.audiences["county"])
            assert store.space.audiences[EVERYONE] == store_of("dee").space.audiences[EVERYONE]
    assert len(found[0]) == 2
    assert found[0] == found[1]


def test_what_is_written_of_another_kind_under_an_id_is_in_no_history_and_no_workbook_of_it(dee: Store) -> None:
    hear(dee, Speaker("cora").writes((Slot("people", PERSON, "name"), "Maria")))
    hear(
        dee, Speaker("ben").writes((Slot("organizations", PERSON, "name"), "Slander"), (Slot("odd", PERSON, "x"), "y"))
    )
    assert [(line.field, line.after) for line in dee.history("people", PERSON)] == [("name", "Maria")]
    (out,) = dee.exported("people", [PERSON])
    assert [each.write.value for group in out.standing.values() for each in group] == ["Maria"]
    with dee.writing("delete") as draft:
        draft.delete("people", PERSON)
    assert people(dee) == []
    assert dee.get("organizations", PERSON) is not None
    assert dee.check().healthy
