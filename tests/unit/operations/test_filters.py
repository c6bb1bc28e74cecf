"""Filters: what a query finds is what one finds who looks at every record; they are kept whole, and told in words."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.fields import Field, Shape
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.decisions import join
from outreach_app.operations.filters import Condition, How, fits, from_kept, hows, kept, told
from outreach_app.operations.listing import Listing, anchored, listed, listing
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import memory

KINDS = ("people", "events", "follow_ups", "feedback", "organizations", "groups")
LETTERS = ("Sylva", "sýl", "Émile", "a", "%", "_", "'")
DAYS = ("2026", "2026-11", "2026-11-02", "2026-10-31")


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """What a field may be given, or a condition on it ask for."""
    match field.shape:
        case Shape.CHOICE:
            return st.sampled_from(vocabulary(field.vocabulary).codes[:3])
        case Shape.COUNTY:
            return st.sampled_from(("37173", "37099"))
        case Shape.YES_NO:
            return st.booleans()
        case Shape.NUMBER:
            return st.integers(0, 3)
        case Shape.DATE:
            return st.sampled_from(DAYS)
        case Shape.MOMENT:
            return st.sampled_from(("2026-11-02T10:00:00-05:00", "2026-10-31T09:00:00-04:00"))
    return st.sampled_from(LETTERS)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(memory()) as opened:
        yield opened


ASKED = [Shape.CHOICE, Shape.COUNTY, Shape.YES_NO, Shape.NUMBER, Shape.DATE, Shape.MOMENT, Shape.TEXT, Shape.LONG_TEXT]


@given(st.data())
def test_what_a_query_finds_is_what_fits(store: Store, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    declared = store.registry[kind]
    fields = [
        field for field in declared.fields if field.shape in ASKED and field.name not in ("sensitive", "short_code")
    ]
    made: dict[str, Any] = {}
    for field in data.draw(st.lists(st.sampled_from(fields), max_size=8, unique_by=lambda each: each.name)):
        value = values_of(field)
        made[field.name] = data.draw(st.lists(value, max_size=2, unique=True) if field.many else value)
    made |= {field.name: "Sylva" for field in declared.fields if field.required and not made.get(field.name)}
    with store.writing("fill") as draft:
        draft.new(kind, made)
    conditions = []
    for field in data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3)):
        how = data.draw(st.sampled_from(hows(field)))
        several = how in (How.IS, How.NOT)
        values = data.draw(st.lists(values_of(field), min_size=1, max_size=3 if several else 1))
        if how in (How.FROM, How.UNTIL) and field.shape is Shape.MOMENT:
            values = ["2026-11-01"]
        conditions.append(Condition(field.name, how, () if how in (How.EMPTY, How.FILLED) else tuple(values)))
    found = listing(store, kind, conditions=conditions)
    everything = store.list(kind)
    assert [view.id for view in listed(store, found)] == [v.id for v in everything if fits(declared, v, conditions)]
    assert found.count == sum(fits(declared, view, conditions) for view in everything)
    assert from_kept(declared, kept(conditions)) == tuple(conditions)
    assert all(told(declared, each) for each in conditions)


def test_filters_are_combined_with_letters_and_with_each_other() -> None:
    with closing(memory()) as store:
        for name, town, county in (
            ("Ada Crowe", "Sylva", "37099"),
            ("Ben Crowe", None, "37173"),
            ("Cy", "Sylva", None),
        ):
            make_record(store, "people", {"name": name, "town": town, "county": county})
        sylva = Condition("town", How.HOLDS, ("SYL",))
        assert listing(store, "people", conditions=[sylva]).count == 2
        assert listing(store, "people", "crowe", conditions=[sylva]).count == 1
        assert listing(store, "people", conditions=[sylva, Condition("county", How.EMPTY)]).count == 1
        both = Condition("county", How.IS, ("37099", "37173"))
        assert listing(store, "people", conditions=[both]).count == 2
        assert told(store.registry["people"], both) == "County: Jackson County, NC, Swain County, NC"


def test_a_condition_on_somebody_is_on_all_who_are_one_with_them() -> None:
    with closing(memory()) as store:
        one, other = (make_record(store, "people", {"name": name})[0] for name in ("Ada Crowe", "Adah Crowe"))
        make_record(store, "consents", {"person": other, "channel": "phone", "state": "granted"})
        join(store, "people", one, other)
        assert listing(store, "consents", where={"person": one}).count == 1


def test_what_a_newer_program_kept_is_left_out() -> None:
    with closing(memory()) as store:
        people = store.registry["people"]
        said = [["town", "holds", "Syl"], ["shoe_size", "from", 3], ["town", "sounds_like", "x"], ["county", "is"], 7]
        assert from_kept(people, said) == (Condition("town", How.HOLDS, ("Syl",)),)
        assert from_kept(people, None) == from_kept(people, "nonsense") == ()


@pytest.mark.parametrize("order", ["", "-title", "made_at", "-made_at", "town"])
def test_pages_are_the_list_wherever_one_reads_on_from(order: str) -> None:
    with closing(memory()) as store:
        with store.writing("fill") as draft:
            for number in range(60):
                draft.new("people", {"name": f"Person {number % 7}", "town": f"Town {number % 3}"})
        for found in (listing(store, "people"), listing(store, "people", conditions=[Condition("town", How.FILLED)])):
            whole = [view.id for view in listed(store, found, order)]
            assert len(whole) == found.count == 60
            anchors = [None]
            for at in (0, 10, 50, 30, 55, 20):
                page = pages(store, found, order, at, anchors[-1] if anchors[-1] and anchors[-1].offset <= at else None)
                assert [view.id for view in page] == whole[at : at + 10]
                anchors.append(anchored(order, at, page[0]))


def pages(store: Store, found: Listing, order: str, at: int, anchor: Any) -> list[Any]:
    return list(listed(store, found, order, 10, at, anchor=anchor))


def test_lists_in_an_order_that_has_an_index_read_no_rows_to_get_there() -> None:
    with closing(memory()) as store, store.reading() as connection:
        for by in ("sort_key", "made_at"):
            asked = (
                f"SELECT id FROM people WHERE shown AND stands_under IS NULL ORDER BY {by}, id LIMIT 100 OFFSET 9000"  # noqa: S608
            )
            [(*_numbers, plan)] = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()
            assert f"USING COVERING INDEX ix_people_{by}" in plan
