"""What a person allows, from all they ever answered."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.consents import Entry, Leave, allowed, holding, may_supersede, standing
from outreach_app.model.vocabularies import vocabulary

STATES = list(vocabulary("consent_states").codes)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries, each naming any of the others (even later ones: what arrives is not always sensible)."""
    ids = [str(number) for number in range(draw(st.integers(0, 6)))]
    named = st.frozensets(st.sampled_from([*ids, "unknown"]), max_size=3)
    return [Entry(each, draw(st.sampled_from(STATES)), supersedes=draw(named)) for each in ids]


def test_nobody_was_asked_until_somebody_was() -> None:
    assert holding([]) == "not_asked"
    assert not allowed([])


@pytest.mark.parametrize(
    ("states", "held"),
    [
        (["granted"], "granted"),
        (["granted", "not_asked"], "not_asked"),
        (["granted", "refused"], "refused"),
        (["not_asked", "refused"], "refused"),
        (["refused", "withdrawn", "granted"], "withdrawn"),
    ],
)
def test_the_most_restrictive_of_what_stands_holds(states: list[str], held: str) -> None:
    assert holding(Entry(str(at), state) for at, state in enumerate(states)) == held


def test_a_later_answer_takes_the_place_of_those_it_names_only() -> None:
    first, second = Entry("1", "refused"), Entry("2", "refused")
    yes = Entry("3", "granted", supersedes=frozenset({"1"}))
    assert holding([first, yes]) == "granted"
    assert holding([first, second, yes]) == "refused"
    assert standing([first, second, yes]) == (second, yes)


def test_a_state_nobody_knows_allows_nothing() -> None:
    assert holding([Entry("1", "granted"), Entry("2", "of_a_newer_program")]) == "of_a_newer_program"


def test_entries_that_name_each_other_all_count() -> None:
    yes = Entry("1", "granted", supersedes=frozenset({"2"}))
    no = Entry("2", "refused", supersedes=frozenset({"1"}))
    assert holding([yes, no]) == "refused"
    assert holding([yes, no, Entry("3", "granted", supersedes=frozenset({"1", "2"}))]) == "granted"
    assert holding([Entry("1", "granted", supersedes=frozenset({"1"}))]) == "granted"


@given(histories(), st.randoms())
def test_the_order_of_arrival_changes_nothing(entries: list[Entry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert holding(shuffled) == holding(entries)
    assert holding([*entries, *shuffled]) == holding(entries)


@given(histories(), st.sampled_from(STATES))
def test_an_answer_that_names_none_never_loosens_anything(entries: list[Entry], state: str) -> None:
    if not allowed(entries) and entries:
        assert not allowed([*entries, Entry("new", state)])


def _yes(on: str | None) -> Entry:
    return Entry("new", "granted", "paper_mark", on)


@pytest.mark.parametrize("no", ["refused", "withdrawn"])
@pytest.mark.parametrize(
    ("given_on", "leave"),
    [
        ("2026-11-20", Leave.NEVER),
        ("2026-10", Leave.NEVER),
        ("2025", Leave.NEVER),
        ("2026-11-21", Leave.ASK),
        ("2026-11-22", Leave.ASK),
        ("2026-11", Leave.ASK),
        (None, Leave.ASK),
    ],
)
def test_a_yes_takes_the_place_of_a_no_after_asking_and_never_when_it_is_older(
    no: str, given_on: str | None, leave: Leave
) -> None:
    assert may_supersede(_yes(given_on), Entry("old", no, given_on="2026-11-21")) is leave


def test_a_no_always_counts_and_a_blank_never() -> None:
    yes = Entry("old", "granted", given_on="2026-11-21")
    assert may_supersede(Entry("new", "refused", given_on="2026-01-01"), yes) is Leave.YES
    assert may_supersede(_yes("2026-11-22"), yes) is Leave.YES
    assert may_supersede(_yes("2026-11-22"), Entry("old", "not_asked")) is Leave.YES
    assert may_supersede(Entry("new", "not_asked"), yes) is Leave.NEVER
    assert may_supersede(Entry("new", "not_asked"), Entry("old", "refused")) is Leave.NEVER
    assert may_supersede(Entry("new", "not_asked"), Entry("old", "not_asked")) is Leave.YES
