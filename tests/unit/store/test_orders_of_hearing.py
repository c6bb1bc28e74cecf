"""Stores that hear the same segments in other orders, groups and repetitions agree: on who belongs, on roles, on which
keys count, on what is held, and on what stands; whatever was said, by whomever, also by who had no say."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.journal.changes import NOBODY, Slot
from outreach_app.journal.statements import (
    COORDINATOR,
    WORKER,
    Appointed,
    Invited,
    KeyGiven,
    Revoked,
    Statement,
    Withdrawn,
    run_of,
    stated,
    statement_digest,
)
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.clusters import link_id, link_values
from outreach_app.store.handovers import NOTICES
from outreach_app.store.identities import (
    COORDINATORS,
    EVERYONE,
    Epoch,
    recipient_of,
    sealed_to,
)
from outreach_app.store.sheet_words import made_for, said_by
from outreach_app.store.shipping import Shipping
from outreach_app.store.stores import Store
from outreach_app.sync.segments import Segment, open_segment
from tests.helpers.memories import all_shown
from tests.helpers.speakers import LAPTOPS, NAMES, RECORDS, SHEETS, SPACE, Speaker, let_in, store_of

RUNS = {name: run_of(each.device, b"drawn...") for name, each in LAPTOPS.items()}
NEW_KEYS = [(audience, Epoch.new(number)) for audience in (EVERYONE, COORDINATORS) for number in (2, 2, 3)]

limits = st.dictionaries(st.sampled_from([*RUNS.values()]), st.integers(0, 9), max_size=3)
anybody = st.sampled_from([each.device for each in LAPTOPS.values()])
roles = st.sampled_from([COORDINATOR, WORKER])
joining = st.sampled_from([b"j" * 32, b"k" * 32])


def _given(key: tuple[str, Epoch], to: Sequence[str]) -> KeyGiven:
    audience, epoch = key
    secrets = {LAPTOPS[who].device: sealed_to(LAPTOPS[who].public, epoch.secret.encode()) for who in to}
    return KeyGiven(audience, epoch.number, epoch.recipient, secrets)


revocations = st.builds(Revoked, anybody, limits, st.integers(1, 3))
appointments = st.builds(Appointed, anybody, roles, limits, st.integers(1, 3))
invitations = st.builds(Invited, joining, roles, st.integers(1, 3))
letting_in = st.builds(let_in, st.sampled_from(NAMES), roles, joining, st.sampled_from([NOBODY, LAPTOPS["ann"].device]))
sheets = st.builds(
    lambda new, old: made_for(new, SPACE, old.public), st.sampled_from(SHEETS[1:]), st.sampled_from(SHEETS)
)
keys = st.builds(_given, st.sampled_from(NEW_KEYS), st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
statements = st.one_of(letting_in, letting_in, appointments, revocations, invitations, sheets, keys)


@dataclass(frozen=True)
class Deed:
    """One change: by whom, what it says, and whose town it writes, or whom it joins.

    ``back``: it takes back one of what was said before instead; ``by_sheet``: what it says is a sheet's word; ``copy``:
    a copy of the laptop makes it.
    """

    who: str
    says: Statement
    writes: int
    back: int
    by_sheet: int
    copy: bool


rarely = st.integers(0, 9).map(lambda each: each == 0)
deeds = st.builds(
    Deed, st.sampled_from(("root", *NAMES[:-1])), statements, st.integers(0, 4), st.integers(0, 30),
    st.integers(0, 12), rarely,
)  # fmt: skip
BEGINNING = [
    Deed("root", let_in(who, role, b"l" * 32, NOBODY), at, 30, 12, copy=False)
    for at, (who, role) in enumerate((("ann", COORDINATOR), ("ben", COORDINATOR), ("cora", WORKER)))
]
"""Or hardly anybody would have a say."""
histories = st.lists(deeds, min_size=4, max_size=12).map(lambda more: [*BEGINNING, *more])


def segments_of(history: Sequence[Deed]) -> list[Segment]:
    """The segments of a history, each of one change. A copy of a laptop goes on from where that is, and is lost again:
    what the laptop says next has the same number."""
    speakers = {name: Speaker(name) for name in NAMES}
    made: list[Segment] = []
    told: list[bytes] = []
    for at, deed in enumerate(history):
        says = deed.says
        if told and deed.back < 10:
            says = Withdrawn((told[deed.back % len(told)],))
        told.append(statement_digest(stated(says)))
        if deed.by_sheet < len(SHEETS) and not isinstance(says, KeyGiven):
            says = said_by(SHEETS[deed.by_sheet], SPACE.space, says)
        speaker = speakers[deed.who]
        writes = _towns(at, deed) if deed.writes < len(RECORDS) else _link(deed)
        made.append((speaker.copied() if deed.copy else speaker).writes(*writes, says=[says]))
    return made


def _towns(at: int, deed: Deed) -> list[tuple[Slot, object]]:
    """The name and town of a person, or the town alone: contents of one number may be of unlike lengths."""
    record = RECORDS[deed.writes]
    town = Slot("people", record, "town"), f"Town {at}"
    return [town, (Slot("people", record, "name"), f"Name {at}")] if deed.back % 2 else [town]


def _link(deed: Deed) -> list[tuple[Slot, object]]:
    """A link that joins or parts two people, or says that they are something else."""
    one, other = RECORDS[0], RECORDS[deed.writes - len(RECORDS) + 1]
    kind = ("people", "people", "organizations", "nothing")[deed.back % 4]
    values = link_values(kind, one, other, "not_same" if deed.back % 5 == 0 else "same")
    return [(Slot("links", link_id(one, other), name), value) for name, value in values.items()]


def heard(segments: Sequence[Segment], pauses: Sequence[int]) -> Store:
    """A store of Dee's that heard segments in this order; after those at the ``pauses`` it tried what waited again."""
    store = store_of("dee")
    replica = StoreReplica(store, speaks=False)
    for at, segment in enumerate(segments):
        replica.apply(open_segment(segment.data, store.space))
        if at in pauses:
            replica.retry()
    replica.retry()
    return store


def comes_to(store: Store) -> dict[str, Any]:
    """What all must agree on."""
    known = store.membership()
    with store.reading() as connection:
        shipping = Shipping(connection)
        states = {name: shipping.segment(name).state for name in shipping.kept()}
    return {
        "membership": known,
        "ranks": known.ranks,
        "keys sealed to": store.space.audiences,
        "secrets": {secret for secret in store.space.opening if recipient_of(secret) in _by_members(store)},
        "sheet": store.space.recovery,
        "role": store.role if store.device in known.members else "",
        "segments": states,
        **all_shown(store),
        "decisions": sorted(repr(each) for each in store.decisions(True) if each.what not in set(NOTICES) - {"held"}),
    }


def _by_members(store: Store) -> set[str]:
    """The keys that somebody gave who belongs, or did, by what all know now. Who heard another's meanwhile keeps it, as
    honest work may have been sealed to it."""
    known = store.membership()
    given = {each.recipient for each in (*known.keys, *store.keys_besides(known))}
    return given | {each.recipient for epochs in SPACE.audiences.values() for each in epochs}


def _agree(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name, told in one.items():
        assert other[name] == told, name


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories, st.randoms(use_true_random=False))
def test_stores_that_hear_the_same_agree(history: list[Deed], dice: random.Random) -> None:
    told = segments_of(history)
    first = heard(told, ())
    begun = comes_to(first)
    for _order in range(2):
        again = [*told, *dice.choices(told, k=3)]
        dice.shuffle(again)
        other = heard(again, [at for at in range(len(again)) if dice.randrange(2)])
        _agree(begun, comes_to(other))
        assert other.check().healthy
        other.close()
    first.close()


def test_what_is_drawn_has_each_of_what_may_be_said() -> None:
    """A history of one of each is heard, and comes to something."""
    ann, root = LAPTOPS["ann"].device, "root"
    says: list[Statement] = [
        let_in("dee", WORKER, b"j" * 32, NOBODY),
        let_in("ann", COORDINATOR, b"k" * 32, NOBODY),
        Appointed(LAPTOPS["dee"].device, COORDINATOR, {}, 1),
        _given(NEW_KEYS[-1], ["dee"]),
        made_for(SHEETS[1], SPACE, SHEETS[0].public),
        Revoked(ann, {RUNS["ann"]: 2}, 1),
    ]
    history = [Deed(root, each, at % 3, 30, 12, copy=False) for at, each in enumerate(says)]
    history += [replace(history[0], who="ann", writes=1, says=let_in("ben", WORKER, b"l" * 32, NOBODY))] * 2
    store = heard(segments_of(history), ())
    known = store.membership()
    assert (store.role, known.members[ann].lost, known.limit(ann, RUNS["ann"])) == (COORDINATOR, 1, 2)
    assert known.members.keys() == {LAPTOPS[each].device for each in NAMES if each != "cora"}
    assert store.space.current(COORDINATORS) == NEW_KEYS[-1][1]
    assert store.space.recovery[1] == SHEETS[1].public
    assert store.left_segments() == {"held": 1}
    assert len({view.values["town"] for view in store.list("people")}) == len(RECORDS)
    store.close()
