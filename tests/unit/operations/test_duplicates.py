"""What is found of what is new is what a look at everything finds of it, and takes what is new alone."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.operations import duplicates
from outreach_app.operations.decisions import join, not_the_same
from outreach_app.operations.duplicates import look_at_new, look_for_duplicates
from outreach_app.operations.records import delete_record, undo_last
from outreach_app.operations.spaces import invite, new_store
from outreach_app.operations.spaces import join as join_space
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.comparisons import _OPEN
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory

KINDS = ("people", "organizations", "sign_ins")
PHONES = [{"number": f"828 555 010{number}", "kind": "mobile"} for number in range(3)]
names = st.sampled_from(["Ada Crowe", "Adelaide Crowe", "Ada Crow", "Crowe Ada", "Ben Long", "Benjamin Long", "Ben"])
people = st.fixed_dictionaries(
    {"name": names},
    optional={
        "phones": st.lists(st.sampled_from(PHONES), max_size=1),
        "emails": st.lists(st.sampled_from(["ada@example.org", "ben@example.org"]), max_size=1),
        "town": st.sampled_from(["Alarka", "Sylva"]),
    },
)
organizations = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            ["Alarka Fire Station", "Alarka Fire Station 3", "AFS", "Sylva Clinic", "Sylva Clinic Inc."]
        )
    },
    optional={"website": st.sampled_from(["https://clinic.example.org", "https://fire.example.org"])},
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("person"), people),
        st.tuples(st.just("organization"), organizations),
        st.tuples(st.just("rename"), st.integers(0, 9), names),
        st.tuples(st.sampled_from(["delete", "works", "moves", "signs_in"]), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.sampled_from(["join", "apart"]), st.sampled_from(["people", "organizations"]), st.integers(0, 9)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("look")),
    ),
    min_size=3,
    max_size=14,
)


def play(store: Store, step: tuple[Any, ...]) -> None:
    """Do one step, where what it is about is there."""
    verb, *told = step
    if verb in ("person", "organization"):
        with store.writing("make") as draft:
            draft.new({"person": "people", "organization": "organizations"}[verb], told[0])
    elif verb in ("join", "apart"):
        kind, at = told
        there = [view.id for view in store.list(kind)]
        if len(there) > 1:
            pair = there[at % len(there)], there[(at + 1) % len(there)]
            (join if verb == "join" else not_the_same)(store, kind, *pair)
    elif verb == "undo":
        if store.last_to_undo():
            undo_last(store)
    elif verb != "look":
        _about_a_person(store, verb, *told)


def _about_a_person(store: Store, verb: str, at: int, other: Any) -> None:
    there, places = store.list("people"), store.list("organizations")
    if not there:
        return
    person = there[at % len(there)].id
    if verb == "delete":
        delete_record(store, "people", person)
        return
    with store.writing(verb) as draft:
        if verb == "rename":
            draft.set("people", person, "name", other)
        elif verb == "signs_in":
            draft.new("sign_ins", {"person": person, "name_as_written": "Ada Crowe"} | _EVENT)
        elif verb == "works" and places:
            place = places[other % len(places)].id
            draft.new("affiliations", {"person": person, "organization": place, "phones": [PHONES[other % 3]]})
        elif verb == "moves" and store.count("affiliations"):
            held = store.list("affiliations")
            draft.set("affiliations", held[other % len(held)].id, "person", person)


_EVENT = {"event": "0190a0b0-0000-7000-8000-000000000001"}


def everything(store: Store, kind: str) -> dict[frozenset[str], int]:
    """The pairs that a look at everything finds, with their scores."""
    matcher = duplicates._MATCHERS[kind]
    pairs = matcher.all(matcher.facts(store, None), duplicates._decided(store, kind))
    return {frozenset((pair.a, pair.b)): round(pair.score * 1000) for pair in pairs}


def kept(store: Store, kind: str) -> dict[frozenset[str], int]:
    """The pairs that are kept, less those that somebody answered."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(f"SELECT one, other, score FROM pairs WHERE kind = ? AND {_OPEN}", (kind,))  # noqa: S608
        return {frozenset(pair): score for *pair, score in rows}


def brought(store: Store) -> tuple[Any, ...]:
    """What is kept of keys and words, by record and by how many."""
    with store.reading() as connection:
        do = connection.exec_driver_sql
        blocks = do("SELECT b.key, c.record FROM blocks b LEFT JOIN compared c ON c.place = b.place").all()
        return Counter(map(tuple, blocks)), dict(map(tuple, do("SELECT word, holders FROM word_holders")))


@pytest.fixture(scope="module")
def few() -> Iterator[None]:
    """However few there are, nobody is compared but what is new and who is beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_MANY", 0)
        yield


@pytest.mark.usefixtures("few")
class TestWhatIsNew:
    @given(steps)
    @settings(max_examples=25, deadline=None)
    def test_is_found_as_by_a_look_at_everything(self, done: list[tuple[Any, ...]]) -> None:
        with closing(memory()) as store, closing(memory()) as fresh:
            for step in [*done, ("look",)]:
                play(store, step)
                if step[0] != "look":
                    continue
                store.catch_up()
                with store.comparing() as waiting:
                    touched = duplicates._touched(store, waiting.waiting())
                look_at_new(store)
                for kind in KINDS:
                    ours, whole = kept(store, kind), everything(store, kind)
                    of = touched[kind]
                    assert {pair: ours[pair] for pair in ours if pair & of} == {
                        pair: whole[pair] for pair in whole if pair & of
                    }
            fresh.apply(all_changes(store))
            look_at_new(fresh)
            assert brought(store) == brought(fresh)

    def test_keys_that_too_many_have_bring_nobody_together(self) -> None:
        with closing(memory()) as store:
            with store.writing("make") as draft:
                for number in range(45):
                    name, phones = ("Ada Crowe", []) if number % 3 else ("Ben Crowe", PHONES[:1])
                    draft.new("people", {"name": name, "phones": phones, "town": "Alarka"})
            look_at_new(store)
            with store.writing("make") as draft:
                one = draft.new("people", {"name": "Ben Crowe", "phones": PHONES[:1], "town": "Alarka"})
            look_at_new(store)
            mine = {pair for pair in kept(store, "people") if one in pair}
            assert mine == {pair for pair in everything(store, "people") if one in pair}
            assert 0 < len(mine) < 40


def test_where_much_is_new_everything_is_looked_at(laptop: Store) -> None:
    with laptop.writing("make") as draft:
        for _ in range(3):
            draft.new("people", {"name": "Ada Crowe", "phones": [PHONES[0]]})
    assert look_at_new(laptop)["people"] == 3
    found = kept(laptop, "people")
    assert look_for_duplicates(laptop)["people"] == 3
    assert kept(laptop, "people") == found
    assert look_at_new(laptop) == {}


def test_a_sync_reads_no_table_whole(tmp_path: Path) -> None:
    """So that what one new sign-in takes does not grow with what is stored."""
    ada = new_store(tmp_path / "ada", "a passphrase", "Ada Crowe", "Hill County Health", DEMO_COST)
    code = invite(ada, tmp_path / "invitation")
    ben = join_space(tmp_path / "ben", tmp_path / "invitation", code, "Ben Long", "a passphrase", DEMO_COST)
    (tmp_path / "stick").mkdir()
    with closing(ada), closing(ben):
        with ada.writing("make") as draft:
            for number in range(60):
                person = draft.new(
                    "people", {"name": f"Ada {'abcdefghij'[number % 10]}crowe{number}", "town": "Alarka"}
                )
                draft.new("sign_ins", {"person": person, "name_as_written": "Ada"} | _EVENT)
        for store in (ben, ada, ben, ada, ben):
            sync_folder(store, tmp_path / "stick")
        with ada.writing("sign_in") as draft:
            person = draft.new("people", {"name": "Ada Acrowe10", "town": "Alarka"})
            draft.new("sign_ins", {"person": person, "name_as_written": "Ada Acrowe10"} | _EVENT)
        sync_folder(ada, tmp_path / "stick")
        driver: Any = ben._database._engine.raw_connection().driver_connection
        said: list[str] = []
        driver.set_trace_callback(said.append)
        assert sync_folder(ben, tmp_path / "stick").exchange.received == 1
        driver.set_trace_callback(None)
        assert ben.decision_counts()["duplicates"] == 1
        asked = {each for each in said if re.match(r"(SELECT|INSERT|DELETE|UPDATE|WITH)\b", each)}
        plans = [(each, row[3]) for each in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()]
    whole = {
        (plan, each)
        for each, plan in plans
        if (found := re.match(r"SCAN (\w+)(?! USING INDEX changes_statements)", plan)) and found[1] in GROWING
    }
    assert len(asked) > 50
    assert whole == set()


GROWING = {
    "people", "sign_ins", "affiliations", "organizations", "links", "a", "b", "c", "l", "w", "changes", "writes",
    "carried", "compared", "blocks", "word_holders", "lookups", "search_rows", "near_words", "pairs", "undecided",
}  # fmt: skip
"""Tables that grow with what is stored, and the short names that statements give them."""
