"""Texts for sharing: written by anybody, released by a coordinator alone, and what leaves is what was released."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.errors import BadInput
from outreach_app.model.reviewed_texts import reviewed
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import edit_record, make_record, undo_last
from outreach_app.operations.releases import Stage
from outreach_app.operations.sharing import how_many_to_write, piece, pieces, release, take_back, write_text
from outreach_app.sheets.profiles import public_texts, released_texts
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.departments import Department
from tests.helpers.memories import memory
from tests.helpers.worn_books import worn


@pytest.fixture
def pantry(laptop: Store) -> str:
    return make_record(laptop, "organizations", {"name": "Pine Pantry"})[0]


@pytest.fixture
def bus(laptop: Store) -> str:
    """A piece of feedback that may be shared."""
    return record_feedback(laptop, NewFeedback("Maria's bus is late", may_share="yes"))[0]


def view(store: Store, feedback: str) -> View:
    return piece(store, feedback).view


def stages(store: Store) -> dict[str, int]:
    return {str(stage): pieces(store, Stage.TO_WRITE).counts[stage] for stage in Stage}


def public(store: Store) -> list[str]:
    return public_texts(store.list("feedback"))


def given_to(store: Store, partner: str) -> list[str]:
    texts = released_texts(store.list("feedback"), store.list("events"), partner)
    return [str(each.view.values["text_for_sharing"]) for each in texts]


def test_it_is_to_be_written_then_released_then_it_leaves(laptop: Store, bus: str, pantry: str) -> None:
    assert (stages(laptop), how_many_to_write(laptop)) == ({"to_write": 1, "written": 0, "released": 0}, 1)
    write_text(laptop, bus, "  The bus is late. ")
    assert (stages(laptop), how_many_to_write(laptop)) == ({"to_write": 0, "written": 1, "released": 0}, 1)
    assert (view(laptop, bus).values["text_for_sharing"], public(laptop)) == ("The bus is late.", [])
    release(laptop, bus)
    assert (stages(laptop), how_many_to_write(laptop)) == ({"to_write": 0, "written": 0, "released": 1}, 0)
    assert view(laptop, bus).values["reviewed_by"].startswith(laptop.worker)
    assert (public(laptop), given_to(laptop, pantry)) == (["The bus is late."], [])
    take_back(laptop, bus)
    assert (stages(laptop)["written"], public(laptop)) == (1, [])


def test_a_partner_gets_what_was_released_to_it_and_no_other_does(laptop: Store, bus: str, pantry: str) -> None:
    other, _made = make_record(laptop, "organizations", {"name": "Clinic"})
    release(laptop, bus, "The bus is late", [pantry])
    assert (given_to(laptop, pantry), given_to(laptop, other)) == (["The bus is late"], [])
    release(laptop, bus, partners=[other])
    assert (given_to(laptop, pantry), given_to(laptop, other)) == ([], ["The bus is late"])
    take_back(laptop, bus)
    assert given_to(laptop, other) == []
    undo_last(laptop)
    assert given_to(laptop, other) == ["The bus is late"]


def test_writing_and_releasing_is_one_change_undone_whole(laptop: Store, bus: str, pantry: str) -> None:
    release(laptop, bus, "The bus is late", [pantry])
    undo_last(laptop)
    values = view(laptop, bus).values
    assert (values["text_for_sharing"], values["reviewed_by"], values["released_to"]) == (None, None, [])


def test_another_text_is_not_released_whoever_wrote_it_and_however(laptop: Store, bus: str, pantry: str) -> None:
    release(laptop, bus, "The bus is late", [pantry])
    write_text(laptop, bus, "Maria's bus is late")
    assert (public(laptop), given_to(laptop, pantry), stages(laptop)["written"]) == ([], [], 1)
    undo_last(laptop)
    assert public(laptop) == ["The bus is late"]
    edit_record(laptop, "feedback", bus, {"text_for_sharing": "Maria's bus is late"})
    assert (public(laptop), given_to(laptop, pantry)) == ([], [])
    release(laptop, bus, "The bus is late")
    edit_record(laptop, "feedback", bus, {"text_for_sharing": "The bus is late", "sentiment": "negative"})
    assert public(laptop) == ["The bus is late"], "the same text is still released"


def test_writing_what_stands_there_changes_nothing(laptop: Store, bus: str) -> None:
    release(laptop, bus, "The bus is late")
    assert write_text(laptop, bus, "The bus is late ").change is None
    assert public(laptop) == ["The bus is late"]


def test_what_the_speaker_said_no_to_is_not_to_be_written_and_never_leaves(laptop: Store, pantry: str) -> None:
    said, _made = record_feedback(laptop, NewFeedback("Not for others", may_share="no"))
    assert stages(laptop) == {"to_write": 0, "written": 0, "released": 0}
    with pytest.raises(BadInput, match="said no"):
        release(laptop, said, "Words", [pantry])
    later, _made = record_feedback(laptop, NewFeedback("At first yes", may_share="yes"))
    release(laptop, later, "Words", [pantry])
    edit_record(laptop, "feedback", later, {"may_share": "no"})
    assert (public(laptop), given_to(laptop, pantry)) == ([], [])


def test_who_was_not_asked_is_given_to_partners_and_not_published(laptop: Store, pantry: str) -> None:
    said, _made = record_feedback(laptop, NewFeedback("The bus"))
    release(laptop, said, "The bus", [pantry])
    assert (public(laptop), given_to(laptop, pantry)) == ([], ["The bus"])


def test_what_is_sealed_is_never_written_for_sharing(laptop: Store) -> None:
    report, _made = record_feedback(laptop, NewFeedback("Fraud", sensitive=True))
    assert stages(laptop) == {"to_write": 0, "written": 0, "released": 0}
    for verb in (write_text, release):
        with pytest.raises(BadInput, match="sensitive"):
            verb(laptop, report, "Words")


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "text_for_sharing": st.just("Words"),
                "reviewed_by": st.sampled_from(["Ada", reviewed("Ada", "Words")]),
                "may_share": st.sampled_from(["yes", "no", "not_asked"]),
                "sensitive": st.booleans(),
            },
        ),
        max_size=8,
    )
)
def test_what_waits_is_counted_as_it_is_listed(each: list[dict[str, object]]) -> None:
    with closing(memory("Ada Crowe")) as store:
        with store.writing("make_feedback") as draft:
            for values in each:
                draft.new("feedback", {"verbatim": "Said", **values})  # type: ignore[dict-item]  # of values
        assert how_many_to_write(store) == stages(store)["to_write"] + stages(store)["written"]


def test_without_a_text_nothing_is_released(laptop: Store, bus: str) -> None:
    for text in (None, "  "):
        with pytest.raises(BadInput, match="Write it first"):
            release(laptop, bus, text)


def test_what_was_said_yes_to_is_written_first(laptop: Store, bus: str) -> None:
    asked = [record_feedback(laptop, NewFeedback("Words", may_share=each))[0] for each in ("not_asked", "yes")]
    assert [each.id for each in pieces(laptop, Stage.TO_WRITE).views] == [bus, asked[1], asked[0]]
    assert [each.id for each in pieces(laptop, Stage.TO_WRITE, limit=1).views] == [bus]


def test_the_partners_offered_are_those_it_may_concern(laptop: Store, pantry: str) -> None:
    host, about = (make_record(laptop, "organizations", {"name": name})[0] for name in ("Host", "About"))
    event, _made = make_record(laptop, "events", {"name": "Fair", "host": host, "co_hosts": [pantry]})
    said, _changes = record_feedback(laptop, NewFeedback("Words", event))
    edit_record(laptop, "feedback", said, {"about_organizations": [about]})
    assert [name for _id, name in piece(laptop, said).partners] == ["About", "Host", "Pine Pantry"]
    release(laptop, said, "Words", [pantry])
    assert [name for _id, name in piece(laptop, said).partners] == ["Pine Pantry", "About", "Host"]


def test_a_worker_writes_and_a_coordinator_releases(county: Department) -> None:
    ben = county.joined("Ben")
    with closing(ben):
        said, _made = record_feedback(ben, NewFeedback("The bus is late", may_share="yes"))
        write_text(ben, said, "The bus is late")
        for verb in (release, take_back):
            with pytest.raises(BadInput, match="Only a coordinator"):
                verb(ben, said)
        for values in ({"reviewed_by": "Ben"}, {"released_to": ["x"]}):
            with pytest.raises(BadInput, match="Only a coordinator"):
                edit_record(ben, "feedback", said, values)
            with pytest.raises(BadInput, match="Only a coordinator"):
                make_record(ben, "feedback", {"verbatim": "Words", **values})
        assert (public(ben), how_many_to_write(ben)) == ([], 0)


def test_what_somebody_wrote_meanwhile_on_another_laptop_is_not_released(county: Department) -> None:
    ben = county.joined("Ben")
    said, _made = record_feedback(county.office, NewFeedback("The bus", may_share="yes"))
    write_text(county.office, said, "The bus is late")
    county.sync(county.office, ben, county.office, ben)
    write_text(ben, said, "Maria's bus is late")
    release(county.office, said)
    county.sync(ben, county.office)
    assert view(county.office, said).values["text_for_sharing"] == "Maria's bus is late"
    assert (public(county.office), stages(county.office)["written"]) == ([], 1)
    release(county.office, said, "The bus is late")
    assert public(county.office) == ["The bus is late"]


@pytest.mark.parametrize("by", [None, "Ben"])
def test_what_somebody_types_into_a_workbook_is_not_released(laptop: Store, bus: str, tmp_path: Path, by: Any) -> None:
    if by is None:
        release(laptop, bus, "The bus is late")
    export_workbook(laptop, tmp_path / "out.xlsx")

    def alter(book: Any) -> None:
        sheet = book["Feedback"]
        for cell in sheet[1]:
            if cell.value == "Text for sharing":
                sheet.cell(2, cell.column).value = "Maria's bus is late"
            elif cell.value == "Text reviewed by" and by:
                sheet.cell(2, cell.column).value = by

    account = import_path(laptop, worn(tmp_path / "out.xlsx", tmp_path / "back.xlsx", alter))
    assert not account.files[0].error
    assert view(laptop, bus).values["text_for_sharing"] == "Maria's bus is late"
    assert public(laptop) == []


def test_whom_a_text_is_released_to_is_not_said_in_a_workbook(
    laptop: Store, bus: str, pantry: str, tmp_path: Path
) -> None:
    release(laptop, bus, "The bus is late")
    export_workbook(laptop, tmp_path / "out.xlsx")

    def alter(book: Any) -> None:
        sheet = book["Feedback"]
        place = next(cell.column for cell in sheet[1] if cell.value == "Released to")
        sheet.cell(2, place).value = "Pine Pantry"

    (account,) = import_path(laptop, worn(tmp_path / "out.xlsx", tmp_path / "back.xlsx", alter)).files
    assert any("releases no text" in each for each in account.remarks)
    assert view(laptop, bus).elements("released_to") == []
    assert released_texts(laptop.list("feedback"), laptop.list("events"), pantry) == []
