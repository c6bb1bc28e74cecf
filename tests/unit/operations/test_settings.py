"""How a department and a laptop are set up: the one travels and undoes, the other stays, the PIN is never readable."""

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.model.logos import kept_logo
from outreach_app.model.records.departments import DEPARTMENT
from outreach_app.model.settings import DEFAULTS, DEPARTMENT_KIND, LAPTOP
from outreach_app.operations.records import undo
from outreach_app.operations.settings import (
    change_settings,
    choose_visitor_pin,
    department_name,
    forget_visitor_pin,
    has_visitor_pin,
    said,
    setting,
    settings,
    visitor_pin_opens,
)
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (64).to_bytes(4) + (32).to_bytes(4)


def test_before_anybody_chose_the_usual_holds(laptop: Store) -> None:
    assert {name: value for name, value in settings(laptop).items() if value is not None} == DEFAULTS
    assert department_name(laptop) == laptop.department


def test_the_departments_travel_and_this_laptops_stay(laptops: list[Store]) -> None:
    ada, ben = laptops
    change_settings(ada, {"call_today": "Rosa, 828 555 0100", "threshold": 20, "text_size": "200"})
    ben.apply(all_changes(ada))
    assert setting(ben, "call_today") == "Rosa, 828 555 0100"
    assert setting(ben, "threshold") == 20
    assert (setting(ada, "text_size"), setting(ben, "text_size")) == ("200", "100")


def test_the_same_choice_on_two_laptops_is_one(laptops: list[Store]) -> None:
    ada, ben = laptops
    for store in (ada, ben):
        store.role = "coordinator"
        change_settings(store, {"name": "Avery County Health"})
    ben.apply(all_changes(ada))
    assert department_name(ben) == "Avery County Health"
    assert not ben.get(DEPARTMENT_KIND, DEPARTMENT).to_decide  # type: ignore[union-attr]


def test_a_choice_is_undone_like_anything_that_was_written(laptop: Store) -> None:
    changes = change_settings(laptop, {"phone": "828 555 0100"})
    assert changes.change is not None
    undo(laptop, changes.change)
    assert setting(laptop, "phone") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threshold", 1), ("threshold", 10**9), ("threshold", True), ("threshold", "10"), ("phone", 5),
        ("phone", "8" * 500), ("notice", "x" * 5_000), ("theme", "pink"), ("language", "xx"), ("logo", "no picture"),
        ("engagement_scheme", "none"), ("name", "\ud800"), ("phone", []),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_whole(laptop: Store, name: str, value: object) -> None:
    before = dict(settings(laptop))
    with pytest.raises(BadInput):
        change_settings(laptop, {"call_today": "Rosa", "text_size": "200", name: value})  # type: ignore[dict-item]
    assert settings(laptop) == before


def test_what_a_newer_program_wrote_does_no_harm(laptop: Store) -> None:
    with laptop.writing("make") as draft:
        draft.set(DEPARTMENT_KIND, DEPARTMENT, "threshold", 0)
        draft.set(DEPARTMENT_KIND, DEPARTMENT, "logo", "?")
        draft.set(DEPARTMENT_KIND, DEPARTMENT, "of_tomorrow", "kept")
    laptop.set_setting("theme", ["?"])
    assert settings(laptop).items() >= {("threshold", 10), ("logo", None), ("theme", "system")}


def test_only_a_coordinator_speaks_for_the_department(laptop: Store) -> None:
    laptop.role = "worker"
    change_settings(laptop, {"theme": "dark"})
    with pytest.raises(BadInput, match="coordinator"):
        change_settings(laptop, {"phone": "828 555 0100"})
    assert setting(laptop, "theme") == "dark"


def test_texts_are_said_in_the_language_asked_for_or_else_as_they_are(laptop: Store) -> None:
    change_settings(laptop, {"notice": "Kept by us.", "read_by": "Our nurses", "read_by_es": "Nuestras enfermeras"})
    assert said(laptop, "read_by", "es") == "Nuestras enfermeras"
    assert said(laptop, "notice", "es") == "Kept by us."
    assert said(laptop, "call_today", "es") == ""


def test_the_pin_opens_and_nothing_else_does(laptop: Store) -> None:
    assert not has_visitor_pin(laptop)
    assert not visitor_pin_opens(laptop, "")
    choose_visitor_pin(laptop, "4821")
    assert has_visitor_pin(laptop)
    assert visitor_pin_opens(laptop, "4821")
    assert not visitor_pin_opens(laptop, "4822")
    assert not visitor_pin_opens(laptop, "")
    assert b"4821" not in b"".join(map(bytes, laptop.setting("visitor_pin")))
    forget_visitor_pin(laptop)
    assert not has_visitor_pin(laptop)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤"])
def test_a_pin_is_four_to_eight_digits(laptop: Store, pin: str) -> None:
    with pytest.raises(BadInput):
        choose_visitor_pin(laptop, pin)
    assert not has_visitor_pin(laptop)


def test_a_logo_is_a_small_picture(laptop: Store) -> None:
    change_settings(laptop, {"logo": kept_logo(PNG)})
    assert setting(laptop, "logo")
    vast = PNG[:16] + (60_000).to_bytes(4) * 2
    for picture in (b"GIF89a", b"", PNG + bytes(300_000), vast, PNG[:8], b"\xff\xd8\xff", b"\xff\xd8" + b"\xff" * 500):
        with pytest.raises(BadInput):
            kept_logo(picture)


def test_every_setting_of_this_laptop_has_a_choice_that_is_usual_or_the_computers() -> None:
    assert [field.name for field in LAPTOP if field.name not in DEFAULTS] == ["language"]
