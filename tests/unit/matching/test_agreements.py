"""Every reason the matchers give has words."""

import ast
import inspect

from outreach_app.matching import agreements, organizations, people, sign_ins
from outreach_app.matching.agreements import Level, Part, Reason, explain
from outreach_app.matching.people import PersonFacts, probable_duplicates


def test_reasons_are_sentences() -> None:
    pair = probable_duplicates(
        [
            PersonFacts("a", "Bob Crowe", phones=("8285550112",)),
            PersonFacts("b", "Robert Crowe", phones=("8285550112",)),
        ]
    )[0]
    said = [explain(reason, "en") for reason in pair.why_agree + pair.why_differ]
    assert said == ["One first name is short for the other", "Same last name", "Same phone"]


def test_every_level_the_code_adds_to_a_part_can_be_said() -> None:
    """Read from the code, so that a level added later cannot come to the screen without words."""
    named: set[tuple[str, str]] = set()
    for module in (people, organizations, sign_ins):
        for call in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(call, ast.Call):
                attributes = [node for one in call.args for node in ast.walk(one) if isinstance(node, ast.Attribute)]
                parts = [node.attr for node in attributes if getattr(node.value, "id", "") == "Part"]
                levels = [node.attr for node in attributes if getattr(node.value, "id", "") == "Level"]
                named |= {(part, level) for part in parts[:1] for level in levels}
    assert len(named) > 7
    for part, level in named:
        explain(Reason(Part[part], Level[level]), "en")


def test_levels_of_contacts_can_be_said() -> None:
    for part in (Part.PHONE, Part.EMAIL):
        for level in (Level.SAME, Level.CLOSE, Level.DIFFERENT):
            explain(Reason(part, level), "en")
    for level in (Level.SAME, Level.DIFFERENT):
        explain(Reason(Part.WEBSITE, level), "en")


def test_every_level_names_can_agree_at_can_be_said() -> None:
    spoken = agreements._SENTENCES
    for level in set(Level) - {Level.MISSING, Level.SWAPPED, Level.HALF, Level.PART}:
        assert (Part.FIRST_NAME, level) in spoken
    for level in set(Level) - {Level.MISSING, Level.SWAPPED, Level.NICKNAME}:
        assert (Part.LAST_NAME, level) in spoken
    for level in (Level.SAME, Level.CLOSE, Level.PART, Level.DIFFERENT, Level.INITIAL, Level.SWAPPED):
        assert (Part.NAME, level) in spoken
