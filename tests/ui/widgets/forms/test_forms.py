"""The parts of a form: each shows a value of its shape, reads it back, and says what is an edit and what is none."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from outreach_app.model.edits import ListEdit, Pressed
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.records import REGISTRY
from tests.helpers.accessibility import nameless
from ui.look.looks import look
from ui.widgets.forms.choices import BoxPart, ChipsPart, ManyChipsPart, ManyTypedPart, TypedPart
from ui.widgets.forms.elements import ElementsPart
from ui.widgets.forms.forms import Facts, RecordForm, part_for
from ui.widgets.forms.lines import DayPart, LinePart, LongPart, OncePart, SuggestedPart, TallyPart, YesNoPart
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.forms.references import ReferencePart, ReferencesPart
from ui.widgets.suggestions import Suggestion

ADDRESS = {"kind": "postal", "street": "PO Box 4", "town": "Almond", "state": "NC", "zip": "28702"}


def nobody(_kind: str, _typed: str, deliver: Callable[[Sequence[Any]], None]) -> None:
    deliver([])


NOTHING_KNOWN = Lookups(nobody, nobody)


def field(shape: Shape, **more: Any) -> Field:
    return Field("Thing", shape, "What it is.", name="thing", **more)


def elements(*values: Any) -> list[dict[str, Any]]:
    return [{"id": str(at), "value": value} for at, value in enumerate(values)]


SHOWN: list[tuple[Field, type[FieldPart], Any]] = [
    (field(Shape.TEXT), LinePart, "Almond"),
    (field(Shape.TEXT, suggests=True), SuggestedPart, "Almond"),
    (field(Shape.LONG_TEXT), LongPart, "One line.\nAnother."),
    (field(Shape.DATE), DayPart, "2026-11"),
    (field(Shape.MOMENT), LinePart, "2026-11-21T10:42:07-05:00"),
    (field(Shape.NUMBER), LinePart, 0),
    (field(Shape.YES_NO), YesNoPart, False),
    (field(Shape.CODE), LinePart, "0000000"),
    (field(Shape.WEB), LinePart, "example.org/food"),
    (field(Shape.CHOICE, vocabulary="share_answers"), ChipsPart, "no"),
    (field(Shape.CHOICE, vocabulary="sectors"), BoxPart, "food"),
    (field(Shape.CHOICE, vocabulary="languages"), TypedPart, "es"),
    (field(Shape.COUNTY), TypedPart, "37173"),
    (field(Shape.COUNTY), TypedPart, "51770"),  # one that is known by its number alone
    (field(Shape.CHOICE, vocabulary="share_answers"), ChipsPart, "from_a_newer_program"),
    (field(Shape.CHOICE, vocabulary="sectors"), BoxPart, "from_a_newer_program"),
    (field(Shape.CHOICE, vocabulary="languages"), TypedPart, "from_a_newer_program"),
    (field(Shape.REFERENCE, refers_to="events"), ReferencePart, "an id"),
]
LISTS: list[tuple[Field, type[FieldPart], list[Any]]] = [
    (field(Shape.TEXT, rule=Rule.LIST), ElementsPart, ["a; b", "c"]),
    (field(Shape.TEXT, rule=Rule.LIST, suggests=True), ElementsPart, ["Ada", "Ben"]),
    (field(Shape.LONG_TEXT, rule=Rule.LIST), ElementsPart, ["One line.\nAnother."]),
    (field(Shape.EMAIL, rule=Rule.LIST), ElementsPart, ["a@example.org"]),
    (
        field(Shape.PHONE, rule=Rule.LIST),
        ElementsPart,
        [
            {"number": "828 555 0100"},
            {"number": "828 555 0150 (ask for Lou)", "kind": "work", "text_ok": False, "newer": 1},
        ],
    ),
    (field(Shape.ADDRESS, rule=Rule.LIST), ElementsPart, [ADDRESS, {"kind": "physical", "name": "Hall", "newer": 1}]),
    (field(Shape.DATE, rule=Rule.LIST), ElementsPart, ["2026-11-21", "1999"]),
    (field(Shape.CHOICE, rule=Rule.LIST, vocabulary="supports"), ManyChipsPart, ["child_care", "newer"]),
    (field(Shape.CHOICE, rule=Rule.LIST, vocabulary="languages"), ManyTypedPart, ["es", "newer"]),
    (field(Shape.COUNTY, rule=Rule.LIST), ManyTypedPart, ["37173", "51770"]),
    (field(Shape.REFERENCE, rule=Rule.LIST, refers_to="events"), ReferencesPart, ["one", "two"]),
]


def made(qtbot: QtBot, of: Field, lookups: Lookups = NOTHING_KNOWN) -> FieldPart:
    part = part_for(of, lookups)
    qtbot.addWidget(part)
    part.show()
    return part


@pytest.mark.parametrize(("of", "kind", "value"), SHOWN)
def test_a_value_is_shown_and_read_back_untouched(of: Field, kind: type, value: Any, qtbot: QtBot) -> None:
    part = made(qtbot, of)
    assert type(part) is kind
    assert (part.value(), part.touched) == (None, False)
    part.show_value(value, {"an id": "Health fair"})
    assert not part.touched
    assert part.value() == value
    assert part.check()
    part.show_value(None, {})
    assert (part.value(), part.touched) == (None, False)
    assert nameless(part) == []


@pytest.mark.parametrize(("of", "kind", "values"), LISTS)
def test_a_list_is_shown_and_read_back_untouched(of: Field, kind: type, values: list[Any], qtbot: QtBot) -> None:
    part = made(qtbot, of)
    assert type(part) is kind
    assert (part.value(), part.touched) == ([], False)
    part.show_value(elements(*values), {"one": "Fair", "two": "Clinic"})
    assert not part.touched
    assert part.value() == values
    assert part.edit() == ListEdit()
    assert nameless(part) == []


def test_what_is_picked_and_taken_away_is_told_by_elements(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.CHOICE, rule=Rule.LIST, vocabulary="supports"))
    assert isinstance(part, ManyChipsPart)
    part.show_value(elements("child_care", "food"), {})
    part.chips.chip("food").click()
    part.chips.chip("stipend").click()
    assert part.touched
    assert part.edit() == ListEdit({"1": None}, ("stipend",))
    part.chips.chip("food").click()
    part.chips.chip("stipend").click()
    assert not part.touched


def test_letters_that_pick_nothing_are_read_when_it_is_saved(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.CHOICE, rule=Rule.LIST, vocabulary="languages"))
    assert isinstance(part, ManyTypedPart)
    QTest.keyClicks(part.line.field, "Spanish")
    assert part.edit() == ListEdit({}, ("es",))
    part.line.clear()
    QTest.keyClicks(part.line.field, "Spannish")
    assert not part.check()
    assert part.reason.text().startswith("“Spannish” is not in its list; did you mean Spanish")


def test_an_element_that_only_looks_different_is_no_edit(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.PHONE, rule=Rule.LIST))
    assert isinstance(part, ElementsPart)
    part.show_value(elements({"number": "8285550100"}), {})
    part.elements[0].editor.write({"number": "(828) 555-0100"})
    assert part.edit() == ListEdit()
    part.elements[0].editor.write({"number": "(828) 555-0199"})
    assert part.edit() == ListEdit({"0": {"number": "(828) 555-0199"}})


def test_only_presses_of_a_tally_are_told(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.NUMBER, rule=Rule.TALLY))
    assert isinstance(part, TallyPart)
    part.show_value(4, {})
    part.stepper.more.click()
    part.stepper.more.click()
    part.stepper.fewer.click()
    assert (part.edit(), part.touched) == (Pressed(1), True)
    part.saved()
    assert not part.touched


def test_what_was_said_is_shown_and_only_an_addition_is_told(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.LONG_TEXT, rule=Rule.ONCE, required=True))
    assert isinstance(part, OncePart)
    assert not part.check()
    part.show_value("More buses.", {})
    assert (part.value(), part.check(), part.said.text()) == (None, True, "More buses.")
    QTest.keyClicks(part.text, "And trains.")
    assert part.edit() == "And trains."


def test_a_record_nobody_knows_here_is_kept_as_it_is(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.REFERENCE, refers_to="events"))
    assert isinstance(part, ReferencePart)
    part.show_value("an id", {})
    assert part.line.text == "Not on this laptop yet"
    assert (part.value(), part.touched, part.open.isVisible()) == ("an id", False, False)


def test_an_answer_that_comes_after_the_part_is_gone_is_dropped(qtbot: QtBot) -> None:
    answers: list[Callable[[Sequence[Suggestion]], None]] = []
    late = Lookups(lambda _kind, _typed, deliver: answers.append(deliver), nobody)
    part = part_for(field(Shape.REFERENCE, refers_to="events"), late)
    assert isinstance(part, ReferencePart)
    QTest.keyClicks(part.line.field, "f")
    part.deleteLater()
    qtbot.waitUntil(lambda: bool(answers))
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    answers[0]([Suggestion("id", "Fair")])


def test_every_kind_has_its_form_and_its_sections(qtbot: QtBot) -> None:
    for kind in REGISTRY.values():
        form = RecordForm(kind.fields, NOTHING_KNOWN)
        qtbot.addWidget(form)
        assert list(form.parts) == [each.name for each in kind.fields]
        assert not form.touched
        assert nameless(form) == []


def test_a_form_gives_what_was_changed_or_for_a_new_one_everything_written(qtbot: QtBot) -> None:
    kind = REGISTRY["groups"]
    form = RecordForm(kind.fields, NOTHING_KNOWN, new=True)
    qtbot.addWidget(form)
    form.show()
    assert form.values() is None  # a name is needed
    form.show_values({"name": "Council", "openings": 0, "open_to_public": False}, {})
    assert form.values() == {"name": "Council", "openings": 0, "open_to_public": False}
    assert form.edits() == {}
    QTest.keyClicks(form.parts["meets"].named, "Mondays")
    assert form.edits() == {"meets": "Mondays"}
    QTest.keyClicks(form.parts["openings"].named, "x")
    assert form.edits() is None
    form.saved()
    assert not form.touched


def test_facts_leave_out_what_is_empty(qtbot: QtBot) -> None:
    facts = Facts(REGISTRY["consents"].fields, {"person": "p", "channel": "phone", "state": None}, {"p": "Ada Crowe"})
    qtbot.addWidget(facts)
    assert facts.facts == [("Person", "Ada Crowe"), ("For what", "Phone call")]


@pytest.mark.parametrize("words", ["What it is.", "What it is, in words for which no line beside its label has room."])
def test_a_hint_is_never_cut(words: str, qtbot: QtBot) -> None:
    part = part_for(Field("Thing", Shape.TEXT, words, name="thing"), NOTHING_KNOWN)
    qtbot.addWidget(part)
    part.resize(300, 120)
    part.show()
    QApplication.processEvents()
    whole_beside = part.hint.width() >= look().metrics("tiny").horizontalAdvance(words)
    assert (whole_beside, part.below.isVisible()) == ((True, False) if len(words) < 20 else (False, True))
    assert part.below.text() == words


def test_parts_that_nothing_can_be_made_of_refuse(qtbot: QtBot) -> None:
    part = made(qtbot, field(Shape.NUMBER))
    QTest.keyClicks(part.named, "about ten")
    with pytest.raises(BadInput):
        part.value()
    assert not part.check()
    assert part.reason.text() == "“about ten” cannot be used; write a whole number like 12."


def test_a_day_is_chosen_from_a_calendar_too(qtbot: QtBot) -> None:
    part = part_for(field(Shape.DATE), NOTHING_KNOWN)
    assert isinstance(part, DayPart)
    qtbot.addWidget(part)
    part.show()
    part.line.setText("2026-11-21")
    part.open.click()
    assert part.calendar is not None
    assert nameless(part) == []
    assert part.calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2026-11-21"
    QTest.keyClick(part.calendar, Qt.Key.Key_Escape)
    assert not part.calendar.isVisible()
    part.open.click()
    part.calendar.activated.emit(QDate(2026, 12, 24))
    assert (part.value(), part.touched, part.calendar.isVisible()) == ("2026-12-24", True, False)


def test_a_number_with_too_few_digits_is_said_and_saved_all_the_same(qtbot: QtBot) -> None:
    part = part_for(field(Shape.PHONE, rule=Rule.LIST), NOTHING_KNOWN)
    assert isinstance(part, ElementsPart)
    qtbot.addWidget(part)
    part.show_value(elements({"number": "555"}), {})
    assert part.check()
    assert part.reason.text() == ""  # it stood so before
    part.add()
    QTest.keyClicks(part.elements[1].editor.first, "828 555 014")
    assert part.check()
    assert part.reason.text() == "This has 9 digits; US numbers have ten."
    QTest.keyClicks(part.elements[1].editor.first, "4")
    assert part.check()
    assert part.reason.text() == ""
