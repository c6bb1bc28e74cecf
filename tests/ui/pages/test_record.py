"""One record of any kind: written in a form made from its fields, with its history and what belongs to it beside it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.model.fields import Shape, many, once, reference, tally, text, yes_no
from outreach_app.model.fields import date as day
from outreach_app.model.kinds import About, RecordColumns, Registry
from outreach_app.operations.consents import allowed_channels, answer
from outreach_app.operations.records import delete_record, edit_record, make_record
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes
from tests.helpers.second_laptops import second_laptop
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.jobs import Jobs
from ui.messages import Message, MessageKind, Messages
from ui.pages.record import RecordPage
from ui.widgets.forms.choices import BoxPart, ChipsPart, ManyTypedPart, TypedPart
from ui.widgets.forms.elements import ElementsPart
from ui.widgets.forms.lines import DayPart, LinePart, OncePart, TallyPart, YesNoPart
from ui.widgets.forms.parts import FieldPart
from ui.widgets.forms.references import ReferencePart

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PHONE = {"number": "828 555 0100", "kind": "mobile"}

On = OnPage[RecordPage]


def opened(qtbot: QtBot, desk: Desk, kind: str, record: str | None = None, **values: Any) -> On:
    return OnPage(qtbot, desk, RecordPage(desk), kind=kind, record=record, **values)


def stands(store: Store, kind: str, record: str) -> View:
    view = store.get(kind, record)
    assert view is not None
    return view


def part(on: On, name: str) -> Any:
    assert on.page.form is not None
    return on.page.form.parts[name]


def write(on: On, name: str, words: str) -> None:
    """Type into a field as a person does: go there, take what is there away, write."""
    named: QWidget = part(on, name).named
    named.setFocus()
    QTest.keyClick(named, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(named, Qt.Key.Key_Delete)
    QTest.keyClicks(named, words)
    on.settle()


def save(on: On) -> None:
    on.press(Qt.Key.Key_S, CONTROL)


@pytest.fixture
def june(store: Store) -> str:
    """Somebody to look at."""
    values = {"name": "June Walker", "town": "Sylva", "phones": [PHONE], "preferred_language": "es", "notes": "Early."}
    return make_record(store, "people", values)[0]


# writing


def test_the_form_shows_each_field_by_its_shape(qtbot: QtBot, desk: Desk, june: str) -> None:
    on = opened(qtbot, desk, "people", june)
    assert on.page.header.title.text() == "June Walker"
    assert "written down today by Ada Crowe" in on.page.header.subtitle.text()
    assert on.page.title == "Person"  # the window's title names nobody
    shapes = {"name": LinePart, "phones": ElementsPart, "preferred_language": TypedPart, "preferred_contact": ChipsPart,
              "interests": ManyTypedPart, "notes": OncePart, "sheet": ReferencePart}  # fmt: skip
    assert {name: type(part(on, name)) for name in shapes} == shapes
    assert part(on, "name").line.hasFocus()
    assert part(on, "preferred_language").line.text == "Spanish"
    assert part(on, "notes").said.text() == "Early."
    assert part(on, "phones").elements[0].editor.number.text() == "828 555 0100"
    assert part(on, "name").needed.isVisible()
    assert not part(on, "town").needed.isVisible()


def test_only_what_was_changed_is_saved_and_the_message_bar_undoes_it(
    qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]
) -> None:
    on = opened(qtbot, desk, "people", june)
    assert not on.page.save_button.isEnabled()
    write(on, "town", "Almond")
    assert on.page.save_button.isEnabled()
    save(on)
    assert stands(store, "people", june).values["town"] == "Almond"
    made_at = stands(store, "people", june).made_at
    assert [line.field for line in store.history("people", june) if line.clock > made_at] == ["town"]
    assert (said[-1].text, said[-1].link) == ("Saved.", "Undo")
    assert not on.page.save_button.isEnabled()
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    assert stands(store, "people", june).values["town"] == "Sylva"
    assert part(on, "town").line.text == "Sylva"


def test_ctrl_enter_saves_as_well(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    on = opened(qtbot, desk, "people", june)
    write(on, "name", "June W. Walker")
    on.press(Qt.Key.Key_Return, CONTROL)
    assert stands(store, "people", june).title == "June W. Walker"
    assert on.page.header.title.text() == "June W. Walker"


def test_one_phone_is_changed_another_added_and_one_taken_away(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    with store.writing("edit") as draft:
        gone = draft.add("people", june, "phones", {"number": "828 555 0150"})
    on = opened(qtbot, desk, "people", june)
    phones = part(on, "phones")
    kept = phones.elements[0]
    cross = phones.elements[1].pane.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
    assert cross.accessibleName() == "Take away: Phones, 2"
    cross.click()
    kept.editor.number.setFocus()
    QTest.keyClicks(kept.editor.number, "9")
    phones.more.click()
    assert phones.elements[1].editor.number.hasFocus()
    on.type("828 555 0177")
    phones.more.click()  # one that stays empty counts for nothing
    save(on)
    view = stands(store, "people", june)
    assert {each["id"]: each["value"] for each in view.values["phones"]}.keys() & {gone} == set()
    assert view.values["phones"][0] == {"id": kept.id, "value": {**PHONE, "number": "828 555 01009"}}
    assert view.elements("phones")[1:] == [{"number": "828 555 0177"}]


def test_what_cannot_be_used_says_why_below_it_when_it_is_left_and_saves_nothing(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    event, _made = make_record(store, "events", {"name": "Health fair"})
    on = opened(qtbot, desk, "events", event)
    write(on, "starts", "next week")
    on.press(Qt.Key.Key_Tab, PLAIN)
    starts = part(on, "starts")
    assert starts.reason.isVisible()
    assert starts.reason.text() == "“next week” has no time; write it like 2026-11-21 10:30."
    assert starts.named.accessibleDescription() == starts.reason.text()
    save(on)
    assert starts.line.hasFocus()
    assert stands(store, "events", event).values["starts"] is None
    write(on, "starts", "21 Nov 2026 10:30")
    assert not starts.reason.isVisible()
    save(on)
    assert stands(store, "events", event).values["starts"] == "2026-11-21T10:30:00-05:00"
    assert starts.line.text() == "21 November 2026, 10:30"


def test_what_is_needed_cannot_be_emptied(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    on = opened(qtbot, desk, "people", june)
    write(on, "name", "")
    save(on)
    assert part(on, "name").reason.text() == "Please fill this in."
    assert stands(store, "people", june).title == "June Walker"


def test_what_was_said_is_never_altered_and_an_addition_stands_below_it(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    on = opened(qtbot, desk, "people", june)
    write(on, "notes", "Has a van.")
    save(on)
    assert stands(store, "people", june).values["notes"] == "Early.\nHas a van."
    assert (part(on, "notes").said.text(), part(on, "notes").text.text) == ("Early.\nHas a van.", "")


def test_presses_of_a_tally_add_to_those_made_elsewhere(qtbot: QtBot, desk: Desk, store: Store) -> None:
    event, _made = make_record(store, "events", {"name": "Fair", "others_here": 5})
    on = opened(qtbot, desk, "events", event)
    heads: TallyPart = part(on, "others_here")
    heads.stepper.more.click()
    with store.writing("count_heads") as draft:
        draft.press("events", event, "others_here", 3)
    on.page.refresh()
    on.settle()
    assert heads.stepper.value == 9
    save(on)
    assert stands(store, "events", event).values["others_here"] == 9


def test_what_others_wrote_in_a_field_is_offered(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    make_record(store, "people", {"name": "Ben", "town": "Bryson City"})
    on = opened(qtbot, desk, "people", june)
    write(on, "town", "bry")
    lines = part(on, "town").line.list.lines
    assert [line.text for line in lines] == ["bry", "Bryson City"]
    on.press(Qt.Key.Key_Down, PLAIN)
    on.press(Qt.Key.Key_Return, PLAIN)
    save(on)
    assert stands(store, "people", june).values["town"] == "Bryson City"


def test_another_record_is_named_by_typing_and_opened_by_its_link(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    share, _made = make_record(store, "organizations", {"name": "Nantahala Food Share"})
    on = opened(qtbot, desk, "affiliations", None, begun=1, person=june)
    assert part(on, "person").line.text == "June Walker"
    assert part(on, "organization").line.field.hasFocus()  # the first thing that is still to be written
    on.type("nanta")
    assert [line.text for line in part(on, "organization").line.list.lines] == ["Nantahala Food Share"]
    on.press(Qt.Key.Key_Return, PLAIN)
    part(on, "organization").open.click()
    assert on.went[-1].arguments == {"kind": "organizations", "record": share}
    save(on)
    (place,) = store.list("affiliations")
    assert (place.values["person"], place.values["organization"]) == (june, share)


def test_a_name_nothing_is_called_by_cannot_be_saved_and_one_that_is_need_not_be_picked(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    fair, _made = make_record(store, "events", {"name": "Health fair"})
    on = opened(qtbot, desk, "follow_ups", None, begun=1)
    write(on, "what", "Call back")
    write(on, "for_event", "Helth")
    save(on)
    assert "nothing here is called just “Helth”".casefold() in part(on, "for_event").reason.text().casefold()
    assert store.count("follow_ups") == 0
    write(on, "for_event", "health FAIR")
    save(on)
    assert [view.values["for_event"] for view in store.list("follow_ups")] == [fair]


# new ones


def test_a_new_event_is_planned_and_its_page_then_shows_it(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    on = opened(qtbot, desk, "events", None, begun=1)
    assert on.page.header.title.text() == "New event"
    assert part(on, "name").line.hasFocus()
    assert part(on, "status").chips.one == "planned"
    assert "short_code" not in on.page.form.parts  # type: ignore[union-attr]  # it is there
    save(on)
    assert part(on, "name").reason.text() == "Please fill this in."
    write(on, "name", "Clinic day")
    write(on, "county", "swain")
    on.press(Qt.Key.Key_Return, PLAIN)
    save(on)
    (event,) = store.list("events")
    assert (event.title, event.values["status"], event.values["rural"]) == ("Clinic day", "planned", True)
    assert on.page.header.title.text() == "Clinic day"
    assert on.page.side.history.entries[-1][1] == ["Written down"]
    on.press(Qt.Key.Key_O)
    assert on.went[-1].arguments == {"event": event.id}
    assert said[-1].text == "Saved."


def test_saving_twice_at_once_makes_one(qtbot: QtBot, desk: Desk, store: Store) -> None:
    on = opened(qtbot, desk, "people", None, begun=1)
    write(on, "name", "June Walker")
    on.page.save()
    on.page.save()
    on.settle()
    assert store.count("people") == 1


def test_back_finds_what_was_begun_as_new_and_saved_since(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people", None, begun=1)
    write(on, "name", "June Walker")
    save(on)
    for begun, title in ((2, "New person"), (1, "June Walker")):
        on.page.shown(kind="people", record=None, begun=begun)
        on.settle()
        assert on.page.header.title.text() == title


def test_what_is_typed_and_not_saved_waits_where_it_was_typed(
    qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]
) -> None:
    ben, _made = make_record(store, "people", {"name": "Ben Arch"})
    on = opened(qtbot, desk, "people", june)
    write(on, "town", "Almond")
    on.page.shown(kind="people", record=ben)
    on.settle()
    assert (said[-1].kind, said[-1].link) == (MessageKind.WAITS, "Go back to it")
    assert part(on, "name").line.text() == "Ben Arch"
    assert said[-1].does is not None
    said[-1].does()
    on.page.shown(**on.went[-1].arguments)
    on.settle()
    assert part(on, "town").line.text == "Almond"
    save(on)
    assert stands(store, "people", june).values["town"] == "Almond"
    said.clear()
    on.page.shown(kind="people", record=ben)
    assert said == []


def test_an_answer_about_consent_is_only_read_once_saved_and_a_no_holds_until_somebody_is_sure(
    qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]
) -> None:
    answer(store, june, "phone", "refused", "spoken", "2026-01-01")
    on = opened(qtbot, desk, "consents", None, begun=1, person=june)
    assert isinstance(part(on, "channel"), BoxPart)
    part(on, "channel").box.choose("phone")
    part(on, "state").chips.chip("granted").click()
    save(on)
    on.settle()
    assert on.page.form is None
    assert not on.page.save_button.isVisible()
    assert allowed_channels(store, june) == {"phone": "refused"}
    assert (said[-1].kind, said[-1].text) == (MessageKind.WAITS, "Saved. Their earlier no still holds.")
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    on.settle()
    assert allowed_channels(store, june) == {"phone": "granted"}


# beside the form


def test_history_tells_what_from_and_what_to_and_undoes_a_change(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    edit_record(store, "people", june, {"town": "Almond", "zip": "28702"})
    on = opened(qtbot, desk, "people", june)
    entries = on.page.side.history.entries
    assert entries[0][0].endswith("Ada Crowe")
    assert entries[0][1] == ["Town: Sylva → Almond", "ZIP: 28702"]
    assert entries[1][1] == ["Written down"]
    links = [link for link in on.page.side.history.findChildren(QWidget) if link.accessibleName().startswith("Undo: ")]
    assert len(links) == 1
    links[0].click()  # type: ignore[attr-defined]  # a link
    on.settle()
    assert stands(store, "people", june).values["town"] == "Sylva"
    assert on.page.side.history.entries[0][1] == ["Town: Almond → Sylva", "ZIP: 28702, taken away"]


def test_what_belongs_to_it_is_counted_opened_and_added_to(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    for event in ("Fair", "Clinic"):
        made, _made = make_record(store, "events", {"name": event})
        make_record(store, "sign_ins", {"event": made, "person": june, "name_as_written": "June"})
    todo, _made = make_record(store, "follow_ups", {"what": "Call", "for_person": june})
    on = opened(qtbot, desk, "people", june)
    lines = {line.key: line.trailing for line in on.page.side.related.list.rows}
    assert (lines["sign_ins.person"], lines["follow_ups.for_person"], lines["feedback.said_by"]) == ("2", "1", "")
    related = on.page.side.related.list
    related.line("sign_ins.person").click()
    assert (on.went[-1].page, on.went[-1].arguments["where"]) == ("events", {"person": june})
    related.line("follow_ups.for_person").click()
    assert on.went[-1].arguments == {"kind": "follow_ups", "record": todo}
    link = related.line("interests.person").link
    assert link is not None
    link.click()
    assert (on.went[-1].arguments["kind"], on.went[-1].arguments["person"]) == ("interests", june)


def test_what_a_person_allows_now_stands_beside_the_form(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    answer(store, june, "text", "refused", "spoken", "2026-01-01")
    answer(store, june, "phone", "granted", "spoken", "2026-01-01")
    on = opened(qtbot, desk, "people", june)
    shown = [(line.text, line.trailing) for line in on.page.side.allowed.list.rows]
    assert shown == [("Phone call", "Yes"), ("Text message", "No")]


def test_what_is_to_be_decided_is_marked_and_leads_there(
    qtbot: QtBot, desk: Desk, store: Store, june: str, tmp_path: Path
) -> None:
    with second_laptop(store, tmp_path / "second") as other:
        other.apply(all_changes(store))
        edit_record(other, "people", june, {"town": "Dillsboro"})
        edit_record(store, "people", june, {"town": "Almond"})
        store.apply(all_changes(other))
    on = opened(qtbot, desk, "people", june)
    assert part(on, "town").waits.isVisible()
    assert not part(on, "name").waits.isVisible()
    part(on, "town").decide.click()
    assert (on.went[-1].page, on.went[-1].arguments) == ("decide", {"kind": "people", "record": june})


def test_what_somebody_else_saves_meanwhile_is_shown_and_what_one_is_writing_stays(
    qtbot: QtBot, desk: Desk, store: Store, june: str
) -> None:
    on = opened(qtbot, desk, "people", june)
    write(on, "town", "Almond")
    edit_record(store, "people", june, {"town": "Dillsboro", "zip": "28725"})
    on.page.refresh()
    on.settle()
    town: FieldPart = part(on, "town")
    assert part(on, "zip").line.text() == "28725"
    assert (part(on, "town").line.text, town.meanwhile.text()) == ("Almond", "Meanwhile somebody wrote: Dillsboro")
    save(on)
    assert stands(store, "people", june).values["town"] == "Almond"
    assert not town.meanwhile.isVisible()


# gone


def test_deleting_asks_nothing_and_is_undone_by_the_message_bar(
    qtbot: QtBot, desk: Desk, store: Store, june: str, said: list[Message]
) -> None:
    on = opened(qtbot, desk, "people", june)
    on.page.delete_button.click()
    on.settle()
    assert store.count("people") == 0
    assert on.went[-1].page == "people"
    assert said[-1].text == "Deleted."
    assert said[-1].does is not None
    said[-1].does()
    on.settle()
    assert store.count("people") == 1
    assert on.went[-1].arguments == {"kind": "people", "record": june}


def test_a_deleted_record_says_so_and_is_brought_back(qtbot: QtBot, desk: Desk, store: Store, june: str) -> None:
    delete_record(store, "people", june)
    on = opened(qtbot, desk, "people", june)
    (button,) = [each for each in on.page.bodies.findChildren(QWidget) if each.accessibleName() == "Bring it back"]
    button.click()  # type: ignore[attr-defined]  # a button
    on.settle()
    assert store.count("people") == 1
    assert part(on, "name").line.text() == "June Walker"


def test_what_never_came_here_leads_back_to_the_list(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people", "00000000-0000-7000-8000-000000000000")
    (button,) = [each for each in on.page.bodies.findChildren(QWidget) if each.accessibleName() == "To the list"]
    button.click()  # type: ignore[attr-defined]  # a button
    assert on.went[-1].page == "people"


# a kind of this test's own


class Base(DeclarativeBase):
    """The kinds of this test alone."""


class Boat(RecordColumns, Base):
    """A kind no program ships."""

    __tablename__ = "boats"
    about = About("Boats", "Boat")

    name: Mapped[str | None] = text("Name", "As painted on it.", searched=True, required=True)
    launched: Mapped[str | None] = day("Launched")
    seaworthy: Mapped[bool | None] = yes_no("Seaworthy")
    tender_of: Mapped[str | None] = reference("Tender of", "boats")
    crew: Mapped[list[Any] | None] = many("Crew", Shape.TEXT)
    trips: Mapped[int | None] = tally("Trips")
    log: Mapped[str | None] = once("Log")


@pytest.fixture
def boats(jobs: Jobs, messages: Messages) -> Iterator[Desk]:
    """A desk on a store of boats."""
    with closing(Store.in_memory(worker="Ada", department="Hill", registry=Registry(Base))) as store:
        desk = Desk(store, jobs, messages)
        yield desk
        jobs.stop()
        desk.deleteLater()


def test_a_field_nobody_has_heard_of_is_in_the_form_because_it_was_declared(qtbot: QtBot, boats: Desk) -> None:
    mother, _made = make_record(boats.store, "boats", {"name": "Heron"})
    on = opened(qtbot, boats, "boats", None, begun=1)
    shapes = (LinePart, DayPart, YesNoPart, ReferencePart, ElementsPart, TallyPart, OncePart)
    assert tuple(type(part(on, each.name)) for each in boats.store.registry["boats"].fields) == shapes
    write(on, "name", "Wren")
    write(on, "launched", "May 1999")
    part(on, "seaworthy").chips.chip("yes").click()
    write(on, "tender_of", "her")
    on.press(Qt.Key.Key_Return, PLAIN)
    part(on, "crew").more.click()
    on.type("Ada")
    part(on, "trips").stepper.more.click()
    write(on, "log", "Fair wind.")
    save(on)
    wren = next(view for view in boats.store.list("boats") if view.title == "Wren")
    assert {name: value for name, value in wren.values.items() if name != "crew"} == {
        "name": "Wren", "launched": "1999-05", "seaworthy": True, "tender_of": mother, "trips": 1, "log": "Fair wind.",
    }  # fmt: skip
    assert wren.elements("crew") == ["Ada"]
