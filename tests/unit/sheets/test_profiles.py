"""What leaves is what was meant to leave."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from outreach_app.model.fields import Privacy
from outreach_app.model.records import REGISTRY
from outreach_app.model.reviewed_texts import reviewed
from outreach_app.sheets.books import PARTNER, KindRows
from outreach_app.sheets.profiles import (
    for_partner,
    leaving,
    partner_fields,
    public_texts,
    referred,
    sensitive_ids,
)


def read(text: str) -> dict[str, str]:
    """A text that Zed read."""
    return {"text_for_sharing": text, "reviewed_by": reviewed("Zed", text)}


@pytest.fixture
def season(maker: Any) -> dict[str, Any]:
    """A partner, a rival, their people, two events, and feedback of every sort."""
    maker.registry = REGISTRY
    make = Make(maker)
    ours, rival = make("organizations", name="Pine Pantry", notes="owes us"), make("organizations", name="Rival")
    ada, no_share, *_others = people = make.people()
    fair = make(
        "events",
        name="Fair",
        host=rival.view.id,
        co_hosts=[ours.view.id],
        starts="2026-10-03T09:00:00-04:00",
        staff=["Zed"],
    )
    feedback = make.feedback(ours, ada, fair)
    kinds = {
        "organizations": [ours, rival],
        "people": people,
        "affiliations": make.affiliations(ours, rival, people),
        "consents": [
            make("consents", person=no_share.view.id, channel="share", state="refused"),
            make("consents", person=ada.view.id, channel="share", state="granted"),
        ],
        "events": [fair, make("events", name="Night", host=rival.view.id)],
        "feedback": feedback,
        "responses": [make("responses", feedback=feedback[2].view.id, decided="the police")],
    }
    return {"kinds": kinds, "ours": ours, "views": {name: [each.view for each in own] for name, own in kinds.items()}}


class Make:
    """Makes the records of a season."""

    def __init__(self, maker: Any) -> None:
        self.maker = maker

    def __call__(self, kind: str, **values: Any) -> Any:
        return self.maker.record(kind, values)

    def people(self) -> list[Any]:
        """Ada, Cam, Ben and Dot."""
        ada = self("people", name="Ada Crowe", phones=[{"number": "828 555 0112"}], town="Bryson City", notes="is ill")
        return [ada, *(self("people", name=name) for name in ("Cam Diaz", "Ben Poe", "Dot Ellis"))]

    def affiliations(self, ours: Any, rival: Any, people: list[Any]) -> list[Any]:
        """Ben belongs to the rival, the others to ours; Dot did once."""
        ada, cam, ben, dot = (each.view.id for each in people)
        return [
            self("affiliations", person=ada, organization=ours.view.id),
            self("affiliations", person=ben, organization=rival.view.id),
            self("affiliations", person=cam, organization=ours.view.id),
            self("affiliations", person=dot, organization=ours.view.id, until="2025"),
        ]

    def feedback(self, ours: Any, ada: Any, fair: Any) -> list[Any]:
        """One piece that was released to ours, and many that must not leave."""
        released = {"released_to": [ours.view.id], **read("The bus is late")}
        about_us = {"about_organizations": [ours.view.id], "text_for_sharing": "Be kinder"}
        return [
            self("feedback", verbatim="My neighbour is ill", event=fair.view.id, said_by=ada.view.id, **released),
            self("feedback", verbatim="Pine Pantry was rude", **about_us),
            self("feedback", verbatim="fraud", sensitive=True, **released),
            self("feedback", verbatim="no text yet", released_to=[ours.view.id]),
            self("feedback", verbatim="They said no", may_share="no", **released | read("owes money")),
            self("feedback", verbatim="Altered", **released | {"reviewed_by": None, "text_for_sharing": "owes more"}),
            self("feedback", verbatim="Altered elsewhere", **released | {"text_for_sharing": "owes all"}),
            self("feedback", verbatim="A name alone", **released | {"reviewed_by": "Zed"}),
            self("feedback", verbatim="Thanks", may_share="yes", **read("Thank you")),
            self("feedback", verbatim="Unread", text_for_sharing="Not reviewed", may_share="yes"),
            self("feedback", verbatim="Private", may_share="not_asked", **read("Not asked")),
        ]


def written(maker: Any, season: Any) -> dict[str, list[list[Any]]]:
    rows = for_partner(REGISTRY, season["views"], season["ours"].view.id, "2026-11-21", {})
    target = maker.written(kinds=rows, profile=PARTNER)
    book = openpyxl.load_workbook(BytesIO(target))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def test_a_partner_gets_its_own_and_no_more(maker, season):
    sheets = written(maker, season)
    assert set(sheets) == {
        "Read me",
        "Organizations",
        "People",
        "Affiliations",
        "Events",
        "Feedback",
        "Data dictionary",
    }
    people = [dict(zip(sheets["People"][0], row, strict=True)) for row in sheets["People"][1:]]
    assert [each["Name"] for each in people] == ["Ada Crowe"]
    assert "Town" not in people[0]
    assert "Notes" not in people[0]
    assert [row[0] for row in sheets["Organizations"][1:]] == ["Pine Pantry"]
    assert [row[0] for row in sheets["Events"][1:]] == ["Fair"]
    assert "Staff" not in sheets["Events"][0]
    assert list(sheets["Feedback"][0]) == ["Heard on", "Text for sharing", "Row"]
    assert [[str(row[0])[:10], row[1]] for row in sheets["Feedback"][1:]] == [["2026-10-03", "The bus is late"]]
    everything = repr(sheets)
    for never in ("ill", "fraud", "rude", "Be kinder", "Cam", "Dot", "Ben", "Zed", "owes", "no text", "Bryson"):
        assert never not in everything.replace("still", "").replace("filled", "").replace("will", ""), never


def test_a_partner_gets_no_codes_and_no_hidden_page(maker, season):
    rows = for_partner(REGISTRY, season["views"], season["ours"].view.id, "2026-11-21", {})
    content = maker.written(kinds=rows, profile=PARTNER)
    book = openpyxl.load_workbook(BytesIO(content))
    assert "_outreach" not in book.sheetnames
    everything = repr([[cell.value for cell in row] for sheet in book for row in sheet])
    for own in season["kinds"].values():
        assert not any(each.view.code in everything or each.view.id in everything for each in own)


def test_row_marks_find_the_record_again(maker, season):
    from outreach_app.sheets.workbooks import write_workbook

    rows = for_partner(REGISTRY, season["views"], season["ours"].view.id, "2026-11-21", {})
    target = BytesIO()
    made = write_workbook(target, maker.book(kinds=rows, profile=PARTNER))
    read = maker.read(target.getvalue())
    assert read.signer is None
    assert read.profile == PARTNER
    found = {row.version: row for row in read.rows}
    assert set(found) == set(made.row_marks)
    ada = season["kinds"]["people"][0].view.id
    assert [found[mark].kind for mark, (_kind, record) in made.row_marks.items() if record == ada] == ["people"]


def test_an_internal_workbook_leaves_the_sensitive_out(season):
    sensitive = sensitive_ids(season["views"]["feedback"])
    assert sensitive == {season["kinds"]["feedback"][2].view.id}
    left = list(leaving(REGISTRY["feedback"], season["kinds"]["feedback"], sensitive))
    assert len(left) == 10
    assert list(leaving(REGISTRY["responses"], season["kinds"]["responses"], sensitive)) == []
    assert len(list(leaving(REGISTRY["responses"], season["kinds"]["responses"], frozenset()))) == 1


def test_only_reviewed_words_that_may_be_shared_are_public(season):
    assert public_texts(season["views"]["feedback"]) == ["Thank you"]


def test_what_was_withdrawn_counts_and_what_was_replaced_does_not(maker, season):
    views = season["views"]
    no = views["consents"][0]
    later = maker.record(
        "consents", {"person": no.values["person"], "channel": "share", "state": "granted", "supersedes": [no.id]}
    )
    kinds = for_partner(REGISTRY, {**views, "consents": [no, later.view]}, season["ours"].view.id, "2026-11-21", {})
    people = next(each for each in kinds if each.kind.name == "people")
    assert sorted(str(each.view.title) for each in people.records) == ["Ada Crowe", "Cam Diaz"]


def test_no_kind_gives_a_partner_what_is_internal():
    for kind in REGISTRY.values():
        assert all(each.privacy in (Privacy.PUBLIC, Privacy.PARTNER) for each in partner_fields(kind))


def test_references_of_a_field():
    host, co_hosts = REGISTRY["events"].by_name["host"], REGISTRY["events"].by_name["co_hosts"]
    assert referred(host, {"host": "a"}) == ["a"]
    assert referred(co_hosts, {"co_hosts": [{"id": "1", "value": "b"}]}) == ["b"]
    assert referred(host, {}) == []


def test_partner_rows_may_be_none(maker):
    maker.registry = REGISTRY
    kinds = for_partner(REGISTRY, {}, "nobody", "2026-11-21", {})
    assert all(isinstance(each, KindRows) and each.expected == 0 for each in kinds)
